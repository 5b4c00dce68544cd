#!/bin/bash
# Tests include/linkname/linkname.h: which compilers take it, what bytes it
# leaves, what header-only mode does, and what is refused and in what words.
#
#   tests/header/run.sh            run everything, two cases at a time
#   CASES='*mingw*' run.sh         run the cases whose name matches the pattern
#   JOBS=8 run.sh
#
# One line per case: `pass NAME`, `FAIL NAME: why` or `skip NAME: why`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
include=$here/../../include
support=$here/../support
export WINEPREFIX=${WINEPREFIX:-$here/../../build/release/tests/wine}
strict='-pedantic -Wall -Wextra -Werror'

pass() { echo "pass $name"; exit 0; }
skip() { echo "skip $name: $*"; exit 0; }
fail() { echo "FAIL $name: $(printf '%s' "$*" | tr '\n' ' ' | cut -c1-400)"; exit 0; }
need() { for tool; do command -v "${tool%% *}" >/dev/null 2>&1 || skip "no ${tool%% *}"; done; }
# Runs a command; if it fails the case fails with the first error it printed.
try() {
    "$@" >log 2>&1 && return
    fail "$(grep -m1 -iE 'error|undefined|warning' log || tail -n1 log) [$*]"
}
witness() { try python3 "$here/decode.py" "$@"; }

# ---- The kinds of case; each gets the fields of one line of the list ---------

# Compiles cleanly, and does nothing else.
kind_clean() { # compiler flags file
    need "$1" python3
    try $1 -I"$include" $strict $2 -c "$here/$3" -o out.o
    pass
}

# Leaves exactly the expected records.
kind_record() { # compiler flags file
    need "$1" python3
    try $1 -I"$include" -Wall -Wextra -Werror $2 -c "$here/$3" -o out.o
    witness out.o "$here/$3.expected"
    pass
}

# Does not compile, and the message says what we want it to say.
kind_refuse() { # compiler flags case words
    need "$1"
    if $1 -I"$include" $2 -DCASE_"$3" -c "$here/refuse.c" -o out.o >log 2>&1; then fail "accepted"; fi
    grep -qE -- "$4" log || fail "other words: $(grep -m1 -i error log)"
    pass
}

# Is accepted: the counterpart, so that a refusal is no accident.
kind_accept() { # compiler flags case
    need "$1"
    try $1 -I"$include" $2 -DCASE_"$3" -c "$here/refuse.c" -o out.o
    pass
}

# Header-only: compile, link, run.
kind_run() { # compiler flags link-flags runner language
    need "$1" "${4/link-only/env}"
    try $1 $2 -x c -c "$here/provider.c" -o provider.o
    try $1 -I"$include" -DLINKNAME_HEADER_ONLY $strict $2 -x "$5" -c "$here/only.c" -o only.o
    try $1 $2 $3 only.o provider.o -o a.out
    case $4 in
    link-only) ;;
    wine) try "$support/wine-run" ./a.out;;
    *) try $4 ./a.out;;
    esac
    pass
}

# Symbol versions: a library with two, a program that wants the old one.
kind_symver() { # compiler flags language
    need "$1"
    printf 'V1 { };\nV2 { } V1;\n' >map
    try $1 -I"$include" $strict $2 -DLIBRARY -fPIC -shared -x "$3" "$here/symver.c" -Wl,--version-script=map -o libs.so
    try $1 -I"$include" $strict $2 -x "$3" "$here/symver.c" -o a.out -L. -ls -Wl,-rpath,.
    try ./a.out
    pass
}

# Linked without the tool: the program works and holds no trace of a record.
kind_drop() { # compiler flags linker link-flags runner
    need "$1" ${3:+"$3"} ${5:+"$5"} python3
    try $1 -I"$include" $2 -c "$here/drop.c" -o out.o
    grep -qE 'LNK1|1KNL' out.o || [ "${2#*flto}" != "$2" ] || fail "no record in the object"
    try $1 $2 out.o $4 -o image
    [ ! -f image.exe ] || mv image.exe image
    try python3 "$here/decode.py" --absent image
    [ -z "$5" ] || try $5 ./image
    pass
}

