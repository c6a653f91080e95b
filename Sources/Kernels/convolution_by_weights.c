// The adjoint in the weights: a product of the pictures under each tap, transposed, with the results'
// cotangent. One row for each tap and channel, one term for each pixel of the results.
#include <string.h>

#include "convolution_window.h"

enum { block_rows = 192, block_terms = 256 };

typedef struct {
  const kernels_arithmetic *arithmetic;
  const kernels_convolution *shape;
  const char *x;  // bordered where need be
  kernels_frame frame;
  const kernels_tap *taps;
  const ptrdiff_t *steps;  // from the first pixel's window to each pixel's
  const char *g;           // packed
  char *dw;
  size_t rows, terms;
  size_t row_parts, column_parts;
  bool adding;
} weighing;

static void weigh_part(void *context, size_t part) {
  const weighing *job = context;
  const size_t size = job->arithmetic->size, width = job->arithmetic->columns;
  const size_t channels = job->shape->channels, filters = job->shape->filters;
  const size_t row_part = part / job->column_parts, column_part = part % job->column_parts;
  const size_t row = kernels_part(job->rows, job->row_parts, row_part);
  const size_t rows = kernels_part(job->rows, job->row_parts, row_part + 1) - row;
  const size_t panels = kernels_divide_up(filters, width);
  const size_t panel = kernels_part(panels, job->column_parts, column_part), column = panel * width;
  const size_t end = kernels_part(panels, job->column_parts, column_part + 1) * width;

  const char *a_rows[block_rows];
  char *c_rows[block_rows];
  for (size_t i = 0; i < rows; i++) {
    const kernels_tap tap = job->taps[(row + i) / channels];
    const size_t channel = (row + i) % channels;
    const ptrdiff_t y = tap.down - job->shape->padding_top - job->frame.top;
    const ptrdiff_t x = tap.right - job->shape->padding_left - job->frame.left;
    a_rows[i] = job->x + (((size_t)y * job->frame.width + (size_t)x) * channels + channel) * size;
    c_rows[i] = job->dw + ((tap.weights * channels + channel) * filters + column) * size;
  }
  kernels_block block = {.rows = rows, .columns = kernels_smaller(end, filters) - column, .a_rows = a_rows,
                         .b_step = kernels_panel_bytes,
                         .b_panel_step = (ptrdiff_t)(job->terms * kernels_panel_bytes), .c_rows = c_rows};
  for (size_t term = 0; term < job->terms; term += block.terms) {
    block.terms = kernels_smaller(job->terms - term, block_terms);
    block.a_steps = job->steps + term;
    block.b = job->g + (panel * job->terms + term) * kernels_panel_bytes;
    block.adding = job->adding || term > 0;
    job->arithmetic->multiply(&block);
  }
}

static void convolve_by_weights(const kernels_arithmetic *arithmetic, const kernels_convolution *shape,
                                const char *x, const void *g, char *dw, bool adding) {
  const size_t size = arithmetic->size, window = shape->window_height * shape->window_width;
  const size_t pixel = shape->channels * size;
  if (!adding) memset(dw, 0, window * shape->channels * shape->filters * size);
  kernels_tap *taps = kernels_allocate(window * sizeof(kernels_tap));
  weighing job = {.arithmetic = arithmetic, .shape = shape, .dw = dw, .adding = adding, .taps = taps};
  job.rows = kernels_used_taps(shape, taps) * shape->channels;
  job.terms = shape->batch * shape->out_height * shape->out_width;

  if (job.rows > 0 && job.terms > 0 && shape->filters > 0) {
    const size_t window_height = (shape->window_height - 1) * shape->dilation_height + 1;
    const size_t window_width = (shape->window_width - 1) * shape->dilation_width + 1;
    job.frame = (kernels_frame){-shape->padding_top, -shape->padding_left,
                                (shape->out_height - 1) * shape->stride_height + window_height,
                                (shape->out_width - 1) * shape->stride_width + window_width};
    const bool bordered = !kernels_frame_is_inside(job.frame, shape->height, shape->width);
    if (!bordered) job.frame = (kernels_frame){0, 0, shape->height, shape->width};
    const size_t picture = shape->height * shape->width * pixel;
    const size_t bordered_picture = job.frame.height * job.frame.width * pixel;
    const size_t copy_bytes = bordered ? shape->batch * bordered_picture : 0;
    char *copy = kernels_allocate(copy_bytes);
    for (size_t b = 0; b < shape->batch && bordered; b++)
      kernels_copy_frame(job.frame, x + b * picture, shape->height, shape->width, pixel,
                         copy + b * bordered_picture);
    job.x = bordered ? copy : x;

    ptrdiff_t *steps = kernels_allocate(job.terms * sizeof(ptrdiff_t));
    size_t term = 0;
    for (size_t b = 0; b < shape->batch; b++)
      for (size_t i = 0; i < shape->out_height; i++)
        for (size_t j = 0; j < shape->out_width; j++)
          steps[term++] = (ptrdiff_t)(b * bordered_picture +
                                      (i * shape->stride_height * job.frame.width + j * shape->stride_width) *
                                          pixel);
    job.steps = steps;

    const size_t panels = kernels_divide_up(shape->filters, arithmetic->columns);
    const size_t packed_bytes = panels * job.terms * kernels_panel_bytes;
    char *packed = kernels_allocate(packed_bytes);
    kernels_pack(arithmetic, g, (ptrdiff_t)shape->filters, 1, job.terms, shape->filters, packed);
    job.g = packed;

    job.row_parts = kernels_divide_up(job.rows, block_rows);
    job.column_parts = kernels_smaller(panels, kernels_divide_up(4, job.row_parts));
    kernels_share(job.rows * job.terms * shape->filters, job.row_parts * job.column_parts, weigh_part, &job);
    kernels_release(packed, packed_bytes);
    kernels_release(steps, job.terms * sizeof(ptrdiff_t));
    kernels_release(copy, copy_bytes);
  }
  kernels_release(taps, window * sizeof(kernels_tap));
}

void kernels_convolve_by_weights_f(const kernels_convolution *shape, const float *x, const float *g,
                                   float *dw, bool adding) {
  convolve_by_weights(kernels_arithmetic_f(), shape, (const char *)x, g, (char *)dw, adding);
}

void kernels_convolve_by_weights_d(const kernels_convolution *shape, const double *x, const double *g,
                                   double *dw, bool adding) {
  convolve_by_weights(kernels_arithmetic_d(), shape, (const char *)x, g, (char *)dw, adding);
}
