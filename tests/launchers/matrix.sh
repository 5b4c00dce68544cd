# Part of run.sh: the nine samples, built with CMake in each of these ways, and run.

# The ways: COMPILER MACHINE LINKER FORM FLAGS...; `-` is what the compiler does by itself.
matrix() {
  local compiler level linker form
  if $full; then
    for compiler in gcc clang-14 clang-19; do
      for level in -O0 -O1 -O2 -O3 -Os "-O2 -g" "-O0 -g3" "-O2 -ffunction-sections -fdata-sections -Wl,--gc-sections"; do
        for linker in bfd gold lld mold; do
          for form in pie no-pie static static-pie shared; do
            [ "$linker $form" != "gold static-pie" ] || continue # it makes none
            echo "$compiler native $linker $form $level"
          done
        done
      done
    done
  else
    for level in -O0 "-O2 -g" -Os; do
      echo "gcc native - - $level"
      echo "clang-19 native - - $level"
    done
    for linker in bfd gold lld mold; do
      echo "gcc native $linker pie -O2"
      echo "gcc native $linker shared -O2"
      echo "clang-19 native $linker pie -O2"
      echo "clang-14 native $linker pie -O2"
    done
    for form in no-pie static static-pie; do
      echo "gcc native bfd $form -O2"
    done
    echo "gcc native mold static -O2"
    echo "gcc native gold no-pie -O2"
    echo "clang-19 native lld shared -O2"
    echo "clang-19 native lld static-pie -O2 -g"
    echo "gcc native - pie -O2 -ffunction-sections -fdata-sections -Wl,--gc-sections"
    echo "gcc native - no-pie -O2 -fno-semantic-interposition -fvisibility=hidden -g3"
  fi
  echo "gcc native - - -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
  echo "clang-19 native lld - -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=all"
  echo "gcc native - - -O1 -fsanitize=thread"
  echo "gcc native - makefiles -O2"
  echo "gcc aarch64 - - -O2"
  echo "gcc s390x - - -O2"
  echo "gcc riscv64 - - -O0"
  echo "gcc mingw - - -O2"
  echo "gcc mingw lld - -O0"
  echo "clang-19 msvc lld - -O2"
  echo "clang-19 x86_64-macos lld - -O2"
  echo "clang-19 arm64-macos lld - -O0"
}

