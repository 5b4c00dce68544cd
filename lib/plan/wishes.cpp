#include "plan/wishes.h"

#include "base/text.h"
#include "plan/choice.h"
#include "plan/definitions.h"
#include "plan/missing.h"
#include "plan/selector.h"
#include "plan/versions.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

namespace linkname::plan {
namespace {

class Finder {
public:
  Finder(std::span<const Subject> subjects, std::span<const Unread> unread, std::span<const NameIndex> indices,
         std::span<const Companions> companions, bool all)
      : subjects_(subjects), unread_(unread), indices_(indices), companions_(companions), all_(all) {
    wishes_.of.resize(subjects.size());
  }

  /// Most requests of a run over one file are about one symbol each.
  void expect(std::size_t requests) {
    if (subjects_.size() == 1)
      wishes_.of.front().reserve(requests);
  }

  void find_request(const Request &request) {
    Found found;
    bool any = false;
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      const Matches matches = select(request.symbol, subjects_[i], indices_[i]);
      any = any || !matches.positions.empty() || find_companions(request, i, found);
      consider(request, i, matches, found);
    }
    const bool out_of_reach = find_unread(request, any);
    if (any)
      settle(request, found);
    else if (!out_of_reach)
      wishes_.diagnostics.push_back(missing_name(request.asked_by, request.symbol, subjects_));
  }

  void find_record(std::size_t subject, const Record &record) {
    const Facts &facts = *subjects_[subject].facts;
    const std::string &asked_by = wishes_.written.emplace_back(
        record.written_at.empty() ? "LINKNAME" : join({"LINKNAME at ", record.written_at}));
    std::uint32_t position = 0;
    if (record.symbol) {
      const Symbol *const symbol = facts.symbol_at(*record.symbol);
      if (symbol == nullptr)
        return;
      position = static_cast<std::uint32_t>(symbol - facts.symbols.data());
    } else if (const std::optional<std::uint32_t> found = find_by_name(subject, record, asked_by)) {
      position = *found;
    } else {
      return;
    }
    const Symbol &symbol = facts.symbols[position];
    Wish wish{.verb = Verb::export_,
              .position = position,
              .name = record.remote,
              .asked_by = asked_by,
              .why = record.reason,
              .unsafe = false};
    if (record.remote.empty()) {
      if (!symbol.defined()) {
        complain(join({place_of(subjects_[subject], symbol)}),
                 join({asked_by, " exports it, but it is only declared here"}),
                 "say where it comes from: LINKNAME(local, \"remote\")");
        return;
      }
      const bool exported = symbol.binding != Binding::local && symbol.visibility != Visibility::hidden &&
                            symbol.visibility != Visibility::internal;
      if (exported)
        return;
    } else {
      wish.verb = symbol.defined() ? Verb::alias : Verb::rename;
    }
    wishes_.of[subject].push_back(wish);
  }

  /// What is wished for a symbol is wished for its companions.
  void add_companions() {
    for (std::size_t subject = 0; subject < subjects_.size(); ++subject) {
      if (companions_[subject].empty())
        continue;
      for (std::size_t i = 0; i < wishes_.of[subject].size(); ++i) {
        const Wish wish = wishes_.of[subject][i];
        const Symbol &symbol = subjects_[subject].facts->symbols[wish.position];
        if (!wish.companion && !wish.already && symbol.binding != Binding::local)
          add_companions_of(symbol.name, subject, wish);
      }
    }
  }

  Wishes take() { return std::move(wishes_); }

private:
  struct Match {
    std::size_t subject;
    std::uint32_t position;
  };

  struct Found {
    std::vector<Match> chosen;
    std::vector<Match> ambiguous;
    std::vector<Diagnostic> refusals;
    std::vector<Match> already;
  };

