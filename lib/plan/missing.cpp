#include "plan/missing.h"

#include "base/demangle.h"
#include "base/text.h"
#include "plan/selector.h"

#include <algorithm>
#include <cctype>

namespace linkname::plan {
namespace {

constexpr std::size_t most_suggestions = 5;

bool same_but_for_case(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](unsigned char x, unsigned char y) { return std::tolower(x) == std::tolower(y); });
}

std::string_view without_underscores(std::string_view name) {
  name.remove_prefix(std::min(name.find_first_not_of('_'), name.size()));
  return name;
}

/// The last component of a demangled name: what people type first.
std::string plain_name(const std::string &demangled) {
  const std::string name = without_parameters(demangled);
  const std::size_t arguments = name.find('<');
  const std::size_t colon = name.rfind(':', arguments);
  return name.substr(colon == std::string::npos ? 0 : colon + 1,
                     arguments == std::string::npos ? arguments : arguments - colon - 1);
}

struct Suggestion {
  std::size_t distance; ///< 0 is a sure hit of another spelling
  std::string text;
  bool is_clone = false;

  auto operator<=>(const Suggestion &) const = default;
};

/// How near `symbol` is to `name`; nothing when it is another name altogether.
std::optional<Suggestion> nearness(std::string_view name, std::string_view wanted_plain, const Symbol &symbol) {
  const std::string shown = quoted(symbol.name);
  if (symbol.name.starts_with(name) && clone_suffix(symbol.name) == symbol.name.substr(name.size()) &&
      !clone_suffix(symbol.name).empty())
    return Suggestion{.distance = 0, .text = shown, .is_clone = true};
  if (without_underscores(symbol.name) == without_underscores(name) || same_but_for_case(symbol.name, name))
    return Suggestion{.distance = 0, .text = shown};
  if (symbol.name.starts_with("_Z") || symbol.name.starts_with("__Z") || symbol.name.starts_with("?")) {
    const std::string demangled = demangle(symbol.name);
    if (demangled != symbol.name && plain_name(demangled) == wanted_plain)
      return Suggestion{.distance = 0, .text = join({shown, ", which is ", demangled})};
    return std::nullopt;
  }
  const std::size_t limit = std::clamp<std::size_t>(name.size() / 4, 1, 4);
  const std::size_t distance = edit_distance(name, symbol.name, limit);
  if (distance > limit)
    return std::nullopt;
  return Suggestion{.distance = distance, .text = shown};
}

/// `1149` of `name=1149`, which was meant to be an address; empty where it could not be one.
std::string_view number_behind_equals(std::string_view name) {
  const std::size_t equals = name.rfind('=');
  if (equals == std::string_view::npos || equals == 0)
    return {};
  const std::string_view number = name.substr(equals + 1);
  const bool fits = number.find_first_of("0123456789") == 0 &&
                    number.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
  return fits ? number : std::string_view();
}

} // namespace

std::string_view clone_suffix(std::string_view name) {
  for (const std::string_view mark : {".isra", ".constprop", ".part", ".cold"}) {
    const std::size_t at = name.find(mark);
    const std::size_t end = at + mark.size();
    if (at != std::string_view::npos && at != 0 && (end == name.size() || name[end] == '.'))
      return name.substr(at);
  }
  return {};
}

Diagnostic missing_name(std::string_view asked_by, std::string_view name, std::span<const Subject> subjects) {
  Diagnostic result{
      .severity = Severity::error, .place = std::string(asked_by), .reason = {}, .hint = {}, .details = {}};
  const Selector plain = Readings(name).last();
  const std::string wanted_plain = plain_name(std::string(plain.name));
  std::vector<Suggestion> near;
  bool elsewhere = false;
  for (const Subject &subject : subjects)
    for (const Symbol &symbol : subject.facts->symbols) {
      if (!symbol.named())
        continue;
      elsewhere = elsewhere || (!plain.qualifier.empty() && symbol.name == plain.name);
      if (!symbol.defined() && symbol.name == plain.name)
        continue; // who asks for it
      if (std::optional<Suggestion> found = nearness(plain.name, wanted_plain, symbol))
        near.push_back(std::move(*found));
    }
  std::ranges::sort(near);
  const auto repeated = std::ranges::unique(near);
  near.erase(repeated.begin(), repeated.end());

  const std::string where = subjects.size() == 1 ? std::string(subjects.front().file)
                            : subjects.empty()   ? std::string("the input, which holds no object")
                                                 : join({"any of ", std::to_string(subjects.size()), " objects"});
  result.reason = join(
      {is_wildcard(name) && near.empty() ? "nothing matches " : "there is no symbol ", quoted(name), " in ", where});
  const bool only_clones = !near.empty() && near.front().distance == 0 &&
                           std::ranges::all_of(near, [](const Suggestion &s) { return s.distance != 0 || s.is_clone; });
  if (elsewhere)
    result.hint = join({"there is a ", quoted(plain.name), ", but not from ", quoted(plain.qualifier)});
  else if (only_clones)
    result.hint = join(
        {"the optimiser has left only ", near.front().text, ", which is not called as it is written: put LINKNAME(",
         subjects.front().facts->c_level(plain.name), ") into its source, which makes the compiler keep it"});
  else if (near.size() == 1)
    result.hint = join({"did you mean ", near.front().text, "?"});
  else if (!near.empty()) {
    result.hint = "did you mean one of these?";
    for (std::size_t i = 0; i < std::min(near.size(), most_suggestions); ++i)
      result.details.push_back(near[i].text);
  } else if (const std::string_view number = number_behind_equals(name); !number.empty())
    result.hint = join({"an address begins with 0x: ", name.substr(0, name.size() - number.size()), "0x", number});
  else
    result.hint = "`linkname-tool inspect` lists the names that are there";
  return result;
}

} // namespace linkname::plan
