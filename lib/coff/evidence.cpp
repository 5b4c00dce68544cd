#include "coff/evidence.h"

#include "base/leb128.h"
#include "coff/machine.h"
#include "coff/section_symbol.h"
#include "coff/typed.h"

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

bool is_group(Bytes name, std::initializer_list<Bytes> groups) {
  return std::ranges::find(groups, name.substr(0, name.find('$'))) != groups.end();
}

/// Variables that may be written. GCC's jump tables are in .rdata, between constants whose end nothing shows.
bool holds_variables(Bytes name) { return is_group(name, {".data", ".tls"}); }

/// Sections that are nothing but pointers to functions.
bool holds_functions(Bytes name) { return is_group(name, {".ctors", ".dtors", ".CRT", ".init_array", ".fini_array"}); }

template <class SymbolType> class Collector {
public:
  Collector(const View<SymbolType> &view, std::span<const std::uint32_t> symbols)
      : view_(view), machine_(machine(view.machine())), found_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      by_index_[symbols[i]].push_back(i);
      if (const std::int64_t section = view.section_number(symbols[i]); section > 0)
        by_address_[{static_cast<std::uint32_t>(section), view.symbols()[symbols[i]].Value}].push_back(i);
    }
  }

  Result<std::vector<Evidence>> run() {
    Result<void> done = read_symbols();
    for (std::uint32_t number = 1; done && number <= view_.sections().size(); ++number)
      done = read_section(number);
    if (!done)
      return std::unexpected(std::move(done.error()));
    weigh_pointers();
    if (address_table_ && !is_stale(*address_table_))
      note_address_table(*address_table_);
    return std::move(found_);
  }

