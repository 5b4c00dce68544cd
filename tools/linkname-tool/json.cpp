#include "json.h"

#include "words.h"

#include <llvm/Support/JSON.h>
#include <llvm/Support/raw_os_ostream.h>

#include <ostream>

namespace linkname::tool {
namespace {

using llvm::json::Array;
using llvm::json::Object;

constexpr int schema = 1;

/// Symbol names are bytes, JSON strings are Unicode: what is not UTF-8 becomes U+FFFD.
std::string text(std::string_view bytes) {
  const llvm::StringRef string(bytes.data(), bytes.size());
  return llvm::json::isUTF8(string) ? string.str() : llvm::json::fixUTF8(string);
}

Array to_json(const std::vector<Diagnostic> &diagnostics) {
  Array result;
  for (const Diagnostic &diagnostic : diagnostics) {
    Array details;
    for (const std::string &detail : diagnostic.details)
      details.push_back(text(detail));
    result.push_back(Object{{"severity", text(word(diagnostic.severity))},
                            {"place", text(diagnostic.place)},
                            {"reason", text(diagnostic.reason)},
                            {"hint", text(diagnostic.hint)},
                            {"details", std::move(details)}});
  }
  return result;
}

Array to_json(const std::vector<Record> &records) {
  Array result;
  for (const Record &record : records)
    result.push_back(Object{{"place", text(record.place)},
                            {"local", text(record.local)},
                            {"remote", text(record.remote)},
                            {"spelled", text(record.spelled)},
                            {"written_at", text(record.written_at)},
                            {"reason", text(record.reason)}});
  return result;
}

Object to_json(const Edit &edit, const Plan &plan) {
  Object result{{"change", text(word(edit.change))},
                {"symbol", text(edit.was)},
                {"asked_by", text(edit.asked_by)},
                {"reason", text(edit.why)}};
  if (edit.change == Change::define) {
    const Definition &definition = plan.definitions[edit.symbol];
    result["address"] = static_cast<std::int64_t>(definition.address);
    result["size"] = static_cast<std::int64_t>(definition.size);
  } else {
    result["index"] = static_cast<std::int64_t>(edit.symbol);
  }
  if (edit.change == Change::rename || edit.change == Change::add || edit.change == Change::define)
    result["name"] = text(edit.name);
  if (edit.change == Change::visibility || edit.change == Change::add)
    result["visibility"] = text(word(edit.visibility));
  return result;
}

Object to_json(const Symbol &symbol, const std::optional<Hazard> &hazard, const Facts &facts) {
  Object result{{"name", text(symbol.name)},
                {"index", static_cast<std::int64_t>(symbol.index)},
                {"binding", text(word(symbol.binding))},
                {"visibility", text(word(symbol.visibility))},
                {"kind", text(word(symbol.kind))},
                {"home", text(word(symbol.home))},
                {"value", static_cast<std::int64_t>(symbol.value)},
                {"size", static_cast<std::int64_t>(symbol.size)},
                {"in_group", symbol.in_group}};
  if (symbol.home == Home::section)
    result["section"] = text(facts.sections[symbol.section].name());
  if (facts.image) {
    const SymbolTable table = facts.table_of(symbol);
    const Sharing sharing = facts.sharing_of(symbol);
    result["table"] = text(table.name);
    result["table_index"] = static_cast<std::int64_t>(symbol.index - table.from);
    if (!sharing.version.empty())
      result["version"] = text(sharing.version);
    if (!sharing.library.empty())
      result["library"] = text(sharing.library);
  }
  if (symbol.source != 0)
    result["source"] = text(facts.sources[symbol.source]);
  if (hazard)
    result["hazard"] = Object{{"verdict", text(word(hazard->verdict))}, {"evidence", text(hazard->evidence)}};
  return result;
}

void print(std::ostream &out, std::string_view command, Object object) {
  object["schema"] = schema;
  object["command"] = text(command);
  llvm::raw_os_ostream stream(out);
  llvm::json::OStream writer(stream, 2);
  writer.value(llvm::json::Value(std::move(object)));
  stream << '\n';
}

struct Files {
  Array files;
  Array diagnostics;
};

Files to_json(const std::vector<RewriteReport> &reports) {
  Files result;
  for (const RewriteReport &report : reports) {
    Array edits;
    for (const Edit &edit : report.plan.edits)
      edits.push_back(to_json(edit, report.plan));
    Object file{{"file", text(report.file)},
                {"output", text(report.output)},
                {"target", text(report.target)},
                {"edits", std::move(edits)},
                {"records", to_json(report.records)}};
    if (!report.archive.empty())
      file["archive"] = text(report.archive);
    result.files.push_back(std::move(file));
    for (llvm::json::Value &diagnostic : to_json(report.plan.diagnostics))
      result.diagnostics.push_back(std::move(diagnostic));
  }
  return result;
}

} // namespace

void print_json(std::ostream &out, const LinkPlan &plan) {
  Array bindings;
  for (const BoundPull &bound : plan.bindings)
    bindings.push_back(Object{{"consumer", text(bound.consumer)},
                              {"remote", text(bound.remote)},
                              {"provider", text(bound.provider)},
                              {"target", text(word(bound.target))},
                              {"asked_by", text(bound.asked_by)},
                              {"reason", text(bound.why)},
                              {"allowed_by", text(bound.allowed_by)}});
  Array command;
  for (const std::string &word : plan.command)
    command.push_back(text(word));
  Files files = to_json(plan.reports);
  for (llvm::json::Value &diagnostic : to_json(plan.diagnostics))
    files.diagnostics.push_back(std::move(diagnostic));
  print(out, "link",
        Object{{"status", 0},
               {"command_line", std::move(command)},
               {"bindings", std::move(bindings)},
               {"files", std::move(files.files)},
               {"diagnostics", std::move(files.diagnostics)}});
}

void print_json(std::ostream &out, const std::vector<Findings> &findings, Status status) {
  Array files;
  Array diagnostics;
  for (const Findings &one : findings) {
    files.push_back(Object{{"file", text(one.file)}, {"target", text(one.target)}});
    for (llvm::json::Value &diagnostic : to_json(one.diagnostics))
      diagnostics.push_back(std::move(diagnostic));
  }
  print(out, "check",
        Object{{"status", static_cast<int>(status)},
               {"files", std::move(files)},
               {"diagnostics", std::move(diagnostics)}});
}

void print_json(std::ostream &out, const std::vector<RewriteReport> &reports, bool dry_run) {
  Files files = to_json(reports);
  print(out, "rewrite",
        Object{{"status", 0},
               {"dry_run", dry_run},
               {"files", std::move(files.files)},
               {"diagnostics", std::move(files.diagnostics)}});
}

void print_json(std::ostream &out, const std::vector<Inspection> &inspections,
                const std::vector<Diagnostic> &diagnostics) {
  Array files;
  for (const Inspection &inspection : inspections) {
    Array symbols;
    for (std::size_t i = 0; i < inspection.facts.symbols.size(); ++i)
      if (inspection.facts.symbols[i].named() && !inspection.facts.symbols[i].is_label())
        symbols.push_back(to_json(inspection.facts.symbols[i], inspection.hazards[i], inspection.facts));
    Object file{{"file", text(inspection.file)},
                {"format", text(word(inspection.facts.format))},
                {"target", text(inspection.facts.target)},
                {"records", to_json(inspection.records)},
                {"symbols", std::move(symbols)}};
    if (!inspection.room.empty())
      file["room"] = text(inspection.room);
    files.push_back(std::move(file));
  }
  print(out, "inspect", Object{{"status", 0}, {"files", std::move(files)}, {"diagnostics", to_json(diagnostics)}});
}

void print_json(std::ostream &out, std::string_view command, const Error &error) {
  print(out, command,
        Object{{"status", static_cast<int>(error.status)},
               {"files", Array{}},
               {"diagnostics", to_json(error.diagnostics)}});
}

} // namespace linkname::tool
