#include "program.h"

#include "exports.h"
#include "fixups.h"
#include "host.h"
#include "thread_local.h"

#include <algorithm>
#include <unistd.h>

namespace runner {

namespace {

const Program *running; // for dlsym

std::string folder_of(const std::string &path) {
  const auto slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash);
}

const HostLibrary *host_library(const std::string &install_name) {
  const HostLibrary *end = host_libraries + host_library_count;
  const HostLibrary *found = std::find_if(
      host_libraries, end, [&](const HostLibrary &library) { return install_name == library.install_name; });
  return found == end ? nullptr : found;
}

std::optional<std::uint64_t> host_symbol(const HostLibrary &library, const std::string &name) {
  for (std::size_t i = 0; i < library.count; i++)
    if (name == library.symbols[i].name)
      return reinterpret_cast<std::uint64_t>(library.symbols[i].address);
  return {};
}

// @executable_path and @loader_path in front of a path.
std::string expanded(const std::string &path, const Image &main, const Image &asking) {
  for (const auto &[word, image] : {std::pair{"@executable_path/", &main}, std::pair{"@loader_path/", &asking}})
    if (path.starts_with(word))
      return folder_of(image->path) + path.substr(std::strlen(word) - 1);
  return path;
}

} // namespace

Image &Program::add(const std::string &path) {
  images_.push_back(std::make_unique<Image>());
  Image &image = *images_.back();
  read(image, path);
  if (image.header.cpu != main().header.cpu)
    refuse(path, "is for another CPU than %s", main().path.c_str());
  map(image);
  return image;
}

const Image *Program::find_image(const Image &asking, const std::string &install_name) {
  for (const auto &image : images_)
    if (image->install_name == install_name)
      return image.get();
  std::vector<std::string> candidates;
  if (install_name.starts_with("@rpath/")) {
    for (const Image *image : {&asking, &main()})
      for (const std::string &folder : image->run_paths)
        candidates.push_back(expanded(folder, main(), *image) + install_name.substr(std::strlen("@rpath")));
  } else {
    candidates.push_back(expanded(install_name, main(), asking));
  }
  for (const std::string &path : candidates)
    if (access(path.c_str(), F_OK) == 0) {
      Image &image = add(path);
      if (image.install_name != install_name)
        refuse(path, "calls itself %s, but %s asks for %s", image.install_name.c_str(), asking.path.c_str(),
               install_name.c_str());
      return &image;
    }
  return nullptr;
}

void Program::find_libraries(Image &image, const std::vector<std::string> &offered) {
  for (Library &library : image.libraries) {
    library.host = host_library(library.install_name);
    if (library.host != nullptr)
      continue;
    library.image = find_image(image, library.install_name);
    if (library.image == nullptr && !library.weak)
      refuse(image.path, "wants %s, which is not to be found%s", library.install_name.c_str(),
             offered.empty() ? "" : " nor offered");
    if (library.image != nullptr && library.image->header.file_type != dylib)
      refuse(library.image->path, "is linked against, but is no dylib");
  }
}

void Program::load(const std::string &path, const std::vector<std::string> &offered) {
  running = this;
  add(path);
  for (const std::string &file : offered)
    add(file);
  for (std::size_t i = 0; i < images_.size(); i++)
    find_libraries(*images_[i], offered);
}

void Program::bind() const {
  for (const auto &image : images_)
    (void)all_exports(*image); // refuses what is wrong in there
  for (const auto &image : images_) {
    apply_opcodes(*this, *image);
    apply_chains(*this, *image);
  }
  prepare_thread_variables(images_);
  for (const auto &image : images_)
    protect(*image);
}

std::optional<Program::Found> Program::find(const Image &image, const std::string &name) const {
  // A re-export leads to another image, maybe under another name; more steps than images are a circle.
  const Image *here = &image;
  std::string wanted = name;
  for (std::size_t steps = 0; steps <= images_.size(); steps++) {
    const std::optional<Export> found = find_export(*here, wanted);
    if (!found) {
      for (const Library &library : here->libraries) {
        if (!library.reexported)
          continue;
        if (library.host != nullptr) {
          if (const auto address = host_symbol(*library.host, wanted))
            return Found{*address, false};
        } else if (library.image != nullptr && find_export(*library.image, wanted)) {
          return find(*library.image, wanted);
        }
      }
      return {};
    }
    if ((found->flags & export_resolver) != 0)
      refuse(here->path, "export %s has a resolver, which the runner does not call", wanted.c_str());
    if ((found->flags & export_reexport) == 0) {
      const bool absolute = (found->flags & export_kind) == 2;
      return Found{absolute ? found->value : here->text_address + found->value + here->slide(),
                   (found->flags & export_weak) != 0};
    }
    if (found->value == 0 || found->value > here->libraries.size())
      refuse(here->path, "export %s comes from library %llu of %zu", wanted.c_str(), static_cast<Ulong>(found->value),
             here->libraries.size());
    const Library &library = here->libraries[found->value - 1];
    if (!found->other_name.empty())
      wanted = found->other_name;
    if (library.host != nullptr) {
      const auto address = host_symbol(*library.host, wanted);
      return address ? std::optional(Found{*address, false}) : std::nullopt;
    }
    if (library.image == nullptr)
      return {};
    here = library.image;
  }
  refuse(image.path, "export %s is re-exported in a circle", name.c_str());
}

