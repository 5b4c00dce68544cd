// Running another program in the caller's place: its streams, folder and environment, its signals and its exit status.
#pragma once

#include <linkname/error.h>

#include <csignal>
#include <string>
#include <string_view>
#include <vector>

namespace linkname::tool {

/// How a program ended.
struct Ending {
  int exit_status = 0;
  int signal = 0; ///< 0: it ended by itself

  [[nodiscard]] bool good() const { return exit_status == 0 && signal == 0; }
};

/// While it lives, a signal that asks this process to end is passed on to the program that runs, or kept until one is
/// to run. One at a time.
class SignalsPassedOn {
public:
  SignalsPassedOn();
  SignalsPassedOn(const SignalsPassedOn &) = delete;
  SignalsPassedOn &operator=(const SignalsPassedOn &) = delete;
  ~SignalsPassedOn();

private:
  std::vector<struct sigaction> before_;
};

/// Runs `command` to its end; after a signal that was kept, nothing runs, and that is how it ended.
Result<Ending> run(const SignalsPassedOn &signals, const std::vector<std::string> &command);

/// Ends this process as the program ended: with its exit status, or by its signal.
[[noreturn]] void end_like(const Ending &ending);

/// A folder of one's own for as long as this lives. What a killed process left behind is removed by the next one.
class PrivateFolder {
public:
  /// What to do where there is no folder to be had, or no room in it.
  static constexpr std::string_view way_out = "set TMPDIR to a folder with room for copies of inputs";

  /// In TMPDIR, or /tmp.
  static Result<PrivateFolder> create();

  PrivateFolder(PrivateFolder &&other) noexcept;
  PrivateFolder &operator=(PrivateFolder &&) = delete;
  ~PrivateFolder();

  [[nodiscard]] const std::string &path() const { return path_; }

private:
  PrivateFolder(std::string path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::string path_;
  int lock_ = -1; ///< of the folder, held: it is in use
};

} // namespace linkname::tool
