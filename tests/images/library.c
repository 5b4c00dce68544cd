/* Every kind of symbol that a shared library has, in a library that is edited after its link. report() is all that can
   be seen from inside: the same before and after. */
extern int toupper(int); /* the C library's; becomes tolower */

typedef int Function(int);

static int secret(int x) { return x + 100; }
Function *const table[] = {secret, secret}; /* so that it keeps the ABI, and has a relocation */

__attribute__((visibility("hidden"))) int kept(int x) { return x + 200; }
Function *volatile kept_pointer = kept;

int twice(int x) { return 2 * x; }
int old_name(int x) { return x + 300; }
int concealed(int x) { return x + 400; } /* called through the procedure linkage table, and in data */
Function *concealed_pointer = concealed;
int softened(int x) { return x + 500; }
__attribute__((weak)) int weak_one(int x) { return x + 600; }
extern int absent(int) __attribute__((weak));
extern int given(int) __attribute__((weak)); /* by the program, perhaps */

int counter = 5;
const char words[] = "words";
int zeros[1000];
__thread int per_thread = 7;

#ifdef WITH_IFUNC
static int chosen_one(int x) { return x + 700; }
static Function *choose(void) { return chosen_one; }
int chosen(int x) __attribute__((ifunc("choose")));
#else
int chosen(int x) { return x + 700; }
#endif

static int ready;
__attribute__((constructor)) static void start(void) { ready = 1; }

#ifdef WITH_VERSIONS
__asm__(".symver versioned_old,versioned@V1");
__asm__(".symver versioned_new,versioned@@V2");
int versioned_old(int x) { return x + 800; }
int versioned_new(int x) { return x + 900; }
#endif

/* One number of each. */
int report(int what) {
  switch (what) {
  case 0:
    return table[1](1);
  case 1:
    return kept_pointer(2) + kept(2);
  case 2:
    return twice(3);
  case 3:
    return old_name(4);
  case 4:
    return concealed(5);
  case 5:
    return concealed_pointer(6);
  case 6:
    return softened(7);
  case 7:
    return weak_one(8);
  case 8:
    return absent != 0;
  case 9:
    return given ? given(1) : -1;
  case 10:
    return ++counter;
  case 11:
    return words[0];
  case 12:
    return ++zeros[999];
  case 13:
    return ++per_thread;
  case 14:
    return chosen(9);
  case 15:
    return ready;
  case 16:
    return toupper(97);
  default:
    return -2;
  }
}
