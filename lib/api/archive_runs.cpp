#include "api/archive_runs.h"

#include "plan/selector.h"

#include <algorithm>
#include <cstring>
#include <optional>

namespace linkname {
namespace {

/// So much at a time: each run costs a look at a lock.
constexpr std::uint64_t worth_telling = 1U << 20U;

bool adds_entry(Verb verb) { return verb == Verb::alias || verb == Verb::export_; }

/// How often `name` is one of the names, which end with zeros.
std::size_t occurrences(Bytes names, std::string_view name) {
  std::size_t count = 0;
  const auto next = [&](std::size_t from) { // memmem() is several times as fast as find() here
    const void *const found = ::memmem(names.data() + from, names.size() - from, name.data(), name.size());
    return found == nullptr ? names.size() : static_cast<std::size_t>(static_cast<const char *>(found) - names.data());
  };
  for (std::size_t at = next(0); at < names.size(); at = next(at + 1)) {
    const std::size_t end = at + name.size();
    if (at != 0 && names[at - 1] == '\0' && end < names.size() && names[end] == '\0')
      ++count;
  }
  return count;
}

std::string_view name_of(const Request &request) { return plan::Readings(request.symbol).last().name; }

std::uint64_t growth_of_index(Bytes index, std::span<const Request> requests) {
  constexpr std::uint64_t offset = 8; // of the member, in the longest form
  std::uint64_t growth = 0;
  for (const Request &request : requests) {
    if (adds_entry(request.verb))
      growth += offset + std::max(request.name.size(), name_of(request).size()) + 1;
    else if (request.verb == Verb::rename && request.name.size() > name_of(request).size())
      growth += occurrences(index, name_of(request)) * (request.name.size() - name_of(request).size());
  }
  return align_up(growth, large_step).value_or(0);
}

} // namespace

Run ArchiveRuns::guess(Bytes archive, std::span<const Request> requests) {
  Run guess = {.from = 0, .until = archive.size(), .distance = 0};
  const Result<container::Archive> start = container::Archive::read_start(archive);
  if (!start)
    return guess;
  for (const container::Member &member : start->members())
    if (is_index(member.role)) {
      guess.from = member.end();
      guess.distance += growth_of_index(start->contents(member), requests);
    }
  return guess;
}

void ArchiveRuns::pass(std::uint32_t member, const Known *known) {
  step_to(member);
  const container::Member &here = archive_.members()[member];
  if (const std::optional<std::uint64_t> growth = known != nullptr ? growth_of(*known) : std::nullopt)
    leave_out(here, *growth);
  else if (here.end() - from_ >= worth_telling)
    tell(here.end());
  next_ = member + 1;
}

void ArchiveRuns::end() {
  step_to(static_cast<std::uint32_t>(archive_.members().size()));
  tell(archive_.bytes().size());
}

/// Passes what is no object: indices are written anew.
void ArchiveRuns::step_to(std::uint32_t member) {
  for (; next_ < member; ++next_)
    if (const container::Member &passed = archive_.members()[next_]; is_index(passed.role))
      leave_out(passed, growth_of_index(archive_.contents(passed), requests_));
}

void ArchiveRuns::leave_out(const container::Member &member, std::uint64_t growth) {
  tell(member.header);
  from_ = member.end();
  distance_ += growth;
}

void ArchiveRuns::tell(std::uint64_t until) {
  copy_.expect({.from = from_, .until = until, .distance = distance_});
  from_ = until;
}

/// Nothing where the object is not touched.
std::optional<std::uint64_t> ArchiveRuns::growth_of(const Known &known) const {
  constexpr std::uint64_t entry = 28; // Elf64_Sym and its word in .symtab_shndx
  std::uint64_t growth = 0;
  bool touched = !known.records.empty();
  for (const Record &record : known.records)
    growth += entry + record.local.size() + record.remote.size();
  for (const Request &request : requests_) {
    const std::string_view name = name_of(request);
    const bool any = std::ranges::any_of(known.facts->symbols, [&](const Symbol &symbol) {
      return plan::without_version(symbol.name) == name &&
             (symbol.defined() || request.verb == Verb::rename || request.verb == Verb::weaken);
    });
    if (!any)
      continue;
    touched = true;
    if (adds_entry(request.verb) || request.verb == Verb::rename)
      growth += entry + std::max(request.name.size(), name.size()) + 1;
  }
  return touched ? align_up(growth, large_step) : std::nullopt;
}

} // namespace linkname
