#!/bin/bash
# What happens to files when something goes wrong: full disk, no permission, death in the middle, odd outputs, two
# processes at once, truncated input. After every fault the file is byte for byte what it was, or the whole new file.
# The launchers leave neither copies of inputs nor an object that does not say what its records ask for.
#
#   tests/faults/run.sh            run everything
#   CASES='kill-*' run.sh          run the cases whose name matches the pattern
#   LINKNAME_TOOL=PATH run.sh      test that tool; sanitized builds work too
#   JOBS=N run.sh                  cases at a time (2)
#
# One line per case: `pass NAME`, `FAIL NAME: why` or `skip NAME: why`.
set -u
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
tool=${LINKNAME_TOOL:-$root/build/release/bin/linkname-tool}
case $tool in /*) ;; *) tool=$PWD/$tool ;; esac
[ -x "$tool" ] || { echo "no tool at $tool: build it, or set LINKNAME_TOOL" >&2; exit 2; }
work=$(mktemp -d "${TMPDIR:-/tmp}/linkname-faults.XXXXXX")
trap 'chmod -R u+rwx "$work" 2>/dev/null; rm -rf "$work"' EXIT
chmod 755 "$work"
# LeakSanitizer cannot work in a process that strace holds.
export ASAN_OPTIONS=detect_leaks=0${ASAN_OPTIONS:+:$ASAN_OPTIONS}
sanitized=
grep -q __asan_init "$tool" && sanitized=yes

pass() { echo "pass $name"; exit 0; }
skip() { echo "skip $name: $*"; exit 0; }
fail() { echo "FAIL $name: $(printf '%s' "$*" | tr '\n' ' ' | cut -c1-400)"; exit 0; }
need() { for program; do command -v "$program" > /dev/null 2>&1 || skip "no $program"; done; }
same() { cmp -s "$1" "$2"; }

# Runs the tool; its exit status is in $status, what it said in the file `said`.
tool() { "$tool" "$@" > said 2>&1 < /dev/null; status=$?; }
expect() { [ "$status" = "$1" ] || fail "${2:-}: exit status $status instead of $1: $(cat said)"; }
# No file that the tool began may stay behind.
clean() {
  local left
  left=$(find . -name '.*.linkname-*')
  [ -z "$left" ] || fail "left behind: $left"
}
untouched() { same "$1" "$2" || fail "$1 has changed${3:+ ($3)}"; }

# ---- The objects ------------------------------------------------------------------------------------------------------

clang=$(command -v clang-19 || command -v clang || true)
cc=${CC:-cc}

# Two functions in the whole file: the small object that most cases rewrite, and what becomes of it.
make_small() {
  need "$cc"
  cat > small.c <<'END'
int first(void) { return 1; }
static int second(void) { return 2; }
int (*const table[])(void) = {second};
END
  "$cc" -c small.c -o small.o || fail "cannot compile"
  rm small.c
  cp small.o before.o
  tool rewrite small.o -o after.o --rename first=other
  expect 0 "the plain rewrite"
}
rewritten=(--rename first=other)

# An object of so many MB: 84 take long enough to be interrupted, 9 are enough to be copied in a thread of its own.
make_large() { # MEGABYTES
  need "$cc"
  head -c 1048576 /dev/urandom > block
  {
    echo '.text; .globl first; first: .byte 0'
    echo ".data; .rept $1; .incbin \"block\"; .endr"
  } > large.s
  "$cc" -c large.s -o before.o || fail "cannot assemble"
  rm block large.s
  tool rewrite before.o -o after.o "${rewritten[@]}"
  expect 0 "the plain rewrite"
}

# A program under a file system of its own: `private_mounts COMMAND...`, run by bash, may mount what it likes.
may_mount() {
  need unshare mount
  if [ "$(id -u)" = 0 ]; then mounts=(unshare -m); else mounts=(unshare -r -m); fi
  "${mounts[@]}" mount -t tmpfs none "$PWD" 2> /dev/null || skip "mounting is not permitted here"
}

# ---- Full disks -------------------------------------------------------------------------------------------------------

# A disk with room for the input and a little more, from nothing to enough.
case_full_disk() {
  make_small
  may_mount
  mkdir disk
  export tool
  local pages needed refused=0 done=0
  needed=$(($(stat -c %s small.o) / 4096 + 1))
  for pages in $(seq 0 $((needed + 6))); do
    "${mounts[@]}" bash -c '
      mount -t tmpfs -o size=$(($1 * 4096)) none disk && cp before.o disk/small.o || exit 99
      "$tool" rewrite disk/small.o --rename first=other > said 2>&1
      echo $? > status
      cp disk/small.o result.o
      find disk -name ".*.linkname-*" > left' - $((needed + pages)) || skip "cannot prepare the small disk"
    status=$(cat status)
    [ ! -s left ] || fail "left behind with $pages free pages: $(cat left)"
    case $status in
      4) untouched result.o before.o "$pages free pages"; refused=$((refused + 1)) ;;
      0) untouched result.o after.o "$pages free pages"; done=$((done + 1)) ;;
      *) fail "exit status $status with $pages free pages: $(cat said)" ;;
    esac
  done
  [ $refused -gt 0 ] && [ $done -gt 0 ] || fail "the disk was never, or always, full"
  pass
}

# The same with a large object, where the kernel does the copying.
case_full_disk_large() {
  make_large 84
  may_mount
  mkdir disk
  export tool
  local free size
  size=$(($(stat -c %s before.o) / 1048576 + 1))
  for free in 1 20 70; do
    "${mounts[@]}" bash -c '
      mount -t tmpfs -o size=${1}m none disk && cp before.o disk/large.o || exit 99
      "$tool" rewrite disk/large.o --rename first=other > said 2>&1
      echo $? > status
      cmp -s disk/large.o before.o || touch changed
      find disk -name ".*.linkname-*" > left' - $((size + free)) || skip "cannot prepare the small disk"
    status=$(cat status)
    expect 4 "$free MB free"
    [ ! -e changed ] || fail "the object has changed with $free MB free"
    [ ! -s left ] || fail "left behind: $(cat left)"
  done
  pass
}

# The same with an archive that gets a prefix, which is verified while it is written.
case_full_disk_prefix() {
  make_large 20
  ar rc before.a before.o
  may_mount
  mkdir disk
  export tool
  local free
  for free in 0 1 9 19; do
    "${mounts[@]}" bash -c '
      mount -t tmpfs -o size=${1}m none disk && cp before.a disk/large.a || exit 99
      "$tool" rewrite disk/large.a --prefix p_ > said 2>&1
      echo $? > status
      cmp -s disk/large.a before.a || touch changed
      find disk -name ".*.linkname-*" > left' - $(($(stat -c %s before.a) / 1048576 + 1 + free)) ||
      skip "cannot prepare the small disk"
    status=$(cat status)
    expect 4 "$free MB free"
    grep -q "^error: disk/large.a: cannot write: No space left" said || fail "says $(cat said)"
    [ ! -e changed ] || fail "the archive has changed with $free MB free"
    [ ! -s left ] || fail "left behind: $(cat left)"
  done
  pass
}

# -o onto a full disk, from another one.
case_full_disk_elsewhere() {
  make_small
  may_mount
  mkdir disk
  export tool
  "${mounts[@]}" bash -c '
    mount -t tmpfs -o size=8192 none disk && head -c 8192 /dev/zero > disk/fill || exit 99
    "$tool" rewrite small.o -o disk/new.o --rename first=other > said 2>&1
    echo $? > status
    ls -A disk > left' || skip "cannot prepare the small disk"
  status=$(cat status)
  expect 4
  [ "$(cat left)" = fill ] || fail "left behind: $(cat left)"
  untouched small.o before.o
  pass
}

# A limit on the size of files ends the process, or fails the write where the signal is ignored.
case_file_size_limit() {
  make_large 84
  cp before.o large.o
  if (ulimit -f 1000; "$tool" rewrite large.o "${rewritten[@]}" > /dev/null 2>&1) 2> /dev/null; then
    fail "succeeded over the limit"
  fi
  untouched large.o before.o
  clean
  (trap '' XFSZ; ulimit -f 1000; "$tool" rewrite large.o "${rewritten[@]}" > said 2>&1)
  status=$?
  expect 4 "signal ignored"
  untouched large.o before.o
  clean
  pass
}

# ---- No permission ----------------------------------------------------------------------------------------------------

case_read_only_file_system() {
  make_small
  may_mount
  mkdir folder
  cp small.o folder
  export tool
  "${mounts[@]}" bash -c '
    mount --bind folder folder && mount -o remount,ro,bind folder || exit 99
    "$tool" rewrite folder/small.o --rename first=other > said 2>&1
    echo $? > status
    "$tool" rewrite small.o -o folder/new.o --rename first=other > said2 2>&1
    echo $? > status2' || skip "cannot make a folder read-only"
  status=$(cat status)
  expect 4 "in place"
  status=$(cat status2)
  expect 4 "-o"
  untouched folder/small.o before.o
  [ "$(ls -A folder)" = small.o ] || fail "left behind: $(ls -A folder)"
  pass
}

# As somebody who may read the folder but not write into it.
as_nobody() { setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all "$@"; }
case_read_only_folder() {
  make_small
  mkdir folder
  cp small.o folder
  chmod 777 .
  if [ "$(id -u)" = 0 ]; then
    need setpriv
    chmod 755 folder
    as_nobody "$tool" --version > /dev/null 2>&1 || skip "nobody may not run the tool"
    as_nobody "$tool" rewrite folder/small.o "${rewritten[@]}" > said 2>&1
    status=$?
  else
    chmod 555 folder
    tool rewrite folder/small.o "${rewritten[@]}"
  fi
  expect 4
  untouched folder/small.o before.o
  [ "$(ls -A folder)" = small.o ] || fail "left behind: $(ls -A folder)"
  pass
}

case_unreadable_input() {
  make_small
  chmod 000 small.o
  chmod 777 .
  if [ "$(id -u)" = 0 ]; then
    need setpriv
    as_nobody "$tool" --version > /dev/null 2>&1 || skip "nobody may not run the tool"
    as_nobody "$tool" rewrite small.o "${rewritten[@]}" > said 2>&1
    status=$?
  else
    tool rewrite small.o "${rewritten[@]}"
  fi
  expect 4
  chmod 644 small.o
  untouched small.o before.o
  tool rewrite missing.o "${rewritten[@]}"
  expect 4 "a file that does not exist"
  [ ! -e missing.o ] || fail "a missing input was created"
  clean
  pass
}

# Several files, the last of which cannot be read: nothing is written.
case_one_of_several_is_bad() {
  make_small
  head -c 100 small.o > cut.o
  cp cut.o cut-before.o
  tool rewrite small.o cut.o "${rewritten[@]}"
  expect 3
  untouched small.o before.o
  untouched cut.o cut-before.o
  clean
  pass
}

# ---- What stands where the output goes --------------------------------------------------------------------------------

case_symbolic_link() {
  make_small
  mkdir there
  mv small.o there/real.o
  ln -s there/real.o link.o
  ln -s link.o again.o
  tool rewrite again.o "${rewritten[@]}"
  expect 0 "in place"
  [ -L link.o ] && [ -L again.o ] && [ "$(readlink again.o)" = link.o ] || fail "a link was replaced"
  untouched there/real.o after.o
  cp before.o there/real.o
  tool rewrite before.o -o again.o "${rewritten[@]}"
  expect 0 "-o"
  [ -L link.o ] && [ -L again.o ] || fail "a link was replaced by -o"
  untouched there/real.o after.o
  clean
  pass
}

# A link to a file that does not exist yet: it is created where the link points, as a compiler would.
case_dangling_link() {
  make_small
  mkdir there
  ln -s there/new.o link.o
  tool rewrite small.o -o link.o "${rewritten[@]}"
  expect 0
  [ -L link.o ] || fail "the link was replaced"
  untouched there/new.o after.o
  ln -s circle.o circle.o
  tool rewrite small.o -o circle.o "${rewritten[@]}"
  expect 4 "a circle"
  [ -L circle.o ] || fail "the circle was replaced"
  clean
  pass
}

case_hard_link() {
  make_small
  ln small.o other.o
  tool rewrite small.o "${rewritten[@]}"
  expect 0
  untouched small.o after.o
  untouched other.o before.o "the other name"
  clean
  pass
}

case_same_file_twice() {
  make_small
  ln small.o hard.o
  ln -s small.o soft.o
  local other
  for other in small.o ./small.o "$PWD/small.o" hard.o soft.o; do
    tool rewrite small.o "$other" "${rewritten[@]}"
    expect 2 "$other"
    untouched small.o before.o "$other"
  done
  clean
  pass
}

# The output is the input, under this or another name.
case_output_is_input() {
  make_small
  ln -s small.o soft.o
  tool rewrite small.o -o ./small.o "${rewritten[@]}"
  expect 0
  untouched small.o after.o
  cp before.o small.o
  tool rewrite small.o -o soft.o "${rewritten[@]}"
  expect 0
  [ -L soft.o ] || fail "the link was replaced"
  untouched small.o after.o
  clean
  pass
}

case_output_is_no_file() {
  make_small
  need mkfifo
  mkdir folder
  mkfifo fifo
  local output
  for output in folder fifo /dev/null /dev/full folder/ missing/new.o small.o/new.o; do
    timeout 20 "$tool" rewrite small.o -o "$output" "${rewritten[@]}" > said 2>&1
    status=$?
    [ $status = 4 ] || [ $status = 2 ] || fail "$output: exit status $status: $(cat said)"
    untouched small.o before.o "$output"
  done
  [ -c /dev/null ] && [ -c /dev/full ] || fail "a device was replaced"
  [ -p fifo ] || fail "the fifo was replaced"
  [ -z "$(ls -A folder)" ] || fail "left behind: $(ls -A folder)"
  clean
  pass
}

case_input_is_no_file() {
  make_small
  need mkfifo
  mkdir folder
  mkfifo fifo
  : > empty.o
  local input
  for input in folder fifo /dev/null /dev/zero empty.o; do
    timeout 20 "$tool" rewrite "$input" "${rewritten[@]}" > said 2>&1
    status=$?
    expect 3 "$input"
  done
  [ ! -s empty.o ] && [ -p fifo ] && [ -c /dev/null ] || fail "an input was replaced"
  clean
  pass
}

# ---- Mode and owner ---------------------------------------------------------------------------------------------------

case_mode_is_kept() {
  make_small
  local mode
  for mode in 600 640 755 444 4755; do
    cp before.o small.o
    chmod $mode small.o
    tool rewrite small.o "${rewritten[@]}"
    expect 0 "$mode"
    [ "$(stat -c %a small.o)" = $mode ] || fail "mode $(stat -c %a small.o) instead of $mode"
    rm -f small.o
  done
  # A new output has the input's mode less the umask; an existing one keeps its own.
  chmod 666 before.o
  (umask 027; "$tool" rewrite before.o -o new.o "${rewritten[@]}" > said 2>&1) || fail "-o: $(cat said)"
  [ "$(stat -c %a new.o)" = 640 ] || fail "mode $(stat -c %a new.o) of a new file instead of 640"
  chmod 604 new.o
  tool rewrite before.o -o new.o "${rewritten[@]}"
  expect 0 "-o onto a file"
  [ "$(stat -c %a new.o)" = 604 ] || fail "mode $(stat -c %a new.o) of an existing file instead of 604"
  clean
  pass
}

case_owner_is_kept() {
  [ "$(id -u)" = 0 ] || skip "only root can give files away"
  make_small
  chown 12:34 small.o
  chmod 640 small.o
  tool rewrite small.o "${rewritten[@]}"
  expect 0
  [ "$(stat -c %u:%g:%a small.o)" = 12:34:640 ] || fail "now $(stat -c %u:%g:%a small.o)"
  pass
}

# ---- Death in the middle ----------------------------------------------------------------------------------------------

# At any moment: killed after random delays, over the time that a whole run takes.
case_kill_at_random() {
  make_large 84
  cp before.o large.o
  local start span i delay old=0 new=0
  start=$(date +%s%N)
  tool rewrite large.o "${rewritten[@]}"
  span=$((($(date +%s%N) - start) / 1000000 + 10))
  cp before.o large.o
  for i in $(seq 60); do
    delay=$((RANDOM % span))
    "$tool" rewrite large.o "${rewritten[@]}" > /dev/null 2>&1 &
    sleep "$((delay / 1000)).$(printf %03d $((delay % 1000)))"
    kill -9 $! 2> /dev/null
    wait $! 2> /dev/null
    if same large.o before.o; then
      old=$((old + 1))
    elif same large.o after.o; then
      new=$((new + 1))
      cp before.o large.o
    else
      fail "run $i, killed after $delay ms: neither the old nor the new file"
    fi
  done 2> /dev/null
  # Killed in the one moment between naming the new file and renaming it, the tool leaves that file: whole.
  local left
  for left in $(find . -name '.*.linkname-*'); do
    same "$left" after.o || fail "left behind half a file: $left"
  done
  [ $old -gt 0 ] || fail "never killed in time"
  pass
}

# Every system call that a run makes from the moment it opens the object: `name occurrence` lines. strace counts for each
# thread by itself, and so does this.
list_calls() {
  need strace
  cp before.o traced.o
  strace -f -o trace "$tool" rewrite traced.o "${rewritten[@]}" > /dev/null 2>&1 || skip "strace does not work here"
  awk '{ call = $2; sub(/\(.*/, "", call) }
       call !~ /^[a-z_0-9]+$/ || call ~ /^exit/ { next }
       !main { main = $1 }
       /traced\.o/ && call == "openat" { opened = 1 }
       { count[$1, call]++ }
       !opened { before[call] = count[main, call] } # by the loader, which is not what this is about
       opened && count[$1, call] > before[call] && !seen[call, count[$1, call]]++ { print call, count[$1, call] }' \
    trace > calls
  [ "$(wc -l < calls)" -gt 5 ] || fail "cannot read the trace"
}

