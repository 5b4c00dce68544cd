// The parts of vendor::Thermostat that its vendor did not mean for us. A member function is a function whose first
// argument is the object, so each is declared here as such a function and pulled under its mangled name, which
// `nm thermostat.o` prints.
#pragma once
#include "thermostat.h"

#include <linkname/linkname.h>

namespace service {

// A private member.
bool locked(const vendor::Thermostat *self);

// Two private overloads.
void set(vendor::Thermostat *self, int celsius);
void set(vendor::Thermostat *self, double fahrenheit);

// One instance of a private template.
template <class Number> Number drift(const vendor::Thermostat *self, Number hours);

// A function in an anonymous namespace of the vendor's; thermostat.rules exports it.
int from_fahrenheit(int degrees);

} // namespace service

LINKNAME(service::locked, "_ZNK6vendor10Thermostat6lockedEv", "the display shows a lock");
LINKNAME_FN(void(vendor::Thermostat *, int), service::set, "_ZN6vendor10Thermostat3setEi", "remote control");
LINKNAME_FN(void(vendor::Thermostat *, double), service::set, "_ZN6vendor10Thermostat3setEd", "remote control");
LINKNAME(service::drift<double>, "_ZNK6vendor10Thermostat5driftIdEET_S2_", "the report needs what the device assumes");
LINKNAME(service::from_fahrenheit, "_ZN6vendor12_GLOBAL__N_115from_fahrenheitEi", "must round as the device does");
