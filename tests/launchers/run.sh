#!/usr/bin/env bash
# The samples with no rewrite step in sight: CMake, linkname_target, and each sample's expected output, in many ways to
# compile and link. Then caches and helpers of compilers, other build systems, and unit tests of static functions of a
# library of the distribution. One line per case, then a count.
#
#     run.sh [--full] [WORD...]   only the cases whose line contains one of the words, e.g. `run.sh mold 07-export`;
#                                 --full: every compiler with every level, linker and form
#     BUILD=...                   the build folder whose tool is installed and used (build/release)
#     JOBS=...                    builds at a time (2)
set -u -o pipefail
shopt -s lastpipe

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
: "${BUILD:=$root/build/release}" "${CMAKE:=cmake}" "${JOBS:=2}"
runners=${MACHO_RUNNERS:-$BUILD/tests/support/macho-runner}
export WINEPREFIX=${WINEPREFIX:-$BUILD/tests/wine}
mkdir -p "$(dirname "$WINEPREFIX")"
full=false
if [ "${1-}" = --full ]; then full=true && shift; fi
wanted_words=("$@")

# What the environment says of launchers would be in all builds.
unset CMAKE_C_COMPILER_LAUNCHER CMAKE_CXX_COMPILER_LAUNCHER CC CXX CFLAGS CXXFLAGS LDFLAGS

work=$(mktemp -d)
touch "$work/results"
if ! "$CMAKE" --install "$BUILD" --prefix "$work/prefix" >"$work/log.txt" 2>&1; then
  cat "$work/log.txt" >&2 && exit 2
fi
prefix=$work/prefix

report() { echo "$*" | tee -a "$work/results"; }
wanted() { # TITLE
  [ ${#wanted_words[@]} -eq 0 ] && return
  local word
  for word in "${wanted_words[@]}"; do
    case $1 in *"$word"*) return 0 ;; esac
  done
  return 1
}
missing() { # COMMAND...: the first that is not there
  local command
  for command; do command -v "$command" >/dev/null || { echo "$command" && return 0; }; done
  return 1
}

. "$here/matrix.sh"
. "$here/caches.sh"
. "$here/build_systems.sh"

run_matrix
run_caches
run_build_systems

count() { grep -c "^$1 " "$work/results"; }
if ! [ -s "$work/results" ]; then
  echo "$0: no case is called ${wanted_words[*]}" >&2
  exit 2
fi
failed=$(count FAIL)
echo "$(count pass) passed, $failed failed, $(count skip) skipped"
[ "$failed" -eq 0 ] && rm -rf "$work"
[ "$failed" -eq 0 ]
