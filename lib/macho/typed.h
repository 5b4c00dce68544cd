// The one place where the width and the byte order of a file choose a template.
#pragma once

#include "macho/view.h"

#include <type_traits>
#include <utility>

namespace linkname::macho {

/// Several objects for several processors in one file. Java class files open with the same magic number and then have
/// a version, of which the smallest is above the number of architectures that any universal file has.
inline bool is_universal(Bytes bytes) {
  constexpr std::uint32_t smallest_java_version = 43;
  const auto words = array_at<llvm::support::ubig32_t>(bytes, 0, 2);
  return words && (words->front() == llvm::MachO::FAT_MAGIC || words->front() == llvm::MachO::FAT_MAGIC_64) &&
         words->back() < smallest_java_version;
}

inline bool has_magic(Bytes bytes) {
  const auto word = array_at<llvm::support::ulittle32_t>(bytes, 0, 1);
  if (!word)
    return false;
  switch (word->front()) {
  case llvm::MachO::MH_MAGIC:
  case llvm::MachO::MH_CIGAM:
  case llvm::MachO::MH_MAGIC_64:
  case llvm::MachO::MH_CIGAM_64:
    return true;
  default:
    return is_universal(bytes);
  }
}

/// Creates the View that fits the file's magic number and hands it to `use`, whose result is given back.
template <class Use> auto with_view(Bytes bytes, Use use) -> decltype(use(std::declval<View<Types<Little, true>>>())) {
  const auto typed = [&]<class T>(std::type_identity<T>) -> decltype(use(std::declval<View<T>>())) {
    const Result<View<T>> view = View<T>::create(bytes);
    if (!view)
      return std::unexpected(view.error());
    return use(*view);
  };
  if (is_universal(bytes))
    return fail(Status::malformed, "Mach-O header", "universal files are not supported yet",
                "take one architecture out of it: `lipo -thin ARCH -output OUT FILE`, or llvm-lipo");
  const auto word = array_at<llvm::support::ulittle32_t>(bytes, 0, 1);
  switch (word ? std::uint32_t{word->front()} : 0) {
  case llvm::MachO::MH_MAGIC:
    return typed(std::type_identity<Types<Little, false>>{});
  case llvm::MachO::MH_CIGAM:
    return typed(std::type_identity<Types<Big, false>>{});
  case llvm::MachO::MH_MAGIC_64:
    return typed(std::type_identity<Types<Little, true>>{});
  case llvm::MachO::MH_CIGAM_64:
    return typed(std::type_identity<Types<Big, true>>{});
  default:
    return malformed("Mach-O header", "the magic number is not Mach-O's");
  }
}

} // namespace linkname::macho
