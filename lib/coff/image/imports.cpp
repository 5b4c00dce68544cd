#include "coff/image/imports.h"

namespace linkname::coff {
namespace {

constexpr std::uint32_t by_address = 1; // dlattrRva: addresses count from the image's base

class Reader {
public:
  explicit Reader(const Image &image) : image_(image), left_(image.bytes().size() / image.word_size()) {}

  Result<Imports> run() {
    Result<void> read = directly();
    if (read)
      read = delayed();
    if (!read)
      return std::unexpected(std::move(read.error()));
    return std::move(imports_);
  }

private:
  Result<void> directly() {
    std::uint64_t rva = image_.directory(llvm::COFF::IMPORT_TABLE).RelativeVirtualAddress;
    if (rva == 0)
      return {};
    for (;; rva += sizeof(ImportDirectory)) {
      const auto *const entry = image_.at<ImportDirectory>(rva);
      if (entry == nullptr)
        return malformed("imports", "the directory does not end in the file");
      if (entry->NameRVA == 0 || entry->ImportAddressTableRVA == 0)
        return {};
      const std::uint32_t lookup =
          entry->ImportLookupTableRVA != 0 ? entry->ImportLookupTableRVA : entry->ImportAddressTableRVA;
      if (Result<void> added = add({.name = {},
                                    .lookup = lookup,
                                    .addresses = entry->ImportAddressTableRVA,
                                    .time_stamp = &entry->TimeDateStamp},
                                   entry->NameRVA);
          !added)
        return added;
    }
  }

  Result<void> delayed() {
    std::uint64_t rva = image_.directory(llvm::COFF::DELAY_IMPORT_DESCRIPTOR).RelativeVirtualAddress;
    if (rva == 0)
      return {};
    for (;; rva += sizeof(DelayDirectory)) {
      const auto *const entry = image_.at<DelayDirectory>(rva);
      if (entry == nullptr)
        return malformed("imports", "the directory of delayed ones does not end in the file");
      if (entry->Name == 0)
        return {};
      const std::uint64_t from = (entry->Attributes & by_address) != 0 ? 0 : image_.base();
      if (entry->Name < from || entry->DelayImportNameTable < from)
        return malformed("imports", "an address of a delayed one lies outside the image");
      if (Result<void> added = add({.name = {},
                                    .lookup = static_cast<std::uint32_t>(entry->DelayImportNameTable - from),
                                    .names_from = from,
                                    .time_stamp = &entry->TimeStamp,
                                    .delayed = true},
                                   entry->Name - from);
          !added)
        return added;
    }
  }

  Result<void> add(ImportLibrary library, std::uint64_t name) {
    const std::string place = join({"imports of library ", std::to_string(imports_.libraries.size())});
    const std::optional<Bytes> found = image_.string(name);
    if (!found || found->empty())
      return malformed(place, "its name is not in the file");
    library.name = *found;
    library.first = static_cast<std::uint32_t>(imports_.all.size());
    const std::uint64_t by_ordinal = image_.wide() ? 1ULL << 63U : 1ULL << 31U;
    for (std::uint64_t rva = library.lookup;; rva += image_.word_size()) {
      const std::optional<std::uint64_t> word = image_.word(rva);
      if (!word || rva > UINT32_MAX)
        return malformed(place, "the table of names does not end in the file");
      if (*word == 0)
        break;
      // Each entry belongs to one library: without this, libraries that share a table would multiply it.
      if (left_-- == 0)
        return malformed(place, "shares its names with other libraries");
      Import import{.name = {},
                    .number = static_cast<std::uint16_t>(*word),
                    .library = static_cast<std::uint32_t>(imports_.libraries.size()),
                    .entry = static_cast<std::uint32_t>(rva)};
      // A bound table without another one beside it holds nothing but addresses.
      const bool readable = !library.bound() || library.delayed || library.lookup != library.addresses;
      if ((*word & by_ordinal) == 0 && readable) {
        const std::uint64_t hint = *word - library.names_from;
        const auto *const number = image_.at<llvm::support::ulittle16_t>(hint);
        const std::optional<Bytes> text = image_.string(hint + sizeof *number);
        if (number == nullptr || !text)
          return malformed(import_place(imports_.all.size()), "its name is not in the file");
        import.name = *text;
        import.number = *number;
      }
      imports_.all.push_back(import);
      ++library.count;
    }
    imports_.libraries.push_back(library);
    return {};
  }

  const Image &image_;
  std::uint64_t left_;
  Imports imports_;
};

} // namespace

Result<Imports> Imports::of(const Image &image) { return Reader(image).run(); }

} // namespace linkname::coff
