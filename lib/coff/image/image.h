// A linked image as checked ranges over its bytes: headers, data directories and sections, by file offset and by
// address (Microsoft's PE format specification, "Optional Header" and "Section Table"). What an object has too, the
// section table and the symbols for debuggers, is read by the object's View.
#pragma once

#include "coff/view.h"

#include <cstddef>
#include <optional>
#include <span>
#include <vector>

namespace linkname::coff {

using DataDirectory = llvm::object::data_directory;

/// What PE32 and PE32+ have in the same place.
struct OptionalHeader {
  llvm::support::ulittle16_t Magic;
  char LinkerVersion[2];
  llvm::support::ulittle32_t SizeOfCode;
  llvm::support::ulittle32_t SizeOfInitializedData;
  llvm::support::ulittle32_t SizeOfUninitializedData;
  llvm::support::ulittle32_t AddressOfEntryPoint;
  llvm::support::ulittle32_t BaseOfCode;
  char BaseOfDataAndImageBase[8]; ///< two words, or one wide one
  llvm::support::ulittle32_t SectionAlignment;
  llvm::support::ulittle32_t FileAlignment;
  char Versions[16];
  llvm::support::ulittle32_t SizeOfImage;
  llvm::support::ulittle32_t SizeOfHeaders;
  llvm::support::ulittle32_t CheckSum;
  llvm::support::ulittle16_t Subsystem;
  llvm::support::ulittle16_t DllCharacteristics;
};
static_assert(sizeof(OptionalHeader) == 72);

/// Whether the bytes open with a DOS program that leads to a PE header.
[[nodiscard]] bool is_image(Bytes bytes);

class Image {
public:
  /// Checks the headers, the section table, where sections' bytes are, and the symbol table.
  static Result<Image> create(Bytes bytes);

  [[nodiscard]] Bytes bytes() const { return coff_.bytes(); }
  [[nodiscard]] const View<Symbol16> &coff() const { return coff_; }
  [[nodiscard]] std::span<const Section> sections() const { return coff_.sections(); }
  [[nodiscard]] const OptionalHeader &optional() const { return *optional_; }
  [[nodiscard]] std::span<const DataDirectory> directories() const { return directories_; }
  /// One of llvm::COFF::DataDirectoryIndex; where the image has none, it is empty.
  [[nodiscard]] DataDirectory directory(unsigned which) const {
    return which < directories_.size() ? directories_[which] : DataDirectory{};
  }
  [[nodiscard]] bool wide() const { return wide_; } ///< PE32+
  [[nodiscard]] std::uint64_t base() const { return base_; }

  /// The number of the section that holds an address, counted from the image's base; nothing where none does.
  [[nodiscard]] std::optional<std::uint32_t> section_at(std::uint64_t rva) const;
  /// Where in memory a section ends.
  [[nodiscard]] static std::uint64_t end_of(const Section &section) {
    return std::uint64_t{section.VirtualAddress} +
           (section.VirtualSize != 0 ? section.VirtualSize : section.SizeOfRawData);
  }
  /// The name as it stands in the header, or in the string table where there still is one.
  [[nodiscard]] Bytes section_name(std::uint32_t number) const;

  /// The file's bytes from an address to the end of what is mapped with it; empty where there are none.
  [[nodiscard]] Bytes from(std::uint64_t rva) const;
  /// `count` objects of T at an address.
  template <class T>
  [[nodiscard]] std::optional<std::span<const T>> array(std::uint64_t rva, std::uint64_t count) const {
    return array_at<T>(from(rva), 0, count);
  }
  template <class T> [[nodiscard]] const T *at(std::uint64_t rva) const {
    const auto found = array<T>(rva, 1);
    return found ? found->data() : nullptr;
  }
  /// The string at an address. Names end somewhere: what has more than 64 KiB is none.
  [[nodiscard]] std::optional<Bytes> string(std::uint64_t rva) const;
  /// What stands at a pointer-sized place.
  [[nodiscard]] std::optional<std::uint64_t> word(std::uint64_t rva) const;
  [[nodiscard]] std::uint32_t word_size() const { return wide_ ? 8 : 4; }

  /// Where the bytes of the last section end, as the file has them.
  [[nodiscard]] std::uint64_t end_of_sections() const;

private:
  explicit Image(const View<Symbol16> &coff) : coff_(coff) {}
  Result<void> read_optional_header();
  Result<void> read_sections();

  View<Symbol16> coff_;
  const OptionalHeader *optional_ = nullptr;
  std::span<const DataDirectory> directories_;
  std::vector<std::uint32_t> by_address_; ///< section numbers
  std::uint64_t base_ = 0;
  bool wide_ = false;
};

} // namespace linkname::coff
