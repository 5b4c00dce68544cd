// What becomes of an image's signature when the image changes: one without an identity is made anew, one with an
// identity only if that was asked for.
#pragma once

#include "base/splice.h"
#include "macho/image/signature.h"
#include "macho/image/tables.h"

#include <linkname/plan.h>

namespace linkname::macho::image {

/// The signature that the edited image gets one like; none where it has none.
inline Result<std::optional<CodeSignature>> signature_like(Bytes file, const Table *table, Signature wanted,
                                                           std::vector<Diagnostic> &diagnostics) {
  if (table == nullptr || table->size == 0)
    return std::nullopt;
  const Result<Bytes> bytes = contents_of(file, *table);
  Result<CodeSignature> signature =
      bytes ? read_signature(*bytes) : Result<CodeSignature>(std::unexpected(bytes.error()));
  if (!signature)
    return std::unexpected(std::move(signature.error()));
  if (wanted == Signature::strip)
    return fail(Status::refused, "the code signature", "is not taken away by linkname: arm64 runs nothing without one",
                "use --resign, or `codesign --remove-signature`");
  if (!signature->has_identity)
    return std::optional(std::move(*signature));
  if (wanted != Signature::resign)
    return fail(
        Status::refused, "the code signature", "names an identity, which no edited image can keep",
        "say --resign to sign it ad hoc instead, and sign the result with `codesign` if others are to trust it");
  diagnostics.push_back({.severity = Severity::warning,
                         .place = "the code signature",
                         .reason = "is ad hoc from now on: the identity, its team and a notarisation are lost",
                         .hint = "sign the result with `codesign` if others are to trust it",
                         .details = {}});
  return std::optional(as_ad_hoc(std::move(*signature)));
}

/// The output of ordered splices, as ranges of the input and of the splices.
inline std::vector<Bytes> pieces_of(Bytes input, const Splices &ordered) {
  std::vector<Bytes> pieces;
  std::size_t position = 0;
  for (const Splice &splice : ordered) {
    const auto offset = static_cast<std::size_t>(splice.offset);
    pieces.push_back(input.substr(position, offset - position));
    pieces.push_back(splice.bytes);
    position = offset + static_cast<std::size_t>(splice.old_length);
  }
  pieces.push_back(input.substr(position));
  std::erase_if(pieces, [](Bytes piece) { return piece.empty(); });
  return pieces;
}

} // namespace linkname::macho::image
