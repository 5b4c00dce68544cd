// The parts of vendor::Thermostat that its vendor did not mean for us. A member function is a function whose first
// argument is the object, so each is declared here as such a function and pulled under its mangled name, which
// `nm thermostat.o` prints.
#pragma once
#include "abi.h"
#include "thermostat.h"

#include <linkname/linkname.h>

namespace service {

// A private member.
bool MEMBER locked(const vendor::Thermostat *self);

// Two private overloads.
void MEMBER set(vendor::Thermostat *self, int celsius);
void MEMBER set(vendor::Thermostat *self, double fahrenheit);

// One instance of a private template.
template <class Number> Number MEMBER drift(const vendor::Thermostat *self, Number hours);

// A function in an anonymous namespace of the vendor's; thermostat.rules gives it a public name.
int from_fahrenheit(int degrees);

} // namespace service

LINKNAME(service::locked,
         MANGLED("_ZNK6vendor10Thermostat6lockedEv", "?locked@Thermostat@vendor@@AEBA_NXZ",
                 "?locked@Thermostat@vendor@@ABE_NXZ"),
         "the display shows a lock");
LINKNAME_FN(void MEMBER(vendor::Thermostat *, int), service::set,
            MANGLED("_ZN6vendor10Thermostat3setEi", "?set@Thermostat@vendor@@AEAAXH@Z",
                    "?set@Thermostat@vendor@@AAEXH@Z"),
            "remote control");
LINKNAME_FN(void MEMBER(vendor::Thermostat *, double), service::set,
            MANGLED("_ZN6vendor10Thermostat3setEd", "?set@Thermostat@vendor@@AEAAXN@Z",
                    "?set@Thermostat@vendor@@AAEXN@Z"),
            "remote control");
LINKNAME(service::drift<double>,
         MANGLED("_ZNK6vendor10Thermostat5driftIdEET_S2_", "??$drift@N@Thermostat@vendor@@AEBANN@Z",
                 "??$drift@N@Thermostat@vendor@@ABENN@Z"),
         "the report needs what the device assumes");
// `\1`: the symbol as it is in the rules, without the underscore that some platforms put before C names.
LINKNAME(service::from_fahrenheit, "\1vendor_from_fahrenheit", "must round as the device does");
