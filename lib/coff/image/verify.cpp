#include "coff/image/verify.h"

#include "base/diagnostic.h"
#include "base/verify_copy.h"
#include "coff/image/offsets.h"
#include "coff/image/tables.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace linkname::coff {
namespace {

constexpr std::size_t window = 64; // of ranges that are equal by construction

/// Where a name leads: an address, or a forwarder.
struct Target {
  std::uint64_t rva = 0;
  Bytes forwarder;

  auto operator<=>(const Target &) const = default;
};

Target target_of(const ExportSlot &slot) {
  return slot.forwards ? Target{.rva = 0, .forwarder = slot.forwarder} : Target{.rva = slot.rva, .forwarder = {}};
}

using NamedTargets = std::vector<std::pair<Bytes, Target>>;

class Verification {
public:
  Verification(const Tables &before, const Plan &plan, const Tables &after)
      : before_(before), plan_(plan), after_(after) {}

  Result<void> run() {
    Result<void> good = sections();
    if (good)
      good = slots();
    if (good)
      good = names();
    if (good)
      good = imports();
    if (good)
      good = debug_symbols();
    return good;
  }

private:
  /// Nothing that is mapped moves. A section may take in some of the padding behind it, and one may be new.
  [[nodiscard]] Result<void> sections() const {
    const auto old = before_.image.sections();
    const auto now = after_.image.sections();
    if (now.size() < old.size() || now.size() > old.size() + 1)
      return not_as_planned("section table", "the number of sections");
    if (before_.image.base() != after_.image.base() ||
        before_.image.optional().AddressOfEntryPoint != after_.image.optional().AddressOfEntryPoint)
      return not_as_planned("optional header", "a field");
    for (std::size_t i = 0; i < old.size(); ++i) {
      const std::string place = join({"section [", std::to_string(i + 1), "]"});
      if (old[i].VirtualAddress != now[i].VirtualAddress || old[i].SizeOfRawData != now[i].SizeOfRawData ||
          old[i].PointerToRawData != now[i].PointerToRawData || old[i].Characteristics != now[i].Characteristics)
        return not_as_planned(place, "a field");
      const std::uint64_t length =
          old[i].PointerToRawData != 0 ? std::min<std::uint64_t>(old[i].SizeOfRawData, old[i].VirtualSize) : 0;
      const std::uint64_t offset = length != 0 ? std::uint32_t{old[i].PointerToRawData} : 0;
      const Bytes was = before_.image.bytes().substr(offset, length);
      const Bytes is = after_.image.bytes().substr(offset, length);
      if (!holds_tables(old[i]) && !same_ends(was, is, window))
        return not_as_planned(place, "its contents");
    }
    return {};
  }

  /// Whether the plan may have changed something in the section.
  [[nodiscard]] bool holds_tables(const Section &section) const {
    const auto inside = [&](unsigned which) {
      const std::uint32_t rva = before_.image.directory(which).RelativeVirtualAddress;
      return rva != 0 && rva >= section.VirtualAddress && rva < Image::end_of(section);
    };
    const auto entry_inside = [&](const Import &import) {
      const auto in_it = [&](std::uint32_t rva) {
        return rva >= section.VirtualAddress && rva < Image::end_of(section);
      };
      return in_it(import.entry) || in_it(before_.imports.address_entry(import));
    };
    return inside(llvm::COFF::EXPORT_TABLE) || inside(llvm::COFF::DEBUG_DIRECTORY) ||
           inside(llvm::COFF::IMPORT_TABLE) || inside(llvm::COFF::DELAY_IMPORT_DESCRIPTOR) ||
           std::ranges::any_of(before_.imports.all, entry_inside);
  }

  /// No ordinal means anything else than before.
  [[nodiscard]] Result<void> slots() const {
    const auto base = [](const Exports &exports) {
      return exports.directory != nullptr ? std::uint32_t{exports.directory->OrdinalBase} : 1;
    };
    if (base(before_.exports) != base(after_.exports) || after_.exports.slots.size() < before_.exports.slots.size())
      return not_as_planned("exports", "the ordinals");
    for (std::size_t i = 0; i < before_.exports.slots.size(); ++i)
      if (target_of(before_.exports.slots[i]) != target_of(after_.exports.slots[i]))
        return not_as_planned(export_place(i), "where the slot leads");
    return {};
  }

