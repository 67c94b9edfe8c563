/* coroutine.S - from one simulated thread to another, and to the simulation's own
 * stack and back.
 *
 * sim_switch(save, to): the saved stack looks like those of os/switch.S, so
 * os_fresh_stack makes a thread's first one.
 */
        .text
        .globl  sim_switch
        .type   sim_switch, @function
sim_switch:
        pushq   %rbp
        movq    %rsp, %rbp
        pushq   %rbx
        pushq   %r12
        pushq   %r13
        pushq   %r14
        pushq   %r15
        movq    %rsp, (%rdi)
        movq    %rsi, %rsp
        popq    %r15
        popq    %r14
        popq    %r13
        popq    %r12
        popq    %rbx
        popq    %rbp
        ret
        .size   sim_switch, .-sim_switch
/* sim_call(fn, arg, sp): calls fn(arg) on the stack that ends at sp. */
        .globl  sim_call
        .type   sim_call, @function
sim_call:
        pushq   %rbp
        movq    %rsp, %rbp
        movq    %rdx, %rsp
        movq    %rdi, %rax
        movq    %rsi, %rdi
        call    *%rax
        movq    %rbp, %rsp
        popq    %rbp
        ret
        .size   sim_call, .-sim_call
        .section .note.GNU-stack,"",@progbits
