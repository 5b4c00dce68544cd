#include "plan/name_patterns.h"

#include "base/demangle.h"
#include "base/text.h"
#include "plan/selector.h"

namespace linkname::plan {
namespace {

/// A pattern over demangled names, and what it fits in each of its readings.
struct Demangled {
  std::size_t pattern = 0;
  std::string wanted;
  std::vector<std::uint32_t> signatures, functions, wildcards;

  void look_at(std::uint32_t number, const std::string &signature, const std::string &function) {
    if (signature == wanted)
      signatures.push_back(number);
    else if (function == wanted)
      functions.push_back(number);
    else if (is_wildcard(wanted) && wildcard_match(wanted, signature))
      wildcards.push_back(number);
  }

  std::vector<std::uint32_t> take() {
    return std::move(!signatures.empty() ? signatures : !functions.empty() ? functions : wildcards);
  }
};

} // namespace

std::vector<std::vector<std::uint32_t>> names_that_fit(std::span<const std::string> patterns, const SetNames &names) {
  std::vector<std::vector<std::uint32_t>> found(patterns.size());
  std::vector<Demangled> demangled;
  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (const std::optional<std::uint32_t> exact = names.find(patterns[i]))
      found[i].push_back(*exact);
    else if (is_demangled(patterns[i]))
      demangled.push_back({.pattern = i,
                           .wanted = canonical_spelling(patterns[i]),
                           .signatures = {},
                           .functions = {},
                           .wildcards = {}});

  for (std::uint32_t number = 0; number < names.all().size() && !demangled.empty(); ++number) {
    const std::string name = names.full_name(names.all()[number]);
    if (!may_be_mangled(name))
      continue;
    const std::string readable = demangle(name);
    const std::string signature = canonical_spelling(readable);
    const std::string function = canonical_spelling(without_parameters(readable));
    for (Demangled &pattern : demangled)
      pattern.look_at(number, signature, function);
  }
  for (Demangled &pattern : demangled)
    found[pattern.pattern] = pattern.take();

  for (std::size_t i = 0; i < patterns.size(); ++i)
    if (found[i].empty() && is_wildcard(patterns[i]))
      for (std::uint32_t number = 0; number < names.all().size(); ++number)
        if (wildcard_match(patterns[i], names.full_name(names.all()[number])))
          found[i].push_back(number);
  return found;
}

} // namespace linkname::plan