std::optional<std::uint64_t> Program::exported(const Image &image, const std::string &name) const {
  const auto found = find(image, name);
  return found ? std::optional(found->address) : std::nullopt;
}

std::optional<std::uint64_t> Program::coalesced(const std::string &name) const {
  std::optional<std::uint64_t> first;
  for (const auto &image : images_)
    if (const auto found = find(*image, name)) {
      if (!found->weak)
        return found->address;
      if (!first)
        first = found->address;
    }
  return first;
}

std::optional<std::uint64_t> Program::flat(const std::string &name) const {
  for (const auto &image : images_)
    if (const auto found = exported(*image, name))
      return found;
  for (std::size_t i = 0; i < host_library_count; i++)
    if (const auto found = host_symbol(host_libraries[i], name))
      return found;
  return {};
}

std::uint64_t Program::resolve(const Image &image, int ordinal, const std::string &name, bool may_be_missing) const {
  std::optional<std::uint64_t> found;
  std::string from;
  switch (ordinal) {
  case ordinal_self:
    found = exported(image, name);
    from = "itself";
    break;
  case ordinal_main:
    found = exported(main(), name);
    from = "the main executable";
    break;
  case ordinal_flat:
    found = flat(name);
    from = "anywhere";
    break;
  case ordinal_weak:
    found = coalesced(name);
    if (!found) // operator new and the like: the host's
      found = flat(name);
    from = "anywhere, to be shared";
    break;
  default: {
    if (ordinal < 0 || static_cast<std::size_t>(ordinal) > image.libraries.size())
      refuse(image.path, "imports %s from library %d of %zu", name.c_str(), ordinal, image.libraries.size());
    const Library &library = image.libraries[static_cast<std::size_t>(ordinal) - 1];
    from = library.install_name;
    if (library.host != nullptr)
      found = host_symbol(*library.host, name);
    else if (library.image != nullptr)
      found = exported(*library.image, name);
    else
      may_be_missing = true; // so is the library
  }
  }
  if (!found && !may_be_missing)
    refuse(image.path, "imports %s from %s, which has no such symbol", name.c_str(), from.c_str());
  return found.value_or(0);
}

void Program::initialise(int argc, char **argv) const {
  using Initialiser = void (*)(int, char **, char **, char **);
  char *apple[] = {nullptr};
  // Depth first: an image comes after the libraries that it names, but for circles.
  std::vector<const Image *> open, seen, ordered;
  for (auto image = images_.rbegin(); image != images_.rend(); ++image)
    open.push_back(image->get());
  const auto known = [](const std::vector<const Image *> &list, const Image *image) {
    return std::find(list.begin(), list.end(), image) != list.end();
  };
  while (!open.empty()) {
    const Image *image = open.back();
    if (known(seen, image)) {
      open.pop_back();
      if (!known(ordered, image))
        ordered.push_back(image);
      continue;
    }
    seen.push_back(image);
    for (auto library = image->libraries.rbegin(); library != image->libraries.rend(); ++library)
      if (library->image != nullptr && !known(seen, library->image))
        open.push_back(library->image);
  }
  for (const Image *image : ordered)
    for (const Section &section : image->sections) {
      const bool offsets = section.type == section_initialiser_offsets;
      if (!offsets && section.type != section_initialisers)
        continue;
      const std::uint64_t step = offsets ? 4 : 8;
      for (std::uint64_t at = section.address; at + step <= section.address + section.size; at += step) {
        std::uint64_t value = 0;
        std::memcpy(&value, image->pointer(at, step, "initialiser"), step);
        const std::uint64_t address = offsets ? image->text_address + value : value - image->slide();
        reinterpret_cast<Initialiser>(image->code(address, "initialiser"))(argc, argv, environ, apple);
      }
    }
}

void *runner_symbol_by_name(const char *name) {
  return reinterpret_cast<void *>(running->flat(std::string("_") + name).value_or(0));
}

} // namespace runner
