// The smallest loops: choosing, adding to, filling, converting.
#ifndef real
#include "eights.h"

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
  size_t a_step, b_step;
  real *y;
} NAME(choice);

INLINE void NAME(choice_range)(const NAME(choice) * job, size_t from, size_t to) {
  real a_eight[8], b_eight[8];
  const size_t a_step = job->a_step, b_step = job->b_step;
  const real *condition = job->condition + from, *a = job->a + from * a_step, *b = job->b + from * b_step;
  real *y = job->y + from, *end = job->y + to;
  if (a_step == 0) a = NAME(repeat)(*a, a_eight);
  if (b_step == 0) b = NAME(repeat)(*b, b_eight);
  for (; y + 8 <= end; y += 8, condition += 8, a += 8 * a_step, b += 8 * b_step) {
    EACH(i, 8) y[i] = condition[i] != 0 ? a[i] : b[i];
  }
  for (; y < end; y++, condition++, a += a_step, b += b_step) *y = *condition != 0 ? *a : *b;
}
PATHS(choice)

void NAME(kernels_select)(const real *condition, const real *a, size_t a_step, const real *b, size_t b_step,
                          real *y, size_t count) {
  if (count == 0) return;
  NAME(choice) job = {condition, a, b, a_step, b_step, y};
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
