# Pointers to a personality routine that is defined here and to one that is not, as compilers write them.
 .text
 .globl f, own_personality
f: ret
own_personality: ret
 .macro pointer name
 .hidden DW.ref.\name
 .weak DW.ref.\name
 .section .data.rel.local.DW.ref.\name,"awG",@progbits,DW.ref.\name,comdat
DW.ref.\name:
 .quad \name
 .endm
 pointer own_personality
 pointer __gxx_personality_v0
