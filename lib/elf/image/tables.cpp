#include "elf/image/tables.h"

#include "elf/image/refusals.h"
#include "elf/relocations.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

constexpr std::uint32_t sht_relr = 19; // gABI draft, SHT_RELR; LLVM 14 has it under the same number

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
    find_space(end_of_file);
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
        continue;
      }
      tables_.all.push_back({.piece = {.address = header.sh_addr,
                                       .old_size = header.sh_size,
                                       .size = header.sh_size,
                                       .alignment = std::max<std::uint64_t>(header.sh_addralign, 1),
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
    const auto pinned = [&](const Table &table) {
      const Span here{.start = table.piece.address, .end = table.piece.old_end()};
      return is_named(table) || is_partly_covered(here);
    };
    for (const Table &table : tables_.all)
      if (table.piece.may_leave && pinned(table))
        return refuse(view_.file().section_place(table.sections.front()),
                      "has to change, and something in the image points to where it is");
    std::erase_if(tables_.all, pinned);
    return {};
  }

  /// A symbol of the image means it, as `__rela_iplt_start` does in static programs.
  [[nodiscard]] bool is_named(const Table &table) const {
    const auto means_it = [&](const auto &symbol) {
      return symbol.getType() != STT_SECTION && symbol.st_name != 0 && symbol.st_value >= table.piece.address &&
             symbol.st_value < table.piece.old_end() && std::ranges::count(table.sections, symbol.st_shndx) != 0;
    };
    return std::ranges::any_of(view_.symbols(), means_it) || std::ranges::any_of(view_.file().symbols(), means_it);
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
    Result<void> done = change(DT_SYMTAB, view_.symbols().size_bytes(), symbols_.symbols());
    if (done)
      done = change(DT_STRTAB, view_.strings().size(), std::string(view_.strings()) + symbols_.strings());
    if (done && !view_.versions().empty())
      done = change(DT_VERSYM, view_.versions().size_bytes(), symbols_.versions());
    if (done && view_.gnu_table())
      done = change(DT_GNU_HASH, 0, symbols_.gnu_table());
    if (done && view_.sysv_table())
      done = change(DT_HASH, 0, symbols_.sysv_table());
    if (done && symbols_.first_moved() < view_.symbols().size())
      done = move_relocations();
    return done;
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
        table->contents = view_.bytes().substr(static_cast<std::size_t>(table->offset),
                                               static_cast<std::size_t>(table->piece.old_size));
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

  [[nodiscard]] bool is_free(Span span) const {
    const Bytes bytes = view_.mapped(span.start);
    return bytes.size() >= span.size() &&
           bytes.substr(0, static_cast<std::size_t>(span.size())).find_first_not_of('\0') == Bytes::npos;
  }

  [[nodiscard]] bool is_piece(std::uint32_t i) const {
    return std::ranges::any_of(tables_.all,
                               [&](const Table &table) { return std::ranges::count(table.sections, i) != 0; });
  }

  void find_space(std::uint64_t end_of_file) {
    Space &space = tables_.space;
    std::uint64_t end = 0;
    for (const auto &segment : view_.segments())
      if (segment.p_type == PT_LOAD) {
        space.page = std::max<std::uint64_t>(space.page, segment.p_align);
        end = std::max<std::uint64_t>(end, segment.p_vaddr + segment.p_memsz);
      }
    const std::uint64_t aligned = align_up(end, space.page).value_or(UINT64_MAX);
    const std::uint64_t within = end_of_file % space.page;
    if (aligned < (ELFT::Is64Bits ? UINT64_MAX / 2 : UINT32_MAX / 2))
      space.new_segment = aligned + within;
    for (const Table &table : tables_.all)
      add_span({.start = table.piece.address, .end = table.piece.old_end()});
    widen_spans();
    find_tail();
    find_header();
    if (space.new_segment == 0)
      space.next_header.reset();
  }

  /// Pieces that follow each other share a span, with what pads them.
  void add_span(Span piece) {
    std::vector<Span> &free = tables_.space.free;
    if (!free.empty() && is_padding({.start = free.back().end, .end = piece.start}))
      free.back().end = piece.end;
    else
      free.push_back(piece);
  }

  /// Bytes of one segment that belong to no section and hold nothing.
  [[nodiscard]] bool is_padding(Span span) const {
    const auto next = std::ranges::lower_bound(mapped_, span.start, {},
                                               [&](std::uint32_t i) { return std::uint64_t{section(i).sh_addr}; });
    const bool in_section = next != mapped_.end() && section(*next).sh_addr < span.end;
    return !in_section && (span.size() == 0 || is_free(span)) && view_.mapped(span.start).size() >= span.size();
  }

  /// Each span goes on to whatever stands next, and begins where what stands before it ends.
  void widen_spans() {
    for (Span &span : tables_.space.free) {
      const auto next = std::ranges::lower_bound(mapped_, span.end, {},
                                                 [&](std::uint32_t i) { return std::uint64_t{section(i).sh_addr}; });
      const std::uint64_t segment_end = span.start + view_.mapped(span.start).size();
      const std::uint64_t end =
          next == mapped_.end() ? segment_end : std::min<std::uint64_t>(segment_end, section(*next).sh_addr);
      if (end > span.end && is_free({.start = span.end, .end = end}))
        span.end = end;
      const std::uint64_t headers_end = end_of_headers();
      if (headers_end < span.start && is_padding({.start = headers_end, .end = span.start}))
        span.start = headers_end;
    }
  }

  /// The address behind the program headers; 0 where they are not mapped.
  [[nodiscard]] std::uint64_t end_of_headers() const {
    const auto &header = view_.file().header();
    for (const auto &segment : view_.segments())
      if (segment.p_type == PT_LOAD && header.e_phoff >= segment.p_offset &&
          header.e_phoff - segment.p_offset < segment.p_filesz)
        return segment.p_vaddr + (header.e_phoff - segment.p_offset) + view_.segments().size_bytes();
    return 0;
  }

  void find_header() {
    const std::uint64_t end = end_of_headers();
    constexpr std::size_t most = 0xfffe; // PN_XNUM means that the number stands elsewhere
    if (end != 0 && view_.segments().size() < most)
      tables_.space.next_header = Span{.start = end, .end = end + sizeof(typename ELFT::Phdr)};
  }

  /// Behind the segment that holds the first table: as far as the file has nothing but zeros and the address space
  /// nothing at all.
  void find_tail() {
    Space &space = tables_.space;
    if (space.free.empty())
      return;
    const auto home = std::ranges::find_if(view_.segments(), [&](const auto &segment) {
      return segment.p_type == PT_LOAD && space.free.front().start >= segment.p_vaddr &&
             space.free.front().start - segment.p_vaddr < segment.p_filesz;
    });
    if (home == view_.segments().end() || home->p_filesz != home->p_memsz || (home->p_flags & PF_W) != 0)
      return;
    const std::uint64_t end = home->p_vaddr + home->p_filesz;
    const std::uint64_t offset = home->p_offset + home->p_filesz;
    std::uint64_t limit = end + (UINT64_C(1) << 30U);
    std::uint64_t next_in_file = view_.bytes().size();
    const auto note = [&](std::uint64_t start) {
      if (start >= offset)
        next_in_file = std::min(next_in_file, start);
    };
    note(view_.file().header().e_shoff);
    for (const auto &segment : view_.segments()) {
      if (segment.p_filesz != 0 && &segment != &*home)
        note(segment.p_offset);
      if (segment.p_type == PT_LOAD && segment.p_vaddr >= end)
        limit = std::min<std::uint64_t>(limit, segment.p_vaddr - segment.p_vaddr % space.page);
    }
    for (const Shdr &header : view_.file().sections())
      if (header.sh_type != SHT_NOBITS && header.sh_type != SHT_NULL)
        note(header.sh_offset);
    if (limit <= end || (!ELFT::Is64Bits && limit > UINT32_MAX))
      return;
    const Bytes gap =
        view_.bytes().substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(next_in_file - offset));
    const std::size_t zeros = std::min(gap.find_first_not_of('\0'), gap.size());
    space.tail = {.start = end, .end = std::min(limit, end + zeros)};
    space.tail_if_grown = limit;
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
