#include "macho/layout.h"

#include "base/edits.h"
#include "base/string_pool.h"
#include "macho/groups.h"
#include "macho/index_holders.h"
#include "macho/offsets.h"
#include "macho/symbol_edit.h"
#include "macho/symbol_order.h"
#include "macho/typed.h"

#include <algorithm>

namespace linkname::macho {
namespace {

/// More than any object's sections are aligned to; a larger demand is damage, and obeying it would pad the file by
/// gigabytes.
constexpr std::uint64_t largest_alignment = 1U << 20U;

template <class T> class Layout {
public:
  using Symbol = typename T::Symbol;
  using U32 = typename T::U32;

  Layout(const View<T> &view, const Plan &plan)
      : view_(view), plan_(plan), table_(*view.symbol_table()),
        order_(plan, static_cast<std::uint32_t>(view.symbols().size()), groups_of(view)), pool_(view.strings().size()) {
  }

  Result<Splices> run() {
    Result<void> done = change_entries();
    if (done)
      done = add_entries();
    if (done && order_.moves_any())
      done = move_indices();
    if (done)
      done = grow();
    if (done)
      done = move_offsets();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(splices_);
  }

private:
  /// `value` in the place of a structure of the input.
  template <class Value> void put(const Value &at, const Value &value) {
    if (bytes_of(at) != bytes_of(value))
      splices_.push_back(
          {.offset = view_.position(&at), .old_length = sizeof value, .bytes = std::string(bytes_of(value))});
  }

  void put_number(const U32 &at, std::uint32_t value) { put(at, U32(value)); }

  Result<void> name_entry(Symbol &entry, const Edit &edit) {
    const std::optional<std::uint32_t> offset = pool_.add(edit.name);
    if (!offset)
      return fail(Status::refused, "LC_SYMTAB", "the string table would exceed 4 GiB");
    entry.n_strx = *offset;
    return {};
  }

  /// What comes to stand at `place`, which may be behind the table's end.
  void put_entry(std::uint32_t place, const Symbol &entry) {
    const std::size_t count = view_.symbols().size();
    if (place < count)
      put(view_.symbols()[place], entry);
    else
      std::ranges::copy(bytes_of(entry),
                        appended_.begin() + static_cast<std::ptrdiff_t>((place - count) * sizeof entry));
  }

  [[nodiscard]] Result<void> refuse(std::uint32_t symbol, Change change) const {
    const std::string_view reason = refusal(view_, symbol, change);
    return reason.empty() ? Result<void>() : fail(Status::refused, view_.symbol_place(symbol), std::string(reason));
  }

  /// Entries that stay in the table: renamed, changed or moved.
  Result<void> change_entries() {
    appended_.resize(order_.added() * sizeof(Symbol));
    std::vector<std::uint32_t> edited; // ascending, as the plan's edits come by symbol
    for (const std::span<const Edit> edits : edits_by_symbol(plan_)) {
      const std::uint32_t symbol = edits.front().symbol;
      Symbol entry = view_.symbols()[symbol];
      for (const Edit &edit : edits) {
        if (Result<void> possible = refuse(symbol, edit.change); !possible)
          return possible;
        change_entry(entry, edit);
        if (edit.change != Change::rename)
          continue;
        if (Result<void> named = name_entry(entry, edit); !named)
          return named;
      }
      edited.push_back(symbol);
      put_entry(order_(symbol), entry);
    }
    for (const auto &[from, to] : order_.moved())
      if (!std::ranges::binary_search(edited, from))
        put_entry(to, view_.symbols()[from]);
    return {};
  }

  Result<void> add_entries() {
    std::uint32_t place = order_.added_at();
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::add)
        continue;
      Symbol entry = added_entry(view_.symbols()[edit.symbol], edit.visibility);
      if (Result<void> named = name_entry(entry, edit); !named)
        return named;
      put_entry(place++, entry);
    }
    put_number(table_.nsyms, order_.count());
    if (const auto &groups = order_.groups(); groups && groups != groups_of(view_)) {
      const auto &dynamic = *view_.dynamic_symbol_table();
      put_number(dynamic.nlocalsym, groups->locals);
      put_number(dynamic.iextdefsym, groups->locals);
      put_number(dynamic.nextdefsym, groups->defined);
      put_number(dynamic.iundefsym, groups->locals + groups->defined);
      put_number(dynamic.nundefsym, groups->undefined);
    }
    return {};
  }

  Result<void> move_indices() {
    Result<Splices> moved = move_symbol_indices(view_, order_);
    if (!moved)
      return std::unexpected(std::move(moved.error()));
    std::ranges::move(*moved, std::back_inserter(splices_));
    return {};
  }

