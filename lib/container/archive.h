// An archive as `ar`, `libtool` and `lib` write it: one member behind the other, each with a header of text, and before
// them what finds members by symbol and what holds long names (System V ABI, "Archive File"; BSD ar(5); PE format
// specification, "Archive (Library) File Format"). Reading checks every header; nothing is copied.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <cstdint>
#include <string_view>
#include <vector>

namespace linkname::container {

/// The header of a member, as it stands in the file: numbers as text, padded with blanks.
struct MemberHeader {
  char name[16];
  char date[12]; ///< seconds since 1970, decimal
  char uid[6], gid[6];
  char mode[8];  ///< octal
  char size[10]; ///< of what follows up to the padding, decimal
  char end[2];   ///< "`\n"
};
static_assert(sizeof(MemberHeader) == 60 && alignof(MemberHeader) == 1);

enum class Role : std::uint8_t {
  gnu_index,    ///< `/`: a big-endian count, offsets and names; in a COFF library the first linker member
  gnu_index_64, ///< `/SYM64/`: the same with 64-bit numbers
  coff_index,   ///< the second `/` of a COFF library: little-endian, names sorted
  bsd_index,    ///< `__.SYMDEF`, and `__.SYMDEF SORTED`: pairs of name and offset in the byte order of the members
  bsd_index_64, ///< `__.SYMDEF_64`, and sorted
  long_names,   ///< `//`
  special,      ///< another member that tools keep for themselves, such as `/<ECSYMBOLS>/`
  ordinary,
};

[[nodiscard]] constexpr bool is_index(Role role) { return role <= Role::bsd_index_64; }

/// Offsets count from the start of the archive.
struct Member {
  Role role = Role::ordinary;
  std::string_view name;    ///< as people know it; points into the archive
  std::uint64_t header = 0; ///< where its header stands
  std::uint64_t data = 0;   ///< where its contents begin, behind a name that BSD's form puts in front of them
  std::uint64_t size = 0;   ///< of the contents
  std::uint64_t stored = 0; ///< of what the header counts: the contents, and a name in front of them
  bool outside = false;     ///< in a thin archive: the contents are in the file `name`
  /// Where the member's header stands in that file, which is an archive then; 0: the file is the member.
  std::uint64_t origin = 0;
  [[nodiscard]] std::uint64_t end() const { return data + size; }
};

class Archive {
public:
  static bool recognises(Bytes bytes);

  /// Whether the members of such an archive are files of their own.
  static bool is_thin(Bytes bytes);

  /// The members before the first ordinary one: indices and names. Of the others nothing is looked at.
  static Result<Archive> read_start(Bytes bytes);

  /// Fails with Status::malformed where a header is damaged or a member reaches past the end.
  static Result<Archive> read(Bytes bytes);

  [[nodiscard]] Bytes bytes() const { return bytes_; }
  [[nodiscard]] bool is_thin() const { return thin_; }
  [[nodiscard]] const std::vector<Member> &members() const { return members_; }
  /// Whether its indices are those of a COFF library, which have each name once, whichever members define it.
  [[nodiscard]] bool knows_names_once() const { return names_once_; }
  /// By multiples of which a member may grow or move: members stand on even offsets, and where Apple's tools have made
  /// the archive on multiples of eight.
  [[nodiscard]] std::uint64_t alignment() const { return alignment_; }
  [[nodiscard]] Bytes contents(const Member &member) const {
    return member.outside ? Bytes{}
                          : bytes_.substr(static_cast<std::size_t>(member.data), static_cast<std::size_t>(member.size));
  }

private:
  static Result<Archive> read(Bytes bytes, bool start_only);
  Result<void> read_member(std::uint64_t at);
  Result<void> name_member(Member &member, Bytes text);

  Bytes bytes_;
  bool thin_ = false;
  bool names_once_ = false;
  std::uint64_t alignment_ = 2;
  Bytes long_names_;
  std::vector<Member> members_;
};

/// Where a member's header begins if the one before it ends at `end`: on an even offset.
constexpr std::uint64_t next_header(std::uint64_t end) { return end + (end & 1U); }

} // namespace linkname::container
