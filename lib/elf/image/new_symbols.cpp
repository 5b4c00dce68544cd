#include "elf/image/new_symbols.h"

#include <algorithm>
#include <bit>

namespace linkname::elf {
namespace {

template <class T> void append(std::string &bytes, const T &value) { bytes += bytes_of(value); }

template <class ELFT> void append_word(std::string &bytes, std::uint32_t value) {
  typename ELFT::Word word;
  word = value;
  append(bytes, word);
}

/// So many symbols a bucket are the most before a table gets more of them.
constexpr std::uint32_t most_in_bucket = 16;

} // namespace

template <class ELFT> Result<NewSymbols<ELFT>> NewSymbols<ELFT>::make(const ImageView<ELFT> &view, const Plan &plan) {
  NewSymbols result(view);
  result.take_old();
  if (Result<void> changed = result.change(plan); !changed)
    return std::unexpected(std::move(changed.error()));
  result.put_in_order();
  return result;
}

template <class ELFT> void NewSymbols<ELFT>::take_old() {
  const std::uint32_t found_from = view_->gnu_table() != nullptr ? view_->gnu_table()->first : UINT32_MAX;
  std::vector<bool> in_chains(view_->symbols().size());
  if (const SysvHash *const table = view_->sysv_table()) {
    const auto note = [&](std::uint64_t symbol) {
      if (symbol != 0 && symbol < in_chains.size())
        in_chains[static_cast<std::size_t>(symbol)] = true;
    };
    for (std::uint64_t i = 0; i < table->bucket_count(); ++i)
      note(table->word(table->buckets, i));
    for (std::uint64_t i = 0; i < table->chain_count(); ++i)
      note(table->word(table->chain, i));
  }
  entries_.reserve(view_->symbols().size());
  for (std::uint32_t i = 0; i < view_->symbols().size(); ++i) {
    Entry entry;
    entry.symbol = view_->symbols()[i];
    entry.version = view_->versions().empty() ? std::uint16_t{1} : std::uint16_t{view_->versions()[i]};
    entry.name = view_->name(i);
    entry.was = i;
    entry.by_gnu = i >= found_from;
    entry.by_sysv = in_chains[i];
    entries_.push_back(entry);
  }
}

template <class ELFT> Result<void> NewSymbols<ELFT>::name(Entry &entry, std::string_view text) {
  const std::optional<std::uint32_t> offset = pool_.add(text);
  if (!offset)
    return fail(Status::refused, ".dynstr", "the string table would exceed 4 GiB");
  entry.symbol.st_name = *offset;
  entry.name = text;
  return {};
}

template <class ELFT> Result<void> NewSymbols<ELFT>::change(const Plan &plan) {
  for (const Edit &edit : plan.edits) {
    if (edit.change == Change::add || edit.change == Change::define) {
      Entry entry;
      entry.symbol = new_entry(*view_, edit, plan);
      if (Result<void> named = name(entry, edit.name); !named)
        return named;
      entry.by_gnu = view_->gnu_table() != nullptr;
      entry.by_sysv = view_->sysv_table() != nullptr;
      entries_.push_back(entry);
      continue;
    }
    Entry &entry = entries_[edit.symbol];
    if (edit.change == Change::rename) {
      if (Result<void> named = name(entry, edit.name); !named)
        return named;
    } else if (edit.change == Change::visibility && edit.visibility != Visibility::exported) {
      // Some loaders find whatever is in a hash table, hidden or not. A local entry is nobody else's, and what the
      // image refers to by it is its own.
      entry.symbol.setBinding(llvm::ELF::STB_LOCAL);
      entry.version = 0; // VER_NDX_LOCAL
      entry.by_gnu = entry.by_sysv = false;
    } else {
      change_entry(entry.symbol, edit);
      if (edit.change == Change::visibility) { // it was hidden, and no loader was to find it
        entry.by_gnu = view_->gnu_table() != nullptr;
        entry.by_sysv = view_->sysv_table() != nullptr;
        entry.version = std::max<std::uint16_t>(entry.version, 1); // VER_NDX_GLOBAL
      }
    }
  }
  return {};
}

template <class ELFT> std::uint32_t NewSymbols<ELFT>::bucket_count() const {
  const auto found = static_cast<std::uint32_t>(std::ranges::count_if(entries_, &Entry::by_gnu));
  const auto before = static_cast<std::uint32_t>(view_->gnu_table()->buckets.size());
  return found > std::uint64_t{before} * most_in_bucket ? found / 4 : before;
}

template <class ELFT> std::uint32_t NewSymbols<ELFT>::bloom_count() const {
  const auto before = static_cast<std::uint32_t>(view_->gnu_table()->bloom.size());
  return buckets_ == view_->gnu_table()->buckets.size() ? before : std::max(before, std::bit_ceil(buckets_ / 4 + 1));
}

template <class ELFT> void NewSymbols<ELFT>::put_in_order() {
  if (view_->gnu_table() != nullptr) {
    buckets_ = bucket_count();
    for (Entry &entry : entries_)
      if (entry.by_gnu)
        entry.hash = gnu_hash(entry.name);
  }
  const auto place = [&](const Entry &entry) {
    const bool local = entry.symbol.getBinding() == llvm::ELF::STB_LOCAL;
    return std::pair(local ? 0 : entry.by_gnu ? 2 : 1, entry.by_gnu ? entry.hash % buckets_ : 0);
  };
  std::ranges::stable_sort(entries_, {}, place);
  moved_.resize(view_->symbols().size());
  first_moved_ = static_cast<std::uint32_t>(moved_.size());
  first_found_ = static_cast<std::uint32_t>(entries_.size());
  first_global_ = first_found_;
  for (auto i = static_cast<std::uint32_t>(entries_.size()); i-- != 0;) {
    const Entry &entry = entries_[i];
    if (entry.was) {
      moved_[*entry.was] = i;
      if (*entry.was != i)
        first_moved_ = std::min(first_moved_, *entry.was);
    }
    if (entry.by_gnu)
      first_found_ = i;
    if (entry.symbol.getBinding() != llvm::ELF::STB_LOCAL)
      first_global_ = i;
  }
}

template <class ELFT> std::string NewSymbols<ELFT>::symbols() const {
  std::string bytes;
  bytes.reserve(entries_.size() * sizeof(Sym));
  for (const Entry &entry : entries_)
    append(bytes, entry.symbol);
  return bytes;
}

template <class ELFT> std::string NewSymbols<ELFT>::versions() const {
  std::string bytes;
  bytes.reserve(entries_.size() * 2);
  for (const Entry &entry : entries_) {
    typename ELFT::Half version;
    version = entry.version;
    append(bytes, version);
  }
  return bytes;
}

template <class ELFT> std::string NewSymbols<ELFT>::gnu_table() const {
  using Filter = typename GnuHash<ELFT>::Filter;
  constexpr unsigned bits = sizeof(Filter) * 8;
  const std::uint32_t shift = view_->gnu_table()->shift != 0 ? view_->gnu_table()->shift : (bits == 64 ? 6 : 5);
  std::vector<std::uint64_t> bloom(bloom_count());
  std::vector<std::uint32_t> starts(buckets_);
  std::string chain;
  for (std::uint32_t i = first_found_; i < entries_.size(); ++i) {
    const std::uint32_t hash = entries_[i].hash;
    bloom[(hash / bits) & (bloom.size() - 1)] |=
        std::uint64_t{1} << (hash % bits) | std::uint64_t{1} << ((shift < 32 ? hash >> shift : 0) % bits);
    std::uint32_t &start = starts[hash % buckets_];
    start = start == 0 ? i : start;
    const bool last = i + 1 == entries_.size() || entries_[i + 1].hash % buckets_ != hash % buckets_;
    append_word<ELFT>(chain, (hash & ~1U) | (last ? 1U : 0U));
  }
  std::string bytes;
  append_word<ELFT>(bytes, buckets_);
  append_word<ELFT>(bytes, first_found_);
  append_word<ELFT>(bytes, static_cast<std::uint32_t>(bloom.size()));
  append_word<ELFT>(bytes, shift);
  for (const std::uint64_t word : bloom) {
    Filter filter;
    filter = static_cast<typename ELFT::uint>(word);
    append(bytes, filter);
  }
  for (const std::uint32_t start : starts)
    append_word<ELFT>(bytes, start);
  return bytes + chain;
}

template <class ELFT> std::string NewSymbols<ELFT>::sysv_table() const {
  const SysvHash &old = *view_->sysv_table();
  const std::uint64_t buckets = std::max<std::uint64_t>(old.bucket_count(), 1);
  std::vector<std::uint32_t> starts(static_cast<std::size_t>(buckets));
  std::vector<std::uint32_t> chain(entries_.size());
  for (auto i = static_cast<std::uint32_t>(entries_.size()); i-- != 0;) { // so that each chain ascends
    if (!entries_[i].by_sysv)
      continue;
    std::uint32_t &start = starts[static_cast<std::size_t>(sysv_hash(entries_[i].name) % buckets)];
    chain[i] = start;
    start = i;
  }
  std::string bytes;
  const auto put = [&](std::uint64_t value) {
    for (unsigned k = 0; k < old.width; ++k)
      bytes.push_back(static_cast<char>(value >> 8U * (old.big_endian ? old.width - 1U - k : k) & 0xffU));
  };
  put(buckets);
  put(entries_.size());
  for (const std::uint32_t start : starts)
    put(start);
  for (const std::uint32_t next : chain)
    put(next);
  return bytes;
}

template class NewSymbols<llvm::object::ELF64LE>;
template class NewSymbols<llvm::object::ELF64BE>;
template class NewSymbols<llvm::object::ELF32LE>;
template class NewSymbols<llvm::object::ELF32BE>;

} // namespace linkname::elf
