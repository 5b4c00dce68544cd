#include "coff/verify.h"

#include "base/verify_copy.h"
#include "coff/consequences.h"
#include "coff/index_holders.h"
#include "coff/offsets.h"
#include "coff/symbol_edit.h"
#include "coff/typed.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>

namespace linkname::coff {
namespace {

constexpr std::size_t window = 64; // of ranges that are equal by construction

template <class T> Bytes bytes_of(std::span<const T> entries) {
  return {reinterpret_cast<const char *>(entries.data()), entries.size_bytes()};
}

template <class SymbolType> class Verification {
public:
  Verification(const View<SymbolType> &before, const Plan &plan, const Consequences &follows,
               const View<SymbolType> &after)
      : before_(before), plan_(plan), follows_(follows), after_(after) {}

  Result<void> run() {
    Result<void> good = header();
    for (std::uint32_t number = 1; good && number <= before_.sections().size(); ++number)
      good = section(number);
    if (good)
      good = relocations_that_follow();
    if (good)
      good = symbols_that_stay();
    if (good)
      good = symbols_that_were_added();
    if (good && !same_start(before_.strings(), after_.strings()))
      good = not_as_planned("string table", "the old strings");
    return good;
  }

private:
  /// As it was, but for where the symbol table stands and how long it is.
  [[nodiscard]] Result<void> header() const {
    auto expected = before_.header();
    expected.NumberOfSymbols = static_cast<std::uint32_t>(before_.symbols().size() + entries_added(plan_));
    expected.PointerToSymbolTable = after_.header().PointerToSymbolTable;
    if (std::memcmp(&expected, &after_.header(), sizeof expected) != 0 ||
        after_.section_table() != before_.section_table())
      return not_as_planned("COFF header", "a field");
    return {};
  }

  [[nodiscard]] Result<void> section(std::uint32_t number) {
    const Section &old = before_.sections()[number - 1];
    const Section &now = after_.sections()[number - 1];
    const auto contents = follows_.contents.find(number);
    const auto new_name = follows_.section_names.find(number);
    if (std::memcmp(&old, &now, sizeof old) == 0 && contents == follows_.contents.end() && nothing_moves_ &&
        !follows_.kept_records.contains(number))
      return {};
    Section expected = old;
    if (new_name != follows_.section_names.end()) {
      const Result<Bytes> name = after_.section_name(number);
      if (!name || *name != new_name->second)
        return not_as_planned(before_.section_place(number), "its name");
      std::ranges::copy(now.Name, expected.Name);
    }
    expected.Characteristics = follows_.characteristics(number, old.Characteristics);
    if (contents != follows_.contents.end())
      expected.SizeOfRawData = static_cast<std::uint32_t>(contents->second.size());
    if ((old.PointerToRawData == 0) != (now.PointerToRawData == 0) ||
        (old.PointerToRelocations == 0) != (now.PointerToRelocations == 0) ||
        (old.PointerToLinenumbers == 0) != (now.PointerToLinenumbers == 0))
      return not_as_planned(before_.section_place(number), "an offset");
    expected.PointerToRawData = now.PointerToRawData;
    expected.PointerToRelocations = now.PointerToRelocations;
    expected.PointerToLinenumbers = now.PointerToLinenumbers;
    if (std::memcmp(&expected, &now, sizeof now) != 0)
      return not_as_planned(before_.section_place(number), "its header");
    return parts_of(number, contents == follows_.contents.end() ? nullptr : &contents->second);
  }

  [[nodiscard]] Result<void> parts_of(std::uint32_t number, const std::string *new_contents) const {
    const Result<Bytes> old_contents = before_.contents(number);
    const Result<Bytes> contents = after_.contents(number);
    if (!old_contents || !contents ||
        (new_contents != nullptr ? *contents != *new_contents : !same_ends(*old_contents, *contents, window)))
      return not_as_planned(before_.section_place(number), "its contents");
    if (const Result<Bytes> name = before_.section_name(number);
        follows_.weak_names.moves_any() && name && !describes_definitions(*name))
      return {}; // relocations_that_follow() compares them
    const Result<std::span<const Relocation>> old_relocations = before_.relocations(number);
    const Result<std::span<const Relocation>> relocations = after_.relocations(number);
    if (!old_relocations || !relocations || !same_ends(bytes_of(*old_relocations), bytes_of(*relocations), window))
      return not_as_planned(before_.section_place(number), "its relocations");
    return {};
  }

  /// Where names have become weak every relocation counts.
  [[nodiscard]] Result<void> relocations_that_follow() const {
    if (!follows_.weak_names.moves_any())
      return {};
    for (std::uint32_t number = 1; number <= before_.sections().size(); ++number) {
      const Result<std::span<const Relocation>> old = before_.relocations(number);
      const Result<std::span<const Relocation>> now = after_.relocations(number);
      const Result<Bytes> name = before_.section_name(number);
      if (!old || !now || !name || old->size() != now->size())
        return not_as_planned(before_.section_place(number), "its relocations");
      const bool stays = describes_definitions(*name);
      for (std::size_t i = 0; i < old->size(); ++i) {
        Relocation expected = (*old)[i];
        if (!stays)
          expected.SymbolTableIndex = follows_.weak_names(expected.SymbolTableIndex);
        if (std::memcmp(&expected, &(*now)[i], sizeof expected) != 0)
          return not_as_planned(before_.section_place(number), "a relocation");
      }
    }
    return {};
  }

  /// The old strings open the new table, behind its length.
  static bool same_start(Bytes old_strings, Bytes new_strings) {
    constexpr std::size_t length = sizeof(std::uint32_t);
    if (old_strings.size() <= length)
      return true;
    return new_strings.size() >= old_strings.size() &&
           same_ends(old_strings.substr(length), new_strings.substr(length, old_strings.size() - length), window);
  }

  [[nodiscard]] Result<void> symbols_that_stay() {
    const std::size_t count = before_.symbols().size();
    std::size_t edit = 0;
    for (std::uint64_t i = 0; i < count;) {
      const auto index = static_cast<std::uint32_t>(i);
      const std::size_t entries = 1 + std::size_t{before_.symbols()[index].NumberOfAuxSymbols};
      i += entries;
      if (i > count)
        return not_as_planned(symbol_place(index), "its auxiliary records");
      while (edit < plan_.edits.size() && plan_.edits[edit].symbol < index)
        ++edit;
      const bool edited = edit < plan_.edits.size() && plan_.edits[edit].symbol == index;
      if (!edited &&
          std::memcmp(&before_.symbols()[index], &after_.symbols()[index], entries * sizeof(SymbolType)) == 0)
        continue;
      if (Result<void> good = edited ? edited_symbol(index) : other_symbol(index); !good)
        return good;
    }
    return {};
  }

  [[nodiscard]] Result<void> edited_symbol(std::uint32_t symbol) const {
    SymbolType expected = before_.symbols()[symbol];
    std::optional<std::string_view> name;
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol)) {
      change_entry(expected, edit.change);
      if (edit.change == Change::rename)
        name = edit.name;
      if (edit.change == Change::weaken)
        name = follows_.defaults.at(symbol);
    }
    if (Result<void> same = compare(symbol, expected, name); !same)
      return same;
    return same_records(symbol, symbol) ? Result<void>() : not_as_planned(symbol_place(symbol), "an auxiliary record");
  }

