// Who may pull what. As since Go 1.23: a private definition is bound only where its owner offers it, with a push or an
// export, or where a rule allows this consumer to have it; and what a rule denies nobody gets but those it excepts,
// whatever the owner says.
#pragma once

#include <linkname/facts.h>
#include <linkname/request.h>

#include <span>
#include <string_view>

namespace linkname::link {

/// The object that pulls, by all the names it goes by.
struct Consumer {
  std::string_view file;   ///< as messages name it: `libx.a(y.o)`
  std::string_view path;   ///< of the file that it is, or is in
  std::string_view member; ///< its name there
  std::string_view source; ///< where the record is written, `src/app.c`
};

class Handshake {
public:
  /// `permissions` must outlive it.
  explicit Handshake(std::span<const Permission> permissions) : permissions_(permissions) {}

  /// The rule that denies `symbol` to `consumer`; null where there is none.
  [[nodiscard]] const Permission *denied(const Consumer &consumer, const Facts &facts, std::string_view symbol) const;

  /// The rule that allows it; null where there is none.
  [[nodiscard]] const Permission *allowed(const Consumer &consumer, const Facts &facts, std::string_view symbol) const;

private:
  std::span<const Permission> permissions_;
};

} // namespace linkname::link
