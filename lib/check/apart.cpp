#include "check/apart.h"

#include "base/file_io.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <exception>

#ifndef __has_feature // Clang's way to ask; GCC defines a macro
#define __has_feature(name) 0
#endif

namespace linkname::check {
namespace {

constexpr rlim_t most_seconds = 20;
constexpr rlim_t most_bytes = rlim_t{4} << 30U;

// AddressSanitizer reserves more than that for itself.
#if defined(__SANITIZE_ADDRESS__) || __has_feature(address_sanitizer)
constexpr bool reserves_memory = true;
#else
constexpr bool reserves_memory = false;
#endif

void limit(int resource, rlim_t most) {
  const rlimit limits{.rlim_cur = most, .rlim_max = most};
  ::setrlimit(resource, &limits); // where it cannot be set, a larger one holds
}

bool write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR)
      continue;
    if (written <= 0)
      return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

[[noreturn]] void be_the_child(const std::function<std::string()> &work, int output) {
  limit(RLIMIT_CPU, most_seconds);
  limit(RLIMIT_CORE, 0);
  if (!reserves_memory)
    limit(RLIMIT_AS, most_bytes);
  for (const int fault : {SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL})
    ::signal(fault, SIG_DFL);
  // Its last words are of no use to anybody.
  if (const int null = ::open("/dev/null", O_WRONLY | O_CLOEXEC); null >= 0)
    ::dup2(null, STDERR_FILENO);
  bool done = false;
  try {
    done = write_all(output, work());
  } catch (const std::exception &) {
    done = false;
  }
  ::_exit(done ? 0 : 1);
}

std::optional<std::string> read_all(int fd) {
  std::string result;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(fd, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return std::nullopt;
    if (got == 0)
      return result;
    result.append(buffer.data(), static_cast<std::size_t>(got));
  }
}

} // namespace

std::optional<std::string> run_apart(const std::function<std::string()> &work) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0)
    return std::nullopt;
  const Descriptor input(ends[0]);
  Descriptor output(ends[1]);
  const pid_t child = ::fork();
  if (child == 0)
    be_the_child(work, output.get());
  output = Descriptor();
  if (child < 0)
    return std::nullopt;
  std::optional<std::string> result = read_all(input.get());
  int status = 0;
  pid_t waited = 0;
  do
    waited = ::waitpid(child, &status, 0);
  while (waited < 0 && errno == EINTR);
  if (waited != child || !WIFEXITED(status) || WEXITSTATUS(status) != 0)
    return std::nullopt;
  return result;
}

} // namespace linkname::check
