#include "elf/image/debug_symbols.h"

#include "base/string_pool.h"
#include "elf/image/facts.h"
#include "elf/image/new_symbols.h"
#include "elf/image/twins.h"
#include "elf/symbol_edit.h"

#include <algorithm>

namespace linkname::elf {
namespace {

template <class ELFT> class Changes {
public:
  using Sym = typename ELFT::Sym;
  using Word = typename ELFT::Word;

  Changes(const ImageView<ELFT> &view, const Plan &plan)
      : view_(view), plan_(plan), pool_(view.file().strings().size()) {}

  Result<DebugSymbols> run() {
    if (view_.file().symbols().empty())
      return DebugSymbols{};
    Result<void> done = change_twins();
    for (const Edit &edit : plan_.edits)
      if (done && (edit.change == Change::add || edit.change == Change::define))
        done = add(edit);
    if (!done)
      return std::unexpected(std::move(done.error()));
    result_.strings = pool_.release();
    return std::move(result_);
  }

private:
  Result<void> change_twins() {
    std::vector<bool> edited(view_.symbols().size());
    bool any = false;
    for (const Edit &edit : plan_.edits)
      if (edit.change != Change::add && edit.change != Change::define)
        any = edited[edit.symbol] = true;
    if (!any)
      return {};
    const Twins<ELFT> twins(view_);
    for (std::uint32_t i = 1; i < view_.file().symbols().size(); ++i)
      if (const std::optional<std::uint32_t> twin = twins.of(i); twin && edited[*twin])
        if (Result<void> done = change(i, *twin); !done)
          return done;
    return {};
  }

  Result<void> change(std::uint32_t index, std::uint32_t twin) {
    Sym entry = view_.file().symbols()[index];
    const auto key = [](const Edit &one) { return one.change == Change::define ? UINT32_MAX : one.symbol; };
    for (const Edit &edit : std::ranges::equal_range(plan_.edits, twin, {}, key)) {
      if (edit.change == Change::add)
        continue;
      change_entry(entry, edit);
      if (edit.change != Change::rename)
        continue;
      const std::string_view old = view_.file().symbol_name(index).value_or(Bytes{});
      const std::string_view version = old.substr(without_symbol_version(old).size());
      if (Result<void> named = name(entry, join({edit.name, version})); !named)
        return named;
    }
    result_.changed.push_back({.offset = view_.file().symbol_offset(index),
                               .old_length = sizeof entry,
                               .bytes = std::string(bytes_of(entry))});
    return {};
  }

  Result<void> add(const Edit &edit) {
    const std::uint32_t first = first_in_symtab(view_);
    Sym entry = new_entry(view_, edit, plan_);
    if (Result<void> named = name(entry, edit.name); !named)
      return named;
    result_.symbols += bytes_of(entry);
    if (view_.file().extended_table() != 0) {
      Word section;
      section = 0;
      if (edit.change == Change::add && edit.symbol >= first && entry.st_shndx == llvm::ELF::SHN_XINDEX)
        section = view_.file().section_of(edit.symbol - first).index;
      result_.extended += bytes_of(section);
    }
    return {};
  }

  Result<void> name(Sym &entry, std::string_view text) {
    const std::optional<std::uint32_t> offset = pool_.add(text);
    if (!offset)
      return fail(Status::refused, ".strtab", "the string table would exceed 4 GiB");
    entry.st_name = *offset;
    return {};
  }

  const ImageView<ELFT> &view_;
  const Plan &plan_;
  StringPool pool_;
  DebugSymbols result_;
};

} // namespace

template <class ELFT> Result<DebugSymbols> change_debug_symbols(const ImageView<ELFT> &view, const Plan &plan) {
  return Changes<ELFT>(view, plan).run();
}

template Result<DebugSymbols> change_debug_symbols(const ImageView<llvm::object::ELF64LE> &, const Plan &);
template Result<DebugSymbols> change_debug_symbols(const ImageView<llvm::object::ELF64BE> &, const Plan &);
template Result<DebugSymbols> change_debug_symbols(const ImageView<llvm::object::ELF32LE> &, const Plan &);
template Result<DebugSymbols> change_debug_symbols(const ImageView<llvm::object::ELF32BE> &, const Plan &);

} // namespace linkname::elf
