// A picture computed from another one: each pixel of the result is the sum of what the weights make of the
// pixels that a window shows of the source. The forward step is one such computation. The adjoint in the
// picture is stride² of them, one for each phase: result pixels whose place leaves the same remainders see the
// same taps.
#ifndef KERNELS_CONVOLUTION_GATHER_H
#define KERNELS_CONVOLUTION_GATHER_H

#include "convolution_window.h"

/// Along one axis: the result's places first, first + step, … (`count` of them) have their windows' corners
/// at source, source + source_step, ….
typedef struct {
  ptrdiff_t first, step, source, source_step;
  size_t count;
} kernels_progression;

/// How many of a progression's places lie before `place`.
size_t kernels_count_before(const kernels_progression *progression, ptrdiff_t place);

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
  size_t window;                       // places of the window, each with a [depth, columns] matrix
  ptrdiff_t term_step, column_step;    // within such a matrix, in elements
  kernels_layout layout;
  const kernels_epilogue *epilogue;
} kernels_gathering;

/// What the windows of the result's rows from ..< to of one picture see of the source.
kernels_frame kernels_visible_frame(const kernels_gathering *job, ptrdiff_t from, ptrdiff_t to);
/// Multiplications in all phases.
size_t kernels_gathering_work(const kernels_gathering *job);
/// A digest of what the packed weights' order depends on.
uint64_t kernels_gathering_signature(const kernels_gathering *job);

void kernels_gather_picture(const kernels_gathering *job, kernels_packing *packing);
/// Does the same where the result has so few channels that most of a tile would be idle, or returns false.
bool kernels_gather_thin_picture(const kernels_gathering *job, kernels_packing *packing);

#endif
