// Lazily bound imports with other names. The code that binds one on its first call holds where its record begins in the
// opcodes, so the records in front and behind must not move: a new one comes to the end, and that number is changed.
#pragma once

#include "base/splice.h"
#include "macho/image/aligned.h"
#include "macho/image/binds.h"
#include "macho/image/image.h"

namespace linkname::macho::image {

struct RenamedLazyBinds {
  std::string stream; ///< empty where nothing changes
  Splices code;
};

/// Where in the file the number stands with which the helper of a lazily bound pointer finds `record`. The pointer
/// leads to the helper until it is bound. Nothing where any of it is not as linkers write it.
template <class T> std::optional<std::uint64_t> record_number(const Image<T> &image, const BoundName &bound) {
  using namespace llvm::MachO;
  using U32 = typename T::U32;
  if (bound.segment >= image.segments().size())
    return std::nullopt;
  const auto pointer_at = image.offset_of(image.segments()[bound.segment]->vmaddr + bound.offset);
  const auto pointer = pointer_at ? array_at<typename T::Word>(image.bytes(), *pointer_at, 1) : std::nullopt;
  const auto helper = pointer ? image.offset_of(pointer->front()) : std::nullopt;
  if (!helper)
    return std::nullopt;
  std::uint64_t number = 0;
  switch (image.view().header().cputype) {
  case static_cast<std::uint32_t>(CPU_TYPE_X86_64):
  case static_cast<std::uint32_t>(CPU_TYPE_I386): { // push number; jmp
    const std::optional<Bytes> code = slice(image.bytes(), *helper, 6);
    if (!code || code->front() != '\x68' || code->back() != '\xe9')
      return std::nullopt;
    number = *helper + 1;
    break;
  }
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64):
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64_32): { // ldr w16, number; b
    const auto code = array_at<U32>(image.bytes(), *helper, 2);
    if (!code || (*code)[0] != 0x18000050U || ((*code)[1] & 0xfc000000U) != 0x14000000U)
      return std::nullopt;
    number = *helper + 8;
    break;
  }
  default:
    return std::nullopt;
  }
  const auto found = array_at<U32>(image.bytes(), number, 1);
  return found && found->front() == bound.record ? std::optional(number) : std::nullopt;
}

template <class T>
Result<RenamedLazyBinds> renamed_lazy_binds(const Image<T> &image, Bytes stream, const NewImport &new_name) {
  const Result<std::vector<BoundName>> names = bound_names(stream, BindKind::lazy);
  if (!names)
    return std::unexpected(names.error());
  RenamedLazyBinds renamed;
  for (const BoundName &bound : *names) {
    const std::optional<std::string_view> name = new_name(bound.name, bound.first_ordinal);
    if (!name)
      continue;
    const std::optional<std::uint64_t> number = record_number(image, bound);
    if (!number)
      return fail(Status::refused, join({"the lazy bind opcodes ", quoted(bound.name)}),
                  "the code that binds it on its first call is none that linkname knows",
                  "rename it in the object, or link with -bind_at_load or chained fixups");
    if (renamed.stream.empty())
      renamed.stream = stream;
    const std::size_t record = renamed.stream.size();
    const auto part = [&](std::uint64_t from, std::uint64_t to) {
      return stream.substr(static_cast<std::size_t>(from), static_cast<std::size_t>(to - from));
    };
    renamed.stream.append(part(bound.record, bound.at)).append(*name);
    renamed.stream.append(part(bound.at + bound.name.size(), bound.record_end));
    // Zeros say "done" and nothing else; loaders that bind all at once go through the old place too.
    renamed.stream.replace(static_cast<std::size_t>(bound.record),
                           static_cast<std::size_t>(bound.record_end - bound.record),
                           static_cast<std::size_t>(bound.record_end - bound.record), '\0');
    renamed.code.push_back({.offset = *number,
                            .old_length = sizeof(std::uint32_t),
                            .bytes = std::string(bytes_of(typename T::U32(static_cast<std::uint32_t>(record))))});
  }
  renamed.stream.resize(static_cast<std::size_t>(aligned(renamed.stream.size(), 8)));
  return renamed;
}

} // namespace linkname::macho::image
