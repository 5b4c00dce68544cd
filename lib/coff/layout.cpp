#include "coff/layout.h"

#include "base/edits.h"
#include "base/string_pool.h"
#include "coff/consequences.h"
#include "coff/index_holders.h"
#include "coff/occupied.h"
#include "coff/offsets.h"
#include "coff/symbol_edit.h"
#include "coff/typed.h"

#include <algorithm>

namespace linkname::coff {
namespace {

/// What raw data and relocations keep their distance from, so that a place that was aligned still is.
constexpr std::uint64_t alignment = 4;

template <class SymbolType> class Layout {
public:
  Layout(const View<SymbolType> &view, const Plan &plan)
      : view_(view), plan_(plan), headers_(view.sections().begin(), view.sections().end()),
        pool_(std::max(view.strings().size(), sizeof(std::uint32_t))) {}

  Result<Splices> run() {
    Result<Consequences> consequences = consequences_of(view_, plan_);
    if (!consequences)
      return std::unexpected(std::move(consequences.error()));
    follows_ = std::move(*consequences);
    Result<void> done = change_entries();
    if (done)
      done = add_entries();
    if (done)
      done = change_section_symbols();
    if (done)
      done = rename_sections();
    mark_records();
    if (done)
      done = move_relocations();
    if (done)
      done = resize();
    if (done)
      done = move_offsets();
    if (done)
      done = put_in_order(splices_, view_.bytes().size());
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(splices_);
  }

private:
  void put(std::uint64_t offset, Bytes bytes) {
    splices_.push_back({.offset = offset, .old_length = bytes.size(), .bytes = std::string(bytes)});
  }

  Result<std::uint32_t> string(std::string_view text) {
    if (const std::optional<std::uint32_t> offset = pool_.add(text))
      return *offset;
    return fail(Status::refused, "string table", "would exceed 4 GiB");
  }

  Result<void> name_entry(SymbolType &entry, std::string_view name) {
    if (is_short(name)) {
      put_short_name(entry, name);
      return {};
    }
    const Result<std::uint32_t> offset = string(name);
    if (!offset)
      return std::unexpected(offset.error());
    put_long_name(entry, *offset);
    return {};
  }

  /// Entries that stay in the table.
  Result<void> change_entries() {
    for (const std::span<const Edit> edits : edits_by_symbol(plan_)) {
      const std::uint32_t symbol = edits.front().symbol;
      SymbolType entry = view_.symbols()[symbol];
      bool changed = false;
      std::optional<std::string_view> name;
      for (const Edit &edit : edits) {
        changed = changed || edit.change != Change::add;
        change_entry(entry, edit.change);
        if (edit.change == Change::rename)
          name = edit.name;
        if (edit.change == Change::weaken)
          name = follows_.defaults.at(symbol);
      }
      if (name)
        if (Result<void> named = name_entry(entry, *name); !named)
          return named;
      if (changed)
        put(view_.position(&view_.symbols()[symbol]), bytes_of(entry));
    }
    return {};
  }

  /// Entries behind the last one, so that no index changes.
  Result<void> add_entries() {
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::add) {
        SymbolType entry = added_entry(view_, edit.symbol);
        if (Result<void> named = name_entry(entry, edit.name); !named)
          return named;
        added_ += bytes_of(entry);
      } else if (edit.change == Change::weaken) {
        SymbolType entry = weak_entry(view_.symbols()[edit.symbol]);
        if (const Edit *const rename = rename_of(edit.symbol))
          if (Result<void> named = name_entry(entry, rename->name); !named)
            return named;
        added_ += bytes_of(entry);
        added_ += weak_record<SymbolType>(edit.symbol);
      }
    }
    const std::uint64_t count = view_.symbols().size() + entries_added(plan_);
    if (count > UINT32_MAX)
      return fail(Status::refused, "COFF header", "the symbol table would exceed what 32 bits count");
    if (auto field = view_.header().NumberOfSymbols; count != field) {
      field = static_cast<std::uint32_t>(count);
      put(view_.position(&view_.header().NumberOfSymbols), bytes_of(field));
    }
    return {};
  }

