// Linked images of every format: reading them, holding their tables against each other, and the whole rewrite. What
// comes out of an image without findings has none either, and is edited again.
#include "steering.h"

#include "api/formats.h"
#include "base/text.h"

#include <algorithm>
#include <string>
#include <vector>

using namespace linkname;

namespace {

bool is_sound(const Backend &format, std::string_view image) {
  const Result<std::vector<Diagnostic>> found = format.lint(image);
  return found &&
         std::ranges::none_of(*found, [](const Diagnostic &finding) { return finding.severity == Severity::error; });
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto [image, steering] = fuzz::Input::split(data, size);
  const Result<const Backend *> format = detect(image);
  if (!format || (*format)->lint == nullptr)
    return 0;
  const bool sound = is_sound(**format, image);
  const Result<Facts> facts = (*format)->inspect(image);
  if (!facts)
    return 0;
  fuzz::require(facts->image, "an image says that it is one");
  std::vector<std::uint32_t> indices;
  for (const Symbol &symbol : facts->symbols) {
    fuzz::require(symbol.home != Home::section || symbol.section < facts->sections.size(),
                  "a section index is in range");
    fuzz::require(symbol.source < facts->sources.size(), "a source index is in range");
    indices.push_back(symbol.index);
  }
  const Result<std::vector<Evidence>> evidence = (*format)->evidence(image, indices);
  fuzz::require(!evidence || evidence->size() == indices.size(), "there is evidence for every symbol");

  RewriteOptions options = fuzz::options_from(steering, *facts);
  if (steering.size() > 4 && (steering[0] & 0x40) != 0 && !facts->symbols.empty()) {
    Request request;
    request.verb = Verb::export_;
    request.symbol = "by_address=" + hex(facts->symbols.back().value);
    request.asked_by = "--fuzz";
    options.requests.push_back(request);
  }
  const Result<std::string> result = rewrite_bytes(image, "in.so", options);
  if (!result) {
    fuzz::require_reasons(result.error());
    if (sound && result.error().status == Status::system)
      fuzz::require_success(result, "a sound image never fails its verification");
    return 0;
  }
  if (options.requests.empty())
    fuzz::require(*result == image, "without a request nothing changes");
  fuzz::require(rewrite_bytes(image, "in.so", options) == *result, "the output is deterministic");
  fuzz::require(!sound || is_sound(**format, *result), "a sound image stays sound");
  const Result<std::string> again = rewrite_bytes(*result, "in.so", options);
  if (sound && !again && again.error().status == Status::system)
    fuzz::require_success(again, "what was edited can be edited again");
  return 0;
}
