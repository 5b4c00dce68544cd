// linkname-tool: the library from the command line. stdout is data, stderr is talk; the exit status is the library's
// Status: 0 done, 1 refused, 2 wrong usage, 3 malformed input, 4 the system failed.

#include "commands.h"

#include <algorithm>
#include <iostream>
#include <new>
#include <string_view>

namespace {

/// `linkname-tool cc -- COMPILER ARGS...`: what follows is another program's, options and all.
std::vector<std::string> take_command(int &argc, char **argv) {
  if (argc < 2 || (std::string_view(argv[1]) != "cc" && std::string_view(argv[1]) != "link"))
    return {};
  char **const end = argv + argc;
  char **const mark = std::find(argv, end, std::string_view("--"));
  argc = static_cast<int>(mark - argv);
  return mark == end ? std::vector<std::string>() : std::vector<std::string>(mark + 1, end);
}

} // namespace

int main(int argc, char **argv) {
  using namespace linkname;
  const std::vector<std::string> command = take_command(argc, argv);
  CLI::App app(
      "Binds code to functions and variables that their owner did not export: see `linkname-tool rewrite --help`.",
      "linkname-tool");
  app.set_version_flag("--version", std::string("linkname-tool " LINKNAME_VERSION));
  app.require_subcommand(1);
  app.failure_message([](const CLI::App *parsed, const CLI::Error &error) {
    const std::string name =
        parsed->get_subcommands().empty() ? "" : " " + parsed->get_subcommands().front()->get_name();
    return "error: " + std::string(error.what()) + "; see `linkname-tool" + name + " --help`\n";
  });
  std::ios::sync_with_stdio(false);
  Status status = Status::done;
  tool::add_rewrite(app, status);
  tool::add_inspect(app, status);
  tool::add_cc(app, command, status);
  tool::add_link(app, command, status);
  const auto is_named = [&](const CLI::App *known) { return known->get_name() == argv[1]; };
  if (argc > 1 && argv[1][0] != '-' && app.get_subcommands(is_named).empty()) {
    std::cerr << "error: '" << argv[1] << "' is no command; there are `rewrite`, `inspect`, `cc` and `link`\n";
    return static_cast<int>(Status::usage);
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError &error) {
    return app.exit(error) == 0 ? 0 : static_cast<int>(Status::usage);
  } catch (const std::bad_alloc &) {
    std::cerr << "error: out of memory; nothing was written\n";
    return static_cast<int>(Status::system);
  }
  if (!std::cout.flush() && status == Status::done) {
    std::cerr << "error: cannot write to the standard output\n";
    status = Status::system;
  }
  return static_cast<int>(status);
}
