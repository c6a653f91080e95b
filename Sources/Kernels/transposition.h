// Transposing a matrix by squares of eight, and those by squares of 32, which stay in the nearest cache.
#ifndef real
#ifndef KERNELS_TRANSPOSITION_H
#define KERNELS_TRANSPOSITION_H
#include "loops.h"

enum { square = 32 };

#define THIS_FILE "transposition.h"
#include "twice.h"
#undef THIS_FILE
#endif
#else

typedef real NAME(eight) __attribute__((vector_size(8 * sizeof(real)), aligned(sizeof(real)), may_alias));

/// y[j·y_stride + i] = x[i·x_stride + j] for i and j below 8.
INLINE void NAME(transpose_eight)(const real *x, ptrdiff_t x_stride, real *y, ptrdiff_t y_stride,
                                  bool adding) {
  NAME(eight) a[8], b[8];
  for (int i = 0; i < 8; i++) a[i] = *(const NAME(eight) *)(x + i * x_stride);
  // Ones, pairs and fours change places with those of the row 1, 2 and 4 further on.
  for (int i = 0; i < 8; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 8, 2, 10, 4, 12, 6, 14);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 9, 3, 11, 5, 13, 7, 15);
  }
  for (int i = 0; i < 8; i += i % 4 == 1 ? 3 : 1) {
    a[i] = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 8, 9, 4, 5, 12, 13);
    a[i + 2] = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 10, 11, 6, 7, 14, 15);
  }
  for (int i = 0; i < 4; i++) {
    b[i] = __builtin_shufflevector(a[i], a[i + 4], 0, 1, 2, 3, 8, 9, 10, 11);
    b[i + 4] = __builtin_shufflevector(a[i], a[i + 4], 4, 5, 6, 7, 12, 13, 14, 15);
  }
  for (int i = 0; i < 8; i++) {
    NAME(eight) *row = (NAME(eight) *)(y + i * y_stride);
    *row = adding ? *row + b[i] : b[i];
  }
}

INLINE void NAME(transpose_square)(const real *x, ptrdiff_t x_stride, real *y, ptrdiff_t y_stride,
                                   ptrdiff_t width, ptrdiff_t height, bool adding) {
  ptrdiff_t wide = width / 8 * 8, high = height / 8 * 8;
  for (ptrdiff_t j = 0; j < wide; j += 8) {
    for (ptrdiff_t i = 0; i < high; i += 8) {
      NAME(transpose_eight)(x + i * x_stride + j, x_stride, y + j * y_stride + i, y_stride, adding);
    }
  }
  for (ptrdiff_t j = 0; j < width; j++) {
    for (ptrdiff_t i = j < wide ? high : 0; i < height; i++) {
      const real value = x[i * x_stride + j];
      y[j * y_stride + i] = adding ? y[j * y_stride + i] + value : value;
    }
  }
}

/// y[j·y_stride + i] = x[i·x_stride + j] for j < rows, i < columns; added where `adding`.
INLINE void NAME(transpose)(const real *x, ptrdiff_t x_stride, real *y, ptrdiff_t y_stride, size_t rows,
                            size_t columns, bool adding) {
  for (size_t i = 0; i < columns; i += square) {
    const size_t height = columns - i < square ? columns - i : square;
    for (size_t j = 0; j < rows; j += square) {
      const size_t width = rows - j < square ? rows - j : square;
      const real *from = x + (ptrdiff_t)i * x_stride + (ptrdiff_t)j;
      real *to = y + (ptrdiff_t)j * y_stride + (ptrdiff_t)i;
      if (adding) {
        NAME(transpose_square)(from, x_stride, to, y_stride, (ptrdiff_t)width, (ptrdiff_t)height, true);
      } else {
        NAME(transpose_square)(from, x_stride, to, y_stride, (ptrdiff_t)width, (ptrdiff_t)height, false);
      }
    }
  }
}

#endif
