#include "api/lay_out.h"

#include "api/index_changes.h"
#include "base/large_pages.h"
#include "base/no_new_findings.h"
#include "base/parallel.h"
#include "base/verify_copy.h"
#include "container/verify.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <span>
#include <utility>

namespace linkname {
namespace {

/// New bytes of all objects together of which so many are kept until they are written. Of a large archive all of whose
/// objects change, those of the other objects are made a second time then: in memory they would be larger than the
/// file.
std::uint64_t most_kept(const Input &input) {
  constexpr std::uint64_t least = 4U << 20U;
  constexpr std::uint64_t for_an_object = 1U << 9U; // what else is known of each
  const std::uint64_t half = input.bytes().size() / 2;
  return std::max(least, half - std::min(half, for_an_object * input.objects.size()));
}

/// What a splice takes beside its bytes.
constexpr std::uint64_t splice_overhead = 96;

Result<LaidOut> lay_out_object(const Input &input, const Object &object) {
  return in_file(object.name, object.known.format->lay_out(input.bytes_of(object), object.plan));
}

/// A file's objects on their way from plans to splices.
class Layout {
public:
  /// `may_defer`: what the input's file becomes is written by who can make what was deferred.
  Layout(Input &input, bool may_defer) : input_(input), may_defer_(may_defer), most_kept_(most_kept(input)) {}

  Result<void> run(const Counted &counted) {
    std::atomic<std::size_t> done = 0;
    const auto work = [&](std::size_t i) {
      if (i == 0) {
        if (input_.indices)
          input_.indices->plan_ahead();
        return;
      }
      if (counted)
        counted(++done, input_.objects.size());
      lay_out(input_.objects[i - 1]);
    };
    const auto offset_of = [&](std::size_t i) { return i == 0 ? 0 : input_.offset_of(input_.objects[i - 1]); };
    for_each_in_file(input_, input_.objects.size() + 1, offset_of, work);
    if (failed_ == nullptr)
      return {};
    return std::unexpected(std::move(why_));
  }

private:
  void lay_out(Object &object) {
    Result<LaidOut> result = lay_out_object(input_, object);
    if (!result)
      return fail(object, std::move(result.error()));
    put_file_first(result->diagnostics, object.name);
    std::ranges::move(result->diagnostics, std::back_inserter(object.plan.diagnostics));
    put_file_first(result->room, object.name);
    object.room = std::move(result->room);
    const auto change = std::ranges::lower_bound(input_.changes, object.node, {}, &container::LeafChange::node);
    if (input_.tree.is_plain())
      input_.splices = std::move(result->splices);
    else if (change != input_.changes.end() && change->node == object.node)
      change->splices = kept_or_deferred(std::move(result->splices), input_.bytes_of(object).size());
  }

  Splices kept_or_deferred(Splices splices, std::uint64_t size) {
    std::uint64_t bytes = 0;
    for (const Splice &splice : splices)
      bytes += splice.bytes.capacity() + splice_overhead;
    if (!may_defer_ || splices.empty() || kept_.fetch_add(bytes) + bytes <= most_kept_)
      return splices;
    kept_ -= bytes;
    Splices whole;
    whole.push_back({.offset = 0, .old_length = size, .bytes = {}, .deferred = new_size(size, splices)});
    return whole;
  }

  /// The first in the file is told, whichever thread was faster.
  void fail(const Object &object, Error why) {
    const std::lock_guard lock(failing_);
    if (failed_ != nullptr && failed_->node < object.node)
      return;
    failed_ = &object;
    why_ = std::move(why);
  }

  Input &input_;
  bool may_defer_;
  std::uint64_t most_kept_;
  std::atomic<std::uint64_t> kept_ = 0;
  std::mutex failing_;
  const Object *failed_ = nullptr;
  Error why_;
};

Result<void> lay_out(Input &input, bool may_defer, std::uint64_t now, const Counted &counted) {
  if (Result<void> done = Layout(input, may_defer).run(counted); !done || !input.indices)
    return done;
  Result<Splices> assembled = in_file(input.name, container::assemble(input.tree, input.changes, *input.indices, now));
  if (!assembled)
    return std::unexpected(std::move(assembled.error()));
  input.splices = std::move(*assembled);
  return {};
}

} // namespace

Result<void> lay_out(std::vector<Input> &inputs, std::uint64_t now, const Counted &counted) {
  note_index_changes(inputs);
  const bool thin = std::ranges::any_of(inputs, &Input::is_thin); // whose members are named by what they will be
  for (Input &input : inputs)
    if (Result<void> done = lay_out(input, input.file && !input.tree.is_plain() && !thin, now, counted); !done)
      return done;
  return {};
}

MakeDeferred make_deferred(const Input &input) {
  std::vector<const Object *> objects;
  for (const container::LeafChange &change : input.changes)
    if (!change.splices.empty() && change.splices.front().deferred != 0)
      objects.push_back(&*std::ranges::lower_bound(input.objects, change.node, {}, &Object::node));
  const auto offset_of = [&input](const Object *object) { return input.offset_of(*object); };
  std::ranges::sort(objects, {}, offset_of);
  return [&input, offset_of, objects = std::move(objects)](std::span<const Splice *const> deferred) {
    std::optional made(std::vector<Splices>(deferred.size()));
    std::atomic<bool> good = true;
    for_each_parallel(deferred.size(), [&](std::size_t i) {
      const std::uint64_t offset = deferred[i]->offset;
      Result<LaidOut> result = lay_out_object(input, **std::ranges::lower_bound(objects, offset, {}, offset_of));
      good = good && result;
      if (!result)
        return;
      for (Splice &splice : result->splices)
        splice.offset += offset;
      (*made)[i] = std::move(result->splices);
    });
    if (!good)
      made.reset();
    return made;
  };
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
