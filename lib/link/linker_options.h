// Which options of linkers and compilers take their values as words of their own: these words are no inputs. Nothing
// else of an option matters to whoever looks for inputs.
#pragma once

#include "link/tool_name.h"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace linkname::link {

/// How many words follow an option that takes its values as words of their own. Linkers accept long names with one dash
/// or two.
struct OptionRow {
  std::string_view name;
  std::size_t values = 1;
};

inline constexpr OptionRow gnu_options[] = {
    {"-o"},
    {"-m"},
    {"-z"},
    {"-T"},
    {"-e"},
    {"-u"},
    {"-h"},
    {"-y"},
    {"-R"},
    {"-b"},
    {"-A"},
    {"-c"},
    {"-f"},
    {"-F"},
    {"-G"},
    {"-I"},
    {"-P"},
    {"-soname"},
    {"-rpath"},
    {"-rpath-link"},
    {"-dynamic-linker"},
    {"-plugin"},
    {"-plugin-opt"},
    {"-Map"},
    {"-defsym"},
    {"-version-script"},
    {"-dynamic-list"},
    {"-entry"},
    {"-undefined"},
    {"-output"},
    {"-format"},
    {"-oformat"},
    {"-script"},
    {"-require-defined"},
    {"-wrap"},
    {"-retain-symbols-file"},
    {"-exclude-libs"},
    {"-just-symbols"},
    {"-section-start"},
    {"-Tbss"},
    {"-Tdata"},
    {"-Ttext"},
    {"-init"},
    {"-fini"},
    {"-auxiliary"},
    {"-filter"},
    {"-image-base"},
    {"-out-implib"},
    {"-output-def"},
    {"-subsystem"},
    {"-exclude-symbols"},
    {"-exclude-modules-for-implib"},
    {"-major-os-version"},
    {"-minor-os-version"},
    {"-stack"},
    {"-heap"},
    {"-base-file"},
};

inline constexpr OptionRow darwin_options[] = {
    {"-o"},
    {"-arch"},
    {"-platform_version", 3},
    {"-framework"},
    {"-weak_framework"},
    {"-needed_framework"},
    {"-reexport_framework"},
    {"-upward_framework"},
    {"-install_name"},
    {"-dylib_install_name"},
    {"-rpath"},
    {"-e"},
    {"-u"},
    {"-U"},
    {"-undefined"},
    {"-current_version"},
    {"-compatibility_version"},
    {"-exported_symbols_list"},
    {"-unexported_symbols_list"},
    {"-exported_symbol"},
    {"-unexported_symbol"},
    {"-order_file"},
    {"-sectcreate", 3},
    {"-segprot", 3},
    {"-lto_library"},
    {"-dependency_info"},
    {"-map"},
    {"-oso_prefix"},
    {"-macosx_version_min"},
    {"-ios_version_min"},
    {"-sdk_version"},
    {"-headerpad"},
    {"-stack_size"},
    {"-pagezero_size"},
    {"-image_base"},
    {"-object_path_lto"},
    {"-bundle_loader"},
    {"-client_name"},
    {"-final_output"},
    {"-init"},
    {"-multiply_defined"},
    {"-read_only_relocs"},
    {"-umbrella"},
    {"-alias", 2},
    {"-mllvm"},
    {"-add_ast_path"},
    {"-cache_path_lto"},
};

inline constexpr OptionRow driver_options[] = {
    {"-L"},
    {"-l"},
    {"-Xlinker"},
    {"-dumpbase-ext"},
    {"-iwithprefix"},
    {"-iwithprefixbefore"},
    {"-o"},
    {"-x"},
    {"-T"},
    {"-u"},
    {"-e"},
    {"-z"},
    {"-B"},
    {"-I"},
    {"-D"},
    {"-U"},
    {"-F"},
    {"-A"},
    {"-G"},
    {"-include"},
    {"-imacros"},
    {"-idirafter"},
    {"-iprefix"},
    {"-iquote"},
    {"-isystem"},
    {"-isysroot"},
    {"-MF"},
    {"-MT"},
    {"-MQ"},
    {"-Xassembler"},
    {"-Xpreprocessor"},
    {"-Xclang"},
    {"-mllvm"},
    {"-target"},
    {"-arch"},
    {"-framework"},
    {"-weak_framework"},
    {"-wrapper"},
    {"--param"},
    {"-aux-info"},
    {"-dumpbase"},
    {"-dumpdir"},
    {"-install_name"},
    {"-current_version"},
    {"-compatibility_version"},
    {"-undefined"},
    {"-rpath"},
    {"-exported_symbols_list"},
    {"-bundle_loader"},
    {"--entry"},
    {"--for-linker"},
};

template <std::size_t N> constexpr std::size_t values_in(const OptionRow (&rows)[N], std::string_view word) {
  if (word.starts_with("--") && word.size() > 3)
    if (const auto row = std::ranges::find(rows, word.substr(1), &OptionRow::name); row != std::end(rows))
      return row->values;
  const auto row = std::ranges::find(rows, word, &OptionRow::name);
  return row == std::end(rows) ? 0 : row->values;
}

/// How many words behind `word` are its values.
constexpr std::size_t values_of(Dialect dialect, std::string_view word) {
  switch (dialect) {
  case Dialect::driver:
    return values_in(driver_options, word);
  case Dialect::darwin:
    return values_in(darwin_options, word);
  default:
    return values_in(gnu_options, word);
  }
}

} // namespace linkname::link