# Killed at each of its system calls. Only between giving the new file a name and moving it into place can it stay
# behind; then it is whole, and named for what it is.
case_kill_at_each_call() { make_small && kill_at_each_call; }
case_kill_at_each_call_large() { make_large 9 && kill_at_each_call; }
kill_at_each_call() {
  list_calls
  local call occurrence left old=0 new=0
  while read -r call occurrence; do
    rm -f traced.o
    cp before.o traced.o
    timeout -s KILL 60 strace -f -o /dev/null -e inject="$call":signal=KILL:when="$occurrence" "$tool" rewrite traced.o "${rewritten[@]}" \
      > /dev/null 2>&1 < /dev/null
    if same traced.o before.o; then
      old=$((old + 1))
    elif same traced.o after.o; then
      new=$((new + 1))
    else
      fail "killed at $call $occurrence: neither the old nor the new file"
    fi
    for left in $(find . -name '.*.linkname-*'); do
      case $call in
        rename*) same "$left" after.o || fail "killed at $call $occurrence: left behind half a file" ;;
        *) fail "killed at $call $occurrence: left behind $left" ;;
      esac
      rm "$left"
    done
  done < calls 2> /dev/null
  [ $old -gt 0 ] && [ $new -gt 0 ] || fail "only one outcome was seen"
  pass
}

