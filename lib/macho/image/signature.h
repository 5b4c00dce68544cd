// The code signature: what of it is kept when the image changes, and the hashes of its pages (Apple's
// <kern/cs_blobs.h>). An ad hoc signature vouches for nobody, so it can be made anew; one with an identity cannot.
#pragma once

#include "base/bytes.h"

#include <linkname/error.h>

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::macho::image {

inline constexpr std::size_t hash_size = 32; ///< SHA-256

/// What stands beside the hashes of the pages: requirements, entitlements and the like.
struct SignedBlob {
  std::uint32_t slot = 0;
  Bytes bytes;
};

struct CodeSignature {
  Bytes directory; ///< the code directory with the hashes
  std::uint32_t version = 0;
  std::uint32_t flags = 0;
  std::uint64_t code_limit = 0; ///< up to where pages are hashed
  std::uint8_t page_shift = 12; ///< a page has 2 to the power of this many bytes
  Bytes identifier;
  std::vector<Bytes> special; ///< hashes of what is not code; [i] is that of slot i + 1
  Bytes pages;                ///< the hashes of the pages, one behind the other
  std::vector<SignedBlob> blobs;
  bool has_identity = false; ///< somebody vouches for it: a certificate, a team, a notarisation

  [[nodiscard]] std::uint64_t page_size() const { return std::uint64_t{1} << page_shift; }
};

/// Refused where the form is one that linkname does not write, such as SHA-1 alone.
Result<CodeSignature> read_signature(Bytes bytes);

/// The same with nobody vouching for it.
CodeSignature as_ad_hoc(CodeSignature signature);

/// How long the signature of an image is whose code ends at `code_limit`.
std::uint64_t signature_size(const CodeSignature &signature, std::uint64_t code_limit);

/// A signature like `like` of the file that `pieces` make up, one behind the other.
std::string write_signature(const CodeSignature &like, std::span<const Bytes> pieces);

/// The hashes of the pages of that file.
std::string hash_pages(std::span<const Bytes> pieces, std::uint64_t page_size);

} // namespace linkname::macho::image
