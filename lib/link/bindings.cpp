#include "link/bindings.h"

#include "api/steps.h"
#include "base/text.h"
#include "link/handshake.h"
#include "link/link_names.h"
#include "plan/missing.h"
#include "plan/selector.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace linkname::link {
namespace {

/// One record that pulls.
struct Pull {
  std::size_t subject = 0;
  Record *record = nullptr;
  std::uint32_t position = 0; ///< the undefined symbol's
};

class Binder {
public:
  Binder(std::vector<Input> &inputs, const InputFiles &files, Undefined undefined, const LinkOptions &options)
      : files_(files), undefined_(undefined), options_(options), handshake_(options.rules.permissions),
        subjects_(subjects_of(inputs)) {
    for (Input &input : inputs) {
      for (Object &object : input.objects)
        objects_.push_back(&object);
      unread_.insert(unread_.end(), input.unread.begin(), input.unread.end());
    }
    bound_.promotions.resize(objects_.size());
  }

  Result<Bound> run() {
    collect_pulls();
    collect_names();
    for (auto &[remote, pulls] : pulls_)
      bind(remote, pulls);
    if (!refusals_.diagnostics.empty())
      return std::unexpected(std::move(refusals_));
    if (without_handshake_ != 0)
      bound_.diagnostics.push_back(
          {.severity = Severity::note,
           .place = {},
           .reason = join({"the handshake is off: ", std::to_string(without_handshake_),
                           without_handshake_ == 1 ? " pull of a private definition" : " pulls of private definitions",
                           " that no owner offers and no rule allows"}),
           .hint = {},
           .details = {}});
    return std::move(bound_);
  }

private:
  [[nodiscard]] const Facts &facts(std::size_t subject) const { return *subjects_[subject].facts; }
  [[nodiscard]] const Symbol &symbol(const Place &place) const { return facts(place.subject).symbols[place.position]; }

  static std::string asked_by(const Record &record) { return join({"LINKNAME at ", record.written_at}); }

  void refuse(std::string place, std::string reason, std::string hint, std::vector<std::string> details = {}) {
    refusals_.diagnostics.push_back({.severity = Severity::error,
                                     .place = std::move(place),
                                     .reason = std::move(reason),
                                     .hint = std::move(hint),
                                     .details = std::move(details)});
  }

  /// The symbol that a record means, or the one that an earlier run made of it.
  [[nodiscard]] std::optional<std::uint32_t> symbol_of(std::size_t subject, const Record &record) const {
    const std::vector<Symbol> &symbols = facts(subject).symbols;
    if (record.symbol) {
      const Symbol *const found = facts(subject).symbol_at(*record.symbol);
      return found == nullptr ? std::nullopt : std::optional(static_cast<std::uint32_t>(found - symbols.data()));
    }
    for (const std::string *const name : {&record.local, &record.remote})
      if (const auto found = std::ranges::find(symbols, *name, &Symbol::name); found != symbols.end())
        return static_cast<std::uint32_t>(found - symbols.begin());
    return std::nullopt;
  }

  void collect_pulls() {
    for (std::size_t i = 0; i < objects_.size(); ++i)
      for (Record &record : objects_[i]->known.records) {
        const std::optional<std::uint32_t> position = symbol_of(i, record);
        if (!record.remote.empty() && position && !facts(i).symbols[*position].defined())
          pulls_[record.remote].push_back({.subject = i, .record = &record, .position = *position});
      }
  }

  /// The parts of `remote`: `lexer.o:helper` names a file in front.
  [[nodiscard]] static plan::Selector parts_of(std::string_view remote, const Facts &facts) {
    return plan::Readings(facts.c_level(remote)).last();
  }

  [[nodiscard]] static std::string bare_name(std::string_view remote, const Facts &facts) {
    const plan::Selector parts = parts_of(remote, facts);
    if (parts.qualifier.empty())
      return std::string(remote);
    const bool prefixed = facts.c_level(remote).size() != remote.size();
    return prefixed ? join({remote.substr(0, 1), parts.name}) : std::string(parts.name);
  }

  void collect_names() {
    for (const auto &[remote, pulls] : pulls_) {
      names_.want(remote);
      names_.want(bare_name(remote, facts(pulls.front().subject)));
    }
    for (std::size_t i = 0; i < objects_.size(); ++i)
      names_.note(i, facts(i), objects_[i]->plan);
    for (const InputFile &file : files_.files)
      if (file.linked)
        names_.note_exports(file.path, file.file->bytes());
  }

  void bind(const std::string &remote, std::vector<Pull> &pulls) {
    deny(remote, pulls);
    const Bearers &bearers = names_[remote];
    if (!bearers.shown.empty())
      return bind_to(pulls, place_of(bearers.shown.front()), BoundPull::Target::public_);
    if (!bearers.exporter.empty())
      return bind_to(pulls, bearers.exporter, BoundPull::Target::public_);
    const std::vector<Place> statics = private_definitions(remote, facts(pulls.front().subject));
    if (statics.size() > 1)
      return refuse_choice(remote, pulls, statics);
    if (statics.empty())
      return look_elsewhere(remote, pulls);
    if (is_public(statics.front()) || shake_hands(remote, pulls, statics.front()))
      promote(remote, pulls, statics.front());
  }

