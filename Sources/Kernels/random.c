// Normal and uniform numbers from random words, one word each.
#ifndef real
#include "functions.h"
#include "loops.h"

INLINE float normal_f(uint64_t word) {
  const uint32_t high = (uint32_t)(word >> 32), low = (uint32_t)word;
  // In the lower half u is w itself, in the upper half 1 − w, where w has the digits that u cannot hold.
  const bool lower = high < 0x80000000u;
  const float w = ((float)(int32_t)(lower ? high : ~high) + 0.5f) * 0x1p-32f;
  // log u, as of a number near one and a power of two.
  const uint32_t offset = bits_of(w) - bits_of(0x1.6a09e6p-1f);
  const float f = from_bits((offset & 0x7fffff) + bits_of(0x1.6a09e6p-1f)) - 1;
  const float k = (float)((int32_t)offset >> 23);
  const bool near = w <= 0x1.2bec34p-2f;
  const float logarithm = logarithm_near_one(lower ? f : near ? -w : 1 - 2 * w, lower ? k : near ? 0 : -1);
  // The angle, as whole quarters and at most half a quarter to either side.
  const uint32_t quarters = (low + 0x20000000u) >> 30;
  const float angle = (float)(int32_t)(low - (quarters << 30)) * 0x1.921fb6p-30f;
  return __builtin_elementwise_sqrt(-2 * logarithm) * sine_after_quarters(angle, quarters + 1);
}

INLINE double normal_d(uint64_t word) {
  const double u = ((double)(word >> 32) + 0.5) * 0x1p-32;
  const double angle = (double)(uint32_t)word * 0x1.921fb54442d18p-30;
  return sqrt(-2 * log(u)) * cos(angle);
}

/// In [0, 1), as fine as the type allows.
INLINE float uniform_f(uint64_t word) { return (float)(int32_t)(word >> 40) * 0x1p-24f; }
INLINE double uniform_d(uint64_t word) { return (double)(int64_t)(word >> 11) * 0x1p-53; }

#define THIS_FILE "random.c"
#include "twice.h"
#else

typedef struct {
  const uint64_t *words;
  real *y, lower, upper;
} NAME(draws);

INLINE void NAME(draws_range)(const NAME(draws) * job, size_t from, size_t to) {
  const uint64_t *words = job->words + from;
  real *y = job->y + from;
  EACH_CALL(i, to - from) y[i] = NAME(normal)(words[i]);
}
PATHS(draws)

void NAME(kernels_normals)(const uint64_t *words, real *y, size_t count) {
  NAME(draws) job = {words, y, 0, 0};
  NAME(draws_run)(&job, count, piece_of(4 * call_cost));
}

typedef NAME(draws) NAME(even_draws);

INLINE void NAME(even_draws_range)(const NAME(even_draws) * job, size_t from, size_t to) {
  const uint64_t *words = job->words + from;
  real *y = job->y + from;
  const real lower = job->lower, upper = job->upper, length = upper - lower;
  // The sum may round to the upper bound, which is not part of the interval.
  const real largest = MATH(nextafter)(upper, lower);
  EACH(i, to - from) {
    const real value = lower + length * NAME(uniform)(words[i]);
    y[i] = value < upper ? value : largest;
  }
}
PATHS(even_draws)

void NAME(kernels_uniforms)(const uint64_t *words, real *y, size_t count, real lower, real upper) {
  NAME(even_draws) job = {words, y, lower, upper};
  NAME(even_draws_run)(&job, count, piece_of(1));
}

#endif
