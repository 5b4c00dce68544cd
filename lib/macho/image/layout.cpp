#include "macho/image/layout.h"

#include "macho/image/aligned.h"
#include "macho/image/changes.h"
#include "macho/image/lazy_binds.h"
#include "macho/image/placement.h"
#include "macho/image/signing.h"
#include "macho/image/symbols.h"
#include "macho/index_holders.h"

namespace linkname::macho::image {
namespace {

template <class T> class Layout {
public:
  Layout(const Image<T> &image, const Names &names, const Plan &plan)
      : image_(image), names_(names), plan_(plan), linkedit_(*image.linkedit()) {}

  Result<LaidOut> run() {
    Result<void> done = change_names();
    if (done)
      done = change_symbols();
    if (done)
      done = place();
    if (done)
      done = sign();
    if (!done)
      return std::unexpected(std::move(done.error()));
    return std::move(result_);
  }

private:
  using U32 = typename T::U32;

  void put(std::uint64_t offset, Bytes bytes) {
    if (image_.bytes().substr(static_cast<std::size_t>(offset), bytes.size()) != bytes)
      result_.splices.push_back({.offset = offset, .old_length = bytes.size(), .bytes = std::string(bytes)});
  }

  template <class Field> void put_number(const Field &field, std::uint64_t value) {
    const Field number(static_cast<typename Field::value_type>(value));
    put(image_.view().position(&field), bytes_of(number));
  }

  void put_field(std::uint64_t position, std::uint64_t value, bool wide) {
    if (wide)
      put(position, bytes_of(llvm::support::ulittle64_t(value)));
    else
      put(position, bytes_of(U32(static_cast<std::uint32_t>(value))));
  }

  [[nodiscard]] Result<Bytes> bytes_of_kind(TableKind kind) const {
    return bytes_of_table(image_.bytes(), names_.tables, kind);
  }

  /// What the loader reads.
  Result<void> change_names() {
    const Result<Changes> changes = changes_of(image_, names_, plan_);
    if (!changes)
      return std::unexpected(changes.error());
    if (changes->exports_change)
      changed_[TableKind::exports].bytes = write_exports(changes->exports);
    if (!changes->renames_imports())
      return {};
    const NewImport new_name = changes->new_import();
    const auto take = [&](TableKind kind, auto rename) -> Result<void> {
      const Result<Bytes> old = bytes_of_kind(kind);
      Result<std::optional<std::string>> renamed =
          old ? rename(*old) : Result<std::optional<std::string>>(std::unexpected(old.error()));
      if (!renamed)
        return std::unexpected(std::move(renamed.error()));
      if (*renamed)
        changed_[kind].bytes = std::move(**renamed);
      return {};
    };
    const auto binds = [&](BindKind kind) {
      return [&new_name, kind](Bytes stream) { return renamed_binds(stream, kind, new_name); };
    };
    Result<void> done = take(TableKind::binds, binds(BindKind::ordinary));
    if (done)
      done = take(TableKind::weak_binds, binds(BindKind::weak));
    if (done)
      done = take(TableKind::fixups, [&](Bytes fixups) { return renamed_chained_imports(fixups, new_name); });
    return done ? rename_lazy_binds(new_name) : done;
  }

  Result<void> rename_lazy_binds(const NewImport &new_name) {
    const Result<Bytes> stream = bytes_of_kind(TableKind::lazy_binds);
    Result<RenamedLazyBinds> renamed = stream ? renamed_lazy_binds(image_, *stream, new_name)
                                              : Result<RenamedLazyBinds>(std::unexpected(stream.error()));
    if (!renamed)
      return std::unexpected(std::move(renamed.error()));
    if (!renamed->stream.empty())
      changed_[TableKind::lazy_binds].bytes = std::move(renamed->stream);
    std::ranges::move(renamed->code, std::back_inserter(result_.splices));
    return {};
  }

  /// What debuggers and other tools read.
  Result<void> change_symbols() {
    const View<T> &view = image_.view();
    if (view.symbols().empty())
      return {}; // a stripped image stays stripped
    if (view.strings().empty() || view.strings().back() != '\0')
      return malformed("LC_SYMTAB", "the string table does not end with a NUL byte");
    Result<NewSymbols> symbols = new_symbols(image_, names_, plan_);
    if (!symbols)
      return std::unexpected(std::move(symbols.error()));
    const Bytes old(reinterpret_cast<const char *>(view.symbols().data()), view.symbols().size_bytes());
    if (symbols->entries == old)
      return {};
    changed_[TableKind::symbols].bytes = std::move(symbols->entries);
    if (!symbols->strings.empty()) {
      const std::uint64_t size = aligned(view.strings().size() + symbols->strings.size(), T::pointer_size);
      symbols->strings.resize(static_cast<std::size_t>(size - view.strings().size()));
      changed_[TableKind::strings] = {.bytes = std::move(symbols->strings), .behind = true};
    }
    const auto &table = *view.dynamic_symbol_table();
    put_number(table.nlocalsym, symbols->groups.locals);
    put_number(table.iextdefsym, symbols->groups.locals);
    put_number(table.nextdefsym, symbols->groups.defined);
    put_number(table.iundefsym, symbols->groups.locals + symbols->groups.defined);
    put_number(table.nundefsym, symbols->groups.undefined);
    return move_indices(symbols->places);
  }

  Result<void> move_indices(const std::vector<std::uint32_t> &places) {
    const auto &table = *image_.view().dynamic_symbol_table();
    if (table.ntoc != 0 || table.nmodtab != 0 || table.nextrefsyms != 0 || table.nextrel != 0)
      return fail(Status::refused, "LC_DYSYMTAB", "has tables of symbol indices that linkname cannot rewrite",
                  "images for macOS 10.6 and newer do not need them");
    const Result<Bytes> old = bytes_of_kind(TableKind::indirect_symbols);
    if (!old)
      return std::unexpected(old.error());
    std::string moved;
    for (const U32 &entry : entries_of<U32>(*old)) {
      const bool is_marker = is_indirect_marker(entry);
      if (!is_marker && entry >= places.size())
        return malformed("LC_DYSYMTAB", "the indirect symbol table names a symbol past the end of the table");
      moved.append(bytes_of(is_marker ? entry : U32(places[entry])));
    }
    if (moved != *old)
      changed_[TableKind::indirect_symbols].bytes = std::move(moved);
    return {};
  }

  Result<void> place() {
    Result<Placement> placed = place_tables(image_.bytes(), linkedit_.fileoff, names_.tables, changed_);
    if (!placed)
      return std::unexpected(std::move(placed.error()));
    placement_ = std::move(*placed);
    for (const Placed &table : placement_.tables) {
      if (table.table.offset_field == 0)
        continue; // no load command leads to it
      put_field(table.table.offset_field, table.offset, table.table.wide);
      put_field(table.table.size_field, table.size / table.table.entry, table.table.wide);
    }
    std::ranges::move(placement_.splices, std::back_inserter(result_.splices));
    return {};
  }

  /// The end of the file: the signature, if there is one, and up to where __LINKEDIT reaches.
  Result<void> sign() {
    const Table *const table = table_of(names_.tables, TableKind::signature);
    const Result<std::optional<CodeSignature>> like =
        signature_like(image_.bytes(), table, plan_.signature, result_.diagnostics);
    if (!like)
      return std::unexpected(like.error());
    const std::optional<CodeSignature> &known = *like;
    const CodeSignature *const signature = known ? &*known : nullptr;
    std::uint64_t end = placement_.end;
    std::string padding;
    if (signature != nullptr) {
      const std::uint64_t begin = aligned(end, alignment_of(TableKind::signature));
      const std::uint64_t size = signature_size(*signature, begin);
      padding.resize(static_cast<std::size_t>(begin - end));
      put_field(table->offset_field, begin, false);
      put_field(table->size_field, size, false);
      end = begin + size;
    }
    if (end > UINT32_MAX)
      return fail(Status::refused, "Mach-O header", "the file would exceed what 32-bit offsets reach");
    if (Result<void> grown = set_linkedit(end - linkedit_.fileoff); !grown)
      return grown;
    result_.splices.push_back({.offset = placement_.old_end,
                               .old_length = image_.bytes().size() - placement_.old_end,
                               .bytes = std::move(padding)});
    if (Result<void> ordered = put_in_order(result_.splices, image_.bytes().size()); !ordered || signature == nullptr)
      return ordered;
    const std::string written = write_signature(*signature, pieces_of(image_.bytes(), result_.splices));
    result_.splices.back().bytes.append(written);
    return {};
  }

  Result<void> set_linkedit(std::uint64_t size) {
    // What was mapped stays so.
    const std::uint64_t mapped = aligned(std::max<std::uint64_t>(size, linkedit_.vmsize), image_.page_size());
    for (const auto *const segment : image_.segments())
      if (segment->vmaddr > linkedit_.vmaddr && segment->vmaddr - linkedit_.vmaddr < mapped)
        return fail(Status::refused, "__LINKEDIT", "cannot grow: another segment comes right behind it");
    put_number(linkedit_.filesize, size);
    put_number(linkedit_.vmsize, mapped);
    return {};
  }

  const Image<T> &image_;
  const Names &names_;
  const Plan &plan_;
  const typename T::Segment &linkedit_;
  std::map<TableKind, Contents> changed_;
  Placement placement_;
  LaidOut result_;
};

/// What has to hold of the input before any edit can be laid out.
template <class T> Result<void> check_input(const Image<T> &image) {
  const auto *const linkedit = image.linkedit();
  if (linkedit == nullptr)
    return fail(Status::refused, "load commands", "there is no segment __LINKEDIT, where names would have to go");
  if (linkedit->nsects != 0)
    return fail(Status::refused, "__LINKEDIT", "has sections, which no linker gives it");
  if (std::uint64_t{linkedit->fileoff} + linkedit->filesize != image.bytes().size())
    return fail(Status::refused, "__LINKEDIT", "does not end with the file, so it cannot grow",
                "what was put behind the image has to be put behind the edited one");
  if (linkedit->vmsize > UINT32_MAX)
    return malformed("__LINKEDIT", "is mapped larger than an image can be");
  if (linkedit->fileoff < image.view().commands_end())
    return malformed("__LINKEDIT", "overlaps the load commands");
  for (const auto *const section : image.view().sections())
    if (section->nreloc != 0)
      return fail(Status::refused, "load commands", "a section has relocations, as no image for today's loaders has");
  return {};
}

} // namespace

Result<LaidOut> lay_out(Bytes bytes, const Plan &plan) {
  if (plan.empty())
    return LaidOut{};
  return with_image(bytes, [&]<class T>(const Image<T> &image) -> Result<LaidOut> {
    if (Result<void> sound = check_input(image); !sound)
      return std::unexpected(std::move(sound.error()));
    const Result<Names> names = read_names(image);
    if (!names)
      return std::unexpected(names.error());
    return Layout<T>(image, *names, plan).run();
  });
}

} // namespace linkname::macho::image
