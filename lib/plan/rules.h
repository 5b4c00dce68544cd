// Requests and permissions from a text file that is easy to review: one a line, each with its reason (docs/rules.md).
#pragma once

#include <linkname/error.h>
#include <linkname/request.h>

#include <string_view>

namespace linkname::plan {

/// `file` is how messages name the text. Every faulty line is reported, with Status::usage.
Result<Rules> parse_rules(std::string_view text, std::string_view file);

} // namespace linkname::plan
