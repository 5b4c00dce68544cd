#include "coff/image/guard.h"

#include <optional>

namespace linkname::coff {
namespace {

using llvm::support::ulittle32_t;
using Configuration32 = llvm::object::coff_load_configuration32;
using Configuration64 = llvm::object::coff_load_configuration64;

constexpr std::uint32_t table_present = 0x400; // IMAGE_GUARD_CF_FUNCTION_TABLE_PRESENT
constexpr unsigned size_shift = 28;            // IMAGE_GUARD_CF_FUNCTION_TABLE_SIZE_MASK: bytes behind each address

/// The structure says how long it is: older ones end early. A field that is not there counts as 0.
template <class Configuration, class Field> std::uint64_t field(const Image &image, Field Configuration::*member) {
  const std::uint64_t rva = image.directory(llvm::COFF::LOAD_CONFIG_TABLE).RelativeVirtualAddress;
  const auto *const size = image.at<ulittle32_t>(rva);
  if (rva == 0 || size == nullptr)
    return 0;
  static const Configuration model{};
  const auto offset = static_cast<std::uint64_t>(reinterpret_cast<const char *>(&(model.*member)) -
                                                 reinterpret_cast<const char *>(&model));
  const auto *const value = image.at<Field>(rva + offset);
  return offset + sizeof(Field) <= *size && value != nullptr ? std::uint64_t{*value} : 0;
}

template <class Configuration> std::optional<Bytes> table(const Image &image, std::uint64_t &stride) {
  const std::uint64_t flags = field(image, &Configuration::GuardFlags);
  const std::uint64_t address = field(image, &Configuration::GuardCFFunctionTable);
  const std::uint64_t count = field(image, &Configuration::GuardCFFunctionCount);
  if ((flags & table_present) == 0 || address < image.base())
    return std::nullopt;
  stride = sizeof(ulittle32_t) + (flags >> size_shift);
  const Bytes all = image.from(address - image.base());
  return count <= all.size() / stride ? slice(all, 0, count * stride) : std::nullopt;
}

} // namespace

Guard::Guard(const Image &image) {
  if ((image.optional().DllCharacteristics & llvm::COFF::IMAGE_DLL_CHARACTERISTICS_GUARD_CF) == 0)
    return;
  std::uint64_t stride = 0;
  const std::optional<Bytes> found =
      image.wide() ? table<Configuration64>(image, stride) : table<Configuration32>(image, stride);
  if (!found)
    return;
  table_ = *found;
  stride_ = stride;
}

bool Guard::lists(std::uint32_t rva) const {
  std::uint64_t from = 0;
  for (std::uint64_t until = on() ? table_.size() / stride_ : 0; from < until;) {
    const std::uint64_t middle = from + (until - from) / 2;
    const std::uint32_t here = entries_of<ulittle32_t>(table_.substr(middle * stride_)).front();
    if (here == rva)
      return true;
    if (here < rva)
      from = middle + 1;
    else
      until = middle;
  }
  return false;
}

bool is_hybrid(const Image &image) { return image.wide() && field(image, &Configuration64::CHPEMetadataPointer) != 0; }

} // namespace linkname::coff
