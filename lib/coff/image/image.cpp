#include "coff/image/image.h"

#include "coff/machine.h"

#include <utility>

namespace linkname::coff {
namespace {

using llvm::support::ulittle32_t;
using llvm::support::ulittle64_t;

constexpr std::uint64_t place_of_offset = 0x3C; // e_lfanew
constexpr Bytes signature("PE\0\0", 4);
constexpr std::size_t longest_name = 1U << 16U;

std::optional<std::uint64_t> place_of_signature(Bytes bytes) {
  const auto offset = array_at<ulittle32_t>(bytes, place_of_offset, 1);
  if (!bytes.starts_with("MZ") || !offset || slice(bytes, offset->front(), signature.size()) != signature)
    return std::nullopt;
  return offset->front();
}

} // namespace

bool is_image(Bytes bytes) { return place_of_signature(bytes).has_value(); }

Result<Image> Image::create(Bytes bytes) {
  const std::optional<std::uint64_t> place = place_of_signature(bytes);
  if (!place)
    return malformed("DOS header", "leads to no PE header");
  Result<View<Symbol16>> coff = View<Symbol16>::in_image(bytes, *place + signature.size());
  if (!coff)
    return std::unexpected(std::move(coff.error()));
  Image image(*coff);
  Result<void> read = image.read_optional_header();
  if (read)
    read = image.read_sections();
  if (!read)
    return std::unexpected(std::move(read.error()));
  return image;
}

Result<void> Image::read_optional_header() {
  if (machine(coff_.machine()).number == 0)
    return malformed("COFF header", join({"machine ", hex(coff_.machine()), " is none that linkname knows"}));
  const std::uint64_t start = coff_.position(&coff_.header()) + sizeof(Header);
  const Bytes all = bytes().substr(start, coff_.header().SizeOfOptionalHeader); // the section table is behind it
  const auto found = array_at<OptionalHeader>(all, 0, 1);
  if (!found)
    return malformed("optional header", "is shorter than its fields");
  optional_ = found->data();
  wide_ = optional_->Magic == llvm::COFF::PE32Header::PE32_PLUS;
  if (!wide_ && optional_->Magic != llvm::COFF::PE32Header::PE32)
    return malformed("optional header", join({hex(optional_->Magic), " is no known form"}));
  if (wide_ != (machine(coff_.machine()).pointer_size == 8))
    return malformed("optional header", "is not of the form that its machine has");
  const Bytes base(optional_->BaseOfDataAndImageBase, sizeof optional_->BaseOfDataAndImageBase);
  base_ = wide_ ? std::uint64_t{entries_of<ulittle64_t>(base)[0]} : std::uint64_t{entries_of<ulittle32_t>(base)[1]};

  const std::uint64_t fixed = wide_ ? sizeof(llvm::object::pe32plus_header) : sizeof(llvm::object::pe32_header);
  const auto count = array_at<ulittle32_t>(all, fixed - sizeof(ulittle32_t), 1);
  if (!count)
    return malformed("optional header", "is shorter than its fields");
  const auto directories = array_at<DataDirectory>(all, fixed, count->front());
  if (!directories)
    return malformed("optional header", "the data directories reach past its end");
  directories_ = *directories;
  return {};
}

Result<void> Image::read_sections() {
  by_address_.reserve(sections().size());
  for (std::uint32_t number = 1; number <= sections().size(); ++number) {
    const Section &section = sections()[number - 1];
    if (section.PointerToRawData != 0 && !slice(bytes(), section.PointerToRawData, section.SizeOfRawData))
      return malformed(join({"section [", std::to_string(number), "] ", section_name(number)}),
                       "reaches past the end of the file");
    by_address_.push_back(number);
  }
  std::ranges::stable_sort(by_address_, {},
                           [&](std::uint32_t number) { return std::uint32_t{sections()[number - 1].VirtualAddress}; });
  return {};
}

std::optional<std::uint32_t> Image::section_at(std::uint64_t rva) const {
  const auto behind = std::ranges::upper_bound(
      by_address_, rva, {}, [&](std::uint32_t number) { return std::uint64_t{sections()[number - 1].VirtualAddress}; });
  if (behind == by_address_.begin())
    return std::nullopt;
  const std::uint32_t number = behind[-1];
  return rva < end_of(sections()[number - 1]) ? std::optional(number) : std::nullopt;
}

Bytes Image::section_name(std::uint32_t number) const {
  const Result<Bytes> name = coff_.section_name(number);
  if (name)
    return *name;
  const Bytes field(sections()[number - 1].Name, llvm::COFF::NameSize); // of a string table that was stripped
  return field.substr(0, field.find('\0'));
}

Bytes Image::from(std::uint64_t rva) const {
  if (const std::optional<std::uint32_t> number = section_at(rva)) {
    const Section &section = sections()[*number - 1];
    const std::uint64_t inside = rva - section.VirtualAddress;
    const std::uint64_t mapped =
        std::min<std::uint64_t>(section.SizeOfRawData, end_of(section) - section.VirtualAddress);
    if (section.PointerToRawData == 0 || inside >= mapped)
      return {};
    return bytes().substr(section.PointerToRawData + inside, mapped - inside);
  }
  const std::uint64_t headers = std::min<std::uint64_t>(optional_->SizeOfHeaders, bytes().size());
  return rva < headers ? bytes().substr(rva, headers - rva) : Bytes{};
}

std::optional<Bytes> Image::string(std::uint64_t rva) const { return c_string(from(rva).substr(0, longest_name), 0); }

std::optional<std::uint64_t> Image::word(std::uint64_t rva) const {
  if (wide_) {
    const auto *const value = at<ulittle64_t>(rva);
    return value != nullptr ? std::optional<std::uint64_t>(*value) : std::nullopt;
  }
  const auto *const value = at<ulittle32_t>(rva);
  return value != nullptr ? std::optional<std::uint64_t>(*value) : std::nullopt;
}

std::uint64_t Image::end_of_sections() const {
  std::uint64_t end = coff_.section_table() + sections().size_bytes();
  end = std::max<std::uint64_t>(end, std::min<std::uint64_t>(optional_->SizeOfHeaders, bytes().size()));
  for (const Section &section : sections())
    if (section.PointerToRawData != 0 && section.SizeOfRawData != 0)
      end = std::max(end, std::uint64_t{section.PointerToRawData} + section.SizeOfRawData);
  return end;
}

} // namespace linkname::coff
