// macho-runner [--with DYLIB]... IMAGE [ARGUMENT...]                 runs main; its status is the runner's
// macho-runner [--with DYLIB]... --call SYMBOL IMAGE [INTEGER...]    calls a function of ints and prints its int
// macho-runner [--with DYLIB]... --check IMAGE                       loads and binds, but runs nothing; either CPU's
// macho-runner --exports IMAGE                                       lists the exports, each looked up once more
// macho-runner --host-symbols                                        lists what is offered to images
//
// What is wrong with an image is said on stderr, and the status is then 125; README.md has the details.
#include "exports.h"
#include "host.h"
#include "program.h"

#include <cstdio>
#include <cstdlib>

namespace runner {
namespace {

#if defined __x86_64__
constexpr std::uint32_t this_cpu = cpu_x86_64;
#elif defined __aarch64__
constexpr std::uint32_t this_cpu = cpu_arm64;
#endif

struct Options {
  std::vector<std::string> with;
  std::string call;
  bool check = false, exports = false, host_symbols = false;
  int first = 1; // of what is no option
};

[[noreturn]] void usage() {
  std::fputs("usage: macho-runner [--with DYLIB]... [--call SYMBOL] IMAGE [ARGUMENT...]\n"
             "       macho-runner [--with DYLIB]... --check IMAGE\n"
             "       macho-runner --exports IMAGE\n"
             "       macho-runner --host-symbols\n",
             stderr);
  std::exit(refused);
}

Options read_options(int argc, char **argv) {
  Options options;
  for (int &i = options.first; i < argc && argv[i][0] == '-'; i++) {
    const std::string option = argv[i];
    if (option == "--check")
      options.check = true;
    else if (option == "--exports")
      options.exports = true;
    else if (option == "--host-symbols")
      options.host_symbols = true;
    else if (option == "--with" && i + 1 < argc)
      options.with.emplace_back(argv[++i]);
    else if (option == "--call" && i + 1 < argc)
      options.call = argv[++i];
    else
      usage();
  }
  if (options.first >= argc && !options.host_symbols)
    usage();
  return options;
}

void print_host_symbols() {
  for (std::size_t i = 0; i < host_library_count; i++)
    for (std::size_t k = 0; k < host_libraries[i].count; k++)
      std::printf("%s %s\n", host_libraries[i].install_name, host_libraries[i].symbols[k].name);
}

// Needs no code to be run, so that images of the other CPU are listed too.
void print_exports(const std::string &path) {
  Image image;
  read(image, path);
  for (const Export &each : all_exports(image)) {
    const std::optional<Export> found = find_export(image, each.name);
    if (!found || found->value != each.value || found->flags != each.flags)
      refuse(path, "export %s is in the trie, but the way to it leads elsewhere", each.name.c_str());
    std::printf("%s", each.name.c_str());
    if ((each.flags & export_reexport) != 0)
      std::printf(" from library %llu%s%s", static_cast<Ulong>(each.value), each.other_name.empty() ? "" : " as ",
                  each.other_name.c_str());
    else
      std::printf(" 0x%llx",
                  static_cast<Ulong>((each.flags & export_kind) == 2 ? each.value : image.text_address + each.value));
    if ((each.flags & export_weak) != 0)
      std::printf(" weak");
    if ((each.flags & export_resolver) != 0)
      std::printf(" resolver");
    if ((each.flags & export_kind) != 0)
      std::printf((each.flags & export_kind) == 1 ? " thread-local" : " absolute");
    std::printf("\n");
  }
}

int call(const Program &program, const std::string &symbol, int count, char **texts) {
  const Image *image = nullptr;
  std::optional<std::uint64_t> address;
  for (const auto &each : program.images())
    if (!address && (address = program.exported(*each, symbol)))
      image = each.get();
  if (!address)
    refuse(program.main().path, "neither it nor a library of its exports %s", symbol.c_str());
  // Registers enough for six on both CPUs; a function takes as many as it has parameters.
  int numbers[6] = {};
  if (count > 6)
    usage();
  for (int i = 0; i < count; i++)
    numbers[i] = static_cast<int>(std::strtol(texts[i], nullptr, 0));
  void *code = nullptr;
  for (const auto &each : program.images()) // a re-export's is in another image
    if (each->segment_of(*address - each->slide(), 1) != nullptr)
      code = (image = each.get())->code(*address - each->slide(), symbol.c_str());
  if (code == nullptr)
    refuse(image->path, "export %s is not in an image", symbol.c_str());
  const int result = reinterpret_cast<int (*)(int, int, int, int, int, int)>(code)(numbers[0], numbers[1], numbers[2],
                                                                                   numbers[3], numbers[4], numbers[5]);
  std::printf("%d\n", result);
  return 0;
}

int run(int argc, char **argv) {
  const Options options = read_options(argc, argv);
  if (options.host_symbols)
    return print_host_symbols(), 0;
  const char *path = argv[options.first];
  if (options.exports)
    return print_exports(path), 0;

  // For good: what runs at the exit is still code of the images.
  auto &program = *new Program; // NOLINT(cppcoreguidelines-owning-memory)
  host_start();
  program.load(path, options.with);
  const Image &image = program.main();
  if (image.header.cpu != this_cpu && !options.check)
    refuse(path, "is for the other CPU; run it with the runner that was built for that one");
  program.bind();
  if (options.check)
    return 0;
  argc -= options.first;
  argv += options.first;
  program.initialise(argc, argv);
  if (!options.call.empty())
    return call(program, options.call, argc - 1, argv + 1);
  if (!image.entry)
    refuse(path, "has no LC_MAIN; a library's functions are run by --call");
  using Main = int (*)(int, char **, char **, char **);
  char *apple[] = {nullptr};
  const auto start = reinterpret_cast<Main>(image.code(image.text_address + *image.entry, "LC_MAIN"));
  return start(argc, argv, environ, apple);
}

} // namespace
} // namespace runner

int main(int argc, char **argv) { std::exit(runner::run(argc, argv)); }