  static NamedTargets targets_of(const Exports &exports) {
    NamedTargets targets;
    for (const ExportName &name : exports.names) {
      const ExportSlot *const slot = exports.slot_of(name);
      targets.emplace_back(name.name, slot != nullptr ? target_of(*slot) : Target{});
    }
    return targets;
  }

  [[nodiscard]] Result<void> names() const {
    NamedTargets expected = targets_of(before_.exports);
    std::vector<bool> gone(expected.size());
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::define)
        expected.emplace_back(
            edit.name, Target{.rva = plan_.definitions[edit.symbol].address - before_.image.base(), .forwarder = {}});
      else if (edit.change == Change::rename && before_.is_export(edit.symbol))
        expected[edit.symbol].first = edit.name;
      else if (edit.change == Change::visibility && before_.is_export(edit.symbol))
        gone[edit.symbol] = true;
      else if (edit.change == Change::add && before_.is_export(edit.symbol))
        expected.emplace_back(edit.name, expected[edit.symbol].second);
      else if (edit.change == Change::add)
        expected.emplace_back(
            edit.name, Target{.rva = *before_.address_of(edit.symbol - before_.symbols_from()), .forwarder = {}});
    }
    NamedTargets kept;
    for (std::size_t i = 0; i < expected.size(); ++i)
      if (i >= gone.size() || !gone[i])
        kept.push_back(expected[i]);
    NamedTargets found = targets_of(after_.exports);
    std::ranges::sort(kept);
    std::ranges::sort(found);
    if (found != kept)
      return not_as_planned("exports", "the names or where they lead");
    return {};
  }

  [[nodiscard]] Result<void> imports() const {
    std::map<std::uint32_t, Bytes> renamed;
    for (const Edit &edit : plan_.edits)
      if (edit.change == Change::rename && before_.is_import(edit.symbol))
        renamed[edit.symbol - before_.imports_from()] = edit.name;
    const Imports &old = before_.imports;
    const Imports &now = after_.imports;
    if (old.all.size() != now.all.size() || old.libraries.size() != now.libraries.size())
      return not_as_planned("imports", "their number");
    for (std::uint32_t i = 0; i < old.all.size(); ++i) {
      const auto other = renamed.find(i);
      const bool same =
          old.all[i].entry == now.all[i].entry && old.library_of(old.all[i]).name == now.library_of(now.all[i]).name &&
          (other != renamed.end() ? other->second == now.all[i].name
                                  : old.all[i].name == now.all[i].name && old.all[i].number == now.all[i].number);
      if (!same)
        return not_as_planned(import_place(i), "its name");
    }
    return {};
  }

  [[nodiscard]] Result<void> debug_symbols() const {
    const View<Symbol16> &old = before_.image.coff();
    const View<Symbol16> &now = after_.image.coff();
    const auto bytes = [](std::span<const Symbol16> symbols) {
      return Bytes(reinterpret_cast<const char *>(symbols.data()), symbols.size_bytes());
    };
    if (old.symbols().size() != now.symbols().size() ||
        !same_ends(bytes(old.symbols()), bytes(now.symbols()), window) ||
        !same_ends(old.strings(), now.strings(), window))
      return not_as_planned("symbols", "the debuggers' symbols");
    return {};
  }

  const Tables &before_;
  const Plan &plan_;
  const Tables &after_;
};

} // namespace

Result<void> verify_image(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  if (Result<void> settled = settle(); !settled)
    return settled;
  const Result<Tables> old = Tables::read(before);
  if (!old)
    return std::unexpected(old.error());
  const Result<Tables> now = Tables::read(after);
  if (!now)
    return std::unexpected(now.error());
  return Verification(*old, plan, *now).run();
}

} // namespace linkname::coff