# build_way FOLDER COMPILER MACHINE LINKER FORM FLAGS...: builds all samples; leaves what starts a program in FOLDER/start
build_way() {
  local folder=$1 compiler=$2 machine=$3 linker=$4 form=$5 target=
  shift 5
  local flags=$* link= generator=Ninja project=$root/samples start= options=()
  local needed=()
  case $form in
  pie) flags="$flags -fPIE" link=-pie ;;
  no-pie) flags="$flags -fno-pie" link=-no-pie ;;
  static) link=-static options+=(-DBUILD_SHARED_LIBS=OFF) ;;
  static-pie) flags="$flags -fPIE" link=-static-pie options+=(-DBUILD_SHARED_LIBS=OFF) ;;
  shared) project=$here/shared options+=("-DSAMPLES=$root/samples") ;;
  makefiles) generator="Unix Makefiles" && needed+=(make) ;;
  esac
  case $machine in
  aarch64 | s390x | riscv64)
    target=$machine-linux-gnu- start="qemu-$machine -L /usr/$machine-linux-gnu" needed+=("qemu-$machine")
    options+=(-DCMAKE_SYSTEM_NAME=Linux)
    ;;
  mingw)
    target=x86_64-w64-mingw32- link="$link -static" start=$root/tests/samples/run-windows needed+=(wine)
    flags="$flags -isystem $root/tests/support/mingw-sysroot -fdata-sections"
    options+=(-DCMAKE_SYSTEM_NAME=Windows)
    ;;
  msvc)
    needed+=(llvm-dlltool-19 lld-link-19 llvm-rc-19 llvm-mt-19 wine)
    start=$root/tests/samples/run-windows
    flags="$flags -nostdlibinc -isystem $root/tests/support/msvc-sysroot/include"
    link="$link -nostdlib -L$work/msvc -lcrt -lucrtbase -lkernel32 -lntdll"
    options+=(-DCMAKE_SYSTEM_NAME=Windows -DCMAKE_C_COMPILER_TARGET=x86_64-pc-windows-msvc
      -DCMAKE_CXX_COMPILER_TARGET=x86_64-pc-windows-msvc -DCMAKE_ASM_COMPILER_TARGET=x86_64-pc-windows-msvc
      -DCMAKE_RC_COMPILER="$(command -v llvm-rc-19)" -DCMAKE_MT="$(command -v llvm-mt-19)"
      -DCMAKE_AR="$(command -v llvm-ar-19)" -DCMAKE_TRY_COMPILE_TARGET_TYPE=STATIC_LIBRARY
      -DCMAKE_BUILD_TYPE=None -DCMAKE_HAVE_LIBC_PTHREAD=1 # there is nothing to try that with
      -DBUILD_SHARED_LIBS=OFF -DCMAKE_MSVC_RUNTIME_LIBRARY= -DCMAKE_C_STANDARD_LIBRARIES= -DCMAKE_CXX_STANDARD_LIBRARIES=)
    ;;
  *-macos)
    start=$runners/macho-runner-${machine%-macos} needed+=("$start" ld64.lld-19 llvm-ar-19)
    if [ "${machine%-macos}" != "$(uname -m | sed s/aarch64/arm64/)" ]; then
      start="qemu-$(echo "${machine%-macos}" | sed s/arm64/aarch64/) $start" needed+=("${start%% *}")
    fi
    flags="$flags -isysroot $root/tests/support/macho-sysroot"
    options+=(-DCMAKE_SYSTEM_NAME=Darwin -DCMAKE_OSX_ARCHITECTURES= -DCMAKE_OSX_SYSROOT= -DCMAKE_OSX_DEPLOYMENT_TARGET=
      -DCMAKE_C_COMPILER_TARGET="${machine%-macos}-apple-macos11" -DCMAKE_CXX_COMPILER_TARGET="${machine%-macos}-apple-macos11"
      -DCMAKE_ASM_COMPILER_TARGET="${machine%-macos}-apple-macos11" -DCMAKE_AR="$(command -v llvm-ar-19)"
      -DCMAKE_RANLIB="$(command -v llvm-ranlib-19)" -DCMAKE_INSTALL_NAME_TOOL="$(command -v llvm-install-name-tool-19)")
    ;;
  esac
  local cc=$target$compiler cxx=$target${compiler/clang/clang++}
  cxx=${cxx/%gcc/g++}
  needed+=("$cc" "$cxx")
  if [ "$linker" != - ]; then
    link="$link -fuse-ld=$linker"
    case $linker in
    mold) needed+=(mold) ;;
    *) [ -n "$target" ] || needed+=("ld.$linker") ;;
    esac
  fi
  local lacking shared_link=${link/#-no-pie/}
  shared_link=${shared_link/#-pie/}
  if lacking=$(missing "${needed[@]}"); then
    echo "missing tool $lacking" >"$folder/skip" && return 1
  fi
  case $flags in
  *-fsanitize=*)
    if ! echo 'int main(void) { return 0; }' | "$cc" $flags $link -x c - -o "$folder/probe" 2>/dev/null; then
      echo "$cc comes without these sanitizers" >"$folder/skip" && return 1
    fi
    ;;
  esac
  printf '%s' "$start" >"$folder/start"
  "$CMAKE" -S "$project" -B "$folder/build" -G "$generator" -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx" \
    -DCMAKE_C_FLAGS="$flags" -DCMAKE_CXX_FLAGS="$flags" -DCMAKE_ASM_FLAGS="$flags" -DCMAKE_EXE_LINKER_FLAGS="$link" \
    -DCMAKE_SHARED_LINKER_FLAGS="$shared_link" -Dlinkname_DIR="$prefix/lib/cmake/linkname" \
    -DLLVM_DIR="$folder" "${options[@]}" >"$folder/log.txt" 2>&1 && "$CMAKE" --build "$folder/build" >>"$folder/log.txt" 2>&1
}

run_way() { # NUMBER COMPILER MACHINE LINKER FORM FLAGS...
  local folder=$work/$1 sample program samples=() start title
  shift
  title=$(printf '%s ' "${@:2:3}" "$1" "${@:5}" | sed -E 's/(^| )(native|-) /\1/g; s/(^| )(native|-) /\1/g; s/ $//')
  for sample in "$root"/samples/0*/; do
    sample=$(basename "$sample")
    case $4-$sample in static*-08-*) continue ;; esac # it needs dlsym, which is for dynamic programs
    wanted "$sample $title" && samples+=("$sample")
  done
  [ ${#samples[@]} -ne 0 ] || return
  mkdir "$folder"
  if ! build_way "$folder" "$@"; then
    if [ -e "$folder/skip" ]; then
      for sample in "${samples[@]}"; do report "skip $sample $title: $(cat "$folder/skip")"; done
    else
      for sample in "${samples[@]}"; do report "FAIL $sample $title: not built ($folder/log.txt)"; done
    fi
    return
  fi
  start=$(cat "$folder/start")
  for sample in "${samples[@]}"; do
    program=$folder/build/$sample
    if ! timeout 60 $start "$program" >"$folder/$sample.txt" 2>>"$folder/log.txt"; then
      report "FAIL $sample $title: it ends badly ($folder/log.txt)"
    elif ! cmp -s "$folder/$sample.txt" "$root/samples/$sample/expected.txt"; then
      report "FAIL $sample $title: its output is not expected.txt ($folder/$sample.txt)"
    else
      report "pass $sample $title"
    fi
  done
  rm -rf "$folder/build"
}

run_matrix() {
  local way number=0
  # What Clang's programs for Windows are linked with.
  if ! missing clang-19 llvm-dlltool-19 >"$work/lacking.txt"; then
    sh "$root/tests/support/msvc-sysroot/build.sh" x86_64 "$work/msvc" >/dev/null
  fi
  matrix | while read -r -a way; do
    while [ "$(jobs -rp | wc -l)" -ge "$JOBS" ]; do wait -n; done
    number=$((number + 1))
    run_way $number "${way[@]}" </dev/null &
  done
  wait
}
