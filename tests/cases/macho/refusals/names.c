// Names that are not there, or are there already.
// REQUIRES: clang-19
// RUN: clang-19 -target x86_64-apple-macos11 -c %s -o %t.o
// RUN: %exits 1 %tool rewrite %t.o --rename foo=_x 2>&1 | FileCheck %s --check-prefix=UNDERSCORE
// UNDERSCORE: there is no symbol 'foo' in {{.*}}; did you mean '_foo'?
// RUN: %exits 1 %tool rewrite %t.o --rename _fop=_x 2>&1 | FileCheck %s --check-prefix=NEAR
// NEAR: there is no symbol '_fop' in {{.*}}; did you mean '_foo'?
// RUN: %exits 1 %tool rewrite %t.o --rename _foo=_bar 2>&1 | FileCheck %s --check-prefix=TAKEN
// TAKEN: error: {{.*}}LC_SYMTAB[{{[0-9]+}}] '_foo': cannot be renamed to '_bar', which is defined here already: LC_SYMTAB[{{[0-9]+}}] '_bar'
// RUN: %exits 1 %tool rewrite %t.o --alias _bar=_foo 2>&1 | FileCheck %s --check-prefix=ALIAS
// ALIAS: error: {{.*}}'_foo': cannot be made known as '_bar', which is defined here already
// RUN: %exits 1 %tool rewrite %t.o --localize _callee 2>&1 | FileCheck %s --check-prefix=DECLARED
// DECLARED: error: {{.*}}'_callee': is only declared here
// RUN: %exits 1 %tool rewrite %t.o --weaken _static 2>&1 | FileCheck %s --check-prefix=STATIC
// STATIC: error: {{.*}}'_static': is static, and only global symbols can be weak
int callee(void);
__attribute__((used)) static int own(void) __asm__("_static");
static int own(void) { return 1; }
int foo(void) { return callee(); }
int bar(void) { return own(); }
