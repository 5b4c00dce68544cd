#include "api/input.h"

#include "base/parallel.h"
#include "base/text.h"
#include "plan/selector.h"

#include <algorithm>
#include <optional>

namespace linkname {
namespace {

/// Whether `text` can be nothing but a symbol's name: no wildcard, no C++ signature.
bool is_plain_name(std::string_view text) {
  return !is_wildcard(text) && text.find_first_of("(: ") == std::string_view::npos;
}

/// What was found in one leaf.
struct Leaf {
  std::optional<Known> known;
  std::optional<Error> error; ///< why it cannot be read
};

/// Neither an object nor code in another form: a text, a table, something that cannot speak of a symbol.
bool is_foreign(Bytes bytes) {
  const Result<const Backend *> format = detect(bytes);
  return !format && format.error().status == Status::malformed;
}

bool is_read(const Input &input, const Interest &interest, std::uint32_t node) {
  return input.tree.nodes()[node].kind == container::Kind::leaf &&
         interest.in(input.tree.bytes(input.tree.nodes()[node]));
}

} // namespace

Interest::Interest(std::span<const Request> requests) : all_(false) {
  names_.add("linkname"); // a part of what every format calls the section of records
  for (const Request &request : requests) {
    const std::string_view name = plan::Readings(request.symbol).last().name;
    all_ = all_ || !is_plain_name(name) || name.contains('@');
    names_.add(name);
    if (!request.name.empty())
      names_.add(request.name);
  }
  all_ = all_ || !names_.is_worth_it();
}

Result<Input> read_input(std::string path, std::shared_ptr<const MappedFile> file, Bytes bytes,
                         const Interest &interest) {
  Result<container::Tree> tree = in_file(path, container::Tree::read(bytes));
  if (!tree)
    return std::unexpected(std::move(tree.error()));
  Input input;
  input.path = std::move(path);
  input.file = std::move(file);
  input.tree = std::move(*tree);
  if (input.tree.is_plain()) {
    Result<Known> known = know(bytes, input.path);
    if (!known)
      return std::unexpected(std::move(known.error()));
    input.objects.push_back({.node = 0, .name = input.path, .known = std::move(*known), .plan = {}, .splices = {}});
    return input;
  }

  for (std::uint32_t node = 0; node < input.tree.nodes().size(); ++node)
    if (input.tree.has_members_outside(node))
      input.thin.push_back(input.path + input.tree.place(node));

  std::vector<Leaf> leaves(input.tree.nodes().size());
  for_each_parallel(leaves.size(), [&](std::size_t i) {
    const auto node = static_cast<std::uint32_t>(i);
    if (!is_read(input, interest, node))
      return;
    Result<Known> known = know(input.tree.bytes(input.tree.nodes()[node]), {});
    if (known && known->facts.lto == Lto::slim && known->records.empty())
      leaves[i].error = fail(Status::refused, {},
                             "holds nothing but code for link-time optimisation, whose symbols linkname cannot edit",
                             "compile it with -fno-lto")
                            .error();
    else if (known)
      leaves[i].known = std::move(*known);
    else if (!is_foreign(input.tree.bytes(input.tree.nodes()[node])))
      leaves[i].error = std::move(known.error());
  });
  for (std::uint32_t node = 0; node < leaves.size(); ++node) {
    const auto name = [&] { return input.path + input.tree.place(node); };
    if (leaves[node].known)
      input.objects.push_back(
          {.node = node, .name = name(), .known = std::move(*leaves[node].known), .plan = {}, .splices = {}});
    else if (leaves[node].error && !leaves[node].error->diagnostics.empty()) {
      const Diagnostic &why = leaves[node].error->diagnostics.front();
      input.unread.push_back({.file = name(),
                              .member = input.tree.member_name(node),
                              .why = why.reason,
                              .hint = why.hint,
                              .bytes = input.tree.bytes(input.tree.nodes()[node])});
    }
  }
  input.complete = interest.in_all();
  return input;
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
