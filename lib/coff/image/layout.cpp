#include "coff/image/layout.h"

#include "base/diagnostic.h"
#include "coff/image/checksum.h"
#include "coff/image/footprint.h"
#include "coff/image/guard.h"
#include "coff/image/import_entries.h"
#include "coff/image/offsets.h"
#include "coff/image/planned_exports.h"
#include "coff/image/planned_imports.h"
#include "coff/image/room.h"

#include <algorithm>
#include <array>
#include <cstring>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

class Layout {
public:
  Layout(const Tables &tables, const Plan &plan)
      : tables_(tables), image_(tables.image), plan_(plan), room_(tables), optional_(image_.optional()),
        directories_(image_.directories().begin(), image_.directories().end()) {}

  Result<LaidOut> run() {
    if (is_hybrid(image_))
      return fail(Status::refused, "load configuration",
                  "is an image for two kinds of processors (ARM64EC, ARM64X), whose tables linkname does not change");
    Result<void> done = signature();
    if (done)
      done = exports();
    if (done)
      done = imports();
    if (done)
      done = new_section();
    if (done)
      done = headers();
    if (done)
      done = put_in_order(splices_, image_.bytes().size());
    if (!done)
      return std::unexpected(std::move(done.error()));
    sum();
    return LaidOut{.splices = std::move(splices_), .diagnostics = std::move(said_), .room = std::move(room_notes_)};
  }

private:
  void say(Severity severity, std::string place, std::string reason, std::string hint = {}) {
    said_.push_back({.severity = severity,
                     .place = std::move(place),
                     .reason = std::move(reason),
                     .hint = std::move(hint),
                     .details = {}});
  }

  void put(std::uint64_t offset, Bytes bytes) {
    splices_.push_back({.offset = offset, .old_length = bytes.size(), .bytes = std::string(bytes)});
  }

  template <class T> void put_field(const T &in_file, const T &now) {
    if (std::memcmp(&in_file, &now, sizeof now) != 0)
      put(image_.coff().position(&in_file), bytes_of(now));
  }

  Result<void> signature() {
    const DataDirectory where = certificates(image_);
    if (where.Size == 0)
      return {};
    if (plan_.signature != Signature::strip)
      return fail(Status::refused, "certificates", "the image is signed, and with any change its signature is wrong",
                  "say --strip-signature to take it away, and sign the new image");
    const std::uint64_t offset = where.RelativeVirtualAddress;
    if (!slice(image_.bytes(), offset, where.Size) || offset < image_.end_of_sections())
      return malformed("certificates", "are not behind the sections");
    splices_.push_back({.offset = offset, .old_length = where.Size, .bytes = {}});
    directories_[CERTIFICATE_TABLE] = {};
    say(Severity::warning, "certificates", "the signature is taken away", "sign the new image");
    if ((optional_.DllCharacteristics & IMAGE_DLL_CHARACTERISTICS_FORCE_INTEGRITY) != 0)
      say(Severity::warning, "optional header", "Windows loads this image only when it is signed (FORCE_INTEGRITY)");
    return {};
  }

  // ---- What stands where
  // ----------------------------------------------------------------------------------------------

  /// Writes to an address, in a section that the file has or in the one that it gets.
  void write(std::uint32_t rva, const std::string &bytes) {
    const Section *const own = room_.new_section();
    if (own != nullptr && rva >= own->VirtualAddress) {
      own_.resize(rva - own->VirtualAddress, '\0');
      own_ += bytes;
      return;
    }
    // The section as it was: padding, of which it is a part from now on, is in no section yet.
    const auto section = std::ranges::find_if(room_.sections(), [&](const Section &candidate) {
      return rva >= candidate.VirtualAddress && rva < Image::end_of(candidate);
    });
    put(section->PointerToRawData + (rva - section->VirtualAddress), bytes);
  }

  void say_where(std::string_view what, std::uint32_t rva, std::uint64_t size, std::string_view where) {
    room_notes_.push_back({.severity = Severity::note,
                           .place = std::string(what),
                           .reason = join({std::to_string(size), " bytes at ", hex(image_.base() + rva), ", ", where}),
                           .hint = {},
                           .details = {}});
  }

  Result<std::uint32_t> in_new_section(std::string_view what, std::uint64_t size, Bytes name) {
    const Result<std::uint32_t> rva = room_.in_new_section(size, name);
    const Bytes field = rva ? Bytes(room_.new_section()->Name, NameSize) : Bytes{};
    if (rva)
      say_where(what, *rva, size, join({"in a new section, ", field.substr(0, field.find('\0'))}));
    return rva;
  }

  Result<std::uint32_t> in_padding(std::string_view what, std::uint64_t size, std::uint32_t beside, Bytes otherwise) {
    const std::optional<std::uint32_t> rva = room_.in_padding(size, beside);
    if (!rva)
      return in_new_section(what, size, otherwise);
    say_where(what, *rva, size, "in the padding behind a section");
    return *rva;
  }

