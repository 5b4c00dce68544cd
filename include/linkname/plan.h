// The request resolved against one file: ordered, printable edits. Nothing after the plan decides anything.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace linkname {

/// What happens to one entry of the symbol table.
enum class Change : std::uint8_t {
  rename,     ///< the entry's name becomes `name`
  add,        ///< a new global entry `name` with `visibility`, otherwise like the entry `symbol`
  visibility, ///< the entry's visibility becomes `visibility`
  weaken,     ///< global becomes weak
  localize,   ///< global becomes local; the entry moves to the local part of the table
  define,     ///< images: a new exported name `name` for Plan::definitions[`symbol`]
};

/// An archive may get hundreds of thousands, so an edit owns nothing: its words stand in Plan::words or last for good.
struct Edit {
  Change change = Change::rename;
  Visibility visibility = Visibility::exported;
  bool unsafe = false;       ///< asked for although a hazard may be found
  std::uint32_t symbol = 0;  ///< index into the symbol table as it is in the input; of a definition: define
  std::string_view name;     ///< rename, add and define: the whole new name, as it will stand in the table
  std::string_view was;      ///< the symbol's name in the input, for people; in the file's bytes or Plan::words
  std::string_view asked_by; ///< the record, option or rule behind it
  std::string_view why;      ///< the reason given in the source or the rules; may be empty

  bool operator==(const Edit &) const = default;
};

/// Something in an image that no symbol names.
struct Definition {
  std::uint64_t address = 0; ///< virtual, as the platform's dumpers print it
  std::uint64_t size = 0;    ///< in bytes; 0: not known

  bool operator==(const Definition &) const = default;
};

/// What becomes of the signature of a linked image, which no change leaves valid.
enum class Signature : std::uint8_t {
  keep,   ///< refuse to change an image that somebody has signed
  strip,  ///< take it away
  resign, ///< put one in its place that is valid and names nobody (Mach-O: ad hoc)
};

struct Plan {
  std::vector<Edit> edits;             ///< by symbol index, then by change, then by name; what defines comes last
  std::vector<Definition> definitions; ///< what Change::define speaks of
  std::vector<Diagnostic> diagnostics; ///< notes and warnings; a plan with an error does not exist
  Signature signature = Signature::keep;
  std::shared_ptr<const void> words; ///< keeps alive what the edits' views point to, beside the file's bytes

  [[nodiscard]] bool empty() const { return edits.empty(); }
};

} // namespace linkname
