// `linkname-tool inspect`: what the files hold, for people and for programs.
#include "commands.h"
#include "json.h"
#include "text.h"

#include <linkname/inspect.h>

#include <algorithm>
#include <iostream>
#include <iterator>
#include <memory>

namespace linkname::tool {
namespace {

Status run(const std::vector<std::string> &files, bool json) {
  std::vector<Inspection> inspections;
  std::vector<Diagnostic> notes;
  for (const std::string &file : files) {
    Result<Contents> contents = inspect(file);
    if (!contents) {
      print(contents.error().diagnostics);
      if (json)
        print_json(std::cout, "inspect", contents.error());
      return contents.error().status;
    }
    print(contents->diagnostics);
    std::ranges::move(contents->diagnostics, std::back_inserter(notes));
    std::ranges::move(contents->objects, std::back_inserter(inspections));
  }
  if (json)
    print_json(std::cout, inspections, notes);
  else
    for (const Inspection &inspection : inspections)
      print(std::cout, inspection);
  return Status::done;
}

} // namespace

void add_inspect(CLI::App &app, Status &status) {
  const auto files = std::make_shared<std::vector<std::string>>();
  const auto json = std::make_shared<bool>(false);
  CLI::App *const command = app.add_subcommand(
      "inspect", "List the LINKNAME records of objects, archives and universal files, and the symbols that could be "
                 "bound with what is known of their ABI.");
  command->add_option("FILE", *files, "Objects, archives, linked images")->required();
  command
      ->add_option_function<std::string>(
          "--format", [json](const std::string &format) { *json = format == "json"; }, "How to show them")
      ->type_name("text|json")
      ->check(CLI::IsMember({"text", "json"}));
  command->callback([files, json, &status] { status = run(*files, *json); });
}

} // namespace linkname::tool
