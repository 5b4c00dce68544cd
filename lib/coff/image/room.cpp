#include "coff/image/room.h"

#include "base/diagnostic.h"
#include "coff/image/offsets.h"

#include <algorithm>
#include <bit>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

constexpr Bytes former_exports_name = ".edata-0";
constexpr Bytes constants_section_name = ".rdata";
constexpr std::uint32_t page = 0x1000;
constexpr std::uint64_t alignment = 4;         // of tables
constexpr std::size_t most_sections = 96;      // what Windows loads before Vista, and tools expect
constexpr std::uint64_t image_end = 1U << 31U; // where entries of import tables mean something else

std::uint64_t aligned(std::uint64_t value, std::uint64_t to) { return align_up(value, to).value_or(UINT64_MAX); }

bool overlap(std::uint64_t begin, std::uint64_t length, std::uint64_t other, std::uint64_t other_length) {
  return length != 0 && other_length != 0 && begin < other + other_length && other < begin + length;
}

} // namespace

std::uint64_t Room::capacity(std::uint32_t number, std::uint64_t from) const {
  const Section &section = sections_[number - 1];
  std::uint64_t end = std::uint64_t{section.VirtualAddress} + section.SizeOfRawData;
  for (const Section &other : sections_)
    if (other.VirtualAddress > section.VirtualAddress)
      end = std::min<std::uint64_t>(end, other.VirtualAddress);
  return section.PointerToRawData != 0 && end > from ? end - from : 0;
}

bool Room::is_padding(std::uint64_t offset, std::uint64_t length, std::uint32_t of) const {
  for (std::uint32_t number = 1; number <= sections_.size(); ++number) {
    const Section &section = sections_[number - 1];
    if (number != of && section.PointerToRawData != 0 &&
        overlap(offset, length, section.PointerToRawData, section.SizeOfRawData))
      return false;
  }
  const std::optional<Bytes> bytes = slice(image_.bytes(), offset, length);
  if (!bytes || bytes->find_first_not_of('\0') != Bytes::npos)
    return false;
  if (overlap(offset, length, certificates(image_).RelativeVirtualAddress, certificates(image_).Size))
    return false;
  return !taken_.touches(offset, length);
}

bool Room::leads_there(std::uint64_t begin, std::uint64_t end) const {
  const auto inside = [&](std::uint64_t rva) { return rva >= begin && rva < end; };
  for (unsigned i = 0; i < image_.directories().size(); ++i)
    if (i != CERTIFICATE_TABLE && inside(image_.directories()[i].RelativeVirtualAddress))
      return true;
  return std::ranges::any_of(tables_.exports.slots, inside, &ExportSlot::rva);
}

bool Room::tables_fill_their_range() const {
  const Exports &exports = tables_.exports;
  const ExportDirectory &directory = *exports.directory;
  const auto inside = [&](std::uint64_t rva, std::uint64_t size) {
    return size == 0 || (exports.in_range(rva) && rva + size <= exports.range_end());
  };
  if (!inside(exports.range.RelativeVirtualAddress, sizeof directory) ||
      !inside(directory.ExportAddressTableRVA, exports.slots.size() * sizeof(std::uint32_t)) ||
      !inside(directory.NamePointerRVA, exports.names.size() * sizeof(std::uint32_t)) ||
      !inside(directory.OrdinalTableRVA, exports.names.size() * sizeof(std::uint16_t)) ||
      !inside(directory.NameRVA, exports.library.size() + 1))
    return false;
  const auto pointers = image_.array<llvm::support::ulittle32_t>(directory.NamePointerRVA, exports.names.size());
  return std::ranges::all_of(pointers.value_or(std::span<const llvm::support::ulittle32_t>{}),
                             [&](std::uint32_t rva) { return exports.in_range(rva); });
}

bool Room::in_place(std::uint64_t size) {
  const Exports &exports = tables_.exports;
  if (exports.directory == nullptr || !tables_fill_their_range())
    return false;
  const std::uint64_t start = exports.range.RelativeVirtualAddress;
  const std::uint32_t number = image_.section_at(start).value_or(0);
  if (number == 0)
    return false;
  Section &section = sections_[number - 1];
  const std::uint64_t end = std::max(exports.range_end(), Image::end_of(section));
  const std::uint64_t padding = exports.range_end() - section.VirtualAddress;
  const std::uint64_t room = capacity(number, start);
  const std::uint64_t in_file = section.PointerToRawData + (start - section.VirtualAddress);
  if (section.VirtualSize == 0 || size > room || taken_.touches(in_file, exports.range.Size, true) ||
      exports.range_end() > start + room || end - exports.range_end() >= alignment ||
      leads_there(exports.range_end(), start + room) ||
      !is_padding(section.PointerToRawData + padding, start + room - exports.range_end(), number))
    return false;
  section.VirtualSize = static_cast<std::uint32_t>(start + size - section.VirtualAddress);
  return true;
}

