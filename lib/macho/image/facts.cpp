#include "macho/image/facts.h"

#include "macho/image/names.h"
#include "macho/symbol_facts.h"

#include <algorithm>

namespace linkname::macho::image {
namespace {

using namespace llvm::MachO;

/// Where the symbol table says that an import comes from, as a library's ordinal.
std::int64_t ordinal_in(std::uint16_t n_desc) {
  const auto ordinal = static_cast<std::uint8_t>(n_desc >> 8U);
  return ordinal > MAX_LIBRARY_ORDINAL ? static_cast<std::int8_t>(ordinal) : std::int64_t{ordinal};
}

template <class T> class Reader {
public:
  Reader(const Image<T> &image, const Names &names, Facts &facts) : image_(image), names_(names), facts_(facts) {}

  Result<void> run() {
    const auto entries = image_.view().symbols();
    facts_.symbols.reserve(names_.count());
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      if (kind_of(entries[i]) == EntryKind::debugging)
        continue; // no symbol
      if (Result<void> added = add_entry(i, entries[i]); !added)
        return added;
    }
    for (const Export *const listed : names_.unlisted_exports)
      add_export(*listed);
    for (const Import *const import : names_.unlisted_imports)
      add_import(*import);
    return {};
  }

private:
  Result<void> add_entry(std::uint32_t i, const typename T::Symbol &entry) {
    Result<Symbol> symbol = symbol_of(image_.view(), i);
    if (!symbol)
      return std::unexpected(std::move(symbol.error()));
    if (symbol->home == Home::section) {
      const typename T::Section &section = *image_.view().sections()[symbol->section - 1];
      // What linkers call the header by, for example, counts as being in a section and is not.
      if (symbol->value >= section.size)
        symbol->kind = Kind::untyped;
      symbol->value += section.addr;
    }
    if (kind_of(entry) == EntryKind::indirect)
      symbol->value = 0; // it says where the other name stands
    if (is_import(entry)) {
      symbol->home = Home::undefined;
      share(i, ordinal_in(entry.n_desc));
    } else if (const Export *const listed = names_.exports.find(symbol->name);
               listed != nullptr && is_external_definition(entry)) {
      symbol->visibility = Visibility::exported;
      const std::optional<Payload> payload = read_payload(listed->payload);
      if (payload && payload->is_forwarded())
        share(i, static_cast<std::int64_t>(payload->address));
    } else {
      // The loader goes by the trie alone.
      symbol->binding = Binding::local;
    }
    facts_.symbols.push_back(*symbol);
    return {};
  }

  void add_export(const Export &listed) {
    Symbol symbol;
    symbol.name = listed.name;
    symbol.index = next_++;
    symbol.binding = Binding::global;
    symbol.home = Home::absolute;
    if (const std::optional<Payload> payload = read_payload(listed.payload)) {
      if (payload->is_weak())
        symbol.binding = Binding::weak;
      if (payload->is_forwarded())
        share(symbol.index, static_cast<std::int64_t>(payload->address));
      else
        symbol.value = payload->is_absolute() ? payload->address : image_.base() + payload->address;
      const std::uint32_t section =
          payload->is_forwarded() || payload->is_absolute() ? 0 : image_.section_at(symbol.value);
      if (section != 0) {
        symbol.home = Home::section;
        symbol.section = section;
        symbol.kind = kind_in(image_.view().sections()[section - 1]->flags);
      }
    }
    facts_.symbols.push_back(symbol);
  }

  void add_import(const Import &import) {
    Symbol symbol;
    symbol.name = import.name;
    symbol.index = next_++;
    symbol.binding = import.weak ? Binding::weak : Binding::global;
    share(symbol.index, import.ordinal);
    facts_.symbols.push_back(symbol);
  }

  void share(std::uint32_t symbol, std::int64_t ordinal) {
    if (const Bytes library = image_.library(ordinal); !library.empty())
      facts_.sharing.push_back({.symbol = symbol, .version = {}, .library = library});
  }

  const Image<T> &image_;
  const Names &names_;
  Facts &facts_;
  std::uint32_t next_ = names_.first_export();
};

} // namespace

Result<Facts> inspect(Bytes bytes) {
  return with_image(bytes, []<class T>(const Image<T> &image) -> Result<Facts> {
    const Result<Names> names = read_names(image);
    if (!names)
      return std::unexpected(names.error());
    const View<T> &view = image.view();
    Facts facts;
    facts.format = Format::macho;
    facts.image = true;
    facts.target = target_of(view.header().cputype, view.header().cpusubtype);
    facts.tables = {{.name = "LC_SYMTAB"},
                    {.name = "the exports trie", .from = names->first_export()},
                    {.name = "the imports", .from = names->first_import()}};
    facts.name_prefix = '_';
    facts.words = names->exports.words;
    facts.sections.emplace_back(); // section numbers start with 1
    for (const typename T::Section *section : view.sections()) {
      const Bytes name = fixed_name(section->sectname);
      facts.sections.push_back({.name_field = name});
      facts.debug_information = facts.debug_information || name == "__debug_info";
    }
    if (Result<void> read = Reader<T>(image, *names, facts).run(); !read)
      return std::unexpected(std::move(read.error()));
    return facts;
  });
}

} // namespace linkname::macho::image
