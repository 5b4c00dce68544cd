#include "link/response_file.h"

#include "base/file_io.h"

#include <llvm/Support/Allocator.h>
#include <llvm/Support/CommandLine.h>
#include <llvm/Support/StringSaver.h>

#include <algorithm>
#include <string_view>

namespace linkname::link {
namespace {

/// More files than anybody nests; a file may name itself.
constexpr int most_files = 1000;

std::vector<std::string> split(std::string_view text, Quoting quoting) {
  llvm::BumpPtrAllocator storage;
  llvm::StringSaver saver(storage);
  llvm::SmallVector<const char *, 64> words;
  const llvm::StringRef source(text.data(), text.size());
  if (quoting == Quoting::gnu)
    llvm::cl::TokenizeGNUCommandLine(source, saver, words);
  else
    llvm::cl::TokenizeWindowsCommandLine(source, saver, words);
  return {words.begin(), words.end()};
}

std::string gnu_quoted(std::string_view word) {
  std::string result;
  for (const char c : word) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\\' || c == '"' || c == '\'')
      result += '\\';
    result += c;
  }
  return word.empty() ? "\"\"" : result;
}

/// Backslashes count only in front of a quote (Microsoft, "Parsing C command-line arguments").
std::string windows_quoted(std::string_view word) {
  if (!word.empty() && word.find_first_of(" \t\n\"") == std::string_view::npos)
    return std::string(word);
  std::string result = "\"";
  std::size_t backslashes = 0;
  for (const char c : word) {
    if (c == '"')
      result.append(backslashes + 1, '\\');
    backslashes = c == '\\' ? backslashes + 1 : 0;
    result += c;
  }
  return result.append(backslashes, '\\') += '"';
}

std::string shell_quoted(std::string_view word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%_+=:,./-";
  if (!word.empty() && word.find_first_not_of(plain) == std::string_view::npos)
    return std::string(word);
  std::string result = "'";
  for (const char c : word)
    if (c == '\'')
      result += "'\\''";
    else
      result += c;
  return result += '\'';
}

template <class Quote> std::string joined(std::span<const std::string> words, char between, Quote quote) {
  std::string result;
  for (const std::string &word : words) {
    if (!result.empty())
      result += between;
    result += quote(word);
  }
  return result;
}

} // namespace

std::vector<std::string> expand(std::span<const std::string> words, Quoting quoting) {
  const Result<std::shared_ptr<const MappedFile>> nothing = std::unexpected(Error());
  std::vector<std::string> done;
  std::vector<std::string> waiting(words.rbegin(), words.rend());
  for (int files = 0; !waiting.empty();) {
    const std::string word = waiting.back();
    waiting.pop_back();
    const auto file =
        word.size() > 1 && word.front() == '@' && files < most_files ? MappedFile::open(word.substr(1)) : nothing;
    if (!file) {
      done.push_back(word);
      continue;
    }
    ++files;
    const std::vector<std::string> inside = split((*file)->bytes(), quoting);
    waiting.insert(waiting.end(), inside.rbegin(), inside.rend());
  }
  return done;
}

std::string as_response_file(std::span<const std::string> words, Quoting quoting) {
  return joined(words, '\n', quoting == Quoting::gnu ? gnu_quoted : windows_quoted) + '\n';
}

std::string as_shell_line(std::span<const std::string> words) { return joined(words, ' ', shell_quoted); }

std::vector<std::string> split_line(const std::string &line) { return split(line, Quoting::gnu); }

} // namespace linkname::link
