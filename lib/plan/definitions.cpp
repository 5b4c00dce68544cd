#include "plan/definitions.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "base/word_store.h"
#include "plan/name_index.h"

#include <algorithm>
#include <charconv>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname::plan {
namespace {

/// `0x` and hexadecimal digits, or decimal ones where they are allowed.
std::optional<std::uint64_t> number(std::string_view text, bool may_be_decimal) {
  const bool hexadecimal = text.starts_with("0x") || text.starts_with("0X");
  if (hexadecimal)
    text.remove_prefix(2);
  else if (!may_be_decimal)
    return std::nullopt;
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value, hexadecimal ? 16 : 10);
  if (error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

struct Named {
  std::string_view name;
  Definition definition;
};

/// Names may hold '=' and ':' too (C++ operators), an address never does.
std::optional<Named> read(std::string_view text) {
  const std::size_t equals = text.rfind('=');
  if (equals == std::string_view::npos || equals == 0)
    return std::nullopt;
  Named named{.name = text.substr(0, equals), .definition = {}};
  std::string_view place = text.substr(equals + 1);
  if (const std::size_t colon = place.find(':'); colon != std::string_view::npos) {
    const std::optional<std::uint64_t> size = number(place.substr(colon + 1), true);
    if (!size)
      return std::nullopt;
    named.definition.size = *size;
    place = place.substr(0, colon);
  }
  const std::optional<std::uint64_t> address = number(place, false);
  if (!address)
    return std::nullopt;
  named.definition.address = *address;
  return named;
}

/// Who bears the names that are asked for, once everything is renamed.
class Names {
public:
  Names(const WantedNames &wanted, const Facts &facts, const Plan &plan) : facts_(facts), index_(wanted, facts) {
    for (const Edit &edit : plan.edits)
      if (edit.change == Change::rename || edit.change == Change::add) {
        known_.emplace(edit.name, facts.symbol_at(edit.symbol));
        if (edit.change == Change::rename)
          renamed_.insert(edit.symbol);
      }
  }

  /// Who bears the name; null for nobody, who bears it from now on.
  const Symbol *claim(std::string_view name) {
    for (const std::uint32_t position : index_[name])
      if (const Symbol &symbol = facts_.symbols[position]; symbol.binding != Binding::local &&
                                                           !renamed_.contains(symbol.index) &&
                                                           (symbol.defined() || !facts_.imports_by_library))
        return &symbol;
    const auto [known, is_new] = known_.emplace(name, &own_);
    return is_new ? nullptr : known->second;
  }

  [[nodiscard]] std::string place(const Symbol &symbol) const {
    return &symbol == &own_ ? std::string("another --export") : symbol_place(facts_, symbol);
  }

private:
  const Facts &facts_;
  NameIndex index_;
  Symbol own_;
  std::unordered_set<std::uint32_t> renamed_;
  std::unordered_map<std::string_view, const Symbol *> known_;
};

void complain(std::vector<Diagnostic> &diagnostics, const Request &request, std::string reason, std::string hint) {
  diagnostics.push_back({.severity = Severity::error,
                         .place = request.asked_by,
                         .reason = std::move(reason),
                         .hint = std::move(hint),
                         .details = {}});
}

} // namespace

bool gives_address(const Request &request) { return request.verb == Verb::export_ && read(request.symbol).has_value(); }

void add_definitions(std::span<const Subject> subjects, std::span<const Request> requests, std::span<Plan> plans,
                     std::vector<Diagnostic> &diagnostics) {
  if (!std::ranges::any_of(requests, gives_address))
    return;
  const auto is_image = [](const Subject &subject) { return subject.facts->image; };
  const auto image = std::ranges::find_if(subjects, is_image);
  if (std::ranges::count_if(subjects, is_image) != 1)
    return complain(diagnostics, *std::ranges::find_if(requests, gives_address),
                    image == subjects.end() ? "an address means something in a linked image only, and there is none"
                                            : "an address is somewhere else in each of several images",
                    image == subjects.end() ? "name a symbol" : "rewrite them one by one (`lipo -thin`)");
  Plan &plan = plans[static_cast<std::size_t>(image - subjects.begin())];
  WantedNames wanted(requests.size());
  for (const Request &request : requests)
    if (const std::optional<Named> named = request.verb == Verb::export_ ? read(request.symbol) : std::nullopt)
      wanted.want(named->name);
  Names names(wanted, *image->facts, plan);
  struct Words {
    WordStore store;
    std::shared_ptr<const void> others;
  };
  const auto words = std::make_shared<Words>();
  words->others = plan.words;
  for (const Request &request : requests) {
    const std::optional<Named> named = request.verb == Verb::export_ ? read(request.symbol) : std::nullopt;
    if (!named)
      continue;
    if (const Symbol *const other = names.claim(named->name)) {
      if (other->defined() && other->value == named->definition.address)
        continue; // an earlier run has done it
      complain(diagnostics, request,
               join({quoted(named->name), " is there already: ", image->file, ": ", names.place(*other)}),
               "choose another name");
      continue;
    }
    Edit edit;
    edit.change = Change::define;
    edit.symbol = static_cast<std::uint32_t>(plan.definitions.size());
    edit.name = words->store.add({named->name});
    edit.asked_by = words->store.add({request.asked_by});
    edit.why = words->store.add({request.why});
    plan.edits.push_back(edit);
    plan.definitions.push_back(named->definition);
  }
  plan.words = words;
}

} // namespace linkname::plan
