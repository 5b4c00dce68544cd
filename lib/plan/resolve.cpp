#include "plan/resolve.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "base/word_store.h"
#include "plan/final_names.h"

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>

namespace linkname::plan {
namespace {

bool is_out_of_sight(const Symbol &symbol) {
  return symbol.binding == Binding::local || symbol.visibility == Visibility::hidden ||
         symbol.visibility == Visibility::internal;
}

bool is_undefined(const Symbol &symbol) { return !symbol.defined(); }

bool same_definition(const Symbol &a, const Symbol &b) {
  return a.home == b.home && a.section == b.section && a.value == b.value;
}

class Resolver {
public:
  Resolver(const Subject &subject, std::span<const Wish> wishes, const NameIndex &index, const Companions &companions)
      : subject_(subject), facts_(*subject.facts), wishes_(wishes), companions_(companions), names_(facts_, index) {}

  Plan run() {
    note_renames();
    names_.prepare(wishes_, renames_);
    plan_.edits.reserve(wishes_.size());
    for (const auto &[position, wish] : renames_)
      rename(*wish);
    for (const Wish &wish : wishes_)
      add_edit(wish);
    const auto order = [](const Edit &edit) { return std::tie(edit.symbol, edit.change, edit.name); };
    if (!std::ranges::is_sorted(plan_.edits, {}, order)) // edits are heavy, and mostly in order already
      std::ranges::sort(plan_.edits, {}, order);
    if (!plan_.empty())
      plan_.words = std::move(words_);
    return std::move(plan_);
  }

private:
  [[nodiscard]] const Symbol &symbol(std::uint32_t position) const { return facts_.symbols[position]; }

  [[nodiscard]] std::string place(const Symbol &symbol) const {
    return join({subject_.file, ": ", symbol_place(facts_, symbol)});
  }

  void say(Severity severity, const Symbol &about, std::string reason, std::string hint) {
    plan_.diagnostics.push_back({.severity = severity,
                                 .place = place(about),
                                 .reason = std::move(reason),
                                 .hint = std::move(hint),
                                 .details = {}});
  }

  [[nodiscard]] Edit edit_for(Change change, const Wish &wish) {
    const Symbol &about = symbol(wish.position);
    Edit edit;
    edit.change = change;
    edit.symbol = about.index;
    edit.was = about.name;
    edit.asked_by = words_->add_or_share(wish.asked_by, last_asked_by_);
    edit.why = words_->add_or_share(wish.why, last_why_);
    edit.unsafe = wish.unsafe;
    return edit;
  }

  /// First all renames are known, then conflicts are judged: a and b may trade their names.
  void note_renames() {
    for (const Wish &wish : wishes_)
      if (wish.verb == Verb::rename && symbol(wish.position).name != wish.name)
        renames_.push_back({.position = wish.position, .wish = &wish});
    std::ranges::stable_sort(renames_, {}, &Renaming::position);
    const auto again = [&](const Renaming &one, const Renaming &other) {
      if (one.position != other.position)
        return false;
      const Wish &first = *one.wish;
      const Wish &second = *other.wish;
      if (first.name != second.name)
        say(Severity::error, symbol(first.position),
            join({first.asked_by, " renames it to ", quoted(first.name), ", and ", second.asked_by, " to ",
                  quoted(second.name)}),
            "keep one of the two");
      return true;
    };
    renames_.erase(std::ranges::unique(renames_, again).begin(), renames_.end());
  }

  /// Those of a name's bearers that could be taken for `about`. Of an image's symbols, nobody outside looks at what
  /// only debuggers read, and where imports are known by their libraries, nobody takes one for anything else.
  [[nodiscard]] std::vector<const Symbol *> rivals(const Symbol &about, std::string_view name,
                                                   std::optional<std::uint32_t> except) const {
    std::vector<const Symbol *> found = names_.bearers(name, except);
    if (facts_.image)
      std::erase_if(found, [&](const Symbol *other) {
        return other->binding == Binding::local ||
               (facts_.imports_by_library && (!about.defined() || !other->defined()));
      });
    return found;
  }

  template <class Fits>
  [[nodiscard]] static const Symbol *first_that(std::span<const Symbol *const> symbols, Fits fits) {
    const auto found = std::ranges::find_if(symbols, [&](const Symbol *candidate) { return fits(*candidate); });
    return found == symbols.end() ? nullptr : *found;
  }