  void consider(const Request &request, std::size_t subject, const Matches &matches, Found &found) {
    const Facts &facts = *subjects_[subject].facts;
    const auto add = [&](std::span<const std::uint32_t> positions) {
      const Choice choice = choose(request.verb, facts, positions);
      for (const std::uint32_t position : choice.chosen)
        found.chosen.push_back({.subject = subject, .position = position});
      for (const std::uint32_t position : choice.ambiguous)
        found.ambiguous.push_back({.subject = subject, .position = position});
      for (const std::uint32_t position : choice.already)
        found.already.push_back({.subject = subject, .position = position});
      if (!choice.reason.empty())
        found.refusals.push_back({.severity = Severity::error,
                                  .place = place_of(subjects_[subject], facts.symbols[positions.front()]),
                                  .reason = choice.reason,
                                  .hint = choice.hint,
                                  .details = {}});
    };
    if (matches.kind == MatchKind::name) {
      // Versions of one name belong together; but of those in an image only one can have a new name.
      if (facts.image && takes_name(request.verb) && matches.positions.size() > 1)
        add(linkers_choice(facts, matches.positions));
      else if (!matches.positions.empty())
        add(matches.positions);
      return;
    }
    // Symbols of one name are weighed together, different names each by themselves.
    std::map<std::string_view, std::vector<std::uint32_t>> by_name;
    for (const std::uint32_t position : matches.positions)
      by_name[facts.symbols[position].name].push_back(position);
    const bool names_a_choice =
        matches.kind == MatchKind::function || (matches.kind == MatchKind::signature && takes_name(request.verb));
    if (names_a_choice && by_name.size() > 1) {
      for (const std::uint32_t position : matches.positions)
        found.ambiguous.push_back({.subject = subject, .position = position});
      return;
    }
    for (const auto &[name, positions] : by_name)
      add(positions);
    if (matches.kind == MatchKind::wildcard && !found.chosen.empty())
      found.refusals.clear(); // a wildcard means whatever the verb can do something with
  }

  void add_companions_of(std::string_view name, std::size_t subject, const Wish &wish) {
    std::ranges::move(companions_[subject].wishes(name, wish, wishes_.written),
                      std::back_inserter(wishes_.of[subject]));
  }

  /// A name that has nothing but companions. Whether there are any.
  bool find_companions(const Request &request, std::size_t subject, Found &found) {
    const std::span<const Companion> companions = companions_[subject].of(request.symbol);
    bool good = false;
    Choice refused;
    for (const Companion &companion : companions) {
      const Choice choice = choose(request.verb, *subjects_[subject].facts, std::span(&companion.position, 1));
      const bool follows = companions_[subject].follows(request.verb, companion);
      good = good || (follows && (!choice.chosen.empty() || !choice.already.empty()));
      if (!choice.reason.empty())
        refused = choice;
    }
    if (good)
      add_companions_of(request.symbol, subject,
                        {.verb = request.verb,
                         .name = request.name,
                         .asked_by = request.asked_by,
                         .why = request.why,
                         .unsafe = request.unsafe});
    else if (!companions.empty())
      found.refusals.push_back(
          {.severity = Severity::error,
           .place = place_of(subjects_[subject], subjects_[subject].facts->symbols[companions.front().position]),
           .reason = refused.reason.empty() ? "is an import, or a pointer to a symbol, and not the symbol itself"
                                            : refused.reason,
           .hint = refused.hint,
           .details = {}});
    return !companions.empty();
  }

  /// The same for a record. After the first run those of the new name stand in their place.
  bool find_companions(const Record &record, std::size_t subject, const std::string &asked_by) {
    const std::span<const Companion> companions = companions_[subject].of(record.local);
    if (companions.empty())
      return !record.remote.empty() && !companions_[subject].of(record.remote).empty();
    const bool defined = std::ranges::any_of(companions, [&](const Companion &companion) {
      return companion.has_variable && subjects_[subject].facts->symbols[companion.position].defined();
    });
    add_companions_of(record.local, subject,
                      {.verb = record.remote.empty() ? Verb::export_
                               : defined             ? Verb::alias
                                                     : Verb::rename,
                       .name = record.remote,
                       .asked_by = asked_by,
                       .why = record.reason});
    return true;
  }