  [[nodiscard]] const Edit *rename_of(std::uint32_t symbol) const {
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol))
      if (edit.change == Change::rename)
        return &edit;
    return nullptr;
  }

  /// What a section's symbol repeats of a section that changes: its name, its size and the sum of its contents.
  Result<void> change_section_symbols() {
    if (follows_.contents.empty() && follows_.section_names.empty())
      return {};
    for (std::uint64_t i = 0; i < view_.symbols().size();) {
      const auto index = static_cast<std::uint32_t>(i);
      SymbolType entry = view_.symbols()[index];
      i += 1 + std::uint64_t{entry.NumberOfAuxSymbols};
      const auto number = static_cast<std::uint32_t>(std::max<std::int64_t>(view_.section_number(index), 0));
      const auto contents = follows_.contents.find(number);
      const auto new_name = follows_.section_names.find(number);
      if (contents == follows_.contents.end() && new_name == follows_.section_names.end())
        continue;
      const Result<Bytes> name = view_.symbol_name(index);
      const Result<Bytes> section = view_.section_name(number);
      if (!name || !section || !is_section_symbol(entry, *name, *section))
        continue;
      if (new_name != follows_.section_names.end()) {
        if (Result<void> named = name_entry(entry, new_name->second); !named)
          return named;
        put(view_.position(&view_.symbols()[index]), bytes_of(entry));
      }
      const auto record = array_at<SectionDefinition>(view_.auxiliary(index), 0, 1);
      if (record && contents != follows_.contents.end())
        put(view_.position(record->data()), bytes_of(with_contents(record->front(), contents->second)));
    }
    return {};
  }

  Result<void> rename_sections() {
    for (const auto &[number, name] : follows_.section_names) {
      std::string field = name;
      if (!is_short(name)) {
        const Result<std::uint32_t> offset = string(name);
        if (!offset)
          return std::unexpected(offset.error());
        field = reference_to_string(*offset);
      }
      field.resize(llvm::COFF::NameSize);
      std::ranges::copy(field, headers_[number - 1].Name);
    }
    return {};
  }

  void mark_records() {
    for (const std::uint32_t number : follows_.kept_records) {
      auto &flags = headers_[number - 1].Characteristics;
      flags = follows_.characteristics(number, flags);
    }
  }

  Result<void> move_relocations() {
    if (!follows_.weak_names.moves_any())
      return {};
    return for_each_moved_relocation(view_, follows_.weak_names, [&](const Relocation &relocation, std::uint32_t now) {
      auto field = relocation.SymbolTableIndex;
      field = now;
      put(view_.position(&relocation.SymbolTableIndex), bytes_of(field));
    });
  }

  Result<void> resize() {
    Result<Occupied> occupied = Occupied::of(view_);
    if (!occupied)
      return std::unexpected(std::move(occupied.error()));
    std::vector<Resize> resizes;
    for (auto &[number, contents] : follows_.contents) {
      Section &header = headers_[number - 1];
      occupied->resize(header.PointerToRawData, header.SizeOfRawData);
      resizes.push_back({.at = header.PointerToRawData,
                         .old_length = header.SizeOfRawData,
                         .bytes = std::move(contents),
                         .alignment = alignment});
      if (resizes.back().bytes.size() > UINT32_MAX)
        return fail(Status::refused, view_.section_place(number), "would exceed 4 GiB");
      header.SizeOfRawData = static_cast<std::uint32_t>(resizes.back().bytes.size());
    }
    const std::uint64_t tables = view_.header().PointerToSymbolTable;
    const bool behind = occupied->anything_behind(view_.strings_end());
    grow_tables(behind ? alignment : 1, resizes);
    occupied->resize(tables, view_.strings_end() - tables);
    if (occupied->overlap())
      return fail(Status::malformed, "symbols", "a section overlaps the symbol table, or another section that grows");
    std::ranges::move(padded(std::move(resizes), 0), std::back_inserter(splices_));
    // Behind what is inserted at the same place.
    if (!pool_.added().empty() && !view_.strings().empty())
      put(view_.symbols_end(), bytes_of(string_table_length()));
    return {};
  }

  /// The string table follows the symbols at once, so between them there is no room for padding.
  void grow_tables(std::uint64_t behind, std::vector<Resize> &resizes) {
    std::string strings = pool_.added();
    if (view_.strings().empty()) {
      if (!strings.empty())
        strings.insert(0, bytes_of(string_table_length()));
      resizes.push_back({.at = view_.symbols_end(), .old_length = 0, .bytes = added_ + strings, .alignment = behind});
      return;
    }
    resizes.push_back({.at = view_.symbols_end(), .old_length = 0, .bytes = std::move(added_), .alignment = 1});
    resizes.push_back({.at = view_.strings_end(), .old_length = 0, .bytes = std::move(strings), .alignment = behind});
  }

  [[nodiscard]] llvm::support::ulittle32_t string_table_length() const {
    llvm::support::ulittle32_t length;
    length = static_cast<std::uint32_t>(std::max(view_.strings().size(), sizeof length) + pool_.added().size());
    return length;
  }

  Result<void> move_offsets() {
    if (Result<void> ordered = put_in_order(splices_, view_.bytes().size()); !ordered)
      return ordered;
    const OffsetMap moved(splices_);
    bool too_far = false;
    const auto move = [&](auto &field) {
      const std::uint64_t now = moved(field);
      too_far = too_far || now > UINT32_MAX;
      field = static_cast<std::uint32_t>(now);
    };
    const auto move_at = [&](const auto &in_file) {
      auto field = in_file;
      move(field);
      if (field != in_file)
        put(view_.position(&in_file), bytes_of(field));
    };
    move_at(view_.header().PointerToSymbolTable);
    for_each_line_number_offset(view_, move_at);
    for (Section &header : headers_)
      for_each_offset(header, move);
    if (too_far)
      return fail(Status::refused, "COFF header", "the file would exceed what 32-bit offsets reach");
    put_headers();
    return {};
  }

  /// The section headers are written as one piece: a large object has more of them than of anything else that changes.
  void put_headers() {
    const Bytes before(reinterpret_cast<const char *>(view_.sections().data()), view_.sections().size_bytes());
    const Bytes now(reinterpret_cast<const char *>(headers_.data()), before.size());
    const auto first = static_cast<std::size_t>(std::ranges::mismatch(before, now).in1 - before.begin());
    if (first == before.size())
      return;
    std::size_t last = before.size();
    while (before[last - 1] == now[last - 1])
      --last;
    put(view_.section_table() + first, now.substr(first, last - first));
  }

  const View<SymbolType> &view_;
  const Plan &plan_;
  std::vector<Section> headers_; ///< as they will be
  StringPool pool_;
  Consequences follows_;
  std::string added_; ///< what goes behind the last symbol
  Splices splices_;
};

} // namespace

Result<Splices> lay_out(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return Splices{};
  return with_view(bytes, [&]<class SymbolType>(const View<SymbolType> &view) -> Result<Splices> {
    return Layout<SymbolType>(view, plan).run();
  });
}

} // namespace linkname::coff
