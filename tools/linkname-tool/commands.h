// The subcommands. Each adds itself to the command line and leaves its exit status in `status` when it was chosen.
#pragma once

#include <linkname/error.h>

#include <CLI/CLI.hpp>

#include <string>
#include <vector>

namespace linkname::tool {

void add_rewrite(CLI::App &app, Status &status);
void add_inspect(CLI::App &app, Status &status);
void add_check(CLI::App &app, Status &status);

/// `command`: the words after `--`, another program's.
void add_cc(CLI::App &app, const std::vector<std::string> &command, Status &status);
void add_link(CLI::App &app, const std::vector<std::string> &command, Status &status);

} // namespace linkname::tool
