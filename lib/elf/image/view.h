// A linked image as its loader sees it: program headers, the dynamic section and the tables that this leads to (gABI,
// "Program Header", "Dynamic Section", "Hash Table Section"; GNU symbol versioning). Every range is inside the file,
// and inside one segment.
#pragma once

#include "elf/view.h"

#include <llvm/Support/Endian.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <vector>

namespace linkname::elf {

/// DT_GNU_HASH: a filter of `bloom` words, then for each bucket a run of the symbols from `first` on, with their hashes
/// in `chain`, of which the last one of a run is odd.
template <class ELFT> struct GnuHash {
  using Filter = typename ELFT::Addr;
  std::uint32_t first = 0; ///< the symbol that `chain` begins with
  std::uint32_t shift = 0;
  std::span<const Filter> bloom;
  std::span<const typename ELFT::Word> buckets;
  std::span<const typename ELFT::Word> chain; ///< up to the end of the symbols

  [[nodiscard]] std::uint64_t size() const {
    return 16 + bloom.size_bytes() + buckets.size_bytes() + chain.size_bytes();
  }
};

/// DT_HASH. Its words are 64 bits wide on a few machines.
struct SysvHash {
  Bytes buckets, chain;
  std::uint8_t width = 4; ///< or 8
  bool big_endian = false;

