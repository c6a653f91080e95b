#ifndef real
#include "loops.h"
#define THIS_FILE "gates.c"
#include "twice.h"
#else

static real NAME(sigmoid)(real x) { return 1 / (1 + MATH(exp)(-x)); }

void NAME(kernels_gate)(const real *x, real *y, size_t rows, size_t width) {
  for (size_t row = 0; row < rows; row++) {
    const real *left = x + row * 2 * width, *right = left + width;
    for (size_t i = 0; i < width; i++) y[row * width + i] = MATH(tanh)(left[i]) * NAME(sigmoid)(right[i]);
  }
}

void NAME(kernels_gate_slope)(const real *x, const real *g, real *dx, size_t rows, size_t width) {
  for (size_t row = 0; row < rows; row++) {
    const real *left = x + row * 2 * width, *right = left + width;
    real *d_left = dx + row * 2 * width, *d_right = d_left + width;
    for (size_t i = 0; i < width; i++) {
      real t = MATH(tanh)(left[i]), s = NAME(sigmoid)(right[i]), cotangent = g[row * width + i];
      d_left[i] = cotangent * s * (1 - t * t);
      d_right[i] = cotangent * t * s * (1 - s);
    }
  }
}

void NAME(kernels_memory_cell)(const real *gates, const real *memory, real *y, real *active, size_t rows,
                               size_t width) {
  for (size_t row = 0; row < rows; row++) {
    const real *input = gates + row * 4 * width, *forget = input + width;
    const real *candidate = forget + width, *output = candidate + width;
    for (size_t i = 0; i < width; i++) {
      size_t at = row * width + i;
      real in = NAME(sigmoid)(input[i]), keep = NAME(sigmoid)(forget[i]);
      real new = MATH(tanh)(candidate[i]), out = NAME(sigmoid)(output[i]);
      real cell = keep * memory[at] + in * new;
      y[at] = cell;
      y[rows * width + at] = out * MATH(tanh)(cell);
      if (active) {
        real *kept = active + row * 4 * width + i;
        kept[0] = in, kept[width] = keep, kept[2 * width] = new, kept[3 * width] = out;
      }
    }
  }
}

void NAME(kernels_memory_cell_slope)(const real *active, const real *memory, const real *y, const real *g,
                                     real *d_gates, real *d_memory, size_t rows, size_t width) {
  for (size_t row = 0; row < rows; row++) {
    for (size_t i = 0; i < width; i++) {
      size_t at = row * width + i;
      const real *kept = active + row * 4 * width + i;
      real in = kept[0], keep = kept[width], new = kept[2 * width], out = kept[3 * width];
      real t = MATH(tanh)(y[at]), d_state = g[rows * width + at];
      real d_cell = g[at] + d_state * out * (1 - t * t);
      real *d = d_gates + row * 4 * width + i;
      d[0] = d_cell * new * in * (1 - in);
      d[width] = d_cell * memory[at] * keep * (1 - keep);
      d[2 * width] = d_cell * in * (1 - new * new);
      d[3 * width] = d_state * t * out * (1 - out);
      d_memory[at] = d_cell * keep;
    }
  }
}

#endif