# The same with the linker called by its own name.
kind_drop_bare() { # compiler flags linker-command
    need "$1" "$3" python3
    try $1 -I"$include" $2 -c "$here/drop.c" -o out.o
    grep -qE 'LNK1|1KNL' out.o || fail "no record in the object"
    try $3
    try python3 "$here/decode.py" --absent image
    pass
}

# Header-only on a platform that cannot run here: link it, against the names.
kind_link_bare() { # compiler flags linker-command language
    need "$1" "$3"
    try $1 ${2/-nostdinc++/} -x c -c "$here/provider.c" -o provider.o
    try $1 -I"$include" -DLINKNAME_HEADER_ONLY $strict $2 -x "$4" -c "$here/only.c" -o only.o
    try $3
    pass
}

# Records of two files in one relocatable object: ld -r, LTO, a unity build.
kind_merge() { # compiler flags link-flags
    need "$1" python3
    try $1 -I"$include" $2 -c "$here/two.c" -o one.o
    try $1 -I"$include" $2 -DSECOND -c "$here/two.c" -o two.o
    try $1 $2 -nostdlib -r $3 one.o two.o -o out.o
    witness out.o "$here/two.c.expected"
    pass
}

# A source file whose path has every character that could break the assembly.
kind_odd_path() { # compiler flags
    need "$1" python3
    local odd='q" %s {a|b} $d \n é #;@'
    mkdir "$odd" && cp "$here/two.c" "$odd/x.c"
    try $1 -I"$include" $2 -c "$odd/x.c" -o out.o
    python3 "$here/decode.py" out.o >out.txt 2>log || fail "$(cat log)"
    grep -qF 'q" %s {a|b} $d \n ' out.o || fail "the path is not in the record"
    pass
}

if [ "${1-}" = --job ]; then
    IFS='~' read -r kind name f1 f2 f3 f4 f5 <<<"$2"
    dir=$(mktemp -d "${TMPDIR:-/tmp}/linkname-header.XXXXXX") || exit 1
    trap 'rm -rf "$dir"' EXIT
    cd "$dir" || exit 1
    export TMPDIR=$dir # Clang leaves sources there where its assembler refuses a name
    kind_"$kind" "$f1" "$f2" "$f3" "$f4" "$f5"
fi

# ---- The list of cases ---------------------------------------------------------

