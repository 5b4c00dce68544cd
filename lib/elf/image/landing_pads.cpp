#include "elf/image/landing_pads.h"

#include "base/text.h"
#include "elf/image/new_symbols.h"

#include <algorithm>
#include <array>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// Per processor, what promises landing pads and what they look like in the file.
struct Promise {
  std::uint16_t machine;
  std::uint32_t property;
  std::uint32_t bit;
  std::array<std::string_view, 5> pads;
  std::string_view what;
};

using namespace std::string_view_literals;

constexpr Promise promises[] = {
    {EM_X86_64, 0xc0000002, 1, {"\xf3\x0f\x1e\xfa"sv}, "endbr64"},
    {EM_386, 0xc0000002, 1, {"\xf3\x0f\x1e\xfb"sv}, "endbr32"},
    // bti c, bti jc, paciasp, pacibsp
    {EM_AARCH64,
     0xc0000000,
     1,
     {"\x5f\x24\x03\xd5"sv, "\xdf\x24\x03\xd5"sv, "\x3f\x23\x03\xd5"sv, "\x7f\x23\x03\xd5"sv},
     "bti c"},
};

/// The bits of one property of the image; 0 where it has none.
template <class ELFT> std::uint32_t property(const ImageView<ELFT> &view, std::uint32_t type) {
  using Word = typename ELFT::Word;
  const auto segment =
      std::ranges::find(view.segments(), PT_GNU_PROPERTY, [](const auto &one) { return std::uint32_t{one.p_type}; });
  if (segment == view.segments().end())
    return 0;
  const Bytes note = slice(view.bytes(), segment->p_offset, segment->p_filesz).value_or(Bytes{});
  const auto header = array_at<Word>(note, 0, 4);
  if (!header || (*header)[2] != NT_GNU_PROPERTY_TYPE_0)
    return 0;
  Bytes rest = slice(note, 16, (*header)[1]).value_or(Bytes{});
  constexpr std::uint64_t step = ELFT::Is64Bits ? 8 : 4;
  while (const auto entry = array_at<Word>(rest, 0, 3)) {
    if ((*entry)[0] == type)
      return (*entry)[2];
    const std::optional<std::uint64_t> size = align_up(8 + std::uint64_t{(*entry)[1]}, step);
    if (!size || *size > rest.size())
      break;
    rest.remove_prefix(static_cast<std::size_t>(*size));
  }
  return 0;
}

} // namespace

template <class ELFT> std::vector<Diagnostic> missing_landing_pads(const ImageView<ELFT> &view, const Plan &plan) {
  std::vector<Diagnostic> warnings;
  const auto promise = std::ranges::find(promises, view.file().header().e_machine, &Promise::machine);
  if (promise == std::end(promises) || (property(view, promise->property) & promise->bit) == 0)
    return warnings;
  for (const Edit &edit : plan.edits) {
    if (edit.change != Change::add && edit.change != Change::define)
      continue;
    const auto entry = new_entry(view, edit, plan);
    const Bytes code = view.mapped(entry.st_value);
    const auto is_pad = [&](std::string_view pad) { return !pad.empty() && code.starts_with(pad); };
    if (entry.getType() != STT_FUNC || std::ranges::any_of(promise->pads, is_pad))
      continue;
    warnings.push_back({.severity = Severity::warning,
                        .place = quoted(edit.name),
                        .reason = join({"does not begin with `", promise->what,
                                        "`, which the image promises of every function: where the processor checks "
                                        "indirect calls, calling it ends the program"}),
                        .hint = "put LINKNAME into its source, which takes its address, so the compiler adds it",
                        .details = {}});
  }
  return warnings;
}

template std::vector<Diagnostic> missing_landing_pads(const ImageView<llvm::object::ELF64LE> &, const Plan &);
template std::vector<Diagnostic> missing_landing_pads(const ImageView<llvm::object::ELF64BE> &, const Plan &);
template std::vector<Diagnostic> missing_landing_pads(const ImageView<llvm::object::ELF32LE> &, const Plan &);
template std::vector<Diagnostic> missing_landing_pads(const ImageView<llvm::object::ELF32BE> &, const Plan &);

} // namespace linkname::elf
