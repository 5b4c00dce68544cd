#include "text.h"

#include "words.h"

#include <unistd.h>

#include <algorithm>
#include <iomanip>
#include <iostream>
#include <span>
#include <sstream>

namespace linkname::tool {
namespace {

/// Names come from untrusted files: control characters must not reach a terminal.
bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

struct Shown {
  std::string_view name;
};

std::ostream &operator<<(std::ostream &out, Shown text) {
  // Counting does not end early, and is all the faster for it.
  if (std::ranges::count_if(text.name, is_control) == 0)
    return out.write(text.name.data(), static_cast<std::streamsize>(text.name.size()));
  for (const char c : text.name) {
    const auto byte = static_cast<unsigned char>(c);
    if (is_control(c))
      out << "\\x" << "0123456789abcdef"[byte >> 4U] << "0123456789abcdef"[byte & 15U];
    else
      out << c;
  }
  return out;
}

Shown shown(std::string_view name) { return {.name = name}; }

std::string_view colour(Severity severity) {
  switch (severity) {
  case Severity::error:
    return "\x1b[1;31m";
  case Severity::warning:
    return "\x1b[1;35m";
  case Severity::note:
    return "\x1b[1;36m";
  }
  return {};
}

void print_edit(std::ostream &out, const Edit &edit, const Plan &plan) {
  switch (edit.change) {
  case Change::rename:
    out << "rename '" << shown(edit.was) << "' -> '" << shown(edit.name) << '\'';
    return;
  case Change::add:
    if (edit.visibility == Visibility::hidden)
      out << "promote '" << shown(edit.was) << "' to '" << shown(edit.name) << '\'';
    else if (edit.name == edit.was)
      out << "export '" << shown(edit.was) << '\'';
    else
      out << "add '" << shown(edit.name) << "' = '" << shown(edit.was) << '\'';
    return;
  case Change::visibility:
    out << (edit.visibility == Visibility::exported ? "export '" : "hide '") << shown(edit.was) << '\'';
    return;
  case Change::weaken:
    out << "weaken '" << shown(edit.was) << '\'';
    return;
  case Change::localize:
    out << "localize '" << shown(edit.was) << '\'';
    return;
  case Change::define:
    out << "export '" << shown(edit.name) << "' = 0x" << std::hex << plan.definitions[edit.symbol].address << std::dec;
    return;
  }
}

/// How far others can see a symbol, in a word.
std::string_view state(const Symbol &symbol, bool image) {
  if (!symbol.defined() && image)
    return symbol.binding == Binding::weak ? "weak import" : "imported";
  if (!symbol.defined())
    return symbol.binding == Binding::weak ? "undefined weak" : "undefined";
  if (symbol.binding == Binding::local)
    return "static";
  if (symbol.visibility == Visibility::hidden || symbol.visibility == Visibility::internal)
    return word(symbol.visibility);
  if (symbol.home == Home::common)
    return "common";
  return symbol.binding == Binding::weak || symbol.binding == Binding::unique ? word(symbol.binding) : "exported";
}

void print_record(std::ostream &out, const Record &record, const Facts &facts) {
  out << "  " << std::left << std::setw(8) << form(record, facts) << shown(record.spelled);
  if (!record.remote.empty())
    out << " -> " << shown(record.remote);
  out << "  (" << shown(record.written_at) << ")";
  if (!record.reason.empty())
    out << "  " << shown(record.reason);
  out << '\n';
}

void print_symbol(std::ostream &out, const Symbol &symbol, const std::optional<Hazard> &hazard, const Facts &facts) {
  const Sharing sharing = facts.sharing_of(symbol);
  out << "  " << std::left << std::setw(9) << state(symbol, facts.image) << ' ' << std::setw(13) << word(symbol.kind)
      << std::right << std::setw(7) << symbol.size << "  " << shown(symbol.name);
  if (!sharing.version.empty())
    out << (sharing.default_version ? "@@" : "@") << shown(sharing.version);
  const std::string demangled = demangle(symbol.name);
  if (demangled != symbol.name)
    out << "  " << shown(demangled);
  if (!sharing.library.empty())
    out << "  [" << shown(sharing.library) << "]";
  if (symbol.source != 0 && !facts.sources[symbol.source].empty())
    out << "  [" << shown(facts.sources[symbol.source]) << "]";
  if (hazard)
    out << "  " << word(hazard->verdict) << ": " << shown(hazard->evidence);
  out << '\n';
}

void print(std::ostream &out, const Diagnostic &diagnostic, bool terminal) {
  if (terminal)
    out << colour(diagnostic.severity);
  out << word(diagnostic.severity) << ": ";
  if (terminal)
    out << "\x1b[0m";
  if (!diagnostic.place.empty())
    out << shown(diagnostic.place) << ": ";
  out << shown(diagnostic.reason);
  if (!diagnostic.hint.empty())
    out << "; " << shown(diagnostic.hint);
  out << '\n';
  for (const std::string &detail : diagnostic.details)
    out << "  " << shown(detail) << '\n';
}

} // namespace

void print(const std::vector<Diagnostic> &diagnostics) {
  if (diagnostics.empty())
    return;
  const bool terminal = isatty(STDERR_FILENO) != 0;
  std::ostringstream out; // written at once, so that the messages of a parallel build do not mix
  for (const Diagnostic &diagnostic : diagnostics)
    print(out, diagnostic, terminal);
  std::cerr << out.str();
}

void print(std::ostream &out, const RewriteReport &report) {
  for (const Edit &edit : report.plan.edits) {
    out << shown(report.file) << ": ";
    print_edit(out, edit, report.plan);
    out << "  (" << shown(edit.asked_by);
    if (!edit.why.empty())
      out << ": " << shown(edit.why);
    out << ")\n";
  }
}

void print_counts(std::ostream &out, const std::vector<RewriteReport> &reports) {
  const auto result = [](const RewriteReport &report) -> const std::string & {
    return report.archive.empty() ? report.output : report.archive;
  };
  for (auto first = reports.begin(); first != reports.end();) {
    const auto next = std::find_if(first, reports.end(),
                                   [&](const RewriteReport &report) { return result(report) != result(*first); });
    std::size_t edits = 0;
    std::size_t objects = 0;
    for (const RewriteReport &report : std::span(first, next)) {
      edits += report.plan.edits.size();
      objects += report.plan.empty() ? 0U : 1U;
    }
    out << shown(result(*first)) << ": " << edits << " edits in " << objects << (objects == 1 ? " object" : " objects")
        << "; --dry-run lists them\n";
    first = next;
  }
}

void print(std::ostream &out, const LinkPlan &plan) {
  for (const BoundPull &bound : plan.bindings) {
    out << shown(bound.consumer) << ": '" << shown(bound.remote) << "' -> " << shown(bound.provider) << " ("
        << word(bound.target) << ")  (" << shown(bound.asked_by);
    if (!bound.why.empty())
      out << ": " << shown(bound.why);
    if (!bound.allowed_by.empty())
      out << "; allowed by " << shown(bound.allowed_by);
    out << ")\n";
  }
  for (const RewriteReport &report : plan.reports)
    print(out, report);
  out << shown(shell_line(plan.command)) << '\n';
}

void print(std::ostream &out, const Inspection &inspection) {
  const Facts &facts = inspection.facts;
  out << shown(inspection.file) << ": " << facts.target << '\n';
  if (!inspection.records.empty())
    out << "records:\n";
  for (const Record &record : inspection.records)
    print_record(out, record, facts);
  const auto listed = [](const Symbol &symbol) { return symbol.named() && !symbol.is_label(); };
  if (!inspection.room.empty())
    out << "one more exported name: " << shown(inspection.room) << '\n';
  if (std::ranges::any_of(facts.symbols, listed))
    out << "symbols:\n";
  for (std::size_t i = 0; i < facts.symbols.size(); ++i)
    if (listed(facts.symbols[i]))
      print_symbol(out, facts.symbols[i], inspection.hazards[i], facts);
}

void print(std::ostream &out, const Findings &findings) {
  for (const Diagnostic &diagnostic : findings.diagnostics)
    print(out, diagnostic, isatty(STDOUT_FILENO) != 0);
  if (findings.diagnostics.empty())
    out << shown(findings.file) << ": " << findings.target << ", its tables agree\n";
}

} // namespace linkname::tool
