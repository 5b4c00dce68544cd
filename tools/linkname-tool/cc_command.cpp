// `linkname-tool cc`: a compiler launcher. What the compiler made is brought to say what its records ask for, in place.
#include "commands.h"
#include "launch.h"
#include "text.h"

#include <linkname/link.h>
#include <linkname/rewrite.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <iostream>

namespace linkname::tool {
namespace {

/// As a compiler does after an error: what is there and new would be taken for up to date by the next build. Where the
/// folder cannot be written, an empty object serves, which no linker takes.
bool take_away(const std::string &object) {
  return ::unlink(object.c_str()) == 0 || ::truncate(object.c_str(), 0) == 0;
}

Result<std::vector<RewriteReport>> rewrite_if_needed(const std::string &object) {
  const Result<bool> needed = may_have_records(object);
  if (!needed)
    return std::unexpected(needed.error());
  if (!*needed)
    return {};
  return rewrite({.files = {object}, .output = {}, .dry_run = false, .progress = {}}, {});
}

Status obey_records(const std::string &object) {
  const Result<std::vector<RewriteReport>> reports = rewrite_if_needed(object);
  if (!reports) {
    print(reports.error().diagnostics);
    if (!take_away(object))
      print({{.severity = Severity::error,
              .place = object,
              .reason = std::string("cannot be removed: ") + std::strerror(errno),
              .hint = "remove it, since it does not say what its records ask for",
              .details = {}}});
    return reports.error().status;
  }
  for (const RewriteReport &report : *reports)
    print(report.plan.diagnostics);
  return Status::done;
}

Status run(const std::vector<std::string> &command) {
  const SignalsPassedOn signals;
  const Result<Ending> ending = tool::run(signals, command);
  if (!ending) {
    print(ending.error().diagnostics);
    return ending.error().status;
  }
  if (!ending->good())
    end_like(*ending);
  Status status = Status::done;
  for (const std::string &object : objects_made_by(command))
    status = std::max(status, obey_records(object));
  return status;
}

} // namespace

void add_cc(CLI::App &app, const std::vector<std::string> &command, Status &status) {
  CLI::App *const cc = app.add_subcommand(
      "cc",
      "Run a compiler, and bring the object that it makes to say what its LINKNAME records ask for. What makes no "
      "object is run as it is. Works as CMAKE_<LANG>_COMPILER_LAUNCHER and before ccache and distcc.");
  cc->footer("The compiler's command follows --, as in: linkname-tool cc -- c++ -c app.cpp -o app.o");
  cc->callback([&command, &status] {
    if (command.empty())
      throw CLI::RequiredError("a compiler's command after --");
    status = run(command);
  });
}

} // namespace linkname::tool
