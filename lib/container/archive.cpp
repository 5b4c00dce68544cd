#include "container/archive.h"

#include "base/diagnostic.h"
#include "base/large_pages.h"
#include "base/text.h"

#include <charconv>
#include <optional>

namespace linkname::container {
namespace {

constexpr Bytes magic = "!<arch>\n";
constexpr Bytes thin_magic = "!<thin>\n";

template <std::size_t N> Bytes field(const char (&characters)[N]) {
  const Bytes whole(characters, N);
  return whole.substr(0, whole.find_last_not_of(' ') + 1);
}

std::optional<std::uint64_t> decimal(Bytes text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size())
    return std::nullopt;
  return value;
}

std::unexpected<Error> damaged(std::uint64_t at, std::string_view why) {
  return malformed(join({"member header at ", hex(at)}), std::string(why));
}

/// BSD's index goes by its name alone.
Role role_of_name(Bytes name) {
  if (name == "__.SYMDEF" || name == "__.SYMDEF SORTED")
    return Role::bsd_index;
  if (name == "__.SYMDEF_64" || name == "__.SYMDEF_64 SORTED")
    return Role::bsd_index_64;
  return Role::ordinary;
}

} // namespace

bool Archive::is_thin(Bytes bytes) { return bytes.starts_with(thin_magic); }
bool Archive::recognises(Bytes bytes) { return bytes.starts_with(magic) || is_thin(bytes); }

Result<Archive> Archive::read(Bytes bytes) { return read(bytes, false); }
Result<Archive> Archive::read_start(Bytes bytes) { return read(bytes, true); }

Result<Archive> Archive::read(Bytes bytes, bool start_only) {
  Archive archive;
  archive.bytes_ = bytes;
  archive.thin_ = is_thin(bytes);
  if (!recognises(bytes))
    return malformed("archive", "the magic number is not that of an archive");
  for (std::uint64_t at = magic.size(); at < bytes.size();) {
    if (Result<void> read = archive.read_member(at); !read)
      return std::unexpected(std::move(read.error()));
    const Member &last = archive.members_.back();
    if (start_only && last.role == Role::ordinary)
      break;
    at = last.outside ? last.data : next_header(last.end());
  }
  return archive;
}

Result<void> Archive::read_member(std::uint64_t at) {
  const auto header = array_at<MemberHeader>(bytes_, at, 1);
  if (!header)
    return damaged(at, "the archive ends inside of it");
  if (Bytes(header->front().end, 2) != "`\n")
    return damaged(at, "it does not end as a header does");
  const std::optional<std::uint64_t> size = decimal(field(header->front().size));
  if (!size)
    return damaged(at, "its size is no number");
  Member member;
  member.header = at;
  member.data = at + sizeof(MemberHeader);
  member.size = member.stored = *size;
  if (Result<void> named = name_member(member, field(header->front().name)); !named)
    return named;
  member.outside = thin_ && member.role == Role::ordinary;
  if (!member.outside && !slice(bytes_, member.data, member.size))
    return damaged(at, "the member reaches past the end of the archive");
  if (member.role == Role::bsd_index || member.role == Role::bsd_index_64)
    alignment_ = 8;
  if (member.role == Role::long_names)
    long_names_ = contents(member);
  make_room(members_);
  members_.push_back(member);
  return {};
}

Result<void> Archive::name_member(Member &member, Bytes text) {
  constexpr Bytes inline_name = "#1/";
  if (text.starts_with(inline_name)) {
    const std::optional<std::uint64_t> length = decimal(text.substr(inline_name.size()));
    const std::optional<Bytes> name =
        length && *length <= member.size ? slice(bytes_, member.data, *length) : std::nullopt;
    if (!name)
      return damaged(member.header, "its name reaches past the end of the member");
    member.name = name->substr(0, name->find('\0'));
    member.data += *length;
    member.size -= *length;
    member.role = role_of_name(member.name);
    return {};
  }
  member.name = text;
  if (text == "/") {
    // A COFF library has two of them, at its very start.
    const bool second = members_.size() == 1 && members_.front().role == Role::gnu_index;
    if (!members_.empty() && !second)
      return damaged(member.header, "an index of symbols stands at the start of an archive, and there is one already");
    member.role = second ? Role::coff_index : Role::gnu_index;
    names_once_ = second;
  } else if (text == "/SYM64/") {
    if (!members_.empty())
      return damaged(member.header, "an index of symbols stands at the start of an archive");
    member.role = Role::gnu_index_64;
  } else if (text == "//") {
    member.role = Role::long_names;
  } else if (text.starts_with("/<")) {
    member.role = Role::special;
  } else if (text.starts_with('/')) {
    // In a thin archive a colon and the place inside a nested archive may follow.
    const std::size_t colon = text.find(':');
    const std::optional<std::uint64_t> at = decimal(text.substr(1, colon - 1));
    if (!at || *at >= long_names_.size())
      return damaged(member.header, "its name is none of the long names");
    const std::optional<std::uint64_t> origin =
        thin_ && colon != Bytes::npos ? decimal(text.substr(colon + 1)) : std::optional<std::uint64_t>(0);
    if (!origin)
      return damaged(member.header, "the place inside of a nested archive is no number");
    member.origin = *origin;
    const Bytes rest = long_names_.substr(static_cast<std::size_t>(*at));
    // GNU ends a name with a slash and a new line, Microsoft with a zero.
    const Bytes name = rest.substr(0, rest.find_first_of(Bytes("\n\0", 2)));
    member.name = name.ends_with('/') ? name.substr(0, name.size() - 1) : name;
  } else {
    const std::size_t slash = text.rfind('/');
    member.name = slash != Bytes::npos && slash + 1 == text.size() ? text.substr(0, slash) : text;
    member.role = role_of_name(member.name);
  }
  return {};
}

} // namespace linkname::container
