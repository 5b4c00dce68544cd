#include "link/tool_name.h"

#include <algorithm>

namespace linkname::link {
namespace {

/// The name without folders, `.exe`, and a version behind it: `clang-cl-19`, `ld.lld-14`.
std::string_view bare_name(std::string_view program) {
  program = program.substr(program.find_last_of("/\\") + 1);
  if (program.ends_with(".exe"))
    program.remove_suffix(4);
  const std::size_t dash = program.rfind('-');
  if (dash != std::string_view::npos && dash + 1 < program.size() &&
      program.find_first_not_of("0123456789.", dash + 1) == std::string_view::npos)
    program = program.substr(0, dash);
  return program;
}

/// `tool` itself, or with a target in front: `x86_64-w64-mingw32-ld`.
bool is_tool(std::string_view name, std::string_view tool) {
  return name == tool || (name.ends_with(tool) && name[name.size() - tool.size() - 1] == '-');
}

} // namespace

std::size_t program_of(std::span<const std::string> command) {
  constexpr std::string_view launchers[] = {"ccache", "sccache",     "distcc",       "icecc",
                                            "env",    "linkname-cc", "linkname-link"};
  std::size_t at = 0;
  for (; at < command.size(); ++at) {
    const std::string_view name = bare_name(command[at]);
    const bool has_options = at + 1 < command.size() && command[at + 1].starts_with('-');
    if (name == "linkname-tool" || (name.starts_with("linkname-") && has_options)) // up to `--`
      at = static_cast<std::size_t>(std::ranges::find(command.subspan(at), "--") - command.begin());
    else if (std::ranges::find(launchers, name) == std::end(launchers))
      break;
  }
  return std::min(at, command.size());
}

Dialect dialect_of(std::string_view program) {
  const std::string_view name = bare_name(program);
  for (const std::string_view tool : {"ld", "ld.bfd", "ld.gold", "ld.lld", "ld.mold", "mold", "gold", "collect2"})
    if (is_tool(name, tool))
      return Dialect::gnu;
  if (is_tool(name, "ld64.lld") || is_tool(name, "ld64"))
    return Dialect::darwin;
  if (is_tool(name, "lld-link") || name == "link")
    return Dialect::microsoft;
  if (is_tool(name, "clang-cl") || name == "cl")
    return Dialect::microsoft_driver;
  return Dialect::driver;
}

bool is_for_darwin(std::span<const std::string> words) {
  return std::ranges::any_of(words, [](const std::string &word) {
    return word == "-platform_version" || word == "-macosx_version_min" || word == "-syslibroot";
  });
}

} // namespace linkname::link