  /// Both tables grow at their ends. What pads the strings counts as theirs: linkers and strippers want them to reach
  /// to the end of the file.
  Result<void> grow() {
    std::vector<Resize> resizes;
    if (!appended_.empty())
      resizes.push_back({.at = table_.symoff + view_.symbols().size() * sizeof(Symbol), .bytes = std::move(appended_)});
    const std::uint64_t strings_end = std::uint64_t{table_.stroff} + table_.strsize;
    if (!pool_.added().empty())
      resizes.push_back({.at = strings_end, .bytes = pool_.added()});
    for (Resize &resize : resizes)
      resize.alignment = T::pointer_size;
    if (resizes.size() == 2 && resizes.front().at == resizes.back().at)
      return malformed("LC_SYMTAB", "overlaps its strings");
    if (Result<void> clear = check_neighbours(resizes); !clear)
      return clear;
    const std::uint64_t first = resizes.empty() ? view_.bytes().size() : std::ranges::min(resizes, {}, &Resize::at).at;
    something_moves_ = first < view_.bytes().size();
    for (Splice &splice : padded(std::move(resizes), view_.bytes().size())) {
      if (splice.offset == strings_end && !pool_.added().empty()) {
        const std::uint64_t size = table_.strsize + splice.bytes.size();
        if (size > UINT32_MAX)
          return fail(Status::refused, "LC_SYMTAB", "the string table would exceed 4 GiB");
        put_number(table_.strsize, static_cast<std::uint32_t>(size));
      }
      splices_.push_back(std::move(splice));
    }
    return {};
  }

  /// What lies behind a place that grows has to stay aligned, and nothing may lie across it.
  Result<void> check_neighbours(std::vector<Resize> &resizes) const {
    Result<void> clear;
    for (const Resize &resize : resizes)
      if (resize.at < view_.commands_end())
        return malformed("LC_SYMTAB", "overlaps the load commands");
    const auto look = [&](const auto &field, const FileRange &range) {
      const std::uint64_t offset = field;
      if (!clear || range.size == 0)
        return;
      // What lies past the end could come to lie inside the file once it has grown, or wrap around.
      if (!slice(view_.bytes(), offset, range.size))
        clear = malformed(range_place(view_, range), "reaches past the end of the file");
      for (Resize &resize : resizes) {
        if (offset < resize.at && range.size > resize.at - offset)
          clear = malformed("LC_SYMTAB", join({"overlaps ", range_place(view_, range)}));
        if (offset < resize.at || range.alignment <= resize.alignment || offset % range.alignment != 0)
          continue;
        if (range.alignment > largest_alignment)
          clear = malformed(range_place(view_, range), "no object is aligned like that");
        resize.alignment = range.alignment;
      }
    };
    if (!resizes.empty())
      if (Result<void> known = for_each_offset(view_, look); !known && !only_at_the_end(resizes))
        return known;
    return clear;
  }

  /// Whether nothing lies behind what grows, so that no offset changes and no index is added.
  [[nodiscard]] bool only_at_the_end(const std::vector<Resize> &resizes) const {
    return order_.added() == 0 &&
           std::ranges::all_of(resizes, [&](const Resize &resize) { return resize.at == view_.bytes().size(); });
  }

  Result<void> move_offsets() {
    if (Result<void> ordered = put_in_order(splices_, view_.bytes().size()); !ordered || !something_moves_)
      return ordered;
    const OffsetMap moved(splices_);
    bool too_far = false;
    Splices fields;
    Result<void> known = for_each_offset(view_, [&]<class Field>(const Field &field, const FileRange &) {
      const std::uint64_t now = moved(field);
      too_far = too_far || (sizeof(Field) == sizeof(U32) && now > UINT32_MAX);
      if (now == field)
        return;
      const Field value(static_cast<typename Field::value_type>(now));
      fields.push_back(
          {.offset = view_.position(&field), .old_length = sizeof value, .bytes = std::string(bytes_of(value))});
    });
    if (!known)
      return known;
    if (too_far)
      return fail(Status::refused, "Mach-O header", "the file would exceed what 32-bit offsets reach");
    std::ranges::move(fields, std::back_inserter(splices_));
    return put_in_order(splices_, view_.bytes().size());
  }

  const View<T> &view_;
  const Plan &plan_;
  const typename T::SymbolTable &table_;
  GroupOrder order_;
  StringPool pool_;
  std::string appended_; ///< entries behind the table's end
  bool something_moves_ = false;
  Splices splices_;
};

/// What has to hold of the input before any edit can be laid out.
template <class T> Result<void> check_input(const View<T> &view, const Plan &plan) {
  if (view.symbols().empty() || plan.edits.back().symbol >= view.symbols().size())
    return malformed("LC_SYMTAB", "the plan speaks of a symbol past its end");
  // Offset 0 is the empty name, and what follows an open string would become a part of it.
  if (view.strings().empty() || view.strings().back() != '\0')
    return malformed("LC_SYMTAB", "the string table does not end with a NUL byte");
  const bool regroups = std::ranges::any_of(
      plan.edits, [](const Edit &edit) { return edit.change == Change::add || edit.change == Change::localize; });
  return regroups ? check_groups(view) : Result<void>();
}

} // namespace

Result<Splices> lay_out(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return Splices{};
  return with_view(bytes, [&]<class T>(const View<T> &view) -> Result<Splices> {
    if (Result<void> sound = check_input(view, plan); !sound)
      return std::unexpected(std::move(sound.error()));
    return Layout<T>(view, plan).run();
  });
}

} // namespace linkname::macho
