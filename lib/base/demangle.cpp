#include "base/demangle.h"

#include <llvm/Demangle/Demangle.h>

#include <cctype>

namespace linkname {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

/// Whether the word `operator` stands at `at`: what follows it may hold spaces and angle brackets of its own.
bool opens_operator(std::string_view name, std::size_t at) {
  constexpr std::string_view word = "operator";
  const std::string_view rest = name.substr(at);
  return rest.starts_with(word) && (at == 0 || !is_word(name[at - 1])) &&
         (rest.size() == word.size() || !is_word(rest[word.size()]));
}

} // namespace

std::string demangle(std::string_view name) {
  // Long enough for any real name, short enough that a crafted one cannot keep the demangler busy.
  constexpr std::size_t longest = 1U << 16U;
  if (name.size() > longest)
    return std::string(name);
  return llvm::demangle(std::string(name));
}

std::string canonical_spelling(std::string_view demangled) {
  std::string result;
  for (std::size_t i = 0; i < demangled.size(); ++i) {
    const char c = demangled[i];
    const bool separates =
        !result.empty() && is_word(result.back()) && i + 1 < demangled.size() && is_word(demangled[i + 1]);
    if (c != ' ' || separates)
      result += c;
  }
  return result;
}

std::string without_parameters(std::string_view demangled) {
  // The parameter list is the last top-level (...) that does not open with "(anonymous namespace)"; template arguments
  // and nested parentheses are stepped over from the right.
  std::size_t close = demangled.rfind(')');
  if (close == std::string_view::npos)
    return std::string(demangled);
  int depth = 0;
  std::size_t open = close + 1;
  while (open > 0) {
    --open;
    if (demangled[open] == ')')
      ++depth;
    else if (demangled[open] == '(' && --depth == 0)
      break;
  }
  // `f(int)::x` is a variable of f, and `f(int) (.cold)` a part of it.
  const std::string_view behind = demangled.substr(close + 1);
  if (depth != 0 || open == 0 || demangled.substr(open).starts_with("(anonymous namespace)") ||
      demangled.substr(open).starts_with("(.") || (!behind.empty() && behind.front() != ' '))
    return std::string(demangled);
  const std::string_view name = demangled.substr(0, open);

  // A template's return type stands before its name, up to the last top-level space that no operator's name follows.
  int nesting = 0;
  std::size_t start = 0;
  for (std::size_t i = 0; i < name.size() && !(nesting == 0 && opens_operator(name, i)); ++i) {
    const char c = name[i];
    if (c == '<' || c == '(')
      ++nesting;
    else if (c == ')' || (c == '>' && (i == 0 || name[i - 1] != '-')))
      --nesting;
    else if (c == ' ' && nesting == 0)
      start = i + 1;
  }
  return std::string(name.substr(start));
}

} // namespace linkname
