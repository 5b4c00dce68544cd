// What differs from processor to processor in an object: which relocations do not speak of a symbol although they look
// like it (Apple's <mach-o/reloc.h>, <mach-o/x86_64/reloc.h>, <mach-o/arm64/reloc.h> and their neighbours).
#pragma once

#include <llvm/BinaryFormat/MachO.h>

#include <cstdint>

namespace linkname::macho {

/// -1 stands for a type that the processor does not have.
struct Processor {
  bool known = false;
  bool scatters = false;  ///< bit 31 of r_address says that a relocation is scattered: it holds no index
  int pair = -1;          ///< second half of the relocation before it; its number is a part of an address
  int addend = -1;        ///< its number is what the next relocation adds
  int subtractor = -1;    ///< half of a difference; the next relocation is the other
  int pointer = 0;        ///< a whole address: X86_64_RELOC_UNSIGNED, GENERIC_RELOC_VANILLA and so on
  int authenticated = -1; ///< ... that is signed
};

inline Processor processor(std::uint32_t cputype) {
  using namespace llvm::MachO;
  constexpr int authenticated_pointer = 11; // ARM64_RELOC_AUTHENTICATED_POINTER: not in LLVM 14's headers
  switch (cputype) {
  case static_cast<std::uint32_t>(CPU_TYPE_X86_64):
    return {.known = true, .subtractor = X86_64_RELOC_SUBTRACTOR};
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64):
    return {.known = true,
            .addend = ARM64_RELOC_ADDEND,
            .subtractor = ARM64_RELOC_SUBTRACTOR,
            .authenticated = authenticated_pointer};
  case static_cast<std::uint32_t>(CPU_TYPE_ARM64_32):
    return {.known = true, .addend = ARM64_RELOC_ADDEND, .subtractor = ARM64_RELOC_SUBTRACTOR};
  case static_cast<std::uint32_t>(CPU_TYPE_I386):
    return {.known = true, .scatters = true, .pair = GENERIC_RELOC_PAIR};
  case static_cast<std::uint32_t>(CPU_TYPE_ARM):
    return {.known = true, .scatters = true, .pair = ARM_RELOC_PAIR};
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC):
  case static_cast<std::uint32_t>(CPU_TYPE_POWERPC64):
    return {.known = true, .scatters = true, .pair = PPC_RELOC_PAIR};
  default:
    return {.scatters = true};
  }
}

} // namespace linkname::macho
