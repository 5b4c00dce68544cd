// The whole rewrite of one object in memory. The end of the input makes up requests that speak of the object's own
// symbols, so that edits really happen; what comes out is held against what is promised of every rewrite.
#include "coff_judge.h"
#include "elf_judge.h"
#include "macho_judge.h"

#include "base/demangle.h"

#include <linkname/rewrite.h>

#include <algorithm>
#include <string>

using namespace linkname;

namespace {

std::string selector(fuzz::Cursor &cursor, const Facts &facts) {
  const std::uint8_t form = cursor.byte();
  const Symbol &symbol = facts.symbols[cursor.half() % facts.symbols.size()];
  const std::string name(symbol.name);
  switch (form % 10) {
  case 0:
    return "#" + std::to_string(symbol.index) + ":" + name;
  case 1:
    return name.substr(0, form >> 4U) + "*";
  case 2:
    return std::string(facts.sources[symbol.source]) + ":" + name;
  case 3:
    return demangle(name);
  case 4:
    return without_parameters(demangle(name));
  case 5:
    return without_parameters(demangle(name)).substr(0, form >> 4U) + "::*";
  case 6:
    return "?" + name.substr(std::min<std::size_t>(1, name.size()));
  case 7:
    return std::string(cursor.take(form >> 4U));
  default:
    return name;
  }
}

std::string new_name(fuzz::Cursor &cursor, const Facts &facts) {
  const std::uint8_t form = cursor.byte();
  switch (form % 6) {
  case 0:
    return std::string(facts.symbols[cursor.half() % facts.symbols.size()].name);
  case 1:
    return "new_*";
  case 2:
    return "new@V" + std::to_string(form >> 4U);
  case 3:
    return std::string(cursor.take(form >> 4U));
  default:
    return "new_" + std::to_string(form >> 4U);
  }
}

RewriteOptions options_from(std::string_view steering, const Facts &facts) {
  RewriteOptions options;
  fuzz::Cursor cursor(steering);
  const std::uint8_t flags = cursor.byte();
  options.strict = (flags & 1U) != 0;
  if ((flags & 2U) != 0) {
    if (Result<std::vector<Request>> rules = parse_rules(cursor.take(flags >> 3U), "fuzz.rules"))
      options.requests = std::move(*rules);
  }
  while (!cursor.empty() && !facts.symbols.empty()) {
    const std::uint8_t verb = cursor.byte();
    Request request;
    request.verb = static_cast<Verb>(verb % 6);
    request.unsafe = verb >= 128;
    request.symbol = selector(cursor, facts);
    if (request.verb == Verb::rename || request.verb == Verb::alias)
      request.name = new_name(cursor, facts);
    request.asked_by = "--fuzz";
    // What the command line and the rules file refuse before the library is asked.
    std::erase(request.symbol, '\0');
    std::erase(request.name, '\0');
    const bool named = request.verb != Verb::rename && request.verb != Verb::alias;
    if (!request.symbol.empty() && (named || !request.name.empty()))
      options.requests.push_back(std::move(request));
  }
  return options;
}

/// The formats that are rewritten.
const fuzz::Judge *judge_of(std::string_view object) {
  for (const fuzz::Judge *judge : {&fuzz::elf_judge, &fuzz::coff_judge, &fuzz::macho_judge})
    if (judge->backend.recognises(object))
      return judge;
  return nullptr;
}

void require_reasons(const Error &error) {
  fuzz::require(error.status != Status::done, "a failure has a status");
  fuzz::require(!error.diagnostics.empty(), "a failure has a reason");
  fuzz::require(
      std::ranges::any_of(error.diagnostics,
                          [](const Diagnostic &diagnostic) { return diagnostic.severity == Severity::error; }),
      "a failure has a reason that is an error");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto [object, steering] = fuzz::Input::split(data, size);
  Facts facts;
  const fuzz::Judge *const judge = judge_of(object);
  if (judge != nullptr)
    if (Result<Facts> known = judge->backend.inspect(object))
      facts = std::move(*known);
  const RewriteOptions options = options_from(steering, facts);
  const Result<std::string> result = rewrite_bytes(object, "in.o", options);
  const bool sound = judge != nullptr && judge->nothing_overlaps(object);
  if (!result) {
    require_reasons(result.error());
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
