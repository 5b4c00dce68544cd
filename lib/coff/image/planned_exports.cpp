#include "coff/image/planned_exports.h"

#include "base/diagnostic.h"

#include <algorithm>
#include <span>
#include <unordered_map>

namespace linkname::coff {
namespace {

using llvm::support::ulittle16_t;
using llvm::support::ulittle32_t;

constexpr std::uint32_t first_ordinal = 1;
constexpr std::uint32_t ordinals_end = 1U << 16U;

std::uint32_t base_of(const Exports &exports) {
  return exports.directory != nullptr ? std::uint32_t{exports.directory->OrdinalBase} : first_ordinal;
}

class Planner {
public:
  Planner(const Tables &tables, const Plan &plan) : tables_(tables), plan_(plan) {}

  Result<std::optional<PlannedExports>> run() {
    if (std::ranges::none_of(plan_.edits, [&](const Edit &edit) {
          return edit.change == Change::define || !tables_.is_import(edit.symbol);
        }))
      return std::nullopt;
    planned_.slots = tables_.exports.slots;
    for (std::uint32_t i = 0; i < planned_.slots.size(); ++i)
      if (const ExportSlot &slot = planned_.slots[i]; slot.rva != 0 && !slot.forwards)
        slot_at_.try_emplace(slot.rva, i);
    planned_.names = tables_.exports.names;
    std::vector<bool> hidden(planned_.names.size());
    for (const Edit &edit : plan_.edits)
      if (Result<void> done = apply(edit, hidden); !done)
        return std::unexpected(std::move(done.error()));
    drop(hidden);
    std::ranges::stable_sort(planned_.names, {}, &ExportName::name);
    if (base_of(tables_.exports) + std::uint64_t{planned_.slots.size()} > ordinals_end)
      return fail(Status::refused, "exports", "there would be more than 65536 ordinals");
    return std::move(planned_);
  }

private:
  [[nodiscard]] std::string place(const Edit &edit) const {
    if (edit.change == Change::define)
      return std::string(edit.asked_by);
    return linkname::symbol_place(tables_.is_export(edit.symbol) ? "exports" : "symbols",
                                  tables_.is_export(edit.symbol) ? edit.symbol : edit.symbol - tables_.symbols_from(),
                                  edit.was);
  }

  Result<void> apply(const Edit &edit, std::vector<bool> &hidden) {
    if (edit.change == Change::define) {
      const std::uint64_t base = tables_.image.base();
      const std::uint64_t address = plan_.definitions[edit.symbol].address;
      if (address < base || address - base > UINT32_MAX)
        return fail(Status::refused, place(edit),
                    join({hex(address), " is outside the image, which begins at ", hex(base)}),
                    "an address is what dumpers print: the image's base is part of it");
      return add(edit, static_cast<std::uint32_t>(address - base));
    }
    if (tables_.is_import(edit.symbol))
      return {};
    const bool is_export = tables_.is_export(edit.symbol);
    if (edit.change == Change::rename && is_export)
      planned_.names[edit.symbol].name = edit.name;
    else if (edit.change == Change::visibility && is_export && edit.visibility == Visibility::hidden)
      hidden[edit.symbol] = true;
    else if (edit.change == Change::add && is_export)
      planned_.names.push_back({.name = edit.name, .slot = tables_.exports.names[edit.symbol].slot});
    else if (edit.change == Change::add) {
      const std::optional<std::uint32_t> rva = tables_.address_of(edit.symbol - tables_.symbols_from());
      if (!rva)
        return fail(Status::refused, place(edit), "has no address in the image");
      return add(edit, *rva);
    } else
      return fail(Status::refused, place(edit), "is nothing that a linked image could say of its exports");
    return {};
  }

