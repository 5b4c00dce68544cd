// A large file that will surely be rewritten, unless it is refused, is copied while its plan is made.
#pragma once

#include "api/input.h"
#include "base/replace_file.h"

#include <linkname/rewrite.h>

#include <memory>
#include <span>

namespace linkname {

class HeadStart {
public:
  HeadStart(const RewriteJob &job, std::span<const Request> requests) : job_(job), requests_(requests) {}

  /// Begins with `file`, an object of that format, if it is the only one and worth it.
  void take(const std::shared_ptr<const MappedFile> &file, const Backend &format);

  /// Tells the copy what is known of an object now.
  void expect(const Known &known);

  /// The copy of a large archive that is about to be looked through; null where that does not pay.
  FileReplacement *take_archive(const std::shared_ptr<const MappedFile> &file);

  /// What has begun, or a new one.
  Result<FileReplacement> replacement(const Input &input);

private:
  void begin(const std::shared_ptr<const MappedFile> &file, const Run &guess);
  [[nodiscard]] std::uint64_t likely_growth(const std::vector<Record> &records) const;

  const RewriteJob &job_;
  std::span<const Request> requests_;
  std::unique_ptr<FileReplacement> started_;
  std::uint64_t from_ = 0; ///< where what is copied begins
  std::uint64_t size_ = 0; ///< of the input
};

/// Where the result for `file` goes.
inline const std::string &output_of(const RewriteJob &job, const std::string &file) {
  return job.output.empty() ? file : job.output;
}

} // namespace linkname
