#include "api/input.h"

#include "base/large_pages.h"
#include "base/parallel.h"
#include "base/text.h"
#include "plan/selector.h"

#include <algorithm>
#include <atomic>
#include <memory>

namespace linkname {
namespace {

/// Whether `text` can be nothing but a symbol's name: no wildcard, no C++ signature.
bool is_plain_name(std::string_view text) {
  return !is_wildcard(text) && text.find_first_of("(: ") == std::string_view::npos;
}

/// What was found in one leaf; of most, nothing.
struct Leaf {
  std::string name;
  Known known;
  std::unique_ptr<Error> error; ///< why it cannot be read

  [[nodiscard]] bool is_object() const { return known.format != nullptr; }
};

/// Neither an object nor code in another form: a text, a table, something that cannot speak of a symbol.
bool is_foreign(Bytes bytes) {
  const Result<const Backend *> format = detect(bytes);
  return !format && format.error().status == Status::malformed;
}

/// How many leaves before its turn one is asked for.
constexpr std::size_t leaves_ahead = 4;

/// In an archive of many small objects, looking at each means waiting for memory. Where an object's tables are, its two
/// ends tell: the header at the one, the section headers mostly at the other.
void prefetch(const Input &input, std::size_t node) {
  constexpr std::size_t line = 64;
  constexpr std::size_t small = 256 * line;
  constexpr std::size_t tables = 20 * line;
  if (node >= input.tree.nodes().size() || input.tree.nodes()[node].size > small)
    return;
  const Bytes bytes = input.tree.bytes(input.tree.nodes()[node]);
  __builtin_prefetch(bytes.data());
  for (std::size_t at = bytes.size() - std::min(bytes.size(), tables); at < bytes.size(); at += line)
    __builtin_prefetch(bytes.data() + at);
}

/// Nothing of what is no leaf, nor of one that holds nothing of interest.
Leaf read_leaf(const Input &input, const Interest &interest, std::uint32_t node) {
  const container::Node &here = input.tree.nodes()[node];
  if (here.kind != container::Kind::leaf || !interest.in_leaf(input.tree.bytes(here)))
    return {};
  Leaf leaf;
  Result<Known> known = know(input.tree.bytes(here), {});
  if (known && known->facts->lto == Lto::slim && known->records.empty())
    leaf.error = std::make_unique<Error>(
        fail(Status::refused, {},
             "holds nothing but code for link-time optimisation, whose symbols linkname cannot edit",
             "compile it with -fno-lto")
            .error());
  else if (known)
    leaf.known = std::move(*known);
  else if (!is_foreign(input.tree.bytes(here)))
    leaf.error = std::make_unique<Error>(std::move(known.error()));
  return leaf;
}

/// The file, and which containers are in it.
Result<Input> opened(Source source, Bytes bytes) {
  Result<container::Tree> tree = in_file(source.name, container::Tree::read(bytes));
  if (!tree)
    return std::unexpected(std::move(tree.error()));
  Input input;
  static_cast<Source &>(input) = std::move(source);
  input.tree = std::move(*tree);
  for (std::uint32_t node = 0; node < input.tree.nodes().size(); ++node)
    if (input.tree.has_members_outside(node))
      input.thin.push_back(input.name + input.tree.place(node));
  return input;
}

/// The same with what is of interest in its leaves.
Input with_leaves(Input input, const Interest &interest, const Passed &passed, const Counted &counted) {
  std::vector<Leaf> leaves(input.tree.nodes().size());
  std::atomic<std::size_t> done = 0;
  const auto read = [&](std::size_t i) {
    if (counted)
      counted(++done, leaves.size());
    const auto node = static_cast<std::uint32_t>(i);
    leaves[i] = read_leaf(input, interest, node);
    if (passed && input.tree.nodes()[node].kind == container::Kind::leaf)
      passed(input, node, leaves[i].is_object() ? &leaves[i].known : nullptr);
  };
  // While their part of the file is at hand. Not one by one: between what is known of an object, which is given up long
  // before the names are, each would hold a page.
  const auto name = [&](std::size_t first, std::size_t last) {
    for (std::size_t i = first; i < last; ++i)
      if (leaves[i].is_object() || leaves[i].error)
        leaves[i].name = input.name + input.tree.place(static_cast<std::uint32_t>(i));
  };
  if (!passed) // what comes behind it needs the names alone, and memory of its own
    for_each_in_file(input, leaves.size(), [&](std::size_t i) { return input.tree.nodes()[i].offset; }, read, name);
  for (std::size_t i = 0; passed && i < leaves.size(); ++i) {
    prefetch(input, i + leaves_ahead);
    read(i);
    name(i, i + 1);
  }

  reserve_large(input.objects, static_cast<std::size_t>(std::ranges::count_if(leaves, &Leaf::is_object)));
  for (std::uint32_t node = 0; node < leaves.size(); ++node) {
    Leaf &leaf = leaves[node];
    if (leaf.is_object())
      input.objects.push_back({.node = node,
                               .name = std::move(leaf.name),
                               .known = std::move(leaf.known),
                               .plan = {},
                               .room = {},
                               .target = {},
                               .words = {}});
    else if (leaf.error && !leaf.error->diagnostics.empty())
      input.unread.push_back({.file = std::move(leaf.name),
                              .member = member_of(input, node),
                              .why = leaf.error->diagnostics.front().reason,
                              .hint = leaf.error->diagnostics.front().hint,
                              .bytes = input.tree.bytes(input.tree.nodes()[node])});
  }
  input.complete = interest.in_all();
  return input;
}

} // namespace

Interest::Interest(std::span<const Request> requests) : all_(false) {
  names_.add("linkname"); // a part of what every format calls the section of records
  for (const Request &request : requests) {
    const std::string_view name = plan::Readings(request.symbol).last().name;
    all_ = all_ || !is_plain_name(name) || name.contains('@');
    names_.add(name);
  }
  all_ = all_ || !names_.is_worth_it();
}

bool Interest::in_leaf(Bytes bytes) const {
  if (all_)
    return true;
  const Result<const Backend *> format = detect(bytes);
  const auto names = format ? (*format)->names(bytes) : std::unexpected(format.error());
  if (!names)
    return names_.any_in(bytes);
  return names_.any_in(names->front()) || names_.any_in(names->back());
}

Result<Input> read_input(Source source, Bytes bytes, const Interest &interest, const Passed &passed,
                         const Counted &counted) {
  Result<Input> input = opened(std::move(source), bytes);
  if (!input || !input->is_object())
    return input ? with_leaves(std::move(*input), interest, passed, counted) : std::move(input);
  Result<Known> known = know(bytes, input->name);
  if (!known)
    return std::unexpected(std::move(known.error()));
  input->objects.push_back(
      {.node = 0, .name = input->name, .known = std::move(*known), .plan = {}, .room = {}, .target = {}, .words = {}});
  return input;
}

Result<Input> read_member(Source source, Bytes bytes, const Interest &interest) {
  Result<Input> input = opened(std::move(source), bytes);
  return input ? with_leaves(std::move(*input), interest, {}, {}) : std::move(input);
}

Result<Input> read_again(Input input) {
  const Bytes bytes = input.bytes();
  return input.member.empty() ? read_input(std::move(input), bytes, Interest())
                              : read_member(std::move(input), bytes, Interest());
}

void Input::give_up_facts() {
  for (Object &object : objects)
    if (object.known.facts && object.target.empty()) {
      object.target = *targets.insert(std::move(object.known.facts->target)).first;
      object.words = std::move(object.known.facts->words);
    }
  for_each_parallel(objects.size(), [&](std::size_t i) { objects[i].known.facts.reset(); });
  constexpr std::size_t very_many = 10'000;
  if (objects.size() >= very_many)
    give_back_free_memory();
}

std::string_view member_of(const Input &input, std::uint32_t node) {
  const std::string_view inside = input.tree.member_name(node);
  return inside.empty() ? input.member : inside;
}

void for_each_in_file(const Input &input, std::size_t count, const std::function<std::uint64_t(std::size_t)> &offset_of,
                      const std::function<void(std::size_t)> &work,
                      const std::function<void(std::size_t, std::size_t)> &then) {
  constexpr std::uint64_t large_piece = 8U << 20U;
  constexpr std::size_t enough_work = 128; // for all processors
  for (std::size_t first = 0, last = 0; first < count; first = last) {
    const std::uint64_t start = offset_of(first);
    while (last < count && (offset_of(last) < start + large_piece || last - first < enough_work))
      ++last;
    for_each_parallel(last - first, [&](std::size_t i) { work(first + i); });
    if (then)
      then(first, last);
    const std::uint64_t end = last < count ? offset_of(last) : input.bytes().size();
    if (input.file && end >= start + large_piece)
      unmap_for_now(input.bytes().substr(static_cast<std::size_t>(start), static_cast<std::size_t>(end - start)));
  }
}

void for_each_object(const Input &input, const std::function<void(std::size_t)> &work,
                     const std::function<void(std::size_t, std::size_t)> &then) {
  const auto offset_of = [&](std::size_t i) { return input.offset_of(input.objects[i]); };
  for_each_in_file(input, input.objects.size(), offset_of, work, then);
}

Diagnostic about_thin(Severity severity, std::string archive) {
  return {.severity = severity,
          .place = std::move(archive),
          .reason =
              "is a thin archive: its members are files of their own, and linkname does not look into them from here",
          .hint = "name these files, or make an archive that holds its members",
          .details = {}};
}

} // namespace linkname
