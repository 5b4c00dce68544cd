// A file with everything that is known of it: the first half of every command.
#pragma once

#include "api/formats.h"
#include "base/diagnostic.h"
#include "base/file_io.h"
#include "records/decode.h"

#include <linkname/facts.h>

#include <memory>
#include <string_view>
#include <vector>

namespace linkname {

struct Known {
  const Backend *format = nullptr;
  std::unique_ptr<Facts> facts; ///< large beside the rest, and not needed as long
  std::vector<Record> records;
};

/// Everything that one object in memory says; `name` stands before the place of every message.
inline Result<Known> know(Bytes bytes, std::string_view name) {
  const Result<const Backend *> format = in_file(name, detect(bytes));
  if (!format)
    return std::unexpected(format.error());
  Result<Facts> facts = in_file(name, (*format)->inspect(bytes));
  if (!facts)
    return std::unexpected(std::move(facts.error()));
  Result<std::vector<Record>> records = in_file(name, records::decode(*facts));
  if (!records)
    return std::unexpected(std::move(records.error()));
  return Known{.format = *format, .facts = std::make_unique<Facts>(std::move(*facts)), .records = std::move(*records)};
}

} // namespace linkname
