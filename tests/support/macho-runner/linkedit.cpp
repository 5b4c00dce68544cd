#include "linkedit.h"

#include "image.h"

#include <algorithm>

namespace runner {

Bytes Linkedit::table(const char *name, std::uint64_t offset, std::uint64_t size) {
  if (size == 0)
    return {nullptr, 0, file_.image(), name};
  tables_.push_back({name, offset, size});
  return file_.part(offset, size, name);
}

void Linkedit::symbols(const SymtabCommand &command) {
  symbols_ = table("symbol table", command.symbols_offset, std::uint64_t{command.symbol_count} * sizeof(Symbol));
  strings_ = table("string table", command.strings_offset, command.strings_size);
}

void Linkedit::groups(const DysymtabCommand &command) {
  groups_ = command;
  indirect_ = table("indirect symbol table", command.indirect_offset, std::uint64_t{command.indirect_count} * 4);
  if (command.toc_count != 0 || command.module_count != 0 || command.reference_count != 0 ||
      command.external_relocation_count != 0 || command.local_relocation_count != 0)
    refuse(file_.image(), "the dynamic symbol table has parts that only object files and old images have");
}

void Linkedit::check(const Image &image) {
  const auto segment = std::find_if(image.segments.begin(), image.segments.end(),
                                    [](const Segment &each) { return each.name == "__LINKEDIT"; });
  if (segment == image.segments.end())
    refuse(image.path, "there is no segment __LINKEDIT");
  const std::uint64_t begin = segment->file_offset, end = begin + segment->file_size;
  std::sort(tables_.begin(), tables_.end(), [](const Table &a, const Table &b) { return a.offset < b.offset; });
  const Table *before = nullptr;
  for (const Table &table : tables_) {
    if (table.offset < begin || table.offset + table.size > end)
      refuse(image.path, "the %s does not lie within __LINKEDIT", table.name);
    if (before != nullptr && before->offset + before->size > table.offset)
      refuse(image.path, "the %s and the %s overlap", before->name, table.name);
    before = &table;
  }
  check_symbols(image);
}

void Linkedit::check_symbols(const Image &image) const {
  const std::uint64_t count = symbols_.size() / sizeof(Symbol);
  for (std::uint64_t i = 0; i < count; i++) {
    const auto symbol = symbols_.at<Symbol>(i * sizeof(Symbol));
    (void)strings_.text(symbol.name);
    if ((symbol.type & 0xE0) == 0 && symbol.section > image.sections.size())
      refuse(image.path, "symbol %llu is in section %u of %zu", static_cast<Ulong>(i), symbol.section,
             image.sections.size());
  }
  if (!groups_)
    return;
  if (groups_->local_start != 0 || groups_->defined_start != groups_->local_count ||
      groups_->undefined_start != std::uint64_t{groups_->local_count} + groups_->defined_count ||
      std::uint64_t{groups_->undefined_start} + groups_->undefined_count != count)
    refuse(image.path, "the groups of the dynamic symbol table do not make up the symbol table");
  for (std::uint64_t i = 0; i < count; i++) {
    const auto symbol = symbols_.at<Symbol>(i * sizeof(Symbol));
    const bool external = (symbol.type & 0x1) != 0, debug = (symbol.type & 0xE0) != 0,
               undefined = (symbol.type & 0xE) == 0;
    const char *group = debug || !external ? "local" : undefined ? "undefined" : "defined";
    const char *place = i < groups_->defined_start ? "local" : i < groups_->undefined_start ? "defined" : "undefined";
    if (std::strcmp(group, place) != 0)
      refuse(image.path, "symbol %llu '%s' is %s, but stands among the %s ones", static_cast<Ulong>(i),
             strings_.text(symbol.name).c_str(), group, place);
  }
  for (std::uint64_t i = 0; i < indirect_.size(); i += 4) {
    const auto index = indirect_.at<std::uint32_t>(i);
    if ((index & 0xC0000000) == 0 && index >= count) // the two high bits: local, absolute
      refuse(image.path, "the indirect symbol table holds %u, but there are %llu symbols", index,
             static_cast<Ulong>(count));
  }
}

} // namespace runner
