#include "coff/image/facts.h"

#include "coff/image/tables.h"
#include "coff/machine.h"
#include "coff/meaning.h"
#include "coff/section_symbol.h"

#include <algorithm>
#include <tuple>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

class Collector {
public:
  explicit Collector(const Tables &tables) : tables_(tables), image_(tables.image) {}

  Result<Facts> run() {
    facts_.format = Format::coff;
    facts_.image = true;
    facts_.imports_by_library = true;
    facts_.target = join({"pe-", machine(image_.coff().machine()).name});
    facts_.tables = {{.name = "exports"},
                     {.name = "imports", .from = tables_.imports_from()},
                     {.name = "symbols", .from = tables_.symbols_from()}};
    facts_.tail_from = facts_.tail_until = image_.bytes().size();
    add_sections();
    add_exports();
    add_imports();
    if (Result<void> added = add_symbols(); !added)
      return std::unexpected(std::move(added.error()));
    return std::move(facts_);
  }

private:
  void add_sections() {
    facts_.sections.emplace_back(); // section numbers start with 1
    for (std::uint32_t number = 1; number <= image_.sections().size(); ++number) {
      const Bytes name = image_.section_name(number);
      facts_.sections.push_back(
          {.name_field = name, .address = image_.base() + image_.sections()[number - 1].VirtualAddress});
      facts_.debug_information = facts_.debug_information || name == ".debug_info";
    }
  }

  /// A place in the image, by its address counted from the base.
  void place(Symbol &symbol, std::uint32_t rva) const {
    symbol.value = image_.base() + rva;
    symbol.home = Home::absolute;
    if (const std::optional<std::uint32_t> number = image_.section_at(rva)) {
      symbol.home = Home::section;
      symbol.section = *number;
      symbol.kind = kind_in(facts_.sections[*number].name(), image_.sections()[*number - 1].Characteristics);
    }
  }

  void add_exports() {
    for (std::uint32_t i = 0; i < tables_.exports.names.size(); ++i) {
      const ExportName &name = tables_.exports.names[i];
      const ExportSlot *const slot = tables_.exports.slot_of(name);
      Symbol symbol;
      symbol.name = name.name;
      symbol.index = i;
      symbol.binding = Binding::global;
      symbol.home = Home::absolute;
      if (slot != nullptr && slot->forwards) {
        symbol.value = image_.base() + slot->rva; // as dumpers print it
        facts_.sharing.push_back(
            {.symbol = i, .version = {}, .library = slot->forwarder.substr(0, slot->forwarder.rfind('.'))});
      } else if (slot != nullptr) {
        place(symbol, slot->rva);
        exported_.emplace_back(slot->rva, name.name);
      }
      facts_.symbols.push_back(symbol);
    }
    std::ranges::sort(exported_);
  }

  void add_imports() {
    for (std::uint32_t i = 0; i < tables_.imports.all.size(); ++i) {
      const Import &import = tables_.imports.all[i];
      if (import.name.empty())
        continue; // by ordinal: nothing that could be called by a name
      Symbol symbol;
      symbol.name = import.name;
      symbol.index = tables_.imports_from() + i;
      symbol.binding = Binding::global;
      facts_.symbols.push_back(symbol);
      facts_.sharing.push_back(
          {.symbol = symbol.index, .version = {}, .library = tables_.imports.library_of(import).name});
    }
  }

  Result<void> add_symbols() {
    const View<Symbol16> &coff = image_.coff();
    for (std::uint64_t i = 0; i < coff.symbols().size();) {
      const auto index = static_cast<std::uint32_t>(i);
      i += 1 + std::uint64_t{coff.symbols()[index].NumberOfAuxSymbols};
      if (i > coff.symbols().size())
        return malformed(symbol_place(index), "its auxiliary records reach past the end of the table");
      if (Result<void> added = add_symbol(index); !added)
        return added;
    }
    return {};
  }

  Result<void> add_symbol(std::uint32_t index) {
    const Symbol16 &entry = image_.coff().symbols()[index];
    const Result<Bytes> name = tables_.exported_spelling(index);
    if (!name)
      return std::unexpected(name.error());
    if (entry.StorageClass == IMAGE_SYM_CLASS_FILE) {
      facts_.sources.push_back(source_of(image_.coff(), index));
      return {};
    }
    const std::optional<std::uint32_t> rva = tables_.address_of(index);
    const bool stands_for_place = entry.StorageClass == IMAGE_SYM_CLASS_EXTERNAL ||
                                  entry.StorageClass == IMAGE_SYM_CLASS_STATIC ||
                                  entry.StorageClass == IMAGE_SYM_CLASS_LABEL;
    // What the linker left undefined or absolute is nothing that could be exported.
    if (!rva || !stands_for_place)
      return {};
    const auto number = static_cast<std::uint32_t>(image_.coff().section_number(index));
    Symbol symbol;
    symbol.name = *name;
    symbol.index = tables_.symbols_from() + index;
    // In the section that it says, which is not the one at its address where it says where a section ends.
    symbol.value = image_.base() + *rva;
    symbol.home = Home::section;
    symbol.section = number;
    // The linker keeps the symbols of the objects' sections, each with its definition.
    symbol.kind =
        entry.StorageClass == IMAGE_SYM_CLASS_STATIC && entry.NumberOfAuxSymbols != 0 && !is_function_type(entry.Type)
            ? Kind::section
            : kind_in(facts_.sections[number].name(), image_.sections()[number - 1].Characteristics);
    if (std::ranges::binary_search(exported_, std::pair(*rva, *name)))
      return {}; // one thing, which is in the table of exports already
    if (entry.StorageClass != IMAGE_SYM_CLASS_EXTERNAL)
      symbol.source = static_cast<std::uint32_t>(facts_.sources.size() - 1);
    facts_.symbols.push_back(symbol);
    return {};
  }

  const Tables &tables_;
  const Image &image_;
  Facts facts_;
  std::vector<std::pair<std::uint32_t, Bytes>> exported_;
};

} // namespace

Result<Facts> inspect_image(Bytes bytes) {
  const Result<Tables> tables = Tables::read(bytes);
  if (!tables)
    return std::unexpected(tables.error());
  return Collector(*tables).run();
}

} // namespace linkname::coff
