// The adjoint in the weights: a product of the pictures under each tap, transposed, with the results' cotangent. It
// has one row for each used tap and channel, one column for each filter, and one term for each pixel of the results.
#ifndef real
#include <string.h>

#include "convolution_window.h"
#include "product_blocks.h"

enum {
  block_terms = 256,
  group_bytes = 192 * 1024,  // of pictures with their borders: they stay in the second cache
  pair = 2,                  // panels that AVX-512 takes at once
  rows_in_place = 24,        // so few rows do not repay a packed copy of g
};

typedef struct {
  const kernels_arithmetic *arithmetic;
  const kernels_convolution *shape;
  const char *x, *g;
  char *dw;
  bool adding;
  const kernels_tap *taps;
  kernels_frame frame;     // what the windows see of a picture
  bool bordered;           // whether that goes beyond the picture
  size_t group;            // pictures at once
  size_t picture_terms;    // pixels of one result
  const ptrdiff_t *steps;  // from a group's first window to each window of the group
  size_t rows, row_parts, column_parts;
} weighing;

/// Sets where each row's taps and channels are for the group's first window, and where its sums go.
static void find_rows(const weighing *job, const char *origin, size_t row, size_t rows, size_t column,
                      const char **a_rows, char **c_rows) {
  const size_t size = job->arithmetic->size, channels = job->shape->channels;
  for (size_t i = 0; i < rows; i++) {
    const kernels_tap tap = job->taps[(row + i) / channels];
    const size_t channel = (row + i) % channels;
    const ptrdiff_t pixel = tap.down * (ptrdiff_t)job->frame.width + tap.right;
    a_rows[i] = origin + (pixel * (ptrdiff_t)channels + (ptrdiff_t)channel) * (ptrdiff_t)size;
    c_rows[i] = job->dw + ((tap.weights * channels + channel) * job->shape->filters + column) * size;
  }
}

static void weigh_part(void *context, size_t part) {
  const weighing *job = context;
  const kernels_convolution *shape = job->shape;
  const size_t size = job->arithmetic->size, width = job->arithmetic->columns;
  const size_t row = kernels_part(job->rows, job->row_parts, part / job->column_parts);
  const size_t rows = kernels_part(job->rows, job->row_parts, part / job->column_parts + 1) - row;
  const size_t pairs = kernels_divide_up(shape->filters, pair * width);
  const size_t column = kernels_part(pairs, job->column_parts, part % job->column_parts) * pair * width;
  const size_t end = kernels_part(pairs, job->column_parts, part % job->column_parts + 1) * pair * width;
  const size_t columns = kernels_smaller(end, shape->filters) - column;

  const size_t picture = shape->height * shape->width * shape->channels * size;
  const size_t framed = job->frame.height * job->frame.width * shape->channels * size;
  const size_t copy_bytes = job->bordered ? job->group * framed : 0;
  const size_t longest = kernels_smaller(block_terms, job->group * job->picture_terms);
  const bool in_place = rows <= rows_in_place && columns % width == 0;
  const size_t packed_bytes = in_place ? 0 : longest * kernels_divide_up(columns, width) * kernels_panel_bytes;
  const size_t pointer_bytes = kernels_whole_lines(rows * 2 * sizeof(char *));
  const size_t bytes = pointer_bytes + packed_bytes + copy_bytes;
  const char **a_rows = kernels_allocate(bytes);
  char **c_rows = (char **)(a_rows + rows);
  char *packed = (char *)a_rows + pointer_bytes, *copy = packed + packed_bytes;
  const ptrdiff_t corner = (job->frame.top * (ptrdiff_t)shape->width + job->frame.left) *
                           (ptrdiff_t)(shape->channels * size);
  find_rows(job, job->bordered ? copy : job->x + corner, row, rows, column, a_rows, c_rows);

  kernels_block block = {.rows = rows, .columns = columns, .a_rows = a_rows, .b = packed,
                         .b_step = in_place ? (ptrdiff_t)(shape->filters * size) : kernels_panel_bytes,
                         .b_panel_step = kernels_panel_bytes, .c_rows = c_rows, .adding = job->adding};
  for (size_t first = 0; first < shape->batch; first += job->group) {
    const size_t pictures = kernels_smaller(job->group, shape->batch - first);
    for (size_t i = 0; i < pictures && job->bordered; i++)
      kernels_copy_frame(job->frame, job->x + (first + i) * picture, shape->height, shape->width,
                         shape->channels * size, copy + i * framed);
    if (!job->bordered) block.a_offset = (ptrdiff_t)(first * picture);

    const size_t terms = pictures * job->picture_terms, blocks = kernels_divide_up(terms, block_terms);
    for (size_t i = 0; i < blocks; i++) {
      const size_t term = kernels_part(terms, blocks, i);
      block.terms = kernels_part(terms, blocks, i + 1) - term;
      const char *g = job->g + ((first * job->picture_terms + term) * shape->filters + column) * size;
      if (in_place) {
        block.b = g;
      } else {
        block.b_panel_step = (ptrdiff_t)(block.terms * kernels_panel_bytes);
        job->arithmetic->pack(g, (ptrdiff_t)shape->filters, 1, block.terms, columns, packed,
                              block.terms * kernels_panel_bytes);
      }
      block.a_steps = job->steps + term;
      job->arithmetic->multiply(&block);
      block.adding = true;
    }
  }
  kernels_release(a_rows, bytes);
}

