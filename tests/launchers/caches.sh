# Part of run.sh: compiler caches, compilation elsewhere, and builds that give the same bytes again.

verdict() { # TITLE COMMAND...: passes when the command does
  local title=$1
  shift
  wanted "$title" || return 0
  if ("$@") >"$work/log.txt" 2>&1; then
    report "pass $title"
  else
    report "FAIL $title" && sed 's/^/    /' "$work/log.txt" | tail -n 20
  fi
}

unless_missing() { # "COMMANDS" TITLE COMMAND...: skips where one of the commands is not there
  local lacking
  if lacking=$(missing $1); then
    wanted "$2" && report "skip $2: missing tool $lacking"
    return 0
  fi
  shift
  verdict "$@"
}

same() { cmp "$1" "$2" && echo "same: $1"; }
consumer=$root/samples/01-pull-function
compile="-O2 -g -I$root/include -c app.c"

cache() { # FOLDER COMMAND...: compiles twice through a cache; the second time everything must come out of it
  local cache_folder=$1
  shift
  mkdir -p "$cache_folder" && cd "$cache_folder" && cp "$consumer/app.c" . || return
  "$prefix/bin/linkname-cc" gcc $compile -o plain.o || return
  export CCACHE_DIR=$cache_folder/cache CCACHE_CONFIGPATH=/dev/null
  local object
  for object in first.o second.o; do "$@" gcc $compile -o $object || return; done
  ccache --print-stats | tee stats.txt && grep -qx "direct_cache_hit	1" stats.txt && grep -qx "cache_miss	1" stats.txt &&
    same plain.o first.o && same first.o second.o && nm first.o | grep -q 'U runtime.nanotime'
}
cached_then_rewritten() { cache "$work/ccache-inside" "$prefix/bin/linkname-tool" cc -- ccache; }
rewritten_then_cached() { CCACHE_PREFIX=$prefix/bin/linkname-cc cache "$work/ccache-outside" ccache; }
# The object is another name of the file in the cache; what is rewritten must not be that file.
cache_keeps_its_own() {
  CCACHE_HARDLINK=1 cache "$work/ccache-links" "$prefix/bin/linkname-tool" cc -- ccache || return
  cd "$work/ccache-links" && rm -f ./*.o && CCACHE_HARDLINK=1 ccache gcc $compile -o untouched.o &&
    nm untouched.o | grep -q 'U runtimeNano'
}

# Without -g: of debug information, distcc makes something else of its own accord.
elsewhere() {
  mkdir "$work/distcc" && cd "$work/distcc" && mkdir state && cp "$consumer/app.c" . || return
  local port=$((20000 + $$ % 20000)) server status user=()
  [ "$(id -u)" -ne 0 ] || user=(--user nobody) # it does not serve as root
  HOME=/ TMPDIR=/tmp distccd --no-detach --daemon "${user[@]}" --port $port --listen 127.0.0.1 --allow 127.0.0.1 --jobs 2 \
    --log-stderr --log-level info --enable-tcp-insecure >log.txt 2>&1 &
  server=$!
  export DISTCC_DIR=$PWD/state DISTCC_HOSTS=127.0.0.1:$port DISTCC_FALLBACK=0 DISTCC_BACKOFF_PERIOD=0
  for _ in {1..20}; do # until it listens
    "$prefix/bin/linkname-tool" cc -- distcc gcc ${compile/-g /} -o far.o
    status=$?
    [ $status -ne 0 ] || break
    sleep 0.5
  done
  kill $server
  cat log.txt
  [ $status -eq 0 ] && grep -q "completed ok" log.txt && "$prefix/bin/linkname-cc" gcc ${compile/-g /} -o near.o &&
    nm far.o | grep -q 'U runtime.nanotime' && same far.o near.o
}

# The same tree in two folders. `__FILE__` is in a record, so the folder is mapped away; the rest is the tool's to keep out
# of what it makes, above all the folder of the copies that the linker is shown.
two_folders() { # COMPILER LINKER
  local compiler=$1 linker=$2 folder project file files=0
  for folder in here there/and/back; do
    mkdir -p "$work/$compiler-$linker/$folder" && cd "$work/$compiler-$linker/$folder" &&
      cp -R "$root/samples" "$root/tests/package/targets" . || return
    for project in samples targets; do
      "$CMAKE" -S $project -B build/$project -G Ninja -DCMAKE_C_COMPILER="$compiler" \
        -DCMAKE_CXX_COMPILER="$(echo "$compiler" | sed 's/gcc/g++/; s/clang/clang++/')" \
        -DCMAKE_C_FLAGS="-O2 -g -ffile-prefix-map=$PWD=." -DCMAKE_CXX_FLAGS="-O2 -g -ffile-prefix-map=$PWD=." \
        -DCMAKE_ASM_FLAGS="-ffile-prefix-map=$PWD=." -DCMAKE_EXE_LINKER_FLAGS=-fuse-ld="$linker" \
        -DCMAKE_SHARED_LINKER_FLAGS=-fuse-ld="$linker" -DCMAKE_BUILD_RPATH_USE_ORIGIN=ON \
        -Dlinkname_DIR="$prefix/lib/cmake/linkname" && "$CMAKE" --build build/$project || return
    done
  done
  cd "$work/$compiler-$linker/here" || return
  while IFS= read -r -d '' file; do
    same "$file" "../there/and/back/$file" || return
    files=$((files + 1))
  done < <(find build -path '*/CMakeFiles/[0-9].[0-9]*' -prune -o -type f \( -name '*.o' -o -name '*.a' -o -name '*.so' -o -executable \) -print0)
  echo "$files files" && [ $files -gt 50 ]
}

run_caches() {
  unless_missing "gcc ccache" "ccache: what the compiler made is kept, and rewritten each time" cached_then_rewritten
  unless_missing "gcc ccache" "ccache: what was rewritten is kept (CCACHE_PREFIX)" rewritten_then_cached
  unless_missing "gcc ccache" "ccache: hard links into the cache" cache_keeps_its_own
  unless_missing "gcc distcc distccd" "distcc: compiled elsewhere" elsewhere
  unless_missing "gcc" "the same bytes in another folder: gcc, bfd" two_folders gcc bfd
  unless_missing "clang-19 ld.lld" "the same bytes in another folder: clang-19, lld" two_folders clang-19 lld
}
