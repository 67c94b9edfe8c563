/* enter.S - the ends of calls as registers: a C function type of Go's side is only
 * known at run time, so its arguments are stored and loaded by hand.
 *
 * struct go_regs (goabi.h) is laid out as the offsets here say.
 */
#define GPR     0
#define FPR     48
#define STACK   112
#define RET_GPR 120
#define RET_FPR 136
#define REGS    160

        .text

/* The code word of every function that RegisterFunc makes.  The first argument
 * is the closure; with a result in memory it is the second. */
        .macro  ENTRY name, closure
        .globl  \name
        .type   \name, @function
\name:
        pushq   %rbp
        movq    %rsp, %rbp
        subq    $REGS, %rsp
        movq    %rdi, GPR+0(%rsp)
        movq    %rsi, GPR+8(%rsp)
        movq    %rdx, GPR+16(%rsp)
        movq    %rcx, GPR+24(%rsp)
        movq    %r8, GPR+32(%rsp)
        movq    %r9, GPR+40(%rsp)
        movsd   %xmm0, FPR+0(%rsp)
        movsd   %xmm1, FPR+8(%rsp)
        movsd   %xmm2, FPR+16(%rsp)
        movsd   %xmm3, FPR+24(%rsp)
        movsd   %xmm4, FPR+32(%rsp)
        movsd   %xmm5, FPR+40(%rsp)
        movsd   %xmm6, FPR+48(%rsp)
        movsd   %xmm7, FPR+56(%rsp)
        leaq    16(%rbp), %rax
        movq    %rax, STACK(%rsp)
        movq    \closure, %rdi
        movq    %rsp, %rsi
        call    ffi_call_registered
        movq    RET_GPR+0(%rsp), %rax
        movq    RET_GPR+8(%rsp), %rdx
        movsd   RET_FPR+0(%rsp), %xmm0
        movsd   RET_FPR+8(%rsp), %xmm1
        leave
        ret
        .size   \name, .-\name
        .endm

        ENTRY   ffi_entry, %rdi
        ENTRY   ffi_entry_memory, %rsi

/* ffi_invoke_go(code, regs, stack words): calls code with the registers of regs
 * and a copy of the words at regs->stack, and stores the result registers. */
        .globl  ffi_invoke_go
        .type   ffi_invoke_go, @function
ffi_invoke_go:
        pushq   %rbp
        movq    %rsp, %rbp
        pushq   %rbx
        subq    $8, %rsp
        movq    %rsi, %rbx
        movq    %rdi, %r11
        leaq    1(%rdx), %rax
        andq    $-2, %rax
        shlq    $3, %rax
        subq    %rax, %rsp
        movq    STACK(%rbx), %rsi
        movq    %rsp, %rdi
        movq    %rdx, %rcx
        cld
        rep movsq
        movq    GPR+0(%rbx), %rdi
        movq    GPR+8(%rbx), %rsi
        movq    GPR+16(%rbx), %rdx
        movq    GPR+24(%rbx), %rcx
        movq    GPR+32(%rbx), %r8
        movq    GPR+40(%rbx), %r9
        movsd   FPR+0(%rbx), %xmm0
        movsd   FPR+8(%rbx), %xmm1
        movsd   FPR+16(%rbx), %xmm2
        movsd   FPR+24(%rbx), %xmm3
        movsd   FPR+32(%rbx), %xmm4
        movsd   FPR+40(%rbx), %xmm5
        movsd   FPR+48(%rbx), %xmm6
        movsd   FPR+56(%rbx), %xmm7
        call    *%r11
        movq    %rax, RET_GPR+0(%rbx)
        movq    %rdx, RET_GPR+8(%rbx)
        movsd   %xmm0, RET_FPR+0(%rbx)
        movsd   %xmm1, RET_FPR+8(%rbx)
        leaq    -8(%rbp), %rsp
        popq    %rbx
        popq    %rbp
        ret
        .size   ffi_invoke_go, .-ffi_invoke_go

/* ffi_call_direct(address, regs): calls C with the arguments in regs, all of which
 * are in registers; the closure in the first is left out.  eax: at most so many
 * vector registers hold arguments, which variadic functions want to know. */
        .globl  ffi_call_direct
        .type   ffi_call_direct, @function
ffi_call_direct:
        pushq   %rbp
        movq    %rsp, %rbp
        pushq   %rbx
        subq    $8, %rsp
        movq    %rsi, %rbx
        movq    %rdi, %r11
        movsd   FPR+0(%rbx), %xmm0
        movsd   FPR+8(%rbx), %xmm1
        movsd   FPR+16(%rbx), %xmm2
        movsd   FPR+24(%rbx), %xmm3
        movsd   FPR+32(%rbx), %xmm4
        movsd   FPR+40(%rbx), %xmm5
        movsd   FPR+48(%rbx), %xmm6
        movsd   FPR+56(%rbx), %xmm7
        movq    GPR+8(%rbx), %rdi
        movq    GPR+16(%rbx), %rsi
        movq    GPR+24(%rbx), %rdx
        movq    GPR+32(%rbx), %rcx
        movq    GPR+40(%rbx), %r8
        movl    $8, %eax
        call    *%r11
        movq    %rax, RET_GPR+0(%rbx)
        movq    %rdx, RET_GPR+8(%rbx)
        movsd   %xmm0, RET_FPR+0(%rbx)
        movsd   %xmm1, RET_FPR+8(%rbx)
        addq    $8, %rsp
        popq    %rbx
        popq    %rbp
        ret
        .size   ffi_call_direct, .-ffi_call_direct

        .section .note.GNU-stack,"",@progbits
