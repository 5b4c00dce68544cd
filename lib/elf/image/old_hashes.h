// What an image's hash tables say of its names already. Most names stay, and reading their hashes takes a fraction of
// the time that walking the names again would.
#pragma once

#include "elf/image/hashes.h"
#include "elf/image/view.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace linkname::elf {

/// By symbol, from GnuHash::first on; 0 before. A table keeps all of a hash but its lowest bit, which the bucket tells.
/// Where it does not, in a table of one bucket or a damaged one, the name is hashed.
template <class ELFT> std::vector<std::uint32_t> known_gnu_hashes(const ImageView<ELFT> &view) {
  std::vector<std::uint32_t> hashes(view.symbols().size());
  const GnuHash<ELFT> *const table = view.gnu_table();
  if (table == nullptr)
    return hashes;
  const auto buckets = static_cast<std::uint32_t>(table->buckets.size());
  std::vector<bool> known(hashes.size());
  for (std::uint32_t bucket = 0; buckets > 1 && bucket < buckets; ++bucket) {
    const std::uint32_t start = table->buckets[bucket];
    for (std::uint32_t i = start; i != 0 && i >= table->first && i < hashes.size() && !known[i]; ++i) {
      const std::uint32_t in_chain = table->chain[i - table->first];
      const std::uint32_t hash = (in_chain & ~1U) % buckets == bucket ? in_chain & ~1U : in_chain | 1U;
      if (hash % buckets != bucket)
        break; // damaged, and others must not come by here once more
      known[i] = true;
      hashes[i] = hash;
      if ((in_chain & 1U) != 0)
        break;
    }
  }
  for (std::uint32_t i = table->first; i < hashes.size(); ++i)
    if (!known[i])
      hashes[i] = gnu_hash(view.name(i));
  return hashes;
}

constexpr std::uint32_t in_no_bucket = UINT32_MAX;

/// By symbol, which bucket of DT_HASH it is found in. Fails where a chain leaves the table or runs in a circle.
template <class ELFT> Result<std::vector<std::uint32_t>> known_sysv_buckets(const ImageView<ELFT> &view) {
  std::vector<std::uint32_t> buckets(view.symbols().size(), in_no_bucket);
  const SysvHash *const table = view.sysv_table();
  for (std::uint64_t bucket = 0; table != nullptr && bucket < table->bucket_count(); ++bucket)
    for (std::uint64_t i = table->word(table->buckets, bucket); i != 0; i = table->word(table->chain, i)) {
      if (i >= buckets.size() || i >= table->chain_count() || buckets[static_cast<std::size_t>(i)] != in_no_bucket)
        return malformed(".hash", "a chain leaves the table or runs in a circle");
      buckets[static_cast<std::size_t>(i)] = static_cast<std::uint32_t>(bucket);
    }
  return buckets;
}

} // namespace linkname::elf
