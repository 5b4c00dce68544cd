#include "elf/image/tables.h"

#include "base/large_pages.h"
#include "elf/image/refusals.h"
#include "elf/image/space.h"
#include "elf/image/versions.h"
#include "elf/relocations.h"

#include <algorithm>
#include <initializer_list>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

constexpr std::uint32_t sht_relr = 19; // gABI draft, SHT_RELR; LLVM 14 has it under the same number

/// More than any table is aligned to; a larger demand is damage, and obeying it would cost gigabytes.
constexpr std::uint64_t largest_alignment = 4096;

std::string large_string(std::initializer_list<Bytes> pieces) {
  std::size_t size = 0;
  for (const Bytes piece : pieces)
    size += piece.size();
  std::string result;
  reserve_large(result, size);
  for (const Bytes piece : pieces)
    result += piece;
  return result;
}

template <class ELFT> class Finder {
public:
  using Shdr = typename ELFT::Shdr;

  Finder(const ImageView<ELFT> &view, const NewSymbols<ELFT> &symbols) : view_(view), symbols_(symbols) {}

  Result<Tables> run(std::uint64_t end_of_file) {
    Result<void> done = refuse_what_links_tables(view_, symbols_.first_moved() < view_.symbols().size());
    if (done)
      done = collect();
    if (done)
      done = pin();
    if (done)
      done = renew();
    if (!done)
      return std::unexpected(std::move(done.error()));
    std::vector<Piece> pieces;
    pieces.reserve(tables_.all.size());
    for (const Table &table : tables_.all)
      pieces.push_back(table.piece);
    Result<Space> space = find_space(view_, mapped_, pieces, end_of_file);
    if (!space)
      return std::unexpected(std::move(space.error()));
    tables_.space = std::move(*space);
    return std::move(tables_);
  }

private:
  [[nodiscard]] const Shdr &section(std::uint32_t index) const { return view_.file().sections()[index]; }
  [[nodiscard]] Result<void> refuse(const std::string &place, std::string reason) const {
    return fail(Status::refused, place, std::move(reason), {});
  }

  /// Whether the loader finds the section through the dynamic section or a program header, and nobody else does.
  [[nodiscard]] bool is_table(const Shdr &header) const {
    const auto is = [&](std::int64_t tag) { return view_.tag(tag) == header.sh_addr; };
    switch (header.sh_type) {
    case SHT_DYNSYM:
      return is(DT_SYMTAB);
    case SHT_STRTAB:
      return is(DT_STRTAB);
    case SHT_HASH:
      return is(DT_HASH);
    case SHT_GNU_HASH:
      return is(DT_GNU_HASH);
    case SHT_GNU_versym:
      return is(DT_VERSYM);
    case SHT_GNU_verneed:
      return is(DT_VERNEED);
    case SHT_GNU_verdef:
      return is(DT_VERDEF);
    case SHT_REL:
    case SHT_RELA:
      return in_range(header, DT_RELA, DT_RELASZ) || in_range(header, DT_REL, DT_RELSZ) ||
             in_range(header, DT_JMPREL, DT_PLTRELSZ);
    case sht_relr:
      return is(DT_RELR);
    case SHT_NOTE:
      return in_segment(header, PT_NOTE);
    default:
      return in_segment(header, PT_INTERP);
    }
  }

  [[nodiscard]] bool in_range(const Shdr &header, std::int64_t start, std::int64_t size) const {
    const std::optional<std::uint64_t> from = view_.tag(start);
    return from && header.sh_addr >= *from && header.sh_addr + header.sh_size <= *from + view_.tag(size).value_or(0);
  }

  [[nodiscard]] bool in_segment(const Shdr &header, std::uint32_t type) const {
    return std::ranges::any_of(view_.segments(), [&](const auto &segment) {
      return segment.p_type == type && header.sh_addr >= segment.p_vaddr &&
             header.sh_addr + header.sh_size <= segment.p_vaddr + segment.p_memsz;
    });
  }

  static bool may_leave(std::uint32_t type) {
    return type == SHT_DYNSYM || type == SHT_STRTAB || type == SHT_HASH || type == SHT_GNU_HASH ||
           type == SHT_GNU_versym || type == SHT_GNU_verneed || type == SHT_GNU_verdef;
  }

  /// Sections that are mapped from the file, by address; tables among them become pieces.
  Result<void> collect() {
    for (std::uint32_t i = 1; i < view_.file().sections().size(); ++i) {
      const Shdr &header = section(i);
      if ((header.sh_flags & SHF_ALLOC) == 0 || header.sh_type == SHT_NOBITS || header.sh_size == 0)
        continue;
      const Bytes mapped = view_.mapped(header.sh_addr);
      if (mapped.size() < header.sh_size || view_.offset_of(mapped) != header.sh_offset)
        return refuse(view_.file().section_place(i), "does not stand where the program headers say that it is mapped");
      mapped_.push_back(i);
    }
    std::ranges::sort(mapped_, {}, [&](std::uint32_t i) { return std::uint64_t{section(i).sh_addr}; });
    for (std::size_t k = 0; k < mapped_.size(); ++k) {
      const std::uint32_t i = mapped_[k];
      const Shdr &header = section(i);
      if (k + 1 < mapped_.size() && section(mapped_[k + 1]).sh_addr < header.sh_addr + header.sh_size)
        return refuse(view_.file().section_place(i), join({"overlaps ", view_.file().section_place(mapped_[k + 1])}));
      if (!is_table(header) || (header.sh_flags & (SHF_WRITE | SHF_EXECINSTR)) != 0)
        continue;
      if (k != 0 && stays_beside(mapped_[k - 1], i)) {
        Table &table = tables_.all.back();
        table.sections.push_back(i);
        table.piece.old_size = table.piece.size = header.sh_addr + header.sh_size - table.piece.address;
        table.piece.alignment = std::max<std::uint64_t>(table.piece.alignment, header.sh_addralign);
        continue;
      }
      const std::uint64_t alignment = std::max<std::uint64_t>(header.sh_addralign, 1);
      if (alignment > largest_alignment || (alignment & (alignment - 1)) != 0)
        return malformed(view_.file().section_place(i), "sh_addralign is no alignment that such a table can have");
      tables_.all.push_back({.piece = {.address = header.sh_addr,
                                       .old_size = header.sh_size,
                                       .size = header.sh_size,
                                       .alignment = alignment,
                                       .may_leave = may_leave(header.sh_type)},
                             .offset = header.sh_offset,
                             .sections = {i},
                             .contents = {},
                             .changes = false});
    }
    return {};
  }

  /// Notes share a program header, and the relocations of the procedure linkage table follow the others.
  [[nodiscard]] bool stays_beside(std::uint32_t before, std::uint32_t section_index) const {
    const Shdr &a = section(before);
    const Shdr &b = section(section_index);
    if (tables_.all.empty() || tables_.all.back().sections.back() != before || a.sh_type != b.sh_type)
      return false;
    const std::uint64_t gap = b.sh_addr - (a.sh_addr + a.sh_size);
    return (b.sh_type == SHT_NOTE && gap < 8) || (is_relocation_section(b.sh_type) && gap == 0);
  }

  /// Tables that something points to which cannot follow stay where they are.
  Result<void> pin() {
    std::vector<bool> pinned = named_tables();
    for (std::size_t i = 0; i < pinned.size(); ++i) {
      const Table &table = tables_.all[i];
      // Of several side by side, a later one may need more than the first one's place gives.
      pinned[i] = pinned[i] || (table.sections.size() > 1 && table.piece.address % table.piece.alignment != 0) ||
                  is_partly_covered({.start = table.piece.address, .end = table.piece.old_end()});
      if (pinned[i] && table.piece.may_leave)
        return refuse(view_.file().section_place(table.sections.front()),
                      "has to change, and something in the image points to where it is");
    }
    std::size_t i = 0;
    std::erase_if(tables_.all, [&](const Table &) { return pinned[i++]; });
    return {};
  }

  /// Those that a symbol of the image means, as `__rela_iplt_start` does in static programs.
  [[nodiscard]] std::vector<bool> named_tables() const {
    std::vector<bool> named(tables_.all.size());
    std::vector<std::size_t> table_of(view_.file().sections().size(), tables_.all.size()); // by section
    for (std::size_t i = 0; i < tables_.all.size(); ++i)
      for (const std::uint32_t member : tables_.all[i].sections)
        table_of[member] = i;
    const auto note = [&](const auto &symbol) {
      if (symbol.getType() == STT_SECTION || symbol.st_name == 0 || symbol.st_shndx >= table_of.size() ||
          table_of[symbol.st_shndx] == named.size())
        return;
      const Piece &piece = tables_.all[table_of[symbol.st_shndx]].piece;
      if (symbol.st_value >= piece.address && symbol.st_value < piece.old_end())
        named[table_of[symbol.st_shndx]] = true;
    };
    std::ranges::for_each(view_.symbols(), note);
    std::ranges::for_each(view_.file().symbols(), note);
    return named;
  }

  /// By a program header, or by a range of the dynamic section, that covers other things too.
  [[nodiscard]] bool is_partly_covered(Span here) const {
    const auto partly = [&](std::uint64_t start, std::uint64_t size) {
      const bool meets = start < here.end && here.start < start + size;
      return meets && (start < here.start || start + size > here.end);
    };
    for (const auto &segment : view_.segments())
      if (segment.p_type != PT_LOAD && segment.p_type != PT_GNU_RELRO && partly(segment.p_vaddr, segment.p_memsz))
        return true;
    const auto range = [&](std::int64_t start, std::int64_t size) {
      return view_.tag(start) && partly(*view_.tag(start), view_.tag(size).value_or(0));
    };
    return range(DT_RELA, DT_RELASZ) || range(DT_REL, DT_RELSZ) || range(DT_JMPREL, DT_PLTRELSZ) ||
           range(DT_STRTAB, DT_STRSZ);
  }

  /// The new contents of the tables of symbols and of the relocations that count these.
  Result<void> renew() {
    const auto change = [&](std::int64_t tag, std::uint64_t old_size, std::string contents) -> Result<void> {
      const std::optional<std::uint64_t> address = view_.tag(tag);
      if (!address)
        return {};
      const auto table = std::ranges::find(tables_.all, *address, [](const Table &one) { return one.piece.address; });
      if (table == tables_.all.end() || table->sections.size() != 1)
        return refuse(".dynamic", "leads to a table that no section header describes");
      if (table->piece.old_size < old_size)
        return refuse(view_.file().section_place(table->sections.front()), "is smaller than what the loader reads");
      if (view_.bytes().substr(static_cast<std::size_t>(table->offset), contents.size()) == contents &&
          table->piece.old_size == contents.size())
        return {};
      table->piece.size = contents.size();
      table->contents = std::move(contents);
      table->changes = true;
      return {};
    };
    Result<void> done = check_versions();
    if (done)
      done = change(DT_SYMTAB, view_.symbols().size_bytes(), symbols_.symbols());
    if (done)
      done = change(DT_STRTAB, view_.strings().size(), large_string({view_.strings(), symbols_.strings()}));
    if (done && !view_.versions().empty())
      done = change(DT_VERSYM, view_.versions().size_bytes(), symbols_.versions());
    if (done && view_.gnu_table() != nullptr)
      done = change(DT_GNU_HASH, 0, symbols_.gnu_table());
    if (done && view_.sysv_table() != nullptr)
      done = change(DT_HASH, 0, symbols_.sysv_table());
    if (done && symbols_.first_moved() < view_.symbols().size())
      done = move_relocations();
    return done;
  }

  /// What stands beside its section would stay where it is when the section moves.
  Result<void> check_versions() const {
    const Versions versions = read_versions(view_);
    const auto check = [&](std::int64_t tag, std::size_t size) -> Result<void> {
      const auto table =
          std::ranges::find_if(tables_.all, [&](const Table &one) { return view_.tag(tag) == one.piece.address; });
      if (table != tables_.all.end() && table->piece.old_size < size)
        return refuse(view_.file().section_place(table->sections.front()), "is smaller than what the loader reads");
      return {};
    };
    const Result<void> needs = check(DT_VERNEED, versions.needs_size);
    return needs ? check(DT_VERDEF, versions.definitions_size) : needs;
  }

  Result<void> move_relocations() {
    const Result<std::vector<typename ImageView<ELFT>::Relocations>> ranges = view_.relocations();
    if (!ranges)
      return std::unexpected(ranges.error());
    for (const auto &range : *ranges) {
      const std::uint64_t offset = view_.offset_of(range.bytes);
      const auto table = std::ranges::find_if(tables_.all, [&](const Table &one) {
        return offset >= one.offset && offset + range.bytes.size() <= one.offset + one.piece.old_size;
      });
      if (table == tables_.all.end())
        return refuse(".dynamic", "leads to relocations that no section header describes, or that cannot be edited");
      if (table->contents.empty())
        table->contents = large_string({view_.bytes().substr(static_cast<std::size_t>(table->offset),
                                                             static_cast<std::size_t>(table->piece.old_size))});
      const Result<void> moved =
          range.has_addends ? move_entries<typename ELFT::Rela>(range.bytes, table->contents, offset - table->offset)
                            : move_entries<typename ELFT::Rel>(range.bytes, table->contents, offset - table->offset);
      if (!moved)
        return moved;
      table->changes = true;
    }
    return {};
  }

  template <class Entry> Result<void> move_entries(Bytes range, std::string &contents, std::uint64_t at) const {
    const auto entries = entries_of<Entry>(range);
    for (std::size_t i = 0; i < entries.size(); ++i) {
      Entry entry = entries[i];
      const std::uint32_t symbol = entry.getSymbol(false);
      if (symbol >= view_.symbols().size())
        return malformed(".dynamic", "a relocation is about a symbol past the end of the table");
      if (symbols_.moved(symbol) == symbol)
        continue;
      entry.setSymbol(symbols_.moved(symbol), false);
      contents.replace(static_cast<std::size_t>(at) + i * sizeof(Entry), sizeof(Entry), bytes_of(entry));
    }
    return {};
  }

  const ImageView<ELFT> &view_;
  const NewSymbols<ELFT> &symbols_;
  std::vector<std::uint32_t> mapped_; ///< sections, by address
  Tables tables_;
};

} // namespace

