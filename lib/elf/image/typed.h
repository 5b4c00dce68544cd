// The ImageView that fits a file, as elf/typed.h does it for objects.
#pragma once

#include "elf/image/view.h"
#include "elf/typed.h"

namespace linkname::elf {

/// Creates the ImageView that fits the file and hands it to `use`, whose result is given back.
template <class Use>
auto with_image(Bytes bytes, Use use) -> decltype(use(std::declval<ImageView<llvm::object::ELF64LE>>())) {
  return with_type(bytes, [&]<class ELFT>(std::type_identity<ELFT>) -> decltype(use(std::declval<ImageView<ELFT>>())) {
    const Result<ImageView<ELFT>> view = ImageView<ELFT>::create(bytes);
    if (!view)
      return std::unexpected(view.error());
    return use(*view);
  });
}

} // namespace linkname::elf
