// What is read of debug information, for every symbol and without the evidence that would make it unnecessary. LLVM's
// DWARF reader does the work, on bytes that anybody may have made up.
#include "fuzz.h"

#include "check/dwarf.h"
#include "elf/backend.h"
#include "macho/backend.h"

using namespace linkname;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const std::string_view object(reinterpret_cast<const char *>(data), size);
  const Backend *format = nullptr;
  for (const Backend *candidate : {&elf::backend, &macho::backend})
    if (candidate->recognises(object))
      format = candidate;
  if (format == nullptr)
    return 0;
  const Result<Facts> facts = format->inspect(object);
  if (!facts)
    return 0;
  std::vector<const Symbol *> symbols;
  for (const Symbol &symbol : facts->symbols)
    if (symbol.named() && symbol.defined())
      symbols.push_back(&symbol);
  fuzz::require(check::debug_evidence(object, *format, *facts, symbols).size() == symbols.size(),
                "there is an answer for every symbol");
  return 0;
}
