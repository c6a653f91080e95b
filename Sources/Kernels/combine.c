#ifndef real
#include "loops.h"
#define THIS_FILE "combine.c"
#include "twice.h"
#else

typedef struct {
  kernels_binary function;
  const real *a, *b;
  size_t a_step, b_step;
  real *y;
  real p;
} NAME(combination);

#define PAIRS(expression)                     \
  for (size_t i = from; i < to; i++) {        \
    const real a = job->a[i * job->a_step];   \
    const real b = job->b[i * job->b_step];   \
    job->y[i] = expression;                   \
  }                                           \
  return

INLINE void NAME(combination_range)(const NAME(combination) * job, size_t from, size_t to) {
  const real p = job->p;
  switch (job->function) {
    case KERNELS_ADD: PAIRS(a + b);
    case KERNELS_SUBTRACT: PAIRS(a - b);
    case KERNELS_MULTIPLY: PAIRS(a * b);
    case KERNELS_DIVIDE: PAIRS(a / b);
    case KERNELS_MAXIMUM: PAIRS(a > b || a != a ? a : b);
    case KERNELS_MINIMUM: PAIRS(a < b || a != a ? a : b);
    case KERNELS_RAISE: PAIRS(MATH(pow)(a, b));
    case KERNELS_EQUAL: PAIRS(a == b);
    case KERNELS_LESS: PAIRS(a < b);
    case KERNELS_LESS_OR_EQUAL: PAIRS(a <= b);
    case KERNELS_LOGITS_LOSS: PAIRS((a > 0 ? a : 0) + MATH(log1p)(MATH(exp)(-MATH(fabs)(a))) - a * b);
    case KERNELS_RECTIFIED_SLOPE: PAIRS(a > 0 ? b : p == 0 ? 0 : p * b);
    case KERNELS_TANH_SLOPE: PAIRS(b * (1 - a * a));
    case KERNELS_SIGMOID_SLOPE: PAIRS(b * a * (1 - a));
    case KERNELS_SOFTPLUS_SLOPE: PAIRS(b / (1 + MATH(exp)(-a)));
    case KERNELS_SQUARE_ROOT_SLOPE: PAIRS(b / (2 * a));
  }
}
PATHS(combination)
#undef PAIRS

void NAME(kernels_combine)(kernels_binary function, const real *a, size_t a_step, const real *b,
                           size_t b_step, real *y, size_t count, real p) {
  NAME(combination) job = {function, a, b, a_step, b_step, y, p};
  NAME(combination_run)(&job, count, piece_elements);
}

#endif