  /// A name for an address: in the slot that has it already, or in a new one.
  Result<void> add(const Edit &edit, std::uint32_t rva) {
    if (!tables_.image.section_at(rva))
      return fail(Status::refused, place(edit),
                  join({"address ", hex(tables_.image.base() + rva), " is in no section"}));
    const auto next = static_cast<std::uint32_t>(planned_.slots.size());
    const auto [slot, is_new] = slot_at_.try_emplace(rva, next);
    if (is_new) {
      planned_.slots.push_back({.rva = rva, .forwarder = {}});
      planned_.new_addresses.push_back(rva);
    }
    planned_.names.push_back({.name = edit.name, .slot = slot->second});
    return {};
  }

  void drop(const std::vector<bool> &hidden) {
    std::vector<ExportName> kept;
    std::vector<bool> named(planned_.slots.size());
    for (std::size_t i = 0; i < planned_.names.size(); ++i) {
      if (i < hidden.size() && hidden[i])
        continue;
      kept.push_back(planned_.names[i]);
      if (kept.back().slot < named.size())
        named[kept.back().slot] = true;
    }
    for (std::uint32_t i = 0; i < hidden.size(); ++i)
      if (const std::uint32_t slot = planned_.names[i].slot; hidden[i] && slot < named.size() && !named[slot])
        planned_.nameless.push_back(slot);
    planned_.names = std::move(kept);
  }

  const Tables &tables_;
  const Plan &plan_;
  std::unordered_map<std::uint32_t, std::uint32_t> slot_at_;
  PlannedExports planned_;
};

template <class T> std::string little(std::uint32_t value) {
  T field;
  field = static_cast<T::value_type>(value);
  return std::string(bytes_of(field));
}

} // namespace

Result<std::optional<PlannedExports>> PlannedExports::of(const Tables &tables, const Plan &plan) {
  return Planner(tables, plan).run();
}

Bytes library_name(const Image &image, const Exports &exports) {
  if (!exports.library.empty())
    return exports.library;
  return (image.coff().header().Characteristics & llvm::COFF::IMAGE_FILE_DLL) != 0 ? "image.dll" : "image.exe";
}

std::string PlannedExports::bytes(const Exports &old, Bytes library, std::uint32_t rva) const {
  const auto slot_table = static_cast<std::uint32_t>(rva + sizeof(ExportDirectory));
  const auto name_table = static_cast<std::uint32_t>(slot_table + slots.size() * sizeof(ulittle32_t));
  const auto ordinals = static_cast<std::uint32_t>(name_table + names.size() * sizeof(ulittle32_t));
  const auto strings_at = static_cast<std::uint32_t>(ordinals + names.size() * sizeof(ulittle16_t));

  std::string strings;
  const auto string = [&](Bytes text) {
    const auto place = static_cast<std::uint32_t>(strings_at + strings.size());
    strings.append(text).push_back('\0');
    return place;
  };
  ExportDirectory directory{};
  if (old.directory != nullptr)
    directory = *old.directory;
  directory.NameRVA = string(library);
  directory.OrdinalBase = base_of(old);
  directory.AddressTableEntries = static_cast<std::uint32_t>(slots.size());
  directory.NumberOfNamePointers = static_cast<std::uint32_t>(names.size());
  directory.ExportAddressTableRVA = slot_table;
  directory.NamePointerRVA = name_table;
  directory.OrdinalTableRVA = ordinals;

  std::string out(bytes_of(directory));
  for (const ExportSlot &slot : slots)
    out += little<ulittle32_t>(slot.forwards ? string(slot.forwarder) : slot.rva);
  for (const ExportName &name : names)
    out += little<ulittle32_t>(string(name.name));
  for (const ExportName &name : names)
    out += little<ulittle16_t>(name.slot);
  return out + strings;
}

std::uint64_t PlannedExports::size(Bytes library) const {
  std::uint64_t size = sizeof(ExportDirectory) + library.size() + 1 + slots.size() * sizeof(ulittle32_t) +
                       names.size() * (sizeof(ulittle32_t) + sizeof(ulittle16_t));
  for (const ExportSlot &slot : slots)
    size += slot.forwards ? slot.forwarder.size() + 1 : 0;
  for (const ExportName &name : names)
    size += name.name.size() + 1;
  return size;
}

} // namespace linkname::coff
