#include "macho/image/chained.h"

#include "base/diagnostic.h"
#include "base/string_pool.h"
#include "macho/image/aligned.h"

#include <llvm/Support/Endian.h>

#include <algorithm>
#include <cstring>

namespace linkname::macho::image {
namespace {

using llvm::support::ulittle32_t;
using llvm::support::ulittle64_t;

constexpr std::string_view place = "LC_DYLD_CHAINED_FIXUPS";

struct Header {
  ulittle32_t version, starts_offset, imports_offset, symbols_offset, import_count, imports_format, symbols_format;
};

/// The three forms of an entry: 32 bits, the same with an addend, 64 bits with an addend.
enum Format : std::uint32_t { plain = 1, with_addend = 2, with_addend_64 = 3 };

constexpr std::uint32_t largest_short_name = (1U << 23U) - 1;

struct Table {
  const Header *header = nullptr;
  Bytes fixups;
  std::uint32_t entry_size = 0;
  Bytes names; ///< to the end

  [[nodiscard]] std::uint64_t entry(std::uint32_t i) const {
    return header->imports_offset + std::uint64_t{i} * entry_size;
  }
  [[nodiscard]] bool is_wide() const { return header->imports_format == with_addend_64; }
  [[nodiscard]] std::uint64_t word(std::uint32_t i) const {
    const char *const at = fixups.data() + entry(i);
    return is_wide() ? llvm::support::endian::read64le(at) : llvm::support::endian::read32le(at);
  }
};

std::unexpected<Error> damaged(std::string_view why) { return malformed(std::string(place), std::string(why)); }

Result<Table> read_table(Bytes fixups) {
  Table table{.fixups = fixups, .names = {}};
  const auto header = array_at<Header>(fixups, 0, 1);
  if (!header)
    return damaged("is too short for its header");
  table.header = header->data();
  if (table.header->version != 0)
    return fail(Status::refused, std::string(place), "is of a version that linkname does not know");
  if (table.header->symbols_format != 0)
    return fail(Status::refused, std::string(place), "has compressed names, which linkname does not read");
  switch (table.header->imports_format) {
  case plain:
    table.entry_size = 4;
    break;
  case with_addend:
    table.entry_size = 8;
    break;
  case with_addend_64:
    table.entry_size = 16;
    break;
  default:
    return fail(Status::refused, std::string(place), "has imports in a form that linkname does not know");
  }
  const std::uint64_t size = std::uint64_t{table.header->import_count} * table.entry_size;
  const std::uint64_t names = table.header->symbols_offset;
  if (!slice(fixups, table.header->imports_offset, size) || names > fixups.size())
    return damaged("has imports that reach past its end");
  if (size != 0 && table.header->imports_offset + size > names)
    return damaged("has imports that overlap their names");
  table.names = fixups.substr(static_cast<std::size_t>(names));
  return table;
}

/// Libraries count from 1; the highest numbers are the special ones.
std::int64_t ordinal_of(std::uint64_t word, unsigned bits) {
  const auto value = static_cast<std::int64_t>(word & ((std::uint64_t{1} << bits) - 1));
  const std::int64_t range = std::int64_t{1} << bits;
  return value > range - 16 ? value - range : value;
}

ChainedImport import_of(std::uint64_t word, bool wide) {
  return wide ? ChainedImport{.name = {}, .ordinal = ordinal_of(word, 16), .weak = (word >> 16U & 1U) != 0}
              : ChainedImport{.name = {}, .ordinal = ordinal_of(word, 8), .weak = (word >> 8U & 1U) != 0};
}

constexpr unsigned name_shift(bool wide) { return wide ? 32 : 9; }

/// Where what tells of the chains ends: how many segments there are, where each one's part begins, and the parts, which
/// begin with their size.
std::optional<std::uint64_t> end_of_starts(const Table &table) {
  const std::uint64_t begin = table.header->starts_offset;
  const auto count = array_at<ulittle32_t>(table.fixups, begin, 1);
  const auto parts = count ? array_at<ulittle32_t>(table.fixups, begin + 4, count->front()) : std::nullopt;
  if (!parts)
    return std::nullopt;
  std::uint64_t end = begin + 4 + parts->size_bytes();
  for (const std::uint32_t part : *parts) {
    const auto size = array_at<ulittle32_t>(table.fixups, begin + part, 1);
    if (!size)
      return std::nullopt;
    if (part != 0)
      end = std::max(end, begin + part + size->front());
  }
  return end;
}

/// Whether entries can be written and names put behind without a change of anything else.
Result<void> check_room(const Table &table) {
  const std::uint64_t begin = table.header->imports_offset;
  const std::uint64_t starts = table.header->starts_offset;
  const std::optional<std::uint64_t> starts_end = end_of_starts(table);
  if (!starts_end || begin < sizeof(Header) || starts < sizeof(Header))
    return damaged("has imports or chains that overlap its header, or chains that reach past its end");
  if (*starts_end > begin)
    return fail(Status::refused, std::string(place),
                "has other things behind its imports than their names, so none can be added");
  return {};
}

} // namespace

Result<std::vector<ChainedImport>> chained_imports(Bytes fixups) {
  if (fixups.empty())
    return std::vector<ChainedImport>{};
  const Result<Table> table = read_table(fixups);
  if (!table)
    return std::unexpected(table.error());
  std::vector<ChainedImport> imports;
  imports.reserve(table->header->import_count);
  for (std::uint32_t i = 0; i < table->header->import_count; ++i) {
    const std::uint64_t word = table->word(i);
    const std::optional<Bytes> name = c_string(table->names, word >> name_shift(table->is_wide()));
    if (!name)
      return damaged("has an import whose name reaches past its end");
    imports.push_back(import_of(word, table->is_wide()));
    imports.back().name = *name;
  }
  return imports;
}

Result<std::optional<std::string>> renamed_chained_imports(Bytes fixups, const NewImport &new_name) {
  const Result<std::vector<ChainedImport>> imports = chained_imports(fixups);
  if (!imports)
    return std::unexpected(imports.error());
  if (imports->empty())
    return std::nullopt;
  const Result<Table> table = read_table(fixups);
  if (!table)
    return std::unexpected(table.error());
  if (Result<void> room = check_room(*table); !room)
    return std::unexpected(std::move(room.error()));
  if (table->names.empty() || table->names.back() != '\0')
    return damaged("has names that do not end with a NUL byte");
  std::string renamed(fixups);
  StringPool pool(table->names.size());
  for (std::uint32_t i = 0; i < imports->size(); ++i) {
    const std::optional<std::string_view> name = new_name((*imports)[i].name, (*imports)[i].ordinal);
    if (!name)
      continue;
    const std::optional<std::uint32_t> offset = pool.add(*name);
    if (!offset || (!table->is_wide() && *offset > largest_short_name))
      return fail(Status::refused, std::string(place), "has no room for more names: 8 MiB are all that it can hold");
    const unsigned shift = name_shift(table->is_wide());
    const std::uint64_t word = (table->word(i) & ((std::uint64_t{1} << shift) - 1)) | std::uint64_t{*offset} << shift;
    char *const at = renamed.data() + table->entry(i);
    if (table->is_wide())
      llvm::support::endian::write64le(at, word);
    else
      llvm::support::endian::write32le(at, static_cast<std::uint32_t>(word));
  }
  if (pool.added().empty())
    return std::nullopt;
  renamed.append(pool.added());
  renamed.resize(static_cast<std::size_t>(aligned(renamed.size(), 8)));
  return renamed;
}

} // namespace linkname::macho::image
