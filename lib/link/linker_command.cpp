#include "link/linker_command.h"

#include "base/file_io.h"
#include "base/process.h"
#include "base/text.h"
#include "link/linker_options.h"

#include <sys/stat.h>

#include <algorithm>
#include <span>
#include <sstream>
#include <string_view>
#include <utility>

namespace linkname::link {
namespace {

std::vector<std::string> split_at_commas(std::string_view text) {
  std::vector<std::string> pieces;
  for (;;) {
    const std::size_t comma = text.find(',');
    pieces.emplace_back(text.substr(0, comma));
    if (comma == std::string_view::npos)
      return pieces;
    text.remove_prefix(comma + 1);
  }
}

bool is_file(const std::string &path) {
  struct stat status{};
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode);
}

bool is_source(std::string_view word) {
  constexpr std::string_view endings[] = {".c", ".C", ".cc", ".cpp", ".cxx", ".c++", ".m", ".mm", ".s", ".S", ".f90"};
  return std::ranges::any_of(endings, [&](std::string_view ending) { return word.ends_with(ending); });
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? char(c + 'a' - 'A') : c; });
  return result;
}

class Reader {
public:
  explicit Reader(LinkerCommand &command) : command_(command) {}

  void read(std::span<const std::string> words, Dialect dialect) {
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::string_view word = words[i];
      const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
      if (dialect == Dialect::microsoft || dialect == Dialect::microsoft_driver) {
        if (read_microsoft(word, dialect, value))
          break;
      } else if (word.starts_with("-") && word.size() > 1) {
        read_option(word, dialect, value);
      } else {
        add_file(word);
      }
    }
    read_linker_words();
    if (command_.undefined == Undefined::error && shared_ && !all_defined_)
      command_.undefined = Undefined::left_to_loader;
  }

private:
  template <class Value> void read_option(std::string_view word, Dialect dialect, Value value) {
    const auto takes = [&](std::string_view letter) {
      return word == letter ? value() : std::string(word.substr(letter.size()));
    };
    const auto after_equals = [&](std::string_view name) {
      const std::string_view bare = word.substr(word.starts_with("--") ? 2 : 1);
      return bare.starts_with(name) && bare.size() > name.size() && bare[name.size()] == '='
                 ? std::optional(std::string(bare.substr(name.size() + 1)))
                 : std::nullopt;
    };
    if (word.starts_with("-L"))
      command_.folders.push_back(takes("-L"));
    else if (word.starts_with("-l") && word != "-lto_library")
      add_library(takes("-l"));
    else if (auto library = after_equals("library"))
      add_library(*library);
    else if (auto folder = after_equals("library-path"))
      command_.folders.push_back(*folder);
    else if (auto root = after_equals("sysroot"))
      command_.sysroot = *root;
    else if (word == "--sysroot" || word == "-syslibroot")
      command_.sysroot = value();
    else if (word == "-force_load" || word == "-weak_library" || word == "-needed_library" ||
             word == "-reexport_library" || word == "-upward_library")
      add_file(value());
    else if (word == "-filelist")
      add_list(value());
    else if (dialect == Dialect::driver && word.starts_with("-Wl,"))
      note_linker_words(split_at_commas(word.substr(4)));
    else if (dialect == Dialect::driver && (word == "-Xlinker" || word == "--for-linker"))
      note_linker_words({value()});
    else if (!read_mode(word, dialect, value))
      for (std::size_t values = values_of(dialect, word); values != 0; --values)
        value();
  }

  /// What is to be done with the inputs; false for any other option.
  template <class Value> bool read_mode(std::string_view word, Dialect dialect, Value value) {
    if (word == "-Bstatic" || word == "-static" || word == "-dn" || word == "-non_shared")
      only_static_ = true;
    else if (word == "-Bdynamic" || word == "-dy" || word == "-call_shared")
      only_static_ = false;
    else if (word == "-r" || word == "--relocatable" || word == "-Ur")
      command_.undefined = Undefined::left_to_next_link;
    else if (word == "-shared" || word == "--shared" || word == "-Bshareable")
      shared_ = true;
    else if (word == "-z")
      all_defined_ = value() == "defs" || all_defined_;
    else if (word == "-zdefs" || word == "--no-undefined" || word == "-no-undefined")
      all_defined_ = true;
    else if (word == "-undefined")
      shared_ = value() == "dynamic_lookup" || shared_;
    else if (dialect == Dialect::driver && (word == "-c" || word == "-S" || word == "-E" || word == "-M" ||
                                            word == "-MM" || word == "-fsyntax-only" || word == "-###"))
      command_.links = false;
    else
      return false;
    return true;
  }

  /// True: the rest has been read.
  template <class Value> bool read_microsoft(std::string_view word, Dialect dialect, Value value) {
    const bool option = word.starts_with('-') || (word.starts_with('/') && !is_file(std::string(word)));
    if (!option) {
      add_file(word);
      return false;
    }
    const std::string name = lower(word.substr(1));
    const auto behind = [&](std::string_view what) { return std::string(word.substr(1 + what.size())); };
    if (name.starts_with("libpath:"))
      command_.folders.push_back(behind("libpath:"));
    else if (name.starts_with("defaultlib:"))
      add_library(behind("defaultlib:"));
    else if (name.starts_with("wholearchive:"))
      add_file(behind("wholearchive:"));
    else if (dialect == Dialect::microsoft_driver && (name == "c" || name == "e" || name == "ep" || name == "p"))
      command_.links = false;
    else if (dialect == Dialect::microsoft_driver && name == "o")
      value();
    return false;
  }

  /// `-Wl,` may cut between an option and its value, so the linker's words are read together, at the end.
  void note_linker_words(std::vector<std::string> words) {
    linker_words_.insert(linker_words_.end(), words.begin(), words.end());
  }

  void read_linker_words() {
    if (linker_words_.empty())
      return;
    const std::vector<std::string> words = std::exchange(linker_words_, {});
    for (std::size_t i = 0; i < words.size(); ++i) {
      const auto value = [&] { return i + 1 < words.size() ? words[++i] : std::string(); };
      if (words[i].starts_with("-"))
        read_option(words[i], Dialect::gnu, value);
      else if (!words[i].empty() && is_file(words[i]))
        add_file(words[i]);
    }
  }

  void add_file(std::string_view path) {
    if (is_source(path))
      command_.sources.emplace_back(path);
    command_.items.push_back({.name = std::string(path), .library = false, .only_static = false});
  }

  void add_library(std::string name) {
    command_.items.push_back({.name = std::move(name), .library = true, .only_static = only_static_});
  }

  void add_list(const std::string &path) {
    const auto file = MappedFile::open(path);
    if (!file)
      return;
    std::istringstream lines{std::string((*file)->bytes())};
    for (std::string line; std::getline(lines, line);)
      add_file(line);
  }

  LinkerCommand &command_;
  std::vector<std::string> linker_words_;
  bool only_static_ = false;
  bool shared_ = false;
  bool all_defined_ = false;
};

