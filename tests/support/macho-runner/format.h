// The part of the Mach-O file format that a linked 64-bit image of macOS consists of, as Apple's <mach-o/loader.h>,
// <mach-o/nlist.h> and <mach-o/fixup-chains.h> document it, written down once more: the runner judges what lib/macho
// and the linkers make, so it shares no definition with either. All images that it runs are little-endian, as it is
// itself.
#pragma once
#include <cstdint>

namespace runner {

struct Header {
  std::uint32_t magic, cpu, cpu_subtype, file_type, command_count, commands_size, flags, reserved;
};

inline constexpr std::uint32_t magic_64 = 0xFEEDFACF, magic_universal = 0xBEBAFECA, magic_universal_64 = 0xBFBAFECA;
inline constexpr std::uint32_t cpu_x86_64 = 0x01000007, cpu_arm64 = 0x0100000C;

enum FileType : std::uint32_t { executable = 2, dylib = 6, bundle = 8 };

enum HeaderFlag : std::uint32_t { position_independent = 0x200000 };

struct Command {
  std::uint32_t kind, size;
};

enum CommandKind : std::uint32_t {
  required = 0x80000000, // whoever does not know the command must not load the image
  command_symtab = 0x2,
  command_dysymtab = 0xB,
  command_load_dylib = 0xC,
  command_id_dylib = 0xD,
  command_load_dylinker = 0xE,
  command_load_weak_dylib = 0x18 | required,
  command_segment_64 = 0x19,
  command_uuid = 0x1B,
  command_rpath = 0x1C | required,
  command_code_signature = 0x1D,
  command_segment_split_info = 0x1E,
  command_reexport_dylib = 0x1F | required,
  command_dyld_info = 0x22,
  command_dyld_info_only = 0x22 | required,
  command_version_min_macos = 0x24,
  command_function_starts = 0x26,
  command_main = 0x28 | required,
  command_data_in_code = 0x29,
  command_source_version = 0x2A,
  command_build_version = 0x32,
  command_exports_trie = 0x33 | required,
  command_chained_fixups = 0x34 | required,
};

struct SegmentCommand {
  Command command;
  char name[16];
  std::uint64_t address, size, file_offset, file_size;
  std::uint32_t max_protection, protection, section_count, flags;
};

struct SectionHeader {
  char name[16], segment[16];
  std::uint64_t address, size;
  std::uint32_t offset, align, relocation_offset, relocation_count, flags, reserved[3];
};

enum SegmentFlag : std::uint32_t { read_only_after_fixups = 0x10 };

enum SectionType : std::uint32_t {
  section_zero_fill = 0x1,
  section_initialisers = 0x9,
  section_terminators = 0xA,
  section_interposing = 0xD,
  section_dtrace = 0xF,
  section_large_zero_fill = 0xC,
  section_thread_data = 0x11,
  section_thread_zero_fill = 0x12,
  section_thread_variables = 0x13,
  section_thread_initialisers = 0x15,
  section_initialiser_offsets = 0x16,
};

struct LinkeditCommand { // code signature, function starts, exports trie, chained fixups, ...
  Command command;
  std::uint32_t offset, size;
};

struct DyldInfoCommand {
  Command command;
  std::uint32_t rebase_offset, rebase_size, bind_offset, bind_size, weak_bind_offset, weak_bind_size, lazy_bind_offset,
      lazy_bind_size, exports_offset, exports_size;
};

struct SymtabCommand {
  Command command;
  std::uint32_t symbols_offset, symbol_count, strings_offset, strings_size;
};

struct DysymtabCommand {
  Command command;
  std::uint32_t local_start, local_count, defined_start, defined_count, undefined_start, undefined_count, toc_offset,
      toc_count, modules_offset, module_count, references_offset, reference_count, indirect_offset, indirect_count,
      external_relocations_offset, external_relocation_count, local_relocations_offset, local_relocation_count;
};

struct Symbol {
  std::uint32_t name;
  std::uint8_t type, section;
  std::uint16_t description;
  std::uint64_t value;
};

struct DylibCommand {
  Command command;
  std::uint32_t name_offset, timestamp, version, compatible_version;
};

struct TextCommand { // LC_RPATH
  Command command;
  std::uint32_t text_offset;
};

struct MainCommand {
  Command command;
  std::uint64_t entry_offset, stack_size;
};

// Where an imported symbol is to be looked for, if not in the library of that ordinal.
enum Ordinal : int { ordinal_self = 0, ordinal_main = -1, ordinal_flat = -2, ordinal_weak = -3 };

enum ExportFlag : std::uint64_t {
  export_kind = 0x3, // 0 regular, 1 thread-local, 2 absolute
  export_weak = 0x4,
  export_reexport = 0x8,
  export_resolver = 0x10,
};

struct ChainedHeader {
  std::uint32_t version, starts_offset, imports_offset, symbols_offset, import_count, imports_format, symbols_format;
};

struct ChainedSegment { // followed by one 16-bit start for each page
  std::uint32_t size;
  std::uint16_t page_size, pointer_format;
  std::uint64_t segment_offset;
  std::uint32_t max_valid_pointer;
  std::uint16_t page_count;
} __attribute__((packed));

enum PointerFormat : std::uint16_t { pointer_64 = 2, pointer_64_offset = 6 };
enum PageStart : std::uint16_t { page_without_fixups = 0xFFFF, page_with_several_chains = 0x8000 };

} // namespace runner
