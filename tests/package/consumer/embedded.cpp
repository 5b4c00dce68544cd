// Uses the library: looks into the object that is named on the command line and exports its static function in memory.
#include <linkname/inspect.h>
#include <linkname/rewrite.h>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace {

int failed(const linkname::Error &error) {
  for (const linkname::Diagnostic &diagnostic : error.diagnostics)
    std::cerr << diagnostic.place << ": " << diagnostic.reason << "; " << diagnostic.hint << '\n';
  return 1;
}

} // namespace

int main(int argc, char **argv) {
  if (argc != 2)
    return 2;
  const linkname::Result<linkname::Contents> contents = linkname::inspect(argv[1]);
  if (!contents)
    return failed(contents.error());
  if (contents->objects.size() != 1 || contents->objects.front().records.size() != 1 ||
      contents->objects.front().records.front().local != "doubled")
    return 1;

  std::ifstream file(argv[1], std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  // Without a request the object's own record is obeyed.
  const linkname::Result<std::string> rewritten = linkname::rewrite_bytes(bytes, argv[1], {});
  if (!rewritten)
    return failed(rewritten.error());

  linkname::RewriteOptions options;
  options.requests.push_back({.verb = linkname::Verb::alias,
                              .symbol = "doubled",
                              .name = "twice",
                              .asked_by = "embedded",
                              .why = {},
                              .unsafe = false});
  const linkname::Result<std::string> aliased = linkname::rewrite_bytes(bytes, argv[1], options);
  if (!aliased)
    return failed(aliased.error());
  const linkname::Inspection &inspection = contents->objects.front();
  std::cout << "embedded: " << inspection.facts.target << ", " << inspection.records.size() << " record\n";
  return *rewritten != bytes && *aliased != *rewritten && aliased->find("twice") != std::string::npos ? 0 : 1;
}
