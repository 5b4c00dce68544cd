#include "coff/directives.h"

#include "base/text.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <vector>

namespace linkname::coff {
namespace {

/// How an option spells a symbol on a platform with a prefix.
enum class Spelling : std::uint8_t {
  symbol,  ///< as the symbol table has it
  c_level, ///< without the prefix
  export_, ///< `/EXPORT:` the one, `-export:` (GCC, and Clang for mingw) the other
};

/// Which parts of an option's argument are names.
enum class Form : std::uint8_t {
  first,    ///< up to the first comma
  each,     ///< all, separated by commas
  both,     ///< `a=b`
  internal, ///< `name,...` or `exported=name,...`
};

struct Option {
  std::string_view name;
  Form form;
  Spelling spelling;
};

constexpr Option options[] = {
    {"export", Form::internal, Spelling::export_},   {"include", Form::first, Spelling::symbol},
    {"alternatename", Form::both, Spelling::symbol}, {"exclude-symbols", Form::each, Spelling::c_level},
    {"guardsym", Form::first, Spelling::symbol},     {"aligncomm", Form::first, Spelling::symbol},
    {"entry", Form::first, Spelling::c_level},
};

/// One name in the contents.
struct Name {
  std::string text;
  std::size_t at = 0;     ///< in the contents, quotes around it excluded
  std::size_t length = 0; ///< more than the text's where quotes stand inside
  bool quoted = false;
  bool c_level = false;
  bool exported = false;
};

/// One word of the contents: its characters without the quotes, and where each of them stands.
struct Word {
  std::string text;
  std::vector<std::size_t> at;
  std::vector<bool> quoted;
};

bool separates(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\0'; }

template <class Take> void for_each_word(Bytes contents, Take take) {
  std::size_t i = contents.starts_with("\xEF\xBB\xBF") ? 3 : 0; // cl.exe may open with a mark of UTF-8
  while (i < contents.size()) {
    Word word;
    bool quoted = false;
    for (; i < contents.size() && (quoted || !separates(contents[i])) && contents[i] != '\0'; ++i) {
      if (contents[i] == '"') {
        quoted = !quoted;
        continue;
      }
      word.text += contents[i];
      word.at.push_back(i);
      word.quoted.push_back(quoted);
    }
    if (!word.text.empty())
      take(word);
    while (i < contents.size() && separates(contents[i]))
      ++i;
  }
}

const Option *option_of(std::string_view name) {
  const auto same = [&](const Option &option) {
    return std::ranges::equal(option.name, name, [](char a, unsigned char b) { return a == std::tolower(b); });
  };
  const auto found = std::ranges::find_if(options, same);
  return found == std::end(options) ? nullptr : found;
}

class Collector {
public:
  explicit Collector(char prefix) : prefix_(prefix) {}

  std::vector<Name> run(Bytes contents) {
    for_each_word(contents, [&](const Word &word) { read(word); });
    return std::move(names_);
  }

private:
  void read(const Word &word) {
    const std::string_view text = word.text;
    const std::size_t colon = text.find(':');
    if (colon == std::string_view::npos || (text.front() != '-' && text.front() != '/'))
      return;
    const Option *const option = option_of(text.substr(1, colon - 1));
    if (option == nullptr)
      return;
    std::size_t begin = colon + 1;
    const std::size_t comma = std::min(text.find(',', begin), text.size());
    const std::size_t equals = std::min(text.find('=', begin), comma);
    switch (option->form) {
    case Form::first:
      return add(word, *option, begin, comma);
    case Form::internal:
      return add(word, *option, equals == comma ? begin : equals + 1, comma);
    case Form::both:
      add(word, *option, begin, equals);
      if (equals != comma)
        add(word, *option, equals + 1, comma);
      return;
    case Form::each:
      while (begin < text.size()) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        add(word, *option, begin, end);
        begin = end + 1;
      }
      return;
    }
  }

  void add(const Word &word, const Option &option, std::size_t begin, std::size_t end) {
    if (begin >= end)
      return;
    const std::string text = word.text.substr(begin, end - begin);
    bool c_level = prefix_ != '\0' && option.spelling != Spelling::symbol;
    if (option.spelling == Spelling::export_ && word.text.front() == '/')
      c_level = c_level && text.front() != prefix_ && text.front() != '@' && text.front() != '?';
    names_.push_back({.text = text,
                      .at = word.at[begin],
                      .length = word.at[end - 1] + 1 - word.at[begin],
                      .quoted = word.quoted[begin],
                      .c_level = c_level,
                      .exported = option.spelling == Spelling::export_});
  }

  char prefix_;
  std::vector<Name> names_;
};

std::string symbol_of(const Name &name, char prefix) {
  const bool bare = !name.c_level || name.text.front() == '@' || name.text.front() == '?';
  return bare ? name.text : prefix + name.text;
}

/// How the option spells the new symbol; nothing where it cannot.
std::optional<std::string> spelled(const Name &name, std::string_view symbol, char prefix) {
  if (name.c_level && symbol.starts_with(prefix))
    symbol.remove_prefix(1);
  else if (name.c_level && !symbol.starts_with('@') && !symbol.starts_with('?'))
    return std::nullopt;
  const bool has_quotes_inside = name.length != name.text.size();
  if (symbol.empty() || has_quotes_inside || symbol.find_first_of("\",=") != std::string_view::npos)
    return std::nullopt;
  const bool plain = std::ranges::all_of(symbol, [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
  return name.quoted || plain ? std::string(symbol) : join({"\"", symbol, "\""});
}

} // namespace

Result<std::optional<std::string>> renamed_directives(Bytes contents, const NewNames &names, char prefix) {
  std::string result;
  std::size_t done = 0;
  for (const Name &name : Collector(prefix).run(contents)) {
    const auto renamed = names.find(symbol_of(name, prefix));
    if (renamed == names.end())
      continue;
    const std::optional<std::string> text = spelled(name, renamed->second, prefix);
    if (!text)
      return fail(Status::refused, ".drectve",
                  join({"repeats the name ", quoted(renamed->first), ", and ", quoted(renamed->second),
                        " cannot be written in its place"}),
                  "choose a name without quotes, commas and equals signs, and with the platform's prefix");
    result.append(contents, done, name.at - done);
    result += *text;
    done = name.at + name.length;
  }
  if (done == 0)
    return std::nullopt;
  result.append(contents, done);
  return result;
}

bool is_exported_by(Bytes contents, std::string_view symbol, char prefix) {
  return std::ranges::any_of(Collector(prefix).run(contents),
                             [&](const Name &name) { return name.exported && symbol_of(name, prefix) == symbol; });
}

} // namespace linkname::coff
