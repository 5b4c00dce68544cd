// The steps of a rewrite, for whoever has to look at the plans in between: the whole link decides what to promote when
// it knows what records and rules make of every object.
#pragma once

#include "api/input.h"
#include "base/replace_file.h"
#include "plan/subject.h"
#include "plan/wish.h"

#include <linkname/rewrite.h>

#include <span>
#include <string>
#include <vector>

namespace linkname {

/// Wishes beside those of requests and records, for all objects of all inputs in their order; or empty.
using MoreWishes = std::span<const std::vector<plan::Wish>>;

/// The objects of all inputs as the planner sees them. They point into `inputs`.
[[nodiscard]] std::vector<plan::Subject> subjects_of(const std::vector<Input> &inputs);

/// Plans for all inputs together. May be called again.
Result<void> plan_inputs(std::vector<Input> &inputs, const RewriteOptions &options, MoreWishes more = {});

/// Judges the hazards of what is planned and lays it out. Behind this nothing is known of a container's objects but
/// their plans.
Result<void> finish_inputs(std::vector<Input> &inputs, const RewriteOptions &options, const Counted &counted = {});

/// What an index gets for a date where it has one.
[[nodiscard]] std::uint64_t now_of(const RewriteOptions &options);

/// Writes what became of `input`, verified, and lets it take the place of `output`.
Result<void> write_input(const Input &input, Result<FileReplacement> replacement, const std::string &output);

/// Moves what there is to tell of `input` behind `reports`: of each of its objects with something to tell, or unless it
/// is a thin archive's member, one for all of it. A second time there is nothing.
void report_input(Input &input, const std::string &output, std::vector<RewriteReport> &reports);

} // namespace linkname
