#include "service.h"

#include <cstdio>

int main() {
  vendor::Thermostat thermostat(20);

  service::set(&thermostat, 28);
  std::printf("set(28): %d degrees, %s\n", thermostat.celsius(), service::locked(&thermostat) ? "locked" : "open");
  service::set(&thermostat, 68.0);
  std::printf("set(68.0): %d degrees, %s\n", thermostat.celsius(), service::locked(&thermostat) ? "locked" : "open");
  std::printf("drift(2.5) = %.2f\n", service::drift(&thermostat, 2.5));
  std::printf("from_fahrenheit(100) = %d\n", service::from_fahrenheit(100));
}
