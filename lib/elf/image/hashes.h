// The two hash functions by which loaders look names up (gABI, "Hash Table Section"; DT_GNU_HASH as GNU ld and glibc
// define it).
#pragma once

#include <cstdint>
#include <string_view>

namespace linkname::elf {

constexpr std::uint32_t gnu_hash(std::string_view name) {
  std::uint32_t hash = 5381;
  for (const char c : name)
    hash = hash * 33 + static_cast<unsigned char>(c);
  return hash;
}

constexpr std::uint32_t sysv_hash(std::string_view name) {
  std::uint32_t hash = 0;
  for (const char c : name) {
    hash = (hash << 4U) + static_cast<unsigned char>(c);
    const std::uint32_t high = hash & 0xf0000000U;
    hash = (hash ^ (high >> 24U)) & ~high;
  }
  return hash;
}

} // namespace linkname::elf
