#ifndef real
#include "loops.h"
#define THIS_FILE "elementwise.c"
#include "twice.h"
#else

typedef struct {
  kernels_unary function;
  const real *x;
  real *y;
  real p, q;
} NAME(map);

INLINE void NAME(map_range)(const NAME(map) * job, size_t from, size_t to) {
  const real *x = job->x + from, p = job->p, q = job->q;
  real *y = job->y + from;
  size_t count = to - from;
  switch (job->function) {
    case KERNELS_NEGATE: EACH(i, count) y[i] = -x[i]; return;
    case KERNELS_ABSOLUTE: EACH(i, count) y[i] = MATH(fabs)(x[i]); return;
    case KERNELS_SIGN: EACH(i, count) y[i] = x[i] > 0 ? 1 : x[i] < 0 ? -1 : x[i]; return;
    case KERNELS_SQUARE: EACH(i, count) y[i] = x[i] * x[i]; return;
    case KERNELS_SQUARE_ROOT: EACH(i, count) y[i] = __builtin_elementwise_sqrt(x[i]); return;
    case KERNELS_RECIPROCAL: EACH(i, count) y[i] = 1 / x[i]; return;
    case KERNELS_EXPONENTIAL: for (size_t i = 0; i < count; i++) y[i] = MATH(exp)(x[i]); return;
    case KERNELS_LOGARITHM: for (size_t i = 0; i < count; i++) y[i] = MATH(log)(x[i]); return;
    case KERNELS_SINE: for (size_t i = 0; i < count; i++) y[i] = MATH(sin)(x[i]); return;
    case KERNELS_COSINE: for (size_t i = 0; i < count; i++) y[i] = MATH(cos)(x[i]); return;
    case KERNELS_TANH: for (size_t i = 0; i < count; i++) y[i] = MATH(tanh)(x[i]); return;
    case KERNELS_SIGMOID: for (size_t i = 0; i < count; i++) y[i] = 1 / (1 + MATH(exp)(-x[i])); return;
    case KERNELS_SOFTPLUS:
      for (size_t i = 0; i < count; i++) y[i] = (x[i] > 0 ? x[i] : 0) + MATH(log1p)(MATH(exp)(-MATH(fabs)(x[i])));
      return;
    case KERNELS_ERROR_FUNCTION: for (size_t i = 0; i < count; i++) y[i] = MATH(erf)(x[i]); return;
    case KERNELS_FLOOR: for (size_t i = 0; i < count; i++) y[i] = MATH(floor)(x[i]); return;
    case KERNELS_SCALE_AND_SHIFT: EACH(i, count) y[i] = p * x[i] + q; return;
    case KERNELS_RECTIFIED:
      if (p == 0) {
        EACH(i, count) y[i] = x[i] <= 0 ? 0 : x[i];
      } else {
        EACH(i, count) y[i] = x[i] > 0 ? x[i] : p * x[i];
      }
      return;
    case KERNELS_CLAMP: EACH(i, count) y[i] = x[i] < p ? p : x[i] > q ? q : x[i]; return;
    case KERNELS_POWER: for (size_t i = 0; i < count; i++) y[i] = MATH(pow)(x[i], p); return;
    case KERNELS_IS_FINITE: EACH(i, count) y[i] = x[i] - x[i] == 0; return;
  }
}
PATHS(map)

void NAME(kernels_map)(kernels_unary function, const real *x, real *y, size_t count, real p, real q) {
  NAME(map) job = {function, x, y, p, q};
  NAME(map_run)(&job, count, piece_elements);
}

// MARK: The rest

typedef struct {
  const real *condition, *a, *b;
  size_t a_step, b_step;
  real *y;
} NAME(choice);

INLINE void NAME(choice_range)(const NAME(choice) * job, size_t from, size_t to) {
  for (size_t i = from; i < to; i++) {
    job->y[i] = job->condition[i] != 0 ? job->a[i * job->a_step] : job->b[i * job->b_step];
  }
}
PATHS(choice)

void NAME(kernels_select)(const real *condition, const real *a, size_t a_step, const real *b, size_t b_step,
                          real *y, size_t count) {
  NAME(choice) job = {condition, a, b, a_step, b_step, y};
  NAME(choice_run)(&job, count, piece_elements);
}

typedef struct {
  real *y;
  const real *x;
  real p;
} NAME(addition);

INLINE void NAME(addition_range)(const NAME(addition) * job, size_t from, size_t to) {
  const real *x = job->x + from, p = job->p;
  real *y = job->y + from;
  EACH(i, to - from) y[i] += p * x[i];
}
PATHS(addition)

void NAME(kernels_accumulate)(real *y, const real *x, size_t count, real p) {
  NAME(addition) job = {y, x, p};
  NAME(addition_run)(&job, count, piece_elements);
}

void NAME(kernels_fill)(real *y, size_t count, real value) {
  for (size_t i = 0; i < count; i++) y[i] = value;
}

#endif
