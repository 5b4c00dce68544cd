#!/usr/bin/env bash
# Builds and runs every sample: three compilers at -O0 and -O2 for this machine, four linkers, five other machines, under
# qemu-user but for i686; macOS on two, by macho-runner; Windows as mingw and as Clang make it, by wine. What is asked of
# each case is in check_case. One line per case, then a count.
#
#     run.sh [NAME...]       only the cases whose line contains one of the names, e.g. `run.sh s390x 07-export`
#     LINKNAME_TOOL=...      the tool (build/release/bin/linkname-tool)
#     MACHO_RUNNERS=...      where macho-runner-x86_64 and macho-runner-arm64 are (build/release/tests/support/macho-runner)
#     JOBS=...               cases at a time (2)
set -u -o pipefail

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export LINKNAME_TOOL=${LINKNAME_TOOL:-$root/build/release/bin/linkname-tool}
export INCLUDE=${INCLUDE:-$root/include}
runners=${MACHO_RUNNERS:-$root/build/release/tests/support/macho-runner}
strict="-Wall -Wextra -Wpedantic -Werror"

if ! [ -x "$LINKNAME_TOOL" ]; then
  echo "$0: no tool at $LINKNAME_TOOL: build it, or set LINKNAME_TOOL" >&2
  exit 2
fi

work=$(mktemp -d)
linked_only=true # what RUN is where nothing runs a program
export WINEPREFIX=${WINEPREFIX:-$root/build/release/tests/wine}
mkdir -p "$(dirname "$WINEPREFIX")"
touch "$work/results"

# The names that a pull must take out of objects and programs.
declare -A pulled=(
  [01-pull-function]="runtimeNano"
  [03-assembly-function]="abigen_runtime_memequal"
  [04-variables]="overflowError zeroVal"
  [05-pseudo-symbols]="main_inittask main_main"
  [06-profiler-labels]="setProfLabel getProfLabel"
  [07-export]="_Z6squarei"
  [08-foreign-call]="runtime_cgocall runtime_cgocallback runtime_needm runtime_dropm runtime_iscgo"
  [09-cxx-members]="_ZN7service6lockedEPKN6vendor10ThermostatE _ZN7service3setEPN6vendor10ThermostatEi
    _ZN7service3setEPN6vendor10ThermostatEd _ZN7service5driftIdEET_PKN6vendor10ThermostatES1_
    _ZN7service15from_fahrenheitEi"
)