# Each of its system calls fails: out of space, or an error of the disk.
case_each_call_fails() { make_small && each_call_fails; }
case_each_call_fails_large() { make_large 9 && each_call_fails; }
each_call_fails() {
  list_calls
  local call occurrence error
  while read -r call occurrence; do
    case $call in
      munmap | close | brk | futex | madvise | rseq | set_robust_list | rt_sigprocmask) continue ;; # the C library's own
      pwrite64 | copy_file_range | ftruncate | fchmod | fchown | linkat | rename | newfstatat | access) ;;
      *) [ -z "$sanitized" ] || continue ;; # AddressSanitizer's own too, which takes no failure
    esac
    for error in ENOSPC EIO; do
      rm -f traced.o
      cp before.o traced.o
      timeout -s KILL 60 strace -f -o /dev/null -e inject="$call":error=$error:when="$occurrence" "$tool" rewrite traced.o "${rewritten[@]}" \
        > said 2>&1 < /dev/null
      status=$?
      [ $status -lt 126 ] || fail "$error at $call $occurrence: exit status $status: $(cat said)"
      if same traced.o after.o; then
        : # a call that the result does not depend on, such as writing a message
      elif same traced.o before.o; then
        [ $status != 0 ] || fail "$error at $call $occurrence: success without a result"
      else
        fail "$error at $call $occurrence: neither the old nor the new file"
      fi
      clean
    done
  done < calls
  pass
}

