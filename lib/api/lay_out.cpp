#include "api/lay_out.h"

#include "base/large_pages.h"
#include "base/parallel.h"
#include "base/verify_copy.h"
#include "container/verify.h"

#include <algorithm>
#include <atomic>
#include <ctime>

namespace linkname {
namespace {

/// What an archive's index will call what it knows of an object. `facts` and `plan` must outlive it.
container::IndexChange index_change(const Facts &facts, const Plan &plan) {
  container::IndexChange change;
  for (const Edit &edit : plan.edits) {
    const Symbol *const symbol = facts.symbol_at(edit.symbol);
    const bool listed = symbol->defined() && symbol->binding != Binding::local;
    if (edit.change == Change::add)
      change.added.push_back(edit.name);
    else if (edit.change == Change::rename && listed)
      change.renamed.emplace_back(edit.was, edit.name);
    else if (edit.change == Change::localize && listed)
      change.removed.push_back(edit.was);
  }
  std::ranges::sort(change.removed);
  return change;
}

/// Where one object of a COFF library gives up a name, the index may have to find it in another one that defines it
/// too.
void say_what_stays(Input &input) {
  std::vector<std::string_view> given_up;
  for (const container::LeafChange &change : input.changes) {
    for (const auto &[was, now] : change.names.renamed)
      given_up.push_back(was);
    given_up.insert(given_up.end(), change.names.removed.begin(), change.names.removed.end());
  }
  if (given_up.empty())
    return;
  std::ranges::sort(given_up);
  std::vector<container::LeafChange> changes;
  auto change = input.changes.begin();
  for (const Object &object : input.objects) {
    container::LeafChange here{.node = object.node, .splices = {}, .names = {}};
    if (change != input.changes.end() && change->node == object.node)
      here = std::move(*change++);
    const container::IndexChange *const names = &here.names;
    container::Renames renames(std::span(&names, 1));
    for (const Symbol &symbol : object.known.facts.symbols)
      if (symbol.defined() && symbol.binding != Binding::local && std::ranges::binary_search(given_up, symbol.name) &&
          !renames(0, symbol.name) && !here.names.removes(symbol.name))
        here.names.kept.push_back(symbol.name);
    if (!object.plan.empty() || !here.names.kept.empty())
      changes.push_back(std::move(here));
  }
  input.changes = std::move(changes);
}

/// What changes in the indices.
void note_index_changes(Input &input) {
  if (input.tree.is_plain())
    return;
  std::vector<const Object *> changed;
  for (const Object &object : input.objects)
    if (!object.plan.empty()) {
      changed.push_back(&object);
      input.changes.push_back({.node = object.node, .splices = {}, .names = {}});
    }
  for_each_parallel(changed.size(), [&](std::size_t i) {
    input.changes[i].names = index_change(changed[i]->known.facts, changed[i]->plan);
  });
  if (input.tree.knows_names_once())
    say_what_stays(input);
  input.indices = std::make_unique<container::Indices>(input.tree, input.changes);
  for_each_parallel(input.objects.size(), [&](std::size_t i) {
    input.objects[i].known.facts.symbols = {};
    input.objects[i].known.facts.sections = {};
  });
}

/// The splices of each object, and beside them what becomes of the indices.
std::vector<Result<Splices>> lay_out_objects(Input &input, const Counted &counted) {
  std::vector<Result<Splices>> splices(input.objects.size());
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
    splices[i - 1] = in_file(object.name, object.known.format->lay_out(input.bytes_of(object), object.plan));
  };
  const auto offset_of = [&](std::size_t i) {
    return i == 0 ? 0 : input.tree.nodes()[input.objects[i - 1].node].offset;
  };
  for_each_in_file(input, input.objects.size() + 1, offset_of, lay_out_one);
  return splices;
}

Result<void> lay_out(Input &input, std::optional<std::uint64_t> date, const Counted &counted) {
  note_index_changes(input);
  std::vector<Result<Splices>> splices = lay_out_objects(input, counted);
  for (std::size_t i = 0; i < splices.size(); ++i) {
    const std::uint32_t node = input.objects[i].node;
    if (!splices[i])
      return std::unexpected(std::move(splices[i].error()));
    const auto change = std::ranges::lower_bound(input.changes, node, {}, &container::LeafChange::node);
    if (input.tree.is_plain())
      input.splices = std::move(*splices[i]);
    else if (change != input.changes.end() && change->node == node)
      change->splices = std::move(*splices[i]);
  }
  if (input.changes.empty())
    return {};
  const std::uint64_t now = date.value_or(static_cast<std::uint64_t>(std::time(nullptr)));
  Result<Splices> assembled = in_file(input.path, container::assemble(input.tree, input.changes, *input.indices, now));
  if (!assembled)
    return std::unexpected(std::move(assembled.error()));
  input.splices = std::move(*assembled);
  return {};
}

} // namespace

Result<void> lay_out(std::span<Input> inputs, std::optional<std::uint64_t> date, const Counted &counted) {
  for (Input &input : inputs)
    if (Result<void> done = lay_out(input, date, counted); !done)
      return done;
  return {};
}

Result<void> verify_input(Input &input, Bytes written, const SettleUntil &settle) {
  const Settle settle_all = [&] { return settle(written.size()); };
  if (input.tree.is_plain()) {
    const Object &object = input.objects.front();
    return object.known.format->verify(input.bytes(), object.plan, written, settle_all);
  }
  if (input.changes.empty())
    return verify_copy(input.bytes(), written, settle_all);
  const Settle settled = [] { return Result<void>(); };
  UnmapBehind unmap_old(input.file ? input.bytes() : Bytes());
  UnmapBehind unmap_new(input.file ? written : Bytes()); // what was written is mapped then, as the input is
  const auto leaf = [&](std::uint32_t node, Bytes now) -> Result<void> {
    const auto object = std::ranges::lower_bound(input.objects, node, {}, &Object::node);
    Result<void> good = object->known.format->verify(input.bytes_of(*object), object->plan, now, settled);
    if (!good)
      good = in_file(input.tree.place(node), std::move(good));
    unmap_old.pass(input.tree.nodes()[node].offset);
    unmap_new.pass(static_cast<std::uint64_t>(now.data() - written.data()));
    return good;
  };
  return container::verify(input.tree, input.changes, *input.indices, input.splices, written, leaf, settle);
}

} // namespace linkname
