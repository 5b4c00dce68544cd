#include "macho/verify.h"

#include "base/verify_copy.h"
#include "macho/groups.h"
#include "macho/index_holders.h"
#include "macho/offsets.h"
#include "macho/symbol_edit.h"
#include "macho/symbol_order.h"
#include "macho/typed.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string_view>
#include <vector>

namespace linkname::macho {
namespace {

template <class T> class Verification {
public:
  using Symbol = typename T::Symbol;

  Verification(const View<T> &before, const Plan &plan, const View<T> &after)
      : before_(before), plan_(plan), after_(after),
        order_(plan, static_cast<std::uint32_t>(before.symbols().size()), groups_of(before)) {}

  Result<void> run(const Settle &settle) const {
    Result<void> good = commands();
    if (good)
      good = symbols_that_stay();
    if (good)
      good = symbols_that_were_added();
    if (good)
      good = settle();
    if (good)
      good = contents();
    if (good && order_.moves_any())
      good = indices();
    return good;
  }

private:
  /// The header and the load commands as they were, but for file offsets and the numbers that the plan changes.
  Result<void> commands() const {
    const auto size = static_cast<std::size_t>(before_.commands_end());
    if (after_.commands_end() != size || after_.commands().size() != before_.commands().size())
      return not_as_planned("Mach-O header", "other load commands");
    std::string expected(before_.bytes().substr(0, size));
    const auto take_over = [&]<class Value>(const Value &now) { // what has a check of its own
      std::memcpy(expected.data() + after_.position(&now), &now, sizeof now);
    };
    const auto set = [&](const typename T::U32 &field, std::uint32_t value) {
      const typename T::U32 wanted(value);
      std::memcpy(expected.data() + before_.position(&field), &wanted, sizeof wanted);
    };
    // A load command that is not known ends the walk; its bytes then have to be equal.
    (void)for_each_offset(after_, [&](const auto &field, const FileRange &) { take_over(field); });
    set(before_.symbol_table()->nsyms, order_.count());
    take_over(after_.symbol_table()->strsize);
    if (const auto &groups = order_.groups(); groups && groups != groups_of(before_)) {
      const auto &dynamic = *before_.dynamic_symbol_table();
      set(dynamic.nlocalsym, groups->locals);
      set(dynamic.iextdefsym, groups->locals);
      set(dynamic.nextdefsym, groups->defined);
      set(dynamic.iundefsym, groups->locals + groups->defined);
      set(dynamic.nundefsym, groups->undefined);
    }
    return expected == after_.bytes().substr(0, size) ? Result<void>() : not_as_planned("load commands", "a field");
  }

  Result<void> symbols_that_stay() const {
    const std::size_t count = before_.symbols().size();
    if (after_.symbols().size() != order_.count())
      return not_as_planned("LC_SYMTAB", "the number of symbols");
    std::vector<std::uint32_t> touched;
    for (const auto &[from, to] : order_.moved())
      touched.push_back(from);
    for (const Edit &edit : plan_.edits)
      touched.push_back(edit.symbol);
    std::ranges::sort(touched);
    touched.erase(std::ranges::unique(touched).begin(), touched.end());

    // Runs of untouched entries are compared as bytes; what an added symbol has taken the place of was moved.
    std::size_t run = 0;
    const auto untouched = [&](std::size_t end) {
      return std::memcmp(before_.symbols().data() + run, after_.symbols().data() + run, (end - run) * sizeof(Symbol)) ==
             0;
    };
    for (const std::uint32_t symbol : touched) {
      if (!untouched(symbol))
        return not_as_planned("LC_SYMTAB", "an entry that no edit names");
      run = symbol + std::size_t{1};
      if (Result<void> good = symbol_that_changed(symbol); !good)
        return good;
    }
    return untouched(count) ? Result<void>() : not_as_planned("LC_SYMTAB", "an entry that no edit names");
  }

  Result<void> symbol_that_changed(std::uint32_t symbol) const {
    Symbol expected = before_.symbols()[symbol];
    const Edit *rename = nullptr;
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol)) {
      change_entry(expected, edit);
      if (edit.change == Change::rename)
        rename = &edit;
    }
    return compare(order_(symbol), expected, rename != nullptr ? std::optional(rename->name) : std::nullopt);
  }

