#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

namespace linkname {
namespace {

/// What one element of a pattern says about one character, and how long the element is.
struct Element {
  bool matches = false;
  std::size_t length = 1;
};

/// A `[...]` set at the start of `pattern`; a set without its end is the character `[`.
Element match_set(std::string_view pattern, char c) {
  std::size_t at = 1;
  const bool negated = at < pattern.size() && (pattern[at] == '!' || pattern[at] == '^');
  if (negated)
    ++at;
  bool found = false;
  const std::size_t first = at;
  for (; at < pattern.size() && (pattern[at] != ']' || at == first); ++at) {
    const char low = pattern[at];
    char high = low;
    if (at + 2 < pattern.size() && pattern[at + 1] == '-' && pattern[at + 2] != ']') {
      high = pattern[at + 2];
      at += 2;
    }
    found = found || (low <= c && c <= high);
  }
  if (at >= pattern.size())
    return {.matches = c == '[', .length = 1};
  return {.matches = found != negated, .length = at + 1};
}

Element match_element(std::string_view pattern, char c) {
  switch (pattern.front()) {
  case '?':
    return {.matches = true, .length = 1};
  case '[':
    return match_set(pattern, c);
  case '\\':
    if (pattern.size() > 1)
      return {.matches = pattern[1] == c, .length = 2};
    [[fallthrough]];
  default:
    return {.matches = pattern.front() == c, .length = 1};
  }
}

} // namespace

std::string join(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces)
    size += piece.size();
  std::string result;
  result.reserve(size);
  for (const std::string_view piece : pieces)
    result += piece;
  return result;
}

std::string quoted(std::string_view name) {
  std::string result = "'";
  for (const char c : name) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7f)
      result += join({"\\x", std::string_view("0123456789abcdef").substr(byte >> 4, 1),
                      std::string_view("0123456789abcdef").substr(byte & 15, 1)});
    else
      result += c;
  }
  return result += '\'';
}

std::string hex(std::uint64_t value) {
  std::string digits;
  do
    digits += "0123456789abcdef"[value & 15];
  while ((value >>= 4) != 0);
  digits += "x0";
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  if (a.size() > b.size())
    std::swap(a, b);
  if (b.size() - a.size() > limit)
    return limit + 1;
  std::vector<std::size_t> before(a.size() + 1); // the row above `above`
  std::vector<std::size_t> above(a.size() + 1);
  std::vector<std::size_t> row(a.size() + 1);
  for (std::size_t i = 0; i <= a.size(); ++i)
    row[i] = i;
  std::size_t best_above = 0;
  for (std::size_t j = 1; j <= b.size(); ++j) {
    std::swap(before, above);
    std::swap(above, row);
    std::size_t best = row[0] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
      row[i] = std::min({above[i - 1] + (a[i - 1] == b[j - 1] ? 0 : 1), above[i] + 1, row[i - 1] + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
        row[i] = std::min(row[i], before[i - 2] + 1);
      best = std::min(best, row[i]);
    }
    if (best > limit && best_above >= limit)
      return limit + 1;
    best_above = best;
  }
  return std::min(row[a.size()], limit + 1);
}

bool is_wildcard(std::string_view pattern) { return pattern.find_first_of("*?[") != std::string_view::npos; }

bool wildcard_match(std::string_view pattern, std::string_view name) {
  // Greedy with one point of return, the last `*`: linear in practice and never recursive.
  std::size_t p = 0;
  std::size_t n = 0;
  std::size_t star = std::string_view::npos;
  std::size_t star_name = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      star_name = n;
      continue;
    }
    if (p < pattern.size()) {
      const Element element = match_element(pattern.substr(p), name[n]);
      if (element.matches) {
        p += element.length;
        ++n;
        continue;
      }
    }
    if (star == std::string_view::npos)
      return false;
    p = star + 1;
    n = ++star_name;
  }
  while (p < pattern.size() && pattern[p] == '*')
    ++p;
  return p == pattern.size();
}

} // namespace linkname
