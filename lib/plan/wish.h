// A request that has found its symbol, in one file. Records say which symbol they mean; options and rules have been
// through the selector.
#pragma once

#include <linkname/request.h>

#include <cstdint>
#include <string_view>

namespace linkname::plan {

struct Wish {
  Verb verb = Verb::rename;
  std::uint32_t position = 0; ///< in Facts::symbols
  std::string_view name;      ///< rename and alias: the new name; like asked_by, a request's or one of Wishes::written
  std::string_view asked_by;
  std::string_view why; ///< the request's or the record's
  bool unsafe = false;
  bool companion = false; ///< it follows from a wish for another symbol (plan/companions.h)
  bool already = false;   ///< fulfilled as things are; what matters is that no other wish contradicts it
};

} // namespace linkname::plan