std::optional<std::uint32_t> Room::in_padding(std::uint64_t size, std::uint32_t beside) {
  const std::uint32_t next_to = beside != 0 ? image_.section_at(beside).value_or(0) : 0;
  for (std::uint32_t number = 1; number <= sections_.size(); ++number) {
    Section &section = sections_[number - 1];
    const std::uint32_t flags = section.Characteristics;
    const bool constants = image_.section_name(number) == constants_section_name && (flags & IMAGE_SCN_MEM_WRITE) == 0;
    if ((number != next_to && !constants) || section.VirtualSize == 0 || (flags & IMAGE_SCN_MEM_READ) == 0 ||
        (flags & (IMAGE_SCN_MEM_EXECUTE | IMAGE_SCN_MEM_DISCARDABLE)) != 0)
      continue;
    const std::uint64_t end = Image::end_of(section);
    const std::uint64_t start = aligned(end, alignment);
    const std::uint64_t room = capacity(number, start);
    const std::uint64_t offset = section.PointerToRawData + (end - section.VirtualAddress);
    if (size > room || leads_there(end, start + room) || !is_padding(offset, start + room - end, number))
      continue;
    section.VirtualSize = static_cast<std::uint32_t>(start + size - section.VirtualAddress);
    return static_cast<std::uint32_t>(start);
  }
  return std::nullopt;
}

bool Room::has_exports_section() const {
  for (std::uint32_t number = 1; number <= sections_.size(); ++number)
    if (image_.section_name(number) == exports_section_name)
      return true;
  return false;
}

void Room::rename_exports_section() {
  for (std::uint32_t number = 1; number <= sections_.size(); ++number)
    if (image_.section_name(number) == exports_section_name)
      std::ranges::copy(former_exports_name, sections_[number - 1].Name);
}

Result<std::uint32_t> Room::in_new_section(std::uint64_t size, Bytes name) {
  if (!new_section_) {
    const auto refuse = [](std::string reason) {
      return fail(Status::refused, "section table",
                  "the new tables need a section of their own, and " + std::move(reason),
                  "link the image with room to spare, or ask for shorter names");
    };
    const OptionalHeader &optional = image_.optional();
    const std::uint32_t in_file = optional.FileAlignment;
    if (optional.SectionAlignment < page || !std::has_single_bit(in_file) || in_file > optional.SectionAlignment)
      return refuse("the image's sections are aligned to less than a page");
    if (sections_.size() >= most_sections)
      return refuse("there are 96 sections, which is what Windows takes");
    const std::uint64_t table_end = image_.coff().section_table() + image_.sections().size_bytes();
    std::uint64_t headers_end = optional.SizeOfHeaders;
    std::uint64_t memory_end = optional.SizeOfHeaders; // Windows wants no gap between sections
    for (const Section &section : sections_) {
      if (section.PointerToRawData != 0 && section.SizeOfRawData != 0)
        headers_end = std::min<std::uint64_t>(headers_end, section.PointerToRawData);
      memory_end = std::max(memory_end, Image::end_of(section));
    }
    if (table_end + sizeof(Section) > headers_end || !is_padding(table_end, sizeof(Section), 0) ||
        leads_there(table_end, table_end + sizeof(Section)))
      return refuse("there is no room for its header");
    const std::uint64_t start = aligned(memory_end, optional.SectionAlignment);
    if (start >= image_end)
      return refuse("the image is too large for it");
    Section &section = new_section_.emplace();
    std::ranges::copy(name, section.Name);
    section.VirtualAddress = static_cast<std::uint32_t>(start);
    section.Characteristics = static_cast<std::uint32_t>(IMAGE_SCN_CNT_INITIALIZED_DATA) | IMAGE_SCN_MEM_READ;
  }
  const std::uint64_t start = aligned(Image::end_of(*new_section_), alignment);
  if (size > image_end - start)
    return fail(Status::refused, "section table", "the new tables are too large for the image");
  new_section_->VirtualSize = static_cast<std::uint32_t>(start + size - new_section_->VirtualAddress);
  return static_cast<std::uint32_t>(start);
}

} // namespace linkname::coff
