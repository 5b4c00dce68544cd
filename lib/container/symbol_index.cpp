#include "container/symbol_index.h"

#include "base/diagnostic.h"
#include "base/large_pages.h"
#include "base/text.h"

#include <llvm/Support/Endian.h>

#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace linkname::container {
namespace {

using llvm::support::ubig32_t;
using llvm::support::ubig64_t;
using llvm::support::ulittle16_t;
using llvm::support::ulittle32_t;
using llvm::support::ulittle64_t;

std::size_t rounded_up(std::size_t size, std::size_t unit) { return (size + unit - 1) / unit * unit; }

class Reader {
public:
  explicit Reader(const IndexPlace &place)
      : place_(place), contents_(place.contents), members_(place.headers, place.members) {}

  Result<SymbolIndex> read() {
    index_.form = place_.form;
    bool whole = false;
    switch (place_.form) {
    case Role::gnu_index:
      whole = read_gnu<ubig32_t>();
      break;
    case Role::gnu_index_64:
      whole = read_gnu<ubig64_t>();
      break;
    case Role::coff_index:
      whole = read_coff();
      break;
    case Role::bsd_index:
      whole = read_bsd<ulittle32_t>() || read_bsd<ubig32_t>();
      break;
    default:
      whole = read_bsd<ulittle64_t>() || read_bsd<ubig64_t>();
      break;
    }
    if (!whole)
      return damaged_index("a table or a name reaches past its end");
    if (points_nowhere_)
      return damaged_index("an entry points to a place where no member begins");
    return std::move(index_);
  }

private:
  /// Linkers take an entry that leads nowhere for damage, and so do we.
  void add(Bytes name, std::uint64_t header) { index_.entries.push_back({.name = name, .member = member_at(header)}); }

  std::uint32_t member_at(std::uint64_t header) {
    const std::optional<std::uint32_t> member = members_.at(header);
    points_nowhere_ = points_nowhere_ || !member;
    return member.value_or(0);
  }

  /// A count, so many offsets, and so many names one behind the other.
  template <class Number> bool read_gnu() {
    const auto count = array_at<Number>(contents_, 0, 1);
    const auto offsets = count ? array_at<Number>(contents_, sizeof(Number), count->front()) : std::nullopt;
    if (!offsets)
      return false;
    reserve_large(index_.entries, offsets->size());
    std::uint64_t at = sizeof(Number) + offsets->size_bytes();
    for (const std::uint64_t offset : *offsets) {
      const std::optional<Bytes> name = c_string(contents_, at);
      if (!name)
        return false;
      add(*name, offset);
      at += name->size() + 1;
    }
    return true;
  }

  /// All members' offsets, then the number of each name's member, counted from 1, then the names.
  bool read_coff() {
    const auto members = array_at<ulittle32_t>(contents_, 0, 1);
    const auto offsets = members ? array_at<ulittle32_t>(contents_, 4, members->front()) : std::nullopt;
    if (!offsets)
      return false;
    std::uint64_t at = 4 + offsets->size_bytes();
    const auto count = array_at<ulittle32_t>(contents_, at, 1);
    const auto numbers = count ? array_at<ulittle16_t>(contents_, at + 4, count->front()) : std::nullopt;
    if (!numbers)
      return false;
    at += 4 + numbers->size_bytes();
    for (const std::uint32_t offset : *offsets)
      index_.listed.push_back(member_at(offset));
    for (const std::uint32_t number : *numbers) {
      const std::optional<Bytes> name = c_string(contents_, at);
      if (number == 0 || number > offsets->size() || !name)
        return false;
      add(*name, (*offsets)[number - 1]);
      at += name->size() + 1;
    }
    index_.sorted = true;
    return true;
  }

  /// The length of a table of pairs {place of the name, offset of the member}, the table, the length of the names,
  /// these.
  template <class Number> bool read_bsd() {
    index_.entries.clear();
    points_nowhere_ = false;
    const auto length = array_at<Number>(contents_, 0, 1);
    if (!length || length->front() % (2 * sizeof(Number)) != 0)
      return false;
    const auto pairs = array_at<Number>(contents_, sizeof(Number), length->front() / sizeof(Number));
    const std::uint64_t behind = sizeof(Number) + length->front();
    const auto names_length = pairs ? array_at<Number>(contents_, behind, 1) : std::nullopt;
    const std::optional<Bytes> names =
        names_length ? slice(contents_, behind + sizeof(Number), names_length->front()) : std::nullopt;
    if (!names)
      return false;
    for (std::size_t i = 0; i < pairs->size(); i += 2) {
      const std::optional<Bytes> name = c_string(*names, (*pairs)[i]);
      if (!name)
        return false;
      add(*name, (*pairs)[i + 1]);
    }
    index_.sorted = place_.name.ends_with("SORTED");
    index_.big_endian = std::is_same_v<Number, ubig32_t> || std::is_same_v<Number, ubig64_t>;
    index_.names_padded = names->size() % 8 == 0;
    return true;
  }

