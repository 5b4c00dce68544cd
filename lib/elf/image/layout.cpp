#include "elf/image/layout.h"

#include "elf/image/debug_symbols.h"
#include "elf/image/definitions.h"
#include "elf/image/landing_pads.h"
#include "elf/image/new_symbols.h"
#include "elf/image/segments.h"
#include "elf/image/tables.h"
#include "elf/image/typed.h"

#include <algorithm>
#include <utility>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// What stands behind the end of the file as it was is aligned to this.
constexpr std::uint64_t alignment_at_end = 16;
/// A segment of its own is a little larger than it has to be, so that the next run finds room in it.
constexpr std::uint64_t segment_step = 512;

template <class ELFT> class Layout {
public:
  using Ehdr = typename ELFT::Ehdr;
  using Phdr = typename ELFT::Phdr;
  using Shdr = typename ELFT::Shdr;
  using uint = typename ELFT::uint;

  Layout(const ImageView<ELFT> &view, const Plan &plan) : view_(view), plan_(plan) {}

  Result<LaidOut> run() {
    if (view_.symbols().empty())
      return fail(Status::refused, ".dynamic", "there is no table of symbols that a loader could look names up in",
                  "rewrite the objects that it is linked from");
    if (view_.file().sections().empty())
      return fail(Status::refused, "ELF header", "the image has no section headers, so nobody knows what its bytes are",
                  "take it as it was before `sstrip` or a packer");
    Result<void> done = check_plan();
    if (done)
      done = change_debug_tables();
    if (done)
      done = change_loader_tables();
    if (done)
      done = put_headers();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return LaidOut{
        .splices = std::move(splices_), .diagnostics = std::move(diagnostics_), .room = std::move(room_notes_)};
  }

private:
  [[nodiscard]] const View<ELFT> &file() const { return view_.file(); }

  Result<void> check_plan() {
    Result<std::vector<Diagnostic>> warnings = check_definitions(view_, plan_);
    if (!warnings)
      return std::unexpected(std::move(warnings.error()));
    diagnostics_ = std::move(*warnings);
    std::ranges::move(missing_landing_pads(view_, plan_), std::back_inserter(diagnostics_));
    return {};
  }

  void replace(std::uint64_t offset, std::uint64_t old_length, std::string bytes) {
    splices_.push_back({.offset = offset, .old_length = old_length, .bytes = std::move(bytes)});
  }

  // ---- What debuggers read: appended, and everything behind moves in the file alone ------------------------------

  Result<void> change_debug_tables() {
    headers_.assign(file().sections().begin(), file().sections().end());
    Result<DebugSymbols> debug = change_debug_symbols(view_, plan_);
    if (!debug)
      return std::unexpected(std::move(debug.error()));
    splices_ = std::move(debug->changed);
    std::vector<Resize> resizes;
    const auto append = [&](std::uint32_t section, std::string &&bytes) {
      if (bytes.empty())
        return;
      Shdr &header = headers_[section];
      const std::uint64_t end = header.sh_offset + header.sh_size;
      header.sh_size = static_cast<uint>(header.sh_size + bytes.size());
      resizes.push_back({.at = end, .old_length = 0, .bytes = std::move(bytes), .alignment = alignment_behind(end)});
    };
    append(file().symbol_table(), std::move(debug->symbols));
    append(file().string_table(), std::move(debug->strings));
    if (file().extended_table() != 0)
      append(file().extended_table(), std::move(debug->extended));
    for (const Resize &resize : resizes)
      for (const auto &segment : view_.segments())
        if (segment.p_type == PT_LOAD && resize.at > segment.p_offset &&
            resize.at < segment.p_offset + segment.p_filesz)
          return fail(Status::refused, ".symtab", "stands in the middle of a segment", "strip it: `strip FILE`");
    std::ranges::move(padded(std::move(resizes), 0), std::back_inserter(splices_)); // no large steps
    if (Result<void> ordered = put_in_order(splices_, view_.bytes().size()); !ordered)
      return ordered;
    end_of_file_ = align_up(OffsetMap(splices_)(view_.bytes().size()), alignment_at_end).value_or(0);
    return {};
  }

  /// What lies behind a place keeps its alignment, and segments their place within a page.
  [[nodiscard]] std::uint64_t alignment_behind(std::uint64_t offset) const {
    std::uint64_t alignment = sizeof(uint);
    constexpr std::uint64_t most = 1U << 20U;
    for (const Shdr &section : file().sections())
      if (section.sh_type != SHT_NULL && section.sh_offset >= offset && section.sh_addralign <= most)
        alignment = std::max<std::uint64_t>(alignment, section.sh_addralign);
    for (const Phdr &segment : view_.segments())
      if (segment.p_type == PT_LOAD && segment.p_offset >= offset && segment.p_align <= most)
        alignment = std::max<std::uint64_t>(alignment, segment.p_align);
    return alignment;
  }

  // ---- What the loader reads --------------------------------------------------------------------------------------

  Result<void> change_loader_tables() {
    Result<NewSymbols<ELFT>> symbols = NewSymbols<ELFT>::make(view_, plan_);
    if (!symbols)
      return std::unexpected(std::move(symbols.error()));
    Result<Tables> tables = find_tables(view_, *symbols, end_of_file_);
    if (!tables)
      return std::unexpected(std::move(tables.error()));
    tables_ = std::move(*tables);
    std::vector<Piece> pieces;
    pieces.reserve(tables_.all.size());
    for (const Table &table : tables_.all)
      pieces.push_back(table.piece);
    std::optional<Room> room = find_room(pieces, tables_.space);
    if (!room)
      return fail(Status::refused, ".dynsym",
                  "there is no room for it to grow, neither around it nor for a new segment",
                  "rewrite the objects that it is linked from");
    room_ = std::move(*room);
    for (std::uint32_t i = 0; i < tables_.all.size(); ++i)
      for (const std::uint32_t section : tables_.all[i].sections)
        move_section(headers_[section], i);
    for (Shdr &header : headers_)
      if (header.sh_type == SHT_DYNSYM)
        header.sh_info = symbols->first_global();
    move_section_symbols();
    if (Result<void> written = write_spans(); !written)
      return written;
    say_where();
    return change_dynamic();
  }

  void move_section(Shdr &header, std::uint32_t table) {
    const Piece &piece = tables_.all[table].piece;
    header.sh_addr = static_cast<uint>(header.sh_addr - piece.address + room_.addresses[table]);
    if (piece.size != piece.old_size)
      header.sh_size = static_cast<uint>(piece.size);
  }

  /// The symbols of `.symtab` that stand for a section follow it.
  void move_section_symbols() {
    for (std::uint32_t i = 0; i < file().symbols().size(); ++i) {
      typename ELFT::Sym entry = file().symbols()[i];
      const std::uint32_t section = file().section_of(i).index;
      if (entry.getType() != STT_SECTION || section >= headers_.size() ||
          headers_[section].sh_addr == file().sections()[section].sh_addr)
        continue;
      entry.st_value = headers_[section].sh_addr;
      replace(file().symbol_offset(i), sizeof entry, std::string(bytes_of(entry)));
    }
  }

  [[nodiscard]] std::uint64_t growth_of_tail() const {
    const std::uint64_t beyond =
        room_.segment_end > tables_.space.tail.end ? room_.segment_end - tables_.space.tail.end : 0;
    return room_.source == Source::grown_tail ? align_up(beyond, tables_.space.page).value_or(0) : 0;
  }

  /// The table's bytes as they will be. They are asked for once.
  [[nodiscard]] std::string contents(Table &table) const {
    return table.changes ? std::move(table.contents)
                         : std::string(view_.bytes().substr(static_cast<std::size_t>(table.offset),
                                                            static_cast<std::size_t>(table.piece.old_size)));
  }

  struct Part {
    Span span;
    std::string bytes;
  };

  /// Every span in which anything changes is written, since tables close ranks in it; but what stays as it is.
  Result<void> write_spans() {
    Span tail = tables_.space.tail;
    tail.end = std::max(tail.end + growth_of_tail(), tail.start);
    std::vector<Span> spans = with_tail(tables_.space.free, tail);
    if (room_.source == Source::new_segment)
      spans.push_back({.start = tables_.space.new_segment,
                       .end = tables_.space.new_segment + align_up(room_.new_segment_size, segment_step).value_or(0)});
    for (const Span &span : spans) {
      bool touched = false;
      std::vector<std::size_t> here;
      for (std::size_t i = 0; i < tables_.all.size(); ++i) {
        const Table &table = tables_.all[i];
        const bool was_here = holds(span, table.piece.address);
        const bool is_here = holds(span, room_.addresses[i]);
        touched = touched || ((was_here || is_here) && !stays(i));
        if (is_here)
          here.push_back(i);
      }
      if (touched)
        put_span(span, parts_of(span, std::move(here)));
    }
    return put_in_order(splices_, view_.bytes().size());
  }

  static bool holds(const Span &span, std::uint64_t address) { return address >= span.start && address < span.end; }

  [[nodiscard]] bool stays(std::size_t table) const {
    return !tables_.all[table].changes && room_.addresses[table] == tables_.all[table].piece.address;
  }

  /// What a span holds from now on: the tables `here`, with zeros between them. Those that stay are left out.
  [[nodiscard]] std::vector<Part> parts_of(const Span &span, std::vector<std::size_t> here) {
    std::ranges::sort(here, {}, [&](std::size_t i) { return room_.addresses[i]; });
    std::vector<Part> parts;
    std::uint64_t at = span.start;
    const auto pad_until = [&](std::uint64_t end) {
      if (at < end)
        parts.push_back(
            {.span = {.start = at, .end = end}, .bytes = std::string(static_cast<std::size_t>(end - at), '\0')});
    };
    for (const std::size_t i : here) {
      const std::uint64_t start = room_.addresses[i];
      const std::uint64_t end = start + tables_.all[i].piece.size;
      pad_until(start);
      if (!stays(i))
        parts.push_back({.span = {.start = start, .end = end}, .bytes = contents(tables_.all[i])});
      at = end;
    }
    pad_until(span.end);
    return parts;
  }

  void put_span(Span span, std::vector<Part> parts) {
    if (room_.source == Source::new_segment && span.start == tables_.space.new_segment) {
      new_segment_size_ = span.size();
      std::string bytes(static_cast<std::size_t>(end_of_file_ - OffsetMap(splices_)(view_.bytes().size())), '\0');
      for (const Part &part : parts)
        bytes += part.bytes;
      return replace(view_.bytes().size(), 0, std::move(bytes));
    }
    // What lies behind the segment is not mapped yet; pages that are put in there have no counterpart in the file.
    const Span tail = tables_.space.tail;
    const std::uint64_t offset = span.start == tail.start ? view_.offset_of(view_.mapped(span.start - 1)) + 1
                                                          : view_.offset_of(view_.mapped(span.start));
    const bool grows = span.end > tail.end && span.end > tail.start && span.start <= tail.start;
    const std::uint64_t old_end = span.end - (grows ? growth_of_tail() : 0);
    for (Part &part : parts) {
      const std::uint64_t start = std::min(part.span.start, old_end);
      replace(offset + (start - span.start), std::min(part.span.end, old_end) - start, std::move(part.bytes));
    }
  }

  void say_where() {
    const auto note = [&](std::string text) {
      room_notes_.push_back(
          {.severity = Severity::note, .place = ".dynsym", .reason = std::move(text), .hint = {}, .details = {}});
    };
    switch (room_.source) {
    case Source::in_place:
      return note("the tables find room where they are");
    case Source::tail:
      return note("the tables find room in what pads their segment's last page");
    case Source::grown_tail:
      return note(join({"the tables find room behind their segment, for which the file grows by ",
                        std::to_string(growth_of_tail()), " bytes"}));
    case Source::new_segment:
      return note(join({"there is no room around the tables; a new read-only segment of ",
                        std::to_string(new_segment_size_), " bytes holds what moves, at the end"}));
    }
  }

  Result<void> change_dynamic() {
    const std::uint64_t new_strings = table_size(DT_STRTAB, view_.strings().size());
    for (const auto &entry : view_.dynamic()) {
      auto value = entry.d_un.d_val;
      const auto tag = static_cast<std::int64_t>(entry.d_tag);
      if (leads_to_table(tag))
        value = static_cast<uint>(moved_address(tables_, room_, value));
      else if (tag == DT_STRSZ)
        value = static_cast<uint>(new_strings);
      if (value != entry.d_un.d_val)
        replace(view_.position(&entry.d_un), sizeof value, std::string(bytes_of(value)));
    }
    return {};
  }

  [[nodiscard]] std::uint64_t table_size(std::int64_t tag, std::uint64_t otherwise) const {
    for (const Table &table : tables_.all)
      if (table.changes && view_.tag(tag) == table.piece.address)
        return table.piece.size;
    return otherwise;
  }

  // ---- Headers ------------------------------------------------------------------------------------------------------

  Result<void> put_headers() {
    if (Result<void> ordered = put_in_order(splices_, view_.bytes().size()); !ordered)
      return ordered;
    const OffsetMap offsets(splices_);
    const std::vector<Phdr> segments =
        new_segments(view_, tables_, room_, {.offset = end_of_file_, .size = new_segment_size_}, offsets);
    for (std::uint32_t i = 0; i < headers_.size(); ++i)
      headers_[i].sh_offset = static_cast<uint>(new_offset(i, segments, offsets));

    Ehdr header = file().header();
    header.e_phnum = static_cast<std::uint16_t>(segments.size());
    header.e_shoff = static_cast<uint>(offsets(header.e_shoff));
    put_if_changed(0, file().header(), header);
    put_segments({reinterpret_cast<const char *>(segments.data()), segments.size() * sizeof(Phdr)});
    for (std::size_t i = 0; i < headers_.size(); ++i)
      put_if_changed(file().header().e_shoff + i * sizeof(Shdr), file().sections()[i], headers_[i]);
    return put_in_order(splices_, view_.bytes().size());
  }

  template <class T> void put_if_changed(std::uint64_t offset, const T &before, const T &now) {
    if (bytes_of(before) != bytes_of(now))
      replace(offset, sizeof now, std::string(bytes_of(now)));
  }

  /// The program headers. One more of them stands on what write_spans has cleared, or on padding.
  void put_segments(Bytes table) {
    const std::uint64_t start = file().header().e_phoff;
    const std::size_t before = view_.segments().size_bytes();
    if (view_.bytes().substr(static_cast<std::size_t>(start), before) != table.substr(0, before))
      replace(start, before, std::string(table.substr(0, before)));
    const Bytes more = table.substr(before);
    if (more.empty())
      return;
    const auto cleared = std::ranges::find(splices_, start + before, &Splice::offset);
    if (cleared != splices_.end() && cleared->bytes.size() >= more.size())
      cleared->bytes.replace(0, more.size(), more);
    else
      replace(start + before, more.size(), std::string(more));
  }

  /// Where a section stands in the file: by its address where it has moved in memory, with its neighbours otherwise.
  [[nodiscard]] std::uint64_t new_offset(std::uint32_t section, std::span<const Phdr> segments,
                                         const OffsetMap &offsets) const {
    const Shdr &old = file().sections()[section];
    if (headers_[section].sh_addr != old.sh_addr)
      return file_offset<Phdr>(segments, headers_[section].sh_addr).value_or(old.sh_offset);
    return old.sh_type == SHT_NULL ? std::uint64_t{old.sh_offset} : offsets(old.sh_offset);
  }

  const ImageView<ELFT> &view_;
  const Plan &plan_;
  std::vector<Shdr> headers_;
  Tables tables_;
  Room room_;
  std::uint64_t end_of_file_ = 0;
  std::uint64_t new_segment_size_ = 0;
  Splices splices_;
  std::vector<Diagnostic> diagnostics_;
  std::vector<Diagnostic> room_notes_; ///< LaidOut::room
};

} // namespace

Result<LaidOut> lay_out_image(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return LaidOut{};
  return with_image(bytes, [&]<class ELFT>(const ImageView<ELFT> &view) -> Result<LaidOut> {
    return Layout<ELFT>(view, plan).run();
  });
}

} // namespace linkname::elf
