#include "elf/image/facts.h"

#include "base/large_pages.h"
#include "elf/image/twins.h"
#include "elf/image/typed.h"
#include "elf/image/versions.h"
#include "elf/machine.h"
#include "elf/symbol_words.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class ELFT> class Reader {
public:
  explicit Reader(const ImageView<ELFT> &view) : view_(view) {}

  Result<Facts> run() {
    facts_.format = Format::elf;
    facts_.image = true;
    facts_.target = target_of(view_.file());
    facts_.tables = {{.name = ".dynsym"}, {.name = ".symtab", .from = first_in_symtab(view_)}};
    for (std::uint32_t i = 0; i < view_.file().sections().size(); ++i) {
      facts_.sections.push_back({.name_field = view_.file().section_name_field(i)});
      facts_.debug_information = facts_.debug_information || view_.file().section_name(i) == ".debug_info";
    }
    reserve_large(facts_.symbols, view_.symbols().size() + view_.file().symbols().size());
    Result<void> added = add_dynamic_symbols();
    if (added)
      added = add_other_symbols();
    if (!added)
      return std::unexpected(std::move(added.error()));
    return std::move(facts_);
  }

private:
  Result<void> add_dynamic_symbols() {
    const Versions versions = read_versions(view_);
    const std::vector<bool> copies = find_copies();
    for (std::uint32_t i = 0; i < view_.symbols().size(); ++i) {
      const auto &entry = view_.symbols()[i];
      const std::optional<Binding> binding = binding_of(entry.getBinding());
      if (!binding)
        return malformed(view_.place(i), "the binding of this symbol is of no known kind");
      Symbol symbol = words_for(entry, i, view_.name(i), entry.st_shndx, entry.st_shndx >= SHN_LORESERVE);
      symbol.binding = *binding;
      symbol.visibility = visibility_of(entry.st_other);
      if (copies[i])
        symbol.home = Home::undefined;
      facts_.symbols.push_back(symbol);
      const std::uint16_t index = view_.versions().empty() ? 0 : std::uint16_t{view_.versions()[i]};
      const auto version = versions.by_index.find(index & version_index);
      if ((index & version_index) > 1 && version != versions.by_index.end())
        facts_.sharing.push_back({.symbol = i,
                                  .default_version = symbol.defined() && (index & version_is_old) == 0,
                                  .version = version->second.name,
                                  .library = version->second.library});
    }
    return {};
  }

  /// By index, the variables of libraries that a program has a copy of, since its code speaks of them by their
  /// addresses. Loaders look for what is to be copied by the entry's name, so it is imported, whatever st_shndx says.
  [[nodiscard]] std::vector<bool> find_copies() const {
    std::vector<bool> copies(view_.symbols().size());
    const auto is_interpreter = [](const auto &segment) { return segment.p_type == PT_INTERP; };
    const auto ranges = view_.relocations();
    const std::uint32_t copy = machine(view_.file().header().e_machine).copy;
    if (!ranges || copy == 0 || std::ranges::none_of(view_.segments(), is_interpreter))
      return copies;
    const auto note = [&](const auto &entry) {
      if (entry.getType(false) == copy && entry.getSymbol(false) < copies.size())
        copies[entry.getSymbol(false)] = true;
    };
    for (const auto &[bytes, has_addends] : *ranges)
      if (has_addends)
        std::ranges::for_each(entries_of<typename ELFT::Rela>(bytes), note);
      else
        std::ranges::for_each(entries_of<typename ELFT::Rel>(bytes), note);
    return copies;
  }

  /// What `.symtab` has beyond `.dynsym` is nobody's business but the image's own, whatever binding it had in an
  /// object.
  Result<void> add_other_symbols() {
    const View<ELFT> &file = view_.file();
    const Twins<ELFT> twins(view_);
    for (std::uint32_t i = 1; i < file.symbols().size(); ++i) {
      const auto &entry = file.symbols()[i];
      const Result<Bytes> name = file.symbol_name(i);
      if (!name)
        return std::unexpected(name.error());
      const auto section = file.section_of(i);
      Symbol symbol = words_for(entry, first_in_symtab(view_) + i, *name, section.index, section.reserved);
      if (symbol.kind == Kind::file)
        facts_.sources.push_back(symbol.name);
      else if (entry.getBinding() == STB_LOCAL)
        symbol.source = static_cast<std::uint32_t>(facts_.sources.size() - 1);
      symbol.visibility = visibility_of(entry.st_other);
      if (!symbol.defined() || twins.of(i))
        continue;
      facts_.symbols.push_back(symbol);
    }
    return {};
  }

  /// As something local, unless the caller knows better.
  template <class Sym>
  Symbol words_for(const Sym &entry, std::uint32_t index, Bytes name, std::uint32_t section, bool reserved) const {
    Symbol symbol;
    symbol.name = name;
    symbol.value = entry.st_value;
    symbol.size = entry.st_size;
    symbol.index = index;
    symbol.kind = kind_of(entry.getType());
    if (section == SHN_UNDEF)
      return symbol;
    const bool in_section = !reserved && section < facts_.sections.size();
    symbol.home = in_section ? Home::section : Home::absolute;
    symbol.section = in_section ? section : 0;
    return symbol;
  }

  const ImageView<ELFT> &view_;
  Facts facts_;
};

} // namespace

Result<Facts> inspect_image(Bytes bytes) {
  return with_image(bytes,
                    []<class ELFT>(const ImageView<ELFT> &view) -> Result<Facts> { return Reader<ELFT>(view).run(); });
}

} // namespace linkname::elf