  /// Members that cannot be read may hold a name all the same: bitcode and imports have it somewhere in their bytes.
  bool find_unread(const Request &request, bool found_elsewhere) {
    const Selector selector = Readings(request.symbol).last();
    const auto may_hold = [&](const Unread &unread) {
      return (selector.qualifier.empty() || selector.qualifier == unread.member ||
              unread.bytes.find(selector.qualifier) != std::string_view::npos) &&
             unread.bytes.find(selector.name) != std::string_view::npos;
    };
    std::vector<const Unread *> members;
    for (const Unread &unread : unread_)
      if (may_hold(unread))
        members.push_back(&unread);
    if (members.empty())
      return false;
    Diagnostic said{.severity = found_elsewhere ? Severity::warning : Severity::error,
                    .place = {},
                    .reason = {},
                    .hint = members.front()->hint,
                    .details = {}};
    if (members.size() == 1) {
      said.place = members.front()->file;
      said.reason = join({found_elsewhere ? "is left as it is, and may speak of " : "is all that may hold ",
                          quoted(selector.name), ": it ", members.front()->why});
    } else {
      said.place = request.asked_by;
      said.reason = found_elsewhere ? join({"these are left as they are, and may speak of ", quoted(selector.name)})
                                    : join({"these are all that may hold ", quoted(selector.name)});
      for (const Unread *const unread : members)
        said.details.push_back(join({unread->file, ": ", unread->why}));
    }
    wishes_.diagnostics.push_back(std::move(said));
    return true;
  }

  void settle(const Request &request, Found &found) {
    if (all_)
      std::ranges::move(std::exchange(found.ambiguous, {}), std::back_inserter(found.chosen));
    if (const bool several = is_choice_between_files(request, found); several || !found.ambiguous.empty()) {
      Diagnostic diagnostic{.severity = Severity::error,
                            .place = request.asked_by,
                            .reason = join({quoted(request.symbol), " could be any of these"}),
                            .hint = "say which: a source or object file in front, as in 'parser.c:name', or the index, "
                                    "as in '#12:name'; --all means every one",
                            .details = {}};
      for (const Match &match : several ? found.chosen : found.ambiguous)
        diagnostic.details.push_back(candidate(subjects_[match.subject], symbol_of(match)));
      wishes_.diagnostics.push_back(std::move(diagnostic));
      return;
    }
    if (found.chosen.empty() && found.already.empty()) {
      for (Diagnostic &refusal : found.refusals)
        wishes_.diagnostics.push_back(std::move(refusal));
      return;
    }
    if (found.chosen.empty())
      wishes_.diagnostics.push_back({.severity = Severity::note,
                                     .place = request.asked_by,
                                     .reason = join({quoted(request.symbol), " is so already; nothing to do"}),
                                     .hint = {},
                                     .details = {}});
    for (const Match &match : found.chosen)
      add_wish(request, match);
    for (const Match &match : found.already)
      wishes_.of[match.subject].push_back({.verb = request.verb,
                                           .position = match.position,
                                           .name = {},
                                           .asked_by = request.asked_by,
                                           .why = {},
                                           .unsafe = false,
                                           .already = true});
  }

  /// A static that was chosen in two files would become two definitions of one name.
  [[nodiscard]] bool is_choice_between_files(const Request &request, const Found &found) const {
    if (all_ || (request.verb != Verb::export_ && request.verb != Verb::alias && request.verb != Verb::promote))
      return false;
    std::map<std::pair<std::string_view, std::string_view>, std::size_t> file_of; ///< by world and name
    return std::ranges::any_of(found.chosen, [&](const Match &match) {
      const auto [known, added] =
          file_of.try_emplace({subjects_[match.subject].world, symbol_of(match).name}, match.subject);
      return !added && known->second != match.subject && symbol_of(match).binding == Binding::local;
    });
  }

