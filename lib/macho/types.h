// The structures of Mach-O as they lie in a file, in either byte order and width (Apple's <mach-o/loader.h> and its
// neighbours). LLVM has them in the host's byte order only, as copies, which could not be written in place.
#pragma once

#include <llvm/Support/Endian.h>

#include <cstdint>
#include <type_traits>

namespace linkname::macho {

struct Little {
  using U16 = llvm::support::ulittle16_t;
  using U32 = llvm::support::ulittle32_t;
  using U64 = llvm::support::ulittle64_t;
};

struct Big {
  using U16 = llvm::support::ubig16_t;
  using U32 = llvm::support::ubig32_t;
  using U64 = llvm::support::ubig64_t;
};

/// What relocation_info says besides the address. In the file it is one word of bit fields, which each byte order
/// fills from its own end.
struct RelocationTarget {
  std::uint32_t number = 0; ///< a symbol's index, or without `external` a section's number
  bool relative = false;
  std::uint8_t length = 0; ///< log2 of the number of bytes
  bool external = false;
  std::uint8_t type = 0;
};

template <class Order, bool is_64> struct Types {
  using U16 = typename Order::U16;
  using U32 = typename Order::U32;
  using Word = std::conditional_t<is_64, typename Order::U64, U32>;
  static constexpr bool is_64_bit = is_64;
  static constexpr bool is_big_endian = std::is_same_v<Order, Big>;
  static constexpr std::uint8_t pointer_size = sizeof(Word);

  struct Header32 {
    U32 magic, cputype, cpusubtype, filetype, ncmds, sizeofcmds, flags;
  };
  struct Header64 : Header32 {
    U32 reserved;
  };
  using Header = std::conditional_t<is_64, Header64, Header32>;

  struct LoadCommand {
    U32 cmd, cmdsize;
  };

  struct Segment {
    U32 cmd, cmdsize;
    char segname[16];
    Word vmaddr, vmsize, fileoff, filesize;
    U32 maxprot, initprot, nsects, flags;
  };

  struct Section32 {
    char sectname[16];
    char segname[16];
    Word addr, size;
    U32 offset, align, reloff, nreloc, flags, reserved1, reserved2;
  };
  struct Section64 : Section32 {
    U32 reserved3;
  };
  using Section = std::conditional_t<is_64, Section64, Section32>;

  struct SymbolTable {
    U32 cmd, cmdsize, symoff, nsyms, stroff, strsize;
  };

  struct DynamicSymbolTable {
    U32 cmd, cmdsize, ilocalsym, nlocalsym, iextdefsym, nextdefsym, iundefsym, nundefsym, tocoff, ntoc, modtaboff,
        nmodtab, extrefsymoff, nextrefsyms, indirectsymoff, nindirectsyms, extreloff, nextrel, locreloff, nlocrel;
  };

  struct LinkeditData {
    U32 cmd, cmdsize, dataoff, datasize;
  };

  struct DyldInfo {
    U32 cmd, cmdsize, rebase_off, rebase_size, bind_off, bind_size, weak_bind_off, weak_bind_size, lazy_bind_off,
        lazy_bind_size, export_off, export_size;
  };

  struct Note {
    U32 cmd, cmdsize;
    char data_owner[16];
    typename Order::U64 offset, size;
  };

  /// What LLVM writes into `__LLVM,__cg_profile`.
  struct CallCount {
    U32 from, to;
    typename Order::U64 count;
  };

  struct Symbol {
    U32 n_strx;
    std::uint8_t n_type;
    std::uint8_t n_sect;
    U16 n_desc;
    Word n_value;
  };

  struct Relocation {
    U32 r_address;
    U32 fields;

    [[nodiscard]] RelocationTarget target() const {
      const std::uint32_t word = fields;
      const auto bits = [word](unsigned from, unsigned count) { return word >> from & ((1U << count) - 1); };
      if constexpr (is_big_endian)
        return {.number = word >> 8,
                .relative = bits(7, 1) != 0,
                .length = static_cast<std::uint8_t>(bits(5, 2)),
                .external = bits(4, 1) != 0,
                .type = static_cast<std::uint8_t>(bits(0, 4))};
      else
        return {.number = bits(0, 24),
                .relative = bits(24, 1) != 0,
                .length = static_cast<std::uint8_t>(bits(25, 2)),
                .external = bits(27, 1) != 0,
                .type = static_cast<std::uint8_t>(bits(28, 4))};
    }

    /// Only the 24 bits of the number change.
    void set_number(std::uint32_t number) {
      const std::uint32_t word = fields;
      if constexpr (is_big_endian)
        fields = (word & 0xffU) | number << 8;
      else
        fields = (word & ~0xffffffU) | number;
    }
  };

  static_assert(sizeof(Header) == (is_64 ? 32 : 28) && sizeof(Segment) == (is_64 ? 72 : 56));
  static_assert(sizeof(Section) == (is_64 ? 80 : 68) && sizeof(Symbol) == (is_64 ? 16 : 12));
  static_assert(sizeof(SymbolTable) == 24 && sizeof(Relocation) == 8);
  static_assert(sizeof(DynamicSymbolTable) == 80 && sizeof(LinkeditData) == 16 && sizeof(DyldInfo) == 48 &&
                sizeof(Note) == 40);
};

} // namespace linkname::macho
