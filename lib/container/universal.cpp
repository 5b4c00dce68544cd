#include "container/universal.h"

#include "base/diagnostic.h"
#include "base/text.h"

#include <llvm/BinaryFormat/MachO.h>
#include <llvm/Support/Endian.h>

#include <algorithm>
#include <optional>

namespace linkname::container {
namespace {

using llvm::support::ubig32_t;
using llvm::support::ubig64_t;

struct Row32 {
  ubig32_t cputype, cpusubtype, offset, size, align;
};
struct Row64 {
  ubig32_t cputype, cpusubtype;
  ubig64_t offset, size;
  ubig32_t align, reserved;
};

constexpr std::uint32_t header_size = 8; // magic and count

/// Java class files open with the same magic number and then have a version, of which the smallest is above the number
/// of architectures that any universal file has.
constexpr std::uint32_t smallest_java_version = 43;
constexpr std::uint32_t largest_alignment = 15; // log2, as Apple's tools have it

std::string architecture_of(std::uint32_t cpu, std::uint32_t subtype) {
  using namespace llvm::MachO;
  const std::uint32_t kind = subtype & ~static_cast<std::uint32_t>(CPU_SUBTYPE_MASK);
  switch (cpu) {
  case static_cast<std::uint32_t>(CPU_TYPE_X86_64):
    return kind == CPU_SUBTYPE_X86_64_H ? "x86_64h" : "x86_64";
  case static_cast<std::uint32_t>(CPU_TYPE_I386):
    return "i386";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64):
    return kind == CPU_SUBTYPE_ARM64E ? "arm64e" : "arm64";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64_32):
    return "arm64_32";
  case static_cast<std::uint32_t>(CPU_TYPE_ARM):
    switch (kind) {
    case CPU_SUBTYPE_ARM_V6:
      return "armv6";
    case CPU_SUBTYPE_ARM_V7:
      return "armv7";
    case CPU_SUBTYPE_ARM_V7S:
      return "armv7s";
    case CPU_SUBTYPE_ARM_V7K:
      return "armv7k";
    default:
      return "arm";
    }
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC):
    return "ppc";
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC64):
    return "ppc64";
  default:
    return join({"cpu-", std::to_string(cpu), "-", std::to_string(kind)});
  }
}

std::unexpected<Error> damaged(std::string_view why) { return malformed("universal header", std::string(why)); }

template <class Row> Result<void> read_rows(Bytes bytes, std::uint32_t count, Universal &universal) {
  const auto rows = array_at<Row>(bytes, header_size, count);
  if (!rows)
    return damaged("the table of architectures reaches past the end of the file");
  for (const Row &row : *rows) {
    if (row.align > largest_alignment)
      return damaged("an architecture asks for an alignment that no processor has");
    if (!slice(bytes, row.offset, row.size))
      return damaged("an architecture reaches past the end of the file");
    universal.slices.push_back({.architecture = architecture_of(row.cputype, row.cpusubtype),
                                .row = static_cast<std::uint64_t>(reinterpret_cast<const char *>(&row) - bytes.data()),
                                .offset = row.offset,
                                .size = row.size,
                                .alignment = std::uint64_t{1} << row.align});
  }
  std::vector<const Slice *> ordered;
  ordered.reserve(universal.slices.size());
  for (const Slice &slice : universal.slices)
    ordered.push_back(&slice);
  std::ranges::sort(ordered, {}, &Slice::offset);
  std::uint64_t end = header_size + rows->size_bytes();
  for (const Slice *const slice : ordered) {
    if (slice->offset < end)
      return damaged("two architectures overlap, or one overlaps the table");
    end = slice->offset + slice->size;
  }
  return {};
}

template <class Row>
std::optional<std::string> changed_row(Bytes bytes, const Slice &slice, std::uint64_t offset, std::uint64_t size) {
  const auto rows = array_at<Row>(bytes, slice.row, 1);
  if (!rows)
    return std::nullopt;
  Row row = rows->front();
  row.offset = static_cast<typename decltype(row.offset)::value_type>(offset);
  row.size = static_cast<typename decltype(row.size)::value_type>(size);
  if (row.offset != offset || row.size != size)
    return std::nullopt;
  return std::string(reinterpret_cast<const char *>(&row), sizeof row);
}

} // namespace

bool Universal::recognises(Bytes bytes) {
  const auto words = array_at<ubig32_t>(bytes, 0, 2);
  return words && (words->front() == llvm::MachO::FAT_MAGIC || words->front() == llvm::MachO::FAT_MAGIC_64) &&
         words->back() < smallest_java_version;
}

Result<Universal> Universal::read(Bytes bytes) {
  const auto words = array_at<ubig32_t>(bytes, 0, 2);
  if (!words || !recognises(bytes))
    return damaged("the magic number is not that of a universal file");
  Universal universal;
  universal.wide = words->front() == llvm::MachO::FAT_MAGIC_64;
  Result<void> read = universal.wide ? read_rows<Row64>(bytes, words->back(), universal)
                                     : read_rows<Row32>(bytes, words->back(), universal);
  if (!read)
    return std::unexpected(std::move(read.error()));
  return universal;
}

std::optional<std::string> moved_row(Bytes file, const Universal &universal, const Slice &slice, std::uint64_t offset,
                                     std::uint64_t size) {
  return universal.wide ? changed_row<Row64>(file, slice, offset, size) : changed_row<Row32>(file, slice, offset, size);
}

} // namespace linkname::container
