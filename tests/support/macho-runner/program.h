// All images of one program: found by install name, mapped, bound to each other and to the host, initialised.
#pragma once
#include "image.h"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace runner {

class Program {
public:
  // Loads a file and, breadth first, all that it and its libraries ask for. `offered` are files that are taken when
  // their install name is asked for, and loaded anyhow.
  void load(const std::string &path, const std::vector<std::string> &offered);

  // Applies the fixups of all images, then protects them.
  void bind() const;

  // Runs the initialisers, libraries first.
  void initialise(int argc, char **argv) const;

  const Image &main() const { return *images_.front(); }
  const std::vector<std::unique_ptr<Image>> &images() const { return images_; }

  // The address of an imported symbol; 0 when it is missing and may be, otherwise that is refused.
  std::uint64_t resolve(const Image &image, int ordinal, const std::string &name, bool may_be_missing) const;
  // The one definition that all images share: the first that is not weak, or else the first.
  std::optional<std::uint64_t> coalesced(const std::string &name) const;
  // The first definition in load order, the host's libraries last.
  std::optional<std::uint64_t> flat(const std::string &name) const;
  // What an image exports, be it by way of another one.
  std::optional<std::uint64_t> exported(const Image &image, const std::string &name) const;

private:
  struct Found {
    std::uint64_t address;
    bool weak;
  };

  Image &add(const std::string &path);
  void find_libraries(Image &image, const std::vector<std::string> &offered);
  const Image *find_image(const Image &asking, const std::string &install_name);
  std::optional<Found> find(const Image &image, const std::string &name) const;

  std::vector<std::unique_ptr<Image>> images_; // in load order
};

} // namespace runner
