// LC_DYLD_CHAINED_FIXUPS, as <mach-o/fixup-chains.h> documents it: every pointer that needs a fixup holds the distance
// to the next one, so the image itself is the list.
#include "fixups.h"

namespace runner {

namespace {

class Chains {
public:
  Chains(const Program &program, const Image &image)
      : program_(program), image_(image), bytes_(image.chained_fixups), header_(bytes_.at<ChainedHeader>(0)) {}

  void apply() {
    if (header_.version != 0 || header_.symbols_format != 0)
      refuse(image_.path, "the chained fixups are of version %u, their names of format %u; the runner knows 0 and 0",
             header_.version, header_.symbols_format);
    read_imports();
    const auto count = bytes_.at<std::uint32_t>(header_.starts_offset);
    if (count != image_.segments.size())
      refuse(image_.path, "the chained fixups are for %u segments of %zu", count, image_.segments.size());
    for (std::uint32_t i = 0; i < count; i++) {
      const auto offset = bytes_.at<std::uint32_t>(header_.starts_offset + 4 + std::uint64_t{i} * 4);
      if (offset != 0)
        apply_segment(image_.segments[i], std::uint64_t{header_.starts_offset} + offset);
    }
  }

private:
  void read_imports() {
    for (std::uint64_t i = 0; i < header_.import_count; i++) {
      const std::uint64_t at = header_.imports_offset;
      int ordinal = 0;
      bool weak = false;
      std::uint64_t name = 0, addend = 0;
      switch (header_.imports_format) {
      case 1:
      case 2: {
        const auto word = bytes_.at<std::uint32_t>(at + i * (header_.imports_format == 1 ? 4 : 8));
        ordinal = static_cast<std::int8_t>(word & 0xFF);
        if (ordinal < ordinal_weak)
          ordinal &= 0xFF; // 253 to 255 are the special ones
        weak = (word >> 8 & 1) != 0;
        name = word >> 9;
        if (header_.imports_format == 2)
          addend = static_cast<std::uint64_t>(std::int64_t{bytes_.at<std::int32_t>(at + i * 8 + 4)});
        break;
      }
      case 3: {
        const auto word = bytes_.at<std::uint64_t>(at + i * 16);
        ordinal = static_cast<std::int16_t>(word & 0xFFFF);
        if (ordinal < ordinal_weak)
          ordinal &= 0xFFFF;
        weak = (word >> 16 & 1) != 0;
        name = word >> 32;
        addend = bytes_.at<std::uint64_t>(at + i * 16 + 8);
        break;
      }
      default:
        refuse(image_.path, "the chained fixups have imports of format %u", header_.imports_format);
      }
      const std::string symbol = bytes_.text(header_.symbols_offset + name);
      imports_.push_back(program_.resolve(image_, ordinal, symbol, weak) + addend);
    }
  }

  void apply_segment(const Segment &segment, std::uint64_t offset) {
    const auto starts = bytes_.at<ChainedSegment>(offset);
    if (starts.pointer_format != pointer_64 && starts.pointer_format != pointer_64_offset)
      refuse(image_.path, "segment %s has chained pointers of format %u", segment.name.c_str(), starts.pointer_format);
    if ((starts.page_size != 0x1000 && starts.page_size != 0x4000) ||
        image_.text_address + starts.segment_offset != segment.address ||
        starts.size < sizeof starts + std::uint64_t{starts.page_count} * 2)
      refuse(image_.path, "the chained fixups of segment %s do not fit it", segment.name.c_str());
    for (std::uint64_t page = 0; page < starts.page_count; page++) {
      const auto start = bytes_.at<std::uint16_t>(offset + sizeof starts + page * 2);
      if (start == page_without_fixups)
        continue;
      if (start >= starts.page_size)
        refuse(image_.path, "a page of segment %s has its chain at 0x%x", segment.name.c_str(), start);
      apply_chain(segment.address + page * starts.page_size, start, starts);
    }
  }

  void apply_chain(std::uint64_t page, std::uint64_t start, const ChainedSegment &starts) {
    for (std::uint64_t within = start, next = 1; next != 0; within += next) {
      if (within > starts.page_size - std::uint64_t{8})
        refuse(image_.path, "a chain of fixups leaves its page at 0x%llx", static_cast<Ulong>(page));
      std::uint64_t raw = 0;
      std::memcpy(&raw, image_.pointer(page + within, 8, "chained fixup"), 8);
      next = (raw >> 51 & 0xFFF) * 4;
      image_.write(page + within, raw >> 63 != 0 ? bound(raw) : rebased(raw, starts.pointer_format));
    }
  }

  std::uint64_t bound(std::uint64_t raw) const {
    const std::uint64_t index = raw & 0xFFFFFF, addend = raw >> 24 & 0xFF;
    if (index >= imports_.size())
      refuse(image_.path, "a chained fixup names import %llu of %zu", static_cast<Ulong>(index), imports_.size());
    return imports_[index] + addend;
  }

  std::uint64_t rebased(std::uint64_t raw, std::uint16_t format) const {
    const std::uint64_t target = raw & 0xFFFFFFFFF, high = (raw >> 36 & 0xFF) << 56;
    const std::uint64_t address = format == pointer_64_offset ? image_.text_address + target : target;
    (void)image_.pointer(address, 0, "chained fixup");
    return (address + image_.slide()) | high;
  }

  const Program &program_;
  const Image &image_;
  const Bytes &bytes_;
  const ChainedHeader header_;
  std::vector<std::uint64_t> imports_; // the value that each stands for
};

} // namespace

void apply_chains(const Program &program, const Image &image) {
  if (image.chained_fixups.size() != 0)
    Chains(program, image).apply();
}

} // namespace runner
