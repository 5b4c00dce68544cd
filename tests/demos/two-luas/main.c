// One interpreter of each version, through the same source twice.
#include <stdio.h>

typedef struct lua_State lua_State;

#define DECLARE(lua)                                                                                                   \
  lua_State *lua##_luaL_newstate(void);                                                                                \
  void lua##_luaL_openlibs(lua_State *);                                                                               \
  int lua##_luaL_loadstring(lua_State *, const char *);                                                                \
  int lua##_lua_pcallk(lua_State *, int, int, int, long, void *);                                                      \
  const char *lua##_lua_tolstring(lua_State *, int, size_t *);                                                         \
  void lua##_lua_close(lua_State *);                                                                                   \
  static void lua##_run(const char *chunk) {                                                                           \
    lua_State *state = lua##_luaL_newstate();                                                                          \
    lua##_luaL_openlibs(state);                                                                                        \
    if (lua##_luaL_loadstring(state, chunk) || lua##_lua_pcallk(state, 0, 1, 0, 0, NULL))                              \
      printf("error: ");                                                                                               \
    printf("%s\n", lua##_lua_tolstring(state, -1, NULL));                                                              \
    lua##_lua_close(state);                                                                                            \
  }

DECLARE(lua53)
DECLARE(lua54)

int main(void) {
  lua53_run("return _VERSION .. ': 7 // 2 = ' .. 7 // 2");
  lua54_run("local two <const> = 2; return _VERSION .. ': 7 // 2 = ' .. 7 // two .. ', <const> is known'");
}
