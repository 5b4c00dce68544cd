// `linkname-tool check`: whether the tables of linked images agree with each other.
#include "commands.h"
#include "json.h"
#include "text.h"

#include <linkname/check.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

namespace linkname::tool {
namespace {

bool is_error(const Diagnostic &diagnostic) { return diagnostic.severity == Severity::error; }

Status run(const std::vector<std::string> &files, bool json) {
  std::vector<Findings> all;
  for (const std::string &file : files) {
    Result<std::vector<Findings>> found = check(file);
    if (!found) {
      print(found.error().diagnostics);
      if (json)
        print_json(std::cout, "check", found.error());
      return found.error().status;
    }
    std::ranges::move(*found, std::back_inserter(all));
  }
  const bool good = std::ranges::none_of(
      all, [](const Findings &findings) { return std::ranges::any_of(findings.diagnostics, is_error); });
  const Status status = good ? Status::done : Status::refused;
  if (json)
    print_json(std::cout, all, status);
  else
    for (const Findings &findings : all)
      print(std::cout, findings);
  return status;
}

} // namespace

void add_check(CLI::App &app, Status &status) {
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto json = std::make_shared<bool>(false);
  CLI::App *const command = app.add_subcommand(
      "check", "Hold the tables of linked libraries and programs against each other: what loaders, linkers and "
               "debuggers read of them.");
  command->add_option("FILE", *files, "Linked images, and universal files of them")->required();
  command
      ->add_option_function<std::string>(
          "--format", [json](const std::string &format) { *json = format == "json"; }, "How to show what was found")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([files, json, &status] { status = run(*files, *json); });
}

} // namespace linkname::tool
