#include "elf/image/lint.h"

#include "elf/image/hashes.h"
#include "elf/image/twins.h"
#include "elf/image/typed.h"
#include "elf/image/versions.h"
#include "elf/machine.h"

#include <algorithm>
#include <map>
#include <utility>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// A damaged table has one fault thousands of times, and nobody reads more than these.
constexpr std::size_t most_of_a_kind = 8;

template <class ELFT> class Linter {
public:
  using Sym = typename ELFT::Sym;
  using Phdr = typename ELFT::Phdr;

  explicit Linter(const ImageView<ELFT> &view) : view_(view) {}

  std::vector<Diagnostic> run() {
    check_segments();
    check_sections();
    if (!view_.symbols().empty()) {
      check_addresses();
      hash_names();
      check_symbols();
      check_gnu_table();
      check_sysv_table();
      check_versions();
      check_relocations();
      check_strings_of_dynamic();
      check_debug_symbols();
    }
    return std::move(found_);
  }

private:
  void say(Severity severity, std::string place, std::string reason) {
    if (++said_[reason] <= most_of_a_kind)
      found_.push_back(
          {.severity = severity, .place = std::move(place), .reason = std::move(reason), .hint = {}, .details = {}});
  }
  void wrong(std::string place, std::string reason) { say(Severity::error, std::move(place), std::move(reason)); }
  [[nodiscard]] std::string named(std::uint32_t symbol) const {
    return join({view_.place(symbol), " ", quoted(view_.name(symbol))});
  }
  [[nodiscard]] static std::string segment_place(std::size_t i) {
    return join({"program header [", std::to_string(i), "]"});
  }

  // gABI, "Program Header": what a page of memory can be mapped from, and what has to come first.
  void check_segments() {
    bool seen_load = false;
    for (std::size_t i = 0; i < view_.segments().size(); ++i) {
      const Phdr &segment = view_.segments()[i];
      const std::uint64_t align = segment.p_align;
      if (segment.p_type == PT_LOAD) {
        seen_load = true;
        if (align > 1 && ((align & (align - 1)) != 0 || segment.p_offset % align != segment.p_vaddr % align))
          wrong(segment_place(i), "p_offset and p_vaddr do not stand at the same place of a page");
        continue;
      }
      if ((segment.p_type == PT_INTERP || segment.p_type == PT_PHDR) && seen_load)
        wrong(segment_place(i), "PT_INTERP and PT_PHDR have to come before what is loaded");
      const bool in_file = segment.p_type == PT_INTERP || segment.p_type == PT_NOTE || segment.p_type == PT_DYNAMIC ||
                           segment.p_type == PT_PHDR || segment.p_type == PT_GNU_EH_FRAME ||
                           segment.p_type == PT_GNU_PROPERTY;
      if (!in_file || segment.p_filesz == 0 || segment.p_vaddr == 0)
        continue;
      const Bytes mapped = view_.mapped(segment.p_vaddr);
      if (mapped.size() < segment.p_filesz || view_.offset_of(mapped) != segment.p_offset)
        wrong(segment_place(i), "is not where it is loaded");
      if (segment.p_type == PT_PHDR && segment.p_filesz != view_.segments().size_bytes())
        wrong(segment_place(i), "PT_PHDR does not cover the program headers");
    }
  }

  void check_sections() {
    struct Place {
      std::uint64_t start, end;
      std::uint32_t section;
    };
    std::vector<Place> in_file = {{.start = 0, .end = sizeof(typename ELFT::Ehdr), .section = 0}};
    const auto &file_header = view_.file().header();
    in_file.push_back(
        {.start = file_header.e_phoff, .end = file_header.e_phoff + view_.segments().size_bytes(), .section = 0});
    if (!view_.file().sections().empty())
      in_file.push_back({.start = file_header.e_shoff,
                         .end = file_header.e_shoff + view_.file().sections().size_bytes(),
                         .section = 0});
    for (std::uint32_t i = 1; i < view_.file().sections().size(); ++i) {
      const auto &header = view_.file().sections()[i];
      if (header.sh_type == SHT_NULL || header.sh_type == SHT_NOBITS || header.sh_size == 0)
        continue;
      if (!slice(view_.bytes(), header.sh_offset, header.sh_size)) {
        wrong(view_.file().section_place(i), "reaches past the end of the file");
        continue;
      }
      in_file.push_back({.start = header.sh_offset, .end = header.sh_offset + header.sh_size, .section = i});
      if ((header.sh_flags & SHF_ALLOC) == 0)
        continue;
      const Bytes mapped = view_.mapped(header.sh_addr);
      if (mapped.size() < header.sh_size || view_.offset_of(mapped) != header.sh_offset)
        wrong(view_.file().section_place(i), "does not stand where the program headers say that it is mapped");
      if (header.sh_addralign > 1 && header.sh_addr % header.sh_addralign != 0)
        wrong(view_.file().section_place(i), "is not aligned as it has to be");
    }
    std::ranges::sort(in_file, {}, &Place::start);
    for (std::size_t i = 1; i < in_file.size(); ++i)
      if (in_file[i].start < in_file[i - 1].end)
        wrong(in_file[i].section == 0 ? "table of headers" : view_.file().section_place(in_file[i].section),
              "overlaps another section, or a table of headers, in the file");
  }

  /// Where the dynamic section leads, section headers say the same.
  void check_addresses() {
    struct Row {
      std::uint32_t type;
      std::int64_t tag;
      std::string_view name;
    };
    constexpr Row rows[] = {{SHT_DYNSYM, DT_SYMTAB, "DT_SYMTAB"},        {SHT_HASH, DT_HASH, "DT_HASH"},
                            {SHT_GNU_HASH, DT_GNU_HASH, "DT_GNU_HASH"},  {SHT_GNU_versym, DT_VERSYM, "DT_VERSYM"},
                            {SHT_GNU_verneed, DT_VERNEED, "DT_VERNEED"}, {SHT_GNU_verdef, DT_VERDEF, "DT_VERDEF"}};
    for (std::uint32_t i = 1; i < view_.file().sections().size(); ++i) {
      const auto &header = view_.file().sections()[i];
      const auto row = std::ranges::find(rows, std::uint32_t{header.sh_type}, &Row::type);
      if (row != std::end(rows) && (header.sh_flags & SHF_ALLOC) != 0 && view_.tag(row->tag) != header.sh_addr)
        wrong(view_.file().section_place(i), join({"does not stand where ", row->name, " leads"}));
      if (header.sh_type != SHT_DYNSYM || view_.tag(DT_SYMTAB) != header.sh_addr)
        continue;
      const std::uint32_t strings = header.sh_link;
      if (strings >= view_.file().sections().size() || view_.file().sections()[strings].sh_addr != view_.tag(DT_STRTAB))
        wrong(view_.file().section_place(i), "its strings are not where DT_STRTAB leads");
      else if (view_.file().sections()[strings].sh_size != view_.strings().size())
        wrong(view_.file().section_place(strings), "is not as large as DT_STRSZ says");
      check_locals(header.sh_info);
    }
  }

  void check_locals(std::uint32_t first_global) {
    for (std::uint32_t i = 1; i < view_.symbols().size(); ++i)
      if ((view_.symbols()[i].getBinding() == STB_LOCAL) != (i < first_global))
        wrong(named(i), "local symbols end where sh_info says, and this one is on the wrong side");
  }

  /// In the order in which the names stand: walking them takes longer than what is done with them.
  void hash_names() {
    hashes_.reserve(view_.symbols().size());
    for (std::uint32_t i = 0; i < view_.symbols().size(); ++i)
      hashes_.push_back(both_hashes(view_.name(i)));
  }

  void check_symbols() {
    std::vector<std::uint64_t> defined; // hash and index: comparing names takes longer
    defined.reserve(view_.symbols().size());
    for (std::uint32_t i = 1; i < view_.symbols().size(); ++i) {
      const Sym &symbol = view_.symbols()[i];
      if (symbol.st_shndx < SHN_LORESERVE && symbol.st_shndx >= view_.file().sections().size() &&
          !view_.file().sections().empty())
        wrong(named(i), "st_shndx names no section");
      if (is_exported(symbol))
        defined.push_back(std::uint64_t{hashes_[i].gnu} << 32U | i);
    }
    std::ranges::sort(defined);
    for (std::size_t i = 1; i < defined.size(); ++i) {
      const auto one = static_cast<std::uint32_t>(defined[i - 1]);
      const auto other = static_cast<std::uint32_t>(defined[i]);
      if (hashes_[one].gnu == hashes_[other].gnu && view_.name(one) == view_.name(other) &&
          (view_.versions().empty() || view_.versions()[one] == view_.versions()[other]))
        wrong(named(other), "is exported twice");
    }
  }

  /// Every symbol from the first one on is found by its name, and nothing else is in the table.
  void check_gnu_table() {
    if (view_.gnu_table() == nullptr)
      return;
    const GnuHash<ELFT> &table = *view_.gnu_table();
    constexpr unsigned bits = sizeof(typename GnuHash<ELFT>::Filter) * 8;
    const auto count = static_cast<std::uint32_t>(view_.symbols().size());
    const auto buckets = static_cast<std::uint32_t>(table.buckets.size());
    std::uint32_t last_bucket = 0;
    for (std::uint32_t i = table.first; i < count; ++i) {
      const std::uint32_t hash = hashes_[i].gnu;
      const std::uint32_t in_chain = table.chain[i - table.first];
      const std::uint32_t bucket = hash % buckets;
      if ((in_chain | 1U) != (hash | 1U)) {
        wrong(named(i), "has another hash in .gnu.hash than its name has");
        continue;
      }
      if (bucket < last_bucket || table.buckets[bucket] == 0 || table.buckets[bucket] > i)
        wrong(named(i), "does not stand in the run of its bucket of .gnu.hash");
      last_bucket = bucket;
      const bool last = i + 1 == count || table.buckets[bucket] > i || hashes_[i + 1].gnu % buckets != bucket;
      if (last != ((in_chain & 1U) != 0))
        wrong(named(i), "ends the run of its bucket of .gnu.hash, or goes on with it, where it should not");
      const std::uint64_t word = table.bloom[(hash / bits) & (table.bloom.size() - 1)];
      const std::uint32_t second = table.shift < 32 ? hash >> table.shift : 0;
      if ((word >> (hash % bits) & word >> (second % bits) & 1U) == 0)
        wrong(named(i), "does not pass the filter of .gnu.hash, so no loader finds it");
    }
  }

  /// Every exported symbol is found, and no chain runs in a circle.
  void check_sysv_table() {
    if (view_.sysv_table() == nullptr)
      return;
    const SysvHash &table = *view_.sysv_table();
    if (table.chain_count() != view_.symbols().size())
      return wrong(".hash", "does not have as many entries as there are symbols");
    if (table.bucket_count() == 0)
      return wrong(".hash", "has no buckets");
    std::vector<bool> found(view_.symbols().size());
    for (std::uint64_t bucket = 0; bucket < table.bucket_count(); ++bucket) {
      for (std::uint64_t i = table.word(table.buckets, bucket); i != 0; i = table.word(table.chain, i)) {
        if (i >= found.size() || found[static_cast<std::size_t>(i)])
          return wrong(".hash", "a chain leaves the table or runs in a circle");
        found[static_cast<std::size_t>(i)] = true;
        if (const auto symbol = static_cast<std::uint32_t>(i); hashes_[symbol].sysv % table.bucket_count() != bucket)
          wrong(named(symbol), "is in another bucket of .hash than its name");
      }
    }
    const std::uint32_t exported_from = view_.gnu_table() != nullptr ? view_.gnu_table()->first : UINT32_MAX;
    for (std::uint32_t i = 1; i < found.size(); ++i)
      if (!found[i] && (i >= exported_from || (view_.gnu_table() == nullptr && is_exported(view_.symbols()[i]))))
        wrong(named(i), "is not in .hash, so some loaders do not find it");
  }

  static bool is_exported(const Sym &symbol) {
    return symbol.st_shndx != SHN_UNDEF && symbol.getBinding() != STB_LOCAL;
  }

  void check_versions() {
    const Versions versions = read_versions(view_);
    if (!versions.sound)
      wrong(".gnu.version_r", "a chain of versions leaves what is mapped");
    for (std::uint32_t i = 1; i < view_.versions().size(); ++i) {
      const std::uint16_t index = view_.versions()[i] & version_index;
      if (index > 1 && !versions.by_index.contains(index))
        wrong(named(i), "has a version that is not there");
    }
    for (std::uint32_t i = 1; i < view_.file().sections().size(); ++i) {
      const auto &header = view_.file().sections()[i];
      if (header.sh_type == SHT_GNU_versym && header.sh_addr == view_.tag(DT_VERSYM) &&
          header.sh_size != view_.symbols().size() * 2)
        wrong(view_.file().section_place(i), "does not have as many entries as there are symbols");
    }
  }

  void check_relocations() {
    const auto ranges = view_.relocations();
    if (!ranges)
      return wrong(".dynamic", "a table of relocations leads outside of what is mapped");
    for (const auto &range : *ranges) {
      if (range.has_addends)
        check_entries<typename ELFT::Rela>(range.bytes);
      else
        check_entries<typename ELFT::Rel>(range.bytes);
    }
  }

  template <class Entry> void check_entries(Bytes bytes) {
    const bool is_mips = view_.file().header().e_machine == EM_MIPS && ELFT::Is64Bits && !is_big_endian();
    for (const Entry &entry : entries_of<Entry>(bytes))
      if (entry.getSymbol(is_mips) >= view_.symbols().size())
        wrong(join({"relocation at ", hex(entry.r_offset)}), "is about a symbol past the end of the table");
  }

  [[nodiscard]] bool is_big_endian() const { return view_.bytes()[EI_DATA] == ELFDATA2MSB; }

  void check_strings_of_dynamic() {
    for (const auto &entry : view_.dynamic())
      if ((entry.d_tag == DT_NEEDED || entry.d_tag == DT_SONAME || entry.d_tag == DT_RPATH ||
           entry.d_tag == DT_RUNPATH) &&
          !c_string(view_.strings(), entry.d_un.d_val))
        wrong(".dynamic", "a name reaches past the string table");
  }

  /// Whoever debugs or strips the image sees what the loader sees.
  void check_debug_symbols() {
    if (view_.file().symbols().empty())
      return;
    const Twins<ELFT> twins(view_);
    std::vector<bool> repeated(view_.symbols().size());
    for (std::uint32_t i = 1; i < view_.file().symbols().size(); ++i)
      if (const std::optional<std::uint32_t> twin = twins.of(i))
        repeated[*twin] = true;
    for (std::uint32_t i = 1; i < repeated.size(); ++i)
      if (!repeated[i] && is_exported(view_.symbols()[i]))
        say(Severity::warning, named(i), "is exported, and .symtab does not have it");
  }

  const ImageView<ELFT> &view_;
  std::vector<Hashes> hashes_; ///< by symbol
  std::map<std::string, std::size_t> said_;
  std::vector<Diagnostic> found_;
};

} // namespace

Result<std::vector<Diagnostic>> lint_image(Bytes bytes) {
  return with_image(bytes, []<class ELFT>(const ImageView<ELFT> &view) -> Result<std::vector<Diagnostic>> {
    return Linter<ELFT>(view).run();
  });
}

} // namespace linkname::elf
