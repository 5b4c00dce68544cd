/* Programs for Windows without a C runtime: what they print, and how they end. `start` is where they begin. */
__declspec(dllimport) void __stdcall ExitProcess(unsigned status);
__declspec(dllimport) void *__stdcall GetStdHandle(unsigned which);
__declspec(dllimport) int __stdcall WriteFile(void *file, const void *bytes, unsigned length, unsigned *written, void *none);

static void print(const char *text) {
  unsigned length = 0, written;
  while (text[length] != 0)
    ++length;
  WriteFile(GetStdHandle(-11), text, length, &written, 0);
}

static void print_number(int number) {
  char text[3] = {(char)('0' + number / 10 % 10), (char)('0' + number % 10), 0};
  print(number < 0 ? "-" : text + (number < 10));
  print(" ");
}

int program(void);
void start(void) {
  program();
  print("\n");
  ExitProcess(0);
}