  /// One that no edit names: only a section's symbol may follow its section, and a function's line numbers may move.
  [[nodiscard]] Result<void> other_symbol(std::uint32_t symbol) const {
    const SymbolType &old = before_.symbols()[symbol];
    const auto number = static_cast<std::uint32_t>(std::max<std::int64_t>(before_.section_number(symbol), 0));
    const Result<Bytes> name = before_.symbol_name(symbol);
    const Result<Bytes> section = number != 0 ? before_.section_name(number) : Result<Bytes>(Bytes());
    if (number == 0 || !name || !section)
      return not_as_planned(symbol_place(symbol), "an entry that no edit names");
    if (is_function_type(old.Type)) {
      const bool same = std::memcmp(&old, &after_.symbols()[symbol], sizeof old) == 0;
      return same && same_records(symbol, symbol) ? Result<void>()
                                                  : not_as_planned(symbol_place(symbol), "an entry that no edit names");
    }
    const auto contents = follows_.contents.find(number);
    const auto new_name = follows_.section_names.find(number);
    const auto record = array_at<SectionDefinition>(before_.auxiliary(symbol), 0, 1);
    if (!is_section_symbol(old, *name, *section) || !record)
      return not_as_planned(symbol_place(symbol), "an entry that no edit names");
    if (Result<void> same =
            compare(symbol, old,
                    new_name == follows_.section_names.end() ? std::nullopt
                                                             : std::optional<std::string_view>(new_name->second));
        !same)
      return same;
    SectionDefinition expected = record->front();
    if (contents != follows_.contents.end())
      expected = with_contents(expected, contents->second);
    const Bytes old_records = before_.auxiliary(symbol);
    const Bytes records = after_.auxiliary(symbol);
    if (std::memcmp(&expected, records.data(), sizeof expected) != 0 ||
        old_records.substr(sizeof expected) != records.substr(sizeof expected))
      return not_as_planned(symbol_place(symbol), "what it says of its section");
    return {};
  }

