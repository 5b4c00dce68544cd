// A linked image: what a View has, and beside it what only images have: segments with addresses of their own, the last
// of which holds every table that loaders and tools read (__LINKEDIT), and the libraries that imports come from.
#pragma once

#include "macho/view.h"

#include <algorithm>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace linkname::macho::image {

template <class T> class Image {
public:
  using Segment = typename T::Segment;

  static Result<Image> create(Bytes bytes);

  [[nodiscard]] const View<T> &view() const { return view_; }
  [[nodiscard]] Bytes bytes() const { return view_.bytes(); }
  [[nodiscard]] const std::vector<const Segment *> &segments() const { return segments_; }
  /// Null where there is none.
  [[nodiscard]] const Segment *linkedit() const { return linkedit_; }
  /// The address of the Mach-O header, from which the exports trie counts.
  [[nodiscard]] std::uint64_t base() const { return base_; }
  /// Install names of the libraries that it is linked with; an import's ordinal is one more than the place here.
  [[nodiscard]] const std::vector<Bytes> &libraries() const { return libraries_; }

  /// What imports of that ordinal come from, as far as the file says (<mach-o/loader.h>, "library ordinal").
  [[nodiscard]] Bytes library(std::int64_t ordinal) const {
    return ordinal > 0 && static_cast<std::uint64_t>(ordinal) <= libraries_.size()
               ? libraries_[static_cast<std::size_t>(ordinal - 1)]
               : Bytes();
  }

  /// By multiples of which the loader maps.
  [[nodiscard]] std::uint64_t page_size() const {
    using namespace llvm::MachO;
    const std::uint32_t cpu = view_.header().cputype;
    const bool large =
        cpu == static_cast<std::uint32_t>(CPU_TYPE_ARM64) || cpu == static_cast<std::uint32_t>(CPU_TYPE_ARM64_32);
    return large ? 0x4000 : 0x1000;
  }

  /// The section that an address lies in, by number; 0 for none.
  [[nodiscard]] std::uint32_t section_at(std::uint64_t address) const {
    for (std::uint32_t number = 1; number <= view_.sections().size(); ++number) {
      const typename T::Section &section = *view_.sections()[number - 1];
      if (address >= section.addr && address - section.addr < section.size)
        return number;
    }
    return 0;
  }

  /// Whether the loader maps something there.
  [[nodiscard]] bool is_mapped(std::uint64_t address) const {
    return std::ranges::any_of(segments_, [&](const Segment *segment) {
      return address >= segment->vmaddr && address - segment->vmaddr < segment->vmsize;
    });
  }

  /// Where in the file the byte of an address stands.
  [[nodiscard]] std::optional<std::uint64_t> offset_of(std::uint64_t address) const {
    for (const Segment *const segment : segments_)
      if (address >= segment->vmaddr && address - segment->vmaddr < segment->filesize)
        return segment->fileoff + (address - segment->vmaddr);
    return std::nullopt;
  }

private:
  explicit Image(View<T> view) : view_(std::move(view)) {}

  Result<void> read_library(Bytes command);

  View<T> view_;
  std::vector<const Segment *> segments_;
  const Segment *linkedit_ = nullptr;
  std::uint64_t base_ = 0;
  std::vector<Bytes> libraries_;
};

template <class T> Result<Image<T>> Image<T>::create(Bytes bytes) {
  using namespace llvm::MachO;
  Result<View<T>> view = View<T>::create(bytes, Content::image);
  if (!view)
    return std::unexpected(std::move(view.error()));
  Image image(std::move(*view));
  bool has_base = false;
  for (const LoadCommand &command : image.view_.commands()) {
    switch (command.cmd) {
    case T::is_64_bit ? LC_SEGMENT_64:
    LC_SEGMENT: {
      const Segment &segment = entries_of<Segment>(command.body).front();
      image.segments_.push_back(&segment);
      if (fixed_name(segment.segname) == "__LINKEDIT")
        image.linkedit_ = &segment;
      if (!has_base && segment.fileoff == 0 && segment.filesize != 0) {
        image.base_ = segment.vmaddr;
        has_base = true;
      }
      break;
    }
    case LC_LOAD_DYLIB:
    case LC_LOAD_WEAK_DYLIB:
    case LC_REEXPORT_DYLIB:
    case LC_LAZY_LOAD_DYLIB:
    case LC_LOAD_UPWARD_DYLIB:
      if (Result<void> read = image.read_library(command.body); !read)
        return std::unexpected(std::move(read.error()));
      break;
    default:
      break;
    }
  }
  return image;
}

template <class T> Result<void> Image<T>::read_library(Bytes command) {
  const auto words = array_at<typename T::U32>(command, 0, 3);
  const std::optional<Bytes> name = words ? c_string(command, (*words)[2]) : std::nullopt;
  if (!name)
    return malformed("load commands", "the name of a library does not fit into its load command");
  libraries_.push_back(*name);
  return {};
}

/// Creates the Image that fits the file's magic number and hands it to `use`, whose result is given back.
template <class Use>
auto with_image(Bytes bytes, Use use) -> decltype(use(std::declval<Image<Types<Little, true>>>())) {
  const auto typed = [&]<class T>(std::type_identity<T>) -> decltype(use(std::declval<Image<T>>())) {
    const Result<Image<T>> image = Image<T>::create(bytes);
    if (!image)
      return std::unexpected(image.error());
    return use(*image);
  };
  const auto word = array_at<llvm::support::ulittle32_t>(bytes, 0, 1);
  switch (word ? std::uint32_t{word->front()} : 0) {
  case llvm::MachO::MH_MAGIC:
    return typed(std::type_identity<Types<Little, false>>{});
  case llvm::MachO::MH_MAGIC_64:
    return typed(std::type_identity<Types<Little, true>>{});
  default:
    return fail(Status::malformed, "Mach-O header", "is a linked image of a big-endian processor",
                "linkname edits images of little-endian ones: x86_64, arm64, i386, arm");
  }
}

} // namespace linkname::macho::image
