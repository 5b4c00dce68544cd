#include "api/index_changes.h"

#include "base/parallel.h"

#include <algorithm>
#include <memory>
#include <span>
#include <string_view>

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

void note_changes(Input &input) {
  std::vector<const Object *> changed;
  for (const Object &object : input.objects)
    if (!object.plan.empty()) {
      changed.push_back(&object);
      input.changes.push_back({.node = object.node, .splices = {}, .names = {}});
    }
  for_each_parallel(changed.size(), [&](std::size_t i) {
    input.changes[i].names = index_change(*changed[i]->known.facts, changed[i]->plan);
  });
}

void note_what_stays(Input &input, std::span<const std::string_view> given_up) {
  std::vector<container::LeafChange> changes;
  auto change = input.changes.begin();
  for (const Object &object : input.objects) {
    container::LeafChange here{.node = object.node, .splices = {}, .names = {}};
    if (change != input.changes.end() && change->node == object.node)
      here = std::move(*change++);
    const container::IndexChange *const names = &here.names;
    container::Renames renames(std::span(&names, 1));
    for (const Symbol &symbol : object.known.facts->symbols)
      if (symbol.defined() && symbol.binding != Binding::local && std::ranges::binary_search(given_up, symbol.name) &&
          !renames(0, symbol.name) && !here.names.removes(symbol.name))
        here.names.kept.push_back(symbol.name);
    if (!object.plan.empty() || !here.names.kept.empty())
      changes.push_back(std::move(here));
  }
  input.changes = std::move(changes);
}

/// Where one object of a COFF library gives up a name, the index may have to find it in another one that defines it
/// too. `library` are the inputs that its members are in.
void say_what_stays(std::span<Input *const> library) {
  std::vector<std::string_view> given_up;
  for (const Input *const input : library)
    for (const container::LeafChange &change : input->changes) {
      for (const auto &[was, now] : change.names.renamed)
        given_up.push_back(was);
      given_up.insert(given_up.end(), change.names.removed.begin(), change.names.removed.end());
    }
  if (given_up.empty())
    return;
  std::ranges::sort(given_up);
  for (Input *const input : library)
    note_what_stays(*input, given_up);
}

} // namespace

void note_index_changes(std::vector<Input> &inputs) {
  // An object of the run may be a member of a thin archive as well.
  const bool thin = std::ranges::any_of(inputs, &Input::is_thin);
  for (Input &input : inputs)
    if (thin || !input.is_object())
      note_changes(input);
  for (Input &input : inputs) {
    if (!input.tree.knows_names_once())
      continue;
    std::vector<Input *> library = {&input};
    for (const std::uint32_t member : input.members_outside())
      library.push_back(&inputs[member]);
    say_what_stays(library);
  }
  for (Input &input : inputs) {
    if (input.is_object())
      continue;
    if (!input.tree.is_plain() && !input.changes.empty())
      input.indices = std::make_unique<container::Indices>(input.tree, input.changes);
    input.give_up_facts();
  }
}

} // namespace linkname
