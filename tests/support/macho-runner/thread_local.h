// Thread-local variables: an image has a template, the sections __thread_data and __thread_bss, and for each variable a
// descriptor {function, key, offset}. Code calls the function with the descriptor's address and gets the variable's in
// this thread. The function is libSystem's __tlv_bootstrap, for which thunks.S has the entry.
#pragma once
#include "image.h"

#include <memory>
#include <vector>

namespace runner {

// Finds the templates and writes each image's number into its descriptors' keys; fixups must have been applied.
void prepare_thread_variables(const std::vector<std::unique_ptr<Image>> &images);

} // namespace runner
