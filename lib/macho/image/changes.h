// What a plan makes of the names that an image offers and asks for. The symbol table follows in symbols.h.
#pragma once

#include "base/word_store.h"
#include "macho/image/symbols.h"

#include <linkname/plan.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

namespace linkname::macho::image {

struct Changes {
  bool exports_change = false;
  std::vector<Export> exports; ///< all of them, by name
  std::unordered_map<std::string_view, std::string_view> imports;
  /// Exports that get another name, and with them what the image asks for by that name and may get from itself.
  std::unordered_map<std::string_view, std::string_view> own;
  std::shared_ptr<WordStore> words = std::make_shared<WordStore>();

  [[nodiscard]] bool renames_imports() const { return !imports.empty() || !own.empty(); }

  [[nodiscard]] NewImport new_import() const {
    return [this](std::string_view name, std::int64_t ordinal) -> std::optional<std::string_view> {
      if (const auto found = imports.find(name); found != imports.end())
        return found->second;
      const auto found = ordinal <= own_image ? own.find(name) : own.end();
      return found != own.end() ? std::optional(found->second) : std::nullopt;
    };
  }
};

/// Whether a section holds what thread-local variables begin with. Their names stand for descriptors elsewhere.
inline bool holds_thread_local_values(std::uint32_t flags) {
  using namespace llvm::MachO;
  const std::uint32_t type = flags & SECTION_TYPE;
  return type == S_THREAD_LOCAL_REGULAR || type == S_THREAD_LOCAL_ZEROFILL;
}

template <class T> class ChangeReader {
public:
  ChangeReader(const Image<T> &image, const Names &names, const Plan &plan)
      : image_(image), names_(names), plan_(plan) {}

  Result<Changes> run() {
    for (const Edit &edit : plan_.edits)
      if (Result<void> read = edit.change == Change::define ? define(edit) : change(edit); !read)
        return std::unexpected(std::move(read.error()));
    Result<void> done = refuse_repeated();
    if (done)
      done = put_exports();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(changes_);
  }

private:
  using Symbol = typename T::Symbol;

  /// What the trie gives up, the symbol table must not go on offering in another entry.
  Result<void> refuse_repeated() const {
    const std::unordered_set<std::string_view> removed(removed_.begin(), removed_.end());
    std::unordered_set<std::string_view> seen;
    for (std::uint32_t i = 0; !removed.empty() && i < names_.first_export(); ++i)
      if (is_external_definition(*entry(i)) && removed.contains(names_.name(i)) && !seen.insert(names_.name(i)).second)
        return fail(Status::refused, place(i), join({quoted(names_.name(i)), " stands there twice"}),
                    "the image is damaged; `linkname-tool check` shows what does not fit");
    return {};
  }

  /// The entry of the symbol table; null for what stands in the loader's tables alone.
  [[nodiscard]] const Symbol *entry(std::uint32_t symbol) const {
    return symbol < names_.first_export() ? &image_.view().symbols()[symbol] : nullptr;
  }

  /// Null for what is not exported.
  [[nodiscard]] const Export *exported(std::uint32_t symbol) const {
    const Symbol *const listed = entry(symbol);
    if (listed != nullptr ? !is_external_definition(*listed) : symbol >= names_.first_import())
      return nullptr;
    return names_.exports.find(names_.name(symbol));
  }

  [[nodiscard]] std::string place(std::uint32_t symbol) const {
    return entry(symbol) != nullptr ? View<T>::symbol_place(symbol)
                                    : join({"the exports trie: ", quoted(names_.name(symbol))});
  }

  Result<void> change(const Edit &edit) {
    if (edit.symbol >= names_.count())
      return malformed("LC_SYMTAB", "the plan speaks of a symbol past its end");
    switch (edit.change) {
    case Change::rename:
      return rename(edit);
    case Change::add:
      return add(edit);
    case Change::visibility:
      return hide(edit);
    default:
      return fail(Status::refused, place(edit.symbol), "cannot be changed like this in a linked image",
                  "change the object that it was linked from");
    }
  }

  Result<void> rename(const Edit &edit) {
    const std::string_view old = names_.name(edit.symbol);
    const Export *const listed = exported(edit.symbol);
    if (listed == nullptr) {
      const Symbol *const symbol = entry(edit.symbol);
      if (symbol != nullptr && !is_import(*symbol))
        return fail(Status::refused, place(edit.symbol), "is neither exported nor imported");
      changes_.imports.emplace(old, edit.name);
      return {};
    }
    changes_.own.emplace(old, edit.name);
    removed_.push_back(old);
    added_.push_back({.name = edit.name, .payload = with_own_name(*listed)});
    return {};
  }

  /// A re-export whose name is the same on both sides has to say from now on which one it is there.
  Bytes with_own_name(const Export &listed) {
    std::optional<Payload> payload = read_payload(listed.payload);
    if (!payload || !payload->is_forwarded() || !payload->other_name.empty())
      return listed.payload;
    payload->other_name = listed.name;
    return changes_.words->add({write_payload(*payload)});
  }

  Result<void> add(const Edit &edit) {
    if (const Export *const listed = exported(edit.symbol))
      return add_like(edit, *listed);
    const Symbol *const symbol = entry(edit.symbol);
    if (symbol == nullptr || kind_of(*symbol) != EntryKind::defined)
      return fail(Status::refused, place(edit.symbol), "is not defined here");
    if ((symbol->n_type & llvm::MachO::N_TYPE) != llvm::MachO::N_SECT)
      return offer(edit.name, payload_of(llvm::MachO::EXPORT_SYMBOL_FLAGS_KIND_ABSOLUTE, symbol->n_value),
                   place(edit.symbol));
    if (symbol->n_sect == 0 || symbol->n_sect > image_.view().sections().size())
      return malformed(place(edit.symbol), "n_sect names no section");
    const std::uint64_t thumb = image_.view().is_thumb(edit.symbol) ? 1 : 0;
    return offer_in(edit.name, symbol->n_sect, symbol->n_value | thumb, place(edit.symbol));
  }

  /// A second name of what is exported already.
  Result<void> add_like(const Edit &edit, const Export &listed) {
    std::optional<Payload> payload = read_payload(listed.payload);
    if (!payload)
      return malformed(place(edit.symbol), "what the exports trie says of it is damaged");
    if (payload->is_forwarded() && payload->other_name.empty())
      payload->other_name = listed.name;
    // Only one of that name gives way to other images' definitions, and the new name has none.
    payload->flags &= ~std::uint64_t{llvm::MachO::EXPORT_SYMBOL_FLAGS_WEAK_DEFINITION};
    const Symbol *const symbol = entry(edit.symbol);
    const std::uint64_t address = payload->is_absolute() ? payload->address : image_.base() + payload->address;
    if (symbol != nullptr && kind_of(*symbol) == EntryKind::defined && !payload->is_forwarded() &&
        (symbol->n_value | (image_.view().is_thumb(edit.symbol) ? 1U : 0U)) != address)
      return malformed(place(edit.symbol), "is at another address than the exports trie says");
    return offer(edit.name, *payload, place(edit.symbol));
  }

  Result<void> hide(const Edit &edit) {
    const Export *const listed = exported(edit.symbol);
    if (!hides(edit))
      return {};
    if (listed == nullptr)
      return fail(Status::refused, place(edit.symbol), "is not exported");
    const auto uses_it = [&](const Import &import) {
      return import.name == listed->name && import.ordinal <= own_image;
    };
    if (std::ranges::any_of(names_.imports, uses_it))
      return fail(Status::refused, join({place(edit.symbol), " ", quoted(listed->name)}),
                  "is also what this image asks its loader for by that name, so it has to stay exported",
                  "hide it in the object, or link with -fvisibility=hidden");
    removed_.push_back(listed->name);
    return {};
  }

  Result<void> define(const Edit &edit) {
    const Definition &definition = plan_.definitions[edit.symbol];
    const std::string where = join({edit.asked_by, " ", quoted(edit.name)});
    const std::uint32_t section = image_.section_at(definition.address);
    if (section == 0)
      return fail(Status::refused, where, join({hex(definition.address), " is in no section of this image"}),
                  "give the address that `llvm-objdump --macho --disassemble` or `nm` prints");
    const auto &header = *image_.view().sections()[section - 1];
    if (definition.size > header.addr + header.size - definition.address)
      return fail(Status::refused, where, join({"reaches past the end of ", image_.view().section_place(section)}));
    return offer_in(edit.name, section, definition.address, where);
  }

  /// Something at an address of a section.
  Result<void> offer_in(std::string_view name, std::uint32_t section, std::uint64_t address, std::string place) {
    using namespace llvm::MachO;
    const std::uint32_t flags = image_.view().sections()[section - 1]->flags;
    if (holds_thread_local_values(flags))
      return fail(Status::refused, std::move(place),
                  "is what a thread-local variable begins with, and not the variable",
                  "name the symbol without `$tlv$init`");
    if (address < image_.base())
      return malformed(std::move(place), "lies before the image's header");
    const bool variable = (flags & SECTION_TYPE) == S_THREAD_LOCAL_VARIABLES;
    return offer(name,
                 payload_of(variable ? static_cast<std::uint64_t>(EXPORT_SYMBOL_FLAGS_KIND_THREAD_LOCAL)
                                     : static_cast<std::uint64_t>(EXPORT_SYMBOL_FLAGS_KIND_REGULAR),
                            address - image_.base()),
                 std::move(place));
  }

  Result<void> offer(std::string_view name, const Payload &payload, std::string place) {
    if (payload.is_forwarded() ? payload.address > image_.libraries().size()
                               : !payload.is_absolute() && !image_.is_mapped(image_.base() + payload.address))
      return malformed(std::move(place), "leads to an address in no segment, or to a library that is not there");
    added_.push_back({.name = name, .payload = changes_.words->add({write_payload(payload)})});
    return {};
  }

  Result<void> put_exports() {
    changes_.exports_change = !removed_.empty() || !added_.empty();
    std::ranges::sort(removed_);
    std::ranges::sort(added_, {}, &Export::name);
    const auto is_removed = [&](const Export &listed) { return std::ranges::binary_search(removed_, listed.name); };
    std::vector<Export> kept;
    std::ranges::remove_copy_if(names_.exports.all, std::back_inserter(kept), is_removed);
    std::ranges::merge(kept, added_, std::back_inserter(changes_.exports), {}, &Export::name, &Export::name);
    const auto twice = std::ranges::adjacent_find(changes_.exports, {}, &Export::name);
    if (twice != changes_.exports.end())
      return fail(Status::refused, join({"the exports trie: ", quoted(twice->name)}), "would be there twice",
                  "choose another name");
    if (Result<void> alone = check_added_names(); !alone)
      return alone;
    if (changes_.exports_change && table_of(names_.tables, TableKind::exports) == nullptr)
      return fail(Status::refused, "load commands", "the image has no exports trie, by which loaders find names",
                  "images for macOS 10.6 and newer have one");
    return {};
  }

  /// What the symbol table has as external already must not come to mean something else in the trie.
  Result<void> check_added_names() const {
    if (!added_.empty() && added_.front().name.empty())
      return fail(Status::refused, "the exports trie", "a new name is empty");
    for (std::uint32_t i = 0; i < names_.first_export() && !added_.empty(); ++i) {
      const Symbol &symbol = image_.view().symbols()[i];
      if (!is_external_definition(symbol) || names_.exports.find(names_.symbols[i]) != nullptr)
        continue;
      const auto added = std::ranges::lower_bound(added_, names_.symbols[i], {}, &Export::name);
      if (added == added_.end() || added->name != names_.symbols[i])
        continue;
      const std::optional<Payload> payload = read_payload(added->payload);
      const std::uint64_t thumb = image_.view().is_thumb(i) ? 1 : 0;
      if (!payload || payload->is_forwarded() ||
          (payload->is_absolute() ? payload->address : image_.base() + payload->address) != (symbol.n_value | thumb))
        return fail(Status::refused, join({View<T>::symbol_place(i), " ", quoted(added->name)}),
                    "is external already, although it is not exported, and means something else",
                    "choose another name");
    }
    return {};
  }

  const Image<T> &image_;
  const Names &names_;
  const Plan &plan_;
  Changes changes_;
  std::vector<std::string_view> removed_;
  std::vector<Export> added_;
};

template <class T> Result<Changes> changes_of(const Image<T> &image, const Names &names, const Plan &plan) {
  return ChangeReader<T>(image, names, plan).run();
}

} // namespace linkname::macho::image
