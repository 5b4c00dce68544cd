// Requests out of bytes, for the targets that rewrite: they speak of the input's own symbols, so that edits really
// happen.
#pragma once

#include "coff_judge.h"
#include "elf_judge.h"
#include "macho_judge.h"

#include "api/formats.h"
#include "base/demangle.h"

#include <linkname/rewrite.h>

#include <algorithm>
#include <string>

namespace linkname::fuzz {

inline std::string selector(Cursor &cursor, const Facts &facts) {
  const std::uint8_t form = cursor.byte();
  const Symbol &symbol = facts.symbols[cursor.half() % facts.symbols.size()];
  const std::string name(symbol.name);
  switch (form % 10) {
  case 0:
    return "#" + std::to_string(symbol.index) + ":" + name;
  case 1:
    return name.substr(0, form >> 4U) + "*";
  case 2:
    return std::string(facts.sources[symbol.source]) + ":" + name;
  case 3:
    return demangle(name);
  case 4:
    return without_parameters(demangle(name));
  case 5:
    return without_parameters(demangle(name)).substr(0, form >> 4U) + "::*";
  case 6:
    return "?" + name.substr(std::min<std::size_t>(1, name.size()));
  case 7:
    return std::string(cursor.take(form >> 4U));
  default:
    return name;
  }
}

inline std::string new_name(Cursor &cursor, const Facts &facts) {
  const std::uint8_t form = cursor.byte();
  switch (form % 6) {
  case 0:
    return std::string(facts.symbols[cursor.half() % facts.symbols.size()].name);
  case 1:
    return "new_*";
  case 2:
    return "new@V" + std::to_string(form >> 4U);
  case 3:
    return std::string(cursor.take(form >> 4U));
  default:
    return "new_" + std::to_string(form >> 4U);
  }
}

inline RewriteOptions options_from(std::string_view steering, const Facts &facts) {
  RewriteOptions options;
  Cursor cursor(steering);
  const std::uint8_t flags = cursor.byte();
  options.strict = (flags & 1U) != 0;
  if ((flags & 2U) != 0) {
    if (Result<Rules> rules = parse_rules(cursor.take(flags >> 3U), "fuzz.rules"))
      options.requests = std::move(rules->requests);
  }
  while (!cursor.empty() && !facts.symbols.empty()) {
    const std::uint8_t verb = cursor.byte();
    Request request;
    request.verb = static_cast<Verb>(verb % 7);
    request.unsafe = verb >= 128;
    request.symbol = selector(cursor, facts);
    if (takes_name(request.verb))
      request.name = new_name(cursor, facts);
    request.asked_by = "--fuzz";
    // What the command line and the rules file refuse before the library is asked.
    std::erase(request.symbol, '\0');
    std::erase(request.name, '\0');
    const bool named = request.verb != Verb::rename && request.verb != Verb::alias;
    if (!request.symbol.empty() && (named || !request.name.empty()))
      options.requests.push_back(std::move(request));
  }
  return options;
}

/// Of objects. Images have targets of their own.
inline const Judge *judge_of(std::string_view object) {
  const Result<const Backend *> format = detect(object);
  for (const Judge *judge : {&elf_judge, &coff_judge, &macho_judge})
    if (format && *format == &judge->backend)
      return judge;
  return nullptr;
}

inline void require_reasons(const Error &error) {
  require(error.status != Status::done, "a failure has a status");
  require(!error.diagnostics.empty(), "a failure has a reason");
  require(std::ranges::any_of(error.diagnostics,
                              [](const Diagnostic &diagnostic) { return diagnostic.severity == Severity::error; }),
          "a failure has a reason that is an error");
}

} // namespace linkname::fuzz
