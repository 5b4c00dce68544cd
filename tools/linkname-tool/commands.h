// The subcommands. Each adds itself to the command line and leaves its exit status in `status` when it was chosen.
#pragma once

#include <linkname/error.h>

#include <CLI/CLI.hpp>

namespace linkname::tool {

void add_rewrite(CLI::App &app, Status &status);
void add_inspect(CLI::App &app, Status &status);

} // namespace linkname::tool
