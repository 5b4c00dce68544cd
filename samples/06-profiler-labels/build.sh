. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -pthread -I"$INCLUDE" -c runtime.c -o "$OUT/runtime.o"
$CC $CFLAGS -pthread -I"$INCLUDE" -c inheritable.c -o "$OUT/inheritable.o"
$CC $CFLAGS -pthread -c app.c -o "$OUT/app.o"

"$LINKNAME_TOOL" rewrite "$OUT/runtime.o" "$OUT/inheritable.o" >&2

$CC $LDFLAGS -pthread "$OUT/app.o" "$OUT/inheritable.o" "$OUT/runtime.o" -o "$OUT/app"
$RUN "$OUT/app"
