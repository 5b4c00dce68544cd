// The request resolved against one file: ordered, printable edits. Nothing after the plan decides anything.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>

#include <cstdint>
#include <string>
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
};

struct Edit {
  Change change = Change::rename;
  std::uint32_t symbol = 0; ///< index into the symbol table as it is in the input
  std::string name;         ///< rename and add: the whole new name, as it will stand in the table
  Visibility visibility = Visibility::exported;
  std::string_view was; ///< the symbol's name in the input, for people; points into the file's bytes
  std::string asked_by; ///< the record, option or rule behind it
  std::string why;      ///< the reason given in the source or the rules; may be empty
  bool unsafe = false;  ///< asked for although a hazard may be found

  bool operator==(const Edit &) const = default;
};

struct Plan {
  std::vector<Edit> edits;             ///< by symbol index, then by change, then by name
  std::vector<Diagnostic> diagnostics; ///< notes and warnings; a plan with an error does not exist

  [[nodiscard]] bool empty() const { return edits.empty(); }
};

} // namespace linkname
