// One file as the planner sees it.
#pragma once

#include <linkname/facts.h>

#include <string>
#include <vector>

namespace linkname::plan {

struct Subject {
  std::string file; ///< as messages name it
  const Facts *facts = nullptr;
  const std::vector<Record> *records = nullptr;
};

} // namespace linkname::plan
