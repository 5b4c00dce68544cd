// What reads the numbers of dates. A format says of each how many digits it has, its least and greatest value, and what
// stands behind it.
#include "check.h"

#include <linkname/linkname.h>

int get_digits(const char *date, const char *format, ...);
LINKNAME(get_digits, "date.o:getDigits", "src/date.c, static");

void test_get_digits(void);
void test_get_digits(void) {
  int year = -1, month = -1, day = -1;
  CHECK(get_digits("2024-02-30", "40f-21a-21d", &year, &month, &day) == 3);
  CHECK(year == 2024 && month == 2 && day == 30); // the calendar is somebody else's business

  day = -1;
  CHECK(get_digits("2024-13-01", "40f-21a-21d", &year, &month, &day) == 1); // there is no month 13
  CHECK(year == 2024 && day == -1);
  CHECK(get_digits("2024/02/30", "40f-21a-21d", &year, &month, &day) == 0);
  CHECK(get_digits("24-02-30", "40f-21a-21d", &year, &month, &day) == 0);

  int hour = -1, minute = -1;
  CHECK(get_digits("23:59", "20c:20e", &hour, &minute) == 2);
  CHECK(hour == 23 && minute == 59);
  CHECK(get_digits("24:60", "20c:20e", &hour, &minute) == 1); // 24 is allowed, for 24:00
}
