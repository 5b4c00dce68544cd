#include "elf/image/evidence.h"

#include "elf/image/facts.h"
#include "elf/image/typed.h"
#include "elf/machine.h"
#include "elf/relocations.h"

#include <unordered_map>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

template <class ELFT> class Collector {
public:
  using Word = typename ELFT::Addr;

  Collector(const ImageView<ELFT> &view, std::span<const std::uint32_t> symbols) : view_(view), found_(symbols.size()) {
    const std::uint32_t first = first_in_symtab(view);
    thumb_bit_ = machine(view.file().header().e_machine).thumb_bit ? 1 : 0;
    const std::vector<bool> nameless = behind_nameless_file();
    for (std::size_t i = 0; i < symbols.size(); ++i) {
      const auto &entry = symbols[i] < first ? view.symbols()[symbols[i]] : view.file().symbols()[symbols[i] - first];
      // Linkers make local what is hidden or not exported, and optimisers that see the whole program leave nothing of
      // that kind. GNU ld lists it behind an STT_FILE without a name, the others keep its visibility.
      found_[i].was_global = entry.getBinding() != STB_LOCAL || (entry.st_other & 3U) == STV_HIDDEN ||
                             (symbols[i] >= first && nameless[symbols[i] - first]);
      if (entry.getType() != STT_TLS)
        by_address_.emplace(entry.st_value & ~thumb_bit_, i);
    }
  }

  Result<std::vector<Evidence>> run() {
    const auto ranges = view_.relocations();
    if (!ranges)
      return std::unexpected(ranges.error());
    for (const auto &[bytes, has_addends] : *ranges) {
      if (has_addends) {
        for (const auto &entry : entries_of<typename ELFT::Rela>(bytes))
          if (entry.getSymbol(false) == 0)
            note(static_cast<std::uint64_t>(entry.r_addend));
      } else {
        for (const auto &entry : entries_of<typename ELFT::Rel>(bytes))
          if (entry.getSymbol(false) == 0)
            note_word(entry.r_offset);
      }
    }
    read_relative();
    return std::move(found_);
  }

private:
  /// By index in `.symtab`.
  [[nodiscard]] std::vector<bool> behind_nameless_file() const {
    const auto entries = view_.file().symbols();
    std::vector<bool> result(entries.size());
    bool is_nameless = false;
    for (std::uint32_t i = 0; i < entries.size(); ++i) {
      if (entries[i].getType() == STT_FILE)
        is_nameless = view_.file().is_called(i, "");
      result[i] = is_nameless;
    }
    return result;
  }

  void note(std::uint64_t address) {
    const auto [first, last] = by_address_.equal_range(address & ~thumb_bit_);
    for (auto known = first; known != last; ++known)
      found_[known->second].in_data = true;
  }

  /// The address that a word of data holds before it is relocated.
  void note_word(std::uint64_t address) {
    if (const auto word = array_at<Word>(view_.mapped(address), 0, 1))
      note(word->front());
  }

  /// DT_RELR: an even word is the address of a word to relocate, an odd one says which of those behind it are too (gABI
  /// draft, "Relative Relocation Table").
  void read_relative() {
    constexpr std::int64_t dt_relrsz = 35;
    constexpr std::int64_t dt_relr = 36;
    const std::optional<std::uint64_t> table = view_.tag(dt_relr);
    if (!table)
      return;
    const Bytes bytes = slice(view_.mapped(*table), 0, view_.tag(dt_relrsz).value_or(0)).value_or(Bytes{});
    std::uint64_t where = 0;
    for (const auto &entry : entries_of<Word>(bytes)) {
      const std::uint64_t word = entry;
      if ((word & 1U) == 0) {
        note_word(word);
        where = word + sizeof(Word);
        continue;
      }
      for (std::uint64_t bits = word >> 1U, at = where; bits != 0; bits >>= 1U, at += sizeof(Word))
        if ((bits & 1U) != 0)
          note_word(at);
      where += (sizeof(Word) * 8 - 1) * sizeof(Word);
    }
  }

  const ImageView<ELFT> &view_;
  std::uint64_t thumb_bit_ = 0; ///< no part of an address
  std::unordered_multimap<std::uint64_t, std::size_t> by_address_;
  std::vector<Evidence> found_;
};

} // namespace

Result<std::vector<Evidence>> image_evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  return with_image(bytes, [&]<class ELFT>(const ImageView<ELFT> &view) -> Result<std::vector<Evidence>> {
    return Collector<ELFT>(view, symbols).run();
  });
}

} // namespace linkname::elf
