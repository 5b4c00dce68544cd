#include "elf/image/definitions.h"

#include "base/text.h"
#include "elf/image/new_symbols.h"
#include "elf/machine.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class Symbols> bool has_function(const Symbols &symbols, std::uint64_t value) {
  return std::ranges::any_of(symbols, [&](const auto &symbol) {
    return symbol.getType() == STT_FUNC && symbol.st_shndx != SHN_UNDEF && symbol.st_value == value;
  });
}

template <class ELFT> bool has_function_at(const ImageView<ELFT> &view, std::uint64_t value) {
  return has_function(view.symbols(), value) || has_function(view.file().symbols(), value);
}

} // namespace

template <class ELFT> Result<std::vector<Diagnostic>> check_definitions(const ImageView<ELFT> &view, const Plan &plan) {
  std::vector<Diagnostic> warnings;
  const bool thumb_bit = machine(view.file().header().e_machine).thumb_bit;
  for (const Edit &edit : plan.edits) {
    if (const std::size_t at = edit.name.find('@', 1); at != std::string_view::npos)
      return fail(Status::refused, quoted(edit.name),
                  "would be a name that holds a version, and loaders look for versions in another table",
                  join({"leave out the ", quoted(edit.name.substr(at)), ": what has a version keeps it"}));
    if (edit.change != Change::define)
      continue;
    const std::uint64_t address = plan.definitions[edit.symbol].address;
    const std::string place = join({quoted(edit.name), " = ", hex(address)});
    const auto *const section = section_at(view.file(), address);
    if (section == nullptr)
      return fail(Status::refused, place, "is an address outside of all that is mapped",
                  "addresses are virtual, as `objdump -d` and `nm` print them");
    if (!thumb_bit || (section->sh_flags & SHF_EXECINSTR) == 0 || (address & 1U) != 0 || has_function_at(view, address))
      continue;
    const std::string hint = join({"the address of a Thumb function is the odd one: ", hex(address + 1)});
    if (has_function_at(view, address + 1))
      return fail(Status::refused, place, "is where a Thumb function begins, and would be called as ARM code", hint);
    warnings.push_back({.severity = Severity::warning,
                        .place = place,
                        .reason = "is called as ARM code, and nothing shows that it is",
                        .hint = hint,
                        .details = {}});
  }
  return warnings;
}

template Result<std::vector<Diagnostic>> check_definitions(const ImageView<llvm::object::ELF64LE> &, const Plan &);
template Result<std::vector<Diagnostic>> check_definitions(const ImageView<llvm::object::ELF64BE> &, const Plan &);
template Result<std::vector<Diagnostic>> check_definitions(const ImageView<llvm::object::ELF32LE> &, const Plan &);
template Result<std::vector<Diagnostic>> check_definitions(const ImageView<llvm::object::ELF32BE> &, const Plan &);

} // namespace linkname::elf
