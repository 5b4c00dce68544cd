// Command lines that are too long stand in files: `@args.rsp`. Read to know what a command says, and written where it
// has to say something else.
#pragma once

#include <linkname/error.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace linkname::link {

/// How words are told apart in a response file: as GNU's tools do it, or as Microsoft's.
enum class Quoting : std::uint8_t { gnu, windows };

/// The words with every `@FILE` that can be read replaced by what it holds; one that cannot be read is a word like
/// others, as compilers have it.
[[nodiscard]] std::vector<std::string> expand(std::span<const std::string> words, Quoting quoting);

/// What a response file with these words has to hold.
[[nodiscard]] std::string as_response_file(std::span<const std::string> words, Quoting quoting);

/// A command as one types it into a shell.
[[nodiscard]] std::string as_shell_line(std::span<const std::string> words);

/// The words of a line of `compiler -###`.
[[nodiscard]] std::vector<std::string> split_line(const std::string &line);

} // namespace linkname::link