  void rename(const Wish &wish) {
    const Symbol &about = symbol(wish.position);
    const std::vector<const Symbol *> others = rivals(about, wish.name, wish.position);
    if (facts_.image && is_taken(about, wish.name, others))
      return;
    if (about.defined()) {
      const bool local = about.binding == Binding::local;
      const auto clashes = [&](const Symbol &other) {
        return other.defined() && (other.binding == Binding::local) == local;
      };
      // A second pointer `.refptr.x` in one object is one too many, and the linker drops it.
      const bool gives_way = wish.companion && about.in_group;
      if (const Symbol *const other = first_that(others, clashes); other != nullptr && !gives_way) {
        say(Severity::error, about,
            join({"cannot be renamed to ", quoted(wish.name),
                  ", which is defined here already: ", symbol_place(facts_, *other)}),
            "choose another name, or rename that one in the same run");
        return;
      }
      if (!local && about.in_group && !wish.companion)
        say(Severity::warning, about,
            "is inline (COMDAT): when another object's copy is kept, the new name is not defined",
            "rename it in every object that has a copy");
      if (!local && first_that(others, is_undefined) != nullptr)
        say(Severity::warning, about,
            join({"is renamed to ", quoted(wish.name),
                  ", which this file also refers to: those references now mean this definition"}),
            {});
    } else {
      const auto hidden_here = [](const Symbol &other) { return other.defined() && other.binding == Binding::local; };
      const auto visible_here = [](const Symbol &other) { return other.defined() && other.binding != Binding::local; };
      if (const Symbol *const other = first_that(others, hidden_here);
          other != nullptr && first_that(others, visible_here) == nullptr && !is_exported_too(*other))
        say(Severity::warning, about,
            join(
                {"is bound to ", quoted(wish.name), ", which is static in this same file: the linker does not see it"}),
            join({"add --export ", wish.name}));
    }
    Edit edit = edit_for(Change::rename, wish);
    edit.name = words_->add({wish.name});
    plan_.edits.push_back(edit);
    names_.give(wish.name, wish.position);
  }

  /// A loader knows a name once, so an image cannot both import and export it.
  bool is_taken(const Symbol &about, std::string_view name, std::span<const Symbol *const> others) {
    const auto is_other = [&](const Symbol &other) { return about.defined() || other.defined(); };
    const Symbol *const other = first_that(others, is_other);
    if (other != nullptr)
      say(Severity::error, about,
          join({"cannot be known as ", quoted(name), ", which this image ", other->defined() ? "exports" : "imports",
                " already: ", symbol_place(facts_, *other)}),
          "choose another name, or rename that one in the same run");
    return other != nullptr;
  }

  [[nodiscard]] bool is_exported_too(const Symbol &other) const {
    return std::ranges::any_of(wishes_, [&](const Wish &wish) {
      return wish.verb == Verb::export_ && symbol(wish.position).index == other.index;
    });
  }

  void add_edit(const Wish &wish) {
    switch (wish.verb) {
    case Verb::rename:
      return; // done
    case Verb::alias:
      return add_name(wish, wish.name, Visibility::exported);
    case Verb::promote:
      return add_name(wish, wish.name, Visibility::hidden);
    case Verb::export_:
      if (!claim(wish, Change::visibility, "exported") || wish.already)
        return;
      if (symbol(wish.position).binding == Binding::local)
        return add_name(wish, names_.of(wish.position), Visibility::exported);
      return change_visibility(wish, Visibility::exported);
    case Verb::hide:
      if (claim(wish, Change::visibility, "hidden") && !wish.already)
        change_visibility(wish, Visibility::hidden);
      return;
    case Verb::weaken:
      return weaken(wish);
    case Verb::localize:
      return localize(wish);
    }
  }

  /// A second, global entry for a definition.
  void add_name(const Wish &wish, std::string_view name, Visibility visibility) {
    const Symbol &about = symbol(wish.position);
    if (about.home == Home::common) {
      say(Severity::error, about, "is common: storage that the linker allots, of which a second name would get its own",
          "compile its source with -fno-common");
      return;
    }
    const auto visible = [](const Symbol &other) { return other.defined() && other.binding != Binding::local; };
    if (const Symbol *const other = first_that(rivals(about, name, std::nullopt), visible)) {
      if (other == &about && facts_.image && !facts_.sharing_of(about).version.empty()) {
        say(Severity::error, about, join({"is called so already, in its version ", facts_.sharing_of(about).version}),
            "choose another name");
        return;
      }
      if (same_definition(*other, about) && (visibility == Visibility::hidden || !is_out_of_sight(*other)))
        return; // an earlier run has done it
      say(Severity::error, about,
          join({"cannot be made known as ", quoted(name),
                ", which is defined here already: ", symbol_place(facts_, *other)}),
          "choose another name, or rename that one in the same run");
      return;
    }
    if (facts_.image && is_taken(about, name, rivals(about, name, std::nullopt)))
      return;
    const auto [known, added] = added_.try_emplace(std::string(name), wish.position);
    if (!added) {
      if (known->second != wish.position)
        say(Severity::error, about,
            join({"cannot be made known as ", quoted(name), ": ", place(symbol(known->second)),
                  " is to bear that name"}),
            "choose another name");
      return;
    }
    if (about.in_group)
      say(Severity::warning, about,
          join({"is inline (COMDAT): when another object's copy is kept, ", quoted(name), " is not defined"}),
          "do the same in every object that has a copy");
    Edit edit = edit_for(Change::add, wish);
    edit.name = words_->add({name});
    edit.visibility = visibility;
    plan_.edits.push_back(edit);
  }

