// The softmax of rows.
#ifndef real
#include "eights.h"
#include "folds.h"
#include "functions.h"

// A row's exponentials are kept so many at a time, where they are not the result themselves.
enum { kept = 256 };

#define THIS_FILE "softmax.c"
#include "twice.h"
#else

typedef struct {
  const real *x;
  real *y;
  size_t columns;
  bool logarithm;
} NAME(softmax);

/// y = e^(x − shift); the sum of it.
INLINE double NAME(exponentials)(const real *x, real *y, size_t count, real shift) {
  size_t whole = count / 8 * 8;
  EACH_CALL(i, whole) y[i] = NAME(exponential)(x[i] - shift);
  if (whole < count) {
    real last[8] = {0};
    NAME(copy_few)(x + whole, last, count - whole);
    EACH_CALL(i, 8) last[i] = NAME(exponential)(last[i] - shift);
    NAME(copy_few)(last, y + whole, count - whole);
  }
  return NAME(fold_line)(folding_sum, y, y, count);
}

INLINE void NAME(softmax_range)(const NAME(softmax) * job, size_t from, size_t to) {
  const size_t columns = job->columns;
  for (size_t row = from; row < to; row++) {
    const real *x = job->x + row * columns;
    real *y = job->y + row * columns;
    real most = (real)NAME(fold_line)(folding_largest, x, x, columns);
    if (job->logarithm) {
      real part[kept];
      double sum = 0;
      for (size_t start = 0; start < columns; start += kept) {
        size_t count = columns - start < kept ? columns - start : kept;
        sum += NAME(exponentials)(x + start, part, count, most);
      }
      const real shift = (real)log(sum);
      EACH(i, columns) y[i] = x[i] - most - shift;
    } else {
      const real scale = (real)(1 / NAME(exponentials)(x, y, columns, most));
      EACH(i, columns) y[i] *= scale;
    }
  }
}
PATHS(softmax)

void NAME(kernels_softmax)(const real *x, real *y, size_t rows, size_t columns, bool logarithm) {
  NAME(softmax) job = {x, y, columns, logarithm};
  NAME(softmax_run)(&job, rows, piece_of(2 * call_cost * columns));
}

typedef struct {
  const real *y, *g;
  real *dx;
  size_t columns;
  bool logarithm;
} NAME(softmax_slope);

INLINE void NAME(softmax_slope_range)(const NAME(softmax_slope) * job, size_t from, size_t to) {
  const size_t columns = job->columns;
  for (size_t row = from; row < to; row++) {
    const real *y = job->y + row * columns, *g = job->g + row * columns;
    real *dx = job->dx + row * columns;
    if (job->logarithm) {
      const real sum = (real)NAME(fold_line)(folding_sum, g, g, columns);
      EACH_CALL(i, columns) dx[i] = g[i] - NAME(exponential)(y[i]) * sum;
    } else {
      const real sum = (real)NAME(fold_line)(folding_products, g, y, columns);
      EACH(i, columns) dx[i] = y[i] * (g[i] - sum);
    }
  }
}
PATHS(softmax_slope)

void NAME(kernels_softmax_slope)(const real *y, const real *g, real *dx, size_t rows, size_t columns,
                                 bool logarithm) {
  NAME(softmax_slope) job = {y, g, dx, columns, logarithm};
  NAME(softmax_slope_run)(&job, rows, piece_of(2 * call_cost * columns));
}

#endif
