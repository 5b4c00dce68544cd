// What somebody wants done, before any file has been looked at. Records, the command line and rules files all become
// this one type.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace linkname {

enum class Verb : std::uint8_t {
  rename,   ///< `symbol` is called `name` from now on, wherever this object speaks of it
  alias,    ///< `name` is a second name of the definition `symbol`
  export_,  ///< the static or hidden definition `symbol` becomes global with default visibility
  hide,     ///< the global definition `symbol` stays inside the image that it is linked into
  weaken,   ///< the global `symbol` gives way to another definition
  localize, ///< the global definition `symbol` is seen by this object only
  promote,  ///< `name` is a second, hidden name of the definition `symbol`: for the rest of the link, and nobody else
};

/// Whether it says what something is to be called.
constexpr bool takes_name(Verb verb) { return verb == Verb::rename || verb == Verb::alias || verb == Verb::promote; }

/// One wish. `symbol` selects by symbol name, wildcard, demangled C++ name, with an optional qualifier
/// (docs/selectors.md).
struct Request {
  Verb verb = Verb::rename;
  std::string symbol;
  std::string name;     ///< the new name: rename, alias and promote only
  std::string asked_by; ///< `--rename`, `x.rules:3`: where a message should point
  std::string why;      ///< the reason that a rules file gives; may be empty
  bool unsafe = false;  ///< do it although a hazard was found
};

/// Who may pull what in a link (docs/link.md).
struct Permission {
  bool allowed = true;                ///< false: nobody but `consumers` may pull `symbol`
  std::string symbol;                 ///< a name, or a wildcard
  std::vector<std::string> consumers; ///< objects, members of archives or source files, with wildcards
  std::string asked_by;               ///< `linkname.rules:3`
  std::string why;                    ///< may be empty
};

/// What a rules file says.
struct Rules {
  std::vector<Request> requests;
  std::vector<Permission> permissions; ///< for the link alone
};

} // namespace linkname
