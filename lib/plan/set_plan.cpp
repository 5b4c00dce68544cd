#include "plan/set_plan.h"

#include "base/text.h"
#include "base/word_store.h"
#include "plan/set_choice.h"
#include "plan/set_names.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <string>

namespace linkname::plan {
namespace {

bool is_error(const Diagnostic &diagnostic) { return diagnostic.severity == Severity::error; }

/// What cannot get new names as the rest does would go on speaking of the old ones.
std::vector<Diagnostic> refusals(std::span<const Subject> subjects, std::span<const Unread> unread, bool isolate) {
  std::vector<Diagnostic> refused;
  const auto refuse = [&](std::string place, std::string reason, std::string hint) {
    refused.push_back({.severity = Severity::error,
                       .place = std::move(place),
                       .reason = std::move(reason),
                       .hint = std::move(hint),
                       .details = {}});
  };
  for (const Unread &member : unread)
    refuse(member.file, join({member.why, ": it would go on speaking of the old names"}), member.hint);
  for (const Subject &subject : subjects) {
    if (subject.facts->lto != Lto::none)
      refuse(std::string(subject.file),
             "holds code for link-time optimisation, which would go on speaking of the old names",
             "compile it with -fno-lto");
    if (subject.facts->image && isolate)
      refuse(std::string(subject.file), "is linked already: what it does not export is nobody else's in any case",
             "take names away from others with --hide, or give them new ones with --prefix");
    if (!subject.records->empty())
      refuse(std::string(subject.file),
             "holds records of LINKNAME, which say the old names and would be obeyed in a later run",
             "obey them first, then drop them: `objcopy --remove-section` the section of records");
  }
  return refused;
}

/// Bigobj and ordinary COFF objects meet in one link.
std::string_view world_of(const Facts &facts) {
  constexpr std::string_view big = "coff-bigobj-";
  const std::string_view target = facts.target;
  return target.starts_with(big) ? target.substr(big.size()) : target.starts_with("coff-") ? target.substr(5) : target;
}

class Set {
public:
  Set(std::span<const Subject> subjects, const SetRenaming &renaming, const InPieces &in_pieces)
      : renaming_(renaming), new_name_(renaming), option_(asked_by(renaming)), mentions_(subjects.size()) {
    world_of_.reserve(subjects.size());
    in_pieces([&](std::size_t i) { mentions_[i] = mentions_in(*subjects[i].facts); },
              [&](std::size_t first, std::size_t last) {
                for (std::size_t i = first; i < last; ++i)
                  add(*subjects[i].facts, mentions_[i]);
              });
  }

  [[nodiscard]] std::span<SetNames> worlds() { return worlds_; }

  [[nodiscard]] bool changes_something() const {
    return std::ranges::any_of(worlds_, [](const SetNames &world) {
      return std::ranges::any_of(world.all(), std::identity(), &SetName::renamed);
    });
  }

  /// Once for each.
  [[nodiscard]] Plan plan_for(std::size_t subject, const Facts &facts) {
    const SetNames &names = worlds_[world_of_[subject]];
    const std::vector<SetMention> mentions = std::move(mentions_[subject]);
    // Room is made once for all of an object's.
    std::size_t edits = 0;
    std::size_t bytes = 0;
    for (const SetMention &mention : mentions)
      if (names.all()[mention.number].renamed) {
        const Symbol &symbol = facts.symbols[mention.position];
        edits += is_hidden_too(symbol, facts.format) ? 2U : 1U;
        bytes += new_name_.prefix.size() + symbol.name.size() + new_name_.suffix.size();
      }
    Plan plan;
    if (edits == 0)
      return plan;
    plan.edits.reserve(edits);
    const auto words = std::make_shared<WordStore>(bytes);
    for (const SetMention &mention : mentions)
      if (const SetName &name = names.all()[mention.number]; name.renamed) {
        const Symbol &symbol = facts.symbols[mention.position];
        add_rename(names, name, symbol, *words, plan);
        if (is_hidden_too(symbol, facts.format))
          add_edit(Change::visibility, symbol, option_, plan).visibility = Visibility::hidden;
      }
    plan.words = words;
    return plan;
  }

private:
  void add(const Facts &facts, std::span<SetMention> mentions) {
    const std::string_view target = world_of(facts);
    auto world = std::ranges::find(worlds_, target, &SetNames::target);
    if (world == worlds_.end())
      world = worlds_.insert(worlds_.end(), SetNames(target, facts.format, facts.name_prefix));
    world->add(mentions);
    world_of_.push_back(static_cast<std::size_t>(world - worlds_.begin()));
  }

