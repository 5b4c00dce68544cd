// Bind opcodes: a small program that tells the loader which pointers get the addresses of which imports (Apple's
// <mach-o/loader.h>, "BIND_OPCODE"). Here only the names in it count, and whom each is asked of.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::macho::image {

/// Where an import is looked for when it is in none of the libraries: in the image itself, the main program, or all
/// images. What is bound weakly is shared by all images that define it.
inline constexpr std::int64_t own_image = 0;
inline constexpr std::int64_t weak_lookup = -3;

/// The name that stands for an import of `name` from the library `ordinal`, where it is another one.
using NewImport = std::function<std::optional<std::string_view>(std::string_view name, std::int64_t ordinal)>;

enum class BindKind : std::uint8_t { ordinary, weak, lazy };

/// One place in a stream of opcodes where a name stands.
struct BoundName {
  std::string_view name;
  std::uint64_t at = 0; ///< where in the stream it begins
  std::int64_t first_ordinal = weak_lookup;
  std::int64_t last_ordinal = weak_lookup; ///< another one where one name serves for several libraries
  std::uint8_t flags = 0;
  // Lazily bound pointers: each has a record of its own.
  std::uint64_t record = 0;     ///< where it begins
  std::uint64_t record_end = 0; ///< behind the opcode that ends it
  std::uint32_t segment = 0;    ///< where the pointer is
  std::uint64_t offset = 0;
};

/// Fails where the stream is damaged or holds an opcode that is not known.
Result<std::vector<BoundName>> bound_names(Bytes stream, BindKind kind);

/// The stream of ordinary or weak binds with other names; nothing where none changes. Fails where weak binds would no
/// longer be in the order of their names, in which loaders go through them.
Result<std::optional<std::string>> renamed_binds(Bytes stream, BindKind kind, const NewImport &new_name);

} // namespace linkname::macho::image
