// Gathering towards few channels, as in a generator's last layer: a tile with one column for each of them would be
// mostly idle. Instead each pixel of the source is multiplied once with the weights of all taps, a column for each
// tap and channel, and the results' pixels then add up what their taps have made.
#ifndef real
#include "convolution_gather.h"
#include "machine.h"

#include <string.h>

enum { block_terms = 256, wanted_parts = 8 };

#define THIS_FILE "convolution_thin.c"
#include "twice.h"

typedef struct {
  const kernels_gathering *job;
  kernels_frame frame;     // what windows see: products beyond the source are zeros
  const char *weights;     // packed
  size_t columns, pitch;   // of the products of one pixel, the latter in bytes
  const ptrdiff_t *steps;  // of the terms
  const ptrdiff_t *offsets;  // of all phases' taps from their corners' products, in elements
  size_t parts;
} thin_gathering;

/// Lists the source's pixels within the frame, and where their products go. Returns their number.
static size_t list_pixels(const thin_gathering *work, const char *source, char *products, const char **a_rows,
                          char **c_rows) {
  const kernels_gathering *job = work->job;
  const kernels_frame frame = work->frame;
  size_t count = 0;
  for (ptrdiff_t i = 0; i < (ptrdiff_t)frame.height; i++)
    for (ptrdiff_t j = 0; j < (ptrdiff_t)frame.width; j++) {
      const ptrdiff_t y = frame.top + i, x = frame.left + j;
      if (y < 0 || x < 0 || y >= (ptrdiff_t)job->source_height || x >= (ptrdiff_t)job->source_width) continue;
      a_rows[count] = source + (y * (ptrdiff_t)job->source_width + x) * (ptrdiff_t)(job->depth * job->arithmetic->size);
      c_rows[count++] = products + (i * (ptrdiff_t)frame.width + j) * (ptrdiff_t)work->pitch;
    }
  return count;
}

static void multiply_pixels(const thin_gathering *work, size_t pixels, const char **a_rows, char **c_rows) {
  const kernels_gathering *job = work->job;
  // Whole panels: there is room for them, and the weights have zeros beyond the last column.
  kernels_block block = {.rows = pixels, .columns = work->pitch / job->arithmetic->size, .a_rows = a_rows,
                         .b_step = kernels_panel_bytes,
                         .b_panel_step = (ptrdiff_t)(job->depth * kernels_panel_bytes), .c_rows = c_rows};
  for (size_t term = 0; term < job->depth; term += block.terms) {
    block.terms = kernels_smaller(job->depth - term, block_terms);
    block.a_steps = work->steps + term;
    block.b = work->weights + term * kernels_panel_bytes;
    block.adding = term > 0;
    job->arithmetic->multiply(&block);
  }
}

static void add_taps(const thin_gathering *work, const char *products, char *result) {
  const kernels_gathering *job = work->job;
  const ptrdiff_t size = (ptrdiff_t)job->arithmetic->size, columns = (ptrdiff_t)job->columns;
  const ptrdiff_t *offsets = work->offsets;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    for (ptrdiff_t t = 0; t < (ptrdiff_t)phase->rows.count; t++)
      for (ptrdiff_t channel = 0; channel < columns; channel++) {
        const ptrdiff_t y = phase->rows.source + t * phase->rows.source_step - work->frame.top;
        const ptrdiff_t x = phase->columns.source - work->frame.left;
        const char *from = products + (y * (ptrdiff_t)work->frame.width + x) * (ptrdiff_t)work->pitch + channel * size;
        char *to = result + (((phase->rows.first + t * phase->rows.step) * (ptrdiff_t)job->result_width +
                              phase->columns.first) * columns + channel) * size;
        const ptrdiff_t step = phase->columns.source_step * (ptrdiff_t)work->pitch / size;
        if (size == sizeof(float))
          add_products_f((const float *)from, step, offsets, phase->tap_count, (float *)to,
                     phase->columns.step * columns, phase->columns.count);
        else
          add_products_d((const double *)from, step, offsets, phase->tap_count, (double *)to,
                     phase->columns.step * columns, phase->columns.count);
      }
    offsets += phase->tap_count;
  }
}

static void gather_part(void *context, size_t part) {
  const thin_gathering *work = context;
  const kernels_gathering *job = work->job;
  const size_t size = job->arithmetic->size, pixels = work->frame.height * work->frame.width;
  const size_t pointer_bytes = kernels_whole_lines(pixels * 2 * sizeof(char *));
  const size_t product_bytes = pixels * work->pitch, bytes = pointer_bytes + product_bytes;
  const char **a_rows = kernels_allocate(bytes);
  char **c_rows = (char **)(a_rows + pixels), *products = (char *)a_rows + pointer_bytes;
  memset(products, 0, product_bytes);

  const size_t picture = job->source_height * job->source_width * job->depth * size;
  const size_t result_pixels = job->result_height * job->result_width;
  const size_t end = kernels_part(job->batch, work->parts, part + 1);
  for (size_t i = kernels_part(job->batch, work->parts, part); i < end; i++) {
    char *result = job->result + i * result_pixels * job->columns * size;
    const size_t count = list_pixels(work, job->source + i * picture, products, a_rows, c_rows);
    multiply_pixels(work, count, a_rows, c_rows);
    add_taps(work, products, result);
    if (job->epilogue) job->arithmetic->finish(job->epilogue, result, result_pixels, job->columns);
    kernels_finish_curve(job->arithmetic, job->epilogue, result, result_pixels * job->columns);
  }
  kernels_release(a_rows, bytes);
}

