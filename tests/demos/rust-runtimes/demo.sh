# Two Rust static libraries in one C program. Each holds a copy of the Rust runtime, with names such as rust_eh_personality and
# rust_panic that exist once in a program only: linked together they are defined twice (rust-lang/rust #104707). Isolated,
# each keeps its runtime to itself.
rustc=${RUSTC:-rustc}
command -v "$rustc" >/dev/null || { echo "needs rustc"; exit 77; }

for number in 1 2; do
  sed "s/NUMBER/$number/g" "$SOURCE/library.rs" >library$number.rs
  "$rustc" --crate-type staticlib -O -C panic=unwind library$number.rs -o library$number.a
done
! cc "$SOURCE/main.c" -Wl,--whole-archive library1.a library2.a -Wl,--no-whole-archive -lm -ldl -lpthread \
  -lgcc_s -o together 2>together.txt
grep -q 'multiple definition' together.txt # that is the problem

for number in 1 2; do
  "$LINKNAME_TOOL" rewrite library$number.a -o isolated$number.a --isolate=lib$number --keep "number$number" \
    --keep "fails$number" >edits.txt
done
cc "$SOURCE/main.c" -Wl,--whole-archive isolated1.a isolated2.a -Wl,--no-whole-archive -lm -ldl -lpthread -lgcc_s -o apart
test "$(./apart 2>panics.txt)" = "1 and 2; caught 1 and 2"
grep -c 'panicked' panics.txt | grep -qx 2
cc -shared "$SOURCE/main.c" -fPIC -Wl,--whole-archive isolated1.a isolated2.a -Wl,--no-whole-archive -lm -ldl -lpthread \
  -lgcc_s -o libboth.so
! nm -D --defined-only libboth.so | grep -vE ' (number|fails)[12]$| main$' # nothing leaks
