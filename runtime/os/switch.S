/* switch.S - the few instructions that C cannot say: changing stacks.
 *
 * A saved stack is one word, its stack pointer.  What lies above it, in this
 * order: r15 r14 r13 r12 rbx rbp, return address.  All callee-saved registers
 * are thus in the goroutine's own stack at or above the saved pointer, which is
 * what makes a claimed goroutine scannable (SUS-11).
 *
 * The current goroutine is the thread-local tern_g; each switch sets it while
 * the stacks change, so that no C code ever runs with the two disagreeing.
 */
        .text

        .macro SAVE
        pushq   %rbp
        movq    %rsp, %rbp
        pushq   %rbx
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        .endm
        .macro RESTORE
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbx
        popq    %rbp
        .endm
        .macro SETG reg, tmp
        movq    tern_g@gottpoff(%rip), \tmp
        movq    \reg, %fs:(\tmp)
        .endm

/* os_call_on(fn, arg, sp, save_sp, to, from) */
        .globl  os_call_on
        .type   os_call_on, @function
os_call_on:
        SAVE
        movq    %rsp, (%rcx)
        movq    %rsp, %rbx
        movq    %r9, %r12
        SETG    %r8, %rax
        movq    %rdx, %rsp
        movq    %rdi, %rax
        movq    %rsi, %rdi
        call    *%rax
        movq    %rbx, %rsp
        SETG    %r12, %rcx
        RESTORE
        ret
        .size   os_call_on, .-os_call_on

/* os_call_segment(fn, arg, sp, save_sp) */
        .globl  os_call_segment
        .type   os_call_segment, @function
os_call_segment:
        SAVE
        movq    %rsp, (%rcx)
        movq    %rsp, %rbx
        movq    %rdx, %rsp
        movq    %rdi, %rax
        movq    %rsi, %rdi
        call    *%rax
        movq    %rbx, %rsp
        RESTORE
        ret
        .size   os_call_segment, .-os_call_segment

/* os_call_back(fn, arg, sp, fp, to, from) */
        .globl  os_call_back
        .type   os_call_back, @function
os_call_back:
        SAVE
        movq    %rsp, %rbx
        movq    %r9, %r12
        SETG    %r8, %rax
        movq    %rdx, %rsp
        movq    %rcx, %rbp
        movq    %rdi, %rax
        movq    %rsi, %rdi
        call    *%rax
        movq    %rbx, %rsp
        SETG    %r12, %rcx
        RESTORE
        ret
        .size   os_call_back, .-os_call_back

/* os_leave(fn, arg, sp, save_sp, to) */
        .globl  os_leave
        .type   os_leave, @function
os_leave:
        SAVE
        movq    %rsp, (%rcx)
        SETG    %r8, %rax
        movq    %rdx, %rsp
        xorl    %ebp, %ebp
        movq    %rdi, %rax
        movq    %rsi, %rdi
        call    *%rax
        ud2
        .size   os_leave, .-os_leave

/* os_resume(sp, to) */
        .globl  os_resume
        .type   os_resume, @function
os_resume:
        SETG    %rsi, %rax
        movq    %rdi, %rsp
        RESTORE
        ret
        .size   os_resume, .-os_resume

/* The first instructions of a fresh stack: fn in rbx, arg in r12. */
        .globl  os_fresh_entry
        .type   os_fresh_entry, @function
os_fresh_entry:
        movq    %r12, %rdi
        call    *%rbx
        ud2
        .size   os_fresh_entry, .-os_fresh_entry

/* entersyscall(): the caller goes on with its registers, which nobody would find
 * on its stack, so they are copied into the goroutine first. */
        .globl  entersyscall
        .type   entersyscall, @function
entersyscall:
        movq    tern_g@gottpoff(%rip), %rax
        movq    %fs:(%rax), %rdi
        movq    %rbx, 0(%rdi)
        movq    %rbp, 8(%rdi)
        movq    %r12, 16(%rdi)
        movq    %r13, 24(%rdi)
        movq    %r14, 32(%rdi)
        movq    %r15, 40(%rdi)
        leaq    8(%rsp), %rsi
        jmp     entersyscall_saved
        .size   entersyscall, .-entersyscall

        .section .note.GNU-stack,"",@progbits
