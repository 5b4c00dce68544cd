// Every pull of the link and what it is bound to: the decision, before anything is changed.
#pragma once

#include "api/input.h"
#include "link/inputs.h"
#include "plan/wish.h"

#include <linkname/link.h>

#include <deque>
#include <span>
#include <string>
#include <vector>

namespace linkname::link {

struct Bound {
  std::vector<BoundPull> bindings;
  std::vector<std::vector<plan::Wish>> promotions; ///< for all objects of all inputs, in their order
  std::deque<std::string> words;                   ///< what the promotions are asked by and the names they make
  std::vector<Diagnostic> diagnostics;             ///< notes and warnings
};

/// Binds the pulls of `inputs`, whose plans are made from records and rules. Where another object speaks of a name
/// that a private definition would have to bear, the records that pull it get a name of their own. Fails with every
/// reason: nothing of that name where that matters to the linker, several, not allowed.
Result<Bound> bind_pulls(std::vector<Input> &inputs, const InputFiles &files, Undefined undefined,
                         const LinkOptions &options);

} // namespace linkname::link
