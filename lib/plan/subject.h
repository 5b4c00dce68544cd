// One object as the planner sees it, and what it cannot see.
#pragma once

#include <linkname/facts.h>

#include <string>
#include <string_view>
#include <vector>

namespace linkname::plan {

struct Subject {
  std::string_view file;   ///< as messages name it: `libx.a(y.o)[arm64]`
  std::string_view path;   ///< of the file that it is, or is in
  std::string_view member; ///< its name there; empty where it is the file itself
  std::string_view world;  ///< objects of different processors never meet in a link; empty outside of universal files
  const Facts *facts = nullptr;
  const std::vector<Record> *records = nullptr;
};

/// Where a message about the symbol points.
[[nodiscard]] std::string place_of(const Subject &subject, const Symbol &symbol);

/// A line to choose by: `a.o: .symtab[12] 'parse' (parser.c, section .text+0x40)`, demangled where that helps.
[[nodiscard]] std::string candidate(const Subject &subject, const Symbol &symbol);

/// A member of an archive that is no object which linkname reads: bitcode, an import, or something else altogether.
struct Unread {
  std::string file;
  std::string_view member;
  std::string why;
  std::string hint;
  std::string_view bytes;
};

} // namespace linkname::plan
