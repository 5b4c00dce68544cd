#include "elf/image/new_symbols.h"

#include "base/large_pages.h"
#include "elf/image/old_hashes.h"

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

std::uint64_t sysv_bucket_count(const SysvHash &old) { return std::max<std::uint64_t>(old.bucket_count(), 1); }

} // namespace

template <class ELFT> Result<NewSymbols<ELFT>> NewSymbols<ELFT>::make(const ImageView<ELFT> &view, const Plan &plan) {
  NewSymbols result(view);
  Result<void> changed = result.take_old();
  if (changed)
    changed = result.change(plan);
  if (!changed)
    return std::unexpected(std::move(changed.error()));
  result.put_in_order();
  return result;
}

template <class ELFT> Result<void> NewSymbols<ELFT>::take_old() {
  const std::uint32_t found_from = view_->gnu_table() != nullptr ? view_->gnu_table()->first : UINT32_MAX;
  const std::vector<std::uint32_t> hashes = known_gnu_hashes(*view_);
  const Result<std::vector<std::uint32_t>> buckets = known_sysv_buckets(*view_);
  if (!buckets)
    return std::unexpected(buckets.error());
  reserve_large(entries_, view_->symbols().size());
  for (std::uint32_t i = 0; i < view_->symbols().size(); ++i) {
    Entry &entry = entries_.emplace_back();
    entry.symbol = view_->symbols()[i];
    entry.version = view_->versions().empty() ? std::uint16_t{1} : std::uint16_t{view_->versions()[i]};
    entry.was = i;
    entry.hash = hashes[i];
    entry.bucket = (*buckets)[i];
    entry.by_gnu = i >= found_from;
    entry.by_sysv = entry.bucket != in_no_bucket;
  }
  return {};
}

template <class ELFT> Result<void> NewSymbols<ELFT>::name(Entry &entry, std::string_view text) {
  const std::optional<std::uint32_t> offset = pool_.add(text);
  if (!offset)
    return fail(Status::refused, ".dynstr", "the string table would exceed 4 GiB");
  entry.symbol.st_name = *offset;
  entry.name = text;
  find_by_name(entry);
  return {};
}

/// Where the tables will have it.
template <class ELFT> void NewSymbols<ELFT>::find_by_name(Entry &entry) const {
  const std::string_view text = entry.name.empty() && entry.was ? view_->name(*entry.was) : entry.name;
  const Hashes hashes = both_hashes(text);
  entry.hash = hashes.gnu;
  if (view_->sysv_table() != nullptr)
    entry.bucket = static_cast<std::uint32_t>(hashes.sysv % sysv_bucket_count(*view_->sysv_table()));
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
        find_by_name(entry);
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
  if (view_->gnu_table() != nullptr)
    buckets_ = bucket_count();
  for (Entry &entry : entries_) {
    const bool local = entry.symbol.getBinding() == llvm::ELF::STB_LOCAL;
    const std::uint64_t group = local ? 0 : entry.by_gnu ? 2 : 1;
    entry.place = group << 32U | (entry.by_gnu ? entry.hash % buckets_ : 0);
  }
  // Mostly nothing is to be done but to put a few new ones between the old.
  const auto first_new = entries_.begin() + static_cast<std::ptrdiff_t>(view_->symbols().size());
  if (std::ranges::is_sorted(entries_.begin(), first_new, {}, &Entry::place)) {
    std::ranges::stable_sort(first_new, entries_.end(), {}, &Entry::place);
    std::ranges::inplace_merge(entries_.begin(), first_new, entries_.end(), {}, &Entry::place);
  } else {
    std::ranges::stable_sort(entries_, {}, &Entry::place);
  }
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
  const std::uint64_t buckets = sysv_bucket_count(old);
  std::vector<std::uint32_t> starts(static_cast<std::size_t>(buckets));
  std::vector<std::uint32_t> chain(entries_.size());
  for (auto i = static_cast<std::uint32_t>(entries_.size()); i-- != 0;) { // so that each chain ascends
    if (!entries_[i].by_sysv)
      continue;
    std::uint32_t &start = starts[entries_[i].bucket];
    chain[i] = start;
    start = i;
  }
  std::string bytes((2 + starts.size() + chain.size()) * old.width, '\0');
  char *at = bytes.data();
  const auto put = [&](std::uint64_t value) {
    old.put(at, value);
    at += old.width;
  };
  put(buckets);
  put(entries_.size());
  std::ranges::for_each(starts, put);
  std::ranges::for_each(chain, put);
  return bytes;
}

template class NewSymbols<llvm::object::ELF64LE>;
template class NewSymbols<llvm::object::ELF64BE>;
template class NewSymbols<llvm::object::ELF32LE>;
template class NewSymbols<llvm::object::ELF32BE>;

} // namespace linkname::elf
