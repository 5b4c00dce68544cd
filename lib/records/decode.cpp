#include "records/decode.h"

#include "base/bytes.h"
#include "base/text.h"

#include <algorithm>
#include <functional>
#include <set>
#include <string>
#include <unordered_map>

namespace linkname::records {
namespace {

constexpr std::uint32_t magic = 0x314B4E4C; // "LNK1" on a little-endian target
constexpr std::uint8_t known_version = 1;
constexpr std::uint8_t by_name = 1;
constexpr std::size_t fixed_size = 8;

std::uint64_t read_number(Bytes bytes, bool big_endian) {
  std::uint64_t value = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i)
    value = value << 8U | static_cast<unsigned char>(bytes[big_endian ? i : bytes.size() - 1 - i]);
  return value;
}

class Decoder {
public:
  explicit Decoder(const Facts &facts) : facts_(facts) {}

  /// Reads what the records of a section say; which symbols they mean is for resolve().
  Result<void> read(const RecordSection &section, std::vector<Record> &records) {
    std::size_t at = 0;
    while (at < section.bytes.size()) {
      // Zero bytes between records are padding.
      if (section.bytes[at] == '\0') {
        ++at;
        continue;
      }
      Result<std::size_t> size = read_one(section, at, records);
      if (!size)
        return std::unexpected(std::move(size.error()));
      at += *size;
    }
    return {};
  }

  /// Once all are read, since the names that other records give tell symbols apart.
  Result<void> resolve(std::vector<Record> &records) {
    for (const Record &record : records)
      remotes_.insert(record.remote);
    for (const Pointer &pointer : pointers_) {
      Record &record = records[pointer.record];
      const Result<std::uint32_t> symbol = pointed_to(*pointer.section, pointer.at, record);
      if (!symbol)
        return std::unexpected(symbol.error());
      record.symbol = *symbol;
      record.local = facts_.symbol_at(*symbol)->name;
    }
    return {};
  }

private:
  /// The pointer field of a record.
  struct Pointer {
    const RecordSection *section;
    std::size_t at;
    std::size_t record;
  };

  struct Strings {
    Bytes remote;
    Bytes spelled;
    Bytes written_at;
    Bytes reason;
  };

  Result<std::size_t> read_one(const RecordSection &section, std::size_t at, std::vector<Record> &records) {
    const std::string place = join({section.name, "+", hex(at)});
    const auto damaged = [&](std::string_view why) {
      return fail(Status::malformed, place, join({"the record is damaged: ", why}));
    };
    const std::optional<Bytes> head = slice(section.bytes, at, fixed_size + section.pointer_size);
    if (!head || read_number(head->substr(0, 4), section.big_endian) != magic)
      return damaged("it does not open with the magic number");
    const auto version = static_cast<std::uint8_t>((*head)[4]);
    const auto flags = static_cast<std::uint8_t>((*head)[5]);
    if (version != known_version || (flags & ~by_name) != 0)
      return fail(Status::malformed, place,
                  join({"a record of version ", std::to_string(version), " with flags ", hex(flags),
                        ", which this linkname-tool does not know"}),
                  "it was compiled with a newer linkname.h: install the linkname-tool that came with that header");
    const std::uint64_t size = read_number(head->substr(6, 2), section.big_endian);
    const std::optional<Bytes> whole = slice(section.bytes, at, size);
    if (!whole || size < head->size())
      return damaged("its size does not fit the section");
    const std::optional<Strings> strings = read_strings(whole->substr(head->size()));
    if (!strings)
      return damaged("its four strings are not all there");

    Record record{.symbol = std::nullopt,
                  .local = {},
                  .remote = symbol_name(strings->remote),
                  .spelled = std::string(strings->spelled),
                  .written_at = std::string(strings->written_at),
                  .reason = std::string(strings->reason),
                  .place = place};
    if ((flags & by_name) != 0)
      record.local = symbol_name(strings->spelled);
    else
      pointers_.push_back({.section = &section, .at = at + fixed_size, .record = records.size()});
    records.push_back(std::move(record));
    return static_cast<std::size_t>(size);
  }

  static std::optional<Strings> read_strings(Bytes bytes) {
    Strings strings;
    for (Bytes *string : {&strings.remote, &strings.spelled, &strings.written_at, &strings.reason}) {
      const std::optional<Bytes> text = c_string(bytes, 0);
      if (!text)
        return std::nullopt;
      *string = *text;
      bytes.remove_prefix(text->size() + 1);
    }
    return strings;
  }

  /// From a C-level name to the platform's. `\1` says that a name is to be taken as it is; `?` and `@` open names that
  /// bear no prefix (docs/record.md).
  [[nodiscard]] std::string symbol_name(Bytes name) const {
    if (name.starts_with('\1'))
      return std::string(name.substr(1));
    const bool prefixed = facts_.name_prefix != '\0' && !name.empty() && name.front() != '?' && name.front() != '@';
    return prefixed ? facts_.name_prefix + std::string(name) : std::string(name);
  }

