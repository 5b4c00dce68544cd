#include "coff/image/import_entries.h"

#include "base/diagnostic.h"

#include <algorithm>

namespace linkname::coff {

void ImportEntries::rename(std::uint32_t number, std::uint32_t rva) {
  const Import &import = tables_.imports.all[number];
  const ImportLibrary &library = tables_.imports.library_of(import);
  words_[import.entry] = library.names_from + rva;
  if (library.delayed) {
    if (library.bound())
      no_longer_bound_.insert(import.library);
    return;
  }
  loaded_at_once_ = true;
  if (!library.bound())
    words_[tables_.imports.address_entry(import)] = rva;
}

bool ImportEntries::unbinds() const {
  return loaded_at_once_ && std::ranges::any_of(tables_.imports.libraries, [](const ImportLibrary &library) {
           return !library.delayed && library.bound();
         });
}

Result<void> ImportEntries::unbind() {
  for (std::uint32_t number = 0; number < tables_.imports.libraries.size(); ++number) {
    const ImportLibrary &library = tables_.imports.libraries[number];
    if (library.delayed || !library.bound())
      continue;
    if (library.lookup == library.addresses)
      return fail(Status::refused, "imports",
                  join({quoted(library.name), " is bound, and no table of names is left to undo that"}),
                  "link the image without binding it");
    no_longer_bound_.insert(number);
    for (std::uint32_t i = library.first; i < library.first + library.count; ++i) {
      const Import &import = tables_.imports.all[i];
      const auto renamed = words_.find(import.entry);
      words_[tables_.imports.address_entry(import)] =
          renamed != words_.end() ? renamed->second : tables_.image.word(import.entry).value_or(0);
    }
  }
  return {};
}

Result<Splices> ImportEntries::splices() {
  if (unbinds())
    if (Result<void> done = unbind(); !done)
      return std::unexpected(std::move(done.error()));
  const Image &image = tables_.image;
  Splices splices;
  for (const auto &[rva, value] : words_) {
    const Bytes place = image.from(rva);
    if (place.size() < image.word_size())
      return malformed("imports", join({"the entry at ", hex(image.base() + rva), " is not in the file"}));
    llvm::support::ulittle64_t word;
    word = value;
    splices.push_back({.offset = image.coff().position(place.data()),
                       .old_length = image.word_size(),
                       .bytes = std::string(bytes_of(word).substr(0, image.word_size()))});
  }
  for (const std::uint32_t number : no_longer_bound_) {
    // TimeDateStamp, and ForwarderChain behind it where the format has one.
    const ImportLibrary &library = tables_.imports.libraries[number];
    const std::uint64_t length = library.delayed ? sizeof(*library.time_stamp) : 2 * sizeof(*library.time_stamp);
    splices.push_back({.offset = image.coff().position(library.time_stamp),
                       .old_length = length,
                       .bytes = std::string(length, '\0')});
  }
  return splices;
}

} // namespace linkname::coff