/// The steps from the first window of a group of pictures to each of its windows.
static void find_steps(const weighing *job, ptrdiff_t *steps) {
  const kernels_convolution *shape = job->shape;
  const size_t pixel = shape->channels * job->arithmetic->size;
  const size_t width = job->bordered ? job->frame.width : shape->width;
  const size_t height = job->bordered ? job->frame.height : shape->height;
  for (size_t b = 0; b < job->group; b++)
    for (size_t i = 0; i < shape->out_height; i++)
      for (size_t j = 0; j < shape->out_width; j++)
        *steps++ = (ptrdiff_t)((b * height + i * shape->stride_height) * width + j * shape->stride_width) *
                   (ptrdiff_t)pixel;
}

static void convolve_by_weights(const kernels_arithmetic *arithmetic, const kernels_convolution *shape,
                                const void *x, const void *g, void *dw, bool adding) {
  if (kernels_is_pointwise(shape)) {
    kernels_multiply(arithmetic, true, false, shape->channels, shape->filters,
                     shape->batch * shape->height * shape->width, x, g, dw, adding, NULL, NULL);
    return;
  }
  const size_t size = arithmetic->size, window = shape->window_height * shape->window_width;
  if (!adding) memset(dw, 0, window * shape->channels * shape->filters * size);
  kernels_tap *taps = kernels_allocate(window * sizeof(kernels_tap));
  weighing job = {.arithmetic = arithmetic, .shape = shape, .x = x, .g = g, .dw = dw, .adding = adding, .taps = taps};
  job.rows = kernels_used_taps(shape, taps) * shape->channels;
  job.picture_terms = shape->out_height * shape->out_width;
  const size_t all_terms = shape->batch * job.picture_terms;

  if (job.rows > 0 && all_terms > 0 && shape->filters > 0) {
    job.frame = (kernels_frame){
        -shape->padding_top, -shape->padding_left,
        (shape->out_height - 1) * shape->stride_height + (shape->window_height - 1) * shape->dilation_height + 1,
        (shape->out_width - 1) * shape->stride_width + (shape->window_width - 1) * shape->dilation_width + 1};
    job.bordered = !kernels_frame_is_inside(job.frame, shape->height, shape->width);
    if (!job.bordered) job.frame.width = shape->width;
    const size_t framed = job.frame.height * job.frame.width * shape->channels * size;
    job.group = kernels_smaller(shape->batch, framed < group_bytes ? group_bytes / framed : 1);
    const size_t step_bytes = job.group * job.picture_terms * sizeof(ptrdiff_t);
    ptrdiff_t *steps = kernels_allocate(step_bytes);
    find_steps(&job, steps);
    job.steps = steps;

    // One part for each thread and no more: every part reads all pictures, and each row of parts all of g. What is
    // summed in which order is the same however C is cut.
    const size_t threads = (size_t)kernels_threads();
    job.column_parts = kernels_smaller(kernels_divide_up(shape->filters, pair * arithmetic->columns), threads);
    job.row_parts = kernels_smaller(kernels_divide_up(threads, job.column_parts), job.rows);
    kernels_share(job.rows * all_terms * shape->filters, job.row_parts * job.column_parts, weigh_part, &job);
    kernels_release(steps, step_bytes);
  }
  kernels_release(taps, window * sizeof(kernels_tap));
}

#define THIS_FILE "convolution_by_weights.c"
#include "twice.h"
#else

void NAME(kernels_convolve_by_weights)(const kernels_convolution *shape, const real *x, const real *g, real *dw,
                                       bool adding) {
  const kernels_arithmetic arithmetic = NAME(kernels_arithmetic)();
  convolve_by_weights(&arithmetic, shape, x, g, dw, adding);
}

#endif
