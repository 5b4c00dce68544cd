#include "coff/shape.h"

#include "coff/machine.h"
#include "coff/view.h"

#include <algorithm>

namespace linkname::coff {
namespace {

/// Import objects and all anonymous ones open with a machine of 0 and a number of sections that no object has.
Shape shape_of_anonymous(Bytes bytes) {
  const auto import = array_at<llvm::object::coff_import_header>(bytes, 0, 1);
  if (!import)
    return Shape::none;
  if (import->front().Version == 0)
    return machine(import->front().Machine).number != 0 ? Shape::import : Shape::none;
  const auto big = array_at<BigHeader>(bytes, 0, 1);
  if (big && big->front().Version >= llvm::COFF::BigObjHeader::MinBigObjectVersion &&
      std::ranges::equal(big->front().UUID, llvm::COFF::BigObjMagic,
                         [](std::uint8_t a, char b) { return a == static_cast<unsigned char>(b); }))
    return machine(big->front().Machine).number != 0 ? Shape::big_object : Shape::none;
  return Shape::anonymous;
}

} // namespace

Shape shape_of(Bytes bytes) {
  using namespace std::string_view_literals;
  if (bytes.starts_with("MZ"))
    return Shape::image;
  if (bytes.starts_with("\0\0\xff\xff"sv))
    return shape_of_anonymous(bytes);
  const auto header = array_at<Header>(bytes, 0, 1);
  if (!header || machine(header->front().Machine).number == 0 ||
      header->front().NumberOfSections > llvm::COFF::MaxNumberOfSections16)
    return Shape::none;
  const std::uint64_t sections = sizeof(Header) + std::uint64_t{header->front().SizeOfOptionalHeader};
  if (!array_at<Section>(bytes, sections, header->front().NumberOfSections))
    return Shape::none;
  return Shape::object;
}

} // namespace linkname::coff
