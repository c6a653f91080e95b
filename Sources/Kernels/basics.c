// The smallest loops: choosing, adding to, filling, converting.
#ifndef real
#include "loops.h"

void kernels_narrow(const double *x, float *y, size_t count) {
  EACH(i, count) y[i] = (float)x[i];
}

void kernels_widen(const float *x, double *y, size_t count) {
  EACH(i, count) y[i] = x[i];
}

#define THIS_FILE "basics.c"
#include "twice.h"
#else

typedef struct {
  const real *condition, *a, *b;
  real *y;
} NAME(choice);

INLINE void NAME(choice_range)(const NAME(choice) * job, size_t from, size_t to) {
  const real *condition = job->condition + from, *a = job->a + from, *b = job->b + from;
  real *y = job->y + from;
  EACH(i, to - from) y[i] = condition[i] != 0 ? a[i] : b[i];
}
PATHS(choice)

void NAME(kernels_select)(const real *condition, const real *a, const real *b, real *y, size_t count) {
  NAME(choice) job = {condition, a, b, y};
  NAME(choice_run)(&job, count, piece_of(1));
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
  NAME(addition_run)(&job, count, piece_of(1));
}

void NAME(kernels_fill)(real *y, size_t count, real value) {
  EACH(i, count) y[i] = value;
}

#endif
