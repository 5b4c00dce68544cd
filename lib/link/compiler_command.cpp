// What a compiler's command makes. The command is read for that alone: an object that it turns out not to make is not
// there, and one that is no object is left as it is.
#include "link/linker_options.h"
#include "link/response_file.h"
#include "link/tool_name.h"

#include <linkname/link.h>

#include <algorithm>
#include <optional>
#include <string_view>

namespace linkname {
namespace {

using namespace std::string_view_literals;

/// Whether a source file's name has an ending that compilers make an object of, without an option that says so.
bool is_source(std::string_view word) {
  constexpr std::string_view endings[] = {".c",  ".C",  ".cc",   ".cpp", ".cxx", ".c++", ".cp",  ".CPP", ".i",   ".ii",
                                          ".m",  ".mm", ".M",    ".mi",  ".mii", ".s",   ".S",   ".sx",  ".asm", ".cu",
                                          ".ll", ".bc", ".cppm", ".ixx", ".f",   ".F",   ".f90", ".F90", ".d",   ".go"};
  const std::size_t dot = word.rfind('.');
  return dot != std::string_view::npos && std::ranges::find(endings, word.substr(dot)) != std::end(endings);
}

std::string with_ending(std::string_view source, std::string_view ending) {
  const std::string_view base = source.substr(source.find_last_of('/') + 1);
  return std::string(base.substr(0, base.rfind('.'))).append(ending);
}

/// `-oFILE`, `-o FILE`, `--output=FILE`; `/FoFILE`, `/Fo: FILE`, `-o FILE` with clang-cl.
struct Words {
  bool compiles = false;
  std::optional<std::string> output;
  std::vector<std::string_view> sources;
};

Words read_words(std::span<const std::string> words, bool microsoft) {
  Words result;
  bool language_given = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const std::string_view word = words[i];
    const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
    const bool slash = microsoft && word.starts_with('/');
    if (word == "-c" || (slash && word == "/c"))
      result.compiles = true;
    else if (word == "-o" || word == "--output" || (microsoft && (word == "/Fo:" || word == "/o")))
      result.output = value();
    else if (word.starts_with("--output="))
      result.output = word.substr("--output="sv.size());
    else if (microsoft && (word.starts_with("/Fo") || word.starts_with("-Fo")))
      result.output = word.substr(word.starts_with("/Fo:") || word.starts_with("-Fo:") ? 4 : 3);
    else if (!microsoft && word.starts_with("-o") && !word.starts_with("-objc"))
      result.output = word.substr(2);
    else if (word == "-x" && i + 1 < words.size())
      language_given = value() != "none";
    else if (const std::size_t values = link::values_of(link::Dialect::driver, word); values != 0)
      i += values;
    else if (!word.starts_with('-') && (language_given || is_source(word)))
      result.sources.push_back(word);
  }
  return result;
}

} // namespace

std::vector<std::string> objects_made_by(const std::vector<std::string> &command) {
  const std::size_t compiler = link::program_of(command);
  if (compiler >= command.size())
    return {};
  const bool microsoft = link::dialect_of(command[compiler]) == link::Dialect::microsoft_driver;
  const std::vector<std::string> words =
      link::expand(std::span(command).subspan(compiler + 1), microsoft ? link::Quoting::windows : link::Quoting::gnu);
  const Words said = read_words(words, microsoft);
  if (!said.compiles)
    return {};
  const bool into_folder = said.output && (said.output->ends_with('/') || said.output->ends_with('\\'));
  if (said.output && !into_folder)
    return {*said.output};
  std::vector<std::string> objects;
  objects.reserve(said.sources.size());
  for (const std::string_view source : said.sources)
    objects.push_back(said.output.value_or("") + with_ending(source, microsoft ? ".obj" : ".o"));
  return objects;
}

} // namespace linkname
