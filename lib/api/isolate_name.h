// What a SetRenaming has to have before it is planned: parts that go together, and a name for what is isolated.
#pragma once

#include "api/input.h"

#include <linkname/error.h>
#include <linkname/set_renaming.h>

#include <span>

namespace linkname {

/// Fails with Status::usage where the parts contradict each other or can be in no symbol's name.
Result<void> check_names(const SetRenaming &names);

/// The same with a name for what is isolated: the first file's, and a number made of the contents of all objects, so
/// that the same objects always get the same name and others another one.
[[nodiscard]] SetRenaming complete_names(SetRenaming names, std::span<const Input> inputs);

} // namespace linkname
