#include "elf/verify.h"

#include "base/symbol_order.h"
#include "base/verify_copy.h"
#include "elf/symbol_edit.h"
#include "elf/typed.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class ELFT> class Verification {
public:
  using Sym = typename ELFT::Sym;

  Verification(const View<ELFT> &before, const Plan &plan, const View<ELFT> &after)
      : before_(before), plan_(plan), after_(after), order_(plan, before.sections()[before.symbol_table()].sh_info) {}

  Result<void> run(const Settle &settle) const {
    std::vector<std::uint32_t> moved;
    Result<void> good = headers(moved);
    if (good)
      good = symbols_that_stay();
    if (good)
      good = symbols_that_were_added();
    if (good)
      good = settle();
    if (good)
      good = contents(moved);
    return good;
  }

private:
  /// All headers as they were, but for where sections lie and how large the symbol table and its companions are.
  /// Into `moved` goes one section of all that have moved by the same distance in a row.
  Result<void> headers(std::vector<std::uint32_t> &moved) const {
    if (after_.sections().size() != before_.sections().size() || after_.symbol_table() != before_.symbol_table() ||
        after_.string_table() != before_.string_table() || after_.extended_table() != before_.extended_table())
      return not_as_planned("section header table", "other sections");
    std::uint64_t last_distance = 0;
    for (std::uint32_t i = 0; i < before_.sections().size(); ++i) {
      const auto &old = before_.sections()[i];
      const auto &now = after_.sections()[i];
      if (!order_.moves_any() && std::memcmp(&old, &now, sizeof(old)) == 0)
        continue; // most of them, and with no symbol in another place nothing else can be due
      std::uint32_t info = old.sh_info;
      if (i != 0 && i == before_.symbol_table())
        info = order_.first_global();
      else if (old.sh_type == SHT_GROUP && old.sh_link == before_.symbol_table())
        info = order_(info);
      if (now.sh_name != old.sh_name || now.sh_type != old.sh_type || now.sh_flags != old.sh_flags ||
          now.sh_addr != old.sh_addr || now.sh_link != old.sh_link || now.sh_info != info ||
          now.sh_addralign != old.sh_addralign || now.sh_entsize != old.sh_entsize ||
          (now.sh_size != old.sh_size && !may_be_resized(i)))
        return not_as_planned(before_.section_place(i), "its header");
      const std::uint64_t distance = std::uint64_t{now.sh_offset} - std::uint64_t{old.sh_offset};
      const bool holds_indices = order_.moves_any() && old.sh_link == before_.symbol_table();
      if (distance == 0 || distance == last_distance || old.sh_size == 0 || holds_indices || may_be_resized(i))
        continue;
      moved.push_back(i);
      last_distance = distance;
    }
    return {};
  }

  [[nodiscard]] bool may_be_resized(std::uint32_t section) const {
    const bool table =
        section == before_.symbol_table() || section == before_.string_table() || section == before_.extended_table();
    return (section != 0 && table) || (order_.moves_any() && before_.sections()[section].sh_type == SHT_LLVM_ADDRSIG);
  }

  /// Contents are equal by construction, but a wrong offset would show at a section's two ends.
  Result<void> contents(std::span<const std::uint32_t> moved) const {
    for (const std::uint32_t section : moved)
      if (!same_ends(section))
        return not_as_planned(before_.section_place(section), "its contents");
    if (!same_start(before_.strings(), after_.strings()))
      return not_as_planned(before_.section_place(before_.string_table()), "the old strings");
    return {};
  }

  /// The old strings open the new table. Equal by construction, so only their two ends are looked at.
  static bool same_start(Bytes old_strings, Bytes new_strings) {
    return new_strings.size() >= old_strings.size() &&
           linkname::same_ends(old_strings, new_strings.substr(0, old_strings.size()), 4096);
  }

  [[nodiscard]] bool same_ends(std::uint32_t section) const {
    const Result<Bytes> old_bytes = before_.contents(section);
    const Result<Bytes> new_bytes = after_.contents(section);
    if (!old_bytes || !new_bytes)
      return old_bytes.has_value() == new_bytes.has_value();
    return linkname::same_ends(*old_bytes, *new_bytes, 64);
  }

  Result<void> symbols_that_stay() const {
    const std::size_t count = before_.symbols().size();
    std::size_t added = 0;
    std::vector<std::uint32_t> touched;
    for (const auto &[from, to] : order_.moved())
      touched.push_back(from);
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::add)
        ++added;
      else
        touched.push_back(edit.symbol);
    }
    if (!std::ranges::is_sorted(touched))
      std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());
    if (after_.symbols().size() != count + added)
      return not_as_planned(".symtab", "the number of symbols");

    // Runs of untouched entries are compared as bytes.
    std::uint32_t run = 0;
    const auto untouched = [&](std::uint32_t end) {
      return std::memcmp(before_.symbols().data() + run, after_.symbols().data() + run, (end - run) * sizeof(Sym)) == 0;
    };
    std::span<const Edit> edits = plan_.edits;
    for (const std::uint32_t symbol : touched) {
      if (!untouched(symbol))
        return not_as_planned(".symtab", "an entry that no edit names");
      run = symbol + 1;
      while (!edits.empty() && edits.front().symbol < symbol)
        edits = edits.subspan(1);
      if (Result<void> good = symbol_that_changed(symbol, edits); !good)
        return good;
    }
    if (!untouched(static_cast<std::uint32_t>(count)))
      return not_as_planned(".symtab", "an entry that no edit names");
    return {};
  }

  /// `edits` open with those of the symbol.
  Result<void> symbol_that_changed(std::uint32_t symbol, std::span<const Edit> edits) const {
    Sym expected = before_.symbols()[symbol];
    std::optional<std::string_view> name;
    for (; !edits.empty() && edits.front().symbol == symbol; edits = edits.subspan(1)) {
      change_entry(expected, edits.front());
      if (edits.front().change == Change::rename)
        name = edits.front().name;
    }
    return compare(order_(symbol), expected, symbol, name);
  }

  Result<void> symbols_that_were_added() const {
    auto place = static_cast<std::uint32_t>(before_.symbols().size());
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::add)
        continue;
      const Sym expected = added_entry(before_.symbols()[edit.symbol], edit.visibility);
      if (Result<void> good = compare(place, expected, edit.symbol, edit.name); !good)
        return good;
      ++place;
    }
    return {};
  }

  /// The entry at `place` of the new table against `expected`; with a `name` the new name counts, not its offset.
  Result<void> compare(std::uint32_t place, Sym expected, std::uint32_t like,
                       std::optional<std::string_view> name) const {
    const Sym &now = after_.symbols()[place];
    const auto where = [&] { return join({".symtab[", std::to_string(place), "]"}); };
    if (name) {
      if (!after_.is_called(place, *name))
        return not_as_planned(where(), "a name");
      expected.st_name = now.st_name;
    }
    if (std::memcmp(&expected, &now, sizeof(Sym)) != 0)
      return not_as_planned(where(), "a field of the entry");
    if (after_.section_of(place).index != before_.section_of(like).index)
      return not_as_planned(where(), "the section of the symbol");
    return {};
  }

  const View<ELFT> &before_;
  const Plan &plan_;
  const View<ELFT> &after_;
  SymbolOrder order_;
};

} // namespace

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  const auto hold_against = [&]<class ELFT>(const View<ELFT> &old_view) -> Result<void> {
    if (after.substr(0, EI_NIDENT) != before.substr(0, EI_NIDENT))
      return not_as_planned("ELF header", "e_ident");
    // Of a second symbol table, headers() would say that the section was another one.
    const Result<View<ELFT>> new_view = View<ELFT>::create(after, SymbolTables::one);
    if (!new_view)
      return std::unexpected(new_view.error());
    new_view->populate_tables();
    return Verification<ELFT>(old_view, plan, *new_view).run(settle);
  };
  return with_view(before, hold_against, SymbolTables::one);
}

} // namespace linkname::elf
