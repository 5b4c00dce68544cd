// The words that text and JSON share for the library's enumerations.
#pragma once

#include <linkname/facts.h>
#include <linkname/link.h>
#include <linkname/plan.h>

#include <string_view>

namespace linkname::tool {

constexpr std::string_view word(Severity severity) {
  constexpr std::string_view words[] = {"note", "warning", "error"};
  return words[static_cast<unsigned>(severity)];
}

constexpr std::string_view word(Format format) {
  constexpr std::string_view words[] = {"elf", "macho", "coff"};
  return words[static_cast<unsigned>(format)];
}

constexpr std::string_view word(Binding binding) {
  constexpr std::string_view words[] = {"local", "global", "weak", "unique"};
  return words[static_cast<unsigned>(binding)];
}

constexpr std::string_view word(Visibility visibility) {
  constexpr std::string_view words[] = {"default", "protected", "hidden", "internal"};
  return words[static_cast<unsigned>(visibility)];
}

constexpr std::string_view word(Kind kind) {
  constexpr std::string_view words[] = {"untyped", "function", "object", "thread-local", "ifunc", "section", "file"};
  return words[static_cast<unsigned>(kind)];
}

constexpr std::string_view word(Home home) {
  constexpr std::string_view words[] = {"undefined", "section", "absolute", "common"};
  return words[static_cast<unsigned>(home)];
}

constexpr std::string_view word(Verdict verdict) {
  constexpr std::string_view words[] = {"safe", "broken", "unverifiable"};
  return words[static_cast<unsigned>(verdict)];
}

constexpr std::string_view word(Change change) {
  constexpr std::string_view words[] = {"rename", "add", "visibility", "weaken", "localize", "define"};
  return words[static_cast<unsigned>(change)];
}

constexpr std::string_view word(BoundPull::Target target) {
  constexpr std::string_view words[] = {"public", "promoted", "unknown"};
  return words[static_cast<unsigned>(target)];
}

/// What a record asks for: pull (only declared here), push (defined here) or export (no remote name).
constexpr std::string_view form(const Record &record, const Facts &facts) {
  if (record.remote.empty())
    return "export";
  const Symbol *const symbol = record.symbol ? facts.symbol_at(*record.symbol) : nullptr;
  if (symbol == nullptr)
    return "by name";
  return symbol->defined() ? "push" : "pull";
}

} // namespace linkname::tool
