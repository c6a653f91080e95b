// Mean and deviation over the middle axis of [outer, count, inner], in one pass.
//
// The squares are those of the distance from each column's first number, so that nothing is lost where the mean
// is far from zero: the variance is their mean, less the square of that number's own distance d from the mean.
// Mostly d is of the size of the deviation. Where it is not, since the first number is an outlier, or where the
// squares were beyond the numbers' range, the columns are gone through again, from their means and in float64.
#ifndef real
#include "columns.h"

enum { most_variances = 16 };  // that d² may be: then the difference has lost 4 bits

#define THIS_FILE "moments.c"
#include "twice.h"
#else

typedef struct {
  const real *x;
  real *mean, *inverse_deviation, epsilon;
  size_t count, inner;
} NAME(moments);

/// Adds the distances of rows from `first`, and their squares.
INLINE void NAME(add_distances)(const real *x, const real *first, size_t stride, size_t rows, size_t width,
                                double *sums, double *squares) {
#define DISTANCE(row) (x[(row) * stride + c] - first[c])
#define FOUR(row) ((DISTANCE(row) + DISTANCE(row + 1)) + (DISTANCE(row + 2) + DISTANCE(row + 3)))
#define SQUARE(row) (DISTANCE(row) * DISTANCE(row))
#define FOUR_SQUARES(row) ((SQUARE(row) + SQUARE(row + 1)) + (SQUARE(row + 2) + SQUARE(row + 3)))
  for (; rows >= 8; rows -= 8, x += 8 * stride) {
    EACH(c, width) {
      sums[c] += FOUR(0) + FOUR(4);
      squares[c] += FOUR_SQUARES(0) + FOUR_SQUARES(4);
    }
  }
  for (; rows > 0; rows--, x += stride) {
    EACH(c, width) {
      sums[c] += DISTANCE(0);
      squares[c] += SQUARE(0);
    }
  }
#undef DISTANCE
#undef FOUR
#undef SQUARE
#undef FOUR_SQUARES
}

INLINE void NAME(moments_fold)(const kernels_tile *tile, size_t from, size_t to, double *sums) {
  const NAME(moments) *job = tile->job;
  const size_t inner = job->inner, width = tile->width;
  const real *first = job->x + tile->outer * job->count * inner + tile->column, *x = first + from * inner;
  double *squares = sums + width;
  size_t rows = to - from, together = inner == 1 ? 16 : rows_in_wide(inner);
  if (together > 1 && rows >= 2 * together) {
    const size_t wide = together * inner;
    double wide_sums[widest], wide_squares[widest];
    real wide_first[widest];
    for (size_t c = 0; c < wide; c++) {
      wide_first[c] = c < inner ? first[c] : wide_first[c - inner];
      wide_sums[c] = wide_squares[c] = 0;
    }
    if (inner == 1) {
      NAME(add_distances)(x, wide_first, 16, rows / 16, 16, wide_sums, wide_squares);
    } else {
      NAME(add_distances)(x, wide_first, wide, rows / together, wide, wide_sums, wide_squares);
    }
    for (size_t start = 0; start < wide; start += inner) {
      for (size_t c = 0; c < inner; c++) {
        sums[c] += wide_sums[start + c];
        squares[c] += wide_squares[start + c];
      }
    }
    x += rows / together * wide;
    rows %= together;
  }
  NAME(add_distances)(x, first, inner, rows, width, sums, squares);
}
FOLD_PATHS(moments)

static void NAME(look_again)(const real *x, size_t stride, size_t rows, size_t width, double *means,
                             double *variances) {
  double sums[tile_columns] = {0}, squares[tile_columns] = {0};
  for (size_t row = 0; row < rows; row++) {
    EACH(c, width) sums[c] += x[row * stride + c];
  }
  for (size_t c = 0; c < width; c++) means[c] = sums[c] / (double)rows;
  for (size_t row = 0; row < rows; row++) {
    EACH(c, width) squares[c] += (x[row * stride + c] - means[c]) * (x[row * stride + c] - means[c]);
  }
  for (size_t c = 0; c < width; c++) variances[c] = squares[c] / (double)rows;
}

static void NAME(moments_end)(const kernels_tile *tile, const double *sums) {
  const NAME(moments) *job = tile->job;
  const real *first = job->x + tile->outer * job->count * job->inner + tile->column;
  const size_t start = tile->outer * job->inner + tile->column;
  double means[tile_columns], variances[tile_columns];
  bool trusted = true;
  for (size_t c = 0; c < tile->width; c++) {
    const double distance = sums[c] / (double)job->count;
    means[c] = first[c] + distance;
    variances[c] = sums[tile->width + c] / (double)job->count - distance * distance;
    trusted &= (variances[c] < INFINITY) & (distance * distance <= most_variances * variances[c]);
  }
  if (!trusted) NAME(look_again)(first, job->inner, job->count, tile->width, means, variances);
  for (size_t c = 0; c < tile->width; c++) {
    // Divided by an infinite deviation, numbers beyond all bounds would become calm zeros.
    const double variance = variances[c] < INFINITY ? variances[c] : NAN;
    job->mean[start + c] = (real)means[c];
    job->inverse_deviation[start + c] = (real)(1 / sqrt(variance + job->epsilon));
  }
}

void NAME(kernels_moments)(const real *x, real *mean, real *inverse_deviation, size_t outer, size_t count,
                           size_t inner, real epsilon) {
  if (count == 0) return;
  NAME(moments) job = {x, mean, inverse_deviation, epsilon, count, inner};
  kernels_columns columns = {
      outer, count, inner, 2, folding_sum, NAME(moments_fold_path)(), NAME(moments_end), &job};
  kernels_fold_columns(&columns);
}

#endif
