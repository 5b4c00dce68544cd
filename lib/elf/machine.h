// What differs from one processor to the next, as rows of a table.
#pragma once

#include <llvm/BinaryFormat/ELF.h>

#include <cstdint>
#include <string_view>

namespace linkname::elf {

struct Machine {
  std::uint16_t number;         ///< e_machine
  std::string_view name;        ///< as LLVM's dumpers spell it
  std::uint32_t copy = 0;       ///< relocation by which a program gets a copy of a library's variable; 0: not known
  std::uint32_t address_32 = 0; ///< relocation that stores a whole address in an ELFCLASS32 object; 0: not known
  std::uint32_t address_64 = 0; ///< the same for ELFCLASS64
  bool thumb_bit = false;       ///< bit 0 of a function's st_value is no part of its address
};

// The relocation numbers are those of the processor supplements; LLVM's headers do not know all of them.
inline constexpr Machine machines[] = {
    {llvm::ELF::EM_386, "i386", llvm::ELF::R_386_COPY, llvm::ELF::R_386_32, 0},
    {llvm::ELF::EM_X86_64, "x86-64", llvm::ELF::R_X86_64_COPY, llvm::ELF::R_X86_64_32, llvm::ELF::R_X86_64_64},
    {llvm::ELF::EM_ARM, "arm", llvm::ELF::R_ARM_COPY, llvm::ELF::R_ARM_ABS32, 0, true},
    {llvm::ELF::EM_AARCH64, "aarch64", llvm::ELF::R_AARCH64_COPY, llvm::ELF::R_AARCH64_P32_ABS32,
     llvm::ELF::R_AARCH64_ABS64},
    {llvm::ELF::EM_RISCV, "riscv", llvm::ELF::R_RISCV_COPY, llvm::ELF::R_RISCV_32, llvm::ELF::R_RISCV_64},
    {llvm::ELF::EM_S390, "s390x", llvm::ELF::R_390_COPY, llvm::ELF::R_390_32, llvm::ELF::R_390_64},
    {llvm::ELF::EM_PPC, "powerpc", 19, llvm::ELF::R_PPC_ADDR32, 0},
    {llvm::ELF::EM_PPC64, "powerpc64", 19, 0, llvm::ELF::R_PPC64_ADDR64},
    {llvm::ELF::EM_MIPS, "mips", llvm::ELF::R_MIPS_COPY, llvm::ELF::R_MIPS_32, llvm::ELF::R_MIPS_64},
    {llvm::ELF::EM_SPARC, "sparc", 19, llvm::ELF::R_SPARC_32, 0},
    {llvm::ELF::EM_SPARCV9, "sparcv9", 19, 0, llvm::ELF::R_SPARC_64},
    {258, "loongarch", 4, 1, 2}, // EM_LOONGARCH, R_LARCH_32, R_LARCH_64: not in LLVM 14's headers
};

constexpr Machine machine(std::uint16_t number) {
  for (const Machine &row : machines)
    if (row.number == number)
      return row;
  return {.number = number, .name = "unknown"};
}

} // namespace linkname::elf