  Result<void> imports() {
    Result<PlannedImports> planned = PlannedImports::of(tables_, plan_);
    if (!planned)
      return std::unexpected(std::move(planned.error()));
    if (planned->renamed.empty())
      return {};
    const Result<std::uint32_t> start =
        in_padding("imports", planned->names.size(), image_.directory(IMPORT_TABLE).RelativeVirtualAddress, ".lnkname");
    if (!start)
      return std::unexpected(start.error());
    write(*start, planned->names);
    ImportEntries entries(tables_);
    for (const RenamedImport &renamed : planned->renamed)
      entries.rename(renamed.number, *start + renamed.at);
    if (entries.unbinds()) {
      say(Severity::note, "imports", "are no longer bound to the addresses that others had when the image was made");
      if (BOUND_IMPORT < directories_.size())
        directories_[BOUND_IMPORT] = {};
    }
    Result<Splices> made = entries.splices();
    if (!made)
      return std::unexpected(std::move(made.error()));
    std::ranges::move(*made, std::back_inserter(splices_));
    return {};
  }

  Result<std::uint32_t> place_exports(std::uint64_t size) {
    const std::uint32_t before = tables_.exports.range.RelativeVirtualAddress;
    if (room_.in_place(size)) {
      say_where("exports", before, size, "where they were");
      return before;
    }
    if (!room_.has_exports_section())
      return in_padding("exports", size, before, exports_section_name);
    room_.rename_exports_section();
    return in_new_section("exports", size, exports_section_name);
  }

  Result<void> exports() {
    const Result<std::optional<PlannedExports>> planned = PlannedExports::of(tables_, plan_);
    if (!planned)
      return std::unexpected(planned.error());
    const std::optional<PlannedExports> &exports = *planned;
    return exports ? put_exports(*exports) : Result<void>();
  }

  Result<void> put_exports(const PlannedExports &now) {
    if (directories_.empty())
      return fail(Status::refused, "optional header", "has no data directory that could lead to exports");
    const Bytes library = library_name(image_, tables_.exports);
    const std::uint64_t size = now.size(library);
    if (size > INT32_MAX)
      return fail(Status::refused, "exports", "the new tables are too large for the image");
    const Result<std::uint32_t> place = place_exports(size);
    if (!place)
      return std::unexpected(place.error());
    const std::uint32_t start = *place;
    if (tables_.exports.library.empty())
      say(Severity::note, "exports",
          join({"the image did not say what it is called; its exports are those of ", quoted(library),
                " to tools that ask"}));
    std::string tables = now.bytes(tables_.exports, library, start);
    if (start == tables_.exports.range.RelativeVirtualAddress && tables.size() < tables_.exports.range.Size)
      tables.resize(tables_.exports.range.Size); // no remains of what was longer
    write(start, tables);
    directories_[EXPORT_TABLE].RelativeVirtualAddress = start;
    directories_[EXPORT_TABLE].Size = static_cast<std::uint32_t>(size);
    return judge(now, start, start + size);
  }

  Result<void> judge(const PlannedExports &now, std::uint64_t begin, std::uint64_t end) {
    const Guard guard(image_);
    for (const std::uint32_t rva : now.new_addresses) {
      const std::string place = join({"exports: ", hex(image_.base() + rva)});
      if (rva >= begin && rva < end)
        return fail(Status::refused, place, "is where the new tables of exports are, and would mean a forwarder",
                    "export something else");
      const std::uint32_t flags = image_.sections()[image_.section_at(rva).value_or(1) - 1].Characteristics;
      if (guard.on() && (flags & IMAGE_SCN_MEM_EXECUTE) != 0 && !guard.lists(rva))
        say(Severity::warning, place,
            "is not in the table of Control Flow Guard: a checked call by its address ends the process",
            "take its address somewhere in the source, so that the linker lists it");
    }
    for (const std::uint32_t slot : now.nameless)
      say(Severity::note, export_place(slot),
          join({"has no name any more; who imports ordinal ",
                std::to_string(tables_.exports.directory->OrdinalBase + slot), " still gets it"}));
    return {};
  }

  // ---- The file around it
  // ---------------------------------------------------------------------------------------------

  Result<void> new_section() {
    Section *const section = room_.new_section();
    if (section == nullptr)
      return {};
    const std::uint64_t end = image_.end_of_sections();
    if (Footprint(tables_).lies_across(end))
      return malformed("section table",
                       join({"something begins in the last section and ends behind it, at file offset ", hex(end)}));
    const std::uint64_t start = align_up(end, optional_.FileAlignment).value_or(UINT64_MAX);
    own_.resize(align_up(own_.size(), optional_.FileAlignment).value_or(own_.size()));
    if (start > UINT32_MAX - own_.size())
      return fail(Status::refused, "section table", "the file would exceed what 32-bit offsets reach");
    section->PointerToRawData = static_cast<std::uint32_t>(start);
    section->SizeOfRawData = static_cast<std::uint32_t>(own_.size());
    optional_.SizeOfInitializedData = optional_.SizeOfInitializedData + section->SizeOfRawData;
    const std::uint64_t end_of_image = Image::end_of(*section); // below 2^31, so rounding it up stays in range
    optional_.SizeOfImage =
        static_cast<std::uint32_t>(align_up(end_of_image, optional_.SectionAlignment).value_or(end_of_image));
    const std::uint64_t inserted = start - end + own_.size();
    splices_.push_back({.offset = end, .old_length = 0, .bytes = std::string(start - end, '\0') + own_});
    return move_offsets(end, inserted);
  }

