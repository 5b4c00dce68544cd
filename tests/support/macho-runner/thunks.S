// The functions that no compiler writes: their callers hold to an agreement that C does not know.
//
// thread_variable (libSystem's __tlv_bootstrap) gets a descriptor's address and gives a variable's; but for the result's,
// it must leave all registers as they are, those too that a C function may use freely.
//
// On arm64, Apple passes variable arguments on the stack alone: at the entry, they begin where sp points to.

#if defined(__x86_64__)                 // descriptor in rdi, result in rax

        .text
        .globl thread_variable
        .type thread_variable, @function
thread_variable:
        pushq %rbp
        movq %rsp, %rbp
        pushq %rcx
        pushq %rdx
        pushq %rsi
        pushq %rdi
        pushq %r8
        pushq %r9
        pushq %r10
        pushq %r11
        subq $256, %rsp
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        movups %xmm\n, 16*\n(%rsp)
        .endr
        andq $-16, %rsp                 // callers keep to it, but this is not the place to find out
        call runner_thread_variable@PLT
        leaq -64-256(%rbp), %rsp
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
        movups 16*\n(%rsp), %xmm\n
        .endr
        addq $256, %rsp
        popq %r11
        popq %r10
        popq %r9
        popq %r8
        popq %rdi
        popq %rsi
        popq %rdx
        popq %rcx
        popq %rbp
        ret
        .size thread_variable, . - thread_variable

#elif defined(__aarch64__)              // descriptor in x0, result in x0

        .text
        .globl thread_variable
        .type thread_variable, %function
thread_variable:
        stp x29, x30, [sp, #-16]!
        mov x29, sp
        .irp n, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17
        str x\n, [sp, #-16]!
        .endr
        sub sp, sp, #512
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \
                16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        str q\n, [sp, #16*\n]
        .endr
        bl runner_thread_variable
        .irp n, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, \
                16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31
        ldr q\n, [sp, #16*\n]
        .endr
        add sp, sp, #512
        .irp n, 17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1
        ldr x\n, [sp], #16
        .endr
        ldp x29, x30, [sp], #16
        ret
        .size thread_variable, . - thread_variable

        .macro takes_slots name, register, next
        .globl \name
        .type \name, %function
\name:  mov \register, sp
        b \next
        .size \name, . - \name
        .endm

        takes_slots apple_printf, x1, apple_vprintf
        takes_slots apple_fprintf, x2, apple_vfprintf
        takes_slots apple_snprintf, x3, apple_vsnprintf

#else
#error "thunks.S has no code for this machine"
#endif

        .section .note.GNU-stack, "", %progbits
