// What a plan promises of an edited image, said edit by edit and in no order: the verification's own reading of it.
#pragma once

#include "macho/image/names.h"
#include "macho/image/symbols.h"

#include <linkname/plan.h>

#include <map>
#include <unordered_map>

namespace linkname::macho::image {

template <class T> class Expected {
public:
  using Symbol = typename T::Symbol;

  Expected(const Image<T> &image, const Names &names, const Plan &plan) : image_(image), names_(names), plan_(plan) {
    for (const Edit &edit : plan.edits) {
      if (edit.change != Change::rename)
        continue;
      const std::string_view old = names_.name(edit.symbol);
      (is_exported(edit.symbol) ? own_ : imports_).emplace(old, edit.name);
      renamed_.emplace(edit.symbol, edit.name);
    }
  }

  /// The name by which an import is asked for from now on.
  [[nodiscard]] std::string_view import_name(std::string_view old, std::int64_t ordinal) const {
    if (const auto found = imports_.find(old); found != imports_.end())
      return found->second;
    const auto found = ordinal <= own_image ? own_.find(old) : own_.end();
    return found != own_.end() ? found->second : old;
  }

  /// That of an entry of the symbol table.
  [[nodiscard]] std::string_view symbol_name(std::uint32_t symbol) const {
    const auto found = renamed_.find(symbol);
    return found == renamed_.end() ? names_.symbols[symbol] : found->second;
  }

  /// Every name that the new image offers, with what the trie says of it.
  [[nodiscard]] Result<std::map<std::string_view, std::string>> exports() const {
    std::map<std::string_view, std::string> all;
    for (const Export &listed : names_.exports.all)
      all.emplace(listed.name, listed.payload);
    for (const Edit &edit : plan_.edits)
      if (hides(edit) || (edit.change == Change::rename && is_exported(edit.symbol)))
        all.erase(names_.name(edit.symbol));
    for (const Edit &edit : plan_.edits) {
      std::string payload;
      if (edit.change == Change::rename && is_exported(edit.symbol))
        payload = of_export(edit.symbol, false);
      else if (edit.change == Change::add)
        payload = is_exported(edit.symbol) ? of_export(edit.symbol, true) : of_entry(edit.symbol);
      else if (edit.change == Change::define)
        payload = of_address(image_.section_at(plan_.definitions[edit.symbol].address),
                             plan_.definitions[edit.symbol].address);
      else
        continue;
      if (!all.emplace(edit.name, std::move(payload)).second)
        return malformed("the exports trie", "the plan has a name twice");
    }
    return all;
  }

  /// Every entry that the new symbol table has.
  [[nodiscard]] std::vector<std::pair<std::string_view, Symbol>> symbols() const {
    std::vector<std::pair<std::string_view, Symbol>> all;
    all.reserve(std::size_t{names_.first_export()} + plan_.edits.size());
    for (std::uint32_t i = 0; i < names_.first_export(); ++i)
      all.emplace_back(symbol_name(i), image_.view().symbols()[i]);
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::define) {
        all.emplace_back(edit.name, defined_entry(image_, plan_.definitions[edit.symbol]));
      } else if (edit.symbol < names_.first_export()) {
        const Symbol entry = image_.view().symbols()[edit.symbol];
        if (hides(edit))
          all[edit.symbol].second = hidden_entry(entry);
        else if (edit.change == Change::add && promotes(names_, edit))
          all[edit.symbol].second = added_entry(entry, Visibility::exported);
        else if (edit.change == Change::add)
          all.emplace_back(edit.name, added_entry(entry, Visibility::exported));
      }
    }
    return all;
  }

private:
  [[nodiscard]] bool is_exported(std::uint32_t symbol) const {
    return symbol < names_.first_export() ? is_external_definition(image_.view().symbols()[symbol]) &&
                                                names_.exports.find(names_.symbols[symbol]) != nullptr
                                          : symbol < names_.first_import();
  }

  /// What is said of an export, said of another name.
  [[nodiscard]] std::string of_export(std::uint32_t symbol, bool second_name) const {
    const Export &listed = *names_.exports.find(names_.name(symbol));
    std::optional<Payload> payload = read_payload(listed.payload);
    if (!payload || (!payload->is_forwarded() && !second_name))
      return std::string(listed.payload);
    if (payload->is_forwarded() && payload->other_name.empty())
      payload->other_name = listed.name;
    if (second_name)
      payload->flags &= ~std::uint64_t{llvm::MachO::EXPORT_SYMBOL_FLAGS_WEAK_DEFINITION};
    return write_payload(*payload);
  }

  [[nodiscard]] std::string of_entry(std::uint32_t symbol) const {
    const Symbol &entry = image_.view().symbols()[symbol];
    if ((entry.n_type & llvm::MachO::N_TYPE) != llvm::MachO::N_SECT)
      return write_payload(payload_of(llvm::MachO::EXPORT_SYMBOL_FLAGS_KIND_ABSOLUTE, entry.n_value));
    return of_address(entry.n_sect, entry.n_value | (image_.view().is_thumb(symbol) ? 1U : 0U));
  }

  [[nodiscard]] std::string of_address(std::uint32_t section, std::uint64_t address) const {
    using namespace llvm::MachO;
    const bool variable = (image_.view().sections()[section - 1]->flags & SECTION_TYPE) == S_THREAD_LOCAL_VARIABLES;
    return write_payload(payload_of(variable ? static_cast<std::uint64_t>(EXPORT_SYMBOL_FLAGS_KIND_THREAD_LOCAL) : 0,
                                    address - image_.base()));
  }

  const Image<T> &image_;
  const Names &names_;
  const Plan &plan_;
  std::unordered_map<std::string_view, std::string_view> imports_;
  std::unordered_map<std::string_view, std::string_view> own_;
  std::unordered_map<std::uint32_t, std::string_view> renamed_;
};

} // namespace linkname::macho::image
