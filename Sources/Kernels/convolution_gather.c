// Gathering by tiles: a row for each pixel of the result, a column for each of its channels, a term for each
// tap and channel of the source.
#include "convolution_gather.h"

enum {
  pixels_at_once = 512,     // of each phase: a panel is used by so many while it is in the first cache
  band_bytes = 256 * 1024,  // of pictures with their borders: they stay in the second cache
};

/// What is the same for all parts of the work.
typedef struct {
  const kernels_gathering *job;
  bool bordered;              // whether windows see beyond the source
  size_t width;               // of the source, or of its copies with a border
  char *const *weights;       // each phase's packed panels
  ptrdiff_t *const *steps;    // each phase's steps
  size_t rows_at_once;
} gathering;

// MARK: One part: some rows of the result

/// Rows of the result, counted through all pictures.
typedef struct {
  size_t from, to, first_picture, pictures;
} stretch;

/// The part of one picture's rows that a stretch has.
static void rows_within(const gathering *work, stretch rows, size_t picture, ptrdiff_t *from, ptrdiff_t *to) {
  const size_t height = work->job->result_height, top = (rows.first_picture + picture) * height;
  *from = rows.from > top ? (ptrdiff_t)(rows.from - top) : 0;
  *to = (ptrdiff_t)kernels_smaller(rows.to - top, height);
}

static size_t copied_bytes(const gathering *work, stretch rows) {
  size_t pixels = 0;
  for (size_t i = 0; i < rows.pictures && work->bordered; i++) {
    ptrdiff_t from, to;
    rows_within(work, rows, i, &from, &to);
    pixels += kernels_visible_frame(work->job, from, to).height * work->width;
  }
  return pixels * work->job->depth * work->job->arithmetic->size;
}

/// Finds where each picture's pixel (0, 0) is, or would be in a copy with a border.
static void find_origins(const gathering *work, stretch rows, char *copy, const char **origins) {
  const kernels_gathering *job = work->job;
  const size_t pixel = job->depth * job->arithmetic->size;
  for (size_t i = 0; i < rows.pictures; i++) {
    origins[i] = job->source + (rows.first_picture + i) * job->source_height * job->source_width * pixel;
    if (!work->bordered) continue;
    ptrdiff_t from, to;
    rows_within(work, rows, i, &from, &to);
    kernels_frame frame = kernels_visible_frame(job, from, to);
    kernels_copy_frame(frame, origins[i], job->source_height, job->source_width, pixel, copy);
    origins[i] = copy - (frame.top * (ptrdiff_t)work->width + frame.left) * (ptrdiff_t)pixel;
    copy += frame.height * frame.width * pixel;
  }
}

/// Lists the pixels of a phase: where their windows' corners are, and where the results go. Returns how many.
static size_t list_pixels(const gathering *work, stretch rows, const kernels_phase *phase,
                          const char *const *origins, const char **a_rows, char **c_rows) {
  const kernels_gathering *job = work->job;
  const size_t size = job->arithmetic->size;
  const ptrdiff_t pixel = (ptrdiff_t)(job->depth * size), result_pixel = (ptrdiff_t)(job->columns * size);
  size_t count = 0;
  for (size_t i = 0; i < rows.pictures; i++) {
    char *result = job->result + (rows.first_picture + i) * job->result_height * job->result_width *
                                     job->columns * size;
    ptrdiff_t from, to;
    rows_within(work, rows, i, &from, &to);
    const ptrdiff_t end = (ptrdiff_t)kernels_count_before(&phase->rows, to);
    for (ptrdiff_t t = (ptrdiff_t)kernels_count_before(&phase->rows, from); t < end; t++) {
      const ptrdiff_t y = phase->rows.source + t * phase->rows.source_step;
      const ptrdiff_t result_y = phase->rows.first + t * phase->rows.step;
      const char *a = origins[i] + (y * (ptrdiff_t)work->width + phase->columns.source) * pixel;
      char *c = result + (result_y * (ptrdiff_t)job->result_width + phase->columns.first) * result_pixel;
      for (size_t s = 0; s < phase->columns.count; s++) {
        a_rows[count] = a;
        c_rows[count++] = c;
        a += phase->columns.source_step * pixel;
        c += phase->columns.step * result_pixel;
      }
    }
  }
  return count;
}

static void multiply_phase(const gathering *work, size_t phase, size_t pixels, const char *const *a_rows,
                           char *const *c_rows) {
  const kernels_gathering *job = work->job;
  const size_t terms = job->phases[phase].tap_count * job->depth;
  kernels_block block = {.rows = pixels, .columns = job->columns, .a_rows = a_rows,
                         .b_step = kernels_panel_bytes,
                         .b_panel_step = (ptrdiff_t)(terms * kernels_panel_bytes), .c_rows = c_rows};
  size_t term = 0;
  do {
    block.terms = kernels_smaller(terms - term, kernels_block_terms);
    block.a_steps = work->steps[phase] + term;
    block.b = work->weights[phase] + term * kernels_panel_bytes;
    block.adding = term > 0;
    term += block.terms;
    if (term == terms) kernels_block_finish(&block, job->arithmetic, job->epilogue, 0);
    job->arithmetic->multiply(&block);
  } while (term < terms);
}

