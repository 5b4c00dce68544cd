// As the vendor ships it: not ours to change, so it carries no record.
#include "thermostat.h"

namespace vendor {

namespace {

int from_fahrenheit(int degrees) { return (degrees - 32) * 5 / 9; }
int from_kelvin(int degrees) { return degrees - 273; }

int (*const conversions[])(int) = {from_fahrenheit, from_kelvin};

} // namespace

int Thermostat::convert(unsigned scale, int degrees) const { return conversions[scale](degrees); }

bool Thermostat::locked() const { return celsius_ > 25; }

void Thermostat::set(int celsius) { celsius_ = celsius; }
void Thermostat::set(double fahrenheit) { celsius_ = static_cast<int>((fahrenheit - 32) * 5 / 9); }

template <class Number> Number Thermostat::drift(Number hours) const {
  return hours * static_cast<Number>(celsius_) / 100;
}
template int Thermostat::drift(int) const;
template double Thermostat::drift(double) const;

} // namespace vendor