  /// It is shown to all, though under another name than the pull says.
  [[nodiscard]] bool is_public(const Place &place) const { return symbol(place).binding != Binding::local; }

  [[nodiscard]] std::string place_of(const Place &place) const {
    return plan::place_of(subjects_[place.subject], symbol(place));
  }

  [[nodiscard]] std::vector<Place> private_definitions(const std::string &remote, const Facts &like) const {
    if (const std::vector<Place> &exact = names_[remote].statics; !exact.empty())
      return exact;
    const plan::Selector parts = parts_of(remote, like);
    const Bearers &bearers = names_[bare_name(remote, like)];
    std::vector<Place> found;
    if (!parts.qualifier.empty())
      for (const std::vector<Place> *const places : {&bearers.statics, &bearers.shown})
        std::ranges::copy_if(*places, std::back_inserter(found), [&](const Place &place) {
          return plan::qualifies(parts.qualifier, subjects_[place.subject], symbol(place));
        });
    return found;
  }

  [[nodiscard]] Consumer consumer_of(const Pull &pull) const {
    const plan::Subject &subject = subjects_[pull.subject];
    const std::string_view written_at = pull.record->written_at;
    return {.file = subject.file,
            .path = subject.path,
            .member = subject.member,
            .source = written_at.substr(0, written_at.rfind(':'))};
  }

  /// What a rule says of a pull. Rules speak of `helper` where a record says `lexer.o:helper`.
  [[nodiscard]] const Permission *ask(decltype(&Handshake::denied) question, const Pull &pull,
                                      const std::string &remote) const {
    const Permission *const rule = (handshake_.*question)(consumer_of(pull), facts(pull.subject), remote);
    const std::string name = bare_name(remote, facts(pull.subject));
    return rule != nullptr ? rule : (handshake_.*question)(consumer_of(pull), facts(pull.subject), name);
  }

  void deny(const std::string &remote, std::span<const Pull> pulls) {
    for (const Pull &pull : pulls)
      if (const Permission *const rule = ask(&Handshake::denied, pull, remote))
        refuse(asked_by(*pull.record),
               join({quoted(remote), " may not be pulled here: ", rule->asked_by, " denies it",
                     rule->why.empty() ? "" : join({" (", rule->why, ")"})}),
               "use what its owner offers instead, or have this file excepted there");
  }

  void bind_to(std::span<const Pull> pulls, const std::string &provider, BoundPull::Target target) {
    for (const Pull &pull : pulls)
      bound_.bindings.push_back({.consumer = std::string(subjects_[pull.subject].file),
                                 .remote = pull.record->remote,
                                 .provider = provider,
                                 .target = target,
                                 .asked_by = asked_by(*pull.record),
                                 .why = pull.record->reason,
                                 .allowed_by = {}});
  }

  void refuse_choice(const std::string &remote, std::span<const Pull> pulls, std::span<const Place> statics) {
    std::vector<std::string> details;
    details.reserve(statics.size());
    for (const Place &place : statics)
      details.push_back(plan::candidate(subjects_[place.subject], symbol(place)));
    refuse(asked_by(*pulls.front().record), join({quoted(remote), " could be any of these"}),
           join({"say which: LINKNAME(..., \"FILE:", facts(pulls.front().subject).c_level(remote),
                 "\") names an object, a member or a source file in front, and `export FILE:NAME` in the rules shows "
                 "one of them to all"}),
           std::move(details));
  }

  /// No definition was found. It may be where linkname does not look; otherwise it is nowhere.
  void look_elsewhere(const std::string &remote, std::span<const Pull> pulls) {
    const Facts &like = facts(pulls.front().subject);
    std::string where;
    if (const auto holder = std::ranges::find_if(
            unread_, [&](const plan::Unread &unread) { return unread.bytes.contains(like.c_level(remote)); });
        holder != unread_.end())
      where = join({holder->file, ", which ", holder->why});
    else if (!files_.not_found.empty())
      where = join({files_.not_found.front(), ", which was not found where the command looks for libraries"});
    const bool is_coff = like.format == Format::coff; // in which nothing is left to the loader
    if (where.empty() && undefined_ == Undefined::left_to_next_link)
      return bind_to(pulls, "the next link", BoundPull::Target::unknown);
    if (where.empty() && undefined_ == Undefined::left_to_loader && !is_coff)
      where = "what this library is loaded into: no file of this link defines it";
    if (where.empty())
      return missing_.push_back(&*pulls_.find(remote)), void();
    bound_.diagnostics.push_back({.severity = Severity::warning,
                                  .place = asked_by(*pulls.front().record),
                                  .reason = join({quoted(remote), " may be in ", where}),
                                  .hint = {},
                                  .details = {}});
    bind_to(pulls, where, BoundPull::Target::unknown);
  }

