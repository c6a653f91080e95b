#ifndef real
#include "loops.h"
#define THIS_FILE "softmax.c"
#include "twice.h"
#else

typedef struct {
  const real *x;
  real *y;
  size_t columns;
  bool logarithm;
} NAME(softmax);

INLINE void NAME(softmax_range)(const NAME(softmax) * job, size_t from, size_t to) {
  for (size_t row = from; row < to; row++) {
    const real *x = job->x + row * job->columns;
    real *y = job->y + row * job->columns;
    real most = -INFINITY;
    for (size_t i = 0; i < job->columns; i++) most = x[i] > most ? x[i] : most;
    double sum = 0;
    for (size_t i = 0; i < job->columns; i++) sum += MATH(exp)(x[i] - most);
    real scale = (real)(1 / sum), shift = (real)log(sum);
    for (size_t i = 0; i < job->columns; i++) {
      y[i] = job->logarithm ? x[i] - most - shift : MATH(exp)(x[i] - most) * scale;
    }
  }
}
PATHS(softmax)

void NAME(kernels_softmax)(const real *x, real *y, size_t rows, size_t columns, bool logarithm) {
  NAME(softmax) job = {x, y, columns, logarithm};
  NAME(softmax_run)(&job, rows, piece_rows(columns));
}

typedef struct {
  const real *y, *g;
  real *dx;
  size_t columns;
  bool logarithm;
} NAME(softmax_slope);

INLINE void NAME(softmax_slope_range)(const NAME(softmax_slope) * job, size_t from, size_t to) {
  for (size_t row = from; row < to; row++) {
    const real *y = job->y + row * job->columns, *g = job->g + row * job->columns;
    real *dx = job->dx + row * job->columns;
    double sum = 0;
    for (size_t i = 0; i < job->columns; i++) sum += job->logarithm ? g[i] : (double)g[i] * y[i];
    real all = (real)sum;
    for (size_t i = 0; i < job->columns; i++) {
      dx[i] = job->logarithm ? g[i] - MATH(exp)(y[i]) * all : y[i] * (g[i] - all);
    }
  }
}
PATHS(softmax_slope)

void NAME(kernels_softmax_slope)(const real *y, const real *g, real *dx, size_t rows, size_t columns,
                                 bool logarithm) {
  NAME(softmax_slope) job = {y, g, dx, columns, logarithm};
  NAME(softmax_slope_run)(&job, rows, piece_rows(columns));
}

#endif