# The way without O_TMPFILE, which not every file system has: a named temporary file.
case_each_call_fails_without_tmpfile() {
  make_small
  list_calls
  local occurrence call
  occurrence=$(awk '/ openat\(/ { count++ } /O_TMPFILE/ { print count; exit }' trace)
  [ -n "$occurrence" ] || skip "no O_TMPFILE on this file system"
  local without=(-e inject=openat:error=EOPNOTSUPP:when="$occurrence")
  cp before.o traced.o
  strace -f -o trace "${without[@]}" "$tool" rewrite traced.o "${rewritten[@]}" > said 2>&1 < /dev/null
  status=$?
  expect 0 "without O_TMPFILE"
  untouched traced.o after.o
  clean
  for call in $(sed -n '/traced\.o/,$p' trace | sed -n 's/^[0-9]* *\(pwrite64\|ftruncate\|fchmod\|fchown\|rename\|renameat2\|fsync\|copy_file_range\)(.*/\1/p' | sort -u); do
    rm -f traced.o
    cp before.o traced.o
    timeout -s KILL 60 strace -f -o /dev/null "${without[@]}" -e inject="$call":error=ENOSPC:when=1 "$tool" rewrite traced.o "${rewritten[@]}" \
      > said 2>&1 < /dev/null
    status=$?
    same traced.o before.o || same traced.o after.o || fail "$call: neither the old nor the new file"
    [ $status != 0 ] || same traced.o after.o || fail "$call: success without a result"
    clean
  done
  pass
}

# ---- Thin archives: several files that belong together ----------------------------------------------------------------

# A thin archive of two members, in the folder `before`, and what becomes of all in place, in `after`.
make_thin() {
  need "$cc" ar
  mkdir before
  echo 'int first(void) { return 1; }' | "$cc" -x c - -c -o before/a.o || fail "cannot compile"
  echo 'int first(void); int second(void) { return first(); }' | "$cc" -x c - -c -o before/b.o || fail "cannot compile"
  (cd before && ar rcsT x.a a.o b.o) || skip "ar makes no thin archives"
  cp -r before after
  (cd after && "$tool" rewrite x.a --thin-members "${rewritten[@]}" > ../said 2>&1) || fail "the plain rewrite: $(cat said)"
}

