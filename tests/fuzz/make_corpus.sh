#!/bin/sh
# Makes the corpora of the fuzz targets: small objects of every class, byte order and special feature that the library
# knows, each followed by bytes that steer the target (see fuzz.h).
#   make_corpus.sh OUTPUT_FOLDER
# CLANG, YAML2OBJ and OBJCOPY name the tools. A compiler that lacks a target is passed over: the corpus may be smaller.
set -eu

output=${1:?usage: make_corpus.sh OUTPUT_FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
clang=${CLANG:-clang-19}
yaml2obj=${YAML2OBJ:-yaml2obj-19}
objcopy=${OBJCOPY:-llvm-objcopy-19}
largest=12288

rm -rf "$output"
for folder in objects rewrite archive image elf_view coff_view macho_view macho_image debug_info records rules; do
  mkdir -p "$output/$folder"
done
work=$output/work
mkdir "$work"

cat > "$work/binds.c" <<'END'
#include <linkname/linkname.h>
int pulled(int);
LINKNAME(pulled, "remote.pull", "a reason");
static int exported(int x) { return x * 3; }
LINKNAME(exported);
int pushed(int x) { return exported(x) + pulled(x); }
LINKNAME(pushed, "remote.push");
int named(void);
LINKNAME_SYMBOL("named", "remote.named");
static int counter = 7;
LINKNAME(counter, "remote.counter");
int use(void) { return named() + counter; }
END
cat > "$work/plain.c" <<'END'
static int helper(int x) { return x + 1; }
__attribute__((noinline)) static int other(int x) { return x - 1; }
int (*table[])(int) = {helper};
static volatile int variable = 3;
__thread int local_to_thread = 4;
__attribute__((visibility("hidden"))) int hidden(int x) { return other(x) + variable; }
__attribute__((weak)) int weak(int x) { return hidden(x); }
__attribute__((common)) int shared;
extern int outside(int);
int visible(int x) { return outside(x) + weak(x) + shared + local_to_thread; }
END
cat > "$work/groups.cpp" <<'END'
namespace ns {
namespace { int parse(const char *s) { return *s; } struct Point { int x, y; } point = {1, 2}; }
template <class T> struct Box { static T pick(T a) { return a; } T value; };
inline int shared(int x) { static int calls; return calls += x; }
int parse_int(int a) { return a; }
}
int outer(const char *s) { return ns::parse(s) + ns::Box<int>::pick(3) + ns::shared(2) + ns::point.x + ns::parse_int(1); }
END
cat > "$work/ifunc.c" <<'END'
static int fast(int x) { return x; }
static void *choose(void) { return (void *)fast; }
int picked(int) __attribute__((ifunc("choose")));
__asm__(".symver versioned, other@@V1\n.globl versioned\nversioned: .byte 0\n");
END

compile() { # NAME SOURCE FLAGS...
  compiled=$output/objects/$1.o
  source_file=$work/$2
  shift 2
  "$clang" -I "$include" -ffreestanding -fno-asynchronous-unwind-tables -c "$source_file" -o "$compiled" "$@" \
    2> "$work/errors" || rm -f "$compiled"
}

for target in x86_64 i386 aarch64 arm s390x ppc64 ppc64le riscv64 mips64el mips sparcv9 loongarch64; do
  triple=$target-linux-gnu
  case $target in
    mips64el) triple=mips64el-linux-gnuabi64 ;;
    arm) triple=arm-linux-gnueabihf ;;
  esac
  for source in binds.c plain.c; do
    compile "$target-${source%.c}" "$source" --target="$triple" -O1
  done
  compile "$target-groups" groups.cpp --target="$triple" -O0
