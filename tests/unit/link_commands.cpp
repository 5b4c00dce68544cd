// link/linker_command.h, link/response_file.h, link/substitution.h: what commands name as inputs, in every dialect.
#include "link/linker_command.h"
#include "link/shared_names.h"
#include "link/substitution.h"
#include "support.h"

#include <linkname/link.h>

#include <fstream>

using namespace linkname;
using namespace linkname::link;

namespace {

using Words = std::vector<std::string>;

/// The items as one line: `a.o -lx =lx` (`=`: a static one only).
std::string items_of(const Words &command) {
  std::string line;
  for (const Item &item : read_command(command).items) {
    line += line.empty() ? "" : " ";
    line += !item.library ? "" : item.only_static ? "=l" : "-l";
    line += item.name;
  }
  return line;
}

void write(const std::string &path, const std::string &text) { std::ofstream(path) << text; }

} // namespace

TEST_CASE("inputs of drivers") {
  CHECK(items_of({"gcc", "a.o", "-o", "b.o", "-lx", "-l", "y", "lib.a"}) == "a.o -lx -ly lib.a");
  CHECK(items_of({"c++", "-static", "a.o", "-lx"}) == "a.o =lx");
  CHECK(items_of({"c++", "a.o", "-Xlinker", "-o", "-Xlinker", "b.o", "-T", "script", "-u", "name"}) == "a.o");
  CHECK(items_of({"/usr/bin/x86_64-w64-mingw32-g++-12", "-I", "include", "-isystem", "x.a", "a.o"}) == "a.o");
  CHECK(items_of({"clang", "-target", "arm64-apple-macos11", "-framework", "Foundation", "-Wl,-force_load,x.a", "a.o"})
            .starts_with("a.o"));
  CHECK(items_of({"ccache", "distcc", "gcc", "a.o"}) == "a.o");
  CHECK(items_of({"linkname-cc", "ccache", "gcc", "a.o"}) == "a.o");
  CHECK(items_of({"/opt/bin/linkname-link", "--rules", "x.rules", "--", "gcc", "a.o"}) == "a.o");
  CHECK(items_of({"linkname-tool", "cc", "--", "distcc", "gcc", "a.o"}) == "a.o");
  CHECK(read_command({"gcc", "-L", "x", "-Ly", "-Wl,-L,z", "a.o"}).folders == Words{"x", "y", "z"});
  for (const char *const option : {"-c", "-S", "-E", "-M", "-fsyntax-only"})
    CHECK_FALSE(read_command({"gcc", "a.c", option}).links);
  CHECK(read_command({"gcc", "a.c", "b.cpp", "c.o"}).sources == Words{"a.c", "b.cpp"});
  CHECK_FALSE(read_command({"ccache"}).links);
  CHECK_FALSE(read_command({"linkname-tool", "cc"}).links);
  CHECK_FALSE(read_command({"linkname-cc", "--"}).links);
  CHECK_FALSE(read_command({}).links);
}

TEST_CASE("inputs of linkers") {
  CHECK(items_of({"ld", "-o", "x", "-dynamic-linker", "ld.so", "--soname", "x.o", "-Map", "m.o", "a.o", "-Bstatic",
                  "-lx", "-Bdynamic", "-ly", "--start-group", "b.a", "--end-group"}) == "a.o =lx -ly b.a");
  CHECK(items_of({"mold", "--library=x", "--output", "a.o", "b.o"}) == "-lx b.o");
  CHECK(items_of({"ld64.lld", "-platform_version", "macos", "11", "11", "-o", "x", "a.o", "-force_load", "b.a",
                  "-sectcreate", "a", "b", "c.o", "-lSystem"}) == "a.o b.a -lSystem");
  CHECK(read_command({"ld", "-syslibroot", "/sdk", "-arch", "arm64", "a.o"}).dialect == Dialect::darwin);
  CHECK(items_of({"lld-link", "/nologo", "/OUT:x.exe", "a.obj", "-defaultlib:msvcrt", "/WHOLEARCHIVE:b.lib",
                  "c.lib"}) == "a.obj -lmsvcrt b.lib c.lib");
  CHECK(read_command({"lld-link.exe", "/LIBPATH:x", "-libpath:y"}).folders == Words{"x", "y"});
}

TEST_CASE("programs by their names") {
  CHECK(dialect_of("/usr/bin/x86_64-linux-gnu-ld.bfd") == Dialect::gnu);
  CHECK(dialect_of("ld.lld-19") == Dialect::gnu);
  CHECK(dialect_of("clang-cl-19") == Dialect::microsoft_driver);
  CHECK(dialect_of("C:\\bin\\link.exe") == Dialect::microsoft);
  CHECK(dialect_of("g++-12") == Dialect::driver);
  CHECK(dialect_of("world") == Dialect::driver); // it ends with `ld`
}

