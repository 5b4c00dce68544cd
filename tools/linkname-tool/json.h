// What programs read: one stable schema (docs/json.md). Fields may be added; none changes its meaning within a version.
#pragma once

#include <linkname/check.h>
#include <linkname/error.h>
#include <linkname/inspect.h>
#include <linkname/link.h>
#include <linkname/rewrite.h>

#include <iosfwd>
#include <vector>

namespace linkname::tool {

void print_json(std::ostream &out, const std::vector<RewriteReport> &reports, bool dry_run);
void print_json(std::ostream &out, const std::vector<Inspection> &inspections,
                const std::vector<Diagnostic> &diagnostics);
void print_json(std::ostream &out, const LinkPlan &plan);
void print_json(std::ostream &out, const std::vector<Findings> &findings, Status status);
void print_json(std::ostream &out, std::string_view command, const Error &error);

} // namespace linkname::tool
