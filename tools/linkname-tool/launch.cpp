#include "launch.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <filesystem>
#include <string_view>
#include <utility>

namespace linkname::tool {
namespace {

constexpr std::array ending_signals = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};
constexpr std::string_view folder_name = "linkname-link-";

volatile std::sig_atomic_t running = 0; // the child's number, or 0
volatile std::sig_atomic_t received = 0;

extern "C" void pass_on(int signal) {
  received = signal;
  if (running != 0)
    ::kill(static_cast<pid_t>(running), signal);
}

std::unexpected<Error> failed(const std::string &place, std::string_view what, int error, std::string_view hint = {}) {
  return fail(Status::system, place, std::string(what) + ": " + std::strerror(error), std::string(hint));
}

/// Folders whose owner was killed: nobody holds their locks.
void remove_left_behind(const std::filesystem::path &parent) {
  std::error_code ignored;
  constexpr std::time_t settled = 60; // seconds; a younger one may not be locked yet
  for (const auto &entry : std::filesystem::directory_iterator(parent, ignored)) {
    if (!entry.path().filename().string().starts_with(folder_name))
      continue;
    const int fd = ::open(entry.path().c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0)
      continue;
    struct stat status{};
    if (::fstat(fd, &status) == 0 && status.st_uid == ::geteuid() && std::time(nullptr) - status.st_mtime > settled &&
        ::flock(fd, LOCK_EX | LOCK_NB) == 0)
      std::filesystem::remove_all(entry.path(), ignored);
    ::close(fd);
  }
}

} // namespace

SignalsPassedOn::SignalsPassedOn() : before_(ending_signals.size()) {
  received = 0;
  for (std::size_t i = 0; i < ending_signals.size(); ++i) {
    ::sigaction(ending_signals[i], nullptr, &before_[i]);
    if (before_[i].sa_handler == SIG_IGN) // as under nohup: the program ignores it too
      continue;
    struct sigaction action{};
    action.sa_handler = pass_on;
    action.sa_flags = SA_RESTART;
    ::sigaction(ending_signals[i], &action, nullptr);
  }
}

SignalsPassedOn::~SignalsPassedOn() {
  for (std::size_t i = 0; i < ending_signals.size(); ++i)
    ::sigaction(ending_signals[i], &before_[i], nullptr);
}

Result<Ending> run(const SignalsPassedOn & /*they are passed on while it lives*/,
                   const std::vector<std::string> &command) {
  if (received != 0)
    return Ending{.exit_status = 0, .signal = received};
  std::vector<char *> words;
  words.reserve(command.size() + 1);
  for (const std::string &word : command)
    words.push_back(const_cast<char *>(word.c_str())); // posix_spawn changes none of them
  words.push_back(nullptr);
  pid_t child = 0;
  const int error = ::posix_spawnp(&child, words.front(), nullptr, nullptr, words.data(), environ);
  if (error != 0)
    return failed(command.front(), "cannot be run", error);
  running = child;
  if (received != 0) // it came before the number was known
    ::kill(child, received);
  siginfo_t information{};
  while (::waitid(P_PID, static_cast<id_t>(child), &information, WEXITED | WNOWAIT) < 0 && errno == EINTR)
    ;
  running = 0; // before the number can be another process's
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR)
    ;
  if (WIFSIGNALED(status))
    return Ending{.exit_status = 0, .signal = WTERMSIG(status)};
  return Ending{.exit_status = WEXITSTATUS(status), .signal = 0};
}

void end_like(const Ending &ending) {
  if (ending.signal != 0) {
    ::signal(ending.signal, SIG_DFL);
    ::raise(ending.signal);
    std::_Exit(128 + ending.signal);
  }
  std::_Exit(ending.exit_status);
}

Result<PrivateFolder> PrivateFolder::create() {
  const char *const given = std::getenv("TMPDIR");
  const std::string parent = given != nullptr && *given != '\0' ? given : "/tmp";
  remove_left_behind(parent);
  std::string path = parent + "/" + std::string(folder_name) + "XXXXXX";
  if (::mkdtemp(path.data()) == nullptr)
    return failed(parent, "cannot make a folder there", errno, way_out);
  PrivateFolder folder(std::move(path), -1);
  folder.lock_ = ::open(folder.path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder.lock_ < 0 || ::flock(folder.lock_, LOCK_SH) != 0)
    return failed(folder.path(), "cannot lock this folder", errno, way_out);
  return folder;
}

PrivateFolder::PrivateFolder(PrivateFolder &&other) noexcept
    : path_(std::exchange(other.path_, {})), lock_(std::exchange(other.lock_, -1)) {}

PrivateFolder::~PrivateFolder() {
  std::error_code ignored; // there is nobody to tell, and the next one tries again
  if (!path_.empty())
    std::filesystem::remove_all(path_, ignored);
  if (lock_ >= 0)
    ::close(lock_);
}

} // namespace linkname::tool