private:
  using Address = std::pair<std::uint32_t, std::uint64_t>; ///< section number and offset
  struct HashAddress {
    std::size_t operator()(const Address &address) const {
      return static_cast<std::size_t>((address.second + (std::uint64_t{address.first} << 40U)) * 0x9e3779b97f4a7c15U);
    }
  };

  /// Which entries are symbols, and how many source files there are.
  Result<void> read_symbols() {
    is_symbol_.resize(view_.symbols().size());
    for (std::uint64_t i = 0; i < view_.symbols().size();) {
      const auto index = static_cast<std::uint32_t>(i);
      const SymbolType &entry = view_.symbols()[index];
      i += 1 + std::uint64_t{entry.NumberOfAuxSymbols};
      is_symbol_[index] = true;
      files_ += entry.StorageClass == IMAGE_SYM_CLASS_FILE ? 1U : 0U;
    }
    used_.resize(is_symbol_.size());
    return {};
  }

  /// Where anything begins that has a name.
  [[nodiscard]] std::set<Address> starts() const {
    std::vector<Address> places;
    for (std::uint32_t i = 0; i < is_symbol_.size(); ++i) {
      const std::int64_t number = is_symbol_[i] ? view_.section_number(i) : 0;
      if (number > 0 && static_cast<std::uint64_t>(number) <= view_.sections().size() && !stands_for_section(i))
        places.emplace_back(static_cast<std::uint32_t>(number), view_.symbols()[i].Value);
    }
    return {places.begin(), places.end()};
  }

  [[nodiscard]] bool stands_for_section(std::uint32_t symbol) const {
    const std::int64_t number = view_.section_number(symbol);
    if (number <= 0 || static_cast<std::uint64_t>(number) > view_.sections().size())
      return false;
    return is_section_symbol(view_.symbols()[symbol], view_.symbol_name(symbol).value_or(Bytes{}),
                             view_.section_name(static_cast<std::uint32_t>(number)).value_or(Bytes{}));
  }

  Result<void> read_section(std::uint32_t number) {
    const Result<Bytes> name = view_.section_name(number);
    const Result<Bytes> contents = view_.contents(number);
    const Result<std::span<const Relocation>> relocations = view_.relocations(number);
    if (!name || !contents || !relocations)
      return std::unexpected(!name ? name.error() : !contents ? contents.error() : relocations.error());
    if (*name == ".llvm_addrsig") {
      address_table_ = *contents;
      return {};
    }
    // Each relocation belongs to one section: without this, sections that share a table would multiply the work.
    if (relocations->size() > relocations_left_)
      return malformed(view_.section_place(number), "shares its relocations with another section");
    relocations_left_ -= relocations->size();

    const bool records = *name == ".linkname";
    const std::uint32_t kind = view_.sections()[number - 1].Characteristics;
    const bool dropped = (kind & (IMAGE_SCN_MEM_DISCARDABLE | IMAGE_SCN_LNK_REMOVE | IMAGE_SCN_LNK_INFO)) != 0;
    const bool data = (kind & IMAGE_SCN_CNT_INITIALIZED_DATA) != 0 && (kind & IMAGE_SCN_MEM_EXECUTE) == 0 && !dropped;
    const bool unwinding = is_group(*name, {".pdata", ".xdata", ".eh_frame", ".gcc_except_table"});
    for (const Relocation &relocation : *relocations) {
      const std::uint32_t symbol = relocation.SymbolTableIndex;
      if (symbol >= is_symbol_.size() || !is_symbol_[symbol])
        return malformed(view_.section_place(number), "a relocation names no symbol");
      if (!records && !dropped && !unwinding)
        used_[symbol] = true;
      if ((records || (data && !unwinding)) && relocation.Type == machine_.address)
        read_pointer(number, *name, *contents, relocation, records);
    }
    return {};
  }

  void read_pointer(std::uint32_t number, Bytes name, Bytes contents, const Relocation &relocation, bool record) {
    const std::uint32_t symbol = relocation.SymbolTableIndex;
    const std::uint64_t at = std::uint64_t{relocation.VirtualAddress} - view_.sections()[number - 1].VirtualAddress;
    const std::uint64_t addend = value_at(contents, at);
    if (!stands_for_section(symbol)) {
      if (addend != 0)
        return;
      if (!record)
        in_data_.insert(symbol);
      if (const auto known = by_index_.find(symbol); known != by_index_.end())
        for (const std::size_t i : known->second)
          (record ? found_[i].recorded : found_[i].in_data) = true;
      return;
    }
    const Address to = {static_cast<std::uint32_t>(view_.section_number(symbol)),
                        std::uint64_t{view_.symbols()[symbol].Value} + addend};
    if (!record) {
      // Where a variable begins may be the end of the one before it, which nothing tells here; code has no such ends.
      if (is_code(to.first) && (holds_variables(name) || holds_functions(name)))
        pointers_.push_back({.place = {number, at}, .to = to, .in_list = holds_functions(name)});
    } else if (const auto known = by_address_.find(to); known != by_address_.end()) {
      for (const std::size_t i : known->second)
        found_[i].recorded = true;
    }
  }

  [[nodiscard]] std::uint64_t value_at(Bytes contents, std::uint64_t offset) const {
    if (machine_.pointer_size == 8) {
      const auto word = array_at<llvm::support::ulittle64_t>(contents, offset, 1);
      return word ? std::uint64_t{word->front()} : 0;
    }
    const auto word = array_at<llvm::support::ulittle32_t>(contents, offset, 1);
    return word ? std::uint64_t{word->front()} : 0;
  }

  [[nodiscard]] bool is_code(std::uint32_t section) const {
    return (view_.sections()[section - 1].Characteristics & (IMAGE_SCN_CNT_CODE | IMAGE_SCN_MEM_EXECUTE)) != 0;
  }

  /// A variable full of labels (GCC, "Labels as Values") may hold where its function begins, and nobody took that
  /// function's address. Symbols have no size, so a variable reaches as far as to the next one.
  void weigh_pointers() {
    if (pointers_.empty())
      return;
    const std::set<Address> begins = starts();
    const auto variable_around = [&](const Address &place) -> std::optional<Address> {
      const auto after = begins.upper_bound(place);
      if (after == begins.begin() || std::prev(after)->first != place.first)
        return std::nullopt;
      return *std::prev(after);
    };
    std::set<Address> label_tables;
    for (const Pointer &pointer : pointers_)
      if (const auto variable = variable_around(pointer.place); variable && !begins.contains(pointer.to))
        label_tables.insert(*variable);
    for (const Pointer &pointer : pointers_) {
      const std::optional<Address> variable = variable_around(pointer.place);
      const auto known = by_address_.find(pointer.to);
      if (known == by_address_.end() || (!pointer.in_list && (!variable || label_tables.contains(*variable))))
        continue;
      for (const std::size_t i : known->second)
        found_[i].in_data = true;
    }
  }

  [[nodiscard]] bool take_address_table(Bytes rest, std::unordered_set<std::uint32_t> &listed) const {
    while (!rest.empty()) {
      const std::optional<std::uint64_t> symbol = take_unsigned_leb128(rest);
      if (!symbol || *symbol >= is_symbol_.size() || !is_symbol_[*symbol])
        return false;
      listed.insert(static_cast<std::uint32_t>(*symbol));
    }
    return true;
  }

  /// In COFF nothing marks a list that a tool has left behind when it renumbered the symbols: neither objcopy nor
  /// `ld -r` touches it. It is believed only where it fits: one source file; every symbol that it lists is used; and
  /// every C function whose address stands in data is listed. (Members of C++ classes need not be.)
  [[nodiscard]] bool is_stale(Bytes table) const {
    std::unordered_set<std::uint32_t> listed;
    if (files_ > 1 || !take_address_table(table, listed))
      return true;
    if (std::ranges::any_of(listed, [&](std::uint32_t symbol) { return !used_[symbol]; }))
      return true;
    return std::ranges::any_of(in_data_, [&](std::uint32_t symbol) {
      const Bytes name = view_.symbol_name(symbol).value_or(Bytes{});
      const bool mangled = name.starts_with('?') || name.starts_with("_Z") || name.starts_with("__Z");
      return !mangled && view_.symbols()[symbol].StorageClass == IMAGE_SYM_CLASS_STATIC &&
             is_function_type(view_.symbols()[symbol].Type) && !listed.contains(symbol);
    });
  }

  void note_address_table(Bytes table) {
    std::unordered_set<std::uint32_t> listed;
    if (!take_address_table(table, listed))
      return;
    for (Evidence &evidence : found_)
      evidence.has_address_table = true;
    for (const std::uint32_t symbol : listed)
      if (const auto known = by_index_.find(symbol); known != by_index_.end())
        for (const std::size_t i : known->second)
          found_[i].in_address_table = true;
  }

  /// A pointer that names a section and an offset.
  struct Pointer {
    Address place;
    Address to;
    bool in_list; ///< of functions
  };

  const View<SymbolType> &view_;
  Machine machine_;
  std::vector<Evidence> found_;
  std::unordered_map<std::uint32_t, std::vector<std::size_t>> by_index_;
  std::unordered_map<Address, std::vector<std::size_t>, HashAddress> by_address_;
  std::vector<bool> is_symbol_; ///< by index; false for auxiliary records
  unsigned files_ = 0;
  std::uint64_t relocations_left_ = view_.bytes().size() / sizeof(Relocation);
  std::vector<bool> used_;                    ///< by code or data; by index
  std::unordered_set<std::uint32_t> in_data_; ///< whose own address stands in data
  std::vector<Pointer> pointers_;
  std::optional<Bytes> address_table_;
};

} // namespace

