// What both ways to gather a picture ask of its phases.
#include "convolution_gather.h"

size_t kernels_count_before(const kernels_progression *progression, ptrdiff_t place) {
  if (place <= progression->first) return 0;
  const size_t count = (size_t)((place - progression->first + progression->step - 1) / progression->step);
  return kernels_smaller(count, progression->count);
}

/// Widens low ..< high by the source's places that the t-th of a progression's windows see, first ≤ t < end.
static void widen(const kernels_progression *progression, size_t first, size_t end, ptrdiff_t tap,
                  ptrdiff_t *low, ptrdiff_t *high) {
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