# check_case SAMPLE NM OBJDUMP: says nothing when all is well, otherwise the reason why not.
check_case() {
  local sample=$1 nm=$2 objdump=$3 source=$root/samples/$1 app=$OUT/app object name file

  if ! timeout 60 sh "$source/build.sh" >"$OUT/output.txt" 2>"$OUT/log.txt"; then
    echo "build.sh failed: $(grep -m 1 -E 'error|undefined' "$OUT/log.txt" || tail -n 1 "$OUT/log.txt")"
    return
  fi
  [ -e "$app.exe" ] && app=$app.exe
  if [ "$RUN" != "$linked_only" ] && ! cmp -s "$OUT/output.txt" "$source/expected.txt"; then
    echo "the program's output is not expected.txt"
    diff "$source/expected.txt" "$OUT/output.txt" >>"$OUT/log.txt"
    return
  fi
  if [ -e "$source/inventory.txt" ] &&
    ! sed 's/ -> _runtime/ -> runtime/' "$OUT/inventory.txt" | diff "$source/inventory.txt" - >>"$OUT/log.txt"; then
    echo "inspect's inventory is not inventory.txt"
    return
  fi

  for name in ${pulled[$sample]-}; do
    for file in "$OUT"/*.o "$app"; do
      if "$nm" "$file" 2>>"$OUT/log.txt" | grep -qE " _?$name\$"; then
        echo "$(basename "$file") still has a symbol $name"
        return
      fi
    done
  done

  if "$objdump" -h "$app" | grep -qE '\.linknam|__linkname'; then
    echo "the linker kept the records"
    return
  fi

  mkdir "$OUT/again"
  for object in "$OUT"/*.o; do
    cp "$object" "$OUT/again/" && object=$(basename "$object")
    if ! "$LINKNAME_TOOL" rewrite "$OUT/again/$object" >>"$OUT/log.txt" 2>&1; then
      echo "rewriting $object a second time failed"
      return
    fi
    if ! cmp -s "$OUT/$object" "$OUT/again/$object"; then
      echo "rewriting $object a second time changed it"
      return
    fi
  done
}

# run_case SAMPLE COMPILER LEVEL MACHINE LINKER PREFIX: PREFIX is that of the cross tools, empty for this machine.
run_case() {
  local sample=$1 compiler=$2 level=$3 machine=$4 linker=$5 prefix=$6 tool why arch
  local nm=${prefix}nm objdump=${prefix}objdump
  local title="$sample $compiler $level $machine${linker:+ $linker}"

  case $compiler in
  gcc) export CC=${prefix}gcc CXX=${prefix}g++ ;;
  *) export CC=$compiler CXX=${compiler/clang/clang++} ;;
  esac
  export CFLAGS="$level $strict" LDFLAGS=${linker:+-fuse-ld=$linker} DLL=.so IMPORT="" PIC=-fPIC RUN="" OUT
  local needed=("${CC%% *}" "${CXX%% *}")
  case $machine in
  *-macos)
    arch=${machine%-macos} nm=llvm-nm-19 objdump=llvm-objdump-19
    CC="$CC -target $arch-apple-macos11 -isysroot $root/tests/support/macho-sysroot"
    CXX="$CXX -stdlib=libc++ -target $arch-apple-macos11 -isysroot $root/tests/support/macho-sysroot"
    LDFLAGS=-fuse-ld=lld DLL=.dylib RUN=$runners/macho-runner-$arch # that is the linker of the compiler's own version
    needed+=("ld64.$linker" "$RUN")
    if [ "$arch" != "$(uname -m | sed s/aarch64/arm64/)" ]; then
      needed+=("qemu-${arch/arm64/aarch64}")
      RUN="qemu-${arch/arm64/aarch64} $RUN"
    fi
    ;;
  *-mingw)
    nm=llvm-nm-19 objdump=llvm-objdump-19
    CC="$CC -isystem $root/tests/support/mingw-sysroot"
    CFLAGS="$CFLAGS -fdata-sections" # gas 2.40 adds a weak variable's offset in its section to every reference to it
    LDFLAGS="-static -pthread $LDFLAGS" DLL=.dll RUN=$here/run-windows
    needed+=(${linker:+ld.$linker} wine)
    ;;
  *-msvc)
    arch=${machine%-msvc} nm=llvm-nm-19 objdump=llvm-objdump-19
    CC="$CC --target=$arch-pc-windows-msvc -nostdlibinc -isystem $root/tests/support/msvc-sysroot/include"
    CC="$CC -Qunused-arguments" CXX=${CC/clang/clang++}
    LDFLAGS="-fuse-ld=lld -nostdlib -Wl,/subsystem:console -L$work/$machine -lcrt -lucrtbase -lkernel32"
    LDFLAGS="$LDFLAGS -lntdll" DLL=.dll IMPORT=.lib PIC="" RUN=$here/run-windows
    needed+=(llvm-dlltool-19 "${compiler/clang/lld-link}")
    if [ "$arch" = i686 ]; then
      RUN=$linked_only LDFLAGS="$LDFLAGS -Wl,/safeseh:no" title="$title, linked only" # Debian's wine has no 32-bit half
    else
      needed+=(wine)
    fi
    ;;
  *)
    case $linker in
    '') ;;
    mold) needed+=(mold) ;;
    *) needed+=("ld.$linker") ;;
    esac
    ;;
  esac
  case $machine$prefix in
  "$machine" | *mingw*) ;;
  i686*) # an x86-64 kernel runs these itself; qemu-i386 7.2 hangs at the first pthread_create
    needed+=("/usr/${prefix%-}/lib/ld-linux.so.2")
    RUN="/usr/${prefix%-}/lib/ld-linux.so.2 --library-path /usr/${prefix%-}/lib"
    ;;
  *)
    needed+=("qemu-$machine")
    RUN="qemu-$machine -L /usr/${prefix%-}"
    ;;
  esac
  needed+=("$nm" "$objdump")
  for tool in "${needed[@]}"; do
    if ! command -v "$tool" >/dev/null; then
      echo "skip $title: missing tool $tool" | tee -a "$work/results"
      return
    fi
  done

  OUT=$work/$(echo "$title" | tr ' ' '_')
  mkdir "$OUT"
  why=$(check_case "$sample" "$nm" "$objdump")
  if [ -z "$why" ]; then
    echo "pass $title" | tee -a "$work/results"
    rm -r "$OUT"
  else
    echo "FAIL $title: $why ($OUT/log.txt)" | tee -a "$work/results"
  fi
}

# The matrix: COMPILER LEVEL MACHINE LINKER PREFIX, "-" for the default.
matrix() {
  local native machine prefix level compiler linker
  native=$(uname -m)
  for level in -O0 -O2; do
    for compiler in gcc clang-14 clang-19; do
      echo "$compiler $level $native - -"
    done
  done
  for linker in bfd gold lld mold; do
    echo "gcc -O2 $native $linker -"
  done
  for machine in x86_64-macos arm64-macos; do
    for level in -O0 -O2; do
      echo "clang-19 $level $machine lld-19 -"
    done
    echo "clang-14 -O2 $machine lld-14 -"
  done
  for level in -O0 -O2; do
    echo "gcc $level x86_64-mingw - x86_64-w64-mingw32-"
    echo "clang-19 $level x86_64-msvc - -"
  done
  echo "gcc -O2 x86_64-mingw lld x86_64-w64-mingw32-"
  echo "clang-14 -O2 x86_64-msvc - -"
  echo "clang-19 -O2 i686-msvc - -"
  while read -r machine prefix; do
    [ "$machine" = "$native" ] && continue
    for level in -O0 -O2; do
      echo "gcc $level $machine - $prefix-"
    done
  done <<END
aarch64 aarch64-linux-gnu
s390x s390x-linux-gnu
arm arm-linux-gnueabihf
i686 i686-linux-gnu
riscv64 riscv64-linux-gnu
END
}

wanted() {
  [ $# -eq 1 ] && return
  local title=$1 name
  shift
  for name; do
    case $title in *"$name"*) return 0 ;; esac
  done
  return 1
}

# What Clang's programs for Windows are linked with.
if command -v clang-19 >/dev/null && command -v llvm-dlltool-19 >/dev/null; then
  for arch in x86_64 i686; do
    sh "$root/tests/support/msvc-sysroot/build.sh" $arch "$work/$arch-msvc" >/dev/null
  done
fi

while read -r compiler level machine linker prefix; do
  for sample in "$root"/samples/[0-9][0-9]-*/; do
    sample=$(basename "$sample")
    wanted "$sample $compiler $level $machine ${linker#-}" "$@" || continue
    while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-2}" ]; do wait -n; done
    run_case "$sample" "$compiler" "$level" "$machine" "${linker#-}" "${prefix#-}" &
  done
done < <(matrix)
wait

count() { grep -c "^$1 " "$work/results"; }
if ! [ -s "$work/results" ]; then
  echo "$0: no case is called $*" >&2
  exit 2
fi
failed=$(count FAIL)
echo "$(count pass) passed, $failed failed, $(count skip) skipped"
[ "$failed" -eq 0 ] && rm -r "$work"
[ "$failed" -eq 0 ]
