#include "check/hazards.h"

#include "base/diagnostic.h"
#include "base/text.h"
#include "check/dwarf.h"
#include "plan/missing.h"

#include <algorithm>
#include <optional>

namespace linkname::check {
namespace {

/// What the object itself decides, strongest evidence first; nothing where it does not.
std::optional<Hazard> judge_by_object(const Symbol &symbol, const Evidence &evidence) {
  if (evidence.recorded)
    return Hazard{.verdict = Verdict::safe, .evidence = "a record points to it, so the compiler kept its ABI"};
  if (const std::string_view suffix = plan::clone_suffix(symbol.name); !suffix.empty())
    return Hazard{.verdict = Verdict::broken,
                  .evidence =
                      join({quoted(suffix), " marks a copy whose parameters or extent the compiler has changed"})};
  if (evidence.was_global)
    return Hazard{.verdict = Verdict::safe,
                  .evidence = "other objects of the link could use it, so the compiler kept its ABI"};
  // Clang lists no thread-local symbol, so a list without it says nothing (LLVM's AsmPrinter, emitAddrsigSym).
  if (evidence.has_address_table && symbol.kind != Kind::thread_local_)
    return evidence.in_address_table
               ? Hazard{.verdict = Verdict::safe,
                        .evidence = ".llvm_addrsig lists it: its address is taken, so the compiler kept its ABI"}
               : Hazard{.verdict = Verdict::broken,
                        .evidence = ".llvm_addrsig does not list it: the compiler was free to change its parameters, "
                                    "its result or its size"};
  if (evidence.in_data)
    return Hazard{.verdict = Verdict::safe,
                  .evidence = "data of this file holds its address, so the compiler kept its ABI"};
  return std::nullopt;
}

Hazard judge_by_debug_info(const Symbol &symbol, const Evidence &evidence, const std::optional<DebugEvidence> &debug) {
  if (!debug)
    return {.verdict = Verdict::unverifiable,
            .evidence = "nothing in this file shows whether the compiler kept its ABI"};
  if (debug->other_convention)
    return {.verdict = Verdict::broken,
            .evidence = "its debug information says DW_CC_nocall: the compiler changed how it is called"};
  if (debug->type_size && symbol.size != 0 && *debug->type_size != symbol.size)
    return {.verdict = Verdict::broken,
            .evidence = join({"it has ", std::to_string(symbol.size), " bytes, and its type has ",
                              std::to_string(*debug->type_size)})};
  if (debug->type_size && *debug->type_size > evidence.room)
    return {.verdict = Verdict::broken,
            .evidence = join({"there are ", std::to_string(evidence.room), " bytes for it, and its type has ",
                              std::to_string(*debug->type_size)})};
  if (debug->unoptimized)
    return {.verdict = Verdict::safe,
            .evidence = "its debug information says that GCC compiled it without optimisation"};
  return {.verdict = Verdict::unverifiable,
          .evidence = "neither this file nor its debug information shows whether the compiler kept its ABI"};
}

std::string advice(const Facts &facts, const Symbol &symbol) {
  if (symbol.kind == Kind::thread_local_)
    return "take `static` from its definition: no record can hold a thread-local address";
  return join({"put LINKNAME(", facts.c_level(symbol.name),
               ") into its source, which makes the compiler keep it as it is written"});
}

} // namespace

Result<std::vector<Hazard>> judge(Bytes bytes, const Backend &backend, const Facts &facts,
                                  std::span<const Symbol *const> symbols) {
  std::vector<std::uint32_t> indices;
  for (const Symbol *symbol : symbols)
    indices.push_back(symbol->index);
  const Result<std::vector<Evidence>> evidence = backend.evidence(bytes, indices);
  if (!evidence)
    return std::unexpected(evidence.error());

  std::vector<Hazard> hazards(symbols.size());
  std::vector<std::size_t> open;
  for (std::size_t i = 0; i < symbols.size(); ++i) {
    if (std::optional<Hazard> known = judge_by_object(*symbols[i], (*evidence)[i]))
      hazards[i] = std::move(*known);
    else
      open.push_back(i);
  }
  if (open.empty())
    return hazards;
  // Reading debug information costs more than all the rest, so it is left to what nothing else decides.
  std::vector<const Symbol *> questions;
  questions.reserve(open.size());
  for (const std::size_t i : open)
    questions.push_back(symbols[i]);
  std::vector<std::optional<DebugEvidence>> debug(questions.size());
  if (facts.debug_information)
    debug = debug_evidence(bytes, backend, facts, questions);
  for (std::size_t i = 0; i < open.size(); ++i)
    hazards[open[i]] = judge_by_debug_info(*questions[i], (*evidence)[open[i]], debug[i]);
  return hazards;
}

Result<void> add_hazards(Bytes bytes, const Backend &backend, const Facts &facts, std::string_view file, bool strict,
                         Plan &plan) {
  std::vector<const Symbol *> exposed;
  std::vector<bool> unsafe;
  for (const Edit &edit : plan.edits) {
    if (edit.change != Change::add)
      continue;
    const Symbol *const symbol = facts.symbol_at(edit.symbol);
    if (symbol->binding != Binding::local)
      continue;
    exposed.push_back(symbol);
    unsafe.push_back(edit.unsafe);
  }
  if (exposed.empty())
    return {};
  const Result<std::vector<Hazard>> hazards = judge(bytes, backend, facts, exposed);
  if (!hazards)
    return std::unexpected(hazards.error());
  for (std::size_t i = 0; i < exposed.size(); ++i) {
    const Hazard &hazard = (*hazards)[i];
    if (hazard.verdict == Verdict::safe)
      continue;
    const bool broken = hazard.verdict == Verdict::broken;
    const bool refused = !unsafe[i] && (broken || strict);
    plan.diagnostics.push_back(
        {.severity = refused ? Severity::error : Severity::warning,
         .place = join({file, ": ", symbol_place(facts, *exposed[i])}),
         .reason = join({broken ? "calling or using it from outside is not safe: " : "its ABI cannot be verified: ",
                         hazard.evidence}),
         .hint = refused
                     ? join({advice(facts, *exposed[i]), ", or say --unsafe ", exposed[i]->name, " if you know better"})
                     : advice(facts, *exposed[i]),
         .details = {}});
  }
  return {};
}

} // namespace linkname::check
