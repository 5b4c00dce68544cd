#include "coff/consequences.h"

#include "coff/directives.h"
#include "coff/index_holders.h"
#include "coff/machine.h"
#include "coff/symbol_edit.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <vector>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;

/// Enough of a file to tell it from another one.
std::string fingerprint(Bytes bytes) {
  constexpr std::size_t enough = 1U << 20U;
  std::uint64_t hash = 0xcbf29ce484222325U; // FNV-1a
  for (const char c : bytes.substr(0, enough))
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hex(hash).substr(2);
}

template <class SymbolType> class Reckoning {
public:
  Reckoning(const View<SymbolType> &view, const Plan &plan)
      : view_(view), plan_(plan), prefix_(machine(view.machine()).name_prefix) {}

  Result<Consequences> run() {
    Result<void> done = note_renames();
    if (done)
      done = weaken();
    if (done)
      done = check_localized();
    if (done)
      done = rename_sections();
    if (done)
      done = change_contents();
    if (done)
      done = find_records();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(found_);
  }

private:
  [[nodiscard]] std::string place(std::uint32_t symbol) const {
    return linkname::symbol_place("symbols", symbol, view_.symbol_name(symbol).value_or(Bytes{}));
  }

  /// Options for the linker speak of what other objects can see.
  Result<void> note_renames() {
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::rename || view_.symbols()[edit.symbol].StorageClass == IMAGE_SYM_CLASS_STATIC)
        continue;
      const Result<Bytes> name = view_.symbol_name(edit.symbol);
      if (!name)
        return std::unexpected(name.error());
      names_.emplace(*name, edit.name);
    }
    return {};
  }

  [[nodiscard]] const Edit *edit_of(std::uint32_t symbol, Change change) const {
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, symbol, {}, &Edit::symbol))
      if (edit.change == change)
        return &edit;
    return nullptr;
  }

  [[nodiscard]] Result<std::string> final_name(std::uint32_t symbol) const {
    if (const Edit *const rename = edit_of(symbol, Change::rename))
      return std::string(rename->name);
    const Result<Bytes> name = view_.symbol_name(symbol);
    if (!name)
      return std::unexpected(name.error());
    return std::string(*name);
  }

  /// Every weak name gets a symbol of its own behind the last one; its definition keeps its place under another name.
  /// That name has to be global, since GNU ld finds no other default, and one in the whole link, so compilers take the
  /// name of another global of the object into it: `.weak.f.default.g`.
  Result<void> weaken() {
    std::uint64_t next = view_.symbols().size();
    std::string unique;
    for (const Edit &edit : plan_.edits) {
      if (edit.change == Change::weaken) {
        if (unique.empty()) {
          Result<std::string> name = name_of_a_global();
          if (!name)
            return std::unexpected(std::move(name.error()));
          unique = std::move(*name);
        }
        const Result<std::string> name = final_name(edit.symbol);
        if (!name)
          return std::unexpected(name.error());
        if (next > UINT32_MAX)
          return fail(Status::refused, "COFF header", "the symbol table would exceed what 32 bits count");
        found_.weak_names.move(edit.symbol, static_cast<std::uint32_t>(next));
        found_.defaults.emplace(edit.symbol, join({".weak.", *name, ".default.", unique}));
      }
      next += coff::entries_added(edit.change);
    }
    return {};
  }

  /// A definition that no other object can have under that name; where there is none, something that tells this file
  /// from others.
  [[nodiscard]] Result<std::string> name_of_a_global() const {
    for (std::uint64_t i = 0; i < view_.symbols().size();) {
      const auto index = static_cast<std::uint32_t>(i);
      const SymbolType &entry = view_.symbols()[index];
      i += 1 + std::uint64_t{entry.NumberOfAuxSymbols};
      const std::int64_t section = view_.section_number(index);
      if (entry.StorageClass != IMAGE_SYM_CLASS_EXTERNAL || section <= 0 ||
          static_cast<std::uint64_t>(section) > view_.sections().size() ||
          (view_.sections()[static_cast<std::size_t>(section) - 1].Characteristics & IMAGE_SCN_LNK_COMDAT) != 0 ||
          edit_of(index, Change::weaken) != nullptr || edit_of(index, Change::localize) != nullptr)
        continue;
      Result<std::string> name = final_name(index);
      if (!name || !name->starts_with(".weak."))
        return name;
    }
    return fingerprint(view_.bytes());
  }

  Result<void> check_localized() {
    std::vector<std::uint32_t> localized;
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::localize)
        continue;
      if (view_.symbols()[edit.symbol].StorageClass == IMAGE_SYM_CLASS_WEAK_EXTERNAL)
        return fail(Status::refused, place(edit.symbol),
                    "is a weak external, which is a name without a place of its own, and cannot be made local",
                    "take the attribute `weak` from its definition");
      localized.push_back(edit.symbol);
    }
    if (localized.empty())
      return {};
    for (std::uint64_t i = 0; i < view_.symbols().size();) {
      const auto index = static_cast<std::uint32_t>(i);
      const SymbolType &entry = view_.symbols()[index];
      i += 1 + std::uint64_t{entry.NumberOfAuxSymbols};
      if (entry.StorageClass != IMAGE_SYM_CLASS_WEAK_EXTERNAL)
        continue;
      const auto record = array_at<WeakExternal>(view_.auxiliary(index), 0, 1);
      if (record && std::ranges::binary_search(localized, std::uint32_t{record->front().TagIndex}))
        return fail(Status::refused, place(record->front().TagIndex),
                    join({"is what the weak symbol ", quoted(view_.symbol_name(index).value_or(Bytes{})),
                          " falls back to, and has to be global for that"}),
                    "leave it global");
    }
    return {};
  }

  /// `f` of `.text$f`, where a symbol of that name is in the section; on i386 the section's name lacks the underscore.
  [[nodiscard]] bool is_called_after(Bytes section, Bytes symbol) const {
    const std::size_t dollar = section.find('$');
    if (dollar == Bytes::npos)
      return false;
    const Bytes stem = section.substr(dollar + 1);
    return !stem.empty() &&
           (stem == symbol || (prefix_ != '\0' && symbol.starts_with(prefix_) && stem == symbol.substr(1)));
  }

  Result<void> rename_sections() {
    for (const Edit &edit : plan_.edits) {
      const std::int64_t number = view_.section_number(edit.symbol);
      if (edit.change != Change::rename || number <= 0 || !is_comdat(static_cast<std::uint32_t>(number)))
        continue;
      const Result<Bytes> name = view_.symbol_name(edit.symbol);
      const Result<Bytes> section = view_.section_name(static_cast<std::uint32_t>(number));
      if (!name || !section)
        return std::unexpected(!name ? name.error() : section.error());
      if (!is_called_after(*section, *name))
        continue;
      const Bytes stem = section->substr(section->find('$') + 1);
      Bytes new_stem = edit.name;
      if (stem.size() != name->size() && new_stem.starts_with(prefix_))
        new_stem.remove_prefix(1);
      new_stems_.emplace(stem, new_stem);
      rename_section(static_cast<std::uint32_t>(number), *section);
    }
    // Unwind information has sections of its own, which GNU ld tells apart by name alone.
    if (new_stems_.empty())
      return {};
    for (std::uint32_t number = 1; number <= view_.sections().size(); ++number) {
      const Result<Bytes> section = view_.section_name(number);
      if (!section)
        return std::unexpected(section.error());
      const bool follows = std::ranges::any_of(std::initializer_list<Bytes>{".pdata$", ".xdata$", ".gcc_except_table$"},
                                               [&](Bytes group) { return section->starts_with(group); });
      if (follows && is_comdat(number))
        rename_section(number, *section);
    }
    return {};
  }

  [[nodiscard]] bool is_comdat(std::uint32_t section) const {
    return section <= view_.sections().size() &&
           (view_.sections()[section - 1].Characteristics & IMAGE_SCN_LNK_COMDAT) != 0;
  }

  void rename_section(std::uint32_t number, Bytes name) {
    const std::size_t dollar = name.find('$') + 1;
    if (const auto stem = new_stems_.find(name.substr(dollar)); stem != new_stems_.end())
      found_.section_names[number] = join({name.substr(0, dollar), stem->second});
  }

  Result<void> change_contents() {
    const auto is_localized = [](const Edit &edit) { return edit.change == Change::localize; };
    const bool localizes = std::ranges::any_of(plan_.edits, is_localized);
    if (names_.empty() && !localizes && !found_.weak_names.moves_any())
      return {};
    for (std::uint32_t number = 1; number <= view_.sections().size(); ++number) {
      const Result<Bytes> name = view_.section_name(number);
      if (!name)
        return std::unexpected(name.error());
      if (!name->starts_with('.'))
        continue;
      const bool directives = *name == ".drectve";
      if (!directives && !found_.weak_names.moves_any())
        continue;
      const Result<Bytes> contents = view_.contents(number);
      if (!contents)
        return std::unexpected(contents.error());
      if (directives && localizes)
        if (Result<void> free = check_not_exported(*contents); !free)
          return free;
      Result<std::optional<std::string>> changed = directives ? renamed_directives(*contents, names_, prefix_)
                                                              : moved_indices(*name, *contents, found_.weak_names);
      if (!changed)
        return std::unexpected(std::move(changed.error()));
      if (std::optional<std::string> &new_contents = *changed)
        found_.contents.emplace(number, std::move(*new_contents));
    }
    return {};
  }

  Result<void> find_records() {
    for (std::uint32_t number = 1; number <= view_.sections().size(); ++number) {
      const Result<Bytes> name = view_.section_name(number);
      if (!name)
        return std::unexpected(name.error());
      if (*name == ".linkname" && (view_.sections()[number - 1].Characteristics & IMAGE_SCN_LNK_REMOVE) == 0)
        found_.kept_records.insert(number);
    }
    return {};
  }

  Result<void> check_not_exported(Bytes directives) {
    for (const Edit &edit : plan_.edits) {
      if (edit.change != Change::localize)
        continue;
      const Result<Bytes> name = view_.symbol_name(edit.symbol);
      if (!name)
        return std::unexpected(name.error());
      if (is_exported_by(directives, *name, prefix_))
        return fail(Status::refused, place(edit.symbol),
                    "is exported from the DLL by an option in .drectve, and cannot be made local",
                    "take `dllexport` from its definition");
    }
    return {};
  }

  const View<SymbolType> &view_;
  const Plan &plan_;
  char prefix_;
  NewNames names_;
  NewNames new_stems_; ///< what stands behind the `$` of sections' names
  Consequences found_;
};

} // namespace

template <class SymbolType> Result<Consequences> consequences_of(const View<SymbolType> &view, const Plan &plan) {
  return Reckoning<SymbolType>(view, plan).run();
}

template Result<Consequences> consequences_of(const View<Symbol16> &, const Plan &);
template Result<Consequences> consequences_of(const View<Symbol32> &, const Plan &);

std::uint64_t entries_added(const Plan &plan) {
  std::uint64_t added = 0;
  for (const Edit &edit : plan.edits)
    added += entries_added(edit.change);
  return added;
}

} // namespace linkname::coff
