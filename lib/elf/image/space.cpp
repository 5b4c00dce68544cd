#include "elf/image/space.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// No system has larger pages; a larger alignment of a segment is damage, and obeying it would cost gigabytes.
constexpr std::uint64_t largest_page = 1U << 24U;

template <class ELFT> class Survey {
public:
  Survey(const ImageView<ELFT> &view, std::span<const std::uint32_t> mapped) : view_(view), mapped_(mapped) {}

  Result<Space> run(std::span<const Piece> pieces, std::uint64_t end_of_file) {
    std::uint64_t end = 0;
    for (const auto &segment : view_.segments()) {
      if (segment.p_type != PT_LOAD)
        continue;
      if (segment.p_align > largest_page || (segment.p_align & (segment.p_align - 1)) != 0)
        return malformed("program headers", "p_align is no alignment that a segment can have");
      space_.page = std::max<std::uint64_t>(space_.page, segment.p_align);
      end = std::max<std::uint64_t>(end, segment.p_vaddr + segment.p_memsz);
    }
    for (const Piece &piece : pieces)
      add_span({.start = piece.address, .end = piece.old_end()});
    widen_spans();
    find_tail();
    constexpr std::uint64_t highest = ELFT::Is64Bits ? UINT64_MAX / 2 : UINT32_MAX / 2;
    if (const std::uint64_t aligned = align_up(std::min(end, highest) + apart(), space_.page).value_or(UINT64_MAX);
        aligned < highest) {
      space_.new_segment = aligned + end_of_file % space_.page;
      find_header();
    }
    return std::move(space_);
  }

private:
  /// How far a new segment stands from the data before it: eu-elflint believes that a relocation changes as many bytes
  /// as its symbol has, and that there be no read-only segment among them.
  [[nodiscard]] std::uint64_t apart() const {
    constexpr std::uint64_t most = 1U << 20U;
    std::uint64_t largest = 0;
    for (const auto &symbol : view_.symbols())
      largest = std::max<std::uint64_t>(largest, symbol.st_size);
    return std::min(largest, most);
  }

  [[nodiscard]] std::uint64_t address(std::uint32_t section) const { return view_.file().sections()[section].sh_addr; }

  /// Where patchelf takes a table away, it leaves X behind.
  [[nodiscard]] bool is_free(Span span) const {
    const Bytes bytes = view_.mapped(span.start);
    return bytes.size() >= span.size() &&
           bytes.substr(0, static_cast<std::size_t>(span.size())).find_first_not_of(std::string_view("\0X", 2)) ==
               Bytes::npos;
  }

  /// Pieces that follow each other share a span, with what pads them.
  void add_span(Span piece) {
    std::vector<Span> &free = space_.free;
    if (!free.empty() && is_padding({.start = free.back().end, .end = piece.start}))
      free.back().end = piece.end;
    else
      free.push_back(piece);
  }

  /// Bytes of one segment that belong to no section and hold nothing.
  [[nodiscard]] bool is_padding(Span span) const {
    const auto next = std::ranges::lower_bound(mapped_, span.start, {}, [&](std::uint32_t i) { return address(i); });
    const bool in_section = next != mapped_.end() && address(*next) < span.end;
    return !in_section && (span.size() == 0 || is_free(span)) && view_.mapped(span.start).size() >= span.size();
  }

  /// Each span goes on to whatever stands next, and begins where what stands before it ends.
  void widen_spans() {
    for (Span &span : space_.free) {
      const auto next = std::ranges::lower_bound(mapped_, span.end, {}, [&](std::uint32_t i) { return address(i); });
      const std::uint64_t segment_end = span.start + view_.mapped(span.start).size();
      const std::uint64_t end =
          next == mapped_.end() ? segment_end : std::min<std::uint64_t>(segment_end, address(*next));
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
      space_.next_header = Span{.start = end, .end = end + sizeof(typename ELFT::Phdr)};
  }

  /// Behind the segment that holds the first table: as far as the file has nothing but zeros and the address space
  /// nothing at all.
  void find_tail() {
    if (space_.free.empty())
      return;
    const auto home = std::ranges::find_if(view_.segments(), [&](const auto &segment) {
      return segment.p_type == PT_LOAD && space_.free.front().start >= segment.p_vaddr &&
             space_.free.front().start - segment.p_vaddr < segment.p_filesz;
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
        limit = std::min<std::uint64_t>(limit, segment.p_vaddr - segment.p_vaddr % space_.page);
    }
    for (const auto &header : view_.file().sections())
      if (header.sh_type != SHT_NOBITS && header.sh_type != SHT_NULL)
        note(header.sh_offset);
    if (limit <= end || (!ELFT::Is64Bits && limit > UINT32_MAX))
      return;
    const Bytes gap =
        view_.bytes().substr(static_cast<std::size_t>(offset), static_cast<std::size_t>(next_in_file - offset));
    const std::size_t zeros = std::min(gap.find_first_not_of('\0'), gap.size());
    space_.tail = {.start = end, .end = std::min(limit, end + zeros)};
    space_.tail_if_grown = limit;
  }

  const ImageView<ELFT> &view_;
  std::span<const std::uint32_t> mapped_;
  Space space_;
};

} // namespace

template <class ELFT>
Result<Space> find_space(const ImageView<ELFT> &view, std::span<const std::uint32_t> mapped,
                         std::span<const Piece> pieces, std::uint64_t end_of_file) {
  return Survey<ELFT>(view, mapped).run(pieces, end_of_file);
}

template Result<Space> find_space(const ImageView<llvm::object::ELF64LE> &, std::span<const std::uint32_t>,
                                  std::span<const Piece>, std::uint64_t);
template Result<Space> find_space(const ImageView<llvm::object::ELF64BE> &, std::span<const std::uint32_t>,
                                  std::span<const Piece>, std::uint64_t);
template Result<Space> find_space(const ImageView<llvm::object::ELF32LE> &, std::span<const std::uint32_t>,
                                  std::span<const Piece>, std::uint64_t);
template Result<Space> find_space(const ImageView<llvm::object::ELF32BE> &, std::span<const std::uint32_t>,
                                  std::span<const Piece>, std::uint64_t);

} // namespace linkname::elf
