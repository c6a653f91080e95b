// A picture computed from another one: each pixel of the result is a product of the weights with the pixels
// that a window shows of the source. The forward step is one such computation. The adjoint in the picture is
// stride² of them, one for each phase: result pixels whose place leaves the same remainders see the same taps.
#ifndef KERNELS_CONVOLUTION_GATHER_H
#define KERNELS_CONVOLUTION_GATHER_H

#include "convolution_window.h"

/// Along one axis: the result's places first, first + step, … (`count` of them) have their windows' corners at
/// source, source + source_step, ….
typedef struct {
  ptrdiff_t first, step, source, source_step;
  size_t count;
} kernels_progression;

typedef struct {
  kernels_progression rows, columns;
  const kernels_tap *taps;
  size_t tap_count;
} kernels_phase;

typedef struct {
  const kernels_arithmetic *arithmetic;
  size_t batch;
  const char *source;
  size_t source_height, source_width, depth;  // depth: channels of the source
  char *result;
  size_t result_height, result_width, columns;  // columns: channels of the result
  const kernels_phase *phases;
  size_t phase_count;
  const char *weights;
  ptrdiff_t term_step, column_step;  // within one tap's matrix, in elements
  kernels_layout layout;
  const kernels_epilogue *epilogue;
} kernels_gathering;

void kernels_gather_picture(const kernels_gathering *job, kernels_packing *packing);

#endif
