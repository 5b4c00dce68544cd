// Images whose tables others have computed something from, or that say it in a way that linkname does not edit.
// REQUIRES: gcc, bfd
// RUN: gcc -O1 -fPIC -shared -fuse-ld=bfd %S/Inputs/door.c -o %t.so
// RUN: %elf-damage %s %t.so
// DAMAGE: @DT_RELACOUNT:0 f5fdff6f: 1 .dynamic: DT_GNU_PRELINKED: the image is prelinked, and its conflicts are computed for the old tables; undo it (`prelink -u`), or take the library as it was linked
// DAMAGE: @DT_RELACOUNT:0 f8feff6f: 1 .dynamic: DT_GNU_CONFLICT: the image is prelinked
// DAMAGE: @DT_RELACOUNT:0 f9feff6f: 1 .dynamic: DT_GNU_LIBLIST: the image is prelinked
// DAMAGE: @DT_RELACOUNT:0 fffeff6f: 1 .dynamic: DT_SYMINFO: a table beside .dynsym that linkname does not edit
// DAMAGE: @DT_RELACOUNT:0 11000060: 1 .dynamic: DT_ANDROID_RELA: packed relocations, which count the symbols that would move; link it without packing its relocations
// DAMAGE: @DT_RELACOUNT:0 26000040: 1 .dynamic: DT_CREL: compressed relocations
//
// The table of addresses that MIPS has, and processors that nobody here knows.
// DAMAGE: header:18 0800: 1 ELF header: is a MIPS image, whose global offset table follows the order of .dynsym; rewrite the objects that it is linked from
// DAMAGE: header:18 6900: 1 ELF header: is for a processor whose dynamic linking linkname does not know
