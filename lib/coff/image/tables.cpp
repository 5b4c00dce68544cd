#include "coff/image/tables.h"

#include "coff/machine.h"

namespace linkname::coff {

Result<Tables> Tables::read(Bytes bytes) {
  Result<Image> image = Image::create(bytes);
  if (!image)
    return std::unexpected(std::move(image.error()));
  Result<Exports> exports = Exports::of(*image);
  if (!exports)
    return std::unexpected(std::move(exports.error()));
  Result<Imports> imports = Imports::of(*image);
  if (!imports)
    return std::unexpected(std::move(imports.error()));
  if (exports->names.size() + imports->all.size() + image->coff().symbols().size() > UINT32_MAX)
    return malformed("COFF header", "there are more symbols than 32 bits count");
  return Tables{.image = std::move(*image), .exports = std::move(*exports), .imports = std::move(*imports)};
}

std::optional<std::uint32_t> Tables::address_of(std::uint32_t place) const {
  const std::int64_t number = image.coff().section_number(place);
  if (number <= 0 || static_cast<std::uint64_t>(number) > image.sections().size())
    return std::nullopt;
  const std::uint64_t rva = std::uint64_t{image.sections()[static_cast<std::size_t>(number) - 1].VirtualAddress} +
                            image.coff().symbols()[place].Value;
  return rva <= UINT32_MAX ? std::optional(static_cast<std::uint32_t>(rva)) : std::nullopt;
}

Result<Bytes> Tables::exported_spelling(std::uint32_t place) const {
  Result<Bytes> name = image.coff().symbol_name(place);
  const char prefix = machine(image.coff().machine()).name_prefix;
  if (name && prefix != '\0' && name->size() > 1 && name->starts_with(prefix))
    name->remove_prefix(1);
  return name;
}

} // namespace linkname::coff
