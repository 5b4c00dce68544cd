// bool runtime.memequal(const void *a, const void *b, size_t size), a byte at a time.

#if defined(__APPLE__) || (defined(_WIN32) && defined(__i386__))
#define NAME _runtime.memequal          // how the platform spells a C name
#else
#define NAME runtime.memequal
#endif

        .text
        .globl NAME
#if defined(__ELF__)
        .type NAME, %function
#elif defined(_WIN32)
        .def NAME
        .scl 2
        .type 32
        .endef
#endif
NAME:

#if defined(__x86_64__)                 // A, B, SIZE -> eax
#if defined(_WIN32)
#define A %rcx
#define B %rdx
#define SIZE %r8
#else
#define A %rdi
#define B %rsi
#define SIZE %rdx
#endif
        jmp 2f
1:      movb -1(A,SIZE), %al
        cmpb -1(B,SIZE), %al
        jne 3f
        decq SIZE
2:      testq SIZE, SIZE
        jnz 1b
        movl $1, %eax
        ret
3:      xorl %eax, %eax
        ret

#elif defined(__i386__)                 // 4, 8, 12(%esp) -> eax
        pushl %esi
        pushl %edi
        movl 12(%esp), %esi
        movl 16(%esp), %edi
        movl 20(%esp), %ecx
        xorl %eax, %eax
        jmp 2f
1:      movb -1(%esi,%ecx), %dl
        cmpb -1(%edi,%ecx), %dl
        jne 3f
        decl %ecx
2:      testl %ecx, %ecx
        jnz 1b
        incl %eax
3:      popl %edi
        popl %esi
        ret

#elif defined(__aarch64__)              // x0, x1, x2 -> w0
1:      cbz x2, 2f
        sub x2, x2, #1
        ldrb w3, [x0, x2]
        ldrb w4, [x1, x2]
        cmp w3, w4
        b.eq 1b
        mov w0, #0
        ret
2:      mov w0, #1
        ret

#elif defined(__arm__)                  // r0, r1, r2 -> r0
        .syntax unified
        .arm
1:      subs r2, r2, #1
        blo 2f
        ldrb r3, [r0, r2]
        ldrb r12, [r1, r2]
        cmp r3, r12
        beq 1b
        mov r0, #0
        bx lr
2:      mov r0, #1
        bx lr

#elif defined(__s390x__)                // r2, r3, r4 -> r2
        j 2f
1:      aghi %r4, -1
        llgc %r0, 0(%r2,%r4)
        llgc %r1, 0(%r3,%r4)
        cgrjne %r0, %r1, 3f
2:      cgijne %r4, 0, 1b
        lghi %r2, 1
        br %r14
3:      lghi %r2, 0
        br %r14

#elif defined(__riscv)                  // a0, a1, a2 -> a0
1:      beqz a2, 2f
        lbu a3, 0(a0)
        lbu a4, 0(a1)
        addi a0, a0, 1
        addi a1, a1, 1
        addi a2, a2, -1
        beq a3, a4, 1b
        li a0, 0
        ret
2:      li a0, 1
        ret

#else
#error "memequal.S has no code for this machine"
#endif

#if defined(__ELF__)
        .size NAME, . - NAME

        // Without this note the linker would make the program's stack executable.
        .section .note.GNU-stack, "", %progbits
#endif