  /// Whether everyone who pulls this private definition may have it.
  bool shake_hands(const std::string &remote, std::span<const Pull> pulls, const Place &provider) {
    bool agreed = true;
    for (const Pull &pull : pulls) {
      const Permission *const rule = ask(&Handshake::allowed, pull, remote);
      bound_.bindings.push_back({.consumer = std::string(subjects_[pull.subject].file),
                                 .remote = remote,
                                 .provider = place_of(provider),
                                 .target = BoundPull::Target::promoted,
                                 .asked_by = asked_by(*pull.record),
                                 .why = pull.record->reason,
                                 .allowed_by = rule == nullptr ? std::string() : rule->asked_by});
      if (rule != nullptr)
        continue;
      ++without_handshake_;
      if (!options_.handshake)
        continue;
      agreed = false;
      const std::string_view source = consumer_of(pull).source;
      const std::string name(facts(pull.subject).c_level(remote));
      refuse(asked_by(*pull.record),
             join({quoted(remote), " is private to ", place_of(provider), ", which does not offer it"}),
             join({"put LINKNAME(", parts_of(remote, facts(pull.subject)).name,
                   ") into its source; or allow it in the rules with `allow ",
                   source.substr(source.find_last_of("/\\") + 1), " ", name, "`; or link with --handshake=off"}));
    }
    return agreed;
  }

  /// The definition's object gets a second, hidden name for it. It is the name that the records say, unless an object
  /// without such a record speaks of that name too, and so means something else.
  void promote(const std::string &remote, std::span<const Pull> pulls, const Place &provider) {
    const auto is_pulled = [&](const Place &place) {
      return std::ranges::any_of(
          pulls, [&](const Pull &pull) { return pull.subject == place.subject && pull.position == place.position; });
    };
    const bool is_others = !std::ranges::all_of(names_[remote].wanted, is_pulled);
    const std::string name = is_others ? own_name(remote, provider) : remote;
    for (const Pull &pull : pulls)
      pull.record->remote = name;
    const std::string &by = bound_.words.emplace_back(asked_by(*pulls.front().record));
    bound_.promotions[provider.subject].push_back({.verb = Verb::promote,
                                                   .position = provider.position,
                                                   .name = bound_.words.emplace_back(name),
                                                   .asked_by = by,
                                                   .why = pulls.front().record->reason});
  }

  /// `helper.lexer.o`: what no source can spell.
  [[nodiscard]] std::string own_name(std::string_view remote, const Place &provider) const {
    const plan::Subject &subject = subjects_[provider.subject];
    std::string_view file = subject.member.empty() ? subject.path : subject.member;
    file = file.substr(file.find_last_of("/\\") + 1);
    std::string name = join({remote, ".", file});
    for (char &c : name)
      if (c == '@' || c == ':' || c == '/')
        c = '_';
    return name;
  }

public:
  /// The pulls of names that are nowhere.
  struct Missing {
    std::string remote;
    std::string asked_by;
  };
  [[nodiscard]] std::vector<Missing> missing() const {
    std::vector<Missing> result;
    result.reserve(missing_.size());
    for (const auto *const pulled : missing_)
      result.push_back({.remote = pulled->first, .asked_by = asked_by(*pulled->second.front().record)});
    return result;
  }

private:
  const InputFiles &files_;
  Undefined undefined_;
  const LinkOptions &options_;
  Handshake handshake_;
  std::vector<plan::Subject> subjects_;
  std::vector<Object *> objects_; ///< beside the subjects
  std::vector<plan::Unread> unread_;
  std::map<std::string, std::vector<Pull>> pulls_; ///< by remote
  LinkNames names_;
  std::vector<const std::pair<const std::string, std::vector<Pull>> *> missing_;
  std::size_t without_handshake_ = 0;
  Error refusals_{.status = Status::refused, .diagnostics = {}};
  Bound bound_;
};

} // namespace

Result<Bound> bind_pulls(std::vector<Input> &inputs, const InputFiles &files, Undefined undefined,
                         const LinkOptions &options) {
  Binder binder(inputs, files, undefined, options);
  Result<Bound> bound = binder.run();
  const auto missing = binder.missing();
  if (missing.empty())
    return bound;
  // Whoever mistyped a name wants to see all names that are like it, so now everything is read.
  Result<std::vector<Input>> all = read_everything(files);
  if (!all)
    return std::unexpected(std::move(all.error()));
  const std::vector<plan::Subject> subjects = subjects_of(*all);
  Error errors = bound ? Error{.status = Status::refused, .diagnostics = {}} : std::move(bound.error());
  for (const auto &[remote, asked_by] : missing)
    errors.diagnostics.push_back(plan::missing_name(asked_by, remote, subjects));
  return std::unexpected(std::move(errors));
}

} // namespace linkname::link
