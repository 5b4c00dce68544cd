// base/path.h and base/side_folder.h: how a file is named from another folder, and by its contents.
#include "base/path.h"
#include "base/side_folder.h"
#include "support.h"

using namespace linkname;

TEST_CASE("a path is a folder and a name") {
  CHECK(folder_of("a/b/c.o") == "a/b");
  CHECK(folder_of("c.o") == ".");
  CHECK(folder_of("/c.o") == "/");
  CHECK(file_name_of("a/b/c.o") == "c.o");
  CHECK(file_name_of("c.o") == "c.o");
}

TEST_CASE("a path from another folder goes up only as far as it has to") {
  CHECK(path_between("/a/b", "/a/b/c.o") == "c.o");
  CHECK(path_between("/a/b", "/a/b/c/d.o") == "c/d.o");
  CHECK(path_between("/a/b", "/a/c.o") == "../c.o");
  CHECK(path_between("/a/b/c", "/a/x/y.o") == "../../x/y.o");
  CHECK(path_between("/", "/a/c.o") == "a/c.o");
  CHECK(path_between("/a/b", "/c.o") == "../../c.o");
}

TEST_CASE("folders that begin alike are not one") {
  CHECK(path_between("/a/bc", "/a/b/c.o") == "../b/c.o");
  CHECK(path_between("/a/b", "/a/bc/c.o") == "../bc/c.o");
  CHECK(path_between("/a/b", "/a/b.o") == "../b.o");
}

TEST_CASE("a name by contents keeps the name's ending, and has room in a folder") {
  const std::string name = name_by_contents("lexer.o", "contents");
  CHECK(name.starts_with("lexer-"));
  CHECK(name.ends_with(".o"));
  CHECK(name.size() == std::string("lexer-0123456789abcdef.o").size());
  CHECK(name == name_by_contents("lexer.o", "contents"));
  CHECK(name != name_by_contents("lexer.o", "content"));
  CHECK(name_by_contents("lexer", "contents").size() == std::string("lexer-0123456789abcdef").size());
  CHECK(name_by_contents(std::string(300, 'x') + "." + std::string(300, 'y'), "").size() < 255);
}
