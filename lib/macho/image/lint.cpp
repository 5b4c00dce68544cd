#include "macho/image/lint.h"

#include "macho/groups.h"
#include "macho/image/rebases.h"
#include "macho/image/signature.h"
#include "macho/index_holders.h"

#include <algorithm>

namespace linkname::macho::image {
namespace {

template <class T> class Lint {
public:
  Lint(const Image<T> &image, std::vector<Table> tables, std::vector<Diagnostic> &found)
      : image_(image), view_(image.view()), tables_(std::move(tables)), found_(found) {}

  void run() {
    order();
    groups();
    indirect_symbols();
    exports();
    imports();
    signature();
  }

private:
  void say(Severity severity, std::string place, std::string reason, std::string hint = {}) {
    found_.push_back({.severity = severity,
                      .place = std::move(place),
                      .reason = std::move(reason),
                      .hint = std::move(hint),
                      .details = {}});
  }

  void say(Error error) {
    for (Diagnostic &diagnostic : error.diagnostics)
      say(Severity::error, std::move(diagnostic.place), std::move(diagnostic.reason));
  }

  /// Every table in __LINKEDIT, one behind the other.
  void order() {
    const auto *const linkedit = image_.linkedit();
    if (linkedit == nullptr)
      return say(Severity::error, "load commands", "there is no segment __LINKEDIT");
    const std::uint64_t begin = linkedit->fileoff;
    const std::uint64_t end = begin + linkedit->filesize;
    if (!slice(image_.bytes(), begin, linkedit->filesize))
      return say(Severity::error, "__LINKEDIT", "reaches past the end of the file");
    if (end != image_.bytes().size())
      say(Severity::warning, "__LINKEDIT",
          "does not end with the file: what is behind it is neither mapped nor signed");
    if (linkedit->vmsize < linkedit->filesize)
      say(Severity::error, "__LINKEDIT", "is mapped shorter than it is");
    std::vector<const Table *> ordered;
    for (const Table &table : tables_)
      if (table.size != 0)
        ordered.push_back(&table);
    std::ranges::stable_sort(ordered, {}, &Table::offset);
    std::uint64_t last = begin;
    for (const Table *const table : ordered) {
      if (table->offset < begin || !slice(image_.bytes(), table->offset, table->size) || table->end() > end)
        say(Severity::error, std::string(table->name), "is not in __LINKEDIT");
      else if (table->offset < last)
        say(Severity::error, std::string(table->name), "overlaps the table before it");
      last = std::max(last, table->end());
      if (T::is_64_bit && table->kind == TableKind::strings && table->offset % 8 != 0)
        say(Severity::error, std::string(table->name),
            "are not aligned to 8 bytes: dyld of macOS 27 does not load an image like this",
            "any edit by linkname puts them right");
      if (table->kind == TableKind::signature && table->offset % 16 != 0)
        say(Severity::error, std::string(table->name), "is not aligned to 16 bytes");
      if (table->kind == TableKind::signature && table != ordered.back())
        say(Severity::error, std::string(table->name), "is not the last table, so what follows is not signed");
    }
  }

  void groups() {
    if (Result<void> sound = check_groups(view_); !sound)
      say(Severity::error, sound.error().diagnostics.front().place,
          "LC_DYSYMTAB does not divide the symbols into locals, defined and undefined ones");
  }

  void indirect_symbols() {
    const auto entries = macho::indirect_symbols(view_);
    if (!entries)
      return say(entries.error());
    const auto is_outside = [&](std::uint32_t entry) {
      return !is_indirect_marker(entry) && entry >= view_.symbols().size();
    };
    if (std::ranges::any_of(*entries, is_outside))
      say(Severity::error, "LC_DYSYMTAB", "the indirect symbol table names a symbol past the end of the table");
  }

  /// The trie by itself, and what the symbol table says of the same names.
  void exports() {
    const Result<Bytes> trie = bytes_of_table(image_.bytes(), tables_, TableKind::exports);
    const Result<Exports> exports = trie ? read_exports(*trie) : Result<Exports>(std::unexpected(trie.error()));
    if (!exports)
      return say(exports.error());
    for (const Export &listed : exports->all)
      one_export(listed);
    if (table_of(tables_, TableKind::exports) == nullptr)
      return; // an old image, or one for no loader
    for (std::uint32_t i = 0; i < view_.symbols().size(); ++i) {
      const auto &entry = view_.symbols()[i];
      if (!is_external_definition(entry))
        continue;
      const Result<Bytes> name = view_.symbol_name(i);
      if (!name) {
        say(name.error());
        continue;
      }
      if (const Export *const listed = exports->find(*name))
        same_place(i, *name, *listed);
      else
        say(Severity::warning, join({view_.symbol_place(i), " ", quoted(*name)}),
            "is external, but the exports trie, by which loaders go, does not have it");
    }
  }

  void one_export(const Export &listed) {
    const std::string place = join({"the exports trie: ", quoted(listed.name)});
    const std::optional<Payload> payload = read_payload(listed.payload);
    if (!payload)
      return say(Severity::error, place, "what it says of the name is damaged");
    if (payload->is_forwarded()) {
      if (payload->address > image_.libraries().size())
        say(Severity::error, place, "is forwarded to a library that the image is not linked with");
    } else if (!payload->is_absolute() && !image_.is_mapped(image_.base() + payload->address)) {
      say(Severity::error, place, "leads to an address in no segment");
    }
  }

  void same_place(std::uint32_t symbol, Bytes name, const Export &listed) {
    const auto &entry = view_.symbols()[symbol];
    const std::optional<Payload> payload = read_payload(listed.payload);
    if (!payload || payload->is_forwarded() || kind_of(entry) != EntryKind::defined)
      return;
    const std::uint64_t thumb = view_.is_thumb(symbol) ? 1 : 0;
    const std::uint64_t address = payload->is_absolute() ? payload->address : image_.base() + payload->address;
    if (address != (entry.n_value | thumb))
      say(Severity::error, join({view_.symbol_place(symbol), " ", quoted(name)}),
          "is at another address than the exports trie says");
  }

  void imports() {
    const Result<std::vector<Import>> imports = read_imports(image_.bytes(), tables_);
    if (!imports)
      return say(imports.error());
    const auto libraries = static_cast<std::int64_t>(image_.libraries().size());
    for (const Import &import : *imports)
      if (import.ordinal > libraries)
        say(Severity::error, join({"the imports: ", quoted(import.name)}),
            "is to come from a library that the image is not linked with");
    const Result<std::uint64_t> used = for_each_own_pointer(image_, tables_, [](std::uint64_t, std::uint64_t) {});
    const Table *const fixups = table_of(tables_, TableKind::fixups);
    if (used && fixups != nullptr && *used > imports->size())
      say(Severity::error, std::string(fixups->name), "a pointer is to be bound to an import that is not there");
  }

  void signature() {
    const Table *const table = table_of(tables_, TableKind::signature);
    if (table == nullptr || table->size == 0)
      return;
    const Result<Bytes> bytes = contents_of(image_.bytes(), *table);
    const Result<CodeSignature> read =
        bytes ? read_signature(*bytes) : Result<CodeSignature>(std::unexpected(bytes.error()));
    if (!read)
      return say(read.error());
    if (read->code_limit != table->offset)
      return say(Severity::error, std::string(table->name), "does not cover all that stands before it");
    const Bytes covered = image_.bytes().substr(0, static_cast<std::size_t>(table->offset));
    if (hash_pages(std::span(&covered, 1), read->page_size()) != read->pages)
      say(Severity::error, std::string(table->name), "has wrong hashes: macOS ends a program that maps these pages",
          "sign it anew (`codesign -s -`)");
  }

  const Image<T> &image_;
  const View<T> &view_;
  std::vector<Table> tables_;
  std::vector<Diagnostic> &found_;
};

} // namespace

Result<std::vector<Diagnostic>> lint(Bytes bytes) {
  return with_image(bytes, []<class T>(const Image<T> &image) -> Result<std::vector<Diagnostic>> {
    Result<std::vector<Table>> tables = tables_of(image);
    if (!tables)
      return std::unexpected(std::move(tables.error()));
    std::vector<Diagnostic> found;
    Lint<T>(image, std::move(*tables), found).run();
    return found;
  });
}

} // namespace linkname::macho::image
