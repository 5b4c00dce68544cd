. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -I"$INCLUDE" -c runtime.c -o "$OUT/runtime.o"
$CC $CFLAGS -I"$INCLUDE" -c ffi.c -o "$OUT/ffi.o"
$CC $CFLAGS -pthread -c app.c -o "$OUT/app.o"

# The inventory: what is bound, where that is written, and why, in the order in which it is written.
"$LINKNAME_TOOL" inspect "$OUT/ffi.o" >"$OUT/inspect.txt"
grep 'bindings\.h:' "$OUT/inspect.txt" | sed 's:(\./:(:' | sort -t : -k 2n >"$OUT/inventory.txt" # Clang: ./bindings.h
cat "$OUT/inventory.txt" >&2

"$LINKNAME_TOOL" rewrite "$OUT/runtime.o" "$OUT/ffi.o" >&2

$CC $LDFLAGS -pthread "$OUT/app.o" "$OUT/ffi.o" "$OUT/runtime.o" -o "$OUT/app"
$RUN "$OUT/app"
