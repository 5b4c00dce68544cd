#include "elf/layout.h"

#include "base/edits.h"
#include "base/large_pages.h"
#include "base/string_pool.h"
#include "base/symbol_order.h"
#include "elf/index_holders.h"
#include "elf/offsets.h"
#include "elf/symbol_edit.h"
#include "elf/typed.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <utility>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// More than any object's tables are aligned to; a larger demand is damage, and obeying it would pad the file by
/// gigabytes.
constexpr std::uint64_t largest_alignment = 1U << 20U;

template <class ELFT> class Layout {
public:
  using Sym = typename ELFT::Sym;
  using Word = typename ELFT::Word;

  Layout(const View<ELFT> &view, const Plan &plan)
      : view_(view), plan_(plan), order_(plan, view.sections()[view.symbol_table()].sh_info),
        pool_(view.strings().size()) {
    std::size_t bytes = 64; // what pads the strings mostly fits in
    for (const Edit &edit : plan.edits)
      bytes += edit.name.size() + 1;
    pool_.make_room(plan.edits.size(), bytes);
  }

  Result<Splices> run() {
    if (view_.header().e_phoff != 0)
      return malformed("ELF header", "an object with program headers");
    Result<void> done = change_entries();
    if (done)
      done = add_entries();
    if (done && order_.moves_any())
      done = move_indices();
    if (done)
      done = resize_sections();
    if (done)
      done = move_offsets();
    if (done)
      done = put_headers();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(splices_);
  }

private:
  template <class T> void put(std::uint64_t offset, const T &value) {
    splices_.push_back({.offset = offset, .old_length = sizeof value, .bytes = std::string(bytes_of(value))});
  }

  [[nodiscard]] std::uint64_t position(const void *field) const {
    return static_cast<std::uint64_t>(reinterpret_cast<const char *>(field) - view_.bytes().data());
  }

  /// Where most entries change, the table is written as one piece.
  void put_symbol(std::uint32_t index, const Sym &entry) {
    constexpr std::size_t most = 4; // a quarter of them, that is
    if (plan_.edits.size() * most < view_.symbols().size())
      return put(view_.symbol_offset(index), entry);
    if (symbols_.empty())
      symbols_.assign(reinterpret_cast<const char *>(view_.symbols().data()), view_.symbols().size_bytes());
    std::memcpy(symbols_.data() + std::size_t{index} * sizeof entry, &entry, sizeof entry);
  }

  Result<void> name_entry(Sym &entry, const Edit &edit) {
    const std::optional<std::uint32_t> offset = pool_.add(edit.name);
    if (!offset)
      return fail(Status::refused, view_.section_place(view_.string_table()), "the string table would exceed 4 GiB");
    entry.st_name = *offset;
    return {};
  }

  /// Entries that stay in the table: renamed, changed or moved.
  Result<void> change_entries() {
    for (const std::span<const Edit> edits : edits_by_symbol(plan_)) {
      const std::uint32_t symbol = edits.front().symbol;
      Sym entry = view_.symbols()[symbol];
      bool changed = false;
      for (const Edit &edit : edits) {
        if (edit.change == Change::add)
          continue;
        changed = true;
        change_entry(entry, edit);
        if (edit.change != Change::rename)
          continue;
        if (Result<void> named = name_entry(entry, edit); !named)
          return named;
      }
      if (changed)
        put_symbol(order_(symbol), entry);
    }
    const auto is_edited = [&](std::uint32_t symbol) {
      return std::ranges::any_of(std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol),
                                 [](const Edit &edit) { return edit.change != Change::add; });
    };
    for (const auto &[from, to] : order_.moved()) {
      if (!is_edited(from))
        put_symbol(to, view_.symbols()[from]);
      if (view_.extended_table() != 0) {
        const auto &table = view_.sections()[view_.extended_table()];
        put(table.sh_offset + to * sizeof(Word), view_.extended_entry(from));
      }
    }
    if (const auto &table = view_.sections()[view_.symbol_table()]; order_.first_global() != table.sh_info) {
      Word first_global;
      first_global = order_.first_global();
      put_field(position(&table.sh_info), bytes_of(first_global));
    }
    return {};
  }

  /// Entries behind the last one: globals, so that no index changes.
  Result<void> add_entries() {
    if (const std::size_t size = symbols_.size(); size != 0)
      splices_.push_back({.offset = view_.symbol_offset(0), .old_length = size, .bytes = std::move(symbols_)});
    std::string symbols;
    std::string extended;
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::add)
        continue;
      Sym entry = added_entry(view_.symbols()[edit.symbol], edit.visibility);
      if (Result<void> named = name_entry(entry, edit); !named)
        return named;
      symbols += bytes_of(entry);
      Word index;
      index = entry.st_shndx == SHN_XINDEX ? view_.section_of(edit.symbol).index : 0;
      extended += bytes_of(index);
    }
    append(view_.symbol_table(), std::move(symbols));
    append(view_.string_table(), pool_.release());
    if (view_.extended_table() != 0)
      append(view_.extended_table(), std::move(extended));
    return {};
  }

  Result<void> move_indices() {
    Result<IndexMoves> moves = move_symbol_indices(view_, order_);
    if (!moves)
      return std::unexpected(std::move(moves.error()));
    std::ranges::move(moves->in_place, std::back_inserter(splices_));
    for (const auto &[at, bytes] : moves->header_fields)
      put_field(at, bytes);
    for (auto &[section, contents] : moves->replaced) {
      const auto &header = view_.sections()[section];
      const std::uint64_t new_size = contents.size();
      tables_.push_back(
          {.section = section,
           .new_size = new_size,
           .change = {.at = header.sh_offset, .old_length = header.sh_size, .bytes = std::move(contents)}});
    }
    return {};
  }

  void append(std::uint32_t section, std::string &&bytes) {
    if (bytes.empty())
      return;
    const auto &header = view_.sections()[section];
    tables_.push_back(
        {.section = section,
         .new_size = header.sh_size + bytes.size(),
         .change = {.at = header.sh_offset + header.sh_size, .old_length = 0, .bytes = std::move(bytes)}});
  }

  /// Looks at every section once: what lies behind a place that grows has to stay aligned, and nothing may lie across
  /// it.
  Result<void> check_neighbours() {
    for (Table &table : tables_) {
      const std::uint64_t end = table.change.end();
      const std::uint64_t headers = view_.header().e_shoff;
      table.change.alignment = headers >= end ? sizeof(typename ELFT::uint) : 1;
      const std::uint64_t table_size = view_.sections().size() * sizeof(typename ELFT::Shdr);
      if (end < sizeof(typename ELFT::Ehdr) || (headers < end && end - headers < table_size))
        return malformed(view_.section_place(table.section), "overlaps the ELF header or the section header table");
    }
    for (std::uint32_t i = 1; i < view_.sections().size(); ++i) {
      const auto &section = view_.sections()[i];
      if (section.sh_type == SHT_NULL)
        continue;
      // What lies past the end could come to lie inside the file once it has grown, or wrap around.
      if (section.sh_type != SHT_NOBITS && !slice(view_.bytes(), section.sh_offset, section.sh_size))
        return malformed(view_.section_place(i), "reaches past the end of the file");
      for (auto &[resized, new_size, change] : tables_) {
        const std::uint64_t end = change.end();
        if (section.sh_offset < end) {
          if (i != resized && section.sh_type != SHT_NOBITS && end - section.sh_offset < section.sh_size)
            return malformed(view_.section_place(resized), join({"overlaps ", view_.section_place(i)}));
          continue;
        }
        if (section.sh_addralign <= change.alignment || section.sh_offset % section.sh_addralign != 0)
          continue;
        if (section.sh_addralign > largest_alignment || (section.sh_addralign & (section.sh_addralign - 1)) != 0)
          return malformed(view_.section_place(i), "sh_addralign is no alignment that an object can have");
        change.alignment = section.sh_addralign;
      }
    }
    return {};
  }

  Result<void> resize_sections() {
    if (Result<void> clear = check_neighbours(); !clear)
      return clear;
    std::vector<Resize> changes;
    for (Table &table : tables_) {
      const auto &size_field = view_.sections()[table.section].sh_size;
      auto new_size = size_field;
      new_size = static_cast<typename ELFT::uint>(table.new_size);
      if (new_size != size_field)
        put_field(position(&size_field), bytes_of(new_size));
      changes.push_back(std::move(table.change));
    }
    std::ranges::move(padded(std::move(changes), view_.bytes().size()), std::back_inserter(splices_));
    return {};
  }

  Result<void> move_offsets() {
    if (Result<void> ordered = put_in_order(splices_, view_.bytes().size()); !ordered)
      return ordered;
    const OffsetMap moved(splices_);
    bool too_far = false;
    for_each_offset(view_, [&](std::uint64_t at, std::uint64_t offset) {
      const std::uint64_t now = moved(offset);
      too_far = too_far || (!ELFT::Is64Bits && now > UINT32_MAX);
      if (now == offset)
        return;
      typename ELFT::Off field;
      field = static_cast<typename ELFT::uint>(now);
      put_offset(at, bytes_of(field));
    });
    if (too_far)
      return fail(Status::refused, "ELF header", "the file would exceed what 32-bit offsets reach");
    return {};
  }

  /// Changes a field of the ELF header or of a section header, before offsets move. The section headers are written as
  /// one piece: a large object has more of them than of anything else that changes.
  void put_field(std::uint64_t at, Bytes bytes) {
    if (const std::optional<std::size_t> field = in_headers(at))
      header_fields_.emplace_back(*field, bytes);
    else
      splices_.push_back({.offset = at, .old_length = bytes.size(), .bytes = std::string(bytes)});
  }

  /// The same for file offsets, which come in the order in which they stand.
  void put_offset(std::uint64_t at, Bytes bytes) {
    const std::optional<std::size_t> field = in_headers(at);
    if (!field)
      return put_field(at, bytes);
    open_headers(*field);
    put_header_field(*field, bytes);
  }

  /// From the start of the section header table, of a place in the file.
  [[nodiscard]] std::optional<std::size_t> in_headers(std::uint64_t at) const {
    const std::uint64_t table = view_.header().e_shoff;
    if (at < table || at - table >= std::as_bytes(view_.sections()).size())
      return std::nullopt;
    return static_cast<std::size_t>(at - table);
  }

  /// Copies the table from the first field on that changes: `first`, or one that has been put.
  void open_headers(std::size_t first) {
    if (!headers_.empty())
      return;
    first_header_ = first;
    for (const auto &[field, bytes] : header_fields_)
      first_header_ = std::min(first_header_, field);
    const std::size_t size = std::as_bytes(view_.sections()).size() - first_header_;
    reserve_large(headers_, size);
    headers_ = view_.bytes().substr(static_cast<std::size_t>(view_.header().e_shoff) + first_header_, size);
  }

  void put_header_field(std::size_t field, Bytes bytes) {
    std::ranges::copy(bytes, headers_.begin() + static_cast<std::ptrdiff_t>(field - first_header_));
    last_header_ = std::max(last_header_, field + bytes.size());
  }

  Result<void> put_headers() {
    if (!header_fields_.empty())
      open_headers(header_fields_.front().first);
    for (const auto &[field, bytes] : header_fields_)
      put_header_field(field, bytes);
    if (!headers_.empty()) {
      const std::size_t length = last_header_ - first_header_;
      const bool mostly = length > headers_.size() / 2; // else a copy of the part is cheaper to keep than the whole
      if (mostly)
        headers_.resize(length);
      splices_.push_back({.offset = view_.header().e_shoff + first_header_,
                          .old_length = length,
                          .bytes = mostly ? std::move(headers_) : headers_.substr(0, length)});
    }
    return put_in_order(splices_, view_.bytes().size());
  }

  /// New contents for the end, or the whole, of a section.
  struct Table {
    std::uint32_t section;
    std::uint64_t new_size;
    Resize change;
  };

  const View<ELFT> &view_;
  const Plan &plan_;
  SymbolOrder order_;
  StringPool pool_;
  std::vector<Table> tables_;
  std::string symbols_; ///< the symbol table as it will be; empty while most of it stays
  std::vector<std::pair<std::size_t, std::string>> header_fields_; ///< by their places in the section header table
  std::string headers_;          ///< that table as it will be, from first_header_ on; empty while nothing in it moves
  std::size_t first_header_ = 0; ///< where the first field stands that changes
  std::size_t last_header_ = 0;  ///< ... and the last one ends
  Splices splices_;
};

} // namespace

Result<Splices> lay_out(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return Splices{};
  return with_view(
      bytes, [&]<class ELFT>(const View<ELFT> &view) -> Result<Splices> { return Layout<ELFT>(view, plan).run(); },
      SymbolTables::one);
}

} // namespace linkname::elf
