#include "elf/image/segments.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class ELFT> class Segments {
public:
  using Phdr = typename ELFT::Phdr;
  using uint = typename ELFT::uint;

  Segments(const ImageView<ELFT> &view, const Tables &tables, const Room &room)
      : tables_(tables), room_(room), segments_(view.segments().begin(), view.segments().end()) {}

  std::vector<Phdr> run(const NewSegment &added, const OffsetMap &offsets) {
    for (Phdr &segment : segments_) {
      segment.p_offset = static_cast<uint>(segment.p_offset == 0 ? 0 : offsets(segment.p_offset));
      if (segment.p_type == PT_LOAD)
        grow(segment);
    }
    if (room_.source == Source::new_segment)
      add(added);
    for (Phdr &segment : segments_) // behind what is loaded, by which they are found in the file
      if (segment.p_type != PT_LOAD)
        follow(segment);
    return std::move(segments_);
  }

private:
  static void set_size(Phdr &segment, std::uint64_t size) {
    segment.p_filesz = static_cast<uint>(size);
    segment.p_memsz = static_cast<uint>(size);
  }
  static void set_address(Phdr &segment, std::uint64_t address) {
    segment.p_vaddr = static_cast<uint>(address);
    segment.p_paddr = static_cast<uint>(address);
  }

  /// Where the tables reach into what lies behind it.
  void grow(Phdr &segment) {
    const std::uint64_t end = tables_.space.tail.start;
    if (room_.segment_end > end && end != 0 && segment.p_vaddr + segment.p_filesz == end)
      set_size(segment, room_.segment_end - segment.p_vaddr);
  }

  void add(const NewSegment &added) {
    Phdr segment{};
    segment.p_type = PT_LOAD;
    segment.p_flags = PF_R;
    segment.p_offset = static_cast<uint>(added.offset);
    set_address(segment, tables_.space.new_segment);
    set_size(segment, added.size);
    segment.p_align = static_cast<uint>(tables_.space.page);
    const auto last = std::ranges::find_if(segments_.rbegin(), segments_.rend(),
                                           [](const Phdr &one) { return one.p_type == PT_LOAD; });
    segments_.insert(last.base(), segment);
  }

  void follow(Phdr &segment) {
    if (segment.p_type == PT_PHDR && room_.source == Source::new_segment)
      return set_size(segment, segment.p_filesz + sizeof(Phdr));
    const std::uint64_t now = moved_address(tables_, room_, segment.p_vaddr);
    if (segment.p_filesz == 0 || now == segment.p_vaddr || segment.p_type == PT_GNU_RELRO || segment.p_type == PT_TLS)
      return;
    set_address(segment, now);
    segment.p_offset = static_cast<uint>(file_offset<Phdr>(segments_, now).value_or(segment.p_offset));
  }

  const Tables &tables_;
  const Room &room_;
  std::vector<Phdr> segments_;
};

} // namespace

template <class ELFT>
std::vector<typename ELFT::Phdr> new_segments(const ImageView<ELFT> &view, const Tables &tables, const Room &room,
                                              const NewSegment &added, const OffsetMap &offsets) {
  return Segments<ELFT>(view, tables, room).run(added, offsets);
}

template std::vector<llvm::object::ELF64LE::Phdr> new_segments(const ImageView<llvm::object::ELF64LE> &, const Tables &,
                                                               const Room &, const NewSegment &, const OffsetMap &);
template std::vector<llvm::object::ELF64BE::Phdr> new_segments(const ImageView<llvm::object::ELF64BE> &, const Tables &,
                                                               const Room &, const NewSegment &, const OffsetMap &);
template std::vector<llvm::object::ELF32LE::Phdr> new_segments(const ImageView<llvm::object::ELF32LE> &, const Tables &,
                                                               const Room &, const NewSegment &, const OffsetMap &);
template std::vector<llvm::object::ELF32BE::Phdr> new_segments(const ImageView<llvm::object::ELF32BE> &, const Tables &,
                                                               const Room &, const NewSegment &, const OffsetMap &);

} // namespace linkname::elf
