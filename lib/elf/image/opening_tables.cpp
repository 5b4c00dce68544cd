#include "elf/image/opening_tables.h"

#include "elf/typed.h"

#include <algorithm>

namespace linkname::elf {
namespace {

using namespace llvm::ELF;

/// What stands among the tables and is none, such as the name of the program's interpreter.
constexpr std::uint64_t small = 4096;

bool is_table(std::uint32_t type) {
  return type == SHT_DYNSYM || type == SHT_STRTAB || type == SHT_HASH || type == SHT_GNU_HASH ||
         type == SHT_GNU_versym || type == SHT_GNU_verneed || type == SHT_GNU_verdef || type == SHT_REL ||
         type == SHT_RELA;
}

} // namespace

std::uint64_t end_of_opening_tables(Bytes bytes) {
  const Result<std::uint64_t> end =
      with_type(bytes, [&]<class ELFT>(std::type_identity<ELFT>) -> Result<std::uint64_t> {
        const auto header = array_at<typename ELFT::Ehdr>(bytes, 0, 1);
        const auto sections =
            header ? array_at<typename ELFT::Shdr>(bytes, header->front().e_shoff, header->front().e_shnum)
                   : std::nullopt;
        std::uint64_t tables_end = 0;
        if (!sections)
          return tables_end;
        for (const auto &section : *sections) {
          if ((section.sh_flags & SHF_ALLOC) == 0 || section.sh_size <= small)
            continue;
          if (!is_table(section.sh_type) || section.sh_offset < tables_end)
            break;
          tables_end = std::uint64_t{section.sh_offset} + section.sh_size;
        }
        return std::min<std::uint64_t>(tables_end, bytes.size());
      });
  return end.value_or(0);
}

} // namespace linkname::elf
