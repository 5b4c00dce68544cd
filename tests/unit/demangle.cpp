// base/demangle.h: names as people write them.
#include "base/demangle.h"
#include "support.h"

using namespace linkname;

TEST_CASE("names of the platforms' C++, of Rust and of C") {
  CHECK(demangle("_ZN2ns3fooEi") == "ns::foo(int)");
  CHECK(demangle("_ZN12_GLOBAL__N_15parseEPKc") == "(anonymous namespace)::parse(char const*)");
  CHECK(demangle("?foo@ns@@YAHH@Z") == "int __cdecl ns::foo(int)");
  CHECK(demangle("_RNvC6_123foo3bar") == "123foo::bar");
  CHECK(demangle("plain") == "plain");
  CHECK(demangle("_Znonsense") == "_Znonsense");
  CHECK(demangle("") == "");
}

TEST_CASE("a name too long to be real is left alone") {
  std::string crafted = "_Z";
  crafted.append(1U << 17U, 'P');
  CHECK(demangle(crafted) == crafted);
}

TEST_CASE("spaces that separate no words do not count") {
  CHECK(canonical_spelling("f(char const *)") == canonical_spelling("f(char const*)"));
  CHECK(canonical_spelling("f( int , unsigned  long )") == canonical_spelling("f(int,unsigned long)"));
  CHECK(canonical_spelling("T<U<int> >::f") == canonical_spelling("T<U<int>>::f"));
  CHECK(canonical_spelling("unsigned int") != canonical_spelling("unsignedint"));
  CHECK(canonical_spelling("(anonymous namespace)::f()") == "(anonymous namespace)::f()");
  CHECK(canonical_spelling(" f ") == "f");
}

TEST_CASE("without_parameters leaves the function's name") {
  CHECK(without_parameters("foo()") == "foo");
  CHECK(without_parameters("ns::f<int>(char) const") == "ns::f<int>");
  CHECK(without_parameters("ns::C::f() &&") == "ns::C::f");
  CHECK(without_parameters("f(void (*)(int))") == "f");
  CHECK(without_parameters("(anonymous namespace)::f(int)") == "(anonymous namespace)::f");
  CHECK(without_parameters("ns::(anonymous namespace)::f(int)") == "ns::(anonymous namespace)::f");
  CHECK(without_parameters("C::operator()(int)") == "C::operator()");
  CHECK(without_parameters("C::operator()() const") == "C::operator()");
  CHECK(without_parameters("f(int)::{lambda(char)#1}::operator()(char) const") ==
        "f(int)::{lambda(char)#1}::operator()");
}

TEST_CASE("without_parameters drops a template's return type") {
  CHECK(without_parameters("void f<int>(int)") == "f<int>");
  CHECK(without_parameters("std::vector<int, std::allocator<int> > ns::g<int>(int)") == "ns::g<int>");
  CHECK(without_parameters("unsigned long ns::h<char const*>(char const*)") == "ns::h<char const*>");
}

TEST_CASE("without_parameters knows operators") {
  CHECK(without_parameters("operator new(unsigned long)") == "operator new");
  CHECK(without_parameters("ns::operator<<(std::ostream&, ns::T const&)") == "ns::operator<<");
  CHECK(without_parameters("C::operator->() const") == "C::operator->");
  CHECK(without_parameters("std::ostream& ns::operator<< <int>(std::ostream&, int)") == "ns::operator<< <int>");
  CHECK(without_parameters("decltype(a->b) ns::f<int>(int)") == "ns::f<int>");
  CHECK(without_parameters("void ns::operators<int>(int)") == "ns::operators<int>");
  CHECK(without_parameters("C::operator int()") == "C::operator int");
  CHECK(without_parameters("C::operator unsigned int() const") == "C::operator unsigned int");
  CHECK(without_parameters("C::operator char const*() const") == "C::operator char const*");
}

TEST_CASE("what belongs to a function is not the function") {
  CHECK(without_parameters("ns::f()::counter") == "ns::f()::counter");
  CHECK(without_parameters("guard variable for ns::f()::counter") == "guard variable for ns::f()::counter");
  CHECK(without_parameters("ns::f(int)::T::table") == "ns::f(int)::T::table");
  CHECK(without_parameters("ns::f(int) (.cold)") == "ns::f(int) (.cold)");
  CHECK(without_parameters("vtable for ns::T<int (*)(int)>") == "vtable for ns::T<int (*)(int)>");
}

TEST_CASE("variables and tables have no parameters") {
  CHECK(without_parameters("ns::counter") == "ns::counter");
  CHECK(without_parameters("(anonymous namespace)::counter") == "(anonymous namespace)::counter");
  CHECK(without_parameters("vtable for ns::C") == "vtable for ns::C");
  CHECK(without_parameters("") == "");
  CHECK(without_parameters(")") == ")");
  CHECK(without_parameters("())") == "())");
}
