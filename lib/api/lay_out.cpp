#include "api/lay_out.h"

#include "api/index_changes.h"
#include "base/large_pages.h"
#include "base/no_new_findings.h"
#include "base/parallel.h"
#include "base/verify_copy.h"
#include "container/verify.h"

#include <algorithm>
#include <atomic>

namespace linkname {
namespace {

/// The splices of each object, and beside them what becomes of the indices.
std::vector<Result<LaidOut>> lay_out_objects(Input &input, const Counted &counted) {
  std::vector<Result<LaidOut>> results(input.objects.size());
  std::atomic<std::size_t> done = 0;
  const auto lay_out_one = [&](std::size_t i) {
    if (i == 0) {
      if (input.indices)
        input.indices->plan_ahead();
      return;
    }
    if (counted)
      counted(++done, input.objects.size());
    const Object &object = input.objects[i - 1];
    results[i - 1] = in_file(object.name, object.known.format->lay_out(input.bytes_of(object), object.plan));
  };
  const auto offset_of = [&](std::size_t i) {
    return i == 0 ? 0 : input.tree.nodes()[input.objects[i - 1].node].offset;
  };
  for_each_in_file(input, input.objects.size() + 1, offset_of, lay_out_one);
  return results;
}

Result<void> lay_out(Input &input, std::uint64_t now, const Counted &counted) {
  std::vector<Result<LaidOut>> results = lay_out_objects(input, counted);
  for (std::size_t i = 0; i < results.size(); ++i) {
    const std::uint32_t node = input.objects[i].node;
    if (!results[i])
      return std::unexpected(std::move(results[i].error()));
    put_file_first(results[i]->diagnostics, input.objects[i].name);
    std::ranges::move(results[i]->diagnostics, std::back_inserter(input.objects[i].plan.diagnostics));
    put_file_first(results[i]->room, input.objects[i].name);
    input.objects[i].room = std::move(results[i]->room);
    const auto change = std::ranges::lower_bound(input.changes, node, {}, &container::LeafChange::node);
    if (input.tree.is_plain())
      input.splices = std::move(results[i]->splices);
    else if (change != input.changes.end() && change->node == node)
      change->splices = std::move(results[i]->splices);
  }
  if (!input.indices)
    return {};
  Result<Splices> assembled = in_file(input.name, container::assemble(input.tree, input.changes, *input.indices, now));
  if (!assembled)
    return std::unexpected(std::move(assembled.error()));
  input.splices = std::move(*assembled);
  return {};
}

} // namespace

Result<void> lay_out(std::vector<Input> &inputs, std::uint64_t now, const Counted &counted) {
  note_index_changes(inputs);
  for (Input &input : inputs)
    if (Result<void> done = lay_out(input, now, counted); !done)
      return done;
  return {};
}

namespace {

/// Both looks at a new image take about as long, and neither needs the other.
Result<void> verify_object(const Object &object, Bytes before, Bytes after, const Settle &settle) {
  const Backend &format = *object.known.format;
  if (object.plan.empty() || format.lint == nullptr)
    return format.verify(before, object.plan, after, settle);
  if (Result<void> settled = settle(); !settled)
    return settled;
  const Settle settled = [] { return Result<void>(); };
  if (after.size() < large_file) {
    Result<void> good = format.verify(before, object.plan, after, settled);
    return good ? no_new_findings(format, before, after) : good;
  }
  Result<void> as_planned;
  Result<void> sound;
  both_parallel([&] { as_planned = format.verify(before, object.plan, after, settled); },
                [&] { sound = no_new_findings(format, before, after); });
  return as_planned ? sound : as_planned;
}

} // namespace

Look look_of(const Input &input) { return input.tree.is_plain() ? Look::tables_first : Look::in_order; }

Result<void> verify_input(const Input &input, Bytes written, const SettleUntil &settle) {
  const Settle settle_all = [&] { return settle(written.size()); };
  if (input.tree.is_plain()) {
    const Object &object = input.objects.front();
    return verify_object(object, input.bytes(), written, settle_all);
  }
  if (input.is_thin()) {
    if (Result<void> settled = settle_all(); !settled)
      return settled;
    return container::verify_thin(input.tree.archive(input.tree.nodes().front()), input.said.members, written);
  }
  if (!input.indices)
    return verify_copy(input.bytes(), written, settle_all);
  const Settle settled = [] { return Result<void>(); };
  UnmapBehind unmap_old(input.file ? input.bytes() : Bytes());
  UnmapBehind unmap_new(input.file ? written : Bytes()); // what was written is mapped then, as the input is
  const auto leaf = [&](std::uint32_t node, Bytes now) -> Result<void> {
    const auto object = std::ranges::lower_bound(input.objects, node, {}, &Object::node);
    Result<void> good = verify_object(*object, input.bytes_of(*object), now, settled);
    if (!good)
      good = in_file(input.tree.place(node), std::move(good));
    unmap_old.pass(input.tree.nodes()[node].offset);
    unmap_new.pass(static_cast<std::uint64_t>(now.data() - written.data()));
    return good;
  };
  return container::verify(input.tree, input.changes, *input.indices, input.splices, written, leaf, settle);
}

} // namespace linkname
