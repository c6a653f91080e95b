// Squares of 8 × 8 float32 and 4 × 4 float64, transposed within registers. Inlined into a function for AVX2 these
// are its shuffles; elsewhere the compiler splits them in halves.
#ifndef KERNELS_PRODUCT_TRANSPOSE_H
#define KERNELS_PRODUCT_TRANSPOSE_H

#include <stddef.h>

typedef float kernels_row_f __attribute__((vector_size(32), aligned(4)));
typedef double kernels_row_d __attribute__((vector_size(32), aligned(8)));

#define FIRST_HALVES(a, b) __builtin_shufflevector(a, b, 0, 1, 2, 3, 8, 9, 10, 11)
#define SECOND_HALVES(a, b) __builtin_shufflevector(a, b, 4, 5, 6, 7, 12, 13, 14, 15)
#define FIRST_PAIRS(a, b) __builtin_shufflevector(a, b, 0, 1, 8, 9, 4, 5, 12, 13)
#define SECOND_PAIRS(a, b) __builtin_shufflevector(a, b, 2, 3, 10, 11, 6, 7, 14, 15)
#define FIRST_ONES(a, b) __builtin_shufflevector(a, b, 0, 8, 1, 9, 4, 12, 5, 13)
#define SECOND_ONES(a, b) __builtin_shufflevector(a, b, 2, 10, 3, 11, 6, 14, 7, 15)

/// y[j, i] = x[i, j] for 8 × 8 elements; steps between rows in elements.
static inline __attribute__((always_inline)) void kernels_transpose_square_f(const float *x, ptrdiff_t x_step,
                                                                             float *y, ptrdiff_t y_step) {
  kernels_row_f a[8], b[8];
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i++) a[i] = *(const kernels_row_f *)(x + i * x_step);
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i += 2) {
    b[i] = FIRST_ONES(a[i], a[i + 1]);
    b[i + 1] = SECOND_ONES(a[i], a[i + 1]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 8; i += 4) {
    a[i] = FIRST_PAIRS(b[i], b[i + 2]);
    a[i + 1] = SECOND_PAIRS(b[i], b[i + 2]);
    a[i + 2] = FIRST_PAIRS(b[i + 1], b[i + 3]);
    a[i + 3] = SECOND_PAIRS(b[i + 1], b[i + 3]);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) {
    *(kernels_row_f *)(y + i * y_step) = FIRST_HALVES(a[i], a[i + 4]);
    *(kernels_row_f *)(y + (i + 4) * y_step) = SECOND_HALVES(a[i], a[i + 4]);
  }
}

/// y[j, i] = x[i, j] for 4 × 4 elements.
static inline __attribute__((always_inline)) void kernels_transpose_square_d(const double *x, ptrdiff_t x_step,
                                                                             double *y, ptrdiff_t y_step) {
  kernels_row_d a[4], b[4];
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i++) a[i] = *(const kernels_row_d *)(x + i * x_step);
#pragma clang loop unroll(full)
  for (int i = 0; i < 4; i += 2) {
    b[i] = __builtin_shufflevector(a[i], a[i + 1], 0, 4, 2, 6);
    b[i + 1] = __builtin_shufflevector(a[i], a[i + 1], 1, 5, 3, 7);
  }
#pragma clang loop unroll(full)
  for (int i = 0; i < 2; i++) {
    *(kernels_row_d *)(y + i * y_step) = __builtin_shufflevector(b[i], b[i + 2], 0, 1, 4, 5);
    *(kernels_row_d *)(y + (i + 2) * y_step) = __builtin_shufflevector(b[i], b[i + 2], 2, 3, 6, 7);
  }
}

#endif
