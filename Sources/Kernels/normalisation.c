// Rows with a few constants for each column: normalising and its slope.
#ifndef real
#include "columns.h"

// Short rows are done several at a time, about so many elements.
enum { wide_row = 128 };

typedef enum { normalising, normalising_slope } row_work;

#define THIS_FILE "normalisation.c"
#include "twice.h"
#else

/// y from x (and z) and the constants k of its column.
INLINE real NAME(row_item)(row_work work, real x, real z, const real *k0, const real *k1, const real *k2,
                           size_t c) {
  switch (work) {
    case normalising: return (x - k0[c]) * k1[c];
    case normalising_slope: return k0[c] * (x - k1[c] - z * k2[c]);
  }
}

/// Rows lie `stride` apart; each `count` of them have constants of their own.
typedef struct {
  row_work work;
  const real *x, *z;
  real *y;
  const real *constants[3];
  size_t count, stride, width;
} NAME(rows);

INLINE void NAME(do_rows)(row_work work, const NAME(rows) * job, size_t from, size_t to) {
  const size_t width = job->width, stride = job->stride;
  if (width == 0) return;
  while (from < to) {
    const size_t rest = job->count - from % job->count, end = to - from < rest ? to : from + rest;
    const real *k[3], *x = job->x + from * stride, *z = job->z + from * stride;
    real *y = job->y + from * stride;
    for (int i = 0; i < 3; i++) k[i] = job->constants[i] + from / job->count * width;
    size_t elements = (end - from) * width;
    if (width == 1 && stride == 1) {
      EACH(i, elements) y[i] = NAME(row_item)(work, x[i], z[i], k[0], k[1], k[2], 0);
    } else if ((width < 16 || (width < 64 && width % 8 > 0)) && stride == width) {
      // Several short rows are one long row, whose constants repeat themselves.
      real wide[3][wide_row];
      size_t all = wide_row / width * width;
      all = all < elements ? all : elements;
      for (int i = 0; i < 3; i++) {
        for (size_t c = 0; c < all; c++) wide[i][c] = c < width ? k[i][c] : wide[i][c - width];
      }
      for (; elements > 0; elements -= all, x += all, z += all, y += all) {
        all = all < elements ? all : elements;
        EACH(c, all) y[c] = NAME(row_item)(work, x[c], z[c], wide[0], wide[1], wide[2], c);
      }
    } else {
      for (size_t row = from; row < end; row++, x += stride, z += stride, y += stride) {
        EACH(c, width) y[c] = NAME(row_item)(work, x[c], z[c], k[0], k[1], k[2], c);
      }
    }
    from = end;
  }
}

INLINE void NAME(rows_range)(const NAME(rows) * job, size_t from, size_t to) {
  switch (job->work) {
    case normalising: NAME(do_rows)(normalising, job, from, to); return;
    case normalising_slope: NAME(do_rows)(normalising_slope, job, from, to); return;
  }
}
PATHS(rows)

void NAME(kernels_normalise)(const real *x, const real *mean, const real *inverse_deviation, real *y,
                             size_t outer, size_t count, size_t inner) {
  NAME(rows) job = {normalising, x, x, y, {mean, inverse_deviation, mean}, count, inner, inner};
  NAME(rows_run)(&job, outer * count, piece_of(inner));
}

// MARK: The slope: two sums for each column, then its rows

typedef struct {
  const real *y, *inverse_deviation, *g;
  real *dx;
  size_t count, inner;
} NAME(slope);

INLINE void NAME(slope_fold)(const kernels_tile *tile, size_t from, size_t to, double *sums) {
  const NAME(slope) *job = tile->job;
  const size_t inner = job->inner, start = (tile->outer * job->count + from) * inner + tile->column;
  NAME(fold_tile)(folding_sum, job->g + start, job->g + start, inner, to - from, tile->width, sums);
  NAME(fold_tile)(folding_products, job->g + start, job->y + start, inner, to - from, tile->width,
                  sums + tile->width);
}
FOLD_PATHS(slope)

static void NAME(slope_end)(const kernels_tile *tile, const double *sums) {
  const NAME(slope) *job = tile->job;
  const size_t start = tile->outer * job->count * job->inner + tile->column;
  real means[tile_columns], products[tile_columns];
  for (size_t c = 0; c < tile->width; c++) {
    means[c] = (real)(sums[c] / (double)job->count);
    products[c] = (real)(sums[tile->width + c] / (double)job->count);
  }
  const real *deviation = job->inverse_deviation + tile->outer * job->inner + tile->column;
  NAME(rows) rows = {normalising_slope, job->g + start, job->y + start, job->dx + start,
                     {deviation, means, products}, job->count, job->inner, tile->width};
  NAME(rows_run)(&rows, job->count, piece_of(tile->width));
}

void NAME(kernels_normalise_slope)(const real *y, const real *inverse_deviation, const real *g, real *dx,
                                   size_t outer, size_t count, size_t inner) {
  NAME(slope) job = {y, inverse_deviation, g, dx, count, inner};
  kernels_columns columns = {
      outer, count, inner, 2, folding_sum, NAME(slope_fold_path)(), NAME(slope_end), &job};
  kernels_fold_columns(&columns);
}

#endif