  [[nodiscard]] std::uint64_t word(Bytes array, std::uint64_t i) const {
    using namespace llvm::support::endian;
    const char *const at = array.substr(static_cast<std::size_t>(i * width), width).data();
    if (width == 4)
      return big_endian ? read32be(at) : read32le(at);
    return big_endian ? read64be(at) : read64le(at);
  }
  /// Writes a word like this table's.
  void put(char *at, std::uint64_t value) const {
    using namespace llvm::support::endian;
    if (width == 4)
      big_endian ? write32be(at, static_cast<std::uint32_t>(value)) : write32le(at, static_cast<std::uint32_t>(value));
    else
      big_endian ? write64be(at, value) : write64le(at, value);
  }
  [[nodiscard]] std::uint64_t bucket_count() const { return buckets.size() / width; }
  [[nodiscard]] std::uint64_t chain_count() const { return chain.size() / width; }
  [[nodiscard]] std::uint64_t size() const { return std::uint64_t{2} * width + buckets.size() + chain.size(); }
};

template <class ELFT> class ImageView {
public:
  using Sym = typename ELFT::Sym;
  using Phdr = typename ELFT::Phdr;
  using Dyn = typename ELFT::Dyn;
  using Half = typename ELFT::Half;
  using Word = typename ELFT::Word;

  static Result<ImageView> create(Bytes bytes);

  [[nodiscard]] Bytes bytes() const { return file_.bytes(); }
  /// The headers, the sections and the table that debuggers read.
  [[nodiscard]] const View<ELFT> &file() const { return file_; }
  [[nodiscard]] std::span<const Phdr> segments() const { return segments_; }
  /// Up to DT_NULL, and where in the file it stands; empty in a static program.
  [[nodiscard]] std::span<const Dyn> dynamic() const { return dynamic_; }
  [[nodiscard]] std::uint64_t dynamic_offset() const { return dynamic_offset_; }

  /// The value of a tag that stands once at most.
  [[nodiscard]] std::optional<std::uint64_t> tag(std::int64_t which) const {
    const auto found = std::ranges::find_if(dynamic_, [&](const Dyn &entry) { return entry.d_tag == which; });
    return found == dynamic_.end() ? std::nullopt : std::optional<std::uint64_t>(found->d_un.d_val);
  }

  /// `.dynsym`, `.dynstr` and the parallel array of version indices, which may be empty; hash tables or null.
  [[nodiscard]] std::span<const Sym> symbols() const { return symbols_; }
  [[nodiscard]] Bytes strings() const { return strings_; }
  [[nodiscard]] std::span<const Half> versions() const { return versions_; }
  [[nodiscard]] const GnuHash<ELFT> *gnu_table() const { return gnu_ ? &*gnu_ : nullptr; }
  [[nodiscard]] const SysvHash *sysv_table() const { return sysv_ ? &*sysv_ : nullptr; }

  /// Empty where the name is not readable; create() has seen to it that there is none such.
  [[nodiscard]] Bytes name(std::uint32_t symbol) const {
    return c_string(strings_, symbols_[symbol].st_name).value_or(Bytes{});
  }
  /// Whether that is its name; faster than asking for it.
  [[nodiscard]] bool is_called(std::uint32_t symbol, std::string_view text) const {
    const Bytes rest = strings_.substr(std::min<std::size_t>(symbols_[symbol].st_name, strings_.size()));
    return rest.size() > text.size() && rest[text.size()] == '\0' && rest.starts_with(text);
  }
  [[nodiscard]] static std::string place(std::uint32_t symbol) {
    return join({".dynsym[", std::to_string(symbol), "]"});
  }

  /// The bytes of the file that are mapped from `address` on to the end of the segment's; none outside of all.
  [[nodiscard]] Bytes mapped(std::uint64_t address) const {
    const auto behind = std::ranges::upper_bound(loaded_, address, {},
                                                 [](const Phdr *segment) { return std::uint64_t{segment->p_vaddr}; });
    if (behind == loaded_.begin())
      return {};
    const Phdr &segment = **std::prev(behind);
    if (address - segment.p_vaddr >= segment.p_filesz)
      return {};
    return slice(bytes(), segment.p_offset, segment.p_filesz)
        .value_or(Bytes{})
        .substr(static_cast<std::size_t>(address - segment.p_vaddr));
  }

  /// Where in the file mapped bytes stand.
  [[nodiscard]] std::uint64_t offset_of(Bytes mapped_bytes) const {
    return static_cast<std::uint64_t>(mapped_bytes.data() - bytes().data());
  }
  [[nodiscard]] std::uint64_t position(const void *field) const {
    return static_cast<std::uint64_t>(static_cast<const char *>(field) - bytes().data());
  }

  /// The relocations that the loader applies, as ranges: DT_RELA, DT_REL and DT_JMPREL, without what two of them share.
  struct Relocations {
    Bytes bytes;
    bool has_addends = false;
  };
  [[nodiscard]] Result<std::vector<Relocations>> relocations() const;

private:
  Result<void> read_segments();
  Result<void> read_dynamic();
  Result<void> read_symbols();
  Result<void> read_gnu_table();
  Result<void> read_sysv_table();
  [[nodiscard]] std::optional<std::uint64_t> symbol_count() const;
  static std::uint64_t count_by_chains(const GnuHash<ELFT> &table);
  [[nodiscard]] bool is_big_endian() const { return bytes()[llvm::ELF::EI_DATA] == llvm::ELF::ELFDATA2MSB; }

  View<ELFT> file_;
  std::span<const Phdr> segments_;
  std::vector<const Phdr *> loaded_; ///< by address
  std::span<const Dyn> dynamic_;
  std::uint64_t dynamic_offset_ = 0;
  std::span<const Sym> symbols_;
  Bytes strings_;
  std::span<const Half> versions_;
  std::optional<GnuHash<ELFT>> gnu_;
  std::optional<SysvHash> sysv_;
};

template <class ELFT> Result<ImageView<ELFT>> ImageView<ELFT>::create(Bytes bytes) {
  Result<View<ELFT>> file = View<ELFT>::create_for_image(bytes);
  if (!file)
    return std::unexpected(std::move(file.error()));
  ImageView view;
  view.file_ = std::move(*file);
  Result<void> read = view.read_segments();
  if (read)
    read = view.read_dynamic();
  if (read && !view.dynamic_.empty())
    read = view.read_symbols();
  if (!read)
    return std::unexpected(std::move(read.error()));
  return view;
}

template <class ELFT> Result<void> ImageView<ELFT>::read_segments() {
  const auto &header = file_.header();
  if (header.e_phnum == 0)
    return malformed("ELF header", "a linked image without program headers");
  if (header.e_phentsize != sizeof(Phdr))
    return malformed("ELF header", "e_phentsize is not the size of a program header");
  const auto all = array_at<Phdr>(bytes(), header.e_phoff, header.e_phnum);
  if (!all)
    return malformed("ELF header", "the program header table lies outside the file");
  segments_ = *all;
  std::uint64_t last_end = 0;
  for (std::size_t i = 0; i < segments_.size(); ++i) {
    const Phdr &segment = segments_[i];
    if (segment.p_type != llvm::ELF::PT_LOAD)
      continue;
    const std::uint64_t start = segment.p_vaddr;
    const std::uint64_t end = start + segment.p_memsz;
    const std::string place = join({"program header [", std::to_string(i), "]"});
    if (!slice(bytes(), segment.p_offset, segment.p_filesz) || segment.p_filesz > segment.p_memsz)
      return malformed(place, "reaches past the end of the file, or is larger there than in memory");
    if (end < start || (!ELFT::Is64Bits && end > UINT64_C(0x100000000)))
      return malformed(place, "reaches past the end of the address space");
    if (start < last_end)
      return malformed(place, "segments overlap, or are not in the order of their addresses");
    last_end = end;
    loaded_.push_back(&segment);
  }
  return {};
}

template <class ELFT> Result<void> ImageView<ELFT>::read_dynamic() {
  for (const Phdr &segment : segments_) {
    if (segment.p_type != llvm::ELF::PT_DYNAMIC)
      continue;
    if (!dynamic_.empty())
      return malformed(".dynamic", "there are two");
    const std::optional<Bytes> range = slice(bytes(), segment.p_offset, segment.p_filesz);
    if (!range)
      return malformed(".dynamic", "reaches past the end of the file");
    dynamic_offset_ = segment.p_offset;
    dynamic_ = entries_of<Dyn>(*range);
    const auto end = std::ranges::find_if(dynamic_, [](const Dyn &entry) { return entry.d_tag == llvm::ELF::DT_NULL; });
    if (end == dynamic_.end())
      return malformed(".dynamic", "does not end with DT_NULL");
    dynamic_ = dynamic_.first(static_cast<std::size_t>(end - dynamic_.begin()));
  }
  return {};
}

template <class ELFT> Result<void> ImageView<ELFT>::read_symbols() {
  using namespace llvm::ELF;
  const std::optional<std::uint64_t> table = tag(DT_SYMTAB);
  const std::optional<std::uint64_t> strings = tag(DT_STRTAB);
  if (!table || !strings)
    return {};
  const std::optional<Bytes> text = slice(mapped(*strings), 0, tag(DT_STRSZ).value_or(0));
  if (!text)
    return malformed(".dynamic", "DT_STRTAB or DT_STRSZ leads outside of what is mapped");
  strings_ = *text;
  Result<void> read = read_sysv_table();
  if (read)
    read = read_gnu_table();
  if (!read)
    return read;
  const std::optional<std::uint64_t> count = symbol_count();
  const auto symbols = count ? array_at<Sym>(mapped(*table), 0, *count) : std::nullopt;
  if (!symbols || symbols->size() > UINT32_MAX)
    return malformed(".dynamic", "DT_SYMTAB leads outside of what is mapped");
  symbols_ = *symbols;
  if (!symbols_.empty() && (strings_.empty() || strings_.back() != '\0'))
    return malformed(".dynstr", "does not end with a NUL byte");
  for (std::uint32_t i = 0; i < symbols_.size(); ++i)
    if (symbols_[i].st_name >= strings_.size())
      return malformed(place(i), "the name reaches past the string table");
  // An empty table, as GNU ld writes it, has one empty bucket, begins with symbol 1 whatever there is, and has no
  // chain.
  if (gnu_ && std::ranges::all_of(gnu_->buckets, [](std::uint32_t start) { return start == 0; }))
    gnu_->first = static_cast<std::uint32_t>(symbols_.size());
  if (gnu_) {
    if (gnu_->first > symbols_.size())
      return malformed(".gnu.hash", "begins with a symbol past the end of the table");
    gnu_->chain = gnu_->chain.first(std::min<std::size_t>(gnu_->chain.size(), symbols_.size() - gnu_->first));
    if (gnu_->chain.size() != symbols_.size() - gnu_->first)
      return malformed(".gnu.hash", "reaches past the end of what is mapped");
  }
  if (const std::optional<std::uint64_t> versions = tag(DT_VERSYM)) {
    const auto indices = array_at<Half>(mapped(*versions), 0, symbols_.size());
    if (!indices)
      return malformed(".dynamic", "DT_VERSYM leads outside of what is mapped");
    versions_ = *indices;
  }
  return {};
}

template <class ELFT> Result<void> ImageView<ELFT>::read_sysv_table() {
  const std::optional<std::uint64_t> address = tag(llvm::ELF::DT_HASH);
  if (!address)
    return {};
  SysvHash table;
  table.big_endian = is_big_endian();
  const std::uint16_t machine = file_.header().e_machine;
  if ((machine == llvm::ELF::EM_S390 && ELFT::Is64Bits) || machine == 0x9026) // Alpha
    table.width = 8;
  const Bytes bytes = mapped(*address);
  if (bytes.size() < std::size_t{2} * table.width)
    return malformed(".dynamic", "DT_HASH leads outside of what is mapped");
  const std::uint64_t buckets = table.word(bytes, 0);
  const std::uint64_t chain = table.word(bytes, 1);
  if (buckets > bytes.size() / table.width || chain > bytes.size() / table.width ||
      (2 + buckets + chain) * table.width > bytes.size())
    return malformed(".hash", "reaches past the end of what is mapped");
  table.buckets = bytes.substr(std::size_t{2} * table.width, static_cast<std::size_t>(buckets * table.width));
  table.chain = bytes.substr(static_cast<std::size_t>((2 + buckets) * table.width),
                             static_cast<std::size_t>(chain * table.width));
  sysv_ = table;
  return {};
}

template <class ELFT> Result<void> ImageView<ELFT>::read_gnu_table() {
  const std::optional<std::uint64_t> address = tag(llvm::ELF::DT_GNU_HASH);
  if (!address)
    return {};
  const Bytes bytes = mapped(*address);
  const auto header = array_at<Word>(bytes, 0, 4);
  if (!header)
    return malformed(".dynamic", "DT_GNU_HASH leads outside of what is mapped");
  GnuHash<ELFT> table;
  const std::uint64_t buckets = (*header)[0];
  const std::uint64_t words = (*header)[2];
  table.first = (*header)[1];
  table.shift = (*header)[3];
  const auto bloom = array_at<typename GnuHash<ELFT>::Filter>(bytes, 16, words);
  const std::uint64_t behind = 16 + words * sizeof(typename GnuHash<ELFT>::Filter);
  const auto starts = bloom ? array_at<Word>(bytes, behind, buckets) : std::nullopt;
  if (!starts)
    return malformed(".gnu.hash", "reaches past the end of what is mapped");
  if (buckets == 0 || words == 0 || (words & (words - 1)) != 0)
    return malformed(".gnu.hash", "has no buckets, or a filter whose size is no power of two");
  table.bloom = *bloom;
  table.buckets = *starts;
  table.chain = entries_of<Word>(bytes.substr(static_cast<std::size_t>(behind + buckets * sizeof(Word))));
  gnu_ = table;
  return {};
}

/// No tag says how many symbols there are. The section header does, DT_HASH does, and DT_GNU_HASH at least of those
/// that can be found.
template <class ELFT> std::optional<std::uint64_t> ImageView<ELFT>::symbol_count() const {
  const std::optional<std::uint64_t> table = tag(llvm::ELF::DT_SYMTAB);
  for (const auto &section : file_.sections())
    if (section.sh_type == llvm::ELF::SHT_DYNSYM && table == section.sh_addr)
      return std::uint64_t{section.sh_size} / sizeof(Sym);
  if (sysv_)
    return sysv_->chain_count();
  return gnu_ ? std::optional(count_by_chains(*gnu_)) : std::nullopt;
}

template <class ELFT> std::uint64_t ImageView<ELFT>::count_by_chains(const GnuHash<ELFT> &table) {
  std::uint64_t last = table.first;
  for (const std::uint32_t start : table.buckets)
    last = std::max<std::uint64_t>(last, start);
  if (last < table.first || last - table.first >= table.chain.size())
    return table.first;
  for (std::uint64_t i = last - table.first; i < table.chain.size(); ++i)
    if ((table.chain[i] & 1U) != 0)
      return table.first + i + 1;
  return table.first + table.chain.size();
}

template <class ELFT> Result<std::vector<typename ImageView<ELFT>::Relocations>> ImageView<ELFT>::relocations() const {
  using namespace llvm::ELF;
  std::vector<Relocations> all;
  const auto add = [&](std::optional<std::uint64_t> address, std::optional<std::uint64_t> size, bool has_addends) {
    if (!address || size.value_or(0) == 0)
      return true;
    const std::optional<Bytes> range = slice(mapped(*address), 0, *size);
    if (!range)
      return false;
    // GNU ld of old counted the procedure linkage table's among the others.
    const auto is_part = [&](const Relocations &other) {
      return range->data() >= other.bytes.data() &&
             range->data() + range->size() <= other.bytes.data() + other.bytes.size();
    };
    if (std::ranges::none_of(all, is_part))
      all.push_back({.bytes = *range, .has_addends = has_addends});
    return true;
  };
  if (!add(tag(DT_RELA), tag(DT_RELASZ), true) || !add(tag(DT_REL), tag(DT_RELSZ), false) ||
      !add(tag(DT_JMPREL), tag(DT_PLTRELSZ), tag(DT_PLTREL) == DT_RELA))
    return malformed(".dynamic", "a table of relocations leads outside of what is mapped");
  return all;
}

} // namespace linkname::elf
