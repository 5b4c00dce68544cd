#include "base/side_folder.h"

#include "base/file_io.h"
#include "base/text.h"

#include <llvm/Support/xxhash.h>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

namespace linkname {

Result<SideFolder> SideFolder::open(const std::string &path) {
  SideFolder folder;
  if (::mkdir(path.c_str(), 0777) == 0)
    folder.made_ = path;
  else if (errno != EEXIST)
    return system_error(path, "cannot make the folder", errno);
  return folder;
}

SideFolder::SideFolder(SideFolder &&other) noexcept
    : made_(std::exchange(other.made_, {})), added_(std::exchange(other.added_, {})) {}

SideFolder::~SideFolder() {
  for (const std::string &path : added_)
    ::unlink(path.c_str());
  if (!made_.empty())
    ::rmdir(made_.c_str());
}

Result<bool> SideFolder::holds(const std::string &path, Bytes bytes) {
  struct stat status{};
  if (::lstat(path.c_str(), &status) != 0)
    return false;
  const Result<std::shared_ptr<const MappedFile>> file = MappedFile::open(path);
  if (!file || !S_ISREG(status.st_mode) || (*file)->bytes() != bytes)
    return fail(Status::refused, path, "is in the way: it is called by contents that it does not have",
                "remove it, or choose another output");
  return true;
}

void SideFolder::keep() {
  made_.clear();
  added_.clear();
}

std::string name_by_contents(std::string_view file_name, Bytes bytes) {
  constexpr std::size_t longest = 200; // a file name has 255 bytes at most
  const std::size_t dot = std::min(file_name.rfind('.'), file_name.size());
  const std::string_view ending = file_name.size() - dot <= longest / 2 ? file_name.substr(dot) : std::string_view();
  std::string digits = hex(llvm::xxHash64(llvm::StringRef(bytes.data(), bytes.size()))).substr(2);
  digits.insert(0, 16 - digits.size(), '0');
  return join({file_name.substr(0, std::min(dot, longest / 2)), "-", digits, ending});
}

} // namespace linkname
