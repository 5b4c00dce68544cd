// Most of what `.dynsym` holds stands in `.symtab` once more, for debuggers. An edit concerns both entries.
#pragma once

#include "elf/image/view.h"

#include <functional>
#include <string_view>
#include <unordered_map>

namespace linkname::elf {

/// `name` of `name@V1` and `name@@V2`.
inline std::string_view without_symbol_version(std::string_view name) {
  const std::size_t at = name.find('@', 1);
  return at == std::string_view::npos ? name : name.substr(0, at);
}

template <class ELFT> class Twins {
public:
  explicit Twins(const ImageView<ELFT> &view) : view_(view) {
    if (view.file().symbols().empty())
      return;
    known_.reserve(view.symbols().size());
    for (std::uint32_t i = 1; i < view.symbols().size(); ++i)
      (is_local(view.symbols()[i]) ? local_ : known_).emplace(key(view.name(i), view.symbols()[i]), i);
  }

  /// The entry of `.dynsym` that an entry of `.symtab` repeats.
  [[nodiscard]] std::optional<std::uint32_t> of(std::uint32_t in_symtab) const {
    const auto &entry = view_.file().symbols()[in_symtab];
    const Result<Bytes> name = view_.file().symbol_name(in_symtab);
    if (!name || name->empty())
      return std::nullopt;
    const Key wanted = key(without_symbol_version(*name), entry);
    if (!is_local(entry))
      if (const auto known = known_.find(wanted); known != known_.end())
        return known->second;
    // What is hidden after the link is local in `.dynsym` alone, and gold has a local entry there for each
    // thread-local variable that it relocates.
    const auto local = local_.find(wanted);
    return local == local_.end() ? std::nullopt : std::optional(local->second);
  }

private:
  struct Key {
    std::string_view name;
    bool undefined = false;
    std::uint64_t value = 0;
    bool operator==(const Key &) const = default;
  };
  struct Hash {
    std::size_t operator()(const Key &key) const {
      return std::hash<std::string_view>()(key.name) ^ static_cast<std::size_t>(key.value * 0x9e3779b97f4a7c15U);
    }
  };

  static bool is_local(const typename ELFT::Sym &entry) { return entry.getBinding() == llvm::ELF::STB_LOCAL; }
  static Key key(std::string_view name, const typename ELFT::Sym &entry) {
    const bool undefined = entry.st_shndx == llvm::ELF::SHN_UNDEF;
    return {.name = name, .undefined = undefined, .value = undefined ? 0 : std::uint64_t{entry.st_value}};
  }

  const ImageView<ELFT> &view_;
  std::unordered_map<Key, std::uint32_t, Hash> known_, local_;
};

} // namespace linkname::elf
