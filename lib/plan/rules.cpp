#include "plan/rules.h"

#include "base/text.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>

namespace linkname::plan {
namespace {

struct VerbRow {
  std::string_view word;
  Verb verb;
  bool takes_name; ///< a second name follows
};

constexpr VerbRow verbs[] = {
    {"rename", Verb::rename, true}, {"alias", Verb::alias, true},    {"export", Verb::export_, false},
    {"hide", Verb::hide, false},    {"weaken", Verb::weaken, false}, {"localize", Verb::localize, false},
};

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front()))
    text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back()))
    text.remove_suffix(1);
  return text;
}

/// The words of a line, and what follows its `#`.
struct Line {
  std::vector<std::string_view> words;
  std::string_view reason;
};

/// Into `line`, whose room is used again. False when a quote is not closed.
bool take_apart(std::string_view text, Line &line) {
  line.words.clear();
  line.reason = {};
  while (!(text = trimmed(text)).empty()) {
    if (text.front() == '#') {
      line.reason = trimmed(text.substr(1));
      return true;
    }
    std::size_t end = 0;
    if (text.front() == '"') {
      end = text.find('"', 1);
      if (end == std::string_view::npos)
        return false;
      line.words.emplace_back(text.substr(1, end - 1));
      ++end;
    } else {
      while (end < text.size() && !is_blank(text[end]))
        ++end;
      line.words.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
  return true;
}

/// `allow CONSUMER SYMBOL`, `deny SYMBOL`, `deny SYMBOL except CONSUMER...`
std::optional<std::string> read_permission(const Line &line, const std::string &place, Rules &rules) {
  const std::span<const std::string_view> words = line.words;
  Permission permission{.allowed = words.front() == "allow",
                        .symbol = {},
                        .consumers = {},
                        .asked_by = place,
                        .why = std::string(line.reason)};
  if (std::ranges::any_of(words, &std::string_view::empty))
    return "a name is empty";
  if (permission.allowed) {
    if (words.size() != 3)
      return "it takes two names: allow CONSUMER SYMBOL";
    permission.symbol = words[2];
    permission.consumers.emplace_back(words[1]);
  } else {
    if (words.size() != 2 && (words.size() < 4 || words[2] != "except"))
      return "it is written: deny SYMBOL, or deny SYMBOL except CONSUMER...";
    permission.symbol = words[1];
    if (words.size() > 3)
      permission.consumers.assign(words.begin() + 3, words.end());
  }
  rules.permissions.push_back(std::move(permission));
  return std::nullopt;
}

/// What is wrong with a line, or nothing after it was added to `rules`.
std::optional<std::string> read_line(const Line &line, const std::string &place, Rules &rules) {
  std::span<const std::string_view> words = line.words;
  if (words.front() == "allow" || words.front() == "deny")
    return read_permission(line, place, rules);
  Request request;
  request.asked_by = place;
  const auto row = std::ranges::find(verbs, words.front(), &VerbRow::word);
  if (row == std::end(verbs))
    return join({quoted(words.front()), " is none of rename, alias, export, hide, weaken, localize, allow, deny"});
  if (words.back() == "unsafe" && words.size() > 2) {
    request.unsafe = true;
    words = words.first(words.size() - 1);
  }
  const std::size_t wanted = row->takes_name ? 3 : 2;
  if (words.size() != wanted || std::ranges::any_of(words, &std::string_view::empty))
    return row->takes_name
               ? join({"it takes two names: ", row->verb == Verb::rename ? "rename OLD NEW" : "alias NEW OLD"})
               : join({"it takes one name: ", row->word, " SYMBOL"});
  request.verb = row->verb;
  request.symbol = row->verb == Verb::alias ? words[2] : words[1];
  if (row->takes_name)
    request.name = row->verb == Verb::alias ? words[1] : words[2];
  request.why = line.reason;
  rules.requests.push_back(std::move(request));
  return std::nullopt;
}

} // namespace

Result<Rules> parse_rules(std::string_view text, std::string_view file) {
  Rules rules;
  constexpr std::size_t usual_length = 64; // of a line; a guess that costs less memory than growing by doubling
  rules.requests.reserve(text.size() / usual_length);
  Error errors{.status = Status::usage, .diagnostics = {}};
  Line line;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view written = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    const std::string place = join({file, ":", std::to_string(number)});
    const auto complain = [&](std::string reason, std::string hint) {
      errors.diagnostics.push_back({.severity = Severity::error,
                                    .place = place,
                                    .reason = std::move(reason),
                                    .hint = std::move(hint),
                                    .details = {}});
    };
    if (!take_apart(written, line)) {
      complain("a quoted name does not end on this line", "close it with \"");
      continue;
    }
    if (line.words.empty())
      continue;
    if (std::optional<std::string> wrong = read_line(line, place, rules))
      complain(std::move(*wrong), "put names with blanks or # into \"quotes\"");
  }
  if (!errors.diagnostics.empty())
    return std::unexpected(std::move(errors));
  return rules;
}

} // namespace linkname::plan
