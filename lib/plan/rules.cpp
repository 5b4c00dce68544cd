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

/// The words of a line, and what follows its `#`. Nothing when a quote is not closed.
struct Line {
  std::vector<std::string_view> words;
  std::string_view reason;
};

std::optional<Line> take_apart(std::string_view text) {
  Line line;
  line.words.reserve(4);
  while (!(text = trimmed(text)).empty()) {
    if (text.front() == '#') {
      line.reason = trimmed(text.substr(1));
      return line;
    }
    std::size_t end = 0;
    if (text.front() == '"') {
      end = text.find('"', 1);
      if (end == std::string_view::npos)
        return std::nullopt;
      line.words.emplace_back(text.substr(1, end - 1));
      ++end;
    } else {
      while (end < text.size() && !is_blank(text[end]))
        ++end;
      line.words.emplace_back(text.substr(0, end));
    }
    text.remove_prefix(end);
  }
  return line;
}

/// What is wrong with a line, or nothing after `request` was filled in.
std::optional<std::string> read_line(const Line &line, Request &request) {
  std::span<const std::string_view> words = line.words;
  const auto row = std::ranges::find(verbs, words.front(), &VerbRow::word);
  if (row == std::end(verbs))
    return join({quoted(words.front()), " is none of rename, alias, export, hide, weaken, localize"});
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
  return std::nullopt;
}

} // namespace

Result<std::vector<Request>> parse_rules(std::string_view text, std::string_view file) {
  std::vector<Request> requests;
  constexpr std::size_t usual_length = 64; // of a line; a guess that costs less memory than growing by doubling
  requests.reserve(text.size() / usual_length);
  Error errors{.status = Status::usage, .diagnostics = {}};
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
    const std::optional<Line> line = take_apart(written);
    if (!line) {
      complain("a quoted name does not end on this line", "close it with \"");
      continue;
    }
    if (line->words.empty())
      continue;
    Request request;
    request.asked_by = place;
    if (std::optional<std::string> wrong = read_line(*line, request))
      complain(std::move(*wrong), "put names with blanks or # into \"quotes\"");
    else
      requests.push_back(std::move(request));
  }
  if (!errors.diagnostics.empty())
    return std::unexpected(std::move(errors));
  return requests;
}

} // namespace linkname::plan
