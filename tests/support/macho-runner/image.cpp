#include "image.h"

#include "linkedit.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>

namespace runner {

namespace {

std::string fixed_text(const char (&text)[16]) { return {text, strnlen(text, sizeof text)}; }

void read_file(Image &image) {
  std::FILE *file = std::fopen(image.path.c_str(), "rb");
  if (file == nullptr)
    refuse(image.path, "%s", std::strerror(errno));
  std::uint8_t part[65536];
  for (std::size_t count; (count = std::fread(part, 1, sizeof part, file)) != 0;)
    image.file.insert(image.file.end(), part, part + count);
  if (std::ferror(file))
    refuse(image.path, "%s", std::strerror(errno));
  std::fclose(file);
}

void read_header(Image &image, const Bytes &file) {
  const auto magic = file.at<std::uint32_t>(0);
  if (magic == magic_universal || magic == magic_universal_64)
    refuse(image.path, "is a universal file; take one architecture out of it first");
  if (magic != magic_64)
    refuse(image.path, "is not a 64-bit Mach-O file");
  image.header = file.at<Header>(0);
  const Header &header = image.header;
  if (header.cpu == cpu_x86_64) {
    if (const auto subtype = header.cpu_subtype & 0xFFFFFF; subtype != 3 && subtype != 8)
      refuse(image.path, "is for a kind of x86_64 that is not known: %u", subtype);
  } else if (header.cpu == cpu_arm64) {
    if (const auto subtype = header.cpu_subtype & 0xFFFFFF; subtype != 0)
      refuse(image.path, "is for a kind of arm64 that is not known: %u", subtype);
  } else {
    refuse(image.path, "is for CPU 0x%x, neither x86_64 nor arm64", header.cpu);
  }
  if (header.file_type != executable && header.file_type != dylib && header.file_type != bundle)
    refuse(image.path, "has file type %u, which is no linked image's", header.file_type);
  if (header.file_type == executable && (header.flags & position_independent) == 0)
    refuse(image.path, "is not position-independent");
}

void read_section(Image &image, const Segment &segment, const SectionHeader &header) {
  const Section section{fixed_text(header.name), header.address, header.size, std::uint64_t{1} << (header.align & 31),
                        header.flags & 0xFF};
  const std::uint64_t into = section.address - segment.address;
  if (section.address < segment.address || into > segment.size || section.size > segment.size - into)
    refuse(image.path, "section %s does not lie within its segment %s", section.name.c_str(), segment.name.c_str());
  const bool zero_fill = section.type == section_zero_fill || section.type == section_large_zero_fill ||
                         section.type == section_thread_zero_fill;
  if (!zero_fill && section.size != 0 &&
      (header.offset != segment.file_offset + into || section.size > segment.file_size - into))
    refuse(image.path, "section %s: its bytes are not where its address is", section.name.c_str());
  if (header.align > 15)
    refuse(image.path, "section %s is aligned to 2^%u bytes", section.name.c_str(), header.align);
  if (header.relocation_count != 0)
    refuse(image.path, "section %s has relocations", section.name.c_str());
  if (section.type == section_terminators || section.type == section_interposing || section.type == section_dtrace ||
      section.type == section_thread_initialisers || section.type > section_initialiser_offsets)
    refuse(image.path, "section %s has type 0x%x, which the runner does not know", section.name.c_str(), section.type);
  if (section.name.starts_with("__objc_"))
    refuse(image.path, "section %s: there is no Objective-C here", section.name.c_str());
  image.sections.push_back(section);
}

void read_segment(Image &image, const Bytes &file, const Bytes &command) {
  const auto header = command.at<SegmentCommand>(0);
  const Segment segment{fixed_text(header.name), header.address,    header.size, header.file_offset,
                        header.file_size,        header.protection, header.flags};
  const char *name = segment.name.c_str();
  (void)file.part(segment.file_offset, segment.file_size, "segment");
  if (segment.file_size > segment.size || segment.address + segment.size < segment.address)
    refuse(image.path, "segment %s is smaller than its part of the file", name);
  if ((segment.protection & ~header.max_protection) != 0 || segment.protection > 7)
    refuse(image.path, "segment %s has protection %u, but at most %u", name, segment.protection, header.max_protection);
  if ((segment.protection & 6) == 6)
    refuse(image.path, "segment %s is both writable and executable", name);
  if ((segment.flags & ~std::uint32_t{read_only_after_fixups}) != 0)
    refuse(image.path, "segment %s has flags 0x%x, which the runner does not know", name, segment.flags);
  if (command.size() != sizeof header + std::uint64_t{header.section_count} * sizeof(SectionHeader))
    refuse(image.path, "segment %s: the size of its load command does not fit %u sections", name, header.section_count);
  for (std::uint32_t i = 0; i < header.section_count; i++)
    read_section(image, segment, command.at<SectionHeader>(sizeof header + i * sizeof(SectionHeader)));
  image.segments.push_back(segment);
}

void read_command(Image &image, const Bytes &file, const Bytes &command, Linkedit &linkedit) {
  switch (const auto kind = command.at<Command>(0).kind) {
  case command_segment_64:
    return read_segment(image, file, command);
  case command_load_dylib:
  case command_load_weak_dylib:
  case command_reexport_dylib:
    image.libraries.push_back({command.text(command.at<DylibCommand>(0).name_offset), kind == command_load_weak_dylib,
                               kind == command_reexport_dylib});
    return;
  case command_id_dylib:
    image.install_name = command.text(command.at<DylibCommand>(0).name_offset);
    return;
  case command_rpath:
    image.run_paths.push_back(command.text(command.at<TextCommand>(0).text_offset));
    return;
  case command_main:
    image.entry = command.at<MainCommand>(0).entry_offset;
    return;
  case command_dyld_info:
  case command_dyld_info_only: {
    const auto info = command.at<DyldInfoCommand>(0);
    image.rebases = linkedit.table("rebase opcodes", info.rebase_offset, info.rebase_size);
    image.binds = linkedit.table("bind opcodes", info.bind_offset, info.bind_size);
    image.weak_binds = linkedit.table("weak bind opcodes", info.weak_bind_offset, info.weak_bind_size);
    image.lazy_binds = linkedit.table("lazy bind opcodes", info.lazy_bind_offset, info.lazy_bind_size);
    image.exports = linkedit.table("exports trie", info.exports_offset, info.exports_size);
    return;
  }
  case command_exports_trie: {
    const auto data = command.at<LinkeditCommand>(0);
    image.exports = linkedit.table("exports trie", data.offset, data.size);
    return;
  }
  case command_chained_fixups: {
    const auto data = command.at<LinkeditCommand>(0);
    image.chained_fixups = linkedit.table("chained fixups", data.offset, data.size);
    return;
  }
  case command_symtab:
    return linkedit.symbols(command.at<SymtabCommand>(0));
  case command_dysymtab:
    return linkedit.groups(command.at<DysymtabCommand>(0));
  // Of no use here but as tables that must lie where they may.
  case command_function_starts:
  case command_data_in_code:
  case command_code_signature:
  case command_segment_split_info: {
    const auto data = command.at<LinkeditCommand>(0);
    (void)linkedit.table(kind == command_code_signature    ? "code signature"
                         : kind == command_data_in_code    ? "data in code"
                         : kind == command_function_starts ? "function starts"
                                                           : "segment split info",
                         data.offset, data.size);
    return;
  }
  // Of no use here at all.
  case command_load_dylinker:
  case command_uuid:
  case command_version_min_macos:
  case command_source_version:
  case command_build_version:
    return;
  default:
    refuse(image.path, "load command 0x%x is not known to the runner", kind);
  }
}

void check_layout(Image &image) {
  const std::uint64_t page = image.header.cpu == cpu_arm64 ? 0x4000 : 0x1000;
  std::uint64_t highest = 0;
  image.lowest = ~std::uint64_t{0};
  const std::uint64_t commands_end = sizeof(Header) + image.header.commands_size;
  bool header_is_mapped = false;
  for (const Segment &segment : image.segments) {
    if (segment.protection == 0 && segment.file_size == 0)
      continue; // __PAGEZERO
    if (segment.address % page != 0 || segment.file_offset % page != 0)
      refuse(image.path, "segment %s does not begin on a page", segment.name.c_str());
    for (const Segment &other : image.segments)
      if (&other != &segment && other.address < segment.address + segment.size &&
          segment.address < other.address + other.size)
        refuse(image.path, "segments %s and %s overlap", segment.name.c_str(), other.name.c_str());
    image.lowest = std::min(image.lowest, segment.address);
    highest = std::max(highest, segment.address + segment.size);
    if (segment.file_offset == 0 && segment.file_size >= commands_end) {
      image.text_address = segment.address;
      header_is_mapped = true;
    }
  }
  if (!header_is_mapped)
    refuse(image.path, "no segment holds the header");
  image.span = highest - image.lowest;
  if (image.span > std::uint64_t{1} << 30)
    refuse(image.path, "its segments span 0x%llx bytes", static_cast<Ulong>(image.span));
}

} // namespace

void read(Image &image, const std::string &path) {
  image.path = path;
  read_file(image);
  const Bytes file(image.file.data(), image.file.size(), image.path, "file");
  read_header(image, file);

  Linkedit linkedit(file);
  const Bytes commands = file.part(sizeof(Header), image.header.commands_size, "load commands");
  std::uint64_t offset = 0;
  for (std::uint32_t i = 0; i < image.header.command_count; i++) {
    const std::uint32_t size = commands.at<Command>(offset).size;
    if (size < sizeof(Command) || size % 8 != 0)
      refuse(image.path, "load command %u has a size of %u bytes", i, size);
    read_command(image, file, commands.part(offset, size, "load command"), linkedit);
    offset += size;
  }
  if (offset != commands.size())
    refuse(image.path, "the load commands are %llu bytes, not %u", static_cast<Ulong>(offset),
           image.header.commands_size);
  check_layout(image);
  linkedit.check(image);
  if (image.header.file_type == dylib && image.install_name.empty())
    refuse(image.path, "is a dylib without an install name");
}

} // namespace runner