static void pack_weights(const kernels_gathering *job, char *packed) {
  const size_t size = job->arithmetic->size, columns = job->window * job->columns;
  if (job->term_step == 1 && job->column_step == (ptrdiff_t)job->depth) {
    job->arithmetic->pack(job->weights, 1, (ptrdiff_t)job->depth, job->depth, columns, packed,
                          job->depth * kernels_panel_bytes);
    return;
  }
  // [window, depth, columns] → [depth, window, columns]
  const size_t bytes = job->depth * columns * size, line = job->columns * size;
  char *dense = kernels_allocate(bytes);
  for (size_t tap = 0; tap < job->window; tap++)
    for (size_t term = 0; term < job->depth; term++)
      memcpy(dense + (term * job->window + tap) * line, job->weights + (tap * job->depth + term) * line, line);
  job->arithmetic->pack(dense, (ptrdiff_t)columns, 1, job->depth, columns, packed, job->depth * kernels_panel_bytes);
  kernels_release(dense, bytes);
}

bool kernels_gather_thin_picture(const kernels_gathering *job, kernels_packing *packing) {
  const kernels_arithmetic *arithmetic = job->arithmetic;
  const size_t size = arithmetic->size, width = arithmetic->columns, columns = job->window * job->columns;
  const kernels_frame frame = kernels_visible_frame(job, 0, (ptrdiff_t)job->result_height);
  const size_t panels = kernels_divide_up(columns, width);
  const size_t seen = kernels_smaller(frame.height, job->source_height) * kernels_smaller(frame.width, job->source_width);
  const size_t thin_work = job->batch * seen * panels * width * job->depth;
  const size_t work_by_tiles = kernels_gathering_work(job) / (job->columns > 0 ? job->columns : 1) *
                               kernels_divide_up(job->columns, width) * width;
  if (2 * thin_work > work_by_tiles) return false;

  kernels_packed packed = kernels_packed_borrow(packing, job->layout, panels * job->depth * kernels_panel_bytes,
                                                ~kernels_gathering_signature(job));
  if (!packed.filled) pack_weights(job, packed.memory);

  size_t taps = 0;
  for (size_t p = 0; p < job->phase_count; p++) taps += job->phases[p].tap_count;
  const size_t bytes = (job->depth + taps) * sizeof(ptrdiff_t);
  ptrdiff_t *steps = kernels_allocate(bytes), *offsets = steps + job->depth;
  const size_t pitch = panels * kernels_panel_bytes;
  for (size_t i = 0; i < job->depth; i++) steps[i] = (ptrdiff_t)(i * size);
  for (size_t p = 0, at = 0; p < job->phase_count; p++)
    for (size_t t = 0; t < job->phases[p].tap_count; t++) {
      const kernels_tap tap = job->phases[p].taps[t];
      offsets[at++] = (tap.down * (ptrdiff_t)frame.width + tap.right) * (ptrdiff_t)(pitch / size) +
                      (ptrdiff_t)(tap.weights * job->columns);
    }
  const thin_gathering work = {.job = job, .frame = frame, .weights = packed.memory, .columns = columns,
                               .pitch = pitch, .steps = steps, .offsets = offsets,
                               .parts = kernels_smaller(job->batch, wanted_parts)};
  kernels_share(thin_work, work.parts, gather_part, (void *)&work);
  kernels_release(steps, bytes);
  kernels_packed_return(packed);
  return true;
}

#else

/// y[i] (+)= Σ p[i·p_step + offsets[t]] over so few taps that the loop over them vanishes.
INLINE void NAME(add_some)(const int taps, const real *p, ptrdiff_t p_step, const ptrdiff_t *offsets, real *y,
                           ptrdiff_t y_step, size_t count, bool adding) {
  const real *from[4];
  for (int t = 0; t < taps; t++) from[t] = p + offsets[t];
  for (ptrdiff_t i = 0; i < (ptrdiff_t)count; i++) {
    real sum = adding ? y[i * y_step] : 0;
    for (int t = 0; t < taps; t++) sum += from[t][i * p_step];
    y[i * y_step] = sum;
  }
}

static void NAME(add_products)(const real *p, ptrdiff_t p_step, const ptrdiff_t *offsets, size_t taps, real *y,
                               ptrdiff_t y_step, size_t count) {
  size_t tap = 0;
  do {
    switch (taps - tap) {
      case 0: NAME(add_some)(0, p, p_step, offsets + tap, y, y_step, count, tap > 0); break;
      case 1: NAME(add_some)(1, p, p_step, offsets + tap, y, y_step, count, tap > 0); break;
      case 2: NAME(add_some)(2, p, p_step, offsets + tap, y, y_step, count, tap > 0); break;
      case 3: NAME(add_some)(3, p, p_step, offsets + tap, y, y_step, count, tap > 0); break;
      default: NAME(add_some)(4, p, p_step, offsets + tap, y, y_step, count, tap > 0); break;
    }
    tap += 4;
  } while (tap < taps);
}

#endif
