#include "macho/image/signature.h"

#include "base/diagnostic.h"
#include "base/parallel.h"
#include "macho/image/aligned.h"

#include <llvm/ADT/StringRef.h>
#include <llvm/Support/Endian.h>
#include <llvm/Support/SHA256.h>

#include <algorithm>
#include <cstring>

namespace linkname::macho::image {
namespace {

using llvm::support::ubig32_t;
using llvm::support::ubig64_t;

constexpr std::uint32_t magic_super_blob = 0xfade0cc0;
constexpr std::uint32_t magic_directory = 0xfade0c02;
constexpr std::uint32_t slot_directory = 0;
constexpr std::uint32_t slot_requirements = 2;
constexpr std::uint32_t slot_alternate = 0x1000; ///< more code directories, with other hashes
constexpr std::uint32_t slot_alternate_end = 0x1005;
constexpr std::uint32_t flag_ad_hoc = 0x2;
constexpr std::uint8_t hash_sha256 = 2;
constexpr std::uint32_t size_of_empty_blob = 8; ///< magic and length

struct BlobHeader {
  ubig32_t magic, length;
};
struct SuperBlob {
  ubig32_t magic, length, count;
};
struct BlobIndex {
  ubig32_t type, offset;
};
/// The fields behind `page_size` came one version after the other.
struct Directory {
  ubig32_t magic, length, version, flags, hash_offset, ident_offset, special_slots, code_slots, code_limit;
  std::uint8_t hash_size, hash_type, platform, page_size;
  ubig32_t spare2;
  ubig32_t scatter_offset;                                // 0x20100
  ubig32_t team_offset;                                   // 0x20200
  ubig32_t spare3;                                        // 0x20300
  ubig64_t code_limit_64;                                 // 0x20300
  ubig64_t exec_seg_base, exec_seg_limit, exec_seg_flags; // 0x20400
  ubig32_t runtime, pre_encrypt_offset;                   // 0x20500
  std::uint8_t linkage_hash_type, linkage_type;           // 0x20600
  llvm::support::ubig16_t linkage_subtype;                // 0x20600
  ubig32_t linkage_offset, linkage_size;                  // 0x20600
};
static_assert(sizeof(Directory) == 108 && offsetof(Directory, runtime) == 88);

std::size_t header_size(std::uint32_t version) {
  if (version >= 0x20600)
    return sizeof(Directory);
  if (version >= 0x20500)
    return offsetof(Directory, linkage_hash_type);
  if (version >= 0x20400)
    return offsetof(Directory, runtime);
  if (version >= 0x20300)
    return offsetof(Directory, exec_seg_base);
  if (version >= 0x20200)
    return offsetof(Directory, spare3);
  return version >= 0x20100 ? offsetof(Directory, team_offset) : offsetof(Directory, scatter_offset);
}

std::unexpected<Error> damaged(std::string_view why) { return malformed("the code signature", std::string(why)); }

std::unexpected<Error> unknown(std::string_view what) {
  return fail(Status::refused, "the code signature", std::string(what),
              "take it off first (`codesign --remove-signature`), and sign the result");
}

/// The header in full, with zeros for fields that its version does not have.
std::optional<Directory> header_of(Bytes blob) {
  const auto version = array_at<ubig32_t>(blob, 8, 1);
  const std::optional<Bytes> fields = version ? slice(blob, 0, header_size(version->front())) : std::nullopt;
  if (!fields)
    return std::nullopt;
  Directory header;
  std::memset(&header, 0, sizeof header);
  std::memcpy(&header, fields->data(), fields->size());
  return header;
}

Result<CodeSignature> read_directory(Bytes blob) {
  const std::optional<Directory> header = header_of(blob);
  if (!header)
    return damaged("has a code directory that is too short");
  if (header->hash_type != hash_sha256 || header->hash_size != hash_size)
    return unknown("has no SHA-256 hashes, and linkname makes no others");
  if (header->scatter_offset != 0 || header->code_limit_64 != 0 || header->pre_encrypt_offset != 0 ||
      header->linkage_size != 0 || header->page_size < 12 || header->page_size > 16)
    return unknown("is in a form that linkname does not make");
  CodeSignature signature;
  signature.directory = blob;
  signature.version = header->version;
  signature.flags = header->flags;
  signature.code_limit = header->code_limit;
  signature.page_shift = header->page_size;
  signature.has_identity = header->team_offset != 0 || (header->flags & flag_ad_hoc) == 0;
  const std::optional<Bytes> identifier = c_string(blob, header->ident_offset);
  const std::uint64_t special = std::uint64_t{header->special_slots} * hash_size;
  const std::uint64_t hashes = header->hash_offset;
  const std::optional<Bytes> pages = slice(blob, hashes, std::uint64_t{header->code_slots} * hash_size);
  if (!identifier || special > hashes || !pages)
    return damaged("has a code directory whose parts reach past its end");
  signature.identifier = *identifier;
  signature.pages = *pages;
  for (std::uint64_t i = 1; i <= header->special_slots; ++i)
    signature.special.push_back(blob.substr(static_cast<std::size_t>(hashes - i * hash_size), hash_size));
  return signature;
}

bool is_directory(std::uint32_t slot) {
  return slot == slot_directory || (slot >= slot_alternate && slot < slot_alternate_end);
}

std::array<char, hash_size> hash_of(std::span<const Bytes> pieces) {
  llvm::SHA256 sha;
  for (const Bytes piece : pieces)
    sha.update(llvm::StringRef(piece.data(), piece.size()));
  const auto result = sha.final();
  std::array<char, hash_size> hash{};
  std::ranges::transform(result, hash.begin(), [](auto byte) { return static_cast<char>(byte); });
  return hash;
}

void append_hash(std::string &bytes, std::span<const Bytes> pieces) {
  const std::array<char, hash_size> hash = hash_of(pieces);
  bytes.append(hash.data(), hash.size());
}

/// Where the parts of a signature that is written lie, from its start.
struct Shape {
  std::uint64_t directory = 0;
  std::uint64_t identifier = 0; ///< these three from the start of the directory
  std::uint64_t hashes = 0;
  std::uint64_t directory_size = 0;
  std::uint64_t size = 0;
};

/// Versions above say nothing that is written.
std::uint32_t version_written(std::uint32_t version) { return std::min<std::uint32_t>(version, 0x20500); }

std::uint64_t pages_of(const CodeSignature &signature, std::uint64_t code_limit) {
  return (code_limit + signature.page_size() - 1) / signature.page_size();
}

Shape shape_of(const CodeSignature &signature, std::uint64_t code_limit) {
  Shape shape;
  shape.directory = aligned(sizeof(SuperBlob) + (1 + signature.blobs.size()) * sizeof(BlobIndex), 8);
  shape.identifier = header_size(version_written(signature.version));
  shape.hashes = aligned(shape.identifier + signature.identifier.size() + 1, 16) + signature.special.size() * hash_size;
  shape.directory_size = shape.hashes + pages_of(signature, code_limit) * hash_size;
  shape.size = shape.directory + shape.directory_size;
  for (const SignedBlob &blob : signature.blobs)
    shape.size += aligned(blob.bytes.size(), 4);
  shape.size = aligned(shape.size, 16);
  return shape;
}

constexpr std::string_view no_requirements("\xfa\xde\x0c\x01\0\0\0\x0c\0\0\0\0", 12);

} // namespace

Result<CodeSignature> read_signature(Bytes bytes) {
  const auto super = array_at<SuperBlob>(bytes, 0, 1);
  if (!super || super->front().magic != magic_super_blob)
    return damaged("does not begin as one does");
  const auto indices = array_at<BlobIndex>(bytes, sizeof(SuperBlob), super->front().count);
  if (!indices)
    return damaged("has an index that reaches past its end");
  std::optional<Result<CodeSignature>> read;
  std::vector<SignedBlob> blobs;
  bool vouched = false;
  for (const BlobIndex &index : *indices) {
    const auto header = array_at<BlobHeader>(bytes, index.offset, 1);
    const std::optional<Bytes> blob = header && header->front().length >= size_of_empty_blob
                                          ? slice(bytes, index.offset, header->front().length)
                                          : std::nullopt;
    if (!blob)
      return damaged("has a part that reaches past its end");
    if (is_directory(index.type)) {
      if (header->front().magic != magic_directory)
        return damaged("has a code directory that is none");
      // Of several, the one with hashes that loaders of today use.
      if (!read || !*read)
        read = read_directory(*blob);
    } else if (index.type < slot_alternate) {
      blobs.push_back({.slot = index.type, .bytes = *blob});
    } else {
      vouched = vouched || blob->size() > size_of_empty_blob;
    }
  }
  if (!read)
    return damaged("has no code directory");
  if (*read) {
    (*read)->blobs = std::move(blobs);
    (*read)->has_identity = (*read)->has_identity || vouched;
  }
  return std::move(*read);
}

CodeSignature as_ad_hoc(CodeSignature signature) {
  signature.flags = flag_ad_hoc;
  signature.has_identity = false;
  for (SignedBlob &blob : signature.blobs)
    if (blob.slot == slot_requirements) // they ask for the identity that is lost
      blob.bytes = no_requirements;
  return signature;
}

std::uint64_t signature_size(const CodeSignature &signature, std::uint64_t code_limit) {
  return shape_of(signature, code_limit).size;
}

std::string write_signature(const CodeSignature &like, std::span<const Bytes> pieces) {
  std::uint64_t code_limit = 0;
  for (const Bytes piece : pieces)
    code_limit += piece.size();
  const Shape shape = shape_of(like, code_limit);
  std::string bytes;
  bytes.reserve(static_cast<std::size_t>(shape.size));
  const auto put = [&](const auto &value) { bytes.append(bytes_of(value)); };
  put(SuperBlob{ubig32_t(magic_super_blob), ubig32_t(static_cast<std::uint32_t>(shape.size)),
                ubig32_t(static_cast<std::uint32_t>(1 + like.blobs.size()))});
  put(BlobIndex{ubig32_t(slot_directory), ubig32_t(static_cast<std::uint32_t>(shape.directory))});
  std::uint64_t offset = shape.directory + shape.directory_size;
  for (const SignedBlob &blob : like.blobs) {
    put(BlobIndex{ubig32_t(blob.slot), ubig32_t(static_cast<std::uint32_t>(offset))});
    offset += aligned(blob.bytes.size(), 4);
  }
  bytes.resize(static_cast<std::size_t>(shape.directory));

  Directory header = header_of(like.directory).value_or(Directory{});
  header.length = static_cast<std::uint32_t>(shape.directory_size);
  header.version = version_written(like.version);
  header.flags = like.flags;
  header.hash_offset = static_cast<std::uint32_t>(shape.hashes);
  header.ident_offset = static_cast<std::uint32_t>(shape.identifier);
  header.special_slots = static_cast<std::uint32_t>(like.special.size());
  header.code_slots = static_cast<std::uint32_t>(pages_of(like, code_limit));
  header.code_limit = static_cast<std::uint32_t>(code_limit);
  header.team_offset = 0;
  bytes.append(bytes_of(header).substr(0, static_cast<std::size_t>(shape.identifier)));
  bytes.append(like.identifier);
  bytes.resize(static_cast<std::size_t>(shape.directory + shape.hashes - like.special.size() * hash_size));
  for (std::size_t slot = like.special.size(); slot > 0; --slot) {
    const auto blob = std::ranges::find(like.blobs, slot, &SignedBlob::slot);
    if (blob == like.blobs.end())
      bytes.append(like.special[slot - 1]); // of a file beside it
    else
      append_hash(bytes, std::span(&blob->bytes, 1));
  }
  bytes.append(hash_pages(pieces, like.page_size()));
  for (const SignedBlob &blob : like.blobs)
    bytes.append(blob.bytes).resize(static_cast<std::size_t>(aligned(bytes.size(), 4)));
  bytes.resize(static_cast<std::size_t>(shape.size));
  return bytes;
}

std::string hash_pages(std::span<const Bytes> pieces, std::uint64_t page_size) {
  std::vector<std::vector<Bytes>> pages;
  std::uint64_t room = 0;
  for (Bytes piece : pieces)
    while (!piece.empty()) {
      if (room == 0) {
        pages.emplace_back();
        room = page_size;
      }
      const Bytes part = piece.substr(0, static_cast<std::size_t>(room));
      pages.back().push_back(part);
      piece.remove_prefix(part.size());
      room -= part.size();
    }
  std::string hashes(pages.size() * hash_size, '\0');
  constexpr std::size_t at_once = 256; // pages for one thread
  for_each_parallel((pages.size() + at_once - 1) / at_once, [&](std::size_t i) {
    for (std::size_t page = i * at_once; page < std::min(pages.size(), (i + 1) * at_once); ++page)
      std::ranges::copy(hash_of(pages[page]), hashes.begin() + static_cast<std::ptrdiff_t>(page * hash_size));
  });
  return hashes;
}

} // namespace linkname::macho::image