  /// Notes that an entry is to become what `in_words` says. False when that is noted already, or contradicts another
  /// wish: nothing is hidden and exported at once, and what is local is neither weak nor visible.
  bool claim(const Wish &wish, Change change, std::string_view in_words) {
    std::vector<Claim> &claims = claims_[wish.position];
    for (const Claim &other : claims) {
      if (other.in_words == in_words)
        return false;
      if (other.change != change && other.change != Change::localize && change != Change::localize)
        continue;
      say(Severity::error, symbol(wish.position),
          join({"is to be ", other.in_words, " (", other.wish->asked_by, ") and to be ", in_words, " (", wish.asked_by,
                ")"}),
          "keep one of the two");
      return false;
    }
    claims.push_back({.change = change, .in_words = in_words, .wish = &wish});
    return true;
  }

  void change_visibility(const Wish &wish, Visibility visibility) {
    const Symbol &about = symbol(wish.position);
    if (about.visibility == visibility)
      return;
    Edit edit = edit_for(Change::visibility, wish);
    edit.visibility = visibility;
    plan_.edits.push_back(edit);
  }

  void weaken(const Wish &wish) {
    if (!claim(wish, Change::weaken, "weak") || wish.already)
      return;
    const Symbol &about = symbol(wish.position);
    if (about.home == Home::common) {
      say(Severity::error, about, "is common, and common symbols cannot be weak",
          "compile its source with -fno-common");
      return;
    }
    if (about.in_group && facts_.format == Format::coff) {
      say(Severity::error, about,
          "is inline (COMDAT), and a weak name cannot fall back to a definition that the linker may drop",
          "copies of it already give way to each other");
      return;
    }
    plan_.edits.push_back(edit_for(Change::weaken, wish));
  }

  void localize(const Wish &wish) {
    if (!claim(wish, Change::localize, "local") || wish.already)
      return;
    const Symbol &about = symbol(wish.position);
    if (about.in_group) {
      say(Severity::error, about,
          "is inline (COMDAT) and cannot be made local: when another object's copy is kept, nothing would be left here",
          instead_of_local());
      return;
    }
    if (about.home == Home::common || about.binding == Binding::unique) {
      say(Severity::error, about,
          about.home == Home::common ? "is common, and common symbols cannot be local"
                                     : "is unique in the whole process (STB_GNU_UNIQUE) and cannot be made local",
          instead_of_local());
      return;
    }
    const std::string_view name = names_.of(wish.position);
    if (companions_.has_pointer(about.name)) {
      say(Severity::error, about,
          join({"cannot be made local: the linker may keep another object's '.refptr.", about.name,
                "', which points to somebody else's"}),
          instead_of_local());
      return;
    }
    if (first_that(names_.bearers(name, wish.position), is_undefined) != nullptr)
      say(Severity::warning, about,
          join({"is made local, and this file also refers to ", quoted(name),
                " as to somebody else's: those references no longer mean this definition"}),
          instead_of_local());
    plan_.edits.push_back(edit_for(Change::localize, wish));
  }

  /// COFF knows no hidden symbols.
  [[nodiscard]] std::string instead_of_local() const {
    return facts_.format == Format::coff ? "leave it global; it leaves the image only where it is exported"
                                         : "use --hide";
  }

  struct Claim {
    Change change;
    std::string_view in_words;
    const Wish *wish;
  };

  const Subject &subject_;
  const Facts &facts_;
  std::span<const Wish> wishes_;
  const Companions &companions_;
  Plan plan_;
  std::shared_ptr<WordStore> words_ = std::make_shared<WordStore>(); ///< the plan's
  std::string_view last_asked_by_, last_why_;
  std::vector<Renaming> renames_; ///< by position, one at most for each
  FinalNames names_;              ///< prepared once the renames are known
  std::map<std::string, std::uint32_t> added_;
  std::map<std::uint32_t, std::vector<Claim>> claims_; ///< by position
};

} // namespace

Plan resolve(const Subject &subject, std::span<const Wish> wishes, const NameIndex &index,
             const Companions &companions) {
  return Resolver(subject, wishes, index, companions).run();
}

} // namespace linkname::plan
