// Records as docs/record.md defines them: from the bytes of a record section to what each LINKNAME asked for.
#pragma once

#include <linkname/error.h>
#include <linkname/facts.h>

#include <vector>

namespace linkname::records {

/// Every record of the object, in file order. Fails with Status::malformed where a record is damaged or of a version
/// that is not known, and with Status::refused where its pointer leads to no symbol.
Result<std::vector<Record>> decode(const Facts &facts);

} // namespace linkname::records
