// Where a message points. Inner rooms know the table and the entry; whoever knows the file puts it in front.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace linkname {

/// `.symtab[12] 'foo'`
[[nodiscard]] std::string symbol_place(std::string_view table, std::uint32_t index, std::string_view name);

/// The same for a symbol of a file whose facts are known.
[[nodiscard]] std::string symbol_place(const Facts &facts, const Symbol &symbol);

/// Puts `file: ` before the place of every diagnostic from the `first`th on.
void put_file_first(std::vector<Diagnostic> &diagnostics, std::string_view file, std::size_t first = 0);

/// The same for a result on its way out.
template <class T> [[nodiscard]] Result<T> in_file(std::string_view file, Result<T> result) {
  if (!result)
    put_file_first(result.error().diagnostics, file);
  return result;
}

/// The file is damaged.
[[nodiscard]] inline std::unexpected<Error> malformed(std::string place, std::string reason) {
  return fail(Status::malformed, std::move(place), std::move(reason));
}

/// What was written is not what was planned: `what` is wrong at `place`.
[[nodiscard]] std::unexpected<Error> not_as_planned(const std::string &place, std::string_view what);

} // namespace linkname
