// The exports trie: the names that a linked image offers, and where each leads (Apple's <mach-o/loader.h>,
// "EXPORT_SYMBOL_FLAGS"). It is read to a list and written anew from one; what an export says is kept as it is.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::macho::image {

struct Export {
  std::string_view name;
  Bytes payload; ///< flags, and then an address or where it is forwarded to

  bool operator==(const Export &) const = default;
};

struct Exports {
  std::vector<Export> all;           ///< by name
  std::shared_ptr<const void> words; ///< keeps the names alive: in the file they stand in pieces

  [[nodiscard]] const Export *find(std::string_view name) const;
};

/// Fails where the trie is damaged: a node out of bounds, or one that two ways lead to.
Result<Exports> read_exports(Bytes trie);

/// The trie of exports that are ordered by name, each name once; none make an empty one.
std::string write_exports(std::span<const Export> exports);

/// What an export says.
struct Payload {
  std::uint64_t flags = 0;
  std::uint64_t address = 0;   ///< from the header, absolute, or of a re-export the ordinal of the library
  std::uint64_t resolver = 0;  ///< or another number, by the flags
  std::string_view other_name; ///< a re-export's, in that library; empty where it is the same

  [[nodiscard]] bool is_forwarded() const;
  [[nodiscard]] bool is_absolute() const;
  [[nodiscard]] bool is_weak() const;
};

/// That of a place in the image, or of an absolute address, by the flags.
inline Payload payload_of(std::uint64_t flags, std::uint64_t address) {
  Payload payload;
  payload.flags = flags;
  payload.address = address;
  return payload;
}

/// Nothing where the payload is damaged.
std::optional<Payload> read_payload(Bytes payload);

std::string write_payload(const Payload &payload);

} // namespace linkname::macho::image
