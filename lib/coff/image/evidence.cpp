#include "coff/image/evidence.h"

#include "base/diagnostic.h"
#include "coff/image/guard.h"
#include "coff/image/tables.h"

#include <algorithm>
#include <unordered_set>

namespace linkname::coff {
namespace {

using namespace llvm::COFF;
using BlockHeader = llvm::object::coff_base_reloc_block_header;
using BlockEntry = llvm::object::coff_base_reloc_block_entry;

/// Calls `use(rva)` for every place in data that the loader corrects when the image is loaded elsewhere: it holds an
/// address (PE format specification, "The .reloc Section").
template <class Use> void for_each_pointer_in_data(const Image &image, Use use) {
  const DataDirectory where = image.directory(BASE_RELOCATION_TABLE);
  if (where.RelativeVirtualAddress == 0)
    return;
  const int type = image.wide() ? IMAGE_REL_BASED_DIR64 : IMAGE_REL_BASED_HIGHLOW;
  Bytes rest = image.from(where.RelativeVirtualAddress).substr(0, where.Size);
  while (const auto block = array_at<BlockHeader>(rest, 0, 1)) {
    const std::uint32_t size = block->front().BlockSize;
    if (size < sizeof(BlockHeader) || size > rest.size())
      return;
    for (const BlockEntry &entry :
         entries_of<BlockEntry>(rest.substr(sizeof(BlockHeader), size - sizeof(BlockHeader)))) {
      const std::uint64_t rva = std::uint64_t{block->front().PageRVA} + static_cast<unsigned>(entry.getOffset());
      const std::optional<std::uint32_t> number = entry.getType() == type ? image.section_at(rva) : std::nullopt;
      if (number && (image.sections()[*number - 1].Characteristics & IMAGE_SCN_MEM_EXECUTE) == 0)
        use(rva);
    }
    rest.remove_prefix(size);
  }
}

} // namespace

Result<std::vector<Evidence>> image_evidence(Bytes bytes, std::span<const std::uint32_t> symbols) {
  if (symbols.empty())
    return std::vector<Evidence>{};
  const Result<Tables> tables = Tables::read(bytes);
  if (!tables)
    return std::unexpected(tables.error());
  const Image &image = tables->image;

  std::unordered_set<std::uint64_t> held; ///< addresses
  for_each_pointer_in_data(image, [&](std::uint64_t rva) { held.insert(image.word(rva).value_or(0)); });
  for (const ExportSlot &slot : tables->exports.slots)
    if (!slot.forwards)
      held.insert(image.base() + slot.rva);
  std::vector<std::uint32_t> starts; ///< of whatever follows
  for (std::uint64_t i = 0; i < image.coff().symbols().size();) {
    if (const auto rva = tables->address_of(static_cast<std::uint32_t>(i)))
      starts.push_back(*rva);
    i += 1 + std::uint64_t{image.coff().symbols()[static_cast<std::size_t>(i)].NumberOfAuxSymbols};
  }
  std::ranges::sort(starts);

  const Guard guard(image);
  std::vector<Evidence> found;
  for (const std::uint32_t symbol : symbols) {
    Evidence &evidence = found.emplace_back();
    if (symbol < tables->symbols_from())
      continue; // exported or imported: it is what it says
    const std::uint32_t place = symbol - tables->symbols_from();
    if (place >= image.coff().symbols().size())
      return malformed("symbols", "an index past the end of the table was asked for");
    const std::optional<std::uint32_t> rva = tables->address_of(place);
    if (!rva)
      continue;
    evidence.was_global = image.coff().symbols()[place].StorageClass == IMAGE_SYM_CLASS_EXTERNAL;
    evidence.in_data = held.contains(image.base() + *rva) || guard.lists(*rva);
    std::uint64_t end = UINT64_MAX;
    if (const auto number = image.section_at(*rva))
      end = Image::end_of(image.sections()[*number - 1]);
    if (const auto next = std::ranges::upper_bound(starts, *rva); next != starts.end())
      end = std::min<std::uint64_t>(end, *next);
    if (end != UINT64_MAX)
      evidence.room = end - *rva;
  }
  return found;
}

} // namespace linkname::coff
