// base/replace_file.h: whatever was copied ahead, rightly or not, the new file is the input with the splices applied.
#include "base/replace_file.h"
#include "support.h"

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <span>
#include <thread>
#include <vector>

using namespace linkname;
using namespace linkname::test;

namespace {

constexpr std::uint64_t size = 24U << 20U;
constexpr std::uint64_t tail_from = 9U << 20U;
constexpr std::uint64_t tail_until = 21U << 20U;

std::string counted_bytes() {
  std::string result(size, '\0');
  for (std::size_t i = 0; i < result.size(); i += 4)
    for (std::size_t byte = 0; byte < 4; ++byte)
      result[i + byte] = static_cast<char>(i / 4 >> 8 * byte);
  return result;
}

/// An entry before the tail, what grows by `distance` right before it, a field inside it where `touched`, and a table
/// behind it.
Splices some_splices(Random &random, std::uint64_t distance, bool touched) {
  Splices splices;
  splices.push_back({.offset = random.up_to(tail_from - 100), .old_length = 24, .bytes = std::string(24, 'e')});
  if (distance != 0)
    splices.push_back(
        {.offset = tail_from, .old_length = 0, .bytes = std::string(static_cast<std::size_t>(distance), 'g')});
  if (touched)
    splices.push_back({.offset = tail_from + 1 + random.up_to(tail_until - tail_from - 100),
                       .old_length = 8,
                       .bytes = std::string(8, 'i')});
  splices.push_back(
      {.offset = tail_until + random.up_to(1U << 20U), .old_length = 1U << 20U, .bytes = std::string(1U << 20U, 'h')});
  return splices;
}

/// Changes all over the file, a part of them deferred, and what these stand for.
struct Deferring {
  Splices all;
  Splices splices; ///< the same with deferred ones among them
  std::map<std::uint64_t, Splices> inside;

  explicit Deferring(Random &random) {
    for (std::uint64_t at = random.up_to(5000); at + 70'000 < size; at += random.up_to(60'000)) {
      const std::uint64_t end = at + 9 + random.up_to(5000);
      Splices here;
      for (; at + 8 < end; at += 1 + random.up_to(900)) {
        here.push_back({.offset = at, .old_length = random.up_to(7), .bytes = std::string(random.up_to(700), 'd')});
        at += here.back().old_length;
      }
      all.insert(all.end(), here.begin(), here.end());
      const std::uint64_t start = here.front().offset;
      const std::uint64_t becomes = new_size(at - start, here);
      if (random.up_to(2) == 0 || becomes == 0) {
        splices.insert(splices.end(), here.begin(), here.end());
      } else {
        splices.push_back({.offset = start, .old_length = at - start, .bytes = {}, .deferred = becomes});
        inside[start] = std::move(here);
      }
    }
  }

  [[nodiscard]] MakeDeferred make() const {
    return [this](std::span<const Splice *const> deferred) {
      std::optional made(std::vector<Splices>{});
      for (const Splice *const splice : deferred)
        made->push_back(inside.at(splice->offset));
      return made;
    };
  }
};

void wait_for_a_while(Random &random) { std::this_thread::sleep_for(std::chrono::microseconds(random.up_to(8000))); }

} // namespace

TEST_CASE("a file that is copied ahead becomes what the splices say, whatever was expected and whenever") {
  const Folder folder;
  const std::string input = counted_bytes();
  const std::string path = folder.path / "input";
  const std::string output = folder.path / "output";
  std::ofstream(path, std::ios::binary) << input;
  const auto file = MappedFile::open(path);
  REQUIRE(file);

  Random random(7);
  for (int round = 0; round < 40; ++round) {
    CAPTURE(round);
    const std::uint64_t distance = large_step * random.up_to(3);
    const Splices splices = some_splices(random, distance, random.up_to(3) == 0);
    const std::string wanted = apply_splices(input, splices);
    auto replacement = FileReplacement::begin(*file, output);
    REQUIRE(replacement);
    if (random.up_to(9) != 0)
      replacement->copy_ahead(
          random.up_to(2) == 0 ? std::optional(Run{.from = 0, .until = size, .distance = large_step * random.up_to(2)})
                               : std::nullopt);
    wait_for_a_while(random);
    const std::uint64_t guess = random.up_to(4) == 0 ? large_step * random.up_to(3) : distance;
    if (random.up_to(9) != 0) {
      if (random.up_to(4) == 0) {
        replacement->expect({.from = 0, .until = size, .distance = 0});
      } else {
        replacement->expect({.from = random.up_to(3) * large_step, .until = tail_from, .distance = 0});
        replacement->expect({.from = tail_from, .until = tail_from, .distance = guess}); // an empty one
        wait_for_a_while(random);
        replacement->expect({.from = tail_from, .until = tail_until, .distance = guess});
      }
    }
    wait_for_a_while(random);

    bool tables = false;
    bool all = false;
    const auto done = replacement->finish(splices, [&](Bytes written, const SettleUntil &settle) -> Result<void> {
      const Bytes whole = wanted;
      const auto behind = static_cast<std::size_t>(tail_until + distance);
      tables = written.size() == whole.size() &&
               written.substr(0, tail_from + distance) == whole.substr(0, tail_from + distance) &&
               written.substr(behind) == whole.substr(behind);
      Result<void> settled = settle(written.size());
      all = settled && written == whole;
      return settled;
    });
    REQUIRE(done);
    CHECK(tables);
    CHECK(all);
    const auto result = MappedFile::open(output);
    REQUIRE(result);
    REQUIRE(((*result)->bytes() == wanted));
  }
}

