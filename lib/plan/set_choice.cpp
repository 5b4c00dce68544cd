#include "plan/set_choice.h"

#include "base/text.h"
#include "plan/kept_names.h"
#include "plan/missing.h"
#include "plan/name_patterns.h"

#include <algorithm>
#include <array>
#include <set>
#include <unordered_map>

namespace linkname::plan {
namespace {

bool fits(const KeptName &row, std::string_view name) {
  return row.name.ends_with('*') ? name.starts_with(row.name.substr(0, row.name.size() - 1)) : name == row.name;
}

/// Whether a name of the list begins with the same three characters. Most names are turned away by it.
class FirstLook {
public:
  constexpr FirstLook() {
    for (const KeptName &kept : kept_names)
      known_[slot(kept.name)] = true;
  }

  [[nodiscard]] constexpr bool operator()(std::string_view name) const {
    return name.size() >= first && known_[slot(name)];
  }

private:
  static constexpr std::size_t first = 3;

  static constexpr std::size_t slot(std::string_view name) {
    std::size_t slot = 0;
    for (const char c : name.substr(0, first))
      slot = slot * 31 + static_cast<unsigned char>(c);
    return slot % slots;
  }

  static constexpr std::size_t slots = 4096;
  std::array<bool, slots> known_{};
};
constexpr FirstLook first_look;
static_assert(std::ranges::all_of(kept_names, [](const KeptName &kept) { return kept.name.size() > 3; }));

const KeptName *kept_name(std::string_view c_level) {
  if (!first_look(c_level))
    return nullptr;
  const auto row = std::ranges::find_if(kept_names, [&](const KeptName &kept) { return fits(kept, c_level); });
  return row == std::end(kept_names) ? nullptr : row;
}

class Chooser {
public:
  Chooser(std::span<SetNames> worlds, std::span<const Subject> subjects, const SetRenaming &renaming)
      : worlds_(worlds), subjects_(subjects), renaming_(renaming), new_name_(renaming) {}

  std::vector<Diagnostic> run() {
    const std::vector<std::string> &except = renaming_.isolate ? renaming_.keep : renaming_.except;
    const Marks wanted = renaming_.only.empty() ? Marks() : fitting("--only", renaming_.only);
    const Marks unwanted = fitting(renaming_.isolate ? "--keep" : "--except", except);
    const auto chosen = [&](std::size_t world, std::uint32_t number) {
      return (renaming_.only.empty() || wanted[world][number]) && !unwanted[world][number];
    };
    if (!new_name_.prefix.empty() || !new_name_.suffix.empty())
      for (std::size_t world = 0; world < worlds_.size(); ++world)
        for (std::uint32_t number = 0; number < worlds_[world].all().size(); ++number) {
          SetName &name = worlds_[world].all()[number];
          name.renamed = name.defined && chosen(world, number);
        }
    leave_kept_names();
    for (std::uint32_t line = 0; line < renaming_.map.size(); ++line)
      map(line, chosen);
    refuse_shared_names();
    for (const SetNames &world : worlds_)
      find_clashes(world);
    return std::move(diagnostics_);
  }

private:
  using Marks = std::vector<std::vector<bool>>; ///< by world and number

  void say(Severity severity, std::string place, std::string reason, std::string hint,
           std::vector<std::string> details = {}) {
    diagnostics_.push_back({.severity = severity,
                            .place = std::move(place),
                            .reason = std::move(reason),
                            .hint = std::move(hint),
                            .details = std::move(details)});
  }

