#ifndef real
#include "loops.h"
#define THIS_FILE "movement.c"
#include "twice.h"
#else

void NAME(kernels_copy)(const real *x, const ptrdiff_t *x_strides, real *y, const ptrdiff_t *y_strides,
                        const size_t *shape, int rank, bool adding) {
  if (rank == 0) {
    *y = adding ? *y + *x : *x;
    return;
  }
  for (size_t i = 0; i < shape[0]; i++) {
    NAME(kernels_copy)(x + (ptrdiff_t)i * x_strides[0], x_strides + 1, y + (ptrdiff_t)i * y_strides[0],
                       y_strides + 1, shape + 1, rank - 1, adding);
  }
}

void NAME(kernels_gather)(const real *x, const int32_t *indices, real *y, size_t outer, size_t rows,
                          size_t count, size_t width) {
  for (size_t o = 0; o < outer; o++) {
    for (size_t i = 0; i < count; i++) {
      memcpy(y + (o * count + i) * width, x + (o * rows + (size_t)indices[i]) * width, width * sizeof(real));
    }
  }
}

void NAME(kernels_scatter)(const real *x, const int32_t *indices, real *y, size_t outer, size_t rows,
                           size_t count, size_t width) {
  for (size_t o = 0; o < outer; o++) {
    for (size_t i = 0; i < count; i++) {
      real *row = y + (o * rows + (size_t)indices[i]) * width;
      for (size_t c = 0; c < width; c++) row[c] += x[(o * count + i) * width + c];
    }
  }
}

void NAME(kernels_window_of_largest)(const real *x, int32_t *y, size_t batch, size_t height, size_t width,
                                     size_t channels, size_t window, size_t stride) {
  size_t out_height = (height - window) / stride + 1, out_width = (width - window) / stride + 1;
  for (size_t b = 0; b < batch; b++) {
    for (size_t i = 0; i < out_height; i++) {
      for (size_t j = 0; j < out_width; j++) {
        for (size_t c = 0; c < channels; c++) {
          size_t best = ((b * height + i * stride) * width + j * stride) * channels + c, corner = best;
          for (size_t di = 0; di < window; di++) {
            for (size_t dj = 0; dj < window; dj++) {
              size_t place = corner + (di * width + dj) * channels;
              if (x[place] > x[best] || (x[place] != x[place] && x[best] == x[best])) best = place;
            }
          }
          *y++ = (int32_t)best;
        }
      }
    }
  }
}

#endif
