#include "api/isolate_name.h"

#include "base/text.h"

#include <llvm/Support/xxhash.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <string>
#include <string_view>

namespace linkname {
namespace {

/// Blanks and control characters would break what speaks of symbols line by line; `@` begins an ELF version.
bool may_be_in_name(char c) { return static_cast<unsigned char>(c) > ' ' && c != '@' && c != '\x7f'; }

/// `libz-1.3.a` becomes `z_1_3`: demanglers take small letters, digits and `_` behind a dot for a clone's mark and go
/// on showing the C++ name.
std::string stem(std::string_view path) {
  std::string_view file = path.substr(path.find_last_of("/\\") + 1);
  if (const std::size_t dot = file.rfind('.'); dot != std::string_view::npos && dot != 0)
    file = file.substr(0, dot);
  if (file.starts_with("lib") && file.size() > 3)
    file.remove_prefix(3);
  std::string name;
  for (const char c : file) {
    const auto byte = static_cast<unsigned char>(c);
    name += byte < 0x80 && std::isalnum(byte) != 0 ? static_cast<char>(std::tolower(byte)) : '_';
  }
  return name;
}

std::string number_of(std::span<const Input> inputs) {
  std::string hashes;
  for (const Input &input : inputs) {
    constexpr std::size_t length = sizeof(std::uint64_t);
    const std::size_t before = hashes.size();
    hashes.resize(before + input.objects.size() * length);
    for_each_object(input, [&](std::size_t i) {
      const Bytes bytes = input.bytes_of(input.objects[i]);
      const std::uint64_t hash = llvm::xxHash64(llvm::StringRef(bytes.data(), bytes.size()));
      for (std::size_t byte = 0; byte < length; ++byte)
        hashes[before + i * length + byte] = static_cast<char>(hash >> 8 * byte);
    });
  }
  const std::string digits = hex(llvm::xxHash64(hashes) | 1ULL << 63U); // as many digits in any case
  return digits.substr(digits.size() - 8);
}

} // namespace

Result<void> check_names(const SetRenaming &names) {
  const auto wrong = [](std::string_view place, std::string_view reason, std::string_view hint) {
    return fail(Status::usage, std::string(place), std::string(reason), std::string(hint));
  };
  const std::pair<std::string_view, std::string_view> parts[] = {
      {"--prefix", names.prefix}, {"--suffix", names.suffix}, {"--isolate", names.isolate_name}};
  for (const auto &[option, text] : parts)
    if (!std::ranges::all_of(text, may_be_in_name))
      return wrong(option, join({quoted(text), " cannot be a part of a symbol's name"}),
                   "leave out blanks, control characters and '@'");
  if (!names.isolate)
    return {};
  if (!names.prefix.empty() || !names.suffix.empty() || !names.map.empty() || !names.only.empty() ||
      !names.except.empty())
    return wrong("--isolate", "goes together with --keep alone", "run one after the other");
  if (names.keep.empty())
    return wrong("--isolate", "a library of which nothing is kept is of no use to anybody",
                 "say with --keep which names are to be seen from outside, as in --keep 'foo_*'");
  return {};
}

SetRenaming complete_names(SetRenaming names, std::span<const Input> inputs) {
  if (names.isolate && names.isolate_name.empty() && !inputs.empty())
    names.isolate_name = join({stem(inputs.front().path), "_", number_of(inputs)});
  return names;
}

} // namespace linkname
