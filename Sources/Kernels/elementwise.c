// y = f(x).
#ifndef real
#include "eights.h"
#include "functions.h"
#include "loops.h"

// Far from zero the angle is left to the C library, number by number.
INLINE void sines_f(const float *x, float *y, size_t count, bool cosine) {
  for (size_t start = 0; start < count; start += 8, x += 8, y += 8) {
    int far = 0;
    EACH(i, 8) far |= magnitude_of(x[i]) > FARTHEST_ANGLE;
    if (far) {
      for (size_t i = 0; i < 8; i++) {
        const bool near = magnitude_of(x[i]) <= FARTHEST_ANGLE;
        y[i] = near ? sine_of_angle(x[i], cosine) : cosine ? cosf(x[i]) : sinf(x[i]);
      }
    } else {
      EACH(i, 8) y[i] = sine_of_angle(x[i], cosine);
    }
  }
}

INLINE void sines_d(const double *x, double *y, size_t count, bool cosine) {
  for (size_t i = 0; i < count; i++) y[i] = cosine ? cos(x[i]) : sin(x[i]);
}

#define THIS_FILE "elementwise.c"
#include "twice.h"
#else

typedef struct {
  kernels_unary function;
  const real *x;
  real *y;
  real p, q;
} NAME(map);

INLINE void NAME(powers)(const real *x, real *y, size_t count, real p) {
  if (p == 2) {
    EACH(i, count) y[i] = x[i] * x[i];
  } else if (p == 3) {
    EACH(i, count) y[i] = x[i] * x[i] * x[i];
  } else if (p == -1) {
    EACH(i, count) y[i] = 1 / x[i];
  } else if (p == (real)0.5) {
    // Unlike the square root, the power is never −0, and infinite at −∞.
    EACH(i, count) y[i] = x[i] == -(real)INFINITY ? (real)INFINITY : __builtin_elementwise_sqrt(x[i] + 0);
  } else {
    for (size_t i = 0; i < count; i++) y[i] = MATH(pow)(x[i], p);
  }
}

INLINE void NAME(map_range)(const NAME(map) * job, size_t from, size_t to) {
  const real *x = job->x + 8 * from, p = job->p, q = job->q;
  real *y = job->y + 8 * from;
  const size_t count = 8 * (to - from);
  switch (job->function) {
    case KERNELS_NEGATE: EACH(i, count) y[i] = -x[i]; return;
    case KERNELS_ABSOLUTE: EACH(i, count) y[i] = MATH(fabs)(x[i]); return;
    case KERNELS_SIGN: EACH(i, count) y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i]; return;
    case KERNELS_SQUARE: EACH(i, count) y[i] = x[i] * x[i]; return;
    case KERNELS_SQUARE_ROOT: EACH(i, count) y[i] = __builtin_elementwise_sqrt(x[i]); return;
    case KERNELS_RECIPROCAL: EACH(i, count) y[i] = 1 / x[i]; return;
    case KERNELS_EXPONENTIAL: EACH_CALL(i, count) y[i] = NAME(exponential)(x[i]); return;
    case KERNELS_LOGARITHM: EACH_CALL(i, count) y[i] = NAME(logarithm)(x[i]); return;
    case KERNELS_SINE: NAME(sines)(x, y, count, false); return;
    case KERNELS_COSINE: NAME(sines)(x, y, count, true); return;
    case KERNELS_TANH: EACH_CALL(i, count) y[i] = NAME(hyperbolic_tangent)(x[i]); return;
    case KERNELS_SIGMOID: EACH_CALL(i, count) y[i] = NAME(sigmoid)(x[i]); return;
    case KERNELS_SOFTPLUS: EACH_CALL(i, count) y[i] = NAME(softplus)(x[i]); return;
    case KERNELS_ERROR_FUNCTION: EACH_CALL(i, count) y[i] = NAME(error_function)(x[i]); return;
    case KERNELS_FLOOR:
      for (size_t i = 0; i < count; i++) y[i] = __builtin_elementwise_floor(x[i]);
      return;
    case KERNELS_SCALE_AND_SHIFT: EACH(i, count) y[i] = p * x[i] + q; return;
    case KERNELS_RECTIFIED:
      // At slope 0 an infinite x gives 0, not 0·∞; a NaN stays.
      if (p == 0) {
        EACH(i, count) y[i] = x[i] <= 0 ? 0 : x[i];
      } else {
        EACH(i, count) y[i] = x[i] > 0 ? x[i] : p * x[i];
      }
      return;
    case KERNELS_CLAMP: EACH(i, count) y[i] = x[i] < p ? p : x[i] > q ? q : x[i]; return;
    case KERNELS_POWER: NAME(powers)(x, y, count, p); return;
    case KERNELS_IS_FINITE: EACH(i, count) y[i] = x[i] - x[i] == 0; return;
  }
}
PATHS(map)

void NAME(kernels_map)(kernels_unary function, const real *x, real *y, size_t count, real p, real q) {
  const bool calls = (function >= KERNELS_EXPONENTIAL && function <= KERNELS_ERROR_FUNCTION) ||
                     function == KERNELS_POWER;
  const size_t rest = count % 8, cost = calls ? call_cost : 1;
  real last[8] = {0};
  if (rest > 0) {
    NAME(copy_last)(x, last, count);
    NAME(map) ending = {function, last, last, p, q};
    NAME(map_run)(&ending, 1, 1);
  }
  NAME(map) job = {function, x, y, p, q};
  if (count >= 8) NAME(map_run)(&job, count / 8, piece_of(8 * cost));
  if (rest > 0) NAME(paste_last)(last, y, count);
}

#endif
