#include "base/demangle.h"

#include <llvm/Demangle/Demangle.h>

#include <cctype>

namespace linkname {
namespace {

bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$'; }

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
  if (depth != 0 || open == 0 || demangled.substr(open).starts_with("(anonymous namespace)"))
    return std::string(demangled);
  std::string_view name = demangled.substr(0, open);

  // A template's return type stands before its name, behind the last top-level space.
  int nesting = 0;
  for (std::size_t i = name.size(); i-- > 0;) {
    const char c = name[i];
    if (c == '>' || c == ')')
      ++nesting;
    else if (c == '<' || c == '(')
      --nesting;
    else if (c == ' ' && nesting == 0 && !name.substr(0, i).ends_with("operator"))
      return std::string(name.substr(i + 1));
  }
  return std::string(name);
}

} // namespace linkname