TEST_CASE("response files, in each other, there and back") {
  const test::Folder made;
  const std::string folder = made.path.string();
  const std::string inner = folder + "/inner.rsp";
  const std::string outer = folder + "/outer.rsp";
  write(inner, "'a b.o' \"c\\\"d.o\"\n");
  write(outer, "first.o @" + inner + " @" + folder + "/none last.o");
  const Words expanded = expand(Words{"x", "@" + outer}, Quoting::gnu);
  CHECK(expanded == Words{"x", "first.o", "a b.o", "c\"d.o", "@" + folder + "/none", "last.o"});
  for (const Quoting quoting : {Quoting::gnu, Quoting::windows}) {
    const Words words = {"plain", "with blank", "quote\"d", "back\\slash", "c:\\x y\\"};
    write(inner, as_response_file(words, quoting));
    CHECK(expand(Words{"@" + inner}, quoting) == words);
  }
  write(inner, "@" + inner + " @" + inner); // itself
  CHECK(expand(Words{"@" + inner}, Quoting::gnu).size() < 10000);
  CHECK(as_shell_line(Words{"a", "b c", "it's", ""}) == "a 'b c' 'it'\\''s' ''");
}

TEST_CASE("libraries are found as linkers find them") {
  const test::Folder made;
  const std::string folder = made.path.string();
  for (const char *const name : {"libx.so", "libx.a", "liby.a", "plain.lib"})
    write(folder + "/" + name, "x");
  const LinkerCommand command = read_command({"gcc", "-L/nowhere", "-L" + folder, "-lx", "-ly", "-lz"});
  const auto found = [&](const Item &item) {
    return find_file(command, item).value_or("nothing").substr(folder.size() + 1);
  };
  CHECK(found({.name = "x", .library = true, .only_static = false}) == "libx.so");
  CHECK(found({.name = "x", .library = true, .only_static = true}) == "libx.a");
  CHECK(found({.name = "y", .library = true, .only_static = false}) == "liby.a");
  CHECK(found({.name = ":libx.a", .library = true, .only_static = false}) == "libx.a");
  CHECK_FALSE(find_file(command, {.name = "z", .library = true, .only_static = false}));
  CHECK_FALSE(find_file(command, {.name = "plain.lib", .library = false, .only_static = false}));
  LinkerCommand rooted = read_command({"gcc", "--sysroot=" + folder, "-L=/", "-lx"});
  CHECK(find_file(rooted, rooted.items.front()).has_value());
  const LinkerCommand microsoft = read_command({"lld-link", "/libpath:" + folder, "plain.lib"});
  CHECK(find_file(microsoft, microsoft.items.front()) == folder + "/plain.lib");
}

TEST_CASE("copies take the place of words") {
  const Words command = {"gcc", "a.o", "-Wl,--start-group,x.a,y.a", "-o", "out", "a.o"};
  const auto changed = substitute(command, read_command(command), {{"a.o", "C/a.o"}, {"x.a", "C/x.a"}}, "C/lib");
  REQUIRE(changed);
  CHECK(*changed == Words{"gcc", "-LC/lib", "C/a.o", "-Wl,--start-group,C/x.a,y.a", "-o", "out", "C/a.o"});
  const auto added_by_driver = substitute(command, read_command(command), {{"crt1.o", "C/crt1.o"}}, "");
  REQUIRE_FALSE(added_by_driver);
  CHECK(added_by_driver.error().diagnostics.front().place == "crt1.o");
  const Words microsoft = {"lld-link", "-wholearchive:x.lib", "b.obj"};
  CHECK(substitute(microsoft, read_command(microsoft), {{"x.lib", "C/x.lib"}}, "C/lib") ==
        Words{"lld-link", "-libpath:C/lib", "-wholearchive:C/x.lib", "b.obj"});
}

TEST_CASE("objects that a compiler's command makes") {
  CHECK(objects_made_by({"gcc", "-c", "src/a.c"}) == Words{"a.o"});
  CHECK(objects_made_by({"gcc", "-c", "src/a.c", "b.cc"}) == Words{"a.o", "b.o"});
  CHECK(objects_made_by({"ccache", "gcc", "-c", "a.c", "-ox/y.o"}) == Words{"x/y.o"});
  CHECK(objects_made_by({"linkname-link", "--strict", "--", "gcc", "-c", "a.c"}) == Words{"a.o"});
  CHECK(objects_made_by({"gcc", "-MF", "a.c", "-c", "b.c"}) == Words{"b.o"});
  CHECK(objects_made_by({"gcc", "-x", "c", "-c", "noending"}) == Words{"noending.o"});
  CHECK(objects_made_by({"clang-cl", "/c", "a.c", "/FoX\\"}) == Words{"X\\a.obj"});
  CHECK(objects_made_by({"clang-cl", "-c", "a.c", "/Fo:", "y.obj"}) == Words{"y.obj"});
  CHECK(objects_made_by({"gcc", "a.c", "-o", "a"}).empty());
  CHECK(objects_made_by({}).empty());
}

TEST_CASE("linker's scripts") {
  CHECK(named_by_script(
            "/* GNU ld script */\nOUTPUT_FORMAT(elf64-x86-64)\nGROUP ( /lib/libc.so.6 AS_NEEDED ( -lm ) )\n") ==
        Words{"/lib/libc.so.6", "-lm"});
  CHECK(named_by_script("INPUT(libx.so.1,-ly)").size() == 2);
  CHECK(named_by_script("GROUP ( open").size() == 1);
  CHECK(named_by_script("nothing GROUP of that kind").empty());
  CHECK(exported_by("--- !tapi-tbd\nexports:\n  - symbols: [ _a, '_b' ]\n", Words{"_a", "_b", "_c", "_a"}) ==
        std::vector<bool>{true, true, false, true});
}
