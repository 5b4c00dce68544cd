#include <linkname/inspect.h>

#include "api/input.h"
#include "api/thin_input.h"
#include "base/text.h"
#include "check/hazards.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

namespace linkname {

namespace {

/// `file:line` with the line as a number, so that line 9 comes before line 10.
std::pair<std::string_view, std::uint64_t> source_order(const Record &record) {
  const std::string_view at = record.written_at;
  const std::size_t colon = at.rfind(':');
  std::uint64_t line = 0;
  if (colon != std::string_view::npos)
    std::from_chars(at.data() + colon + 1, at.data() + at.size(), line);
  return {at.substr(0, colon), line};
}

/// What becomes of an image when one more name is exported: it is laid out, and thrown away.
std::string room_of(const Backend &format, const Facts &facts, Bytes bytes) {
  const auto is_function = [](const Symbol &symbol) { return symbol.defined() && symbol.kind == Kind::function; };
  const auto function = std::ranges::find_if(facts.symbols, is_function);
  if (!facts.image || function == facts.symbols.end())
    return {};
  Plan plan;
  Edit edit;
  edit.change = Change::define;
  edit.name = "a_name_of_usual_length";
  plan.edits.push_back(edit);
  plan.definitions.push_back({.address = function->value, .size = function->size});
  const Result<LaidOut> laid_out = format.lay_out(bytes, plan);
  const std::vector<Diagnostic> &said = laid_out ? laid_out->room : laid_out.error().diagnostics;
  return said.empty() ? std::string() : said.front().reason;
}

/// What stands in the way of calling a private function of an image from outside, beside its ABI: landing pads, and
/// tables of what may be called. All of `statics` are exported, in a layout that is thrown away.
void add_cautions(const Backend &format, const Facts &facts, Bytes bytes, std::span<const Symbol *const> statics,
                  std::span<Hazard> hazards) {
  if (!facts.image || facts.format == Format::macho) // whose loader knows no such tables
    return;
  Plan plan;
  plan.signature = facts.format == Format::coff ? Signature::strip : Signature::keep;
  std::vector<std::string> names;
  names.reserve(statics.size());
  std::unordered_multimap<std::string, std::size_t> places; // a format says either the new name or the address
  for (std::size_t i = 0; i < statics.size(); ++i) {
    names.push_back(join({"linkname.", std::to_string(i)})); // nobody else's
    if (statics[i]->kind != Kind::function || statics[i]->home != Home::section)
      continue;
    places.emplace(quoted(names.back()), i);
    places.emplace(hex(statics[i]->value), i);
    Edit edit;
    edit.change = Change::add;
    edit.symbol = statics[i]->index;
    edit.name = names.back();
    plan.edits.push_back(edit);
  }
  const Result<LaidOut> laid_out = plan.empty() ? LaidOut{} : format.lay_out(bytes, plan);
  if (!laid_out)
    return; // there would be no room for all
  for (const Diagnostic &warning : laid_out->diagnostics) {
    const auto [first, last] = places.equal_range(warning.place.substr(warning.place.rfind(' ') + 1));
    for (auto place = first; place != last && warning.severity == Severity::warning; ++place)
      hazards[place->second].evidence += join({"; ", warning.reason});
  }
}

Result<Inspection> inspect_object(Object &object, Bytes bytes, const std::shared_ptr<const MappedFile> &file) {
  Inspection inspection{.file = object.name,
                        .facts = std::move(*object.known.facts),
                        .records = std::move(object.known.records),
                        .hazards = {},
                        .room = {},
                        .bytes = file};
  inspection.room = room_of(*object.known.format, inspection.facts, bytes);
  // Compilers write records in an order of their own.
  std::ranges::stable_sort(inspection.records, {}, source_order);
  const std::vector<Symbol> &symbols = inspection.facts.symbols;
  std::vector<const Symbol *> statics;
  for (const Symbol &symbol : symbols)
    if (symbol.named() && !symbol.is_label() && symbol.defined() && symbol.binding == Binding::local)
      statics.push_back(&symbol);
  Result<std::vector<Hazard>> hazards =
      in_file(object.name, check::judge(bytes, *object.known.format, inspection.facts, statics));
  if (!hazards)
    return std::unexpected(std::move(hazards.error()));
  add_cautions(*object.known.format, inspection.facts, bytes, statics, *hazards);
  inspection.hazards.resize(symbols.size());
  for (std::size_t i = 0; i < statics.size(); ++i)
    inspection.hazards[static_cast<std::size_t>(statics[i] - symbols.data())] = std::move((*hazards)[i]);
  return inspection;
}

Result<void> inspect_input(Input &input, Contents &contents) {
  for (Object &object : input.objects) {
    Result<Inspection> inspection = inspect_object(object, input.bytes_of(object), input.file);
    if (!inspection)
      return std::unexpected(std::move(inspection.error()));
    contents.objects.push_back(std::move(*inspection));
  }
  for (std::string &archive : input.thin)
    contents.diagnostics.push_back(about_thin(Severity::note, std::move(archive)));
  for (plan::Unread &unread : input.unread)
    contents.diagnostics.push_back({.severity = Severity::note,
                                    .place = std::move(unread.file),
                                    .reason = std::move(unread.why),
                                    .hint = std::move(unread.hint),
                                    .details = {}});
  return {};
}

} // namespace

Result<Contents> inspect(const std::string &path) {
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file)
    return std::unexpected(file.error());
  Result<Input> input =
      read_input({.path = path, .name = path, .member = {}, .file = *file}, (*file)->bytes(), Interest());
  if (!input)
    return std::unexpected(std::move(input.error()));
  std::vector<Input> inputs;
  inputs.push_back(std::move(*input));
  if (names_files(inputs.front()))
    if (Result<void> read = read_thin_members(inputs, Interest()); !read)
      return std::unexpected(std::move(read.error()));
  Contents contents;
  for (Input &one : inputs)
    if (Result<void> inspected = inspect_input(one, contents); !inspected)
      return std::unexpected(std::move(inspected.error()));
  return contents;
}

} // namespace linkname
