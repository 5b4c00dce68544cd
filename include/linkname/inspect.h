// What could be bound in a file, and what its records ask for.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkname {

struct Inspection {
  std::string file; ///< with the object's place inside of it: `libx.a(y.o)[arm64]`
  Facts facts;      ///< its views point into `bytes`
  std::vector<Record> records;
  /// What is known of a definition's ABI, beside `facts.symbols`; empty where the question does not arise because the
  /// symbol is visible to other objects or not defined here.
  std::vector<std::optional<Hazard>> hazards;
  /// Images: where one more exported name would find room, or why there is none; empty for objects.
  std::string room;
  std::shared_ptr<const void> bytes; ///< keeps the file's contents alive
};

/// Everything in one file: one object, or all those of an archive or a universal file, in their order.
struct Contents {
  std::vector<Inspection> objects;
  std::vector<Diagnostic> diagnostics; ///< notes on members that are no objects which linkname reads
};

Result<Contents> inspect(const std::string &path);

/// The name that people know a symbol by; `name` itself where it is not mangled, or where the answer would be longer
/// than anybody reads: names come from untrusted files, and a short one can stand for gigabytes.
std::string demangle(std::string_view name);

} // namespace linkname
