// What `check` finds in images that somebody has damaged, each finding by its place.
// REQUIRES: macho-runner
// RUN: %macho-everywhere %t '$cc -O1 -dynamiclib -install_name libdemo.dylib %s -o $o && %tool check $o > /dev/null &&  \
// RUN:   export status="1 3" run="%tool check" && %macho-damage %s && echo tried' | FileCheck %s
// CHECK: tried
// DAMAGE: LC_SYMTAB:16 41: the strings: are not aligned to 8 bytes: dyld of macOS 27 does not load an image like this
// DAMAGE: LC_FUNCTION_STARTS:8 00000000: LC_FUNCTION_STARTS: is not in __LINKEDIT
// DAMAGE: LC_FUNCTION_STARTS:12 ffff: overlaps the table before it
// DAMAGE: LC_DYSYMTAB:12 ff000000: LC_DYSYMTAB does not divide the symbols into locals, defined and undefined ones
// DAMAGE: @LC_DYSYMTAB:56:0 fffe0000: the indirect symbol table names a symbol past the end of the table
// DAMAGE: @LC_SYMTAB:8:24 ff: is at another address than the exports trie says
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:40:0 f0: the exports trie: has a node that reaches past its end
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:40:1 ff: the exports trie: has an edge
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:16:0 f0: the bind opcodes: are damaged at 0x0
// DAMAGE-opcodes: @LC_DYLD_INFO_ONLY:16:19 1f: is to come from a library that the image is not linked with
// DAMAGE-chains: @LC_DYLD_EXPORTS_TRIE:8:0 f0: the exports trie: has a node that reaches past its end
// DAMAGE-chains: @LC_DYLD_EXPORTS_TRIE:8:4 00: the exports trie
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:0 01: LC_DYLD_CHAINED_FIXUPS: is of a version that linkname does not know
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:16 00: a pointer is to be bound to an import that is not there
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:20 09: has imports in a form that linkname does not know
// DAMAGE-chains: @LC_DYLD_CHAINED_FIXUPS:8:24 01: has compressed names
// DAMAGE-signed: @LC_CODE_SIGNATURE:8:-1 55: the code signature: has wrong hashes
// DAMAGE-signed: @LC_CODE_SIGNATURE:8:0 00: the code signature: does not begin as one does
// DAMAGE-signed: LC_CODE_SIGNATURE:8 41: the code signature: is not aligned to 16 bytes
/// A library that was made to be forwarded, a program, a universal file and what is none of these.
// RUN: clang-19 -target arm64-apple-macos11 -c %s -o %t.o && ld64.lld-19 -arch arm64 -platform_version macos 11.0 11.0 -dylib %t.o -o %t.lib -undefined dynamic_lookup
// RUN: %tool check --format json %t.lib | FileCheck %s --check-prefix=JSON
// JSON: "target": "macho-arm64"
// RUN: %exits 1 %tool check %t.o 2>&1 | FileCheck %s --check-prefix=OBJECT
// OBJECT: holds no linked image to check
extern int puts(const char *);
extern int (*const pointers[])(const char *);
int (*const pointers[])(const char *) = {puts};
int variable = 3;
int first(void) { return puts("first"); }