# The calls by which `rewrite x.a ARGS...` looks for, writes and names files, from the first output on.
list_thin_calls() {
  need strace
  (cd traced && strace -f -o ../trace "$tool" rewrite x.a "$@" "${rewritten[@]}" > /dev/null 2>&1) || skip "strace does not work here"
  awk -v sanitized="$sanitized" '
       { call = $2; sub(/\(.*/, "", call) }
       { count[call]++ }
       /O_TMPFILE/ || call == "mkdir" { opened = 1 }
       call == "mmap" && sanitized { next } # AddressSanitizer maps too, and ends the process where that fails
       opened && call ~ /^(openat|mmap|pwrite64|ftruncate|fchmod|newfstatat|linkat|rename|mkdir|unlink|rmdir)$/ { print call, count[call] }' \
    trace > calls
  [ "$(grep -c '^rename' calls)" -ge 2 ] || fail "cannot read the trace"
}
traced() { # INJECTION ARGS...
  local injection=$1
  shift
  (cd traced && timeout -s KILL 60 strace -f -o /dev/null -e inject="$injection" "$tool" rewrite x.a "$@" "${rewritten[@]}" \
    > ../said 2>&1 < /dev/null)
  status=$?
}

# In place, killed at each call: every file is the old or the new one, and the archive is new only where all members are.
case_thin_kill_at_each_call() {
  make_thin
  cp -r before traced
  list_thin_calls --thin-members
  local call occurrence file some=0 none=0 all=0
  while read -r call occurrence; do
    rm -r traced
    cp -r before traced
    traced "$call:signal=KILL:when=$occurrence" --thin-members
    local new=
    for file in a.o b.o x.a; do
      if same traced/$file after/$file; then new="$new $file"; else untouched traced/$file before/$file "killed at $call $occurrence"; fi
    done
    case $new in
      '') none=$((none + 1)) ;;
      ' a.o' | ' a.o b.o') some=$((some + 1)) ;;
      ' a.o b.o x.a') all=$((all + 1)) ;;
      *) fail "killed at $call $occurrence: new are$new" ;;
    esac
    case $call in rename) ;; *) clean ;; esac
  done < calls 2> /dev/null
  [ $none -gt 0 ] && [ $some -gt 0 ] || fail "only one outcome was seen: $none none, $some some, $all all"
  pass
}

# Each call fails: before the first file is in its place nothing has happened.
case_thin_each_call_fails() {
  make_thin
  cp -r before traced
  list_thin_calls --thin-members
  local call occurrence file refused=0
  while read -r call occurrence; do
    rm -r traced
    cp -r before traced
    traced "$call:error=ENOSPC:when=$occurrence" --thin-members
    [ $status -lt 126 ] || fail "$call $occurrence: exit status $status: $(cat said)"
    [ $status = 0 ] || refused=$((refused + 1))
    [ $status != 0 ] || diff -r traced after > /dev/null || fail "$call $occurrence: success without a result"
    case $call in
      linkat | rename) ;;
      *) [ $status = 0 ] || diff -r traced before > /dev/null || fail "$call $occurrence: refused, and something has changed" ;;
    esac
    for file in a.o b.o x.a; do
      same traced/$file after/$file || untouched traced/$file before/$file "$call $occurrence"
    done
    clean
  done < calls
  [ $refused -gt 0 ] || fail "nothing failed"
  pass
}

