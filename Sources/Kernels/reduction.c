// Sums and extremes over the middle axis of [outer, count, inner].
#ifndef real
#include "columns.h"
#define THIS_FILE "reduction.c"
#include "twice.h"
#else

typedef struct {
  kernels_reduction reduction;
  const real *x;
  real *y;
  size_t count, inner;
} NAME(reduce);

INLINE void NAME(reduce_fold)(const kernels_tile *tile, size_t from, size_t to, double *sums) {
  const NAME(reduce) *job = tile->job;
  const size_t inner = job->inner, start = (tile->outer * job->count + from) * inner + tile->column;
  const size_t rows = to - from, width = tile->width;
  const real *x = job->x + start;
  switch (job->reduction) {
    case KERNELS_SUM: NAME(fold_tile)(folding_sum, x, x, inner, rows, width, sums); return;
    case KERNELS_LARGEST: NAME(fold_tile)(folding_largest, x, x, inner, rows, width, sums); return;
  }
}
FOLD_PATHS(reduce)

static void NAME(reduce_end)(const kernels_tile *tile, const double *sums) {
  const NAME(reduce) *job = tile->job;
  real *y = job->y + tile->outer * job->inner + tile->column;
  for (size_t c = 0; c < tile->width; c++) y[c] = (real)sums[c];
}

void NAME(kernels_reduce)(kernels_reduction reduction, const real *x, real *y, size_t outer, size_t count,
                          size_t inner) {
  NAME(reduce) job = {reduction, x, y, count, inner};
  kernels_columns columns = {
      outer, count, inner, 1, (kernels_folding)reduction, NAME(reduce_fold_path)(), NAME(reduce_end), &job};
  kernels_fold_columns(&columns);
}

void NAME(kernels_index_of_largest)(const real *x, int32_t *y, size_t outer, size_t count, size_t inner) {
  for (size_t place = 0; place < outer * inner; place++) {
    const real *column = x + place / inner * count * inner + place % inner;
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
      real value = column[i * inner], most = column[best * inner];
      // The first NaN counts as the largest.
      if (value > most || (value != value && most == most)) best = i;
    }
    y[place] = (int32_t)best;
  }
}

#endif
