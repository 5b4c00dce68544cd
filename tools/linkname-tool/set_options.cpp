#include "set_options.h"

#include <linkname/rewrite.h>

#include <algorithm>

namespace linkname::tool {

std::shared_ptr<SetWords> add_set_options(CLI::App &command) {
  auto words = std::make_shared<SetWords>();
  SetRenaming &names = words->names;
  constexpr const char *group = "New names for all that the FILEs define";
  const auto one = [&](const std::string &name, std::string &into, const std::string &type, const std::string &help) {
    command.add_option(name, into, help)
        ->type_name(type)
        ->check([](const std::string &text) { return text.empty() ? std::string("an empty name") : std::string(); })
        ->group(group);
  };
  one("--prefix", names.prefix, "P", "Put P before every name");
  one("--suffix", names.suffix, "S", "Put S behind every name");
  const auto many = [&](const std::string &name, std::vector<std::string> &into, const std::string &type,
                        const std::string &help) {
    command.add_option(name, into, help)
        ->type_name(type)
        ->expected(1)
        ->take_all()
        ->allow_extra_args(false)
        ->group(group);
  };
  many("--rename-map", words->maps, "FILE", "Read new names from a file, a line each: OLD NEW");
  many("--only", names.only, "PATTERN", "... for these names alone");
  many("--except", names.except, "PATTERN", "... but not for these names");
  words->isolate =
      command
          .add_flag("--isolate", names.isolate_name,
                    "Let no name but those of --keep clash or leave the image: each gets .NAME behind it, "
                    "and is hidden where the format can say so. Without =NAME, it is made of the files' contents")
          ->type_name("[=NAME]")
          ->group(group);
  many("--keep", names.keep, "PATTERN", "What --isolate leaves as it is");
  return words;
}

Result<SetRenaming> set_renaming(const SetWords &words) {
  SetRenaming names = words.names;
  names.isolate = words.isolate->count() != 0;
  if (names.isolate_name == "true") // what CLI11 makes of a flag without a value
    names.isolate_name.clear();
  for (const std::string &path : words.maps) {
    Result<std::vector<MappedName>> map = read_rename_map(path);
    if (!map)
      return std::unexpected(std::move(map.error()));
    std::ranges::move(*map, std::back_inserter(names.map));
  }
  if (!names.wanted() && words.maps.empty())
    for (const auto &[option, patterns] : {std::pair{"--only", &names.only}, std::pair{"--except", &names.except}})
      if (!patterns->empty())
        return fail(Status::usage, option, "says whose names change, and nothing says into what",
                    "add --prefix, --suffix or --rename-map");
  if (!names.isolate && !names.keep.empty())
    return fail(Status::usage, "--keep", "says what --isolate leaves as it is, and there is no --isolate",
                "for --prefix, --suffix and --rename-map there is --except");
  return names;
}

} // namespace linkname::tool