Result<std::vector<Evidence>> evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  if (symbols.empty())
    return std::vector<Evidence>{};
  return with_view(bytes, [&]<class SymbolType>(const View<SymbolType> &view) -> Result<std::vector<Evidence>> {
    for (const std::uint32_t symbol : symbols)
      if (symbol >= view.symbols().size())
        return malformed("symbols", "an index past the end of the table was asked for");
    return Collector<SymbolType>(view, symbols).run();
  });
}

bool relocations_are_sound(Bytes bytes) {
  const Result<void> sound = with_view(bytes, []<class SymbolType>(const View<SymbolType> &view) -> Result<void> {
    std::uint64_t left = view.bytes().size() / sizeof(Relocation);
    for (std::uint32_t number = 1; number <= view.sections().size(); ++number) {
      const Result<Bytes> contents = view.contents(number);
      const Result<std::span<const Relocation>> relocations = view.relocations(number);
      if (!contents || !relocations || relocations->size() > left)
        return malformed(view.section_place(number), "its relocations are damaged");
      left -= relocations->size();
      for (const Relocation &relocation : *relocations)
        if (relocation.SymbolTableIndex >= view.symbols().size())
          return malformed(view.section_place(number), "a relocation names no symbol");
    }
    return {};
  });
  return sound.has_value();
}

} // namespace linkname::coff
