// One linked image: what its load commands say, and where its segments lie in memory. Reading it refuses every load
// command, section type and layout that the runner does not know, by name.
#pragma once
#include "bytes.h"
#include "format.h"

#include <optional>
#include <string>
#include <vector>

namespace runner {

using Ulong = unsigned long long; // what printf prints

struct Segment {
  std::string name;
  std::uint64_t address, size, file_offset, file_size;
  std::uint32_t protection, flags;
};

struct Section {
  std::string name;
  std::uint64_t address, size, align;
  std::uint32_t type;
};

struct HostLibrary;
struct Image;

struct Library {
  std::string install_name;
  bool weak = false, reexported = false;
  // Filled in when it is found: another image, or a library of the host's.
  const Image *image = nullptr;
  const HostLibrary *host = nullptr;
};

// The addresses in here are the image's own (as dumpers print them) unless they are pointers.
struct Image {
  std::string path;
  std::vector<std::uint8_t> file;
  Header header{};
  std::string install_name; // of a dylib
  std::vector<Segment> segments;
  std::vector<Section> sections;
  std::vector<Library> libraries; // ordinal 1 is the first
  std::vector<std::string> run_paths;
  std::optional<std::uint64_t> entry; // a file offset
  Bytes rebases, binds, weak_binds, lazy_binds, chained_fixups, exports;

  std::uint64_t text_address = 0; // of the header
  std::uint64_t lowest = 0, span = 0;
  std::uint8_t *memory = nullptr; // where `lowest` is, once mapped

  std::uint64_t slide() const { return reinterpret_cast<std::uint64_t>(memory) - lowest; }
  // The segment that holds a range of addresses, or null.
  const Segment *segment_of(std::uint64_t address, std::uint64_t size) const;
  // The place in memory of a range that must lie within one segment.
  void *pointer(std::uint64_t address, std::uint64_t size, const char *what) const;
  // The same for something that is to be called.
  void *code(std::uint64_t address, const char *what) const;
  // The same for a pointer that a fixup writes to.
  void write(std::uint64_t address, std::uint64_t value) const;
};

// Reads a file and its load commands. `image` stays where it is from here on.
void read(Image &image, const std::string &path);

// Gives the image memory, with every segment's bytes in it and writable.
void map(Image &image);

// Gives every segment its own protection; to be called when nothing more is to be written.
void protect(const Image &image);

} // namespace runner
