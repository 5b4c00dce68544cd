#include "macho/image/verify.h"
#include "base/verify_copy.h"
namespace linkname::macho::image {
Result<void> verify(Bytes before, const Plan &plan, Bytes after, const Settle &settle) {
  if (plan.empty())
    return verify_copy(before, after, settle);
  return settle();
}
} // namespace linkname::macho::image
