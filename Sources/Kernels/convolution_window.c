#include "convolution_window.h"

#include <string.h>

#include "convolution_gather.h"

size_t kernels_used_taps(const kernels_convolution *shape, kernels_tap *taps) {
  size_t count = 0;
  for (size_t i = 0; i < shape->window_height; i++)
    for (size_t j = 0; j < shape->window_width; j++) {
      const size_t place = i * shape->window_width + j;
      if (shape->taps && !shape->taps[place]) continue;
      taps[count++] = (kernels_tap){(ptrdiff_t)(i * shape->dilation_height),
                                    (ptrdiff_t)(j * shape->dilation_width), place};
    }
  return count;
}

bool kernels_is_pointwise(const kernels_convolution *shape) {
  return shape->window_height == 1 && shape->window_width == 1 && shape->stride_height == 1 &&
         shape->stride_width == 1 && shape->padding_top == 0 && shape->padding_left == 0 &&
         shape->out_height == shape->height && shape->out_width == shape->width &&
         (!shape->taps || shape->taps[0]);
}

// MARK: Frames

bool kernels_frame_is_inside(kernels_frame frame, size_t height, size_t width) {
  return frame.top >= 0 && frame.left >= 0 && frame.top + (ptrdiff_t)frame.height <= (ptrdiff_t)height &&
         frame.left + (ptrdiff_t)frame.width <= (ptrdiff_t)width;
}

void kernels_copy_frame(kernels_frame frame, const char *picture, size_t height, size_t width,
                        size_t pixel_bytes, char *copy) {
  const size_t row_bytes = frame.width * pixel_bytes;
  const ptrdiff_t right = frame.left + (ptrdiff_t)frame.width;
  const ptrdiff_t from = frame.left < 0 ? 0 : frame.left;
  const ptrdiff_t to = right < (ptrdiff_t)width ? right : (ptrdiff_t)width;
  for (size_t i = 0; i < frame.height; i++, copy += row_bytes) {
    const ptrdiff_t y = frame.top + (ptrdiff_t)i;
    if (y < 0 || y >= (ptrdiff_t)height || from >= to) {
      memset(copy, 0, row_bytes);
      continue;
    }
    const size_t before = (size_t)(from - frame.left) * pixel_bytes;
    const size_t inside = (size_t)(to - from) * pixel_bytes;
    memset(copy, 0, before);
    memcpy(copy + before, picture + ((size_t)y * width + (size_t)from) * pixel_bytes, inside);
    memset(copy + before + inside, 0, row_bytes - before - inside);
  }
}

/// Widens low ..< high by the source's places that the t-th of a progression's windows see, first ≤ t < end.
static void widen(const kernels_progression *progression, size_t first, size_t end, ptrdiff_t tap, ptrdiff_t *low,
                  ptrdiff_t *high) {
  const ptrdiff_t start = progression->source + tap;
  const ptrdiff_t near = start + (ptrdiff_t)first * progression->source_step;
  const ptrdiff_t far = start + (ptrdiff_t)(end - 1) * progression->source_step + 1;
  if (near < *low) *low = near;
  if (far > *high) *high = far;
}

kernels_frame kernels_visible_frame(const kernels_gathering *job, ptrdiff_t from, ptrdiff_t to) {
  ptrdiff_t top = PTRDIFF_MAX, bottom = PTRDIFF_MIN, left = PTRDIFF_MAX, right = PTRDIFF_MIN;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    const size_t first = kernels_count_before(&phase->rows, from), end = kernels_count_before(&phase->rows, to);
    for (size_t t = 0; t < phase->tap_count && phase->columns.count > 0; t++) {
      if (first < end) widen(&phase->rows, first, end, phase->taps[t].down, &top, &bottom);
      widen(&phase->columns, 0, phase->columns.count, phase->taps[t].right, &left, &right);
    }
  }
  if (top >= bottom || left >= right) return (kernels_frame){0};
  return (kernels_frame){top, left, (size_t)(bottom - top), (size_t)(right - left)};
}

// MARK: Gatherings

size_t kernels_count_before(const kernels_progression *progression, ptrdiff_t place) {
  if (place <= progression->first) return 0;
  const size_t count = (size_t)((place - progression->first + progression->step - 1) / progression->step);
  return kernels_smaller(count, progression->count);
}

size_t kernels_gathering_work(const kernels_gathering *job) {
  size_t work = 0;
  for (size_t p = 0; p < job->phase_count; p++)
    work += job->phases[p].rows.count * job->phases[p].columns.count * job->phases[p].tap_count;
  return work * job->batch * job->depth * job->columns;
}

uint64_t kernels_gathering_signature(const kernels_gathering *job) {
  const size_t sizes[] = {job->depth, job->columns, job->window, job->arithmetic->size};
  uint64_t signature = kernels_digest(0, sizes, sizeof sizes);
  for (size_t p = 0; p < job->phase_count; p++) {
    signature = kernels_digest(signature, &job->phases[p].tap_count, sizeof(size_t));
    signature = kernels_digest(signature, job->phases[p].taps, job->phases[p].tap_count * sizeof(kernels_tap));
  }
  return signature;
}
