// What a linker's or a driver's command names as inputs, and where it looks for libraries. The command is read for that
// alone; whatever else it says is between the user and the linker.
#pragma once

#include "link/response_file.h"
#include "link/tool_name.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linkname::link {

/// A file of the link, or a library to be looked for.
struct Item {
  std::string name;         ///< a path, or what follows `-l`
  bool library = false;     ///< it is to be looked for in the folders
  bool only_static = false; ///< ... and a shared one is none
};

/// What the linker makes of a name that no input defines.
enum class Undefined : std::uint8_t {
  error,
  left_to_loader,    ///< a shared library may find it where it is loaded
  left_to_next_link, ///< the output is an object again (`-r`)
};

struct LinkerCommand {
  Dialect dialect = Dialect::driver;
  std::size_t program = 0; ///< position in the command
  bool has_response_files = false;
  std::vector<std::string> words;   ///< those behind the program, response files expanded
  std::vector<Item> items;          ///< in their order
  std::vector<std::string> folders; ///< of libraries, in their order
  std::string sysroot;
  std::vector<std::string> sources; ///< what is compiled on the way
  Undefined undefined = Undefined::error;
  bool links = true; ///< false: a driver's command that stops before the link

  [[nodiscard]] Quoting quoting() const {
    return dialect == Dialect::microsoft || dialect == Dialect::microsoft_driver ? Quoting::windows : Quoting::gnu;
  }
};

[[nodiscard]] LinkerCommand read_command(const std::vector<std::string> &command);

/// The file that an item means; nothing where it is not found.
[[nodiscard]] std::optional<std::string> find_file(const LinkerCommand &command, const Item &item);

/// The linker's command as the driver would run it, with the inputs that the driver adds; the driver says so to
/// `-###`. Nothing where it does not.
[[nodiscard]] std::optional<LinkerCommand> ask_driver(const std::vector<std::string> &command,
                                                      const LinkerCommand &driver);

} // namespace linkname::link
