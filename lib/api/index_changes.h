// What the plans of a run mean for the indices of archives, be the members in them or files of their own.
#pragma once

#include "api/input.h"

#include <vector>

namespace linkname {

/// Notes in Input::changes what becomes of the names of every object that is in an archive or a universal file, and
/// gives each such file where anything changes its Input::indices. Behind
/// this nothing asks for the facts of these any more, and there may be hundreds of thousands.
void note_index_changes(std::vector<Input> &inputs);

} // namespace linkname
