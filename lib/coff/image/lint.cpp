#include "coff/image/lint.h"

#include "coff/image/checksum.h"
#include "coff/image/facts.h"
#include "coff/image/footprint.h"
#include "coff/image/offsets.h"
#include "coff/image/tables.h"

#include <algorithm>
#include <bit>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

class Lint {
public:
  explicit Lint(const Tables &tables) : tables_(tables), image_(tables.image) {}

  std::vector<Diagnostic> run() {
    headers();
    sections();
    directories();
    exports();
    imports();
    if (const std::optional<std::uint64_t> shared = Footprint(tables_).shared_byte())
      say(join({"file offset ", hex(*shared)}), "two tables share this byte");
    return std::move(found_);
  }

private:
  void say(std::string place, std::string reason, Severity severity = Severity::error) {
    found_.push_back(
        {.severity = severity, .place = std::move(place), .reason = std::move(reason), .hint = {}, .details = {}});
  }

  void headers() {
    const OptionalHeader &optional = image_.optional();
    if (!std::has_single_bit(std::uint32_t{optional.FileAlignment}) ||
        !std::has_single_bit(std::uint32_t{optional.SectionAlignment}) ||
        optional.FileAlignment > optional.SectionAlignment)
      say("optional header", "an alignment is no power of two, or the file's is larger than that of memory");
    const std::uint64_t table_end = image_.coff().section_table() + image_.sections().size_bytes();
    if (optional.SizeOfHeaders < table_end)
      say("optional header", "SizeOfHeaders leaves out a part of the section table");
    std::uint64_t end = table_end;
    for (const Section &section : image_.sections())
      end = std::max(end, Image::end_of(section));
    if (optional.SizeOfImage != align_up(end, optional.SectionAlignment))
      say("optional header", "SizeOfImage is not where the last section ends");
    if (optional.CheckSum != 0 &&
        optional.CheckSum != image_checksum(image_.bytes(), image_.coff().position(&optional.CheckSum)))
      say("optional header", "CheckSum is not that of the file");
  }

  void sections() {
    std::uint64_t memory = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> in_file;
    for (std::uint32_t number = 1; number <= image_.sections().size(); ++number) {
      const Section &section = image_.sections()[number - 1];
      const std::string place = join({"section [", std::to_string(number), "] ", image_.section_name(number)});
      if (section.VirtualAddress < memory)
        say(place, "begins before the one in front of it ends");
      memory = std::max(memory, Image::end_of(section));
      if (image_.optional().SectionAlignment != 0 && section.VirtualAddress % image_.optional().SectionAlignment != 0)
        say(place, "does not begin at a multiple of SectionAlignment");
      if (section.PointerToRawData == 0 || section.SizeOfRawData == 0)
        continue;
      if (section.PointerToRawData < image_.optional().SizeOfHeaders)
        say(place, "its bytes in the file begin in the headers");
      in_file.emplace_back(section.PointerToRawData, std::uint64_t{section.PointerToRawData} + section.SizeOfRawData);
    }
    std::ranges::sort(in_file);
    for (std::size_t i = 1; i < in_file.size(); ++i)
      if (in_file[i].first < in_file[i - 1].second)
        say("section table", join({"two sections share the byte at file offset ", hex(in_file[i].first)}));
  }

  void directories() {
    for (unsigned i = 0; i < image_.directories().size(); ++i) {
      const DataDirectory where = image_.directories()[i];
      const std::string place = join({"data directory ", std::to_string(i)});
      if (i == CERTIFICATE_TABLE) {
        if (where.Size != 0 && !slice(image_.bytes(), where.RelativeVirtualAddress, where.Size))
          say("certificates", "reach past the end of the file");
      } else if (i == GLOBAL_PTR || i == ARCHITECTURE || where.RelativeVirtualAddress == 0) {
        continue;
      } else if (const std::optional<std::uint32_t> number = image_.section_at(where.RelativeVirtualAddress);
                 number && std::uint64_t{where.RelativeVirtualAddress} + where.Size >
                               std::max(Image::end_of(image_.sections()[*number - 1]),
                                        std::uint64_t{image_.sections()[*number - 1].VirtualAddress} +
                                            image_.sections()[*number - 1].SizeOfRawData)) {
        say(place, "reaches past the end of its section");
      } else if (!number &&
                 std::uint64_t{where.RelativeVirtualAddress} + where.Size > image_.optional().SizeOfHeaders) {
        say(place, "is in no section");
      }
    }
    for (const DebugDirectory &entry : debug_directories(image_))
      if (entry.PointerToRawData != 0 && !slice(image_.bytes(), entry.PointerToRawData, entry.SizeOfData))
        say("debug directory", "leads past the end of the file");
  }

  void exports() {
    const Exports &exports = tables_.exports;
    if (exports.directory == nullptr)
      return;
    if (exports.library.empty())
      say("exports", "the image does not say what it is called", Severity::warning);
    if (std::uint64_t{exports.directory->OrdinalBase} + exports.slots.size() > UINT16_MAX + 1U)
      say("exports", "there are more than 65536 ordinals");
    for (std::uint32_t i = 0; i < exports.slots.size(); ++i) {
      const ExportSlot &slot = exports.slots[i];
      const std::string place = join({"export slot ", std::to_string(i)});
      if (slot.forwards && slot.forwarder.find('.') == Bytes::npos)
        say(place, "leads to the export directory, and there to no forwarder");
      else if (!slot.forwards && slot.rva != 0 && !image_.section_at(slot.rva))
        say(place, "leads to no section");
    }
    for (std::uint32_t i = 0; i < exports.names.size(); ++i) {
      const ExportName &name = exports.names[i];
      if (const ExportSlot *const slot = exports.slot_of(name); slot == nullptr)
        say(export_place(i), "the name has an ordinal that is not in the table");
      else if (slot->rva == 0)
        say(export_place(i), "the name leads to a slot that is not in use");
      if (i != 0 && name.name == exports.names[i - 1].name)
        say(export_place(i), "the name is there twice");
      else if (i != 0 && name.name < exports.names[i - 1].name)
        say(export_place(i), "the name is not in order, and the loader does not find it");
    }
  }

  /// Where the loader's table is not filled in ahead, it repeats the table of names.
  void imports() {
    for (std::uint32_t i = 0; i < tables_.imports.all.size(); ++i) {
      const Import &import = tables_.imports.all[i];
      const ImportLibrary &library = tables_.imports.library_of(import);
      if (library.delayed || library.bound())
        continue;
      const std::optional<std::uint64_t> there = image_.word(tables_.imports.address_entry(import));
      if (there != image_.word(import.entry))
        say(import_place(i), "the two tables of its library do not agree");
    }
  }

  const Tables &tables_;
  const Image &image_;
  std::vector<Diagnostic> found_;
};

} // namespace

Result<std::vector<Diagnostic>> lint_image(Bytes bytes) {
  if (const Result<Facts> readable = inspect_image(bytes); !readable)
    return std::unexpected(readable.error());
  const Result<Tables> tables = Tables::read(bytes);
  if (!tables)
    return std::unexpected(tables.error());
  return Lint(*tables).run();
}

} // namespace linkname::coff
