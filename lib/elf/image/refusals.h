// Images that linkname leaves alone: their loaders know more about the tables than the tables say.
#pragma once

#include "elf/image/view.h"
#include "elf/machine.h"

namespace linkname::elf {

/// Fails where the dynamic section speaks of something that an edit would silently break. `indices_move`: entries of
/// `.dynsym` change their places.
template <class ELFT> Result<void> refuse_what_links_tables(const ImageView<ELFT> &view, bool indices_move) {
  struct Row {
    std::int64_t tag;
    std::string_view name;
    std::string_view why;
    bool only_if_indices_move;
  };
  // Values of the GNU, Android and Solaris extensions; LLVM's headers do not know all of them.
  constexpr Row rows[] = {
      {0x6ffffdf5, "DT_GNU_PRELINKED", "the image is prelinked, and its conflicts are computed for the old tables",
       false},
      {0x6ffffef8, "DT_GNU_CONFLICT", "the image is prelinked", false},
      {0x6ffffef9, "DT_GNU_LIBLIST", "the image is prelinked", false},
      {0x6ffffeff, "DT_SYMINFO", "a table beside .dynsym that linkname does not edit", false},
      {0x6000000f, "DT_ANDROID_REL", "packed relocations, which count the symbols that would move", true},
      {0x60000011, "DT_ANDROID_RELA", "packed relocations, which count the symbols that would move", true},
      {0x40000026, "DT_CREL", "compressed relocations, which count the symbols that would move", true},
  };
  for (const Row &row : rows)
    if (view.tag(row.tag) && (indices_move || !row.only_if_indices_move))
      return fail(Status::refused, ".dynamic", join({row.name, ": ", row.why}),
                  row.only_if_indices_move ? "link it without packing its relocations"
                                           : "undo it (`prelink -u`), or take the library as it was linked");
  const Machine row = machine(view.file().header().e_machine);
  if (row.number == llvm::ELF::EM_MIPS)
    return fail(Status::refused, "ELF header",
                "is a MIPS image, whose global offset table follows the order of .dynsym",
                "rewrite the objects that it is linked from");
  if (row.name == "unknown")
    return fail(Status::refused, "ELF header", "is for a processor whose dynamic linking linkname does not know",
                "rewrite the objects that it is linked from");
  return {};
}

} // namespace linkname::elf
