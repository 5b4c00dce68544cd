#include "plan/choice.h"

#include "base/text.h"

namespace linkname::plan {
namespace {

/// The symbols of one name, by what can be done with them.
struct Sorted {
  Positions defined; ///< global definitions
  Positions undefined;
  Positions locals;
};

Sorted sort_out(const Facts &facts, std::span<const std::uint32_t> positions) {
  Sorted sorted;
  for (const std::uint32_t position : positions) {
    const Symbol &symbol = facts.symbols[position];
    if (symbol.binding == Binding::local)
      sorted.locals.push_back(position);
    else
      (symbol.defined() ? sorted.defined : sorted.undefined).push_back(position);
  }
  return sorted;
}

bool is_kept_inside(const Symbol &symbol) {
  return symbol.visibility == Visibility::hidden || symbol.visibility == Visibility::internal;
}

Choice all_of(Positions positions) {
  Choice choice;
  choice.chosen = std::move(positions);
  return choice;
}

/// Those of which `fits` is true are to be changed, the others are so already.
template <class Fits> Choice those(const Facts &facts, std::span<const std::uint32_t> positions, Fits fits) {
  Choice choice;
  for (const std::uint32_t position : positions)
    (fits(facts.symbols[position]) ? choice.chosen : choice.already).push_back(position);
  return choice;
}

Choice one_local(const Positions &locals) {
  Choice choice;
  (locals.size() == 1 ? choice.chosen : choice.ambiguous) = locals;
  return choice;
}

Choice so_already(Positions positions) {
  Choice choice;
  choice.already = std::move(positions);
  return choice;
}

Choice none(std::string reason, std::string_view hint) {
  Choice choice;
  choice.reason = std::move(reason);
  choice.hint = hint;
  return choice;
}

Choice only_declared(std::string_view why, std::string_view hint) {
  return none(join({"is only declared here; ", why}), hint);
}

Positions globals(const Sorted &sorted) {
  Positions all = sorted.defined;
  all.append(sorted.undefined);
  return all;
}

/// What makes sense for objects alone: in an image, nobody but debuggers reads the names of what others cannot see.
Choice refused_in_image(Verb verb, const Facts &facts, const Sorted &sorted) {
  const bool seen = !sorted.defined.empty() || !sorted.undefined.empty();
  if (verb == Verb::localize)
    return none("is in a linked image, where whatever is not exported is local", "use --hide");
  if (verb == Verb::rename && !seen)
    return none("is not exported, so nobody outside speaks of it by name",
                "use --export, or --alias NEW=OLD to export it under another name");
  if (verb == Verb::weaken && facts.format != Format::elf)
    return none("cannot be made weak in a linked image of this format", "weaken it in the object");
  return {};
}

} // namespace

Choice choose(Verb verb, const Facts &facts, std::span<const std::uint32_t> positions) {
  const Sorted sorted = sort_out(facts, positions);
  const bool defined = !sorted.defined.empty();
  const bool local = !sorted.locals.empty();
  if (facts.image)
    if (const Choice refused = refused_in_image(verb, facts, sorted); !refused.reason.empty())
      return refused;
  switch (verb) {
  case Verb::rename:
    return defined || !sorted.undefined.empty() ? all_of(globals(sorted)) : one_local(sorted.locals);
  case Verb::alias:
  case Verb::promote:
    if (defined)
      return all_of(sorted.defined);
    return local ? one_local(sorted.locals)
                 : only_declared("there is nothing here to give a second name to",
                                 "use --rename to make references go elsewhere");
  case Verb::export_:
    if (defined)
      return those(facts, sorted.defined, is_kept_inside);
    return local ? one_local(sorted.locals)
                 : only_declared("there is no definition here to export", "name the object that defines it");
  case Verb::hide:
    if (defined && facts.format == Format::coff && !facts.image)
      return none("cannot be hidden: COFF has no visibility, and only what is exported leaves the image",
                  "leave it out of the exports (dllexport, .def file), or use --localize");
    if (defined)
      return those(facts, sorted.defined, [](const Symbol &symbol) { return !is_kept_inside(symbol); });
    return local ? so_already(sorted.locals)
                 : only_declared("only its definition can be hidden", "name the object that defines it");
  case Verb::weaken:
    if (defined || !sorted.undefined.empty())
      return those(facts, globals(sorted), [](const Symbol &symbol) { return symbol.binding != Binding::weak; });
    return none("is static, and only global symbols can be weak", "export it first");
  case Verb::localize:
    if (defined)
      return all_of(sorted.defined);
    return local ? so_already(sorted.locals)
                 : only_declared("only its definition can be made local", "name the object that defines it");
  }
  return {};
}

} // namespace linkname::plan
