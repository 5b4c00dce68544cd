// What a plan makes of `.dynsym` and of everything that counts its entries: `.dynstr`, `.gnu.version`, `.gnu.hash` and
// `.hash`. Entries keep their order as far as the two rules allow: local ones first, and those that DT_GNU_HASH can
// find last, bucket by bucket.
#pragma once

#include "base/string_pool.h"
#include "elf/image/facts.h"
#include "elf/image/hashes.h"
#include "elf/image/view.h"
#include "elf/symbol_edit.h"

#include <linkname/plan.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linkname::elf {

template <class ELFT> class NewSymbols {
public:
  using Sym = typename ELFT::Sym;
  using Word = typename ELFT::Word;

  /// Of a plan with edits. Fails where the string table would exceed 4 GiB, and where DT_HASH is damaged.
  static Result<NewSymbols> make(const ImageView<ELFT> &view, const Plan &plan);

  /// The new contents of the tables. `strings` go behind the old ones.
  [[nodiscard]] std::string symbols() const;
  [[nodiscard]] const std::string &strings() const { return pool_.added(); }
  [[nodiscard]] std::string versions() const;
  [[nodiscard]] std::string gnu_table() const;
  [[nodiscard]] std::string sysv_table() const;

  /// Where an entry went that stood at `index`.
  [[nodiscard]] std::uint32_t moved(std::uint32_t index) const { return moved_[index]; }
  /// The first whose index changes; the size of the old table where none does.
  [[nodiscard]] std::uint32_t first_moved() const { return first_moved_; }
  [[nodiscard]] std::uint32_t first_global() const { return first_global_; }
  [[nodiscard]] std::size_t size() const { return entries_.size(); }

private:
  struct Entry {
    Sym symbol;
    std::uint16_t version = 1;
    std::string_view name;            ///< where it is a new one
    std::optional<std::uint32_t> was; ///< its old index
    std::uint32_t hash = 0;           ///< for DT_GNU_HASH; an old one is what the table says
    std::uint32_t bucket = 0;         ///< of those that DT_HASH finds
    bool by_gnu = false;              ///< DT_GNU_HASH finds it
    bool by_sysv = false;             ///< DT_HASH finds it
    std::uint64_t place = 0;          ///< entries are in the order of this
  };

  explicit NewSymbols(const ImageView<ELFT> &view) : view_(&view), pool_(view.strings().size()) {}
  Result<void> take_old();
  Result<void> change(const Plan &plan);
  Result<void> name(Entry &entry, std::string_view text);
  void find_by_name(Entry &entry) const;
  void put_in_order();
  [[nodiscard]] std::uint32_t bucket_count() const;
  [[nodiscard]] std::uint32_t bloom_count() const;

  const ImageView<ELFT> *view_;
  std::vector<Entry> entries_;
  std::vector<std::uint32_t> moved_;
  std::uint32_t first_moved_ = 0;
  std::uint32_t first_global_ = 0;
  std::uint32_t first_found_ = 0; ///< by DT_GNU_HASH
  std::uint32_t buckets_ = 1;     ///< of DT_GNU_HASH
  StringPool pool_;
};

/// The section that holds `address`, for the st_shndx of what is defined there; SHN_ABS where none does.
template <class ELFT> const typename ELFT::Shdr *section_at(const View<ELFT> &view, std::uint64_t address) {
  for (const auto &section : view.sections())
    if ((section.sh_flags & llvm::ELF::SHF_ALLOC) != 0 && (section.sh_flags & llvm::ELF::SHF_TLS) == 0 &&
        address >= section.sh_addr && address - section.sh_addr < section.sh_size)
      return &section;
  return nullptr;
}

/// The entry for something that no symbol names.
template <class ELFT> typename ELFT::Sym defined_entry(const View<ELFT> &view, const Definition &definition) {
  using namespace llvm::ELF;
  typename ELFT::Sym entry{};
  const auto *const section = section_at(view, definition.address);
  const bool is_code = section != nullptr && (section->sh_flags & SHF_EXECINSTR) != 0;
  entry.st_value = static_cast<typename ELFT::uint>(definition.address);
  entry.st_size = static_cast<typename ELFT::uint>(definition.size);
  entry.st_shndx =
      section != nullptr ? static_cast<std::uint16_t>(section - view.sections().data()) : std::uint16_t{SHN_ABS};
  entry.setBindingAndType(STB_GLOBAL, is_code ? STT_FUNC : STT_OBJECT);
  return entry;
}

/// The entry that `add` or `define` asks for, but for its name. What it resembles may stand in either table.
template <class ELFT> typename ELFT::Sym new_entry(const ImageView<ELFT> &view, const Edit &edit, const Plan &plan) {
  if (edit.change == Change::define)
    return defined_entry(view.file(), plan.definitions[edit.symbol]);
  const std::uint32_t first = first_in_symtab(view);
  return added_entry(edit.symbol < first ? view.symbols()[edit.symbol] : view.file().symbols()[edit.symbol - first],
                     edit.visibility);
}

} // namespace linkname::elf
