// Messages name the member as linkers do, there is one for a name that is nowhere, and a static in several members is a
// choice that the member, the source, or --all makes.
// REQUIRES: gcc, llvm-ar-19
// RUN: rm -rf %t && mkdir %t && cd %t && cp %s parser.c && cp %s lexer.c && gcc -c -g0 -DPARSER parser.c -o p.o && gcc -c lexer.c -o l.o
// RUN: llvm-ar-19 qcs x.a p.o l.o && cp x.a x.orig
// RUN: %exits 1 %tool rewrite x.a --rename parser_stort=other 2>&1 | FileCheck %s --check-prefix=NONE --implicit-check-not=error:
// NONE: error: --rename: there is no symbol 'parser_stort' in any of 2 objects; did you mean 'parser_start'?
// RUN: %exits 1 %tool rewrite x.a --export helper 2>&1 | FileCheck %s --check-prefix=CHOICE --implicit-check-not=error:
// CHOICE:      error: --export: 'helper' could be any of these; say which: a source or object file in front, as in 'parser.c:name', or the index, as in '#12:name'; --all means every one
// CHOICE-NEXT: {{^}}  x.a(p.o): .symtab[{{[0-9]+}}] 'helper' (parser.c, .text+
// CHOICE-NEXT: {{^}}  x.a(l.o): .symtab[{{[0-9]+}}] 'helper' (lexer.c, .text+
// RUN: %exits 1 %tool rewrite x.a --export other.o:helper 2>&1 | FileCheck %s --check-prefix=ELSEWHERE
// ELSEWHERE: error: --export: there is no symbol 'other.o:helper' in any of 2 objects; there is a 'helper', but not from 'other.o'
// RUN: cmp x.a x.orig
// RUN: %tool rewrite x.a -o out --export l.o:helper 2> warnings | FileCheck %s --check-prefix=BY-MEMBER --implicit-check-not=p.o
// BY-MEMBER: x.a(l.o): export 'helper'
// RUN: FileCheck %s --check-prefix=WARNING < warnings
// WARNING: warning: x.a(l.o): .symtab[{{[0-9]+}}] 'helper': its ABI cannot be verified
// RUN: %tool rewrite x.a -o out --export parser.c:helper 2> warnings | FileCheck %s --check-prefix=BY-SOURCE --implicit-check-not=l.o
// BY-SOURCE: x.a(p.o): export 'helper'
// RUN: %tool rewrite x.a -o out --alias both=helper --all 2> warnings | FileCheck %s --check-prefix=ALL
// ALL:      x.a(p.o): add 'both' = 'helper'
// ALL-NEXT: x.a(l.o): add 'both' = 'helper'
/// What goes wrong later has its place too.
// RUN: %exits 1 %tool rewrite x.a --rename parser_start=lexer_start --rename lexer_start=lexer_helper 2>&1 | FileCheck %s --check-prefix=LATER
// LATER: error: x.a(l.o): .symtab[{{[0-9]+}}] 'lexer_start':
// RUN: printf '!<arch>\nrubbish' > bad.a && %exits 3 %tool rewrite bad.a --rename f=g 2>&1 | FileCheck %s --check-prefix=BAD
// BAD: error: bad.a: member header at 0x8: the archive ends inside of it
// RUN: llvm-ar-19 qcS out.a bad.a && %exits 3 %tool inspect out.a 2>&1 | FileCheck %s --check-prefix=INSIDE
// INSIDE: error: out.a(bad.a): member header at 0x8: the archive ends inside of it
#ifdef PARSER
static int helper(int x) { return x + 1; }
int parser_start(int x) { return helper(x); }
#else
static int helper(int x) { return x + 2; }
int lexer_start(int x) { return helper(x); }
int lexer_helper(int x) { return x; }
#endif
