// The options of `rewrite` that give new names to everything a set of files defines.
#pragma once

#include <linkname/error.h>
#include <linkname/set_renaming.h>

#include <CLI/CLI.hpp>

#include <memory>
#include <string>
#include <vector>

namespace linkname::tool {

struct SetWords {
  SetRenaming names;
  std::vector<std::string> maps; ///< files
  CLI::Option *isolate = nullptr;
};

/// Adds them to `command`; what they say is in the result once the command line has been parsed.
std::shared_ptr<SetWords> add_set_options(CLI::App &command);

/// What they ask for, the rename maps read. Fails with Status::usage for options that say nothing without another.
Result<SetRenaming> set_renaming(const SetWords &words);

} // namespace linkname::tool
