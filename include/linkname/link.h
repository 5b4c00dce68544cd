// The whole link: which definition every pull of every input is bound to, and what has to be done so that the linker
// finds it; and what a compiler's command makes, so that its records can be obeyed at once. docs/link.md.
#pragma once

#include <linkname/error.h>
#include <linkname/request.h>
#include <linkname/rewrite.h>

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace linkname {

struct LinkOptions {
  Rules rules;
  bool handshake = true; ///< a private definition is bound only where its owner offers it, or a rule allows the pair
  bool strict = false;   ///< refuse what cannot be verified instead of warning
};

/// One pull and what it is bound to.
struct BoundPull {
  enum class Target : std::uint8_t {
    public_,  ///< a definition that the linker finds by itself
    promoted, ///< a private one, of which the link gets a copy that shows it
    unknown,  ///< something in an input that linkname does not read
  };
  std::string consumer; ///< `app.o`, `libx.a(y.o)`
  std::string remote;   ///< the symbol's name
  std::string provider; ///< where it is defined: `libx.a(y.o): .symtab[12] 'f'`, or the file that exports it
  Target target = Target::public_;
  std::string asked_by;   ///< the record
  std::string why;        ///< the record's reason; may be empty
  std::string allowed_by; ///< the rule that allows the pull of a private definition; may be empty
};

struct LinkPlan {
  std::vector<std::string> command; ///< what is to be run; the given one where nothing has to change
  std::vector<BoundPull> bindings;
  std::vector<RewriteReport> reports;  ///< what was done to the copies
  std::vector<Diagnostic> diagnostics; ///< notes and warnings
};

/// Gives a folder for the copies of a link. Called at most once, when there is something to write.
using MakeFolder = std::function<Result<std::string>()>;

/// Reads all inputs of the link that `command` does, binds every pull, and writes copies of the inputs that have to
/// change into a folder, which the caller deletes after the link. Without `make_folder` nothing is written, and the
/// command is only to be shown. The inputs themselves are never touched. A command that does not link comes back as it
/// is.
Result<LinkPlan> prepare_link(const std::vector<std::string> &command, const MakeFolder &make_folder,
                              const LinkOptions &options);

/// The objects that a compiler's command makes, as the command names them; none where it makes no object. Some may not
/// be there, or be no objects: the command was only read.
[[nodiscard]] std::vector<std::string> objects_made_by(const std::vector<std::string> &command);

/// A command as one types it into a shell.
[[nodiscard]] std::string shell_line(const std::vector<std::string> &command);

/// Whether an object may hold records of LINKNAME: a look at the names in it. False for what is no object or not there;
/// fails with Status::system where it cannot be read.
Result<bool> may_have_records(const std::string &path);

} // namespace linkname