# With -o over an older output: whatever is there afterwards is an archive with its own members, and what failed has left
# nothing behind.
case_thin_output_each_call() {
  make_thin
  cp -r before traced
  (cd traced && "$tool" rewrite x.a -o out.a --rename first=older > ../said 2>&1) || fail "the older output: $(cat said)"
  cp -r traced older
  cp -r traced newer
  (cd newer && "$tool" rewrite x.a -o out.a "${rewritten[@]}" > ../said 2>&1) || fail "the newer output: $(cat said)"
  list_thin_calls -o out.a
  local call occurrence how old=0 new=0
  while read -r call occurrence; do
    for how in signal=KILL error=ENOSPC; do
      rm -r traced
      cp -r older traced
      traced "$call:$how:when=$occurrence" -o out.a
      if same traced/out.a newer/out.a; then
        new=$((new + 1))
        diff -r traced newer > /dev/null || fail "$how at $call $occurrence: the new archive without all of its members"
      else
        old=$((old + 1))
        [ $status != 0 ] || fail "$how at $call $occurrence: success without a result"
        [ $how = signal=KILL ] || diff -r traced older > /dev/null || fail "$how at $call $occurrence: something is left: $(diff -r traced older)"
        local file
        for file in out.a a.o b.o x.a $(cd older && echo out.a.members/*); do
          untouched traced/"$file" older/"$file" "$how at $call $occurrence"
        done
      fi
    done
  done < calls 2> /dev/null
  [ $old -gt 0 ] && [ $new -gt 0 ] || fail "only one outcome was seen"
  pass
}

# ---- The launchers ----------------------------------------------------------------------------------------------------

# A link that needs copies of an object, of an archive that is found by -l, and of its words: the objects, what starts a
# linker and says so, and in `linking` the command. The folder `tmp` is for the copies.
make_link() {
  need "$cc" ar sha256sum
  mkdir tmp
  cat > main.c <<'END'
#include <linkname/linkname.h>
int object(int), member(int);
LINKNAME(object, "in_object");
LINKNAME(member, "in_member");
int main(void) { return object(1) + member(2) - 5; }
END
  local what
  for what in object member; do
    printf 'static int in_%s(int x) { return x + 1; }\nint (*volatile keep_%s)(int) = in_%s;\n' $what $what $what > $what.c
    "$cc" -c $what.c || fail "cannot compile"
  done
  "$cc" -I "$root/include" -c main.c && ar rc libmember.a member.o && rm member.o || fail "cannot compile"
  echo 'main.o object.o -L. -lmember -o program' > words
  # A driver is asked what it adds; that is no link. What it writes by itself goes elsewhere.
  printf '#!/bin/sh\nunset TMPDIR\n[ "$1" = "-###" ] || : > started\nexec "%s" "$@"\n' "$cc" > linker
  chmod +x linker
  linking=("$tool" link --handshake=off -- ./linker @words)
  sha256sum main.o object.o libmember.a words > sums
}

# What became of the link whose exit status is in $status.
judge_link() { # WHERE
  [ -z "$(ls -A tmp)" ] || fail "$1: left behind: $(find tmp)"
  sha256sum --check --quiet sums > log 2>&1 || fail "$1: an input has changed: $(head -n 1 log)"
  case $status in
    0) ./program || fail "$1: the program ends with $?" ;;
    4)
      [ ! -e started ] || fail "$1: the linker was started: $(cat said)"
      [ ! -e program ] || fail "$1: there is a program" ;;
    *) fail "$1: exit status $status: $(cat said)" ;;
  esac
}

# No room in TMPDIR, from nothing to enough, and then no more room for names.
case_link_full_disk() {
  make_link
  may_mount
  export linker="${linking[*]}"
  local size refused=0 done=0
  for size in nr_inodes=1 nr_inodes={2,3,4,5,6,7,8} size={4,8,12,16,20,24,32,48,64}k; do
    rm -f started program
    "${mounts[@]}" bash -c '
      mount -t tmpfs -o "$1" none tmp || exit 99
      TMPDIR=$PWD/tmp $linker > said 2>&1
      echo $? > status
      find tmp -mindepth 1 > left' - $size || skip "cannot prepare the small disk"
    status=$(cat status)
    [ ! -s left ] || fail "$size: left behind: $(cat left)"
    judge_link "$size"
    if [ $status = 0 ]; then done=$((done + 1)) && continue; fi
    refused=$((refused + 1))
    grep -q "^error: $PWD/tmp[^ ]*: cannot .*: No space left on device; set TMPDIR to a folder with room" said ||
      fail "$size: says $(cat said)"
    cat said >> all
  done
  [ $refused -gt 0 ] && [ $done -gt 0 ] || fail "the disk was never, or always, full"
  # Each kind of what is written has been what failed.
  local what
  for what in 'tmp: cannot make' object.o libmember.a link.rsp; do
    grep -q "$what" all || fail "it was never $what that found no room"
  done
  pass
}

# Each of the launcher's own system calls between making the folder of copies and starting the linker fails.
case_link_each_call_fails() {
  make_link
  need strace
  TMPDIR=$PWD/tmp strace -o trace "${linking[@]}" > said 2>&1 || skip "strace does not work here"
  # AddressSanitizer writes to pipes of its own, sometimes more and sometimes less, and takes no failure.
  awk -v sanitized="$sanitized" '
       { call = $1; sub(/\(.*/, "", call); count[call]++ }
       /tmp\/linkname-link-/ { began = 1 }
       sanitized && call == "write" { next }
       began && call ~ /^(mkdir|openat|flock|pwrite64|write|copy_file_range|ftruncate|fchmod|linkat|rename|symlink|vfork|clone3?)$/ {
         print call, count[call]
       }
       began && call ~ /^(vfork|clone3?)$/ { exit }' trace > calls
  [ "$(wc -l < calls)" -gt 10 ] || fail "cannot read the trace"
  local call occurrence error refused=0
  while read -r call occurrence; do
    for error in ENOSPC EIO; do
      rm -f started program
      TMPDIR=$PWD/tmp timeout -s KILL 60 strace -o /dev/null -e inject="$call":error=$error:when="$occurrence" "${linking[@]}" \
        > said 2>&1 < /dev/null
      status=$?
      judge_link "$error at $call $occurrence"
      [ $status = 0 ] || refused=$((refused + 1))
    done
  done < calls
  [ $refused -gt 20 ] || fail "only $refused calls mattered"
  pass
}

# A compiler's object that cannot be rewritten for want of room is taken away, or the next build would take it for up to
# date: make, which goes by times, makes it then.
case_cc_full_disk() {
  make_small
  need make
  may_mount
  mkdir disk
  cat > x.c <<'END'
#include <linkname/linkname.h>
int first(void) { return 1; }
LINKNAME(first, "second");
const char block[40000] = {1};
END
  printf 'disk/x.o: x.c\n\t"%s" cc -- "%s" -I "%s" -c x.c -o $@\n' "$tool" "$cc" "$root/include" > Makefile
  export TMPDIR=$PWD # the compiler's own
  local pages compiler=0 ours=0 done=0
  for pages in $(seq 1 30); do
    rm -f result.o
    "${mounts[@]}" bash -c '
      mount -t tmpfs -o size=$(($1 * 4))k none disk || exit 99
      make > said 2>&1
      echo $? > status
      ls -A disk > left
      mount -o remount,size=1m disk
      make > later 2>&1 && cp disk/x.o result.o' - $pages || skip "cannot prepare the small disk: $(cat later)"
    if [ "$(cat status)" = 0 ]; then
      done=$((done + 1))
    else
      [ ! -s left ] || fail "$pages pages: left behind: $(cat left): $(cat said)"
      if grep -q 'error: disk/x.o: cannot write: No space left' said; then
        grep -q 'Error 4' said || fail "$pages pages: says $(cat said)"
        ours=$((ours + 1))
      else
        compiler=$((compiler + 1))
      fi
    fi
    nm result.o | grep -q ' T second$' || fail "$pages pages: the next build has not mended it: $(cat later)"
  done
  [ $compiler -gt 0 ] && [ $ours -gt 0 ] && [ $done -gt 0 ] || fail "compiler $compiler times, launcher $ours times, $done done"
  pass
}

