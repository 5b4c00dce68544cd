// The two hash functions by which loaders look names up (gABI, "Hash Table Section"; DT_GNU_HASH as GNU ld and glibc
// define it).
#pragma once

#include <cstdint>
#include <string_view>

namespace linkname::elf {

constexpr std::uint32_t gnu_hash_step(std::uint32_t hash, char c) { return hash * 33 + static_cast<unsigned char>(c); }

constexpr std::uint32_t sysv_hash_step(std::uint32_t hash, char c) {
  hash = (hash << 4U) + static_cast<unsigned char>(c);
  const std::uint32_t high = hash & 0xf0000000U;
  return (hash ^ (high >> 24U)) & ~high;
}

struct Hashes {
  std::uint32_t gnu = 5381;
  std::uint32_t sysv = 0;
};

/// Both in one go, which takes no longer than the second alone: neither waits for the other.
constexpr Hashes both_hashes(std::string_view name) {
  Hashes hashes;
  for (const char c : name) {
    hashes.gnu = gnu_hash_step(hashes.gnu, c);
    hashes.sysv = sysv_hash_step(hashes.sysv, c);
  }
  return hashes;
}

constexpr std::uint32_t gnu_hash(std::string_view name) {
  std::uint32_t hash = Hashes().gnu;
  for (const char c : name)
    hash = gnu_hash_step(hash, c);
  return hash;
}

} // namespace linkname::elf
