#include "check/dwarf.h"

#include "base/text.h"
#include "check/apart.h"

#include <llvm/DebugInfo/DWARF/DWARFContext.h>
#include <llvm/DebugInfo/DWARF/DWARFDie.h>
#include <llvm/Object/ObjectFile.h>
#include <llvm/Support/Error.h>

#include <algorithm>
#include <cstring>
#include <iterator>
#include <map>
#include <set>

namespace linkname::check {
namespace {

using namespace llvm;

/// Past this size of .debug_info the answer would cost more than the question is worth.
constexpr std::uint64_t largest_debug_info = 64U << 20U;

/// GCC writes its options into the producer. Without `-O`, or with `-O0` as the last of them, no pass has run that
/// could change a function for its callers. A producer without any option was told not to write them
/// (-gno-record-gcc-switches) and says nothing.
bool is_unoptimized_gcc(StringRef producer) {
#if LLVM_VERSION_MAJOR >= 16
  const bool gnu = producer.starts_with("GNU C");
#else
  const bool gnu = producer.startswith("GNU C");
#endif
  const std::size_t last = producer.rfind(" -O");
  const bool recorded = producer.find(" -") != StringRef::npos;
  return gnu && recorded && (last == StringRef::npos || producer.substr(last + 3, 1) == "0");
}

/// Whether reading the debug information is worth it and safe: there, not too large, and not compressed, since a
/// compressed section may claim any size.
bool is_readable(const object::ObjectFile &object) {
  bool found = false;
  for (const object::SectionRef &section : object.sections()) {
    Expected<StringRef> name = section.getName();
    if (!name) {
      consumeError(name.takeError());
      return false;
    }
    if (name->find("debug_") == StringRef::npos)
      continue;
    if (section.isCompressed() || name->find("zdebug_") != StringRef::npos || section.getSize() > largest_debug_info)
      return false;
    found = found || *name == ".debug_info" || *name == "__debug_info";
  }
  return found;
}

/// The size of a variable's type where it stands in one entry: basic types, structures, unions, enumerations, pointers.
/// Nothing for arrays: their size is st_size's, and no optimiser shrinks them.
std::optional<std::uint64_t> size_of_type(DWARFDie die) {
  constexpr int most_steps = 16; // a chain of typedefs and qualifiers; a damaged one may be a circle
  for (int step = 0; step < most_steps; ++step) {
    die = die.getAttributeValueAsReferencedDie(dwarf::DW_AT_type);
    if (!die || die.getTag() == dwarf::DW_TAG_array_type)
      return std::nullopt;
    if (const std::uint64_t size = dwarf::toUnsigned(die.find(dwarf::DW_AT_byte_size), 0); size != 0)
      return size;
  }
  return std::nullopt;
}

class Reader {
public:
  Reader(DWARFContext &context, const Facts &facts, std::span<const Symbol *const> symbols)
      : context_(context), facts_(facts), evidence_(symbols.size()) {
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      if (symbols[i]->kind == Kind::function || symbols[i]->kind == Kind::indirect_function)
        functions_.emplace(place_of(*symbols[i]), i);
      else if (symbols[i]->kind == Kind::object || symbols[i]->kind == Kind::thread_local_)
        variables_.emplace(stem(facts.c_level(symbols[i]->name)), i);
    }
  }

  /// Entries tell variables by name, so they say nothing where several symbols of the object bear it: one of them may
  /// come from a file that was compiled without debug information.
  void leave_out_repeated_names(const object::ObjectFile &object) {
    std::map<std::string, std::set<std::uint64_t>, std::less<>>
        seen; // a second name of the same place is no other variable
    for (const object::SymbolRef &symbol : object.symbols()) {
      Expected<StringRef> name = symbol.getName();
      Expected<std::uint64_t> value = symbol.getValue();
      if (!name || !value) {
        consumeError(name.takeError());
        consumeError(value.takeError());
        continue;
      }
      if (const std::string_view known = stem(facts_.c_level({name->data(), name->size()})); variables_.contains(known))
        seen[std::string(known)].insert(*value);
    }
    for (const auto &[name, places] : seen)
      if (places.size() > 1)
        variables_.erase(name);
  }

  std::vector<std::optional<DebugEvidence>> run() {
    for (const auto &unit : context_.compile_units()) {
      const DWARFDie top = unit->getUnitDIE(false);
      const bool unoptimized = top && is_unoptimized_gcc(dwarf::toStringRef(top.find(dwarf::DW_AT_producer)));
      for (const DWARFDebugInfoEntry &entry : unit->dies()) {
        const DWARFDie die(unit.get(), &entry);
        if (die.getTag() == dwarf::DW_TAG_subprogram)
          read_function(die, unoptimized);
        else if (die.getTag() == dwarf::DW_TAG_variable)
          read_variable(die, unoptimized);
      }
    }
    return std::move(evidence_);
  }

private:
  using Place = std::pair<std::uint64_t, std::uint64_t>; ///< section and offset

  /// Mach-O counts addresses through all sections of an object, and LLVM's reader then names no section. Its functions
  /// in Thumb code have bit 0 set, which debug information does not.
  [[nodiscard]] Place place_of(const Symbol &symbol) const {
    if (facts_.image)
      return {0, symbol.value};
    if (facts_.format != Format::macho)
      return {symbol.section, symbol.value};
    const std::uint64_t address = facts_.sections[symbol.section].address + symbol.value;
    return {0, facts_.target.starts_with("macho-arm") ? address & ~std::uint64_t{1} : address};
  }