list() {
    local cc std opt mode file target gcc lang flags k

    # 1. Languages
    for cc in gcc-12 clang-14 clang-19; do
        for opt in -O0 -O2; do
            for std in c99 c11 c17 c2x gnu11; do
                echo "clean~lang/record/$cc/$std$opt~$cc~-std=$std $opt~forms.c"
                echo "clean~lang/header-only/$cc/$std$opt~$cc~-std=$std $opt -DLINKNAME_HEADER_ONLY~only.c"
            done
            for std in c++11 c++14 c++17 c++20 c++2b gnu++17; do
                echo "clean~lang/record/$cc/$std$opt~$cc~-x c++ -std=$std $opt~forms.cpp"
                echo "clean~lang/header-only/$cc/$std$opt~$cc~-x c++ -std=$std $opt -DLINKNAME_HEADER_ONLY~only.c"
            done
        done
        for std in c99 c++11; do
            case $std in c++*) lang=c++;; *) lang=c;; esac
            echo "clean~lang/symver/$cc/$std~$cc~-x $lang -std=$std~symver.c"
            echo "clean~lang/symver-header-only/$cc/$std~$cc~-x $lang -std=$std -DLINKNAME_HEADER_ONLY~symver.c"
        done
    done

    # 2. Records
    for file in forms.c forms.cpp; do
        for opt in -O0 '-O2 -fPIC -fvisibility=hidden -ffunction-sections'; do
            for cc in clang-14 clang-19; do
                for target in x86_64-linux-gnu i386-linux-gnu aarch64-linux-gnu arm-linux-gnueabihf s390x-linux-gnu \
                    riscv64-linux-gnu powerpc64le-linux-gnu x86_64-windows-msvc i686-windows-msvc aarch64-windows-msvc \
                    x86_64-windows-gnu i686-windows-gnu x86_64-apple-macos11 arm64-apple-macos11; do
                    flags=$opt
                    case $target in *windows*) flags=${opt/-fPIC/};; esac
                    case $file in *.cpp) flags="$flags -nostdinc++";; esac
                    echo "record~record/$cc/$target/$file/${opt%% *}~$cc~--target=$target $flags~$file"
                done
            done
            for gcc in gcc-12 aarch64-linux-gnu-gcc s390x-linux-gnu-gcc arm-linux-gnueabihf-gcc i686-linux-gnu-gcc \
                riscv64-linux-gnu-gcc powerpc64le-linux-gnu-gcc x86_64-w64-mingw32-gcc; do
                flags=$opt
                case $gcc in *mingw*) flags=${opt/-fPIC/}; flags=${flags/-fvisibility=hidden/};; esac
                case $gcc/$file in
                gcc-12/*.cpp) echo "record~record/$gcc/$file/${opt%% *}~g++-12~$flags~$file";;
                */*.cpp) echo "record~record/$gcc/$file/${opt%% *}~${gcc%gcc}g++~$flags~$file";;
                *) echo "record~record/$gcc/$file/${opt%% *}~$gcc~$flags~$file";;
                esac
            done
        done
        for cc in gcc-12 clang-14 clang-19; do
            for flags in -fsanitize=address,undefined -pg -finstrument-functions -fcf-protection=full -g3 \
                -fstack-protector-all --coverage -fPIE -save-temps; do
                echo "record~record/$cc/x86_64/$file/$flags~$cc~$flags~$file"
            done
        done
        for cc in clang-14 clang-19; do
            for flags in '-fprofile-instr-generate -fcoverage-mapping' -fno-integrated-as; do
                echo "record~record/$cc/x86_64/$file/${flags%% *}~$cc~$flags~$file"
            done
        done
    done
    for cc in gcc-12 clang-14 clang-19; do
        echo "merge~merge/$cc/ld-r~$cc~-O2~"
        case $cc in
        gcc*) echo "merge~merge/$cc/lto~$cc~-O2 -flto~-flinker-output=nolto-rel";;
        *) echo "merge~merge/$cc/lto~$cc~-O2 -flto~-fuse-ld=lld";;
        esac
        echo "odd_path~odd-path/$cc~$cc~-O2"
    done
    for target in aarch64-linux-gnu i386-linux-gnu x86_64-windows-msvc arm64-apple-macos11; do
        echo "odd_path~odd-path/clang-19/$target~clang-19~--target=$target"
    done
    for gcc in aarch64-linux-gnu-gcc x86_64-w64-mingw32-gcc; do echo "odd_path~odd-path/$gcc~$gcc~-O1"; done

    # Linkers drop the records
    for cc in gcc-12 clang-14 clang-19; do
        for k in bfd gold lld mold; do
            case $k in lld) file=ld.lld; [ $cc = clang-14 ] || file=ld.lld-19;; mold) file=mold;; *) file=ld.$k;; esac
            case $cc/$k in */lld) command -v ld.lld >/dev/null 2>&1 && file=ld.lld;; esac
            echo "drop~drop/$cc/$k/exe~$cc~-O2 -g~$file~-fuse-ld=$k~env"
            echo "drop~drop/$cc/$k/pie-gc~$cc~-O2 -fPIE -ffunction-sections~$file~-fuse-ld=$k -pie -Wl,--gc-sections~env"
            echo "drop~drop/$cc/$k/shared~$cc~-O0 -fPIC -g~$file~-fuse-ld=$k -shared -Wl,-z,defs~"
        done
        echo "drop~drop/$cc/lto~$cc~-O2 -flto~ld.lld~$([ $cc = gcc-12 ] || echo -fuse-ld=lld)~env"
    done
    for k in aarch64-linux-gnu:qemu-aarch64 s390x-linux-gnu:qemu-s390x arm-linux-gnueabihf:qemu-arm \
        i686-linux-gnu:qemu-i386 riscv64-linux-gnu:qemu-riscv64; do
        echo "drop~drop/${k%:*}-gcc~${k%:*}-gcc~-O2~~-static~${k#*:}"
    done
    echo "drop~drop/mingw-gcc/exe~x86_64-w64-mingw32-gcc~-O2 -g~~~"
    echo "drop~drop/mingw-gcc/dll~x86_64-w64-mingw32-gcc~-O0~~-shared~"
    for cc in clang-14 clang-19; do
        echo "drop_bare~drop/$cc/lld-link/x64~$cc~--target=x86_64-windows-msvc -O2~lld-link-19 /dll /noentry /nodefaultlib /out:image out.o"
        echo "drop_bare~drop/$cc/lld-link/x86~$cc~--target=i686-windows-msvc -O2~lld-link-19 /dll /noentry /nodefaultlib /safeseh:no /out:image out.o"
        for target in x86_64 arm64; do
            echo "drop_bare~drop/$cc/ld64.lld/$target~$cc~--target=$target-apple-macos11 -O2 -g~ld64.lld-19 -arch $target -platform_version macos 11.0 11.0 -dylib -o image out.o"
        done
    done

    # 3. Header-only mode
    for lang in c c++; do
        for cc in gcc-12 clang-14 clang-19; do
            for flags in -O0 -O2 '-O2 -fPIC -fvisibility=hidden'; do
                echo "run~header-only/$cc/$lang/$flags~$cc~$flags~~env~$lang"
            done
            case $cc in
            gcc*) echo "run~header-only/$cc/$lang/lto~$cc~-O2 -flto -DNO_SYMBOL~~env~$lang";;
            *) echo "run~header-only/$cc/$lang/lto~$cc~-O2 -flto~-fuse-ld=lld~env~$lang";;
            esac
            echo "symver~symver/$cc/$lang/record~$cc~-O2~$lang"
            echo "symver~symver/$cc/$lang/header-only~$cc~-O2 -DLINKNAME_HEADER_ONLY~$lang"
        done
        for k in aarch64-linux-gnu:qemu-aarch64 s390x-linux-gnu:qemu-s390x arm-linux-gnueabihf:qemu-arm \
            i686-linux-gnu:qemu-i386 riscv64-linux-gnu:qemu-riscv64; do
            case $lang in c) gcc=gcc;; *) gcc=g++;; esac
            echo "run~header-only/${k%:*}-gcc/$lang~${k%:*}-$gcc~-O2~-static~${k#*:}~$lang"
        done
        case $lang in c) gcc=gcc;; *) gcc=g++;; esac
        echo "run~header-only/mingw-$gcc/$lang/link~x86_64-w64-mingw32-$gcc~-O2~~link-only~$lang"
        echo "run~header-only/mingw-$gcc/$lang/run~x86_64-w64-mingw32-$gcc~-O2~~wine~$lang"
        for cc in clang-14 clang-19; do
            flags='-O2 -ffreestanding'
            [ $lang = c ] || flags="$flags -nostdinc++"
            echo "link_bare~header-only/$cc/msvc-x64/$lang~$cc~--target=x86_64-windows-msvc $flags~lld-link-19 /entry:main /subsystem:console /nodefaultlib /out:image only.o provider.o~$lang"
            echo "link_bare~header-only/$cc/msvc-x86/$lang~$cc~--target=i686-windows-msvc $flags~lld-link-19 /entry:main /subsystem:console /nodefaultlib /safeseh:no /out:image only.o provider.o~$lang"
            for target in x86_64 arm64; do
                echo "link_bare~header-only/$cc/macho-$target/$lang~$cc~--target=$target-apple-macos11 $flags -DNO_SYMBOL~ld64.lld-19 -arch $target -platform_version macos 11.0 11.0 -dylib -o image only.o provider.o~$lang"
            done
        done
    done

    # 4. Refusals
    local ours='linkname|LINKNAME'
    for cc in gcc-12 clang-14 clang-19 x86_64-w64-mingw32-gcc 'clang-19 --target=x86_64-windows-msvc' \
        'clang-19 --target=arm64-apple-macos11' 'aarch64-linux-gnu-gcc'; do
        for lang in c c++; do
            case $lang in c) std='-x c -std=c11';; *) std='-x c++ -std=c++17';; esac
            k=${cc// --target=/-}
            refuse() { echo "refuse~refuse/$1/$k/$lang/$3~$cc~$std $2~$3~$4"; }
            # in both modes
            for mode in record: header-only:-DLINKNAME_HEADER_ONLY; do
                flags=${mode#*:}
                for file in thread overload_type undeclared four; do refuse "${mode%:*}" "$flags" $file "$ours"; done
                refuse "${mode%:*}" "$flags" not_a_string "$ours"
                refuse "${mode%:*}" "$flags" empty_remote 'the remote name is empty|empty string literal'
                case $cc in
                *mingw*|*windows*|*apple*) refuse "${mode%:*}" "$flags" symver 'LINKNAME_SYMVER is for ELF';;
                *) if [ $lang = c++ ]; then refuse "${mode%:*}" "$flags" symver 'linkage'; fi;;
                esac
            done
            # in record mode
            refuse record '' too_long 'longer than 65535 bytes'
            for file in after_definition after_definition_var after_use static_fn static_var export export_fn export_symbol by_name; do
                echo "accept~accept/record/$k/$lang/$file~$cc~$std~$file"
            done
            if [ $lang = c++ ]; then
                for file in overloaded non_static_member private reference in_function; do refuse record '' $file "$ours"; done
                for file in other_namespace anonymous anonymous_outside member instance; do
                    echo "accept~accept/record/$k/$lang/$file~$cc~$std~$file"
                done
                # for MSVC, Clang does not look into a template that nobody uses
                case $cc in
                *windows*) refuse record '' dllimport constant;;
                *) refuse record '' in_template "$ours";;
                esac
            fi
            # in header-only mode
            flags=-DLINKNAME_HEADER_ONLY
            for file in export export_fn export_symbol; do refuse header-only $flags $file 'LINKNAME_HEADER_ONLY cannot export'; done
            refuse header-only $flags static_var "$ours"
            case $lang/$cc in
            c++/*gcc*) echo "accept~accept/header-only/$k/$lang/after_definition~$cc~$std $flags~after_definition";;
            *) for file in after_definition after_definition_var; do refuse header-only $flags $file 'before.definition'; done;;
            esac
            case $cc in
            *gcc*) echo "accept~accept/header-only/$k/$lang/after_use~$cc~$std $flags~after_use"
                # a GCC function is the one case that is only a warning
                refuse header-only "$flags -Werror=attributes" static_fn 'only on public objects';;
            *) refuse header-only $flags after_use 'after its first use'
                refuse header-only $flags static_fn 'internal linkage|static function .* external linkage';;
            esac
            case $cc in
            *windows*) ;;
            *apple*) refuse header-only $flags by_name 'cannot bind by name';;
            *) refuse header-only $flags by_name_defined 'already defined|protected alias';;
            esac
            if [ $lang = c++ ]; then
                refuse header-only $flags other_namespace 'must stand in the namespace'
                refuse header-only $flags other_namespace_fn 'must stand in the namespace'
                for file in anonymous anonymous_outside member instance overloaded private reference; do
                    refuse header-only $flags $file "$ours"
                done
            fi
        done
    done
}

results=$(mktemp "${TMPDIR:-/tmp}/linkname-header.XXXXXX") || exit 1
trap 'rm -f "$results"' EXIT
list | while IFS='~' read -r kind name rest; do
    # shellcheck disable=SC2254
    case $name in ${CASES:-*}) printf '%s\0' "$kind~$name~$rest";; esac
done | xargs -0 -P "${JOBS:-2}" -n 1 bash "$0" --job | tee "$results"
passed=$(grep -c '^pass' "$results"); failed=$(grep -c '^FAIL' "$results"); skipped=$(grep -c '^skip' "$results")
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