  /// Whether the auxiliary records are the same, but for where line numbers stand.
  [[nodiscard]] bool same_records(std::uint32_t old_symbol, std::uint32_t symbol) const {
    Bytes old = before_.auxiliary(old_symbol);
    Bytes now = after_.auxiliary(symbol);
    if (old == now)
      return true;
    const auto old_record = array_at<FunctionDefinition>(old, 0, 1);
    const auto record = array_at<FunctionDefinition>(now, 0, 1);
    if (!old_record || !record || !is_function_type(before_.symbols()[old_symbol].Type) ||
        (old_record->front().PointerToLinenumber == 0) != (record->front().PointerToLinenumber == 0))
      return false;
    FunctionDefinition expected = old_record->front();
    expected.PointerToLinenumber = record->front().PointerToLinenumber;
    old.remove_prefix(sizeof expected);
    now.remove_prefix(sizeof expected);
    return std::memcmp(&expected, record->data(), sizeof expected) == 0 && old == now;
  }

  [[nodiscard]] Result<void> symbols_that_were_added() const {
    auto place = static_cast<std::uint32_t>(before_.symbols().size());
    for (const Edit &edit : plan_.edits) {
      Result<void> good;
      if (edit.change == Change::add) {
        good = compare(place, added_entry(before_, edit.symbol), edit.name);
      } else if (edit.change == Change::weaken) {
        good = compare(place, weak_entry(before_.symbols()[edit.symbol]), name_of_weak(edit.symbol));
        if (good && after_.auxiliary(place) != weak_record<SymbolType>(edit.symbol))
          good = not_as_planned(symbol_place(place), "what a weak symbol falls back to");
      }
      if (!good)
        return good;
      place += entries_added(edit.change);
    }
    return {};
  }

  [[nodiscard]] std::string_view name_of_weak(std::uint32_t symbol) const {
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol))
      if (edit.change == Change::rename)
        return edit.name;
    return before_.symbol_name(symbol).value_or(Bytes{});
  }

  /// The entry at `place` of the new table against `expected`; with a `name` the new name counts, not how it is stored.
  [[nodiscard]] Result<void> compare(std::uint32_t place, SymbolType expected,
                                     std::optional<std::string_view> name) const {
    const SymbolType &now = after_.symbols()[place];
    if (name) {
      const Result<Bytes> found = after_.symbol_name(place);
      if (!found || *found != *name)
        return not_as_planned(symbol_place(place), "a name");
      expected.Name = now.Name;
    }
    if (std::memcmp(&expected, &now, sizeof now) != 0)
      return not_as_planned(symbol_place(place), "a field of the entry");
    return {};
  }

  const View<SymbolType> &before_;
  const Plan &plan_;
  const Consequences &follows_;
  const View<SymbolType> &after_;
  bool nothing_moves_ = follows_.contents.empty();
};

} // namespace

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  if (Result<void> settled = settle(); !settled)
    return settled;
  return with_view(before, [&]<class SymbolType>(const View<SymbolType> &old_view) -> Result<void> {
    const Result<View<SymbolType>> new_view = View<SymbolType>::create(after);
    if (!new_view)
      return std::unexpected(new_view.error());
    const Result<Consequences> follows = consequences_of(old_view, plan);
    if (!follows)
      return std::unexpected(follows.error());
    return Verification<SymbolType>(old_view, plan, *follows, *new_view).run();
  });
}

} // namespace linkname::coff
