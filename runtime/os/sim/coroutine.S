/* coroutine.S - from one simulated thread to another.
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
        .section .note.GNU-stack,"",@progbits