  const IndexPlace &place_;
  Bytes contents_;
  SymbolIndex index_;
  MemberFinder members_;
  bool points_nowhere_ = false;
};

class Writer {
public:
  Writer(const SymbolIndex &index, std::span<const std::uint64_t> headers) : index_(index), headers_(headers) {}

  Result<std::string> write() {
    reserve_large(output_, length_of(index_));
    switch (index_.form) {
    case Role::gnu_index:
      write_gnu<ubig32_t>();
      break;
    case Role::gnu_index_64:
      write_gnu<ubig64_t>();
      break;
    case Role::coff_index:
      write_coff();
      break;
    case Role::bsd_index:
      index_.big_endian ? write_bsd<ubig32_t>() : write_bsd<ulittle32_t>();
      break;
    default:
      index_.big_endian ? write_bsd<ubig64_t>() : write_bsd<ulittle64_t>();
      break;
    }
    if (too_large_)
      return fail(Status::refused, "symbol index", "a number in it would exceed what this form of index can hold",
                  "make the archive smaller, or one with a 64-bit index");
    return std::move(output_);
  }

private:
  template <class Number> void put(std::uint64_t value) {
    Number number;
    number = static_cast<typename Number::value_type>(value);
    too_large_ = too_large_ || number != value;
    output_.append(reinterpret_cast<const char *>(&number), sizeof number);
  }

  void put_names() {
    for (const IndexEntry &entry : index_.entries)
      output_.append(entry.name).push_back('\0');
  }

  void pad(std::size_t unit) { output_.resize(rounded_up(output_.size(), unit)); }

  template <class Number> void write_gnu() {
    put<Number>(index_.entries.size());
    for (const IndexEntry &entry : index_.entries)
      put<Number>(headers_[entry.member]);
    put_names();
    pad(2);
  }

  void write_coff() {
    std::unordered_map<std::uint32_t, std::uint64_t> numbers;
    put<ulittle32_t>(index_.listed.size());
    std::uint64_t number = 0;
    for (const std::uint32_t member : index_.listed) {
      put<ulittle32_t>(headers_[member]);
      numbers.emplace(member, ++number);
    }
    put<ulittle32_t>(index_.entries.size());
    for (const IndexEntry &entry : index_.entries)
      put<ulittle16_t>(numbers[entry.member]);
    put_names();
    pad(2);
  }

  template <class Number> void write_bsd() {
    put<Number>(index_.entries.size() * 2 * sizeof(Number));
    std::uint64_t at = 0;
    for (const IndexEntry &entry : index_.entries) {
      put<Number>(at);
      put<Number>(headers_[entry.member]);
      at += entry.name.size() + 1;
    }
    // Apple's tools count what pads the names, LLVM's do not.
    const std::uint64_t length = rounded_up(at, index_.names_padded ? 8 : 1);
    put<Number>(length);
    put_names();
    output_.resize(output_.size() + static_cast<std::size_t>(length - at));
  }

  const SymbolIndex &index_;
  std::span<const std::uint64_t> headers_;
  std::string output_;
  bool too_large_ = false;
};

/// Of several members with one name, an index may know the first alone (Microsoft's do). What becomes of the name then
/// shows in no entry: another member's, where the first gives it up, and a new name, where one behind the first gets
/// it.
void add_hidden(const std::vector<IndexEntry> &before, std::span<const IndexChange *const> names,
                const Renames &renames, std::vector<IndexEntry> &entries) {
  std::vector<std::pair<std::string_view, IndexEntry>> hidden; // by the name that was known
  for (std::uint32_t member = 0; member < names.size(); ++member) {
    if (names[member] == nullptr)
      continue;
    for (const auto &[was, now] : renames.others(member))
      hidden.push_back({was, {.name = now, .member = member}});
    for (const std::string_view name : names[member]->kept)
      hidden.push_back({name, {.name = name, .member = member}});
  }
  if (hidden.empty())
    return;
  std::unordered_set<std::string_view> known;
  std::unordered_set<std::string_view> still_known;
  for (const IndexEntry &entry : before)
    known.insert(entry.name);
  for (const IndexEntry &entry : entries)
    still_known.insert(entry.name);
  for (const auto &[was, entry] : hidden)
    if (known.contains(was) && still_known.insert(entry.name).second)
      entries.push_back(entry);
}

/// A COFF library's second index speaks of members by their place in a list of its own.
void list_members(SymbolIndex &index) {
  const std::unordered_set<std::uint32_t> listed(index.listed.begin(), index.listed.end());
  std::set<std::uint32_t> missing;
  for (const IndexEntry &entry : index.entries)
    if (!listed.contains(entry.member))
      missing.insert(entry.member);
  for (const std::uint32_t member : missing)
    index.listed.insert(std::ranges::upper_bound(index.listed, member), member);
}

} // namespace

