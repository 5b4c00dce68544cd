// The whole rewrite of an archive or a universal file in memory. What comes out is read again: every member is where it
// was in the order, those that did not change are equal, those that did are objects of which only symbols changed, and
// an index that told the truth tells it still.
#include "container_judge.h"
#include "steering.h"

#include <linkname/rewrite.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace linkname;
using container::Node;
using container::Tree;

namespace {

/// What a leaf holds; nothing for what is no object.
std::vector<Facts> facts_of(const Tree &tree) {
  std::vector<Facts> all(tree.nodes().size());
  for (std::size_t i = 0; i < all.size(); ++i)
    if (const Node &node = tree.nodes()[i]; node.kind == container::Kind::leaf)
      if (const fuzz::Judge *const judge = fuzz::judge_of(tree.bytes(node)))
        if (Result<Facts> facts = judge->backend.inspect(tree.bytes(node)))
          all[i] = std::move(*facts);
  return all;
}

/// One of the leaves with symbols, for requests to speak of.
const Facts &chosen(const std::vector<Facts> &facts, std::uint8_t number) {
  std::vector<const Facts *> with_symbols;
  for (const Facts &one : facts)
    if (!one.symbols.empty())
      with_symbols.push_back(&one);
  return with_symbols.empty() ? facts.front() : *with_symbols[number % with_symbols.size()];
}

bool is_sound(const Tree &tree) {
  return std::ranges::all_of(tree.nodes(), [&](const Node &node) {
    const fuzz::Judge *const judge = node.kind == container::Kind::leaf ? fuzz::judge_of(tree.bytes(node)) : nullptr;
    return judge == nullptr || judge->nothing_overlaps(tree.bytes(node));
  });
}

/// The file with nothing for the dates of BSD's indices, which say when they were written.
std::string undated(const std::string &file) {
  const Result<Tree> tree = Tree::read(file);
  fuzz::require_success(tree, "the result can be read again");
  std::string result = file;
  for (const Node &node : tree->nodes())
    if (node.kind == container::Kind::archive)
      for (const container::Member &member : tree->archive(node).members())
        if (member.role == container::Role::bsd_index || member.role == container::Role::bsd_index_64)
          result.replace(node.offset + member.header + 16, 12, 12, ' ');
  return result;
}

void require_leaf(const std::string_view before, const std::string_view after, bool localizes) {
  if (before == after)
    return;
  const fuzz::Judge *const judge = fuzz::judge_of(before);
  fuzz::require(judge != nullptr, "what is no object stays as it is");
  judge->require_same_contents(before, after, localizes);
  fuzz::require_success(judge->backend.inspect(after), "a member that was an object is one again");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size) {
  const auto [file, steering] = fuzz::Input::split(data, size);
  const Result<Tree> before = Tree::read(file);
  if (!before) {
    const Result<std::string> result = rewrite_bytes(file, "in.a", {});
    fuzz::require(!result && result.error().status == Status::malformed, "what cannot be read is damaged");
    fuzz::require_reasons(result.error());
    return 0;
  }
  if (before->is_plain())
    return 0;

  const std::vector<Facts> facts = facts_of(*before);
  fuzz::Cursor cursor(steering);
  const std::uint8_t number = cursor.byte();
  const RewriteOptions options = fuzz::options_from(cursor.rest(), chosen(facts, number));
  const Result<std::string> result = rewrite_bytes(file, "in.a", options);
  const bool sound = is_sound(*before);
  if (!result) {
    fuzz::require_reasons(result.error());
    if (sound && result.error().status == Status::system)
      fuzz::require_success(result, "a sound file never fails its verification");
    return 0;
  }
  const bool has_records = std::ranges::any_of(facts, [](const Facts &one) { return !one.record_sections.empty(); });
  if (options.requests.empty() && !has_records)
    fuzz::require(*result == file, "without a record or a request nothing changes");
  const Result<std::string> again = rewrite_bytes(file, "in.a", options);
  fuzz::require(again && undated(*again) == undated(*result), "the output is deterministic");
  if (!sound)
    return 0;

  const Result<Tree> after = Tree::read(*result);
  fuzz::require_success(after, "the result can be read again");
  fuzz::require(after->nodes().size() == before->nodes().size(), "nothing is added or lost");
  const bool localizes =
      std::ranges::any_of(options.requests, [](const Request &request) { return request.verb == Verb::localize; });
  for (std::uint32_t i = 0; i < before->nodes().size(); ++i) {
    const Node &old = before->nodes()[i];
    const Node &now = after->nodes()[i];
    fuzz::require(old.kind == now.kind && old.parent == now.parent && old.position == now.position,
                  "everything stands where it stood");
    fuzz::require(before->place(i) == after->place(i), "everything is called what it was called");
    if (old.kind == container::Kind::leaf)
      require_leaf(before->bytes(old), after->bytes(now), localizes);
    else if (old.kind == container::Kind::archive)
      fuzz::require_same_archive(before->archive(old), after->archive(now));
  }
  const std::vector<Facts> facts_now = facts_of(*after);
  for (std::uint32_t i = 0; i < before->nodes().size(); ++i)
    if (before->nodes()[i].kind == container::Kind::archive)
      fuzz::require_true_indices({*before, i, facts}, {*after, i, facts_now});
  return 0;
}
