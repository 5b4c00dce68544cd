// Every part of an image that the runner reads is checked; what it does not know is refused by name.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc %s -o $o && $run $o && %macho-damage %s' | FileCheck %s
// CHECK: 42
// DAMAGE: header:0 00000000: is not a 64-bit Mach-O file
// DAMAGE: header:0 cafebabe: is a universal file
// DAMAGE: header:4 07000000: is for CPU 0x7, neither x86_64 nor arm64
// DAMAGE: header:12 01000000: has file type 1, which is no linked image's
// DAMAGE: header:16 01000000: the load commands are
// DAMAGE: header:20 ffffff7f: load commands: 2147483647 bytes at 0x20 do not lie within the file
// DAMAGE: header:24 00000000: is not position-independent
// DAMAGE: LC_UUID:0 77000000: load command 0x77 is not known
// DAMAGE: LC_UUID:4 0c000000: has a size of 12 bytes
// DAMAGE: LC_SEGMENT_64+1:24 01: section __text: its bytes are not where its address is
// DAMAGE: LC_SEGMENT_64+1:60 07000000: segment __TEXT has protection
// DAMAGE: LC_SEGMENT_64+1:68 40000000: segment __TEXT has flags 0x40
// DAMAGE: LC_SEGMENT_64+1:64 ff000000: does not fit 255 sections
// DAMAGE: LC_SEGMENT_64+1:136 0d000000: section __text has type 0xd, which the runner does not know
// DAMAGE: LC_SEGMENT_64+1:104 00: section __text: its bytes are not where
// DAMAGE: LC_SYMTAB:8 00000000: does not lie within __LINKEDIT
// DAMAGE: LC_SYMTAB:12 ffffff00: the file
// DAMAGE: LC_SYMTAB:20 01000000: do not lie within the string table of 1 bytes
// DAMAGE: LC_DYSYMTAB:12 ff000000: the groups of the dynamic symbol table
// DAMAGE: LC_DYSYMTAB:68 ff000000: the dynamic symbol table has parts
// DAMAGE: LC_MAIN:8 00000010: lies in no segment
// DAMAGE: LC_LOAD_DYLIB:8 ff000000: the load command
// DAMAGE: @LC_SYMTAB:8:0 ffffff00: the string table
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:8:0 f0: the rebase opcodes hold 0xf0, which the runner does not know
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:8:0 12: the rebase opcodes are of type 2
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:8:1 2f: the rebase opcodes name segment 15
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:16:0 d0: the bind opcodes hold 0xd0, which the runner does not know
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:40:0 05: export
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:40:4 00: the exports trie
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:0 01: the chained fixups are of version 1
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:20 09: imports of format 9
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:16 00: names import
// DAMAGE-chains: @LC_DYLD_EXPORTS_TRIE:8:0 05: export
// DAMAGE-chains: @LC_DYLD_EXPORTS_TRIE:8:4 00: the exports trie
#include <stdio.h>
#include <stdlib.h>

static int answer = 42;
int *const where = &answer;
int table[4];
int main(void) {
  printf("%d\n", *where + table[2]);
  return fflush(stdout);
}
