# Lua 5.3 and Lua 5.4, as Debian compiled them, in one program. Both define lua_newstate, luaL_openlibs and all the others;
# with a prefix of its own, each does what it does.
old=$(cc -print-file-name=liblua5.3.a)
new=$(cc -print-file-name=liblua5.4.a)
[ -f "$old" ] && [ -f "$new" ] || { echo "needs liblua5.3-dev and liblua5.4-dev"; exit 77; }

"$LINKNAME_TOOL" rewrite "$old" -o liblua53.a --prefix lua53_
"$LINKNAME_TOOL" rewrite "$new" -o liblua54.a --prefix lua54_
! nm -g --defined-only liblua53.a | grep -E ' [A-TV-Z] lua' | grep -v ' lua53_' # nothing is left behind

cc -O2 "$SOURCE/main.c" liblua53.a liblua54.a -lm -ldl -o program
test "$(./program)" = "Lua 5.3: 7 // 2 = 3
Lua 5.4: 7 // 2 = 3, <const> is known"
for linker in gold lld mold; do
  command -v ld.$linker mold >/dev/null || continue
  cc -fuse-ld=$linker -O2 "$SOURCE/main.c" liblua53.a liblua54.a -lm -ldl -o program-$linker
  test "$(./program-$linker)" = "$(./program)"
done
