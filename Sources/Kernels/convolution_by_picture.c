// The adjoint in the picture, and the forward step of a transposed convolution.
//
// Result i reads pixel y through tap d where y + padding = i·stride + d·dilation. Seen from the pixel: only taps
// with d·dilation ≡ y + padding (mod stride) reach it, and with r that remainder, the tap reads result
// (y + padding − r)/stride − (d·dilation − r)/stride.
#ifndef real
#include "convolution_gather.h"
#include "product_blocks.h"

/// The pixels along one axis whose place plus the padding leaves the remainder r.
static kernels_progression pixels_of_phase(size_t size, ptrdiff_t padding, ptrdiff_t stride, ptrdiff_t r) {
  const ptrdiff_t first = (((r - padding) % stride) + stride) % stride;
  const size_t count = first < (ptrdiff_t)size ? (size_t)(((ptrdiff_t)size - first - 1) / stride + 1) : 0;
  return (kernels_progression){first, stride, (first + padding - r) / stride, 1, count};
}

static void convolve_by_picture(const kernels_arithmetic *arithmetic, const kernels_convolution *shape,
                                const void *g, const void *w, void *dx, const kernels_epilogue *epilogue,
                                kernels_packing *packing) {
  if (kernels_is_pointwise(shape)) {
    kernels_multiply(arithmetic, false, true, shape->batch * shape->height * shape->width, shape->channels,
                     shape->filters, g, w, dx, false, epilogue, packing);
    return;
  }
  const size_t window = shape->window_height * shape->window_width;
  const size_t phase_count = shape->stride_height * shape->stride_width;
  const size_t tap_bytes = 2 * window * sizeof(kernels_tap), phase_bytes = phase_count * sizeof(kernels_phase);
  kernels_tap *used = kernels_allocate(tap_bytes), *taps = used + window;
  kernels_phase *phases = kernels_allocate(phase_bytes);
  const size_t used_count = kernels_used_taps(shape, used);
  const ptrdiff_t stride_height = (ptrdiff_t)shape->stride_height, stride_width = (ptrdiff_t)shape->stride_width;

  size_t count = 0;
  for (ptrdiff_t i = 0; i < stride_height; i++)
    for (ptrdiff_t j = 0; j < stride_width; j++) {
      kernels_phase *phase = &phases[i * stride_width + j];
      phase->rows = pixels_of_phase(shape->height, shape->padding_top, stride_height, i);
      phase->columns = pixels_of_phase(shape->width, shape->padding_left, stride_width, j);
      phase->taps = taps + count;
      for (size_t t = 0; t < used_count; t++)
        if (used[t].down % stride_height == i && used[t].right % stride_width == j)
          taps[count++] = (kernels_tap){-(used[t].down / stride_height), -(used[t].right / stride_width),
                                        used[t].weights};
      phase->tap_count = (size_t)(taps + count - phase->taps);
    }

  const kernels_gathering job = {
      .arithmetic = arithmetic, .batch = shape->batch,
      .source = g, .source_height = shape->out_height, .source_width = shape->out_width,
      .depth = shape->filters, .result = dx, .result_height = shape->height, .result_width = shape->width,
      .columns = shape->channels, .phases = phases, .phase_count = phase_count, .weights = w,
      .window = window,
      .term_step = 1, .column_step = (ptrdiff_t)shape->filters, .layout = kernels_layout_by_picture,
      .epilogue = epilogue};
  if (!kernels_gather_thin_picture(&job, packing)) kernels_gather_picture(&job, packing);
  kernels_release(phases, phase_bytes);
  kernels_release(used, tap_bytes);
}

#define THIS_FILE "convolution_by_picture.c"
#include "twice.h"
#else

void NAME(kernels_convolve_by_picture)(const kernels_convolution *shape, const real *g, const real *w, real *dx,
                                       const kernels_epilogue *epilogue, kernels_packing *packing) {
  const kernels_arithmetic arithmetic = NAME(kernels_arithmetic)();
  convolve_by_picture(&arithmetic, shape, g, w, dx, epilogue, packing);
}

#endif
