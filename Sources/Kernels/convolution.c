// The forward step.
#ifndef real
#include "convolution_gather.h"
#include "product_blocks.h"

static void convolve(const kernels_arithmetic *arithmetic, const kernels_convolution *shape, const void *x,
                     const void *w, void *y, const kernels_epilogue *epilogue, kernels_packing *packing) {
  if (kernels_is_pointwise(shape)) {
    kernels_multiply(arithmetic, false, false, shape->batch * shape->height * shape->width, shape->filters,
                     shape->channels, x, w, y, false, epilogue, packing);
    return;
  }
  const size_t bytes = shape->window_height * shape->window_width * sizeof(kernels_tap);
  kernels_tap *taps = kernels_allocate(bytes);
  const kernels_phase phase = {
      .rows = {0, 1, -shape->padding_top, (ptrdiff_t)shape->stride_height, shape->out_height},
      .columns = {0, 1, -shape->padding_left, (ptrdiff_t)shape->stride_width, shape->out_width},
      .taps = taps, .tap_count = kernels_used_taps(shape, taps)};
  const kernels_gathering job = {
      .arithmetic = arithmetic, .batch = shape->batch,
      .source = x, .source_height = shape->height, .source_width = shape->width, .depth = shape->channels,
      .result = y, .result_height = shape->out_height, .result_width = shape->out_width,
      .columns = shape->filters, .phases = &phase, .phase_count = 1, .weights = w,
      .window = shape->window_height * shape->window_width,
      .term_step = (ptrdiff_t)shape->filters, .column_step = 1, .layout = kernels_layout_convolution,
      .epilogue = epilogue};
  if (!kernels_gather_thin_picture(&job, packing)) kernels_gather_picture(&job, packing);
  kernels_release(taps, bytes);
}

#define THIS_FILE "convolution.c"
#include "twice.h"
#else

void NAME(kernels_convolve)(const kernels_convolution *shape, const real *x, const real *w, real *y,
                            const kernels_epilogue *epilogue, kernels_packing *packing) {
  const kernels_arithmetic arithmetic = NAME(kernels_arithmetic)();
  convolve(&arithmetic, shape, x, w, y, epilogue, packing);
}

#endif
