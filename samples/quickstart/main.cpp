// Calls two functions of the Lua library that are static in its sources: nothing outside their files can name them.
// No Lua library is opened here, so Lua code could not reach them either.
#include <linkname/linkname.h>

#include <lua.hpp>

#include <cstdio>

namespace lua {
int repeat(lua_State *state);
int concat(lua_State *state);
} // namespace lua

LINKNAME(lua::repeat, "str_rep", "lstrlib.c: string.rep without the string library");
LINKNAME(lua::concat, "tconcat", "ltablib.c: table.concat without the table library");

int main() {
  lua_State *state = luaL_newstate();
  if (state == nullptr)
    return 1;

  lua_pushliteral(state, "link");
  lua_pushinteger(state, 3);
  lua_pushliteral(state, "-");
  lua::repeat(state);
  std::printf("lua::repeat(\"link\", 3, \"-\") = %s\n", lua_tostring(state, -1));
  lua_settop(state, 0);

  lua_createtable(state, 3, 0);
  for (int i = 1; i <= 3; i++) {
    lua_pushinteger(state, i * i);
    lua_rawseti(state, 1, i);
  }
  lua_pushliteral(state, " + ");
  lua::concat(state);
  std::printf("lua::concat({1, 4, 9}, \" + \") = %s\n", lua_tostring(state, -1));

  lua_close(state);
}
