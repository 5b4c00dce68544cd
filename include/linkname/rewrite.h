// The main job: bring what the records, the command line and the rules ask for into object files. Every file is planned
// before the first one is written, and each is replaced as a whole or not at all.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>
#include <linkname/plan.h>
#include <linkname/request.h>
#include <linkname/set_renaming.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace linkname {

struct RewriteOptions {
  std::vector<Request> requests;         ///< beside them, each file's own records are obeyed
  SetRenaming names;                     ///< for all that the files define; not together with requests or records
  bool strict = false;                   ///< refuse what cannot be verified instead of warning
  bool all = false;                      ///< mean all statics of a name instead of asking which
  Signature signature = Signature::keep; ///< of linked images
  /// Seconds since 1970 for the date of a BSD archive's index, which linkers hold against the file's; empty: now.
  std::optional<std::uint64_t> date;
};

/// What was, or with a dry run would be, done to one object. Of those in an archive or a universal file, only those are
/// reported with which something was done; if there is none, the file itself is.
struct RewriteReport {
  std::string file;    ///< with the object's place inside of it: `libx.a(y.o)[arm64]`
  std::string output;  ///< where the result stands; equals `file` in place
  std::string archive; ///< of a thin archive's member: where that archive stands, which is another file; else empty
  std::string target;  ///< e.g. "elf64-little-x86-64"; "archive" or "universal" for a file as a whole
  std::vector<Record> records;
  Plan plan;
  std::shared_ptr<const void> bytes; ///< keeps the file's old contents alive, into which the plan points
};

enum class Stage : std::uint8_t { reading, laying_out, writing };

/// Told now and then how far a job is, in objects or files; by several threads at once.
using Progress = std::function<void(Stage stage, std::size_t done, std::size_t total)>;

struct RewriteJob {
  std::vector<std::string> files;
  std::string output;   ///< empty: in place; otherwise there must be exactly one file
  bool dry_run = false; ///< plan and say, write nothing
  /// In place, the files that a thin archive names may be rewritten; otherwise it is refused as soon as one would be.
  bool thin_members = false;
  Progress progress; ///< may be empty
};

/// Plans `job.files` together, lays every plan out, then writes. A symbol that a request names must be found in at
/// least one of the files. Nothing is written when any file is refused. Without anything to do a file in place is left
/// alone. Members of a thin archive that change are written into the folder `OUTPUT.members`.
Result<std::vector<RewriteReport>> rewrite(const RewriteJob &job, const RewriteOptions &options);

/// The same for one file in memory; `name` stands for it in messages. Returns the new bytes.
Result<std::string> rewrite_bytes(std::string_view bytes, std::string_view name, const RewriteOptions &options);

/// Reads a rules file: a request or a permission a line (docs/rules.md).
Result<Rules> read_rules(const std::string &path);

/// The same from memory; `name` stands for the file in messages.
Result<Rules> parse_rules(std::string_view text, std::string_view name);

/// Reads a rename map: `OLD NEW` a line (docs/names.md).
Result<std::vector<MappedName>> read_rename_map(const std::string &path);

/// The same from memory; `name` stands for the file in messages.
Result<std::vector<MappedName>> parse_rename_map(std::string_view text, std::string_view name);

} // namespace linkname
