// gz_open() is what gzopen() and gzdopen() call in gzlib.c; str_rep() is Lua's string.rep.
#include <stdio.h>

typedef struct gzFile_s *gzFile;
gzFile gz_open(const void *path, int fd, const char *mode);
int gzputs(gzFile, const char *);
char *gzgets(gzFile, char *, int);
int gzclose(gzFile);

typedef struct lua_State lua_State;
int str_rep(lua_State *);
lua_State *luaL_newstate(void);
const char *lua_pushstring(lua_State *, const char *);
void lua_pushinteger(lua_State *, long long);
void lua_pushcclosure(lua_State *, int (*)(lua_State *), int);
void lua_callk(lua_State *, int, int, long, void *);
const char *lua_tolstring(lua_State *, int, size_t *);

int main(void) {
  char text[16] = "";
  gzFile file = gz_open("kept.gz", -1, "wb");
  gzputs(file, "kept");
  gzclose(file);
  file = gz_open("kept.gz", -1, "rb");
  gzgets(file, text, sizeof text);
  gzclose(file);

  lua_State *lua = luaL_newstate();
  lua_pushcclosure(lua, str_rep, 0);
  lua_pushstring(lua, "ab");
  lua_pushinteger(lua, 3);
  lua_callk(lua, 2, 1, 0, NULL);
  printf("gz_open, gzputs, gzgets: %s; str_rep: %s\n", text, lua_tolstring(lua, -1, NULL));
}
