#include "link/handshake.h"

#include "base/demangle.h"
#include "base/text.h"

#include <algorithm>

namespace linkname::link {
namespace {

/// `src/app.c` fits `/home/me/src/app.c`: a pattern may begin at any folder.
bool fits_path(std::string_view pattern, std::string_view path) {
  for (;;) {
    if (!path.empty() && wildcard_match(pattern, path))
      return true;
    const std::size_t slash = path.find_first_of("/\\");
    if (slash == std::string_view::npos)
      return false;
    path.remove_prefix(slash + 1);
  }
}

bool fits_any(std::span<const std::string> patterns, const Consumer &consumer) {
  return std::ranges::any_of(patterns, [&](const std::string &pattern) {
    return fits_path(pattern, consumer.file) || fits_path(pattern, consumer.path) ||
           fits_path(pattern, consumer.member) || fits_path(pattern, consumer.source);
  });
}

bool fits_symbol(const std::string &pattern, const Facts &facts, std::string_view symbol) {
  return wildcard_match(pattern, symbol) || wildcard_match(pattern, facts.c_level(symbol)) ||
         wildcard_match(pattern, demangle(symbol));
}

} // namespace

const Permission *Handshake::denied(const Consumer &consumer, const Facts &facts, std::string_view symbol) const {
  const auto found = std::ranges::find_if(permissions_, [&](const Permission &permission) {
    return !permission.allowed && fits_symbol(permission.symbol, facts, symbol) &&
           !fits_any(permission.consumers, consumer);
  });
  return found == permissions_.end() ? nullptr : &*found;
}

const Permission *Handshake::allowed(const Consumer &consumer, const Facts &facts, std::string_view symbol) const {
  const auto found = std::ranges::find_if(permissions_, [&](const Permission &permission) {
    return permission.allowed && fits_symbol(permission.symbol, facts, symbol) &&
           fits_any(permission.consumers, consumer);
  });
  return found == permissions_.end() ? nullptr : &*found;
}

} // namespace linkname::link
