// `linkname-tool link`: a linker launcher. All inputs of the link are seen together, so that every pull finds what it
// names, or the message says why not.
#include "commands.h"
#include "json.h"
#include "launch.h"
#include "text.h"

#include <linkname/link.h>
#include <linkname/rewrite.h>

#include <iostream>
#include <memory>
#include <optional>

namespace linkname::tool {
namespace {

struct Words {
  std::vector<std::string> rules;
  std::vector<std::string> allows;
  bool handshake = true;
  bool strict = false;
  bool dry_run = false;
  bool json = false;
};

Result<LinkOptions> options_of(const Words &words) {
  LinkOptions options{.rules = {}, .handshake = words.handshake, .strict = words.strict};
  for (const std::string &path : words.rules) {
    Result<Rules> rules = read_rules(path);
    if (!rules)
      return std::unexpected(std::move(rules.error()));
    std::ranges::move(rules->requests, std::back_inserter(options.rules.requests));
    std::ranges::move(rules->permissions, std::back_inserter(options.rules.permissions));
  }
  for (const std::string &allowed : words.allows) {
    const std::size_t at = allowed.find('=');
    if (at == std::string::npos || at == 0 || at + 1 == allowed.size())
      return fail(Status::usage, "--allow", "'" + allowed + "' is not of the form CONSUMER=SYMBOL",
                  "name the object or source file that pulls, and what it may pull");
    options.rules.permissions.push_back({.allowed = true,
                                         .symbol = allowed.substr(at + 1),
                                         .consumers = {allowed.substr(0, at)},
                                         .asked_by = "--allow",
                                         .why = {}});
  }
  return options;
}

Status fail_with(const Words &words, const Error &error) {
  print(error.diagnostics);
  if (words.json)
    print_json(std::cout, "link", error);
  return error.status;
}

void show(const Words &words, const LinkPlan &plan) {
  if (words.json)
    print_json(std::cout, plan);
  else
    print(std::cout, plan);
}

/// What the system refuses in the folder of copies, it may allow in another one.
void point_elsewhere(Error &error, const PrivateFolder &folder) {
  for (Diagnostic &diagnostic : error.diagnostics)
    if (error.status == Status::system && diagnostic.place.starts_with(folder.path()) && diagnostic.hint.empty())
      diagnostic.hint = PrivateFolder::way_out;
}

Status run(const Words &words, const std::vector<std::string> &command) {
  const Result<LinkOptions> options = options_of(words);
  if (!options)
    return fail_with(words, options.error());
  const SignalsPassedOn signals;
  std::optional<PrivateFolder> folder;
  const auto make_folder = [&]() -> Result<std::string> {
    Result<PrivateFolder> made = PrivateFolder::create();
    if (!made)
      return std::unexpected(std::move(made.error()));
    folder.emplace(std::move(*made));
    return folder->path();
  };
  Result<LinkPlan> plan = prepare_link(command, words.dry_run ? MakeFolder() : make_folder, *options);
  if (!plan) {
    if (folder)
      point_elsewhere(plan.error(), *folder);
    return fail_with(words, plan.error());
  }
  print(plan->diagnostics);
  for (const RewriteReport &report : plan->reports)
    print(report.plan.diagnostics);
  if (words.dry_run) {
    show(words, *plan);
    return Status::done;
  }
  const Result<Ending> ending = tool::run(signals, plan->command);
  folder.reset();
  if (!ending)
    return fail_with(words, ending.error());
  if (!ending->good())
    end_like(*ending);
  return Status::done;
}

} // namespace

void add_link(CLI::App &app, const std::vector<std::string> &command, Status &status) {
  const auto words = std::make_shared<Words>();
  CLI::App *const link = app.add_subcommand(
      "link", "Bind every LINKNAME pull over all inputs of a link, and run the linker on them. A private definition is "
              "shown to this link alone, in a copy; the inputs are never touched. Works as "
              "CMAKE_<LANG>_LINKER_LAUNCHER.");
  link->footer("The linker's or driver's command follows --, as in: linkname-tool link --rules linkname.rules -- c++ "
               "app.o libx.a");
  const auto many = [&](const std::string &name, std::vector<std::string> &into, const std::string &type,
                        const std::string &help) {
    link->add_option(name, into, help)->type_name(type)->expected(1)->take_all()->allow_extra_args(false);
  };
  many("--rules", words->rules, "FILE", "Read requests and permissions from a file, one a line");
  many("--allow", words->allows, "CONSUMER=SYMBOL", "Let this object or source file pull this private definition");
  link->add_option_function<std::string>(
          "--handshake", [words](const std::string &text) { words->handshake = text == "on"; },
          "Whether a private definition is bound only where its owner offers it or a rule allows it (on)")
      ->type_name("on|off")
      ->check(CLI::IsMember({"on", "off"}));
  link->add_flag("--strict", words->strict, "Refuse what cannot be verified instead of warning");
  link->add_flag("--dry-run", words->dry_run, "Show the bindings and the command, and run nothing");
  link->add_option_function<std::string>(
          "--format", [words](const std::string &format) { words->json = format == "json"; },
          "How --dry-run shows them")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}));
  link->callback([words, &command, &status] {
    if (command.empty())
      throw CLI::RequiredError("a linker's command after --");
    status = run(*words, command);
  });
}

} // namespace linkname::tool
