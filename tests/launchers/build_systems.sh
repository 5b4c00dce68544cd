# Part of run.sh: other build systems, each with the same small project, and a real one: unit tests of SQLite's static
# functions.

# What these build systems find: the tool by PATH, the header by pkg-config.
project() { # FOLDER: a copy of the project, with this as the current folder
  mkdir "$work/$1" && cp "$here"/one-project/* "$work/$1" && cd "$work/$1" &&
    export PATH=$prefix/bin:$PATH PKG_CONFIG_PATH=$prefix/lib/pkgconfig
}
changes() { # OUTPUT BUILD-COMMAND...: what changes is built again, and the rest is not
  local output=$1
  shift
  "$@" && "$@" | tee again.txt && ! grep -q 'linkname-' again.txt && sed -i 's/CODE 1234/CODE 77/' vault.c && "$@" &&
    "$output" | grep -qx 'bound: 77' && touch linkname.rules && "$@" | tee again.txt && grep -qE 'libvault|Linking' again.txt &&
    "$@" | tee again.txt && ! grep -q 'linkname-' again.txt
}
exports_change() { # BUILD-COMMAND OUTPUT: the library is edited again, and a failure leaves no library
  echo "alias another combination" >> exports.rules && $1 | tee again.txt && grep -q 'linkname-tool rewrite' again.txt &&
    "$2" | grep -qx 'opened: 78' && nm -D "$(find . -name libopened.so)" | grep -q ' T another' &&
    echo "export missing" >> exports.rules && ! $1 && ! $1 && sed -i '/missing/d' exports.rules && $1 && "$2" &&
    $1 | tee again.txt && ! grep -q 'linkname-' again.txt
}
by_make() { project make && make && ./main && ./opened && changes ./main make && exports_change make ./opened; }
by_meson() {
  project meson && sed -i "s|/home/me/bound|$PWD|" linkname.ini && meson setup --native-file linkname.ini build &&
    meson test -C build && changes build/bound ninja -v -C build && exports_change "ninja -v -C build" build/opened
}

variables() {
  local name
  project pkg-config || return
  for name in tool cc link header; do
    [ -f "$(pkg-config --variable=$name linkname)" ] || { echo "no file: $name" && return 1; }
  done
  local cc link
  cc=$(pkg-config --variable=cc linkname) link=$(pkg-config --variable=link linkname) &&
    $cc gcc $(pkg-config --cflags linkname) -c main.c && gcc -c vault.c &&
    $link --rules linkname.rules -- gcc main.o vault.o -lm -o bound && ./bound
}

unit_tests() { # GENERATOR
  "$CMAKE" -S "$root/samples/unit-tests" -B "$work/unit-tests-$1" -G "$1" -Dlinkname_DIR="$prefix/lib/cmake/linkname" &&
    "$CMAKE" --build "$work/unit-tests-$1" &&
    "$work/unit-tests-$1/unit-tests" | tee "$work/printed.txt" && grep -qx "28 checks of SQLite's static functions, 0 failures" "$work/printed.txt"
}

run_build_systems() {
  unless_missing "gcc pkg-config" "pkg-config: the header, the tool and the launchers" variables
  unless_missing "make cc pkg-config" "make: built, and built again where something changes" by_make
  unless_missing "meson ninja cc pkg-config" "Meson: built, and built again where something changes" by_meson
  if [ -n "$(find /usr/lib -name libsqlite3.a 2>/dev/null | head -n 1)" ]; then
    unless_missing "ninja cc" "unit tests of SQLite's static functions" unit_tests Ninja
  else
    report "skip unit tests of SQLite's static functions: libsqlite3.a is not installed"
  fi
}
