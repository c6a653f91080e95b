// Folding many numbers into few: sums, sums of products, largest.
//
// Eight rows at a time are folded in the arrays' own precision, as a tree, and their result goes into a
// float64 for each column. So the error of a float32 sum hardly grows with its length, and only memory limits
// the speed.
#ifndef real
#ifndef KERNELS_FOLDS_H
#define KERNELS_FOLDS_H
#include "loops.h"

typedef enum { folding_sum = KERNELS_SUM, folding_largest = KERNELS_LARGEST, folding_products } kernels_folding;

INLINE double fold(kernels_folding folding, double a, double b) {
  switch (folding) {
    case folding_sum:
    case folding_products: return a + b;
    // A NaN on either side stays.
    case folding_largest: return a > b || a != a ? a : b;
  }
}

INLINE double start_of_fold(kernels_folding folding) { return folding == folding_largest ? -INFINITY : 0; }

/// Rows whose width is no multiple of eight are taken so many at a time, as one wide row.
enum { widest = 512 };
INLINE size_t rows_in_wide(size_t inner) {
  size_t power_of_two = inner & -inner;
  return power_of_two >= 8 || inner >= 64 ? 1 : 8 / power_of_two;
}

#define THIS_FILE "folds.h"
#include "twice.h"
#undef THIS_FILE
#endif
#else

INLINE real NAME(fold)(kernels_folding folding, real a, real b) {
  switch (folding) {
    case folding_sum:
    case folding_products: return a + b;
    case folding_largest: return a > b || a != a ? a : b;
  }
}

/// sums[c] folded with the numbers of column c. Rows are `stride` apart. b is read by sums of products alone.
INLINE void NAME(fold_rows)(kernels_folding folding, const real *a, const real *b, size_t stride,
                            size_t rows, size_t width, double *sums) {
#define ITEM(row) \
  (folding == folding_products ? a[(row) * stride + c] * b[(row) * stride + c] : a[(row) * stride + c])
#define TWO(row) NAME(fold)(folding, ITEM(row), ITEM((row) + 1))
#define FOUR(row) NAME(fold)(folding, TWO(row), TWO((row) + 2))
  for (; rows >= 8; rows -= 8, a += 8 * stride, b += 8 * stride) {
    EACH(c, width) sums[c] = fold(folding, sums[c], NAME(fold)(folding, FOUR(0), FOUR(4)));
  }
  for (; rows > 0; rows--, a += stride, b += stride) {
    EACH(c, width) sums[c] = fold(folding, sums[c], ITEM(0));
  }
#undef ITEM
#undef TWO
#undef FOUR
}

/// The fold of `count` neighbours, as rows of sixteen.
INLINE double NAME(fold_line)(kernels_folding folding, const real *a, const real *b, size_t count) {
  double result = start_of_fold(folding);
  size_t whole = count / 16 * 16;
  if (whole > 0) {
    double sums[16];
    for (size_t c = 0; c < 16; c++) sums[c] = result;
    NAME(fold_rows)(folding, a, b, 16, count / 16, 16, sums);
    for (size_t half = 8; half > 0; half /= 2) {
      for (size_t c = 0; c < half; c++) sums[c] = fold(folding, sums[c], sums[c + half]);
    }
    result = sums[0];
  }
  for (size_t i = whole; i < count; i++) {
    result = fold(folding, result, folding == folding_products ? a[i] * b[i] : a[i]);
  }
  return result;
}

/// sums[c] folded with rows of `inner` numbers, or with `width` of each.
INLINE void NAME(fold_tile)(kernels_folding folding, const real *a, const real *b, size_t inner,
                            size_t rows, size_t width, double *sums) {
  if (inner == 1) {
    *sums = fold(folding, *sums, NAME(fold_line)(folding, a, b, rows));
    return;
  }
  const size_t together = rows_in_wide(inner), wide_width = together * inner;
  if (together > 1 && rows >= 32 * together) {
    double wide[widest];
    for (size_t c = 0; c < wide_width; c++) wide[c] = start_of_fold(folding);
    NAME(fold_rows)(folding, a, b, wide_width, rows / together, wide_width, wide);
    for (size_t start = 0; start < wide_width; start += inner) {
      for (size_t c = 0; c < inner; c++) sums[c] = fold(folding, sums[c], wide[start + c]);
    }
    a += rows / together * wide_width;
    b += rows / together * wide_width;
    rows %= together;
  }
  NAME(fold_rows)(folding, a, b, inner, rows, width, sums);
}

#endif
