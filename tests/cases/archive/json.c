// What is not read of an archive is told to programs as well: a note in `diagnostics` with the member as its place, beside
// the objects in `files`. docs/json.md says the fields.
// REQUIRES: gcc, clang-19, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && gcc -c %s -o a.o && clang-19 -flto -c %s -o bitcode.o && gcc -c -flto -fno-fat-lto-objects %s -o slim.o
// RUN: printf text > readme && head -c 200 a.o > cut.o && %make-archive thin.a --thin a.o && llvm-ar-19 qcS all.a a.o bitcode.o slim.o readme cut.o thin.a
// RUN: %tool inspect all.a --format json 2> said | python3 -c 'import json, sys; r = json.load(sys.stdin); \
// RUN:   assert [f["file"] for f in r["files"]] == ["all.a(a.o)"] and r["status"] == 0, r["files"]; \
// RUN:   places = sorted(d["place"] for d in r["diagnostics"]); \
// RUN:   assert places == ["all.a(bitcode.o)", "all.a(cut.o)", "all.a(slim.o)", "all.a(thin.a)"], places; \
// RUN:   assert all(d["severity"] == "note" and d["reason"] and d["details"] == [] for d in r["diagnostics"]), r["diagnostics"]; \
// RUN:   [lto] = [d for d in r["diagnostics"] if "bitcode" in d["place"]]; assert "LLVM bitcode" in lto["reason"] and lto["hint"], lto'
/// On standard error they are as without it.
// RUN: %tool inspect all.a 2> plain > text && cmp said plain && FileCheck %s --input-file=plain
// CHECK-COUNT-4: note: all.a(
/// Several files: all their notes. One without any: none.
// RUN: llvm-ar-19 qcS one.a bitcode.o && %tool inspect all.a one.a --format json 2>&1 >both.json | FileCheck %s --check-prefix=ONE && python3 -c 'import json; r = json.load(open("both.json")); assert r["diagnostics"][-1]["place"] == "one.a(bitcode.o)" and len(r["diagnostics"]) == 5, r'
// ONE: note: one.a(bitcode.o): is LLVM bitcode
// RUN: %tool inspect thin.a --format json | python3 -c 'import json, sys; r = json.load(sys.stdin); assert r["diagnostics"] == [] and [f["file"] for f in r["files"]] == ["thin.a(a.o)"], r'
int f(int x) { return x; }