  /// Whether an isolated symbol is still seen from outside its image. COFF has nothing that would say otherwise.
  [[nodiscard]] bool is_hidden_too(const Symbol &symbol, Format format) const {
    return renaming_.isolate && format != Format::coff && symbol.defined() && symbol.binding != Binding::local &&
           symbol.visibility != Visibility::hidden && symbol.visibility != Visibility::internal;
  }

  static Edit &add_edit(Change change, const Symbol &symbol, std::string_view asked_by, Plan &plan) {
    Edit &edit = plan.edits.emplace_back();
    edit.change = change;
    edit.symbol = symbol.index;
    edit.was = symbol.name;
    edit.asked_by = asked_by;
    return edit;
  }

  void add_rename(const SetNames &names, const SetName &name, const Symbol &symbol, WordStore &words,
                  Plan &plan) const {
    const NameParts parts = names.take_apart(symbol.name);
    if (name.mapped == SetName::unmapped) {
      Edit &edit = add_edit(Change::rename, symbol, option_, plan);
      edit.name = words.add({parts.front, new_name_.prefix, parts.base, new_name_.suffix, parts.version});
      // The old name stands in the new one, mostly; then nobody who asks for it needs the file.
      if (parts.base == symbol.name)
        edit.was = edit.name.substr(new_name_.prefix.size(), parts.base.size());
      return;
    }
    const MappedName &line = renaming_.map[name.mapped];
    const NameParts mapped = names.take_apart(line.new_name);
    Edit &edit = add_edit(Change::rename, symbol, words.add({line.asked_by}), plan);
    edit.name = words.add({parts.front, mapped.base, mapped.version.empty() ? parts.version : mapped.version});
  }

  const SetRenaming &renaming_;
  NewName new_name_;
  std::string_view option_;                       ///< lasts for good
  std::vector<SetNames> worlds_;                  ///< few: one a processor
  std::vector<std::size_t> world_of_;             ///< by subject
  std::vector<std::vector<SetMention>> mentions_; ///< by subject, until it is planned
};

} // namespace

Result<std::vector<Plan>> make_set_plans(std::span<const Subject> subjects, std::span<const Unread> unread,
                                         const SetRenaming &renaming, const InPieces &in_pieces) {
  Error said{.status = Status::refused, .diagnostics = refusals(subjects, unread, renaming.isolate)};
  Set set(subjects, renaming, in_pieces);
  std::ranges::move(choose_names(set.worlds(), subjects, renaming), std::back_inserter(said.diagnostics));
  if (std::ranges::any_of(said.diagnostics, is_error))
    return std::unexpected(std::move(said));
  if (!set.changes_something())
    said.diagnostics.push_back({.severity = Severity::note,
                                .place = {},
                                .reason = "no name is left that would change; nothing to do",
                                .hint = {},
                                .details = {}});
  std::vector<Plan> plans(subjects.size());
  in_pieces([&](std::size_t i) { plans[i] = set.plan_for(i, *subjects[i].facts); }, {});
  if (!plans.empty())
    plans.front().diagnostics = std::move(said.diagnostics);
  return plans;
}

} // namespace linkname::plan
