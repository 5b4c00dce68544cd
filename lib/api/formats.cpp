#include "api/formats.h"

#include "coff/backend.h"
#include "container/archive.h"
#include "container/universal.h"
#include "elf/backend.h"
#include "macho/backend.h"

namespace linkname {
namespace {

constexpr const Backend *formats[] = {&elf::image_backend, &elf::backend,        &macho::image_backend,
                                      &macho::backend,     &coff::image_backend, &coff::backend};

/// LLVM bitcode, plain or in its wrapper (LLVM, "Bitcode File Format").
bool is_bitcode(Bytes bytes) { return bytes.starts_with("BC\xC0\xDE") || bytes.starts_with("\xDE\xC0\x17\x0B"); }

} // namespace

Result<const Backend *> detect(Bytes bytes) {
  for (const Backend *format : formats)
    if (format->recognises(bytes))
      return format;
  if (is_bitcode(bytes))
    return fail(Status::refused, {}, "is LLVM bitcode for link-time optimisation, whose symbols linkname cannot edit",
                "compile it with -fno-lto");
  if (container::Archive::recognises(bytes) || container::Universal::recognises(bytes))
    return fail(Status::malformed, {}, "is an archive or a universal file inside of more others than linkname opens",
                "take it out with `ar x` or `lipo -thin`");
  return fail(Status::malformed, {}, bytes.empty() ? "is empty" : "is no object file of a known format",
              "linkname reads relocatable ELF, Mach-O and COFF objects, and archives and universal files of them");
}

} // namespace linkname
