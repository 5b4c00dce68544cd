// base/demangle.h: names as people write them.
#include "base/demangle.h"
#include "support.h"

using namespace linkname;

TEST_CASE("names of the platforms' C++, of Rust and of C") {
  CHECK(demangle("_ZN2ns3fooEi") == "ns::foo(int)");
  CHECK(demangle("_ZN12_GLOBAL__N_15parseEPKc") == "(anonymous namespace)::parse(char const*)");
  CHECK(demangle("?foo@ns@@YAHH@Z") == "ns::foo(int)");
  CHECK(demangle("?from@?A0x41CB9224@ns@@YAHXZ") == "ns::(anonymous namespace)::from()");
  CHECK(demangle("?locked@Thermostat@vendor@@AEBA_NXZ") == "vendor::Thermostat::locked() const");
  CHECK(demangle("?conversions@ns@@3QBQ6AHH@ZB") == "ns::conversions");
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

namespace {

/// `f` with the parameters a<int>, b<S0_, S0_>, b<S2_, S2_>, ...: each names the one before it twice.
std::string doubling(unsigned levels, std::string_view opening = "_Z1f") {
  constexpr std::string_view digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
  std::string name = std::string(opening) + "1aIiE";
  for (unsigned number = 0; number < 2 * levels; number += 2) {
    std::string previous = "S";
    if (number >= 36)
      previous += digits[number / 36];
    previous += digits[number % 36];
    previous += "_";
    name += "1bI" + previous + previous + "E";
  }
  return name;
}

/// LLVM's releases differ over the space in `> >`.
std::string written(std::string_view name) { return canonical_spelling(demangle(name)); }

} // namespace

TEST_CASE("a name that would print as 2^60 characters is left alone") {
  CHECK(written(doubling(2)) == "f(a<int>,b<a<int>,a<int>>,b<b<a<int>,a<int>>,b<a<int>,a<int>>>)");
  CHECK(demangle(doubling(8)).starts_with("f(a<int>, b<a<int>, a<int>"));
  CHECK(demangle(doubling(60)) == doubling(60));
  CHECK(demangle(doubling(60, "__Z1f")) == doubling(60, "__Z1f"));
  CHECK(demangle(doubling(60, "._Z1f")) == doubling(60, "._Z1f"));
}

TEST_CASE("so is one whose packs go through packs") {
  // f<int, int, ...>(p<p<p<T, T>..., T>..., T>...): the number of arguments to the power of the depth.
  std::string parameter = "T_";
  for (int depth = 0; depth < 12; ++depth)
    parameter = "1pIDp" + parameter + "T_E";
  const std::string crafted = "_Z1fIJ" + std::string(500, 'i') + "EEv" + parameter;
  CHECK(demangle(crafted) == crafted);
  CHECK(demangle("_Z1fIJilEEvDpT_") == "void f<int, long>(int, long)");
}

TEST_CASE("references in the names of Microsoft and of Rust are bounded too") {
  std::string microsoft = "?f@@YAXH";
  for (int level = 0; level < 9; ++level) {
    microsoft += "P6AX";
    microsoft.append(20, static_cast<char>('0' + level));
    microsoft += "@Z";
  }
  microsoft += "@Z";
  CHECK(demangle(microsoft) == microsoft);
  const std::string rust = "_RINvC1a1f" + std::string(64, 'B') + "_E";
  CHECK(demangle(rust) == rust);
}

TEST_CASE("long ordinary names are written out") {
  const std::string string = "std::__cxx11::basic_string<char,std::char_traits<char>,std::allocator<char>>";
  const std::string vector = "std::vector<" + string + ",std::allocator<" + string + ">>";
  CHECK(written("_ZNSt3mapINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESt6vectorIS5_SaIS5_EESt4lessIS5_ESaISt4"
                "pairIKS5_S8_EEE11lower_boundERSC_") == "std::map<" + string + "," + vector + ",std::less<" + string +
                                                            ">,std::allocator<std::pair<" + string + "const," + vector +
                                                            ">>>::lower_bound(" + string + "const&)");
  // A conversion to a template argument that the name gives only behind it.
  const std::string pair = "std::pair<std::string,std::string>";
  const std::string pairs = "std::vector<" + pair + ",std::allocator<" + pair + ">>";
  CHECK(written("_ZN1AcvT_ISt6vectorISt4pairISsSsESaISt4pairISsSsEEEEEv") ==
        "A::operator " + pairs + "<" + pairs + ">()");
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