static void gather_part(void *context, size_t part) {
  const gathering *work = context;
  const kernels_gathering *job = work->job;
  const size_t from = part * work->rows_at_once;
  const size_t to = kernels_smaller(from + work->rows_at_once, job->batch * job->result_height);
  const size_t first = from / job->result_height;
  const stretch rows = {from, to, first, (to - 1) / job->result_height - first + 1};

  const size_t copied = copied_bytes(work, rows), most_pixels = (to - from) * job->result_width;
  const size_t pointer_bytes = kernels_whole_lines((rows.pictures + 2 * most_pixels) * sizeof(char *));
  const size_t bytes = pointer_bytes + copied;
  const char **origins = kernels_allocate(bytes), **a_rows = origins + rows.pictures;
  char **c_rows = (char **)(a_rows + most_pixels);

  find_origins(work, rows, (char *)origins + pointer_bytes, origins);
  for (size_t p = 0; p < job->phase_count; p++) {
    const size_t pixels = list_pixels(work, rows, &job->phases[p], origins, a_rows, c_rows);
    multiply_phase(work, p, pixels, a_rows, c_rows);
  }
  const size_t row_elements = job->result_width * job->columns;
  kernels_finish_curve(job->arithmetic, job->epilogue,
                       job->result + from * row_elements * job->arithmetic->size, (to - from) * row_elements);
  kernels_release(origins, bytes);
}

// MARK: All parts

/// All phases' weights, each tap's matrix [depth, columns] below the one before.
static void pack_weights(const gathering *work) {
  const kernels_gathering *job = work->job;
  const size_t matrix = job->depth * job->columns * job->arithmetic->size;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    for (size_t t = 0; t < phase->tap_count; t++)
      job->arithmetic->pack(job->weights + phase->taps[t].weights * matrix, job->term_step, job->column_step,
                            job->depth, job->columns, work->weights[p] + t * job->depth * kernels_panel_bytes,
                            phase->tap_count * job->depth * kernels_panel_bytes);
  }
}

/// From a window's corner to each of a phase's taps and channels.
static void find_steps(const gathering *work, const kernels_phase *phase, ptrdiff_t *steps) {
  const ptrdiff_t depth = (ptrdiff_t)work->job->depth, size = (ptrdiff_t)work->job->arithmetic->size;
  for (size_t t = 0; t < phase->tap_count; t++) {
    const ptrdiff_t pixel = phase->taps[t].down * (ptrdiff_t)work->width + phase->taps[t].right;
    for (ptrdiff_t i = 0; i < depth; i++) *steps++ = (pixel * depth + i) * size;
  }
}

/// So many that a panel of weights is used often, and that what they see fits into the second cache.
static size_t choose_rows(const kernels_gathering *job, kernels_frame frame, bool bordered) {
  const size_t frame_bytes = frame.height * frame.width * job->depth * job->arithmetic->size;
  size_t rows = pixels_at_once * job->phase_count / job->result_width;
  if (bordered && frame_bytes > 0) rows = kernels_smaller(rows, band_bytes * job->result_height / frame_bytes);
  if (rows == 0) return 1;
  return rows > job->result_height ? rows - rows % job->result_height : rows;
}

void kernels_gather_picture(const kernels_gathering *job, kernels_packing *packing) {
  if (job->batch * job->result_height * job->result_width * job->columns == 0) return;
  const kernels_frame frame = kernels_visible_frame(job, 0, (ptrdiff_t)job->result_height);
  const bool bordered = !kernels_frame_is_inside(frame, job->source_height, job->source_width);

  size_t terms = 0;
  for (size_t p = 0; p < job->phase_count; p++) terms += job->phases[p].tap_count * job->depth;
  const size_t panels = kernels_divide_up(job->columns, job->arithmetic->columns);
  kernels_packed packed = kernels_packed_borrow(packing, job->layout, panels * terms * kernels_panel_bytes,
                                                kernels_gathering_signature(job));

  const size_t bytes = job->phase_count * (sizeof(char *) + sizeof(ptrdiff_t *)) + terms * sizeof(ptrdiff_t);
  char **weights = kernels_allocate(bytes);
  ptrdiff_t **steps = (ptrdiff_t **)(weights + job->phase_count);
  const gathering work = {.job = job, .bordered = bordered,
                          .width = bordered ? frame.width : job->source_width, .weights = weights,
                          .steps = steps, .rows_at_once = choose_rows(job, frame, bordered)};
  size_t term = 0;
  for (size_t p = 0; p < job->phase_count; p++) {
    weights[p] = packed.memory + panels * term * kernels_panel_bytes;
    steps[p] = (ptrdiff_t *)(steps + job->phase_count) + term;
    find_steps(&work, &job->phases[p], steps[p]);
    term += job->phases[p].tap_count * job->depth;
  }
  if (!packed.filled) pack_weights(&work);

  const size_t parts = kernels_divide_up(job->batch * job->result_height, work.rows_at_once);
  kernels_share(kernels_gathering_work(job), parts, gather_part, (void *)&work);
  kernels_release(weights, bytes);
  kernels_packed_return(packed);
}
