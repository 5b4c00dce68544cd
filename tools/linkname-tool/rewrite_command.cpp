// `linkname-tool rewrite`: from the command line to a job for the library, and from its result to words.
#include "commands.h"
#include "json.h"
#include "progress.h"
#include "set_options.h"
#include "text.h"

#include <linkname/rewrite.h>

#include <sys/resource.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <memory>
#include <optional>

namespace linkname::tool {
namespace {

struct Words {
  std::vector<std::string> files;
  std::string output;
  std::vector<std::string> renames, aliases, exports, hides, weakens, localizes, rules, unsafe;
  bool strict = false;
  bool all = false;
  bool dry_run = false;
  bool thin_members = false;
  bool strip_signature = false;
  bool resign = false;
  bool json = false;
  std::shared_ptr<SetWords> set;
};

std::unexpected<Error> wrong(std::string option, std::string reason, std::string hint) {
  return fail(Status::usage, std::move(option), std::move(reason), std::move(hint));
}

/// `OLD=NEW` is split at its last '=', `NEW=OLD` at its first: demangled operators hold more of them.
Result<Request> split(Verb verb, const std::string &option, const std::string &text, bool new_name_first) {
  const std::size_t at = new_name_first ? text.find('=') : text.rfind('=');
  if (at == std::string::npos || at == 0 || at + 1 == text.size())
    return wrong(option, "'" + text + "' is not of the form " + (new_name_first ? "NEW=OLD" : "OLD=NEW"),
                 "put names that hold '=' into a rules file");
  Request request;
  request.verb = verb;
  request.symbol = new_name_first ? text.substr(at + 1) : text.substr(0, at);
  request.name = new_name_first ? text.substr(0, at) : text.substr(at + 1);
  request.asked_by = option;
  return request;
}

Result<std::vector<Request>> requests_of(const Words &words) {
  std::vector<Request> requests;
  for (const auto &[verb, option, texts, new_name_first] : {std::tuple{Verb::rename, "--rename", &words.renames, false},
                                                            std::tuple{Verb::alias, "--alias", &words.aliases, true}})
    for (const std::string &text : *texts) {
      Result<Request> request = split(verb, option, text, new_name_first);
      if (!request)
        return std::unexpected(std::move(request.error()));
      requests.push_back(std::move(*request));
    }
  for (const auto &[verb, option, texts] :
       {std::tuple{Verb::export_, "--export", &words.exports}, std::tuple{Verb::hide, "--hide", &words.hides},
        std::tuple{Verb::weaken, "--weaken", &words.weakens},
        std::tuple{Verb::localize, "--localize", &words.localizes}})
    for (const std::string &text : *texts) {
      if (text.empty())
        return wrong(option, "an empty name", "name a symbol");
      requests.push_back({.verb = verb, .symbol = text, .name = {}, .asked_by = option, .why = {}, .unsafe = false});
    }
  for (const std::string &path : words.rules) {
    Result<Rules> rules = read_rules(path);
    if (!rules)
      return std::unexpected(std::move(rules.error()));
    if (requests.empty())
      requests = std::move(rules->requests); // there may be many
    else
      std::ranges::move(rules->requests, std::back_inserter(requests));
  }
  for (const std::string &name : words.unsafe) {
    bool known = false;
    for (Request &request : requests)
      if (request.symbol == name)
        known = request.unsafe = true;
    if (!known)
      return wrong("--unsafe", "'" + name + "' is what no other option or rule speaks of",
                   "name it exactly as the --export or --alias does");
  }
  return requests;
}

Status fail_with(const Words &words, const Error &error) {
  print(error.diagnostics);
  if (words.json)
    print_json(std::cout, "rewrite", error);
  return error.status;
}

/// Of more edits than anybody reads, only the number is told unless somebody asks.
constexpr std::size_t most_listed = 1000;

std::size_t count_edits(const std::vector<RewriteReport> &reports) {
  std::size_t count = 0;
  for (const RewriteReport &report : reports)
    count += report.plan.edits.size();
  return count;
}

/// What reproducible builds give instead of the time (reproducible-builds.org, "SOURCE_DATE_EPOCH").
std::optional<std::uint64_t> source_date() {
  const char *const text = std::getenv("SOURCE_DATE_EPOCH");
  std::uint64_t date = 0;
  if (text == nullptr)
    return std::nullopt;
  const auto [end, error] = std::from_chars(text, text + std::strlen(text), date);
  return error == std::errc{} && *end == '\0' ? std::optional(date) : std::nullopt;
}

/// All members of a thin archive that change in place are open at once, and what a process gets by itself is made for
/// programs that wait with select().
void allow_open_files() {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0)
    return;
  files.rlim_cur = files.rlim_max;
  ::setrlimit(RLIMIT_NOFILE, &files);
}

Status run(const Words &words) {
  if (words.thin_members)
    allow_open_files();
  Result<std::vector<Request>> requests = requests_of(words);
  if (!requests)
    return fail_with(words, requests.error());
  Result<SetRenaming> names = set_renaming(*words.set);
  if (!names)
    return fail_with(words, names.error());
  const RewriteOptions options{.requests = std::move(*requests),
                               .names = std::move(*names),
                               .strict = words.strict,
                               .all = words.all,
                               .signature = words.strip_signature ? Signature::strip
                                            : words.resign        ? Signature::resign
                                                                  : Signature::keep,
                               .date = source_date()};
  // Never freed: the process ends soon, and taking thousands of edits apart one by one would only hold it up.
  static const auto &reports = *new Result<std::vector<RewriteReport>>([&] {
    ProgressLine line;
    return rewrite({.files = words.files,
                    .output = words.output,
                    .dry_run = words.dry_run,
                    .thin_members = words.thin_members,
                    .progress = line.progress()},
                   options);
  }());
  if (!reports)
    return fail_with(words, reports.error());
  for (const RewriteReport &report : *reports)
    print(report.plan.diagnostics);
  if (words.json) {
    print_json(std::cout, *reports, words.dry_run);
    return Status::done;
  }
  if (!words.dry_run && count_edits(*reports) > most_listed) {
    print_counts(std::cout, *reports);
    return Status::done;
  }
  for (const RewriteReport &report : *reports)
    print(std::cout, report);
  return Status::done;
}

} // namespace