IndexPlace place_of(const Archive &archive, const Member &index, std::span<const std::uint64_t> headers) {
  return {.form = index.role,
          .name = index.name,
          .contents = archive.contents(index),
          .headers = headers,
          .members = archive.members(),
          .names_once = archive.knows_names_once()};
}

std::unexpected<Error> damaged_index(std::string_view why) {
  return fail(Status::malformed, "symbol index", std::string(why), "run `ranlib` on the archive");
}

Result<SymbolIndex> read_index(const IndexPlace &place) { return Reader(place).read(); }

void change_names(SymbolIndex &index, std::span<const IndexChange *const> names) {
  // An index that claims to be sorted and is not, stays as it is until a name changes.
  if (std::ranges::all_of(names, [](const IndexChange *change) { return change == nullptr || change->empty(); }))
    return;
  const bool by_member = std::ranges::is_sorted(index.entries, {}, &IndexEntry::member);
  std::vector<IndexEntry> entries;
  reserve_large(entries, index.entries.size());
  const auto add_new = [&](std::uint32_t member) {
    if (names[member] != nullptr)
      for (const std::string_view name : names[member]->added)
        entries.push_back({.name = name, .member = member});
  };
  Renames renames(names);
  std::vector<bool> done(names.size());
  for (auto entry = index.entries.begin(); entry != index.entries.end(); ++entry) {
    const IndexChange *const change = names[entry->member];
    if (const auto now = renames(entry->member, entry->name))
      entries.push_back({.name = *now, .member = entry->member});
    else if (change == nullptr || !change->removes(entry->name))
      entries.push_back(*entry);
    const bool last_of_member = std::next(entry) == index.entries.end() || std::next(entry)->member != entry->member;
    if (last_of_member && !done[entry->member]) {
      add_new(entry->member);
      done[entry->member] = true;
    }
  }
  for (std::uint32_t member = 0; member < names.size(); ++member)
    if (!done[member])
      add_new(member);
  add_hidden(index.entries, names, renames, entries);
  index.entries = std::move(entries);
  if (index.sorted)
    std::ranges::stable_sort(index.entries, {}, &IndexEntry::name);
  else if (by_member && !std::ranges::is_sorted(index.entries, {}, &IndexEntry::member))
    std::ranges::stable_sort(index.entries, {}, &IndexEntry::member);
  if (index.form == Role::coff_index)
    list_members(index);
}

std::uint64_t length_of(const SymbolIndex &index) {
  const std::uint64_t count = index.entries.size();
  std::uint64_t names = count; // their zeros
  for (const IndexEntry &entry : index.entries)
    names += entry.name.size();
  switch (index.form) {
  case Role::gnu_index:
  case Role::gnu_index_64: {
    const std::uint64_t number = index.form == Role::gnu_index ? sizeof(ubig32_t) : sizeof(ubig64_t);
    return rounded_up(number + count * number + names, 2);
  }
  case Role::coff_index:
    return rounded_up(
        2 * sizeof(ulittle32_t) + index.listed.size() * sizeof(ulittle32_t) + count * sizeof(ulittle16_t) + names, 2);
  default: {
    const std::uint64_t number = index.form == Role::bsd_index ? sizeof(ulittle32_t) : sizeof(ulittle64_t);
    return 2 * number + count * 2 * number + rounded_up(names, index.names_padded ? 8 : 1);
  }
  }
}

Result<std::string> written(const SymbolIndex &index, std::span<const std::uint64_t> headers) {
  return Writer(index, headers).write();
}

} // namespace linkname::container
