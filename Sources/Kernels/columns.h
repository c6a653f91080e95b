// The way through an array [outer, count, inner] whose middle axis is folded. Columns are taken in tiles;
// where there is but one tile of many rows, the rows are folded in parts, whose results are joined in order.
// All of it follows from the shape, never from the number of threads.
#ifndef KERNELS_COLUMNS_H
#define KERNELS_COLUMNS_H

#include "folds.h"

enum {
  tile_columns = 256,  // at most
  most_quantities = 2,
};

typedef struct {
  const void *job;
  size_t outer;          // the place along the outer axis
  size_t column, width;  // the columns column ..< column + width
} kernels_tile;

/// Folds the rows from ..< to of a tile into sums [quantities, width].
typedef void (*kernels_tile_fold)(const kernels_tile *tile, size_t from, size_t to, double *sums);
/// Uses the sums of all rows.
typedef void (*kernels_tile_end)(const kernels_tile *tile, const double *sums);

typedef struct {
  size_t outer, count, inner;
  size_t quantities;  // how many numbers each column is folded to
  kernels_folding folding;
  kernels_tile_fold fold;
  kernels_tile_end end;
  const void *job;
} kernels_columns;

void kernels_fold_columns(const kernels_columns *columns);

/// Makes job_fold_path(), the fold of this machine's path, from the function job_fold.
#define FOLD_PATHS(job)                                                                                      \
  AVX2 static void NAME(job##_fold_avx2)(const kernels_tile *tile, size_t from, size_t to, double *sums) {  \
    NAME(job##_fold)(tile, from, to, sums);                                                                  \
  }                                                                                                          \
  static void NAME(job##_fold_portable)(const kernels_tile *tile, size_t from, size_t to, double *sums) {   \
    NAME(job##_fold)(tile, from, to, sums);                                                                  \
  }                                                                                                          \
  static inline kernels_tile_fold NAME(job##_fold_path)(void) {                                              \
    return kernels_use_avx2() ? NAME(job##_fold_avx2) : NAME(job##_fold_portable);                           \
  }

#endif