  /// The names that the patterns of one option fit. A pattern has to fit a definition.
  Marks fitting(std::string_view option, std::span<const std::string> patterns) {
    Marks marks;
    std::vector<bool> defined(patterns.size()), there(patterns.size());
    for (const SetNames &world : worlds_) {
      std::vector<bool> &fit = marks.emplace_back(world.all().size());
      const std::vector<std::vector<std::uint32_t>> found = names_that_fit(patterns, world);
      for (std::size_t i = 0; i < patterns.size(); ++i)
        for (const std::uint32_t number : found[i]) {
          fit[number] = there[i] = true;
          defined[i] = defined[i] || world.all()[number].defined;
        }
    }
    for (std::size_t i = 0; i < patterns.size(); ++i)
      if (!there[i])
        diagnostics_.push_back(missing_name(option, patterns[i], subjects_));
      else if (!defined[i])
        say(option == "--except" ? Severity::note : Severity::error, std::string(option),
            join({quoted(patterns[i]), " is only referred to here, and not defined"}),
            "names that the set does not define stay as they are in any case");
    return marks;
  }

  /// Takes back what compilers and linkers must find, and tells of it once.
  void leave_kept_names() {
    std::set<std::string> left;
    for (SetNames &world : worlds_)
      for (SetName &name : world.all()) {
        const KeptName *const kept = name.renamed ? kept_name(name.base) : nullptr;
        if (kept == nullptr)
          continue;
        name.renamed = false;
        const std::string full = world.full_name(name);
        if (std::ranges::find(renaming_.only, full) != renaming_.only.end())
          say(Severity::error, "--only", join({quoted(full), " cannot have another name: ", kept->why}),
              kept->by_linker ? "leave it out" : "give it a name of its own with --rename-map");
        else if (!kept->in_all_objects)
          left.insert(join({quoted(full), ": ", kept->why}));
      }
    if (!left.empty())
      say(Severity::note, {},
          join({"these are defined here and are left as they are, since they are found by name from outside: ",
                std::to_string(left.size())}),
          "--rename-map can change most of them", {left.begin(), left.end()});
  }

  template <class Chosen> void map(std::uint32_t line, Chosen chosen) {
    const MappedName &mapped = renaming_.map[line];
    bool there = false;
    for (std::size_t i = 0; i < worlds_.size(); ++i) {
      SetNames &world = worlds_[i];
      const std::optional<std::uint32_t> number = world.find(mapped.old_name);
      if (!number)
        continue;
      there = true;
      SetName &name = world.all()[*number];
      if (const KeptName *const kept = kept_name(name.base); kept != nullptr && kept->by_linker)
        say(Severity::error, mapped.asked_by, join({quoted(mapped.old_name), " cannot have another name: ", kept->why}),
            "leave it out");
      else if (const NameParts parts = world.take_apart(mapped.new_name);
               parts.has_lead || parts.prefixed != name.prefixed)
        say(Severity::error, mapped.asked_by,
            join({quoted(mapped.new_name), " is no name of the kind of ", quoted(mapped.old_name)}),
            parts.has_lead ? "what stands for another symbol follows that symbol's name"
                           : "the platform's '_' stands before both or before none");
      else {
        name.renamed = chosen(i, *number) && parts.base != name.base;
        name.mapped = name.renamed ? line : SetName::unmapped;
      }
    }
    if (!there)
      diagnostics_.push_back(missing_name(mapped.asked_by, mapped.old_name, subjects_));
  }

  /// Lines of the map that contradict each other.
  void refuse_shared_names() {
    std::unordered_map<std::string_view, const MappedName *> by_old, by_new;
    for (const MappedName &line : renaming_.map) {
      const auto [old_line, old_added] = by_old.try_emplace(line.old_name, &line);
      const auto [new_line, new_added] = by_new.try_emplace(line.new_name, &line);
      if (!old_added)
        say(Severity::error, line.asked_by,
            join({quoted(line.old_name), " has a new name already, by ", old_line->second->asked_by}),
            "keep one of the two");
      else if (!new_added)
        say(Severity::error, line.asked_by,
            join({quoted(line.new_name), " is the new name of ", quoted(new_line->second->old_name), " too, by ",
                  new_line->second->asked_by}),
            "choose another name");
    }
  }

  /// Whether a name is what prefix and suffix make of one.
  [[nodiscard]] bool is_affixed(const SetName &name) const {
    return name.base.size() >= new_name_.prefix.size() + new_name_.suffix.size() &&
           name.base.starts_with(new_name_.prefix) && name.base.ends_with(new_name_.suffix);
  }