# Each of the launcher's own system calls behind the compiler fails: there is a rewritten object, or none, or an empty one
# where it cannot be removed.
case_cc_each_call_fails() {
  need strace
  make_sample x86_64
  printf '#!/bin/sh\nexec cp sample.o x.o\n' > compiler
  chmod +x compiler
  "$tool" cc -- ./compiler -c x.c > said 2>&1 && cp x.o after.o || fail "the plain run: $(cat said)"
  strace -o trace "$tool" cc -- ./compiler -c x.c > said 2>&1 || skip "strace does not work here"
  awk '{ call = $1; sub(/\(.*/, "", call); count[call]++ }
       /x\.o/ { began = 1 }
       began && call ~ /^(access|faccessat2?|openat|mmap|newfstatat|fstat|pwrite64|copy_file_range|ftruncate|fchmod|linkat|rename)$/ {
         print call, count[call]
       }' trace > calls
  [ "$(wc -l < calls)" -gt 5 ] || fail "cannot read the trace"
  local call occurrence error also refused=0
  while read -r call occurrence; do
    [ -z "$sanitized" ] || [ $call != mmap ] || continue # AddressSanitizer maps too, and ends the process where that fails
    for error in ENOSPC EMFILE; do
      for also in "" unlink; do
        rm -f x.o .x.o.linkname-*
        timeout -s KILL 60 strace -o /dev/null -e inject="$call":error=$error:when="$occurrence" \
          ${also:+-e inject=$also:error=EACCES} "$tool" cc -- ./compiler -c x.c > said 2>&1 < /dev/null
        status=$?
        if [ $status = 0 ]; then
          untouched x.o after.o "$error at $call $occurrence"
        elif [ -z "$also" ]; then
          [ ! -e x.o ] || fail "$error at $call $occurrence: there is an object: $(cat said)"
        else
          [ -e x.o ] && [ ! -s x.o ] || fail "$error at $call $occurrence: it is not empty: $(cat said)"
        fi
        [ $status = 0 ] || { expect 4 "$error at $call $occurrence" && refused=$((refused + 1)); }
        [ -n "$also" ] || clean
      done
    done
  done < calls
  [ $refused -gt 20 ] || fail "only $refused calls mattered"
  pass
}

# ---- Two at once ------------------------------------------------------------------------------------------------------

# Two processes hide and export the same function, over and over: whatever is seen is one of the two whole files.
case_two_at_once() {
  make_small
  cp before.o exported.o
  tool rewrite before.o -o hidden.o --hide first
  expect 0
  flip() { # VERB ROUNDS
    local i
    for i in $(seq "$2"); do
      "$tool" rewrite small.o "--$1" first > "said-$1" 2>&1 < /dev/null
      status=$?
      # 4: the other process has replaced the file in the meantime.
      [ $status = 0 ] || { [ $status = 4 ] && grep -q 'changed by another process' "said-$1"; } || cat "said-$1" >> wrong
    done
  }
  flip hide 200 &
  local one=$!
  flip export 200 &
  local two=$! seen=0
  while kill -0 $one 2> /dev/null || kill -0 $two 2> /dev/null; do
    cp small.o seen.o
    same seen.o exported.o || same seen.o hidden.o || fail "a third file was seen"
    seen=$((seen + 1))
  done
  wait $one $two
  [ ! -e wrong ] || fail "$(cat wrong)"
  [ $seen -gt 10 ] || fail "looked only $seen times"
  clean
  pass
}

# ---- Truncated input --------------------------------------------------------------------------------------------------

make_sample() { # KIND
  [ -n "$clang" ] || skip "no clang"
  case $1 in
    x86_64)
      cat > sample.cpp <<'END'
#include <linkname/linkname.h>
int pulled(int);
LINKNAME(pulled, "remote.pull");
inline int grouped(int x) { static int calls; return calls += x; }
static int exported(int x) { return grouped(x) + pulled(x); }
LINKNAME(exported);
END
      "$clang" --target=x86_64-linux-gnu -I "$root/include" -O1 -c sample.cpp -o sample.o ;;
    coff | bigobj)
      cat > sample.c <<'END'
#include <linkname/linkname.h>
int pulled(int);
LINKNAME(pulled, "remote.pull");
static int exported(int x) { return pulled(x) + 1; }
LINKNAME(exported);
int (*table[])(int) = {exported};
__declspec(dllexport) inline int inlined(int x) { return x; }
END
      need python3
      "$clang" --target=x86_64-pc-windows-msvc -ffreestanding -I "$root/include" -O1 -c sample.c -o sample.o &&
        { [ $1 = coff ] || python3 "$root/tests/cases/tools/coff-form.py" sample.o sample.o --big --tables-first; } ;;
    so)
      cat > sample.c <<'END'
static int exported(int x) { return x + 1; }
int (*table[])(int) = {exported};
int other(int x) { return table[0](x); }
END
      "$clang" -fPIC -O1 -c sample.c -o linked.o &&
        ld.lld -shared -z noseparate-code -z norelro --hash-style=both linked.o -o sample.o ;;
    dll)
      need lld-link-19
      cat > sample.c <<'END'
static int helper(int x) { return x + 1; }
int (*const volatile table[])(int) = {helper};
__declspec(dllexport) int first(int x) { return table[0](x); }
END
      "$clang" --target=x86_64-pc-windows-msvc -ffreestanding -O1 -c sample.c -o sample.obj &&
        lld-link-19 /nologo /dll /noentry /debug:symtab /export:forward=kernel32.Sleep sample.obj /out:sample.o
      rm -f sample.obj ;;
    i386-linux-gnu | s390x-linux-gnu | *-apple-*)
      cat > sample.c <<'END'
