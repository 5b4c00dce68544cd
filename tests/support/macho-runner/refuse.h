// The runner's one way out when an image is not what it should be: a line on stderr that names the image and the
// reason, and a status that no test program uses.
#pragma once
#include <string>

namespace runner {

inline constexpr int refused = 125;

// Prints `macho-runner: IMAGE: reason` and ends the process at once with status 125.
[[noreturn, gnu::format(printf, 2, 3)]] void refuse(const std::string &image, const char *reason, ...);

} // namespace runner
