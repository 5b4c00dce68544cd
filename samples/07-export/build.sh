. "$(dirname "$0")/../settings.sh"

$CC $CFLAGS $PIC -I"$INCLUDE" -c plain.c -o "$OUT/plain.o"
$CXX $CFLAGS $PIC -I"$INCLUDE" -c scoped.cpp -o "$OUT/scoped.o"
$CXX $CFLAGS -I"$INCLUDE" -c app.cpp -o "$OUT/app.o"

"$LINKNAME_TOOL" rewrite "$OUT/plain.o" "$OUT/scoped.o" "$OUT/app.o" >&2

# A shared library, because that is where a hidden function would be out of reach.
exports=
if [ "$IMPORT" = .lib ]; then # Microsoft's linkers export what they are told to
  exports=-Wl,/noentry,/export:twice,/export:thrice,/export:scoped_square
fi
$CXX $LDFLAGS -shared "$OUT/plain.o" "$OUT/scoped.o" $exports -o "$OUT/libprivate$DLL"
$CXX $LDFLAGS "$OUT/app.o" "$OUT/libprivate$IMPORT" -o "$OUT/app"
$RUN "$OUT/app"