void add_rewrite(CLI::App &app, Status &status) {
  const auto words = std::make_shared<Words>();
  CLI::App *const command = app.add_subcommand(
      "rewrite",
      "Bring what LINKNAME records, options and rules ask for into objects, archives and "
      "linked images. Without any option, a file's own records are obeyed; a file without records is left as it is.");
  command->add_option("FILE", words->files, "Objects, archives, linked images; rewritten in place unless -o is given")
      ->required();
  command->add_option("-o,--output", words->output, "Write the result here and leave FILE alone")->type_name("OUT");
  const auto many = [&](const std::string &name, std::vector<std::string> &into, const std::string &type,
                        const std::string &help) {
    command->add_option(name, into, help)->type_name(type)->expected(1)->take_all()->allow_extra_args(false);
  };
  many("--rename", words->renames, "OLD=NEW", "Call a symbol NEW wherever the file speaks of OLD");
  many("--alias", words->aliases, "NEW=OLD", "Make the definition OLD known as NEW too");
  many("--export", words->exports, "SYM",
       "Make a static or hidden definition visible to everyone; NAME=0xADDRESS[:SIZE] in a linked image");
  many("--hide", words->hides, "SYM", "Keep a global definition inside the image it is linked into");
  many("--weaken", words->weakens, "SYM", "Let a global symbol give way to another definition");
  many("--localize", words->localizes, "SYM", "Keep a global definition inside its object");
  many("--rules", words->rules, "FILE", "Read such requests from a file, one a line");
  words->set = add_set_options(*command);
  many("--unsafe", words->unsafe, "SYM", "Do it for SYM although a hazard was found");
  command->add_flag("--all", words->all, "Mean every static of a name where there are several");
  command->add_flag("--strict", words->strict, "Refuse what cannot be verified instead of warning");
  command->add_flag("--strip-signature", words->strip_signature,
                    "Change a signed .dll or .exe, and take away the signature, which would be wrong");
  command
      ->add_flag("--resign", words->resign,
                 "Change a Mach-O image that an identity has signed, and sign the result ad hoc")
      ->excludes("--strip-signature");
  command->add_flag("--thin-members", words->thin_members,
                    "In place, change the files that a thin archive names as well");
  command->add_flag("--dry-run", words->dry_run, "Show the edits and write nothing");
  command
      ->add_option_function<std::string>(
          "--format", [words](const std::string &format) { words->json = format == "json"; }, "How to show the edits")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}));
  command->footer("SYM is a symbol name as nm prints it, a wildcard, a demangled C++ name, or one of these after "
                  "'source.c:' or '#INDEX:' to tell same-named statics apart.");
  command->callback([words, &status] { status = run(*words); });
}

} // namespace linkname::tool
