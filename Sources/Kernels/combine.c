// y = f(a, b).
#ifndef real
#include "eights.h"
#include "functions.h"
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

/// One loop serves all steps: an operand that is one number is an array of eight equal ones, read again and
/// again.
#define EIGHTS(expression) LOOP_OF_EIGHTS(EACH, expression)
#define EIGHT_CALLS(expression) LOOP_OF_EIGHTS(EACH_CALL, expression)
#define LOOP_OF_EIGHTS(LOOP, expression)                                          \
  for (; y < end; y += 8, left += left_step, right += right_step) {               \
    LOOP(i, 8) {                                                                  \
      const real a = left[i], b = right[i];                                       \
      y[i] = expression;                                                          \
    }                                                                             \
  }                                                                               \
  return

INLINE void NAME(combination_range)(const NAME(combination) * job, size_t from, size_t to) {
  real left_eight[8], right_eight[8];
  const size_t left_step = 8 * job->a_step, right_step = 8 * job->b_step;
  const real *left = job->a + from * left_step, *right = job->b + from * right_step, p = job->p;
  real *y = job->y + 8 * from, *end = job->y + 8 * to;
  if (left_step == 0) left = NAME(repeat)(*left, left_eight);
  if (right_step == 0) right = NAME(repeat)(*right, right_eight);
  switch (job->function) {
    case KERNELS_ADD: EIGHTS(a + b);
    case KERNELS_SUBTRACT: EIGHTS(a - b);
    case KERNELS_MULTIPLY: EIGHTS(a * b);
    case KERNELS_DIVIDE: EIGHTS(a / b);
    // A NaN on either side stays.
    case KERNELS_MAXIMUM: EIGHTS(a > b || a != a ? a : b);
    case KERNELS_MINIMUM: EIGHTS(a < b || a != a ? a : b);
    case KERNELS_RAISE: LOOP_OF_EIGHTS(ONE_BY_ONE, MATH(pow)(a, b));
    case KERNELS_EQUAL: EIGHTS(a == b);
    case KERNELS_LESS: EIGHTS(a < b);
    case KERNELS_LESS_OR_EQUAL: EIGHTS(a <= b);
    case KERNELS_LOGITS_LOSS: EIGHT_CALLS(NAME(softplus)(a) - a * b);
    case KERNELS_RECTIFIED_SLOPE:
      if (p == 0) {
        EIGHTS(a > 0 ? b : 0);
      } else {
        EIGHTS(a > 0 ? b : p * b);
      }
    case KERNELS_TANH_SLOPE: EIGHTS(b * (1 - a * a));
    case KERNELS_SIGMOID_SLOPE: EIGHTS(b * a * (1 - a));
    case KERNELS_SOFTPLUS_SLOPE: EIGHT_CALLS(b * NAME(sigmoid)(a));
    case KERNELS_SQUARE_ROOT_SLOPE: EIGHTS(b / (2 * a));
  }
}
PATHS(combination)
#undef EIGHTS
#undef EIGHT_CALLS
#undef LOOP_OF_EIGHTS

void NAME(kernels_combine)(kernels_binary function, const real *a, size_t a_step, const real *b,
                           size_t b_step, real *y, size_t count, real p) {
  const bool calls = function == KERNELS_RAISE || function == KERNELS_LOGITS_LOSS ||
                     function == KERNELS_SOFTPLUS_SLOPE;
  const size_t rest = count % 8, cost = calls ? call_cost : 1;
  real last_a[8] = {0}, last_b[8] = {0}, last[8];
  if (rest > 0) {
    if (a_step) NAME(copy_last)(a, last_a, count);
    if (b_step) NAME(copy_last)(b, last_b, count);
    NAME(combination) ending = {function, a_step ? last_a : a, b_step ? last_b : b, a_step, b_step, last, p};
    NAME(combination_run)(&ending, 1, 1);
  }
  NAME(combination) job = {function, a, b, a_step, b_step, y, p};
  if (count >= 8) NAME(combination_run)(&job, count / 8, piece_of(8 * cost));
  if (rest > 0) NAME(paste_last)(last, y, count);
}

#endif
