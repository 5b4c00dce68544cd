// What differs from one processor to the next, as rows of a table.
#pragma once

#include <llvm/BinaryFormat/COFF.h>

#include <cstdint>
#include <string_view>

namespace linkname::coff {

struct Machine {
  std::uint16_t number = 0; ///< IMAGE_FILE_MACHINE_*; 0 where the table has no such row
  std::string_view name;
  std::uint8_t pointer_size = 8;
  std::uint16_t address = 0; ///< the relocation that stores a whole address
  char name_prefix = '\0';   ///< what the compiler puts before a C-level name
};

inline constexpr Machine machines[] = {
    {llvm::COFF::IMAGE_FILE_MACHINE_AMD64, "x86-64", 8, llvm::COFF::IMAGE_REL_AMD64_ADDR64, '\0'},
    {llvm::COFF::IMAGE_FILE_MACHINE_I386, "i386", 4, llvm::COFF::IMAGE_REL_I386_DIR32, '_'},
    {llvm::COFF::IMAGE_FILE_MACHINE_ARM64, "arm64", 8, llvm::COFF::IMAGE_REL_ARM64_ADDR64, '\0'},
    {llvm::COFF::IMAGE_FILE_MACHINE_ARMNT, "armnt", 4, llvm::COFF::IMAGE_REL_ARM_ADDR32, '\0'},
};

constexpr Machine machine(std::uint16_t number) {
  for (const Machine &row : machines)
    if (row.number == number)
      return row;
  return {};
}

} // namespace linkname::coff
