#include "elf/image/verify.h"

#include "base/large_pages.h"
#include "base/verify_copy.h"
#include "elf/image/new_symbols.h"
#include "elf/image/tables.h"
#include "elf/image/typed.h"

#include <algorithm>
#include <unordered_map>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class ELFT> class Verification {
public:
  using Sym = typename ELFT::Sym;

  Verification(const ImageView<ELFT> &before, const Plan &plan, const ImageView<ELFT> &after)
      : before_(before), plan_(plan), after_(after) {}

  Result<void> run() {
    expect_symbols();
    Result<void> good = find_symbols();
    if (good)
      good = relocations();
    if (good)
      good = mapped_bytes();
    return good;
  }

private:
  /// So many entries may be gone from between two that were neighbours.
  static constexpr std::uint32_t nearby = 4;

  /// What counts of an entry, its name apart from where that stands.
  struct Expected {
    std::string_view name;
    Sym entry;
    std::uint16_t version = 0;
  };

  void expect_symbols() {
    reserve_large(expected_, before_.symbols().size() + plan_.edits.size());
    for (std::uint32_t i = 0; i < before_.symbols().size(); ++i)
      expected_.push_back(
          {.name = before_.name(i),
           .entry = before_.symbols()[i],
           .version = before_.versions().empty() ? std::uint16_t{0} : std::uint16_t{before_.versions()[i]}});
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::add || edit.change == Change::define) {
        expected_.push_back({.name = edit.name,
                             .entry = new_entry(before_, edit, plan_),
                             .version = before_.versions().empty() ? std::uint16_t{0} : std::uint16_t{1}});
        continue;
      }
      Expected &old = expected_[edit.symbol];
      if (edit.change == Change::rename)
        old.name = edit.name;
      else if (edit.change == Change::visibility)
        change_visibility(old, edit);
      else
        change_entry(old.entry, edit);
    }
  }

  /// The version index of what is hidden is 0, and nothing that is exported has that one.
  void change_visibility(Expected &entry, const Edit &edit) const {
    if (edit.visibility != Visibility::exported) {
      entry.entry.setBinding(STB_LOCAL);
      entry.version = 0;
      return;
    }
    change_entry(entry.entry, edit);
    entry.version = std::max<std::uint16_t>(entry.version, before_.versions().empty() ? 0 : 1);
  }

  /// Each expected entry is there, once, and nothing else. Notes which one each entry of the new table is.
  Result<void> find_symbols() {
    if (after_.symbols().size() != expected_.size())
      return not_as_planned(".dynsym", "the number of symbols");
    found_.resize(expected_.size());
    // Most entries stand behind each other as they did; the others are looked up by name.
    std::vector<std::uint32_t> elsewhere;
    std::vector<bool> taken(expected_.size());
    std::uint32_t next = 0;
    for (std::uint32_t i = 0; i < after_.symbols().size(); ++i) {
      std::uint32_t at = next;
      while (at < expected_.size() && at < next + nearby && !is(i, expected_[at]))
        ++at;
      if (at == expected_.size() || at == next + nearby) {
        elsewhere.push_back(i);
        continue;
      }
      found_[i] = at;
      taken[at] = true;
      next = at + 1;
    }
    std::unordered_multimap<std::string_view, std::uint32_t> by_name;
    for (std::uint32_t i = 0; i < expected_.size(); ++i)
      if (!taken[i])
        by_name.emplace(expected_[i].name, i);
    for (const std::uint32_t i : elsewhere) {
      const auto [first, last] = by_name.equal_range(after_.name(i));
      const auto match = std::find_if(first, last, [&](const auto &entry) { return is(i, expected_[entry.second]); });
      if (match == last)
        return not_as_planned(join({after_.place(i), " ", quoted(after_.name(i))}), "an entry");
      found_[i] = match->second;
      by_name.erase(match);
    }
    return {};
  }

  [[nodiscard]] bool is(std::uint32_t index, const Expected &expected) const {
    const Sym &now = after_.symbols()[index];
    const std::uint16_t version =
        after_.versions().empty() ? std::uint16_t{0} : std::uint16_t{after_.versions()[index]};
    return now.st_value == expected.entry.st_value && now.st_size == expected.entry.st_size &&
           now.st_info == expected.entry.st_info && now.st_other == expected.entry.st_other &&
           now.st_shndx == expected.entry.st_shndx && version == expected.version &&
           after_.is_called(index, expected.name);
  }

  /// Each relocation is what it was, about the symbol that it was about.
  Result<void> relocations() const {
    const auto old_ranges = before_.relocations();
    const auto new_ranges = after_.relocations();
    if (!old_ranges || !new_ranges || old_ranges->size() != new_ranges->size())
      return not_as_planned(".dynamic", "the tables of relocations");
    for (std::size_t i = 0; i < old_ranges->size(); ++i) {
      const auto &[old_bytes, has_addends] = (*old_ranges)[i];
      const Bytes new_bytes = (*new_ranges)[i].bytes;
      if (old_bytes.size() != new_bytes.size() ||
          !(has_addends ? same_entries<typename ELFT::Rela>(old_bytes, new_bytes)
                        : same_entries<typename ELFT::Rel>(old_bytes, new_bytes)))
        return not_as_planned(".dynamic", "a relocation");
    }
    return {};
  }

  template <class Entry> [[nodiscard]] bool same_entries(Bytes old_bytes, Bytes new_bytes) const {
    const auto old_entries = entries_of<Entry>(old_bytes);
    const auto new_entries = entries_of<Entry>(new_bytes);
    for (std::size_t i = 0; i < old_entries.size(); ++i) {
      Entry entry = new_entries[i];
      const std::uint32_t symbol = entry.getSymbol(false);
      if (symbol >= found_.size())
        return false;
      entry.setSymbol(found_[symbol], false);
      if (bytes_of(entry) != bytes_of(old_entries[i]))
        return false;
    }
    return true;
  }

  /// What is mapped from the file is at its address as it was, but for the tables themselves. Equal by construction, so
  /// only ends are looked at.
  Result<void> mapped_bytes() const {
    for (std::uint32_t i = 1; i < before_.file().sections().size(); ++i) {
      const auto &old = before_.file().sections()[i];
      const auto &now = after_.file().sections()[i];
      if ((old.sh_flags & SHF_ALLOC) == 0 || old.sh_type == SHT_NOBITS || old.sh_addr != now.sh_addr ||
          old.sh_size != now.sh_size || may_change(old))
        continue;
      const Bytes before = before_.mapped(old.sh_addr).substr(0, static_cast<std::size_t>(old.sh_size));
      const Bytes after = after_.mapped(old.sh_addr).substr(0, static_cast<std::size_t>(old.sh_size));
      if (!same_ends(before, after, 64))
        return not_as_planned(before_.file().section_place(i), "its contents");
    }
    return {};
  }

  /// The tables that the other steps have looked at, whatever their section headers call them.
  [[nodiscard]] bool may_change(const typename ELFT::Shdr &section) const {
    const std::uint64_t dynamic = before_.dynamic_offset();
    if (section.sh_offset <= dynamic && dynamic < section.sh_offset + section.sh_size)
      return true;
    return std::ranges::any_of(before_.dynamic(), [&](const auto &entry) {
      const std::uint64_t address = entry.d_un.d_val;
      return leads_to_table(static_cast<std::int64_t>(entry.d_tag)) && address >= section.sh_addr &&
             address - section.sh_addr < section.sh_size;
    });
  }

  const ImageView<ELFT> &before_;
  const Plan &plan_;
  const ImageView<ELFT> &after_;
  std::vector<Expected> expected_;
  std::vector<std::uint32_t> found_; ///< by index in the new table, the position in expected_
};

} // namespace

Result<void> verify_image(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  if (Result<void> settled = settle(); !settled)
    return settled;
  return with_image(before, [&]<class ELFT>(const ImageView<ELFT> &old_view) -> Result<void> {
    const Result<ImageView<ELFT>> new_view = ImageView<ELFT>::create(after);
    if (!new_view)
      return not_as_planned(new_view.error().diagnostics.front().place, new_view.error().diagnostics.front().reason);
    if (new_view->file().sections().size() != old_view.file().sections().size())
      return not_as_planned("section header table", "other sections");
    return Verification<ELFT>(old_view, plan, *new_view).run();
  });
}

} // namespace linkname::elf
