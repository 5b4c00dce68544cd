// The part of the Mach-O room that edits linked images, alone; and what `check` says of them.
#include "macho_image_judge.h"
#include "view_target.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  using namespace linkname;
  const auto [image, steering] = fuzz::Input::split(data, size);
  if (fuzz::macho_image_judge.backend.recognises(image))
    (void)fuzz::macho_image_judge.backend.lint(image);
  return fuzz::try_view(fuzz::macho_image_judge, data, size);
}