#include <linkname/linkname.h>
int pulled(int);
LINKNAME(pulled, "remote.pull");
static int exported(int x) { return pulled(x) + 1; }
LINKNAME(exported);
int (*table[])(int) = {exported};
END
      "$clang" --target="$1" -I "$root/include" -O1 -c sample.c -o sample.o ;;
  esac > log 2>&1 || skip "clang cannot compile for $1: $(head -n 1 log)"
}

# Every prefix of an object: refused, or rewritten to something that can be read; never a crash, and never touched when
# refused.
truncate_everywhere() { # KIND OPTIONS...
  make_sample "$1"
  shift
  tool rewrite sample.o -o whole.o "$@"
  expect 0 "the whole object"
  local size length refused=0
  size=$(stat -c %s sample.o)
  mkdir cut
  for ((length = 0; length < size; ++length)); do
    head -c $length sample.o > cut/$length.o
  done
  (cd cut && sha256sum -- *.o) > sums
  for ((length = 0; length < size; ++length)); do
    "$tool" rewrite cut/$length.o "$@" > said 2>&1 < /dev/null
    status=$?
    case $status in
      1 | 3) refused=$((refused + 1)) ;;
      0) # cut behind all that counts
        tool inspect cut/$length.o
        expect 0 "the result of $length bytes"
        rm cut/$length.o ;;
      *) fail "$length of $size bytes: exit status $status: $(cat said)" ;;
    esac
    grep -q . said || [ $status = 0 ] || fail "$length of $size bytes: refused without a word"
  done
  [ "$(ls cut | wc -l)" = $refused ] || fail "$(ls cut | wc -l) files are left of $refused"
  (cd cut && sha256sum --check --quiet --ignore-missing ../sums > ../log 2>&1) || fail "a refused file has changed: $(head -n 1 log)"
  clean
  [ $refused -gt $((size / 2)) ] || fail "only $refused of $size prefixes were refused"
  pass
}
case_truncated_x86_64() { truncate_everywhere x86_64; }
case_truncated_i386() { truncate_everywhere i386-linux-gnu; }
case_truncated_s390x() { truncate_everywhere s390x-linux-gnu; }
case_truncated_macho_x86_64() { truncate_everywhere x86_64-apple-macos11; }
case_truncated_macho_arm64() { truncate_everywhere arm64-apple-macos11; }
case_truncated_macho_i386() { truncate_everywhere i386-apple-macos10.13; }
# A linked library, with an edit that would rewrite all of its tables: no part of it is whole.
case_truncated_dylib() {
  need "$clang" ld64.lld-19
  cat > library.c <<'END'
int outside(int);
static int secret(int x) { return outside(x) + 1; }
int first(int x) { return secret(x) * 2; }
END
  "$clang" -target x86_64-apple-macos11 -O1 -fno-unwind-tables -c library.c -o library.o || fail "cannot compile"
  ld64.lld-19 -arch x86_64 -platform_version macos 11.0 11.0 -dylib -undefined dynamic_lookup -fixup_chains -adhoc_codesign \
    -no_data_const library.o -o whole || fail "cannot link"
  local edits=(--alias _second=_first --rename _outside=_elsewhere) size length
  tool rewrite whole -o new "${edits[@]}"
  expect 0 "the whole library"
  size=$(stat -c %s whole)
  # Of the code, which nothing reads, a cut in each page says as much as one at each byte.
  for ((length = 0; length < size; length += length >= 1024 && length < size - 1200 ? 64 : 1)); do
    head -c $length whole > cut
    tool rewrite cut "${edits[@]}"
    [ $status = 1 ] || [ $status = 3 ] || fail "$length of $size bytes: exit status $status: $(cat said)"
    grep -q . said || fail "$length of $size bytes: refused without a word"
    head -c $length whole | cmp -s - cut || fail "$length of $size bytes: the file has changed"
    tool check cut
    [ $status = 1 ] || [ $status = 3 ] || [ $length -gt $((size - 64)) ] || fail "$length of $size bytes: check says nothing"
  done
  clean
  pass
}
case_truncated_coff() { truncate_everywhere coff; }
case_truncated_so() {
  need ld.lld
  truncate_everywhere so --export exported --hide other
}
case_truncated_bigobj() { truncate_everywhere bigobj; }
case_truncated_dll() { truncate_everywhere dll --rename first=other; }

# The same for the reader that shows everything.
case_truncated_inspect() {
  make_sample x86_64
  local size length
  size=$(stat -c %s sample.o)
  for ((length = 0; length < size; length += 3)); do
    head -c $length sample.o > cut.o
    tool inspect --format json cut.o
    [ $status = 0 ] || [ $status = 1 ] || [ $status = 3 ] || fail "$length of $size bytes: exit status $status: $(cat said)"
  done
  pass
}

# ---- Run them ---------------------------------------------------------------------------------------------------------

run_case() {
  local line
  mkdir "$work/$name"
  line=$(cd "$work/$name" && "case_${name//-/_}" 2> "$work/$name.errors")
  [ -n "$line" ] || line="FAIL $name: no verdict: $(tail -n 1 "$work/$name.errors")"
  echo "$line" | tee -a "$work/results"
  chmod -R u+rwx "$work/$name" 2> /dev/null
  rm -rf "${work:?}/$name"
}

touch "$work/results"
for function in $(declare -F | sed -n 's/^declare -f case_//p'); do
  name=${function//_/-}
  # shellcheck disable=SC2053 # a pattern on purpose
  [[ $name == ${CASES:-*} ]] || continue
  while [ "$(jobs -rp | wc -l)" -ge "${JOBS:-2}" ]; do wait -n; done
  run_case < /dev/null &
done
wait
count() { grep -c "^$1 " "$work/results"; }
failed=$(count FAIL)
echo "$(count pass) passed, $failed failed, $(count skip) skipped"
[ "$failed" = 0 ]
