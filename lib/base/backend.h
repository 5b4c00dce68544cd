// What a format has to be able to do, and nothing else. A room fills one table; lib/api/formats.cpp lists the tables.
#pragma once

#include "base/bytes.h"
#include "base/settle.h"
#include "base/splice.h"

#include <linkname/error.h>
#include <linkname/facts.h>
#include <linkname/plan.h>

#include <array>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace linkname {

/// What the object itself shows about one definition (docs/hazards.md). Debug information is read elsewhere.
struct Evidence {
  bool has_address_table = false;  ///< the compiler wrote down whose address is taken (`.llvm_addrsig`)
  bool in_address_table = false;   ///< ... and lists this symbol
  bool recorded = false;           ///< a record points to it
  bool was_global = false;         ///< images: their own table says that all objects of the link could use it
  bool in_data = false;            ///< allocated data holds its address
  std::uint64_t room = UINT64_MAX; ///< bytes up to what follows it, where the format does not say how large it is
};

/// A plan as bytes, and what there is to say of them.
struct LaidOut {
  Splices splices;
  std::vector<Diagnostic> diagnostics; ///< notes and warnings
  std::vector<Diagnostic> room;        ///< notes on where an image's tables find room, for who looks before writing
};

/// For formats whose layout has nothing to say.
[[nodiscard]] inline Result<LaidOut> without_words(Result<Splices> splices) {
  if (!splices)
    return std::unexpected(std::move(splices.error()));
  return LaidOut{.splices = std::move(*splices), .diagnostics = {}, .room = {}};
}

/// What Backend::names answers where names stand all over the file.
[[nodiscard]] inline Result<std::array<Bytes, 2>> names_anywhere(Bytes bytes) { return std::array{bytes, Bytes{}}; }

struct Backend {
  /// Whether the bytes claim to be of this format: the magic number only.
  bool (*recognises)(Bytes);

  /// Where all names stand, of symbols and of sections: two ranges at most. A look at these says what an object does
  /// not hold in a fraction of the time that reading it takes.
  Result<std::array<Bytes, 2>> (*names)(Bytes bytes);

  /// Everything the symbol table says. Every index in the result is in range; views point into `bytes`.
  Result<Facts> (*inspect)(Bytes bytes);

  /// The evidence for each of `symbols` (indices from the table), in their order.
  Result<std::vector<Evidence>> (*evidence)(Bytes bytes, std::span<const std::uint32_t> symbols);

  /// Whether LLVM's readers can be let near the relocations: they take tables, indices and counts on trust, and end the
  /// process where these are wrong.
  bool (*relocations_are_sound)(Bytes bytes);

  /// The plan as ordered splices.
  Result<LaidOut> (*lay_out)(Bytes bytes, const Plan &plan);

  /// Reads the tables of `after` and holds them against `before` and the plan: all that the plan names is there, and
  /// nothing else has changed. Nothing between Facts::tail_from and Facts::tail_until is read before `settle` was
  /// called.
  Result<void> (*verify)(Bytes before, const Plan &plan, Bytes after, const Settle &settle);

  /// Holds the tables of a linked image against each other: every finding is a diagnostic with its place. Fails only
  /// where the file cannot be read at all. Null for formats of objects. What verify() has passed is linted too
  /// (base/no_new_findings.h).
  Result<std::vector<Diagnostic>> (*lint)(Bytes bytes) = nullptr;

  /// How far the tables reach that open a file and will be written anew if anything is. Null where none do.
  std::uint64_t (*end_of_opening_tables)(Bytes bytes) = nullptr;
};

} // namespace linkname