  /// The same for what LLVM reads. It counts sections from 0, and COFF from 1.
  [[nodiscard]] Place place_by_llvm(std::uint64_t section, std::uint64_t address) const {
    if (facts_.image)
      return {0, address};
    switch (facts_.format) {
    case Format::elf:
      return {section, address};
    case Format::coff:
      return {section + 1, address};
    case Format::macho:
      return {0, address};
    }
    return {};
  }

  /// `count` of the static `count.0` in a function.
  static std::string_view stem(std::string_view name) { return name.substr(0, name.find('.', 1)); }

  void read_function(const DWARFDie &die, bool unoptimized) {
    std::uint64_t low = 0;
    std::uint64_t high = 0;
    std::uint64_t section = 0;
    if (!die.getLowAndHighPC(low, high, section))
      return;
    const auto [first, last] = functions_.equal_range(place_by_llvm(section, low));
    for (auto known = first; known != last; ++known) {
      DebugEvidence found;
      found.unoptimized = unoptimized;
      // An inlined copy's entry refers to the abstract one, which bears the convention.
      found.other_convention =
          dwarf::toUnsigned(die.findRecursively(dwarf::DW_AT_calling_convention), 0) == dwarf::DW_CC_nocall;
      evidence_[known->second] = found;
    }
  }

  /// Variables are told by name: entries of one name that do not agree say nothing about either.
  void read_variable(const DWARFDie &die, bool unoptimized) {
    if (!die.find(dwarf::DW_AT_location) && !die.find(dwarf::DW_AT_linkage_name))
      return;
    for (const char *name : {die.getShortName(), die.getLinkageName()}) {
      if (name == nullptr)
        continue;
      const auto [first, last] = variables_.equal_range(name);
      for (auto known = first; known != last; ++known) {
        DebugEvidence found;
        found.unoptimized = unoptimized;
        found.type_size = size_of_type(die);
        std::optional<DebugEvidence> &slot = evidence_[known->second];
        if (disagreed_.contains(known->second))
          continue;
        if (slot && (slot->type_size != found.type_size || slot->unoptimized != found.unoptimized)) {
          disagreed_.insert(known->second);
          slot.reset();
        } else {
          slot = found;
        }
      }
    }
  }

  DWARFContext &context_;
  const Facts &facts_;
  std::multimap<Place, std::size_t> functions_;
  std::multimap<std::string, std::size_t, std::less<>> variables_;
  std::set<std::size_t> disagreed_;
  std::vector<std::optional<DebugEvidence>> evidence_;
};

std::vector<std::optional<DebugEvidence>> read(const object::ObjectFile &object, const Facts &facts,
                                               std::span<const Symbol *const> symbols) {
  const auto ignore = [](llvm::Error error) { consumeError(std::move(error)); };
  const auto relocations =
      facts.image ? DWARFContext::ProcessDebugRelocations::Ignore : DWARFContext::ProcessDebugRelocations::Process;
  const std::unique_ptr<DWARFContext> context =
      DWARFContext::create(object, relocations, nullptr, std::string(), ignore, ignore);
  Reader reader(*context, facts, symbols);
  reader.leave_out_repeated_names(object);
  return reader.run();
}

/// One answer on its way from one process to the other.
struct Wire {
  std::uint64_t type_size = 0;
  bool known = false;
  bool other_convention = false;
  bool unoptimized = false;
  bool has_type_size = false;
};

std::string to_wire(const std::vector<std::optional<DebugEvidence>> &answers) {
  std::vector<Wire> wires(answers.size());
  for (std::size_t i = 0; i < answers.size(); ++i)
    if (const std::optional<DebugEvidence> &answer = answers[i])
      wires[i] = {.type_size = answer->type_size.value_or(0),
                  .known = true,
                  .other_convention = answer->other_convention,
                  .unoptimized = answer->unoptimized,
                  .has_type_size = answer->type_size.has_value()};
  return {reinterpret_cast<const char *>(wires.data()), wires.size() * sizeof(Wire)};
}

std::vector<std::optional<DebugEvidence>> from_wire(const std::string &bytes, std::size_t count) {
  std::vector<std::optional<DebugEvidence>> answers(count);
  if (bytes.size() != count * sizeof(Wire))
    return answers;
  for (std::size_t i = 0; i < count; ++i) {
    Wire wire;
    std::memcpy(&wire, bytes.data() + i * sizeof(Wire), sizeof(Wire));
    if (!wire.known)
      continue;
    answers[i] = {.other_convention = wire.other_convention,
                  .type_size = wire.has_type_size ? std::optional(wire.type_size) : std::nullopt,
                  .unoptimized = wire.unoptimized};
  }
  return answers;
}

} // namespace

std::vector<std::optional<DebugEvidence>> debug_evidence(Bytes object, const Backend &backend, const Facts &facts,
                                                         std::span<const Symbol *const> symbols) {
  std::vector<std::optional<DebugEvidence>> nothing(symbols.size());
  Expected<std::unique_ptr<object::ObjectFile>> file =
      object::ObjectFile::createObjectFile(MemoryBufferRef(StringRef(object.data(), object.size()), "object"));
  if (!file) {
    consumeError(file.takeError());
    return nothing;
  }
  if (!is_readable(**file) || !backend.relocations_are_sound(object))
    return nothing;
  // LLVM's reader takes damaged forms and offsets on trust and may read anywhere.
  const std::optional<std::string> answers = run_apart([&] { return to_wire(read(**file, facts, symbols)); });
  return answers ? from_wire(*answers, symbols.size()) : nothing;
}

} // namespace linkname::check