/// Where the linker looks for libraries, in its order: with what stands for the system's root, and on macOS with the
/// folders that need not be named.
std::vector<std::string> folders_of(const LinkerCommand &command) {
  std::vector<std::string> folders;
  for (const std::string &folder : command.folders) {
    if (folder.starts_with('='))
      folders.push_back(command.sysroot + folder.substr(1));
    else if (folder.starts_with("$SYSROOT"))
      folders.push_back(command.sysroot + folder.substr(std::string_view("$SYSROOT").size()));
    else {
      if (command.dialect == Dialect::darwin && folder.starts_with('/') && !command.sysroot.empty())
        folders.push_back(command.sysroot + folder);
      folders.push_back(folder);
    }
  }
  if (command.dialect == Dialect::darwin)
    for (const std::string_view folder : {"/usr/lib", "/usr/local/lib"})
      folders.push_back(join({command.sysroot, folder}));
  return folders;
}

LinkerCommand read_words(std::span<const std::string> command, Dialect dialect) {
  LinkerCommand result;
  result.dialect = dialect;
  result.program = program_of(command);
  const std::span<const std::string> words = command.subspan(result.program + 1);
  result.has_response_files = std::ranges::any_of(words, [](const std::string &word) { return word.starts_with('@'); });
  result.words = expand(words, result.quoting());
  if (dialect == Dialect::gnu && is_for_darwin(result.words))
    result.dialect = Dialect::darwin;
  Reader(result).read(result.words, result.dialect);
  return result;
}

} // namespace

LinkerCommand read_command(const std::vector<std::string> &command) {
  const std::size_t program = program_of(command);
  if (program >= command.size()) {
    LinkerCommand nothing;
    nothing.links = false;
    return nothing;
  }
  return read_words(command, dialect_of(command[program]));
}

std::optional<std::string> find_file(const LinkerCommand &command, const Item &item) {
  const bool microsoft = command.quoting() == Quoting::windows;
  if (is_file(item.name) && (!item.library || microsoft))
    return item.name;
  std::vector<std::string> names;
  if (microsoft) {
    names = {item.name, item.name + ".lib", "lib" + item.name + ".a"};
  } else if (!item.library) {
    return std::nullopt;
  } else if (item.name.starts_with(':')) {
    names = {item.name.substr(1)};
  } else {
    if (!item.only_static)
      for (const std::string_view ending : {".so", ".tbd", ".dylib", ".dll.a"})
        names.push_back(join({"lib", item.name, ending}));
    names.push_back("lib" + item.name + ".a");
    names.push_back(item.name + ".lib");
    names.push_back("lib" + item.name + ".lib");
  }
  for (const std::string &folder : folders_of(command)) {
    for (const std::string &name : names)
      if (std::string path = join({folder, "/", name}); is_file(path))
        return path;
  }
  return std::nullopt;
}

std::optional<LinkerCommand> ask_driver(const std::vector<std::string> &command, const LinkerCommand &driver) {
  // Without response files: GCC would answer with one of its own, which is gone by then.
  std::vector<std::string> question(command.begin(), command.begin() + static_cast<std::ptrdiff_t>(driver.program) + 1);
  question.emplace_back("-###");
  question.insert(question.end(), driver.words.begin(), driver.words.end());
  const std::optional<std::string> answer = standard_error_of(question);
  if (!answer)
    return std::nullopt;
  // The last command is the link; what is compiled on the way comes before it.
  std::optional<LinkerCommand> linker;
  std::istringstream lines(*answer);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with(' '))
      continue;
    const std::vector<std::string> words = split_line(line);
    if (words.empty() || dialect_of(words.front()) == Dialect::driver)
      continue;
    linker = read_words(words, dialect_of(words.front()));
  }
  // A very long command comes in a response file all the same.
  if (linker && std::ranges::any_of(linker->words, [](const std::string &word) { return word.starts_with('@'); }))
    return std::nullopt;
  return linker;
}

} // namespace linkname::link