  void find_clashes(const SetNames &world) {
    // Mostly nothing in a set looks like a new name, and hundreds of thousands need not be looked up.
    const bool any_affixed = std::ranges::any_of(world.all(), [&](const SetName &name) { return is_affixed(name); });
    std::string buffer;
    for (const SetName &name : world.all()) {
      if (!name.renamed || (name.mapped == SetName::unmapped && !any_affixed))
        continue;
      if (name.mapped == SetName::unmapped)
        buffer.assign(new_name_.prefix).append(name.base).append(new_name_.suffix);
      else
        buffer = world.take_apart(renaming_.map[name.mapped].new_name).base;
      if (const std::optional<std::uint32_t> other = world.find(buffer, name.prefixed))
        meet(world, name, world.all()[*other]);
      if (name.mapped != SetName::unmapped)
        meet_affixed(world, name, buffer);
    }
  }

  [[nodiscard]] std::string_view option_of(const SetName &name) const {
    return name.mapped != SetName::unmapped ? std::string_view(renaming_.map[name.mapped].asked_by)
                                            : asked_by(renaming_);
  }

  /// `name` is to be called what `other` is called now.
  void meet(const SetNames &world, const SetName &name, const SetName &other) {
    if (other.renamed || !name.defined)
      return;
    const std::string place(option_of(name));
    if (other.defined)
      say(Severity::error, place,
          join({quoted(world.full_name(name)), " cannot be called ", quoted(world.full_name(other)),
                ", which is defined here already: ", definer(world, other)}),
          "choose another name, or rename that one in the same run");
    else
      say(Severity::warning, place,
          join({quoted(world.full_name(name)), " is called ", quoted(world.full_name(other)),
                ", which is referred to here as somebody else's: those references now mean this definition"}),
          {});
  }

  /// `name` is to be called what prefix and suffix make of another.
  void meet_affixed(const SetNames &world, const SetName &name, std::string_view base) {
    if (!base.starts_with(new_name_.prefix) || !base.ends_with(new_name_.suffix) ||
        base.size() <= new_name_.prefix.size() + new_name_.suffix.size())
      return;
    base.remove_prefix(new_name_.prefix.size());
    base.remove_suffix(new_name_.suffix.size());
    const std::optional<std::uint32_t> other = world.find(base, name.prefixed);
    if (other && world.all()[*other].renamed && world.all()[*other].mapped == SetName::unmapped)
      say(Severity::error, std::string(option_of(name)),
          join({quoted(renaming_.map[name.mapped].new_name), " is what ", quoted(world.full_name(world.all()[*other])),
                " will be called too"}),
          "choose another name");
  }

  /// Where a definition stands; looked for when it is to be told.
  [[nodiscard]] std::string definer(const SetNames &world, const SetName &name) const {
    for (const Subject &subject : subjects_)
      for (const Symbol &symbol : subject.facts->symbols)
        if (is_set_name(symbol) && symbol.defined() && subject.facts->name_prefix == world.name_prefix()) {
          const NameParts parts = world.take_apart(symbol.name);
          if (parts.base == name.base && parts.prefixed == name.prefixed)
            return place_of(subject, symbol);
        }
    return {};
  }

  std::span<SetNames> worlds_;
  std::span<const Subject> subjects_;
  const SetRenaming &renaming_;
  NewName new_name_;
  std::vector<Diagnostic> diagnostics_;
};

} // namespace

std::string_view asked_by(const SetRenaming &renaming) {
  return renaming.isolate ? "--isolate" : renaming.prefix.empty() ? "--suffix" : "--prefix";
}

std::vector<Diagnostic> choose_names(std::span<SetNames> worlds, std::span<const Subject> subjects,
                                     const SetRenaming &renaming) {
  return Chooser(worlds, subjects, renaming).run();
}

} // namespace linkname::plan
