// The one place where the width and the byte order of a file choose a template.
#pragma once

#include "macho/view.h"

#include <type_traits>
#include <utility>

namespace linkname::macho {

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
    return false;
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