template <class ELFT>
Result<Tables> find_tables(const ImageView<ELFT> &view, const NewSymbols<ELFT> &symbols, std::uint64_t end_of_file) {
  return Finder<ELFT>(view, symbols).run(end_of_file);
}

std::uint64_t moved_address(const Tables &tables, const Room &room, std::uint64_t address) {
  for (std::size_t i = 0; i < tables.all.size(); ++i)
    if (const Piece &piece = tables.all[i].piece; address >= piece.address && address < piece.old_end())
      return address - piece.address + room.addresses[i];
  return address;
}

bool leads_to_table(std::int64_t tag) {
  switch (tag) {
  case DT_SYMTAB:
  case DT_STRTAB:
  case DT_HASH:
  case DT_GNU_HASH:
  case DT_VERSYM:
  case DT_VERNEED:
  case DT_VERDEF:
  case DT_RELA:
  case DT_REL:
  case DT_RELR:
  case DT_JMPREL:
    return true;
  default:
    return false;
  }
}

template Result<Tables> find_tables(const ImageView<llvm::object::ELF64LE> &, const NewSymbols<llvm::object::ELF64LE> &,
                                    std::uint64_t);
template Result<Tables> find_tables(const ImageView<llvm::object::ELF64BE> &, const NewSymbols<llvm::object::ELF64BE> &,
                                    std::uint64_t);
template Result<Tables> find_tables(const ImageView<llvm::object::ELF32LE> &, const NewSymbols<llvm::object::ELF32LE> &,
                                    std::uint64_t);
template Result<Tables> find_tables(const ImageView<llvm::object::ELF32BE> &, const NewSymbols<llvm::object::ELF32BE> &,
                                    std::uint64_t);

} // namespace linkname::elf
