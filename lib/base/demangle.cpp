#include "base/demangle.h"

#include "base/demangled_size.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/Demangle/Demangle.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstdlib>
#include <memory>

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

// No real name prints longer.
constexpr std::uint64_t longest_print = 1U << 20U;

/// Whether `name` stays below longest_print because so little in it looks like a reference to an earlier part: each
/// doubles what there is at most.
bool refers_little(std::string_view name, std::string_view references) {
  const auto count = std::ranges::count_if(name, [&](char c) { return references.contains(c); });
  return count < 20 && (std::uint64_t{name.size()} << static_cast<unsigned>(count)) <= longest_print;
}

/// Whether `name` is mangled and prints no longer than longest_print. References to references let a short name print
/// as more than fits into memory, and names come from files that nobody vouches for.
bool prints_small(std::string_view name) {
  const std::size_t dots = std::min(name.find_first_not_of('.'), name.size());
  const std::string_view plain = name.substr(dots);
  if (plain.starts_with('?')) // Microsoft
    return refers_little(plain, "0123456789");
  const std::size_t underscores = std::min(plain.find_first_not_of('_'), plain.size());
  if (underscores == 0 || underscores == plain.size())
    return false;
  switch (plain[underscores]) {
  case 'Z': {
    // Only a J...E opens a pack, which one reference prints many times over.
    if (refers_little(plain, "ST") && !plain.contains('J'))
      return true;
    // Where the name is none, the demangler tries again without Mach-O's underscore.
    const std::uint64_t size = std::max(demangled_size(plain), demangled_size(plain.substr(1)));
    return size != 0 && size <= longest_print;
  }
  case 'R': // Rust
    return refers_little(plain, "B");
  case 'D':
    return refers_little(plain, "Q");
  default:
    return false;
  }
}

void replace_all(std::string &text, std::string_view old_part, std::string_view new_part) {
  for (std::size_t at = 0; (at = text.find(old_part, at)) != std::string::npos; at += new_part.size())
    text.replace(at, old_part.size(), new_part);
}

/// A Microsoft name as the Itanium demangler would print it, so that one spelling selects a function wherever it was
/// compiled: without access, calling convention and result.
std::string demangle_microsoft(const std::string &name) {
  constexpr auto flags = // NOLINTNEXTLINE(clang-analyzer-optin.core.EnumCastOutOfRange): a set of bits
      static_cast<llvm::MSDemangleFlags>(llvm::MSDF_NoAccessSpecifier | llvm::MSDF_NoCallingConvention |
                                         llvm::MSDF_NoReturnType | llvm::MSDF_NoMemberType | llvm::MSDF_NoVariableType);
#if LLVM_VERSION_MAJOR >= 17
  const std::unique_ptr<char, decltype(&std::free)> text(llvm::microsoftDemangle(name, nullptr, nullptr, flags),
                                                         &std::free);
#else
  const std::unique_ptr<char, decltype(&std::free)> text(
      llvm::microsoftDemangle(name.c_str(), nullptr, nullptr, nullptr, nullptr, flags), &std::free);
#endif
  if (!text)
    return name;
  std::string result = text.get();
  replace_all(result, "`anonymous namespace'", "(anonymous namespace)");
  replace_all(result, "(void)", "()");
  return result;
}

} // namespace

std::string demangle(std::string_view name) {
  // Longer than any real name; the demangler recurses with the name's depth.
  constexpr std::size_t longest = 8U << 10U;
  if (name.size() > longest || !prints_small(name))
    return std::string(name);
  return name.starts_with('?') ? demangle_microsoft(std::string(name)) : llvm::demangle(std::string(name));
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
  const std::size_t close = demangled.rfind(')');
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
  for (std::size_t i = 0; i < name.size() && (nesting != 0 || !opens_operator(name, i)); ++i) {
    const char c = name[i];
    if (c == '<' || c == '(')
      ++nesting;
    else if (c == ')' || (c == '>' && !name.substr(0, i).ends_with('-')))
      --nesting;
    else if (c == ' ' && nesting == 0)
      start = i + 1;
  }
  return std::string(name.substr(start));
}

} // namespace linkname
