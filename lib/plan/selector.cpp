#include "plan/selector.h"

#include "base/demangle.h"
#include "base/text.h"
#include "plan/versions.h"

#include <algorithm>
#include <charconv>

namespace linkname::plan {
namespace {

std::string_view base_name(std::string_view path) { return path.substr(path.find_last_of("/\\") + 1); }

/// `path` is `file` or ends with `/file`.
bool names_file(std::string_view file, std::string_view path) {
  if (!path.ends_with(file))
    return false;
  const std::size_t rest = path.size() - file.size();
  return rest == 0 || path[rest - 1] == '/' || path[rest - 1] == '\\';
}

template <class Fits>
std::vector<std::uint32_t> all_that_fit(const Selector &selector, const Subject &subject, Fits fits) {
  std::vector<std::uint32_t> found;
  const std::vector<Symbol> &symbols = subject.facts->symbols;
  for (std::uint32_t i = 0; i < symbols.size(); ++i)
    if (symbols[i].named() && qualifies(selector.qualifier, subject, symbols[i]) && fits(symbols[i]))
      found.push_back(i);
  return found;
}

Matches select_exactly(const Selector &selector, const Subject &subject, const NameIndex &index) {
  Matches matches{.kind = MatchKind::name, .positions = {}};
  const auto take = [&](std::span<const std::uint32_t> positions) {
    for (const std::uint32_t position : positions)
      if (qualifies(selector.qualifier, subject, subject.facts->symbols[position]))
        matches.positions.push_back(position);
  };
  take(index[selector.name]);
  const std::string_view version = version_of(selector.name);
  if (subject.facts->image && subject.facts->format == Format::elf && !version.empty())
    take(with_version(*subject.facts, index[without_version(selector.name)], version));
  return matches;
}

Matches select_demangled(const Selector &selector, const Subject &subject) {
  if (!is_demangled(selector.name))
    return {};
  const std::string wanted = canonical_spelling(selector.name);
  const auto signature = [&](const Symbol &symbol) {
    return may_be_mangled(symbol.name) && canonical_spelling(demangle(symbol.name)) == wanted;
  };
  const auto function = [&](const Symbol &symbol) {
    return may_be_mangled(symbol.name) && canonical_spelling(without_parameters(demangle(symbol.name))) == wanted;
  };
  const auto pattern = [&](const Symbol &symbol) {
    return may_be_mangled(symbol.name) && wildcard_match(wanted, canonical_spelling(demangle(symbol.name)));
  };
  if (auto found = all_that_fit(selector, subject, signature); !found.empty())
    return {.kind = MatchKind::signature, .positions = std::move(found)};
  if (auto found = all_that_fit(selector, subject, function); !found.empty())
    return {.kind = MatchKind::function, .positions = std::move(found)};
  if (is_wildcard(wanted))
    return {.kind = MatchKind::wildcard, .positions = all_that_fit(selector, subject, pattern)};
  return {};
}

} // namespace

bool may_be_mangled(std::string_view name) {
  return name.starts_with("_Z") || name.starts_with("__Z") || name.starts_with("_R") || name.starts_with("?");
}

bool is_demangled(std::string_view name) {
  const std::size_t anonymous = name.rfind("(anonymous namespace)");
  const bool with_parameters =
      name.find('(', anonymous == std::string_view::npos ? 0 : anonymous + 1) != std::string_view::npos;
  return with_parameters || name.find("::") != std::string_view::npos;
}

Readings::Readings(std::string_view text) : ways_{{{.qualifier = {}, .name = text}, {}}} {
  for (std::size_t colon = text.find(':'); colon != std::string_view::npos; colon = text.find(':', colon + 1)) {
    if (colon + 1 < text.size() && text[colon + 1] == ':') {
      ++colon;
      continue;
    }
    if (colon != 0 && colon + 1 != text.size())
      ways_[count_++] = {.qualifier = text.substr(0, colon), .name = text.substr(colon + 1)};
    break;
  }
}

bool qualifies(std::string_view qualifier, const Subject &subject, const Symbol &symbol) {
  if (const std::size_t number = qualifier.rfind('#'); number != std::string_view::npos) {
    std::uint32_t index = 0;
    const char *const end = qualifier.data() + qualifier.size();
    const auto [parsed, error] = std::from_chars(qualifier.data() + number + 1, end, index);
    if (error == std::errc{} && parsed == end) {
      if (symbol.index - subject.facts->table_of(symbol).from != index)
        return false;
      qualifier = qualifier.substr(0, number);
    }
  }
  return qualifier.empty() || names_file(qualifier, subject.path) || names_file(qualifier, subject.file) ||
         (!subject.member.empty() && names_file(qualifier, subject.member)) ||
         names_file(qualifier, subject.facts->sources[symbol.source]) ||
         (symbol.source != 0 && qualifier == base_name(subject.facts->sources[symbol.source]));
}

Matches select(std::string_view text, const Subject &subject, const NameIndex &index) {
  const Readings ways(text);
  for (const Selector &way : ways)
    if (Matches found = select_exactly(way, subject, index); !found.positions.empty())
      return found;
  for (const Selector &way : ways)
    if (Matches found = select_demangled(way, subject); !found.positions.empty())
      return found;
  for (const Selector &way : ways) {
    if (!is_wildcard(way.name))
      continue;
    auto found =
        all_that_fit(way, subject, [&](const Symbol &symbol) { return wildcard_match(way.name, symbol.name); });
    if (!found.empty())
      return {.kind = MatchKind::wildcard, .positions = std::move(found)};
  }
  return {};
}

std::optional<std::string> wildcard_name(const Request &request, std::string_view symbol) {
  const std::string_view name = request.name;
  const std::size_t to = name.find('*');
  if (to == std::string_view::npos || name.find('*', to + 1) != std::string_view::npos)
    return std::nullopt;
  for (const Selector &way : Readings(request.symbol)) {
    const std::size_t from = way.name.find('*');
    if (from == std::string_view::npos || way.name.find_first_of("?[\\") != std::string_view::npos ||
        way.name.find('*', from + 1) != std::string_view::npos)
      continue;
    const std::string_view before = way.name.substr(0, from);
    const std::string_view behind = way.name.substr(from + 1);
    if (symbol.size() < before.size() + behind.size() || !symbol.starts_with(before) || !symbol.ends_with(behind))
      continue;
    const std::string_view middle = symbol.substr(from, symbol.size() - before.size() - behind.size());
    return join({name.substr(0, to), middle, name.substr(to + 1)});
  }
  return std::nullopt;
}

} // namespace linkname::plan
