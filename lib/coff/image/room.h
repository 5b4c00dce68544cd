// Where new tables can stand in a linked image, of which nothing that is mapped may move: where the old ones are and in
// the padding behind them; in the padding behind a section of constants; in a section of their own.
#pragma once

#include "coff/image/footprint.h"
#include "coff/image/tables.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace linkname::coff {

inline constexpr Bytes exports_section_name = ".edata";

/// The addresses of what is new: a table fits, or it does not.
class Room {
public:
  explicit Room(const Tables &tables)
      : tables_(tables), image_(tables.image), taken_(tables),
        sections_(image_.sections().begin(), image_.sections().end()) {}

  /// For tables that take the place of the exports' as they are.
  [[nodiscard]] bool in_place(std::uint64_t size);
  /// For `size` bytes in the padding behind a section; with `beside` 0, of constants, otherwise also of the section
  /// that holds that address.
  [[nodiscard]] std::optional<std::uint32_t> in_padding(std::uint64_t size, std::uint32_t beside);
  /// For `size` bytes in a section of their own, which the first makes and names.
  [[nodiscard]] Result<std::uint32_t> in_new_section(std::uint64_t size, Bytes name);
  /// Whether there is a section that GNU's tools take for the exports by its name alone, whatever the headers say: when
  /// they strip an image, they make the headers say so too.
  [[nodiscard]] bool has_exports_section() const;
  /// Takes that name away.
  void rename_exports_section();

  /// The sections that the file has, as they will be.
  [[nodiscard]] std::vector<Section> &sections() { return sections_; }
  /// The one that it gets, with its size as asked for so far; null where it gets none.
  [[nodiscard]] Section *new_section() { return new_section_ ? &*new_section_ : nullptr; }

private:
  [[nodiscard]] std::uint64_t capacity(std::uint32_t number, std::uint64_t from) const;
  [[nodiscard]] bool tables_fill_their_range() const;
  /// Whether a range of the file is nothing but zeros of one section, or with `of` 0, of none.
  [[nodiscard]] bool is_padding(std::uint64_t offset, std::uint64_t length, std::uint32_t of) const;
  [[nodiscard]] bool leads_there(std::uint64_t begin, std::uint64_t end) const;

  const Tables &tables_;
  const Image &image_;
  Footprint taken_;
  std::vector<Section> sections_;
  std::optional<Section> new_section_;
};

} // namespace linkname::coff
