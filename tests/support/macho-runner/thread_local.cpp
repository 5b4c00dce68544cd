#include "thread_local.h"

#include "host.h"

#include <cstdlib>

namespace runner {

namespace {

struct Template {
  const Image *image = nullptr;
  std::uint64_t begin = 0, end = 0, align = 1;
};

std::vector<Template> templates;

struct Free {
  void operator()(std::uint8_t *memory) const { std::free(memory); }
};
thread_local std::vector<std::unique_ptr<std::uint8_t, Free>> blocks; // of this thread, one for each image

Template template_of(const Image &image) {
  Template result{.image = &image};
  for (const Section &section : image.sections) {
    if (section.type != section_thread_data && section.type != section_thread_zero_fill)
      continue;
    if (result.end == 0)
      result.begin = section.address;
    else if (section.address < result.end)
      refuse(image.path, "section %s lies before the thread-local one ahead of it", section.name.c_str());
    result.end = section.address + section.size;
    result.align = std::max(result.align, section.align);
  }
  if (result.end != result.begin)
    (void)image.pointer(result.begin, result.end - result.begin, "thread-local data");
  return result;
}

} // namespace

void prepare_thread_variables(const std::vector<std::unique_ptr<Image>> &images) {
  for (std::size_t number = 0; number < images.size(); number++) {
    const Image &image = *images[number];
    templates.push_back(template_of(image));
    const Template &block = templates.back();
    for (const Section &section : image.sections) {
      if (section.type != section_thread_variables)
        continue;
      if (section.size % 24 != 0)
        refuse(image.path, "section %s does not consist of descriptors", section.name.c_str());
      for (std::uint64_t at = section.address; at < section.address + section.size; at += 24) {
        std::uint64_t offset = 0;
        std::memcpy(&offset, image.pointer(at + 16, 8, "thread-local variable"), 8);
        if (offset >= block.end - block.begin)
          refuse(image.path, "a thread-local variable lies at 0x%llx of 0x%llx bytes", static_cast<Ulong>(offset),
                 static_cast<Ulong>(block.end - block.begin));
        image.write(at + 8, number);
      }
    }
  }
}

void *runner_thread_variable(const std::uintptr_t *descriptor) {
  const std::uintptr_t number = descriptor[1], offset = descriptor[2];
  const Template &block = templates.at(number);
  if (blocks.size() < templates.size())
    blocks.resize(templates.size());
  if (blocks[number] == nullptr) {
    const std::uint64_t size = block.end - block.begin, align = std::max<std::uint64_t>(block.align, 16);
    auto *memory = static_cast<std::uint8_t *>(std::aligned_alloc(align, (size + align - 1) / align * align));
    if (memory == nullptr)
      refuse(block.image->path, "no memory for a thread's variables");
    std::memcpy(memory, block.image->pointer(block.begin, size, "thread-local data"), size);
    blocks[number].reset(memory);
  }
  return blocks[number].get() + offset;
}

} // namespace runner
