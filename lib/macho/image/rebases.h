// The pointers of an image that lead to itself: where they are, and where they lead. Opcodes and chains tell of them
// (Apple's <mach-o/loader.h>, "REBASE_OPCODE", and <mach-o/fixup-chains.h>).
#pragma once

#include "base/leb128.h"
#include "macho/image/names.h"

namespace linkname::macho::image {

/// Goes through all pointers of the forms that compilers for x86_64, i386 and arm64 need. What is damaged, or in
/// another form, ends the walk: less is known then, and nothing wrong.
template <class T, class Take> class RebaseWalk {
public:
  RebaseWalk(const Image<T> &image, Take take)
      : image_(image), take_(take), left_(image.bytes().size() / T::pointer_size) {}

  void opcodes(Bytes rest) {
    using namespace llvm::MachO;
    std::uint64_t place = 0;
    bool placed = false;
    const auto number = [&] {
      const std::optional<std::uint64_t> read = take_unsigned_leb128(rest);
      broken_ = broken_ || !read;
      return read.value_or(0);
    };
    const auto rebase = [&](std::uint64_t count, std::uint64_t skip) {
      for (; count != 0 && placed && !broken_; --count, place += T::pointer_size + skip)
        at(place);
    };
    while (!rest.empty() && !broken_) {
      const auto byte = static_cast<std::uint8_t>(rest.front());
      rest.remove_prefix(1);
      const std::uint8_t immediate = byte & REBASE_IMMEDIATE_MASK;
      switch (byte & REBASE_OPCODE_MASK) {
      case REBASE_OPCODE_DONE:
        return;
      case REBASE_OPCODE_SET_TYPE_IMM:
        broken_ = immediate != REBASE_TYPE_POINTER;
        break;
      case REBASE_OPCODE_SET_SEGMENT_AND_OFFSET_ULEB:
        placed = immediate < image_.segments().size();
        place = number() + (placed ? std::uint64_t{image_.segments()[immediate]->vmaddr} : 0);
        break;
      case REBASE_OPCODE_ADD_ADDR_ULEB:
        place += number();
        break;
      case REBASE_OPCODE_ADD_ADDR_IMM_SCALED:
        place += std::uint64_t{immediate} * T::pointer_size;
        break;
      case REBASE_OPCODE_DO_REBASE_IMM_TIMES:
        rebase(immediate, 0);
        break;
      case REBASE_OPCODE_DO_REBASE_ULEB_TIMES:
        rebase(number(), 0);
        break;
      case REBASE_OPCODE_DO_REBASE_ADD_ADDR_ULEB:
        rebase(1, number());
        break;
      case REBASE_OPCODE_DO_REBASE_ULEB_TIMES_SKIPPING_ULEB: {
        const std::uint64_t count = number();
        rebase(count, number());
        break;
      }
      default:
        return;
      }
    }
  }

  void chains(Bytes fixups) {
    using U32 = llvm::support::ulittle32_t;
    const auto starts_offset = array_at<U32>(fixups, 4, 1);
    const auto count = starts_offset ? array_at<U32>(fixups, starts_offset->front(), 1) : std::nullopt;
    const auto offsets =
        count ? array_at<U32>(fixups, std::uint64_t{starts_offset->front()} + 4, count->front()) : std::nullopt;
    if (!offsets || offsets->size() > image_.segments().size())
      return;
    for (std::size_t i = 0; i < offsets->size() && !broken_; ++i)
      if ((*offsets)[i] != 0)
        chains_of(*image_.segments()[i], fixups, std::uint64_t{starts_offset->front()} + (*offsets)[i]);
  }

  /// One more than the highest number of an import that a chain speaks of.
  [[nodiscard]] std::uint64_t imports_end() const { return imports_end_; }

private:
  using Word = typename T::Word;

  struct Starts {
    llvm::support::ulittle32_t size;
    llvm::support::ulittle16_t page_size, pointer_format;
    llvm::support::ulittle64_t segment_offset;
    llvm::support::ulittle32_t max_valid_pointer;
    llvm::support::ulittle16_t page_count;
  };

  std::optional<std::uint64_t> word_at(std::uint64_t place) {
    const std::optional<std::uint64_t> offset = image_.offset_of(place);
    const auto word = offset && left_ != 0 ? array_at<Word>(image_.bytes(), *offset, 1) : std::nullopt;
    broken_ = !word;
    if (broken_)
      return std::nullopt;
    --left_; // two tables may speak of one pointer, but not of more than the file can hold
    return word->front();
  }

  void at(std::uint64_t place) {
    if (const std::optional<std::uint64_t> to = word_at(place))
      take_(place, *to);
  }

  void chains_of(const typename T::Segment &segment, Bytes fixups, std::uint64_t at) {
    constexpr std::uint16_t pointer_64 = 2; // DYLD_CHAINED_PTR_64: addresses; the other form counts from the header
    constexpr std::uint16_t pointer_64_offset = 6;
    constexpr std::uint16_t no_chain = 0xffff;
    const auto starts = array_at<Starts>(fixups, at, 1);
    const auto pages =
        starts ? array_at<llvm::support::ulittle16_t>(fixups, at + sizeof(Starts), starts->front().page_count)
               : std::nullopt;
    if (!pages)
      return;
    const std::uint16_t format = starts->front().pointer_format;
    if (!T::is_64_bit || (format != pointer_64 && format != pointer_64_offset))
      return;
    const std::uint64_t from = format == pointer_64_offset ? image_.base() : 0;
    for (std::size_t page = 0; page < pages->size() && !broken_; ++page)
      if ((*pages)[page] < starts->front().page_size && (*pages)[page] != no_chain)
        chain(segment.vmaddr + page * starts->front().page_size + (*pages)[page], from);
  }

  void chain(std::uint64_t place, std::uint64_t from) {
    for (;;) {
      const std::optional<std::uint64_t> word = word_at(place);
      if (!word)
        return;
      const bool is_import = *word >> 63U != 0;
      if (is_import)
        imports_end_ = std::max<std::uint64_t>(imports_end_, (*word & 0xffffffU) + 1);
      else
        take_(place, from + (*word & 0xfffffffffU));
      const std::uint64_t next = (*word >> 51U & 0xfffU) * 4;
      if (next == 0)
        return;
      place += next;
    }
  }

  const Image<T> &image_;
  Take take_;
  std::uint64_t left_; ///< how many more pointers the file can hold
  std::uint64_t imports_end_ = 0;
  bool broken_ = false;
};

/// Calls `take(place, to)` with two addresses for every such pointer; the result is one more than the highest number of
/// an import that a chain speaks of.
template <class T, class Take>
Result<std::uint64_t> for_each_own_pointer(const Image<T> &image, const std::vector<Table> &tables, Take take) {
  const Result<Bytes> opcodes = bytes_of_table(image.bytes(), tables, TableKind::rebases);
  const Result<Bytes> fixups = bytes_of_table(image.bytes(), tables, TableKind::fixups);
  if (!opcodes || !fixups)
    return std::unexpected(!opcodes ? opcodes.error() : fixups.error());
  RebaseWalk<T, Take> walk(image, take);
  walk.opcodes(*opcodes);
  walk.chains(*fixups);
  return walk.imports_end();
}

} // namespace linkname::macho::image
