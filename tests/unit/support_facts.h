// Symbol tables made by hand, for the tests of what reads Facts.
#pragma once

#include <linkname/facts.h>

#include <string_view>

namespace linkname::test {

/// Appends a symbol that is defined in section 1; the first entry of every table is the format's null entry.
inline Symbol &add_symbol(Facts &facts, std::string_view name, Binding binding = Binding::global,
                          std::uint64_t value = 0) {
  if (facts.symbols.empty())
    facts.symbols.push_back({.name = {}});
  facts.symbols.push_back({.name = name,
                           .value = value,
                           .index = static_cast<std::uint32_t>(facts.symbols.size()),
                           .section = 1,
                           .binding = binding,
                           .kind = Kind::function,
                           .home = Home::section});
  return facts.symbols.back();
}

} // namespace linkname::test
