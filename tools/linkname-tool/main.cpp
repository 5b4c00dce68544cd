// linkname-tool: the library from the command line. stdout is data, stderr is talk; the exit status is the library's
// Status: 0 done, 1 refused, 2 wrong usage, 3 malformed input, 4 the system failed.

#include "commands.h"

#include <algorithm>
#include <iostream>
#include <new>
#include <string_view>
#include <utility>

namespace {

using namespace std::string_view_literals;

struct CommandLine {
  std::vector<const char *> words;  ///< ours, the program's name first
  std::vector<std::string> command; ///< another program's, which `cc` and `link` run: all behind `--`
};

/// Much that starts compilers takes a launcher of one word only, as ccache's CCACHE_PREFIX. So under the name
/// `linkname-cc` the tool is `linkname-tool cc --`, and so with `link`; options of ours may still come first.
void spell_out_name(std::vector<const char *> &words) {
  const std::string_view path = words.empty() ? "" : words.front();
  const std::string_view name = path.substr(path.find_last_of('/') + 1);
  if (name != "linkname-cc" && name != "linkname-link")
    return;
  if (words.size() > 1 && *words[1] != '-')
    words.insert(words.begin() + 1, "--");
  words.insert(words.begin() + 1, name == "linkname-cc" ? "cc" : "link");
}

CommandLine read(std::vector<const char *> words) {
  spell_out_name(words);
  CommandLine line{.words = std::move(words), .command = {}};
  if (line.words.size() < 2 || (line.words[1] != "cc"sv && line.words[1] != "link"sv))
    return line;
  const auto mark = std::ranges::find(line.words, "--"sv, [](const char *word) { return std::string_view(word); });
  if (mark != line.words.end())
    line.command.assign(mark + 1, line.words.end());
  line.words.erase(mark, line.words.end());
  return line;
}

} // namespace

int main(int argc, char **argv) {
  using namespace linkname;
  const auto [words, command] = read({argv, argv + argc});
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
  tool::add_check(app, status);
  tool::add_cc(app, command, status);
  tool::add_link(app, command, status);
  const auto is_named = [&](const CLI::App *known) { return known->get_name() == words[1]; };
  if (words.size() > 1 && *words[1] != '-' && app.get_subcommands(is_named).empty()) {
    std::cerr << "error: '" << words[1]
              << "' is no command; there are `rewrite`, `inspect`, `check`, `cc` and `link`\n";
    return static_cast<int>(Status::usage);
  }
  try {
    app.parse(static_cast<int>(words.size()), words.data());
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
