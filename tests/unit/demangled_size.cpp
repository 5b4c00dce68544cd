// base/demangled_size.h: never less than what a name prints as, and known at once for names that print endlessly.
#include "base/demangled_size.h"
#include "base/demangle.h"
#include "support.h"

using namespace linkname;

namespace {

/// A function of 1 + `doublings` parameters, each a template of the one before, twice: prints as 2^doublings.
std::string doubling(int doublings) {
  std::string name = "_Z1f1aIiiE"; // S_ is `a`, S0_ is a<int, int>
  const auto reference = [](int number) {
    std::string digits;
    for (; number >= 36; number /= 36)
      digits.insert(digits.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number % 36]);
    digits.insert(digits.begin(), "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[number]);
    return "S" + digits + "_";
  };
  for (int i = 0; i < doublings; ++i)
    name.append("S_I").append(reference(i)).append(reference(i)).append("E");
  return name;
}

} // namespace

TEST_CASE("a bound for names as compilers write them") {
  for (const char *name :
       {"_Z1fv", "_ZN2ns1CC2Ev", "_ZTVN2ns1CE", "_ZGVZN1a1fEvE1x", "_ZN2ns1gIJicbEEEvDpT_",
        "_ZZ4mainENKUlT_E_clIiEEDaS_",
        "_ZNKSt3mapINSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEESt4pairIKS5_iESt4lessIS5_ESaIS8_EE4findERS7_",
        "_ZSt4endlIcSt11char_traitsIcEERSt13basic_ostreamIT_T0_ES6_", "_ZN1CcvjEv", "_Z1fIXadL_Z1gvEEEvv"}) {
    CAPTURE(name);
    const std::string printed = demangle(name);
    REQUIRE(printed != name);
    CHECK(demangled_size(name) >= printed.size());
  }
}

TEST_CASE("what is no mangled name has no size") {
  for (const char *name : {"", "plain", "_Z", "_Znonsense", "_ZN", "_Z1fS_", "_Z99x"})
    CHECK_MESSAGE(demangled_size(name) == 0, name);
}

TEST_CASE("names that double are sized, and printed while they are small") {
  for (int doublings = 0; doublings < 10; ++doublings) {
    const std::string name = doubling(doublings);
    const std::string printed = demangle(name);
    REQUIRE(printed != name);
    CHECK(demangled_size(name) >= printed.size());
  }
  for (const int doublings : {30, 60, 100}) {
    const std::string name = doubling(doublings);
    CHECK(demangled_size(name) > (std::uint64_t{1} << 24U));
    CHECK(demangle(name) == name);
  }
}
