#include "container/gnu_index.h"

#include <llvm/Support/Endian.h>

#include <algorithm>
#include <optional>

namespace linkname::container {
namespace {

using llvm::support::ubig32_t;
using llvm::support::ubig64_t;

/// Finds names by their number. Numbers have to ascend; on the way zeros are counted a block at a time.
class NameWalk {
public:
  explicit NameWalk(Bytes names) : names_(names) {}

  /// Where name `number` begins; nothing where there are not so many.
  std::optional<std::size_t> start_of(std::size_t number) {
    constexpr std::size_t block = 64;
    while (number_ + block < number && names_.size() - at_ > block) {
      std::size_t zeros = 0;
      for (std::size_t i = 0; i < block; ++i)
        zeros += names_[at_ + i] == '\0' ? 1U : 0U;
      at_ += block;
      number_ += zeros;
    }
    for (; number_ < number; ++number_) {
      const std::size_t zero = names_.find('\0', at_);
      if (zero == Bytes::npos)
        return std::nullopt;
      at_ = zero + 1;
    }
    return at_;
  }

  /// The name that begins there.
  [[nodiscard]] std::optional<Bytes> name_at(std::size_t start) const { return c_string(names_, start); }

private:
  Bytes names_;
  std::size_t at_ = 0; ///< inside of name `number_`
  std::size_t number_ = 0;
};

} // namespace

Result<GnuIndexEdit> GnuIndexEdit::plan(const IndexPlace &place, std::span<const IndexChange *const> names) {
  GnuIndexEdit edit;
  edit.wide_ = place.form == Role::gnu_index_64;
  edit.contents_ = place.contents;
  Result<void> read = edit.wide_ ? edit.read<ubig64_t>(place, names) : edit.read<ubig32_t>(place, names);
  if (!read)
    return std::unexpected(std::move(read.error()));
  return edit;
}

template <class Number>
Result<void> GnuIndexEdit::read(const IndexPlace &place, std::span<const IndexChange *const> names) {
  const auto count = array_at<Number>(contents_, 0, 1);
  const auto offsets = count ? array_at<Number>(contents_, sizeof(Number), count->front()) : std::nullopt;
  if (!offsets)
    return damaged_index("a table reaches past its end");
  const std::size_t names_from = sizeof(Number) + offsets->size_bytes();
  NameWalk walk(contents_.substr(names_from));
  MemberFinder members(place.headers, place.members);
  members_.reserve(offsets->size());
  Renames renames(names);
  std::vector<bool> done(names.size());
  new_count_ = offsets->size();

  const auto put_in = [&](std::size_t entry, std::size_t at, std::uint32_t member) {
    done[member] = true;
    if (names[member]->added.empty())
      return;
    std::string text;
    for (const std::string_view name : names[member]->added)
      text.append(name).push_back('\0');
    new_count_ += names[member]->added.size();
    growth_ += text.size() + names[member]->added.size() * sizeof(Number);
    changes_.push_back({.entry = entry, .dropped = false, .put_in = {}});
    changes_.back().put_in.assign(names[member]->added.size(), member);
    name_splices_.push_back({.offset = names_from + at, .old_length = 0, .bytes = std::move(text)});
  };

  for (std::size_t i = 0; i < offsets->size(); ++i) {
    const std::optional<std::uint32_t> member = members.at((*offsets)[i]);
    if (!member)
      return damaged_index("an entry points to a place where no member begins");
    members_.push_back(*member);
    const bool last_of_member = i + 1 == offsets->size() || (*offsets)[i + 1] != (*offsets)[i];
    const IndexChange *const change = names[*member];
    if (change == nullptr)
      continue;
    const std::optional<std::size_t> start = walk.start_of(i);
    const std::optional<Bytes> name = start ? walk.name_at(*start) : std::nullopt;
    if (!name)
      return damaged_index("a name reaches past its end");
    if (const auto now = renames(*member, *name)) {
      growth_ += now->size() - name->size();
      name_splices_.push_back({.offset = names_from + *start, .old_length = name->size(), .bytes = std::string(*now)});
    } else if (change->removes(*name)) {
      growth_ -= name->size() + 1 + sizeof(Number);
      --new_count_;
      changes_.push_back({.entry = i, .dropped = true, .put_in = {}});
      name_splices_.push_back({.offset = names_from + *start, .old_length = name->size() + 1, .bytes = {}});
    }
    if (last_of_member && !done[*member])
      put_in(i + 1, *start + name->size() + 1, *member);
  }

  // Members that had no name so far come behind all others: where they stand among these, nobody asks.
  std::optional<std::size_t> end;
  for (std::uint32_t member = 0; member < names.size(); ++member) {
    if (names[member] == nullptr || done[member] || names[member]->added.empty())
      continue;
    if (!end)
      end = walk.start_of(offsets->size());
    if (!end)
      return damaged_index("a name reaches past its end");
    put_in(offsets->size(), *end, member);
  }
  return {};
}

template <class Number> Result<std::string> GnuIndexEdit::table(std::span<const std::uint64_t> new_headers) const {
  std::string result;
  result.reserve((new_count_ + 1) * sizeof(Number));
  bool too_large = false;
  const auto put = [&](std::uint64_t value) {
    Number number;
    number = static_cast<typename Number::value_type>(value);
    too_large = too_large || number != value;
    result += bytes_of(number);
  };
  put(new_count_);
  auto change = changes_.begin();
  for (std::size_t i = 0; i <= members_.size(); ++i) {
    bool dropped = false;
    for (; change != changes_.end() && change->entry == i; ++change) {
      dropped = dropped || change->dropped;
      for (const std::uint32_t member : change->put_in)
        put(new_headers[member]);
    }
    if (i < members_.size() && !dropped)
      put(new_headers[members_[i]]);
  }
  if (too_large)
    return fail(Status::refused, "symbol index", "a number in it would exceed what this form of index can hold",
                "make the archive smaller, or one with a 64-bit index");
  return result;
}

Result<Splices> GnuIndexEdit::write(std::span<const std::uint64_t> new_headers) const {
  Result<std::string> offsets = wide_ ? table<ubig64_t>(new_headers) : table<ubig32_t>(new_headers);
  if (!offsets)
    return std::unexpected(std::move(offsets.error()));
  Splices splices;
  const std::uint64_t old_length = (members_.size() + 1) * (wide_ ? sizeof(ubig64_t) : sizeof(ubig32_t));
  splices.push_back({.offset = 0, .old_length = old_length, .bytes = std::move(*offsets)});
  splices.insert(splices.end(), name_splices_.begin(), name_splices_.end());
  return splices;
}

bool GnuIndexEdit::is_in(Bytes contents, std::span<const std::uint64_t> new_headers) const {
  const Result<Splices> planned = write(new_headers);
  if (!planned || contents.size() < contents_.size() + growth_)
    return false;
  const std::uint64_t first_name = planned->front().bytes.size();
  std::uint64_t shift = 0; // modulo 2^64; several names may be put in at one place, one behind the other
  return std::ranges::all_of(*planned, [&](const Splice &splice) {
    const std::uint64_t at = splice.offset + shift;
    shift += splice.bytes.size() - splice.old_length;
    // What stands right before a name is copied, or another new one: the end of the name before it.
    return slice(contents, at, splice.bytes.size()) == Bytes(splice.bytes) &&
           (at <= first_name || contents[at - 1] == '\0');
  });
}

} // namespace linkname::container
