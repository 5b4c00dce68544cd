// The reader of rules files.
#include "fuzz.h"

#include <linkname/rewrite.h>

using namespace linkname;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const Result<std::vector<Request>> requests = parse_rules({reinterpret_cast<const char *>(data), size}, "fuzz.rules");
  if (!requests) {
    fuzz::require(!requests.error().diagnostics.empty(), "a failure has a reason");
    return 0;
  }
  for (const Request &request : *requests) {
    const bool names = request.verb == Verb::rename || request.verb == Verb::alias;
    fuzz::require(!request.symbol.empty() && names == !request.name.empty(), "a request is complete");
  }
  return 0;
}
