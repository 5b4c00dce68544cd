#include "refuse.h"

#include <cstdarg>
#include <cstdio>
#include <unistd.h>

namespace runner {

void refuse(const std::string &image, const char *reason, ...) {
  std::fflush(stdout);
  std::fprintf(stderr, "macho-runner: %s: ", image.c_str());
  std::va_list arguments;
  va_start(arguments, reason);
  std::vfprintf(stderr, reason, arguments);
  va_end(arguments);
  std::fputc('\n', stderr);
  _exit(refused);
}

} // namespace runner
