#ifndef real
#include "loops.h"
#define THIS_FILE "normalisation.c"
#include "twice.h"
#else

void NAME(kernels_moments)(const real *x, real *mean, real *inverse_deviation, size_t outer, size_t count,
                           size_t inner, real epsilon) {
  for (size_t place = 0; place < outer * inner; place++) {
    const real *start = x + place / inner * count * inner + place % inner;
    double sum = 0, squares = 0;
    for (size_t i = 0; i < count; i++) sum += start[i * inner];
    double middle = sum / (double)count;
    for (size_t i = 0; i < count; i++) squares += (start[i * inner] - middle) * (start[i * inner] - middle);
    mean[place] = (real)middle;
    inverse_deviation[place] = (real)(1 / sqrt(squares / (double)count + epsilon));
  }
}

void NAME(kernels_normalise)(const real *x, const real *mean, const real *inverse_deviation, real *y,
                             size_t outer, size_t count, size_t inner) {
  for (size_t o = 0; o < outer; o++) {
    for (size_t i = 0; i < count; i++) {
      for (size_t c = 0; c < inner; c++) {
        size_t place = (o * count + i) * inner + c;
        y[place] = (x[place] - mean[o * inner + c]) * inverse_deviation[o * inner + c];
      }
    }
  }
}

void NAME(kernels_normalise_slope)(const real *y, const real *inverse_deviation, const real *g, real *dx,
                                   size_t outer, size_t count, size_t inner) {
  for (size_t place = 0; place < outer * inner; place++) {
    size_t start = place / inner * count * inner + place % inner;
    double sum = 0, products = 0;
    for (size_t i = 0; i < count; i++) {
      sum += g[start + i * inner];
      products += (double)g[start + i * inner] * y[start + i * inner];
    }
    sum /= (double)count, products /= (double)count;
    for (size_t i = 0; i < count; i++) {
      size_t at = start + i * inner;
      dx[at] = (real)(inverse_deviation[place] * (g[at] - sum - y[at] * products));
    }
  }
}

void NAME(kernels_scale_and_shift)(const real *x, const real *scale, const real *shift, real *y, size_t rows,
                                   size_t columns, bool rectified, real p) {
  for (size_t row = 0; row < rows; row++) {
    for (size_t c = 0; c < columns; c++) {
      real value = x[row * columns + c] * scale[c] + shift[c];
      if (rectified && !(value > p * value)) value = p * value;
      y[row * columns + c] = value;
    }
  }
}

#endif
