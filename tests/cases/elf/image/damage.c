// Tables that lead out of the image or contradict each other are found, and what cannot be read is not rewritten. What
// others can do without, an edit may leave as it is.
// REQUIRES: gcc, bfd
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd -Wl,--hash-style=both -Wl,--default-symver %S/Inputs/door.c -o %t.so
// RUN: %elf-damage %s %t.so
//
// The header and the program headers.
// DAMAGE: header:56 0000: 3 a linked image without program headers
// DAMAGE: header:54 2000: 3 e_phentsize is not the size of a program header
// DAMAGE: header:32 ffffff7f: 3 the program header table lies outside the file
// DAMAGE: phdr+1:32 ffffff7f: 3 reaches past the end of the file
// DAMAGE: phdr+1:40 01: 3 larger there than in memory
// DAMAGE: phdr+2:8 ffffff7f: 3 .dynamic: reaches past the end of the file
// DAMAGE: phdr+2:32 20: 3 does not end with DT_NULL
//
// The dynamic section.
// DAMAGE: @DT_SYMTAB:8 00000070: 3 DT_SYMTAB leads outside of what is mapped
// DAMAGE: @DT_STRTAB:8 00000070: 3 DT_STRTAB or DT_STRSZ leads outside of what is mapped
// DAMAGE: @DT_STRSZ:8 00000070: 3 DT_STRTAB or DT_STRSZ leads outside of what is mapped
// DAMAGE: @DT_STRSZ:8 20: 3 .dynstr: does not end with a NUL byte
// DAMAGE: @DT_GNU_HASH:8 00000070: 3 DT_GNU_HASH leads outside of what is mapped
// DAMAGE: @DT_HASH:8 00000070: 3 DT_HASH leads outside of what is mapped
// DAMAGE: @DT_VERSYM:8 00000070: 3 DT_VERSYM leads outside of what is mapped
// DAMAGE: @DT_RELA:8 00000070: 3 a table of relocations leads outside of what is mapped
// DAMAGE: @DT_RELASZ:8 00000070: 3 a table of relocations leads outside of what is mapped
// DAMAGE: @DT_VERDEF:8 00000070: 0 a chain of versions leaves what is mapped
// DAMAGE: DT_VERSYM:2 7777: 0 has a version that is not there
//
// Section headers, by which tables are moved, that say less of them than loaders read.
// DAMAGE: shdr+0x6ffffffd:32 01: 1 .gnu.version_d: is smaller than what the loader reads
//
// The hash tables: no buckets, a filter that is no power of two, a chain that runs in a circle.
// DAMAGE: DT_GNU_HASH:0 00: 3 has no buckets, or a filter whose size is no power of two
// DAMAGE: DT_GNU_HASH:8 03: 3 has no buckets, or a filter whose size is no power of two
// DAMAGE: DT_GNU_HASH:4 ff: 3 begins with a symbol past the end of the table
// DAMAGE: DT_GNU_HASH:16 0000000000000000: 0 does not pass the filter of .gnu.hash, so no loader finds it
// DAMAGE: DT_HASH:56 09000000: 3 a chain leaves the table or runs in a circle
// DAMAGE: DT_HASH:56 ffffff7f: 3 a chain leaves the table or runs in a circle
// DAMAGE: DT_HASH:0 ffffff7f: 3 .hash
//
// Symbols, and the relocations that are about them.
// DAMAGE: DT_SYMTAB:24 ffffff7f: 3 the name reaches past the string table
// DAMAGE: DT_SYMTAB:28 f2: 3 the binding of this symbol is of no known kind
// DAMAGE: DT_JMPREL:12 ffffff00: 3 is about a symbol past the end of the table
