// What the library says when it cannot or should not do something: a value with a place, a reason and a next step.
// The library never prints, exits or throws; the tool turns these values into lines and exit statuses.
#pragma once

#include <expected>
#include <string>
#include <vector>

namespace linkname {

/// How a run ended. The numbers are the tool's exit statuses, worst last except for `system`.
enum class Status : int {
  done = 0,      ///< everything that was asked for is so
  refused = 1,   ///< the request is impossible or unsafe for this input; nothing was written
  usage = 2,     ///< the request itself makes no sense
  malformed = 3, ///< the input is damaged or of no supported kind
  system = 4,    ///< the operating system failed: no space, no permission, no such file
};

enum class Severity : unsigned char { note, warning, error };

/// One message: `place: reason; hint`, and below it a list of whatever there is to choose from.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string place;                ///< `libx.a(y.o): .symtab[12] 'foo'`; empty when the request as a whole is meant
  std::string reason;               ///< what is the matter
  std::string hint;                 ///< what to do next; may be empty
  std::vector<std::string> details; ///< candidates, one line each; may be empty

  bool operator==(const Diagnostic &) const = default;
};

/// A failure: every reason that was found, never only the first.
struct Error {
  Status status = Status::refused;
  std::vector<Diagnostic> diagnostics;
};

template <class T> using Result = std::expected<T, Error>;

/// A failure with a single reason.
[[nodiscard]] inline std::unexpected<Error> fail(Status status, std::string place, std::string reason,
                                                 std::string hint = {}) {
  Error error{.status = status, .diagnostics = {}};
  error.diagnostics.push_back({.severity = Severity::error,
                               .place = std::move(place),
                               .reason = std::move(reason),
                               .hint = std::move(hint),
                               .details = {}});
  return std::unexpected(std::move(error));
}

} // namespace linkname
