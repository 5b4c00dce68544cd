#include "base/verify_copy.h"

#include "base/diagnostic.h"
#include "base/text.h"

#include <algorithm>

namespace linkname {

bool same_ends(Bytes before, Bytes after, std::size_t window) {
  const std::size_t tail = before.size() - std::min(window, before.size());
  return before.size() == after.size() && before.substr(0, window) == after.substr(0, window) &&
         before.substr(tail) == after.substr(tail);
}

Result<void> verify_copy(Bytes before, Bytes after, const Settle &settle) {
  if (Result<void> settled = settle(); !settled)
    return settled;
  constexpr std::size_t window = 4096;
  if (same_ends(before, after, window))
    return {};
  return not_as_planned("file", "an empty plan changes nothing");
}

Result<void> verify_splices(Bytes before, const Splices &splices, Bytes after) {
  constexpr std::size_t window = 64;
  std::uint64_t to = 0;
  const auto next_is = [&](Bytes wanted, std::size_t ends) {
    const Bytes now = slice(after, to, wanted.size()).value_or(Bytes{});
    to += wanted.size();
    return same_ends(wanted, now, ends);
  };
  std::uint64_t from = 0;
  for (const Splice &splice : splices) {
    const Bytes kept = before.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(splice.offset - from));
    if (!next_is(kept, window) || !next_is(splice.bytes, splice.bytes.size()))
      return not_as_planned(hex(splice.offset), "what was written there");
    from = splice.offset + splice.old_length;
  }
  if (!next_is(before.substr(static_cast<std::size_t>(from)), window) || to != after.size())
    return not_as_planned(hex(from), "what was written there");
  return {};
}

} // namespace linkname