  void add_wish(const Request &request, const Match &match) {
    const Symbol &symbol = symbol_of(match);
    Wish wish{.verb = request.verb,
              .position = match.position,
              .name = request.name,
              .asked_by = request.asked_by,
              .why = request.why,
              .unsafe = request.unsafe};
    if (takes_name(request.verb)) {
      const std::string_view pattern = Readings(request.symbol).last().name;
      const bool exact =
          request.symbol == symbol.name || pattern == without_version(symbol.name) || pattern == symbol.name;
      if (!exact && is_wildcard(pattern) && request.name.find('*') != std::string::npos) {
        std::optional<std::string> name = wildcard_name(request, symbol.name);
        if (!name) {
          complain(request.asked_by,
                   "a new name can follow a wildcard only when both hold exactly one '*' and the wildcard is one of "
                   "symbol names",
                   "name the symbols one by one");
          return;
        }
        wish.name = wishes_.written.emplace_back(std::move(*name));
      }
      // foo@V1 keeps its version unless the new name brings one.
      const std::string_view version = version_of(symbol.name);
      if (subjects_[match.subject].facts->format == Format::elf && request.verb == Verb::rename && !version.empty() &&
          wish.name.find('@') == std::string_view::npos)
        wish.name = wishes_.written.emplace_back(join({wish.name, version}));
    }
    wishes_.of[match.subject].push_back(wish);
  }

  std::optional<std::uint32_t> find_by_name(std::size_t subject, const Record &record, const std::string &asked_by) {
    const Facts &facts = *subjects_[subject].facts;
    const std::span<const std::uint32_t> positions = indices_[subject][record.local];
    const Verb verb = record.remote.empty() ? Verb::export_ : Verb::rename;
    const Choice choice = choose(verb, facts, positions);
    if (!choice.already.empty())
      return choice.already.front();
    // A static beside somebody else's symbol of that name: after a pull, the record would be a push of the static.
    const auto is_static = [&](std::uint32_t position) {
      return facts.symbols[position].defined() && facts.symbols[position].binding == Binding::local;
    };
    const bool unclear = !choice.chosen.empty() && !facts.symbols[choice.chosen.front()].defined() &&
                         std::ranges::any_of(positions, is_static);
    if (!choice.chosen.empty() && !unclear)
      return choice.chosen.front();
    if (unclear || !choice.ambiguous.empty()) {
      complain(join({subjects_[subject].file, ": ", record.place}),
               join({asked_by, ": there are several ", quoted(record.local)}),
               "bind it with LINKNAME(local, ...), which knows which one is meant");
      return std::nullopt;
    }
    // After the first run the old name is gone, and the new one stands in its place.
    if ((!record.remote.empty() && !indices_[subject][record.remote].empty()) ||
        find_companions(record, subject, asked_by))
      return std::nullopt;
    Diagnostic missing = missing_name(asked_by, record.local, subjects_.subspan(subject, 1));
    wishes_.diagnostics.push_back(std::move(missing));
    return std::nullopt;
  }

  [[nodiscard]] const Symbol &symbol_of(const Match &match) const {
    return subjects_[match.subject].facts->symbols[match.position];
  }

  void complain(std::string place, std::string reason, std::string hint) {
    wishes_.diagnostics.push_back({.severity = Severity::error,
                                   .place = std::move(place),
                                   .reason = std::move(reason),
                                   .hint = std::move(hint),
                                   .details = {}});
  }

  std::span<const Subject> subjects_;
  std::span<const Unread> unread_;
  std::span<const NameIndex> indices_;
  std::span<const Companions> companions_;
  bool all_;
  Wishes wishes_;
};

} // namespace

Wishes find_symbols(std::span<const Subject> subjects, std::span<const Unread> unread,
                    std::span<const Request> requests, std::span<const NameIndex> indices,
                    std::span<const Companions> companions, bool all) {
  Finder finder(subjects, unread, indices, companions, all);
  for (std::size_t i = 0; i < subjects.size(); ++i)
    for (const Record &record : *subjects[i].records)
      finder.find_record(i, record);
  finder.expect(requests.size());
  for (const Request &request : requests)
    if (!gives_address(request))
      finder.find_request(request);
  finder.add_companions();
  return finder.take();
}

} // namespace linkname::plan
