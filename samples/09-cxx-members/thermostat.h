// As the vendor ships it.
#pragma once

namespace vendor {

class Thermostat {
public:
  explicit Thermostat(int celsius) : celsius_(celsius) {}
  int celsius() const { return celsius_; }
  int convert(unsigned scale, int degrees) const;

private:
  bool locked() const;
  void set(int celsius);
  void set(double fahrenheit);
  template <class Number> Number drift(Number hours) const;

  int celsius_;
};

} // namespace vendor
