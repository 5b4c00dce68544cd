// C++ names as people write them: with parameters one function, without them a choice between overloads, blanks as one
// likes.
// RUN: %cxx -O0 -c %s -o %t.o
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::parse(char const*)' | FileCheck %s --check-prefix=OVERLOAD --implicit-check-not='o: '
// OVERLOAD: o: hide '_ZN2ns5parseEPKc'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::parse( char const * )' | FileCheck %s --check-prefix=OVERLOAD --implicit-check-not='o: '
// RUN: %exits 1 %tool rewrite %t.o --hide ns::parse 2>&1 | FileCheck %s --check-prefix=CHOICE
// CHOICE:     error: --hide: 'ns::parse' could be any of these
// CHOICE-DAG: .symtab[{{[0-9]+}}] '_ZN2ns5parseEPKc' (.text+0x{{[0-9a-f]+}}) ns::parse(char const*)
// CHOICE-DAG: .symtab[{{[0-9]+}}] '_ZN2ns5parseEi' ({{.*}}) ns::parse(int)
// RUN: %tool rewrite %t.o -o %t.new --hide ns::alone | FileCheck %s --check-prefix=ALONE --implicit-check-not='o: '
// ALONE: o: hide '_ZN2ns5aloneEv'
// RUN: %tool rewrite %t.o -o %t.new --export 'ns::(anonymous namespace)::parse(char const*)' 2>/dev/null | FileCheck %s --check-prefix=ANONYMOUS --implicit-check-not='o: '
// ANONYMOUS: o: export '_ZN2ns12_GLOBAL__N_15parseEPKc'
// RUN: %tool rewrite %t.o -o %t.new --export 'ns::(anonymous namespace)::parse' 2>/dev/null | FileCheck %s --check-prefix=ANONYMOUS --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'int ns::twice<int>(int)' | FileCheck %s --check-prefix=TEMPLATE --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::twice<int>' | FileCheck %s --check-prefix=TEMPLATE --implicit-check-not='o: '
// TEMPLATE: o: hide '_ZN2ns5twiceIiEET_S1_'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::operator==(ns::Box const&, ns::Box const&)' | FileCheck %s --check-prefix=EQUAL --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::operator==' | FileCheck %s --check-prefix=EQUAL --implicit-check-not='o: '
// EQUAL: o: hide '_ZN2nseqERKNS_3BoxES2_'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::operator()(int) const' | FileCheck %s --check-prefix=CALL --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::operator()' | FileCheck %s --check-prefix=CALL --implicit-check-not='o: '
// CALL: o: hide '_ZNK2ns3BoxclEi'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::operator bool() const' | FileCheck %s --check-prefix=BOOL --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::operator bool' | FileCheck %s --check-prefix=BOOL --implicit-check-not='o: '
// BOOL: o: hide '_ZNK2ns3BoxcvbEv'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::operator<' | FileCheck %s --check-prefix=LESS --implicit-check-not='o: '
// LESS: o: hide '_ZNK2ns3BoxltERKS0_'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::Box::count' | FileCheck %s --check-prefix=MEMBER --implicit-check-not='o: '
// MEMBER: o: hide '_ZN2ns3Box5countE'
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::takes(void (*)(int))' | FileCheck %s --check-prefix=POINTER --implicit-check-not='o: '
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::takes' | FileCheck %s --check-prefix=POINTER --implicit-check-not='o: '
// POINTER: o: hide '_ZN2ns5takesEPFviE'
// Wildcards over demangled names.
// RUN: %tool rewrite %t.o -o %t.new --hide 'ns::parse(*)' | FileCheck %s --check-prefix=BOTH --implicit-check-not='o: '
// BOTH-DAG: o: hide '_ZN2ns5parseEPKc'
// BOTH-DAG: o: hide '_ZN2ns5parseEi'
// New names, with a '=' in the old one.
// RUN: %tool rewrite %t.o -o %t.new --rename 'ns::operator==(ns::Box const&, ns::Box const&)=box_equal' --alias 'box_call=ns::Box::operator()(int) const' | FileCheck %s --check-prefix=NAMES
// NAMES-DAG: rename '_ZN2nseqERKNS_3BoxES2_' -> 'box_equal'
// NAMES-DAG: add 'box_call' = '_ZNK2ns3BoxclEi'
// A qualifier goes with a C++ name too.
// RUN: %tool rewrite %t.o -o %t.new --export 'demangled.cpp:ns::(anonymous namespace)::parse' 2>/dev/null | FileCheck %s --check-prefix=ANONYMOUS --implicit-check-not='o: '
// RUN: %exits 1 %tool rewrite %t.o --export 'other.cpp:ns::(anonymous namespace)::parse' 2>&1 | FileCheck %s --check-prefix=ELSEWHERE
// ELSEWHERE: error: --export: there is no symbol 'other.cpp:ns::(anonymous namespace)::parse'
namespace ns {
struct Box {
  int value;
  static int count;
  int operator()(int by) const;
  operator bool() const;
  bool operator<(const Box &other) const;
};
int Box::count = 1;
int Box::operator()(int by) const { return value + by; }
Box::operator bool() const { return value != 0; }
bool Box::operator<(const Box &other) const { return value < other.value; }
bool operator==(const Box &a, const Box &b) { return a.value == b.value; }
int parse(const char *text) { return text[0]; }
int parse(int text) { return text; }
int alone() { return 1; }
void takes(void (*callback)(int)) { callback(1); }
template <class T> T twice(T value) { return value * 2; }
template int twice<int>(int);
template long twice<long>(long);
namespace {
__attribute__((used)) int parse(const char *text) { return text[1]; }
}
} // namespace ns