TEST_CASE("a file that is verified while it is written is there as far as was asked for") {
  const Folder folder;
  const std::string input = counted_bytes();
  const std::string path = folder.path / "input";
  const std::string output = folder.path / "output";
  std::ofstream(path, std::ios::binary) << input;
  const auto file = MappedFile::open(path);
  REQUIRE(file);

  Random random(11);
  for (int round = 0; round < 10; ++round) {
    CAPTURE(round);
    Splices splices = some_splices(random, random.up_to(3) * 1001, true);
    for (std::uint64_t at = tail_until + (2U << 20U); at + 4000 < size; at += 1 + random.up_to(4000))
      splices.push_back({.offset = at, .old_length = random.up_to(1), .bytes = std::string(random.up_to(700), 'm')});
    const std::string wanted = apply_splices(input, splices);
    auto replacement = FileReplacement::begin(*file, output);
    REQUIRE(replacement);
    const auto in_order = [&](Bytes written, const SettleUntil &settle) -> Result<void> {
      REQUIRE(written.size() == wanted.size());
      for (std::size_t from = 0; from < written.size();) {
        const std::size_t until = std::min<std::size_t>(written.size(), from + random.up_to(3U << 20U));
        REQUIRE(settle(until));
        REQUIRE((written.substr(from, until - from) == Bytes(wanted).substr(from, until - from)));
        from = until;
      }
      return {};
    };
    REQUIRE(replacement->finish(splices, in_order, Look::in_order));
    REQUIRE(((*MappedFile::open(output))->bytes() == wanted));
  }
  auto replacement = FileReplacement::begin(*file, path);
  REQUIRE(replacement);
  const auto wrong = [](Bytes, const SettleUntil &) { return fail(Status::system, "here", "wrong"); };
  CHECK_FALSE(replacement->finish({{.offset = 0, .old_length = 1, .bytes = "y"}}, wrong, Look::in_order));
  CHECK(((*MappedFile::open(path))->bytes() == input));
}

TEST_CASE("what is deferred is made when it is written, and where that fails the old file stays") {
  const Folder folder;
  const std::string input = counted_bytes();
  const std::string path = folder.path / "input";
  const std::string output = folder.path / "output";
  std::ofstream(path, std::ios::binary) << input;
  const auto file = MappedFile::open(path);
  REQUIRE(file);
  const auto no_look = [](Bytes, const SettleUntil &settle) { return settle(UINT64_MAX); };

  Random random(13);
  for (int round = 0; round < 20; ++round) {
    CAPTURE(round);
    const Deferring deferring(random);
    REQUIRE(deferring.inside.size() > 10);
    auto replacement = FileReplacement::begin(*file, output);
    REQUIRE(replacement);
    if (random.up_to(1) == 0)
      replacement->copy_ahead(Run{.from = 0, .until = size, .distance = 0});
    const Look look = random.up_to(1) == 0 ? Look::in_order : Look::tables_first;
    REQUIRE(replacement->finish(deferring.splices, no_look, look, deferring.make()));
    REQUIRE(((*MappedFile::open(output))->bytes() == apply_splices(input, deferring.all)));
    CHECK(OffsetMap(deferring.splices)(size) == OffsetMap(deferring.all)(size));
  }

  const Deferring deferring(random);
  const auto nothing = [](std::span<const Splice *const>) { return std::optional<std::vector<Splices>>(); };
  const auto another = [&](std::span<const Splice *const> deferred) {
    auto made = deferring.make()(deferred);
    made->back().back().bytes += 'x';
    return made;
  };
  const auto outside = [&](std::span<const Splice *const> deferred) {
    auto made = deferring.make()(deferred);
    made->front().front().offset = deferred.front()->offset - 1;
    return made;
  };
  for (const MakeDeferred &make : {MakeDeferred(nothing), MakeDeferred(another), MakeDeferred(outside)})
    for (const Look look : {Look::in_order, Look::tables_first}) {
      auto replacement = FileReplacement::begin(*file, path);
      REQUIRE(replacement);
      CHECK_FALSE(replacement->finish(deferring.splices, no_look, look, make));
      CHECK(((*MappedFile::open(path))->bytes() == input));
    }
  auto replacement = FileReplacement::begin(*file, output);
  REQUIRE(replacement);
  std::ofstream(path, std::ios::binary | std::ios::app) << "more";
  const auto changed = replacement->finish(deferring.splices, no_look, Look::in_order, nothing);
  REQUIRE_FALSE(changed);
  CHECK(changed.error().diagnostics.front().reason.find("changed by another process") != std::string::npos);
}

TEST_CASE("a verification that fails leaves the old file, and nothing beside it") {
  const Folder folder;
  const std::string path = folder.path / "input";
  std::ofstream(path, std::ios::binary) << std::string(1000, 'x');
  const auto file = MappedFile::open(path);
  REQUIRE(file);
  {
    auto replacement = FileReplacement::begin(*file, path);
    REQUIRE(replacement);
    const auto done = replacement->finish(
        {{.offset = 0, .old_length = 1, .bytes = "y"}},
        [](Bytes, const SettleUntil &) -> Result<void> { return fail(Status::system, "here", "wrong"); });
    CHECK_FALSE(done);
  }
  CHECK((*MappedFile::open(path))->bytes().front() == 'x');
  CHECK(std::distance(std::filesystem::directory_iterator(folder.path), {}) == 1);
}
