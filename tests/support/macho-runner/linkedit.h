// The tables in __LINKEDIT, which only load commands point to: each must lie there, no two may share a byte, and the
// symbol table must be what the dynamic symbol table and the indirect table say. Nothing runs by it, but macOS's tools
// and debuggers read it, so an image that is wrong here is refused.
#pragma once
#include "bytes.h"
#include "format.h"

#include <optional>
#include <vector>

namespace runner {

struct Image;

class Linkedit {
public:
  explicit Linkedit(const Bytes &file) : file_(file) {}

  // Notes a table and gives its bytes.
  Bytes table(const char *name, std::uint64_t offset, std::uint64_t size);
  void symbols(const SymtabCommand &command);
  void groups(const DysymtabCommand &command);

  // All of the above; to be called when all load commands are read.
  void check(const Image &image);

private:
  void check_symbols(const Image &image) const;

  struct Table {
    const char *name;
    std::uint64_t offset, size;
  };

  Bytes file_, strings_, symbols_, indirect_;
  std::vector<Table> tables_;
  std::optional<DysymtabCommand> groups_;
};

} // namespace runner
