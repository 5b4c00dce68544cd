// The one list of file offsets that a Mach-O object holds, each with the range that it leads to (Apple's
// <mach-o/loader.h>). Layout moves them and looks for what is in the way, verification holds the ranges against each
// other. All of them count from the start of the object, wherever that lies in a larger file.
#pragma once

#include "macho/view.h"

namespace linkname::macho {

enum class RangeKind : std::uint8_t { segment, contents, relocations, symbols, strings, indirect_symbols, other };

/// What stands at a file offset.
struct FileRange {
  RangeKind kind = RangeKind::other;
  std::uint64_t size = 0;
  std::uint64_t alignment = 1;
  std::string_view what;     ///< in messages; empty where the section says it
  std::uint32_t section = 0; ///< the section whose contents or relocations these are, or 0
};

template <class T> std::string range_place(const View<T> &view, const FileRange &range) {
  return range.section == 0 ? std::string(range.what) : join({view.section_place(range.section), range.what});
}

template <class T> bool is_filled_with_zeros(const typename T::Section &section) {
  return llvm::MachO::isVirtualSection(static_cast<std::uint8_t>(section.flags & llvm::MachO::SECTION_TYPE));
}

/// Load commands of objects and images that hold neither file offsets nor symbol indices.
inline bool holds_no_offsets(std::uint32_t cmd) {
  using namespace llvm::MachO;
  switch (cmd) {
  case LC_UUID:
  case LC_BUILD_VERSION:
  case LC_VERSION_MIN_MACOSX:
  case LC_VERSION_MIN_IPHONEOS:
  case LC_VERSION_MIN_TVOS:
  case LC_VERSION_MIN_WATCHOS:
  case LC_SOURCE_VERSION:
  case LC_LINKER_OPTION:
    return true;
  default:
    return false;
  }
}

/// Calls `take(field, range)` for every field of the load commands that holds a file offset; a field is an integer of
/// the file, in its own width and byte order. Fails at a load command that may hold offsets or symbol indices in a form
/// that is not known here.
template <class T, class Take> Result<void> for_each_offset(const View<T> &view, Take take) {
  using namespace llvm::MachO;
  constexpr std::uint64_t word = T::pointer_size;
  std::uint32_t number = 0; // of the section
  for (const LoadCommand &command : view.commands()) {
    switch (command.cmd) {
    case LC_SEGMENT:
    case LC_SEGMENT_64: {
      if (command.cmd != (T::is_64_bit ? LC_SEGMENT_64 : LC_SEGMENT))
        return malformed("load commands", "a segment of the other width");
      const auto &segment = entries_of<typename T::Segment>(command.body).front();
      take(segment.fileoff, FileRange{.kind = RangeKind::segment, .size = segment.filesize, .what = "segment"});
      for (std::uint32_t i = 0; i < segment.nsects; ++i) {
        const typename T::Section &section = *view.sections()[number++];
        if (!is_filled_with_zeros<T>(section))
          take(section.offset, FileRange{.kind = RangeKind::contents,
                                         .size = section.size,
                                         .alignment = std::uint64_t{1} << std::min<std::uint32_t>(section.align, 63),
                                         .what = {},
                                         .section = number});
        take(section.reloff, FileRange{.kind = RangeKind::relocations,
                                       .size = section.nreloc * std::uint64_t{sizeof(typename T::Relocation)},
                                       .alignment = word,
                                       .what = ": its relocations",
                                       .section = number});
      }
      break;
    }
    case LC_SYMTAB: {
      const auto &table = *view.symbol_table();
      take(table.symoff, FileRange{.kind = RangeKind::symbols,
                                   .size = table.nsyms * std::uint64_t{sizeof(typename T::Symbol)},
                                   .alignment = word,
                                   .what = "LC_SYMTAB"});
      take(table.stroff,
           FileRange{
               .kind = RangeKind::strings, .size = table.strsize, .alignment = word, .what = "LC_SYMTAB's strings"});
      break;
    }
    case LC_DYSYMTAB: {
      constexpr std::uint64_t relocation = sizeof(typename T::Relocation);
      const auto &table = *view.dynamic_symbol_table();
      const auto part = [&](const auto &offset, std::uint64_t count, std::uint64_t size,
                            RangeKind kind = RangeKind::other) {
        take(offset, FileRange{.kind = kind, .size = count * size, .alignment = word, .what = "LC_DYSYMTAB"});
      };
      part(table.tocoff, table.ntoc, sizeof(dylib_table_of_contents));
      part(table.modtaboff, table.nmodtab, T::is_64_bit ? sizeof(dylib_module_64) : sizeof(dylib_module));
      part(table.extrefsymoff, table.nextrefsyms, sizeof(dylib_reference));
      part(table.indirectsymoff, table.nindirectsyms, sizeof(typename T::U32), RangeKind::indirect_symbols);
      part(table.extreloff, table.nextrel, relocation);
      part(table.locreloff, table.nlocrel, relocation);
      break;
    }
    case LC_SEGMENT_SPLIT_INFO:
    case LC_FUNCTION_STARTS:
    case LC_DATA_IN_CODE:
    case LC_DYLIB_CODE_SIGN_DRS:
    case LC_LINKER_OPTIMIZATION_HINT: {
      const auto data = entries_of<typename T::LinkeditData>(command.body);
      if (data.empty())
        return malformed("load commands", "one that leads to data is too short");
      take(data.front().dataoff,
           FileRange{.size = data.front().datasize, .alignment = word, .what = "a load command's data"});
      break;
    }
    case LC_NOTE: {
      const auto note = entries_of<typename T::Note>(command.body);
      if (note.empty())
        return malformed("load commands", "LC_NOTE is too short");
      take(note.front().offset, FileRange{.size = note.front().size, .alignment = word, .what = "LC_NOTE"});
      break;
    }
    default:
      if (!holds_no_offsets(command.cmd))
        return fail(Status::refused, join({"load command ", hex(command.cmd)}),
                    "may hold file offsets or symbol indices in a form that linkname does not know",
                    "edits that add nothing are possible: --hide, --weaken");
    }
  }
  return {};
}

} // namespace linkname::macho
