/* setjmp.S - resume points for recovered panics.
 *
 * tern_setjmp(jmp) keeps the callee-saved registers, the stack pointer as it
 * will be after the return, and the return address: 8 words.
 * tern_longjmp(jmp) makes that call return again, with 1.  Stack segments are
 * put right before it by stack_unwind_to (panic.c).
 */
        .text

        .globl  tern_setjmp
        .type   tern_setjmp, @function
tern_setjmp:
        movq    %rbx, 0(%rdi)
        movq    %rbp, 8(%rdi)
        movq    %r12, 16(%rdi)
        movq    %r13, 24(%rdi)
        movq    %r14, 32(%rdi)
        movq    %r15, 40(%rdi)
        leaq    8(%rsp), %rax
        movq    %rax, 48(%rdi)
        movq    (%rsp), %rax
        movq    %rax, 56(%rdi)
        xorl    %eax, %eax
        ret
        .size   tern_setjmp, .-tern_setjmp

        .globl  tern_longjmp
        .type   tern_longjmp, @function
tern_longjmp:
        movq    0(%rdi), %rbx
        movq    8(%rdi), %rbp
        movq    16(%rdi), %r12
        movq    24(%rdi), %r13
        movq    32(%rdi), %r14
        movq    40(%rdi), %r15
        movq    48(%rdi), %rsp
        movl    $1, %eax
        jmpq    *56(%rdi)
        .size   tern_longjmp, .-tern_longjmp

        .section .note.GNU-stack,"",@progbits
