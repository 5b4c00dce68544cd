. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS -I"$INCLUDE" -c runtime.c -o "$OUT/runtime.o"
$CC $CFLAGS -I"$INCLUDE" -c main.c -o "$OUT/main.o"

"$LINKNAME_TOOL" rewrite "$OUT/runtime.o" "$OUT/main.o" >&2

$CC $LDFLAGS "$OUT/runtime.o" "$OUT/main.o" -o "$OUT/app"
$RUN "$OUT/app"