done
compile x86_64-O0 plain.c --target=x86_64-linux-gnu -O0
compile x86_64-no-addrsig plain.c --target=x86_64-linux-gnu -O1 -fno-addrsig
compile x86_64-sections plain.c --target=x86_64-linux-gnu -O1 -ffunction-sections -fdata-sections
compile x86_64-ifunc ifunc.c --target=x86_64-linux-gnu -O1
compile x86_64-crel plain.c --target=x86_64-linux-gnu -O1 -Wa,--crel,--allow-experimental-crel
compile s390x-crel binds.c --target=s390x-linux-gnu -O1 -Wa,--crel,--allow-experimental-crel
compile x86_64-fat plain.c --target=x86_64-linux-gnu -O1 -flto -ffat-lto-objects
compile x32-plain plain.c --target=x86_64-linux-gnux32 -O1
for version in 4 5; do
  compile "x86_64-g$version" plain.c --target=x86_64-linux-gnu -O1 -fno-addrsig -gdwarf-$version
  compile "s390x-g$version" plain.c --target=s390x-linux-gnu -O1 -fno-addrsig -gdwarf-$version
  compile "i386-g$version" plain.c --target=i386-linux-gnu -O1 -fno-addrsig -gdwarf-$version
done
compile x86_64-g-cxx groups.cpp --target=x86_64-linux-gnu -O1 -fno-addrsig -g
compile x86_64-g-types groups.cpp --target=x86_64-linux-gnu -O0 -fno-addrsig -gdwarf-4 -fdebug-types-section
compile x86_64-g-split groups.cpp --target=x86_64-linux-gnu -O0 -fno-addrsig -gdwarf-5 -gsplit-dwarf=single
compile x86_64-g64 plain.c --target=x86_64-linux-gnu -O1 -fno-addrsig -gdwarf64
compile x86_64-gz plain.c --target=x86_64-linux-gnu -O1 -fno-addrsig -g -gz=zlib

# What compilers do not write in a few kilobytes: extended section indices, reserved indices, unknown machines.
yaml() { # NAME, the document on standard input
  "$yaml2obj" -o "$output/objects/$1.o" - 2> "$work/errors" || rm -f "$output/objects/$1.o"
}
for shape in "ELFCLASS64 ELFDATA2LSB EM_X86_64" "ELFCLASS32 ELFDATA2MSB EM_PPC"; do
  # shellcheck disable=SC2086 # three words
  set -- $shape
  yaml "xindex-$3" <<END
--- !ELF
FileHeader: {Class: $1, Data: $2, Type: ET_REL, Machine: $3}
Sections:
  - {Name: .text, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_EXECINSTR], AddressAlign: 16, Size: 64}
  - {Name: .data, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_WRITE], AddressAlign: 8, Content: "0011223344556677"}
  - {Name: .rela.data, Type: SHT_RELA, Link: .symtab, Info: .data, Relocations: [{Offset: 0, Symbol: f, Type: 1}]}
  - {Name: .symtab_shndx, Type: SHT_SYMTAB_SHNDX, Link: .symtab, Entries: [0, 1, 0, 2, 1]}
Symbols:
  - {Name: f, Type: STT_FUNC, Index: SHN_XINDEX, Value: 0, Size: 8}
  - {Name: a, Index: SHN_ABS, Value: 5, Binding: STB_GLOBAL}
  - {Name: v, Type: STT_OBJECT, Index: SHN_XINDEX, Value: 0, Size: 4, Binding: STB_GLOBAL, Other: [STV_HIDDEN]}
  - {Name: g, Type: STT_FUNC, Index: SHN_XINDEX, Value: 16, Size: 8, Binding: STB_GLOBAL}
END
done
yaml group <<'END'
--- !ELF
FileHeader: {Class: ELFCLASS64, Data: ELFDATA2LSB, Type: ET_REL, Machine: EM_X86_64}
Sections:
  - {Name: .group, Type: SHT_GROUP, Link: .symtab, Info: g, Members: [{SectionOrType: GRP_COMDAT}, {SectionOrType: .text.g}]}
  - {Name: .text.g, Type: SHT_PROGBITS, Flags: [SHF_ALLOC, SHF_EXECINSTR, SHF_GROUP], AddressAlign: 4, Size: 16}
  - {Name: .llvm_addrsig, Type: SHT_LLVM_ADDRSIG, Link: .symtab, Symbols: [g, h]}
Symbols:
  - {Name: s.c, Type: STT_FILE, Index: SHN_ABS}
  - {Name: h, Type: STT_FUNC, Section: .text.g, Value: 8}
  - {Name: u, Binding: STB_GLOBAL}
  - {Name: g, Type: STT_FUNC, Section: .text.g, Binding: STB_WEAK}
  - {Name: q, Type: STT_OBJECT, Section: .text.g, Binding: STB_GNU_UNIQUE}
