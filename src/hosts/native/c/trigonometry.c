#include <math.h>

/**
 * Stand in front of the libc's, which come in four variants each and would be a tenth of the executable: Math.sin and
 * its like answer NaN. Nothing here uses them, because engines differ in their last digits; `npm run check` sees to it.
 */
double sin(double x) {
  return x - x + NAN;
}

double cos(double x) {
  return sin(x);
}

double tan(double x) {
  return sin(x);
}

double asin(double x) {
  return sin(x);
}

double acos(double x) {
  return sin(x);
}

double atan(double x) {
  return sin(x);
}

double atan2(double y, double x) {
  return sin(y + x);
}
