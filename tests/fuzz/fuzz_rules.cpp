// The reader of rules files.
#include "fuzz.h"

#include <linkname/rewrite.h>

using namespace linkname;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const Result<Rules> rules = parse_rules({reinterpret_cast<const char *>(data), size}, "fuzz.rules");
  if (!rules) {
    fuzz::require(!rules.error().diagnostics.empty(), "a failure has a reason");
    return 0;
  }
  for (const Request &request : rules->requests) {
    const bool names = request.verb == Verb::rename || request.verb == Verb::alias;
    fuzz::require(!request.symbol.empty() && names == !request.name.empty(), "a request is complete");
  }
  for (const Permission &permission : rules->permissions)
    fuzz::require(!permission.symbol.empty() && (!permission.allowed || permission.consumers.size() == 1),
                  "a permission is complete");
  return 0;
}