END
yaml unknown-machine <<'END'
--- !ELF
FileHeader: {Class: ELFCLASS32, Data: ELFDATA2LSB, Type: ET_REL, Machine: 4242}
Sections:
  - {Name: .text, Type: SHT_PROGBITS, Flags: [SHF_ALLOC], Size: 8}
Symbols:
  - {Name: f@V1, Section: .text}
  - {Name: f@@V2, Section: .text, Binding: STB_GLOBAL}
END
yaml no-symbols <<'END'
--- !ELF
FileHeader: {Class: ELFCLASS64, Data: ELFDATA2MSB, Type: ET_REL, Machine: EM_S390}
END

# COFF: what cl.exe, Clang and GCC write, and the form for very many sections.
cat > "$work/coff.c" <<'END'
__declspec(dllexport) int exported(int x) { return x; }
__declspec(dllexport) int exported_variable = 3;
__declspec(dllimport) extern int imported;
extern int weak_reference(void) __attribute__((weak));
__attribute__((weak)) int weak_variable = 2;
int use(void) { return imported + weak_variable + exported(1) + (weak_reference ? weak_reference() : 0); }
END
for target in x86_64-pc-windows-msvc i686-pc-windows-msvc aarch64-pc-windows-msvc thumbv7-pc-windows-msvc \
  x86_64-w64-mingw32 i686-w64-mingw32; do
  name=coff-$target
  for source in binds.c plain.c coff.c; do
    compile "$name-${source%.c}" "$source" --target="$target" -O1
  done
  compile "$name-groups" groups.cpp --target="$target" -O0
  for source in binds plain coff groups; do
    [ ! -f "$output/objects/$name-$source.o" ] ||
      python3 "$here/../cases/tools/coff-form.py" "$output/objects/$name-$source.o" \
        "$output/objects/$name-$source-big.o" --big --tables-first
  done
done
compile coff-guard coff.c --target=x86_64-pc-windows-msvc -O1 -Xclang -cfguard
compile coff-seh coff.c --target=i686-pc-windows-msvc -O1 -g
compile coff-g plain.c --target=x86_64-w64-mingw32 -O0 -g
compile coff-tls plain.c --target=x86_64-w64-mingw32 -O1 -femulated-tls

for target in x86_64-apple-macos11 arm64-apple-macos11 arm64e-apple-macos11 i386-apple-macos10.13 armv7-apple-ios9 \
  arm64_32-apple-watchos6; do
  name=macho-${target%%-*}
  compile "$name-binds" binds.c --target="$target" -O1
  compile "$name-plain" plain.c --target="$target" -O1 -faddrsig
  compile "$name-groups" groups.cpp --target="$target" -O0
done
for target in x86_64-apple-macos11 arm64-apple-macos11 i386-apple-macos10.13 armv7-apple-ios9; do
  compile "macho-${target%%-*}-g" plain.c --target="$target" -O1 -g
done
for kind in ppc ppc64 big64 unknown; do
  python3 "$here/../cases/tools/make-macho.py" "$output/objects/macho-$kind.o" --kind $kind
done
python3 "$here/../cases/tools/make-macho.py" "$output/objects/macho-no-groups.o" --no-dysymtab --order symbols,strings,rest

