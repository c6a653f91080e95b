#ifndef real
#include "loops.h"
#define THIS_FILE "random.c"
#include "twice.h"
#else

void NAME(kernels_normals)(const uint64_t *words, real *y, size_t count) {
  for (size_t i = 0; i < count; i++) {
    double u = ((double)(words[i] >> 32) + 0.5) * 0x1p-32, v = (double)(uint32_t)words[i] * 0x1p-32;
    y[i] = (real)(sqrt(-2 * log(u)) * cos(2 * M_PI * v));
  }
}

void NAME(kernels_uniforms)(const uint64_t *words, real *y, size_t count, real lower, real upper) {
  // The sum may round to the upper bound, which is not part of the interval.
  real below = MATH(nextafter)(upper, lower);
  for (size_t i = 0; i < count; i++) {
    real u = sizeof(real) == 4 ? (real)(words[i] >> 40) * (real)0x1p-24 : (real)(words[i] >> 11) * (real)0x1p-53;
    real value = lower + (upper - lower) * u;
    y[i] = value < upper ? value : below;
  }
}

#endif
