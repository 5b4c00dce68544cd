#include "api/head_start.h"

#include "api/archive_runs.h"

#include <tuple>

namespace linkname {

void HeadStart::take(const std::shared_ptr<const MappedFile> &file, const Backend &format) {
  const std::uint64_t from =
      format.end_of_opening_tables != nullptr ? format.end_of_opening_tables(file->bytes()) : std::uint64_t{0};
  begin(file, {.from = from, .until = file->bytes().size(), .distance = 0});
}

FileReplacement *HeadStart::take_archive(const std::shared_ptr<const MappedFile> &file) {
  begin(file, ArchiveRuns::guess(file->bytes(), requests_));
  return started_.get();
}

void HeadStart::begin(const std::shared_ptr<const MappedFile> &file, const Run &guess) {
  if (started_ || job_.dry_run || job_.files.size() != 1 || file->bytes().size() < large_file)
    return;
  // A failure is not reported here: it may turn out that there is nothing to write.
  if (Result<FileReplacement> begun = FileReplacement::begin(file, output_of(job_, job_.files.front()))) {
    started_ = std::make_unique<FileReplacement>(std::move(*begun));
    started_->copy_ahead(guess);
    from_ = guess.from;
    size_ = file->bytes().size();
  }
}

void HeadStart::expect(const Known &known) {
  if (!started_)
    return;
  const auto [tail_from, tail_until, distance] =
      std::tuple(known.facts->tail_from, known.facts->tail_until, likely_growth(known.records));
  if (tail_from == tail_until || distance == 0)
    return started_->expect({.from = from_, .until = size_, .distance = 0});
  started_->expect({.from = from_, .until = tail_from, .distance = 0});
  started_->expect({.from = tail_from, .until = tail_until, .distance = distance});
}

Result<FileReplacement> HeadStart::replacement(const Input &input) {
  if (started_ && input.member.empty())
    return std::move(*started_);
  return FileReplacement::begin(input.file, input.output);
}

/// By how much the tables will grow if every request and record is good for one name, in large steps.
std::uint64_t HeadStart::likely_growth(const std::vector<Record> &records) const {
  constexpr std::uint64_t entry = 28; // Elf64_Sym and its word in .symtab_shndx
  std::uint64_t growth = 0;
  for (const Request &request : requests_) {
    if (request.verb == Verb::rename || request.verb == Verb::alias)
      growth += request.name.size() + 1;
    if (request.verb == Verb::export_)
      growth += request.symbol.size() + 1;
    if (request.verb == Verb::alias || request.verb == Verb::export_)
      growth += entry;
  }
  for (const Record &record : records)
    growth += (record.remote.empty() ? record.local : record.remote).size() + 1;
  return align_up(growth, large_step).value_or(0);
}

} // namespace linkname