# The steering: a flags byte, then requests (verb, selector form, symbol index, form of the new name), then their length.
# Form 1 is the wildcard '*'; form 8 the symbol's own name.
steer() { # FOLDER NAME OBJECT STEERING
  { cat "$3"; printf '%b' "$4"; } > "$output/$1/$2"
}
for object in "$output"/objects/*.o; do
  [ "$(wc -c < "$object")" -le $largest ] || { rm "$object"; continue; }
  name=$(basename "$object" .o)
  steer rewrite "$name-records" "$object" '\0000'
  steer rewrite "$name-rename" "$object" '\0000\0000\0001\0000\0000\0001\0006'
  steer rewrite "$name-export" "$object" '\0000\0202\0001\0000\0000\0005'
  steer rewrite "$name-hide" "$object" '\0000\0003\0001\0000\0000\0005'
  steer rewrite "$name-weaken" "$object" '\0000\0004\0001\0000\0000\0005'
  steer rewrite "$name-localize" "$object" '\0000\0005\0001\0000\0000\0005'
  steer rewrite "$name-alias" "$object" '\0000\0001\0010\0000\0003\0004\0006'
  steer rewrite "$name-rules" "$object" '\0172export * # r\n\0017'
  case $name in
    coff-*) view=coff_view ;;
    macho-*) view=macho_view ;;
    *) view=elf_view ;;
  esac
  steer $view "$name-none" "$object" '\0000'
  # change, symbol index, name: an added and a renamed symbol, one hidden, one weak, one local
  steer $view "$name-edits" "$object" '\0061\0000\0003new\0060\0000\0004old\0042\0000\0005\0003\0000\0006\0004\0000\0007\0021'
  case $name in
    *-g* | *plain*) cp "$object" "$output/debug_info/$name" ;;
  esac
  records=.linkname
  [ $view = elf_view ] || records=__DWARF,__linkname
  if "$objcopy" --dump-section "$records=$work/section" "$object" "$work/copy.o" 2> "$work/errors"; then
    # flags (three symbols, pointer size, byte order); symbols of shape, name, kind and value; pointers of offset,
    # symbol and addend
    for flags in '\0040' '\0042' '\0044' '\0046' '\0047'; do
      steer records "$name$(printf %s "$flags" | tr -d '\\')" "$work/section" \
        "$flags"'\0040\0001\0001\0000\0040\0000\0005\0000\0000\0002\0001\0000'\
'\0000\0010\0001\0000\0000\0070\0001\0000\0000\0100\0001\0000\0000\0150\0000\0000\0000\0170\0002\0000\0041'
    done
    rm -f "$work/section"
  fi
done

# Shared libraries, stripped and not, with each kind of hash table, and edited ones by the same steering as objects.
link() { # NAME TARGET FLAGS...
  linked=$work/$1.so
  name=$1
  triple=$2
  shift 2
  "$clang" --target="$triple" -fuse-ld=lld -nostdlib -shared -ffreestanding -fPIC -O1 -fno-asynchronous-unwind-tables \
    -Wl,-z,max-page-size=4096 -Wl,-z,noseparate-code -Wl,--unresolved-symbols=ignore-all "$@" "$work/image.c" -o "$linked" \
    2> "$work/errors" || return 0
  steer_image
}
steer_image() {
  [ "$(wc -c < "$linked")" -le $largest ] || return 0
  steer image "$name-none" "$linked" '\0000'
  steer image "$name-rename" "$linked" '\0000\0000\0010\0000\0004\0004\0006'
  steer image "$name-export" "$linked" '\0100\0202\0001\0000\0000\0005'
  steer image "$name-hide" "$linked" '\0000\0003\0001\0000\0000\0005'
  steer image "$name-weaken" "$linked" '\0000\0004\0001\0000\0000\0005'
  steer image "$name-alias" "$linked" '\0000\0001\0010\0000\0003\0004\0006'
}
cat > "$work/image.c" <<'END'
static int private_one(int x) { return x * 3; }
int (*table[])(int) = {private_one};
__attribute__((visibility("hidden"))) int hidden(int x) { return x + 7; }
extern int outside(int);
int variable = 3;
int visible(int x) { return hidden(x) + outside(x) + variable; }
__attribute__((weak)) int weak(int x) { return visible(x); }
END
for target in x86_64 i386 aarch64 arm s390x ppc64le riscv64 mips; do
  link "$target" $target-linux-gnu
  link "$target-sysv" $target-linux-gnu -Wl,--hash-style=sysv
done
link x86_64-both x86_64-linux-gnu -Wl,--hash-style=both
link x86_64-stripped x86_64-linux-gnu -s
link x86_64-relr x86_64-linux-gnu -Wl,-z,pack-relative-relocs
link x86_64-android x86_64-linux-gnu -Wl,--pack-dyn-relocs=android
link x86_64-separate x86_64-linux-gnu -Wl,-z,separate-code
printf 'V1 { global: visible; };\nV2 { global: weak; local: *; };\n' > "$work/versions"
link x86_64-versions x86_64-linux-gnu -Wl,--version-script="$work/versions"

# Windows images, of a library and of a program that uses it.
cat > "$work/library.c" <<'END'
static int helper(int x) { return x + 1; }
int (*const volatile table[])(int) = {helper};
__declspec(dllexport) int exported(int x) { return table[0](x); }
__declspec(dllexport) int variable = 3;
END
cat > "$work/program.c" <<'END'
__declspec(dllimport) int exported(int x);
__declspec(dllimport) extern int variable;
void begin(void) { variable = exported(variable); }
END
lld=$(dirname "$(command -v "$clang")")/lld-link
[ -x "$lld" ] || lld=lld-link-19
for target in x86_64 i686 aarch64; do
  for source in library program; do
    "$clang" --target=$target-pc-windows-msvc -O1 -c "$work/$source.c" -o "$work/$source.obj"
  done > "$work/errors" 2>&1 || continue
  "$lld" /nologo /dll /noentry /safeseh:no /debug:symtab /export:forward=kernel32.Sleep /export:exported,@9 \
    "$work/library.obj" "/out:$work/library.dll" "/implib:$work/library.lib" > "$work/errors" 2>&1 || continue
  "$lld" /nologo /subsystem:console /entry:begin /safeseh:no "$work/program.obj" "$work/library.lib" \
    "/out:$work/program.exe" > "$work/errors" 2>&1 || continue
  for linked in "$work/library.dll" "$work/program.exe"; do
    name=pe-$target-$(basename "$linked")
    steer_image
  done
done

# Linked Mach-O images: the smallest are those for x86_64, whose pages are 4 KiB. Changes as above, and a second name.
cat > "$work/macho.cpp" <<'END'
extern "C" int outside(int);
extern int elsewhere;
static int secret(int x) { return outside(x) + elsewhere; }
int (*pointers[])(int) = {secret, outside};
thread_local int variable = 4;
inline __attribute__((noinline)) int shared(int x) { return x; }
int (*volatile taken)(int) = shared;
int visible(int x) { return secret(x) + variable + shared(x); }
END
lld=${LD64_LLD:-ld64.lld-19}
link_macho() { # NAME SOURCE FLAGS...
  name=macho-$1
  image=$work/$name
  "$clang" --target=x86_64-apple-macos11 -O1 -ffreestanding -fno-asynchronous-unwind-tables -c "$work/$2" -o "$work/image.o" \
    2> "$work/errors" || return 0
  shift 2
  "$lld" -arch x86_64 -platform_version macos 11.0 11.0 -dylib -no_data_const -undefined dynamic_lookup "$@" "$work/image.o" -o "$image" \
    2> "$work/errors" || return 0
  steer macho_image "$name-none" "$image" '\0000'
  steer macho_image "$name-rename" "$image" '\0060\0000\0004old\0060\0000\0006new\0060\0000\0010out\0022'
  steer macho_image "$name-edits" "$image" '\0061\0000\0003new\0060\0000\0004old\0042\0000\0005\0061\0000\0006two\0025'
  steer macho_image "$name-all" "$image" '\0301\0000\0000\0301\0000\0001\0301\0000\0002\0042\0000\0003\0042\0000\0004\0017'
  steer image "$name-export" "$image" '\0000\0202\0001\0000\0000\0005'
}
for source in macho.cpp plain.c; do
  link_macho "$source-opcodes" $source -no_fixup_chains
  link_macho "$source-chains" $source -fixup_chains
  link_macho "$source-signed" $source -fixup_chains -adhoc_codesign
  link_macho "$source-lazy" $source -no_fixup_chains -adhoc_codesign -x
done

python3 "$here/make_archives.py" "$output/objects" "$output/archive"

cat > "$output/rules/all" <<'END'
# every verb
rename old new # a reason
alias new old
export "ns::(anonymous namespace)::parse(char const*)" unsafe
hide s.c:hidden
weaken "sqlite3*"
	localize #12:x
END
printf 'rename a\nexport "open\nunknown x\r\n\n  # only a comment\nexport "" unsafe' > "$output/rules/faulty"
rm -rf "$work"
