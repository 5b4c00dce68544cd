// The whole rewrite of one object in memory. The end of the input makes up requests that speak of the object's own
// symbols, so that edits really happen; what comes out is held against what is promised of every rewrite.
#include "container/archive.h"
#include "container/universal.h"
#include "steering.h"

#include <linkname/rewrite.h>

#include <algorithm>
#include <string>

using namespace linkname;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto [object, steering] = fuzz::Input::split(data, size);
  Facts facts;
  const fuzz::Judge *const judge = fuzz::judge_of(object);
  if (judge != nullptr)
    if (Result<Facts> known = judge->backend.inspect(object))
      facts = std::move(*known);
  const RewriteOptions options = fuzz::options_from(steering, facts);
  if (container::Archive::recognises(object) || container::Universal::recognises(object))
    return 0; // fuzz_archive's
  const Result<std::string> result = rewrite_bytes(object, "in.o", options);
  const bool sound = judge != nullptr && judge->nothing_overlaps(object);
  if (!result) {
    fuzz::require_reasons(result.error());
    fuzz::require(!sound || result.error().status != Status::system, "a sound object never fails its verification");
    return 0;
  }
  if (options.requests.empty() && facts.record_sections.empty())
    fuzz::require(*result == object, "without a record or a request nothing changes");
  fuzz::require(rewrite_bytes(object, "in.o", options) == *result, "the output is deterministic");
  if (!sound)
    return 0;

  const bool localizes =
      std::ranges::any_of(options.requests, [](const Request &request) { return request.verb == Verb::localize; });
  judge->require_same_contents(object, *result, localizes);
  fuzz::require_success(judge->backend.inspect(*result), "the result is an object again");

  // The records alone, obeyed once more: requests may have made a record impossible, but never unstable.
  const Result<std::string> again = rewrite_bytes(*result, "in.o", {});
  if (options.requests.empty()) {
    fuzz::require_success(again, "records that were obeyed can be obeyed");
    fuzz::require(*again == *result, "records that were obeyed are obeyed");
  } else if (again) {
    const Result<std::string> once_more = rewrite_bytes(*again, "in.o", {});
    fuzz::require_success(once_more, "records that were obeyed can be obeyed");
    fuzz::require(*once_more == *again, "records that were obeyed stay obeyed");
  }
  return 0;
}
