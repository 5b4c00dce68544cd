// What people read.
#pragma once

#include <linkname/check.h>
#include <linkname/error.h>
#include <linkname/inspect.h>
#include <linkname/link.h>
#include <linkname/rewrite.h>

#include <iosfwd>
#include <string>
#include <vector>

namespace linkname::tool {

/// The messages, one a line, their candidates below them. Colour only on a terminal.
void print(const std::vector<Diagnostic> &diagnostics);

/// The edits of one file, one a line.
void print(std::ostream &out, const RewriteReport &report);

/// How many edits there are in how many objects of each output, a line each; a thin archive's members count as its own.
void print_counts(std::ostream &out, const std::vector<RewriteReport> &reports);

/// The pulls with what they are bound to, the edits of the copies, and the command.
void print(std::ostream &out, const LinkPlan &plan);

/// Records, then symbols.
void print(std::ostream &out, const Inspection &inspection);

/// What was found in one image, one finding a line, or that nothing was.
void print(std::ostream &out, const Findings &findings);

} // namespace linkname::tool
