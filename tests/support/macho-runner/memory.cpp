// An image in memory. Its segments keep their distances, wherever the whole comes to lie; the bytes are copied, so that
// pages of 16 KiB in the file need no such pages here.
#include "image.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>

namespace runner {

const Segment *Image::segment_of(std::uint64_t address, std::uint64_t size) const {
  for (const Segment &segment : segments)
    if (segment.protection != 0 && address >= segment.address && address - segment.address <= segment.size &&
        size <= segment.size - (address - segment.address))
      return &segment;
  return nullptr;
}

void *Image::pointer(std::uint64_t address, std::uint64_t size, const char *what) const {
  if (segment_of(address, size) == nullptr)
    refuse(path, "%s: 0x%llx lies in no segment", what, static_cast<Ulong>(address));
  return memory + (address - lowest);
}

void *Image::code(std::uint64_t address, const char *what) const {
  void *result = pointer(address, 1, what);
  if (const Segment *segment = segment_of(address, 1); (segment->protection & 4) == 0)
    refuse(path, "%s: 0x%llx lies in segment %s, which is not executable", what, static_cast<Ulong>(address),
           segment->name.c_str());
  return result;
}

void Image::write(std::uint64_t address, std::uint64_t value) const {
  void *place = pointer(address, sizeof value, "fixup");
  if (const Segment *segment = segment_of(address, sizeof value); (segment->protection & 2) == 0)
    refuse(path, "fixup: 0x%llx lies in segment %s, which is not writable", static_cast<Ulong>(address),
           segment->name.c_str());
  std::memcpy(place, &value, sizeof value);
}

void map(Image &image) {
  void *memory = mmap(nullptr, image.span, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED)
    refuse(image.path, "no memory for 0x%llx bytes: %s", static_cast<Ulong>(image.span), std::strerror(errno));
  image.memory = static_cast<std::uint8_t *>(memory);
  for (const Segment &segment : image.segments)
    if (segment.file_size != 0)
      std::memcpy(image.memory + (segment.address - image.lowest), image.file.data() + segment.file_offset,
                  segment.file_size);
}

void protect(const Image &image) {
  const auto page = static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE));
  for (const Segment &segment : image.segments) {
    if (segment.protection == 0)
      continue;
    std::uint8_t *begin = image.memory + (segment.address - image.lowest);
    if (reinterpret_cast<std::uint64_t>(begin) % page != 0)
      refuse(image.path, "segment %s does not begin on a page of this machine, %llu bytes", segment.name.c_str(),
             static_cast<Ulong>(page));
    int protection = 0;
    if ((segment.protection & 1) != 0)
      protection |= PROT_READ;
    if ((segment.protection & 2) != 0 && (segment.flags & read_only_after_fixups) == 0)
      protection |= PROT_WRITE;
    if ((segment.protection & 4) != 0) {
      protection |= PROT_EXEC;
      __builtin___clear_cache(reinterpret_cast<char *>(begin), reinterpret_cast<char *>(begin + segment.size));
    }
    if (mprotect(begin, segment.size, protection) != 0)
      refuse(image.path, "segment %s cannot be protected: %s", segment.name.c_str(), std::strerror(errno));
  }
}

} // namespace runner