  Result<std::uint32_t> pointed_to(const RecordSection &section, std::size_t at, const Record &record) {
    const auto pointer = std::ranges::lower_bound(section.pointers, at, {}, &RecordPointer::offset);
    if (pointer == section.pointers.end() || pointer->offset != at)
      return fail(Status::malformed, record.place, join({"no relocation says what ", quoted(record.spelled), " is"}),
                  "a tool that strips or links has removed it: rewrite the object before other tools see it");
    const Symbol *const symbol = facts_.symbol_at(pointer->symbol);
    if (symbol == nullptr)
      return fail(Status::malformed, record.place, "its relocation names no symbol");
    if (symbol->named() && pointer->addend == 0 && !pointer->by_section)
      return symbol->index;
    return at_address(*symbol, pointer->addend, record);
  }

  /// A static is often reached as section + offset: the symbol there, the spelled name deciding between several.
  Result<std::uint32_t> at_address(const Symbol &base, std::int64_t addend, const Record &record) {
    const std::uint64_t value = base.value + static_cast<std::uint64_t>(addend);
    std::vector<const Symbol *> there = defined_at(base.section, value);
    // Aliases share the place, and so does whatever an earlier run has added: narrow down as far as it takes.
    const auto narrow = [&](auto fits) {
      if (there.size() > 1 && std::ranges::any_of(there, fits))
        std::erase_if(there, [&](const Symbol *symbol) { return !fits(symbol); });
    };
    const std::string_view last = last_component(record.spelled);
    narrow([&](const Symbol *symbol) { return symbol->name.find(last) != std::string_view::npos; });
    narrow([](const Symbol *symbol) { return symbol->binding == Binding::local; });
    narrow([&](const Symbol *symbol) { return facts_.c_level(symbol->name) == last; });
    narrow([&](const Symbol *symbol) { return !remotes_.contains(symbol->name); });
    narrow([&](const Symbol *symbol) { return is_mangled(facts_.c_level(symbol->name)); });
    if (there.size() == 1)
      return there.front()->index;
    return fail(
        Status::refused, record.place,
        join({quoted(record.spelled), there.empty() ? " has no symbol in this object" : " could be several symbols"}),
        "bind it by name with LINKNAME_SYMBOL");
  }

  /// The definitions at an offset of a section. Bit 0 of a Thumb function's value is no part of its address.
  std::vector<const Symbol *> defined_at(std::uint32_t section, std::uint64_t value) {
    if (by_address_.empty())
      for (const Symbol &symbol : facts_.symbols)
        if (symbol.named() && symbol.home == Home::section && !is_marker(symbol.name))
          by_address_.emplace(key(symbol.section, symbol.value), &symbol);
    std::vector<const Symbol *> found;
    const std::uint64_t thumb = value | 1U;
    for (const std::uint64_t candidate : {value, thumb}) {
      const auto [first, last] = by_address_.equal_range(key(section, candidate));
      for (auto entry = first; entry != last; ++entry)
        if (entry->second->section == section && entry->second->value == candidate &&
            (candidate == value || entry->second->kind == Kind::function))
          found.push_back(entry->second);
      if (value == thumb)
        break;
    }
    std::ranges::sort(found, {}, &Symbol::index);
    return found;
  }

  static std::uint64_t key(std::uint32_t section, std::uint64_t value) {
    return (std::uint64_t{section} << 40U) ^ value;
  }

  /// `$x`, `$d` and the like: the mapping symbols of ARM, AArch64 and RISC-V; `.L` labels; `ltmp0` and so on, which
  /// Clang's assembler puts before every section of a Mach-O object for arm64 (a C name there begins with `_`).
  [[nodiscard]] bool is_marker(Bytes name) const {
    return name.starts_with(".L") || (facts_.format == Format::macho && name.starts_with("ltmp")) ||
           (name.size() >= 2 && name[0] == '$' && (name.size() == 2 || name[2] == '.'));
  }

  /// A C++ function that has got plain names beside its own.
  static bool is_mangled(Bytes name) { return name.starts_with("_Z") || name.starts_with('?'); }

  /// `f` of `(ns::T<int>::f<char>)`.
  static std::string_view last_component(std::string_view spelled) {
    const std::size_t start = spelled.find_first_not_of("(& ");
    if (start == std::string_view::npos)
      return spelled;
    spelled.remove_prefix(start);
    int depth = 0;
    std::size_t name = 0;
    std::size_t end = spelled.size();
    for (std::size_t i = 0; i < spelled.size(); ++i) {
      const char c = spelled[i];
      if (c == '<' && depth++ == 0)
        end = i;
      else if (c == '>')
        --depth;
      else if (depth == 0 && c == ':') {
        name = i + 1;
        end = spelled.size();
      } else if (depth == 0 && (c == ')' || c == ' ')) {
        end = std::min(end, i);
        break;
      }
    }
    return name < end ? spelled.substr(name, end - name) : spelled;
  }

  const Facts &facts_;
  std::vector<Pointer> pointers_;
  std::set<std::string, std::less<>> remotes_; ///< what an earlier run may have added
  std::unordered_multimap<std::uint64_t, const Symbol *> by_address_;
};

} // namespace

Result<std::vector<Record>> decode(const Facts &facts) {
  std::vector<Record> records;
  if (facts.record_sections.empty())
    return records;
  Decoder decoder(facts);
  for (const RecordSection &section : facts.record_sections)
    if (Result<void> read = decoder.read(section, records); !read)
      return std::unexpected(std::move(read.error()));
  if (Result<void> resolved = decoder.resolve(records); !resolved)
    return std::unexpected(std::move(resolved.error()));
  return records;
}

} // namespace linkname::records
