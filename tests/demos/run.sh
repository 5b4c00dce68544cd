#!/usr/bin/env bash
# What people take a partial link, or a night, for: real libraries of the distribution that cannot be in one program, made to
# live in one. Each demonstration is a folder with a script `demo.sh`, which says what it needs and fails where the program
# does not print what it should.
#
#     run.sh [NAME...]       only the demonstrations that are called so
#     LINKNAME_TOOL=...      the tool (build/release/bin/linkname-tool)
#
# One line each, then a count. Debian 12: liblua5.3-dev liblua5.4-dev libopenblas-dev rustc.
set -u

here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export LINKNAME_TOOL=${LINKNAME_TOOL:-$root/build/release/bin/linkname-tool}
[ -x "$LINKNAME_TOOL" ] || { echo "$0: no tool at $LINKNAME_TOOL" >&2; exit 2; }

work=$(mktemp -d)
passed=0 failed=0 skipped=0
for folder in "$here"/*/; do
  name=$(basename "$folder")
  [ $# -eq 0 ] || case " $* " in *" $name "*) ;; *) continue ;; esac
  mkdir "$work/$name"
  (cd "$work/$name" && SOURCE=$folder sh -eu "$folder/demo.sh" >log.txt 2>&1)
  status=$?
  case $status in
  0) passed=$((passed + 1)) && echo "pass $name" ;;
  77) skipped=$((skipped + 1)) && echo "skip $name: $(tail -n 1 "$work/$name/log.txt")" ;;
  *)
    failed=$((failed + 1))
    echo "FAIL $name: status $status"
    tail -n 20 "$work/$name/log.txt" | sed 's/^/    /'
    ;;
  esac
done
rm -rf "$work"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ $((passed + skipped)) -gt 0 ]