  /// All that stands behind the last section's bytes moves.
  Result<void> move_offsets(std::uint64_t from, std::uint64_t by) {
    bool too_far = false;
    for_each_offset_in_image(image_, [&](const auto &in_file) {
      auto now = in_file;
      if (now >= from) {
        too_far = too_far || now + by > UINT32_MAX;
        now = static_cast<std::uint32_t>(now + by);
        put_field(in_file, now);
      }
    });
    if (too_far)
      return fail(Status::refused, "COFF header", "the file would exceed what 32-bit offsets reach");
    for (Section &section : room_.sections())
      for (auto *const field : {&section.PointerToRelocations, &section.PointerToLinenumbers})
        if (*field >= from)
          *field = static_cast<std::uint32_t>(*field + by);
    if (const std::uint64_t unknown = bytes_of_unknown_kind(from); unknown != 0)
      say(Severity::warning, "overlay",
          join({std::to_string(unknown), " bytes behind the sections are of no known kind; they are kept and move by ",
                std::to_string(by), " bytes"}),
          "a program that finds them by their distance from the begin of the file does not find them any more");
    return {};
  }

  /// What is behind the sections and no symbols, certificates or debug information.
  [[nodiscard]] std::uint64_t bytes_of_unknown_kind(std::uint64_t from) const {
    std::vector<std::array<std::uint64_t, 2>> known;
    const auto note = [&](std::uint64_t begin, std::uint64_t length) {
      if (length != 0)
        known.push_back({begin, begin + length});
    };
    const std::uint64_t symbols = image_.coff().header().PointerToSymbolTable;
    note(symbols, symbols != 0 ? image_.coff().strings_end() - symbols : 0);
    note(certificates(image_).RelativeVirtualAddress, certificates(image_).Size);
    for (const DebugDirectory &entry : debug_directories(image_))
      note(entry.PointerToRawData, entry.SizeOfData);
    std::ranges::sort(known);
    const Bytes bytes = image_.bytes();
    std::uint64_t unknown = 0;
    const auto count = [&](std::uint64_t until) {
      if (until > from && bytes.substr(from, until - from).find_first_not_of('\0') != Bytes::npos)
        unknown += until - from;
    };
    for (const auto &[begin, end] : known) {
      count(std::min<std::uint64_t>(begin, bytes.size()));
      from = std::max(from, std::min<std::uint64_t>(end, bytes.size()));
    }
    count(bytes.size());
    return unknown;
  }

  Result<void> headers() {
    Header header = image_.coff().header();
    std::vector<Section> sections = room_.sections();
    if (const Section *const own = room_.new_section()) {
      sections.push_back(*own);
      header.NumberOfSections = static_cast<std::uint16_t>(sections.size());
    }
    // PointerToSymbolTable has its own splice.
    put_field(image_.coff().header().NumberOfSections, header.NumberOfSections);
    const Bytes table(reinterpret_cast<const char *>(sections.data()), sections.size() * sizeof(Section));
    if (image_.bytes().substr(image_.coff().section_table(), table.size()) != table)
      put(image_.coff().section_table(), table);
    for (std::size_t i = 0; i < directories_.size(); ++i)
      put_field(image_.directories()[i], directories_[i]);
    if (optional_.CheckSum != 0) { // then it becomes another one, and its splice is where `sum` puts it
      optional_.CheckSum = 0;
      put(image_.coff().position(&image_.optional()), bytes_of(optional_));
    } else {
      put_field(image_.optional(), optional_);
    }
    return {};
  }

  void sum() {
    if (image_.optional().CheckSum == 0)
      return;
    optional_.CheckSum = image_checksum(image_.bytes(), splices_);
    const std::uint64_t place = image_.coff().position(&image_.optional());
    std::ranges::find(splices_, place, &Splice::offset)->bytes = bytes_of(optional_);
  }

  const Tables &tables_;
  const Image &image_;
  const Plan &plan_;
  Room room_;
  OptionalHeader optional_;                ///< as it will be
  std::vector<DataDirectory> directories_; ///< as they will be
  std::string own_;                        ///< the contents of the new section
  Splices splices_;
  std::vector<Diagnostic> said_;
  std::vector<Diagnostic> room_notes_; ///< LaidOut::room
};

} // namespace

Result<LaidOut> lay_out_image(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return LaidOut{};
  const Result<Tables> tables = Tables::read(bytes);
  if (!tables)
    return std::unexpected(tables.error());
  return Layout(*tables, plan).run();
}

} // namespace linkname::coff
