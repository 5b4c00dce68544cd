#include "plan/subject.h"

#include "base/demangle.h"
#include "base/diagnostic.h"
#include "base/text.h"

namespace linkname::plan {

std::string place_of(const Subject &subject, const Symbol &symbol) {
  return join({subject.file, ": ", symbol_place(*subject.facts, symbol)});
}

std::string candidate(const Subject &subject, const Symbol &symbol) {
  const std::string_view source = subject.facts->sources[symbol.source];
  std::string line = join({place_of(subject, symbol), " ("});
  if (!source.empty())
    line += join({source, ", "});
  if (subject.facts->image && symbol.defined())
    line += join({hex(symbol.value), ")"});
  else if (symbol.home == Home::section)
    line += join({subject.facts->sections[symbol.section].name(), "+", hex(symbol.value), ")"});
  else
    line += join({symbol.home == Home::undefined ? "undefined"
                  : symbol.home == Home::common  ? "common"
                                                 : "absolute",
                  ")"});
  const std::string demangled = demangle(symbol.name);
  return demangled == symbol.name ? line : join({line, " ", demangled});
}

} // namespace linkname::plan