  Result<void> symbols_that_were_added() const {
    std::uint32_t place = order_.added_at();
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::add)
        continue;
      const Symbol expected = added_entry(before_.symbols()[edit.symbol], edit.visibility);
      if (Result<void> good = compare(place++, expected, edit.name); !good)
        return good;
    }
    return {};
  }

  /// The entry at `place` of the new table against `expected`; with a `name` the new name counts, not its offset.
  Result<void> compare(std::uint32_t place, Symbol expected, std::optional<std::string_view> name) const {
    const Symbol &now = after_.symbols()[place];
    if (name) {
      const Result<Bytes> found = after_.symbol_name(place);
      if (!found || *found != *name)
        return not_as_planned(after_.symbol_place(place), "a name");
      expected.n_strx = now.n_strx;
    }
    return std::memcmp(&expected, &now, sizeof(Symbol)) == 0
               ? Result<void>()
               : not_as_planned(after_.symbol_place(place), "a field of the entry");
  }

  /// Contents are equal by construction, but a wrong offset would show at the two ends of a range.
  Result<void> contents() const {
    struct Place {
      std::uint64_t offset;
      FileRange range;
    };
    std::vector<Place> places;
    (void)for_each_offset(before_, [&](const auto &field, const FileRange &range) {
      places.push_back({.offset = field, .range = range});
    });
    Result<void> good;
    std::size_t next = 0;
    (void)for_each_offset(after_, [&](const auto &field, const FileRange &range) {
      const Place &old = places[next++];
      if (!good || has_own_check(range))
        return;
      if (!same_ends(slice(before_.bytes(), old.offset, old.range.size),
                     slice(after_.bytes(), std::uint64_t{field}, old.range.size)))
        good = not_as_planned(range_place(before_, old.range), "its contents");
    });
    if (good && after_.strings().size() < before_.strings().size())
      good = not_as_planned("LC_SYMTAB", "the size of the strings");
    return good;
  }

  [[nodiscard]] bool has_own_check(const FileRange &range) const {
    switch (range.kind) {
    case RangeKind::symbols:
    case RangeKind::segment: // its sections are compared
      return true;
    case RangeKind::relocations:
    case RangeKind::indirect_symbols:
      return order_.moves_any();
    case RangeKind::contents:
      return order_.moves_any() && is_call_graph_profile<T>(*before_.sections()[range.section - 1]);
    default:
      return false;
    }
  }

  static bool same_ends(std::optional<Bytes> old_bytes, std::optional<Bytes> new_bytes) {
    if (!old_bytes || !new_bytes)
      return !old_bytes; // it was out of bounds before
    return linkname::same_ends(*old_bytes, *new_bytes, 64);
  }

  /// Every symbol index where it belongs, and nothing else changed beside it.
  Result<void> indices() const {
    const Processor cpu = processor(before_.header().cputype);
    Result<void> good = for_each_relocated_section(before_, [&](std::uint32_t number, auto old) -> Result<void> {
      const auto now = after_.relocations(number);
      for (std::size_t i = 0; now && i < old.size(); ++i) {
        auto expected = old[i];
        const std::uint32_t symbol = expected.target().number;
        if (order_(symbol) != symbol && names_symbol(cpu, expected))
          expected.set_number(order_(symbol));
        if (std::memcmp(&expected, &(*now)[i], sizeof expected) != 0)
          return not_as_planned(before_.section_place(number), "a relocation");
      }
      return now ? Result<void>() : std::unexpected(now.error());
    });
    const auto old = indirect_symbols(before_);
    const auto now = indirect_symbols(after_);
    for (std::size_t i = 0; good && old && i < old->size(); ++i) {
      const std::uint32_t entry = (*old)[i];
      if (!now || (*now)[i] != (is_indirect_marker(entry) ? entry : order_(entry)))
        good = not_as_planned("LC_DYSYMTAB", "the indirect symbol table");
    }
    for (std::uint32_t number = 1; good && number <= before_.sections().size(); ++number)
      if (is_call_graph_profile<T>(*before_.sections()[number - 1]))
        good = call_graph_profile(number);
    return good;
  }

  Result<void> call_graph_profile(std::uint32_t section) const {
    const Result<Bytes> old = before_.contents(section);
    const Result<Bytes> now = after_.contents(section);
    using Calls = std::span<const typename T::CallCount>;
    const Calls expected = old ? entries_of<typename T::CallCount>(*old) : Calls{};
    const Calls found = now ? entries_of<typename T::CallCount>(*now) : Calls{};
    const auto same = [&](const auto &was, const auto &is) {
      return is.from == order_(was.from) && is.to == order_(was.to) && is.count == was.count;
    };
    return std::ranges::equal(expected, found, same) ? Result<void>()
                                                     : not_as_planned(before_.section_place(section), "its indices");
  }

  const View<T> &before_;
  const Plan &plan_;
  const View<T> &after_;
  GroupOrder order_;
};

} // namespace

Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  return with_view(before, [&]<class T>(const View<T> &old_view) -> Result<void> {
    if (after.substr(0, sizeof(typename T::Header)) != before.substr(0, sizeof(typename T::Header)))
      return not_as_planned("Mach-O header", "a field");
    const Result<View<T>> new_view = View<T>::create(after);
    if (!new_view)
      return std::unexpected(new_view.error());
    return Verification<T>(old_view, plan, *new_view).run(settle);
  });
}

} // namespace linkname::macho
