#include "convolution_gather.h"

enum {
  block_terms = 256,            // 16 KB of a panel of weights
  pixels_at_once = 288,         // of each phase: a panel is used by so many while it is in the first cache
  band_bytes = 256 * 1024,      // of bordered pictures: they stay in the second cache
};

/// What is the same for all parts of the work.
typedef struct {
  const kernels_gathering *job;
  char *packed;
  char **phase_weights;  // each phase's packed panels
  ptrdiff_t **steps;     // each phase's steps
  ptrdiff_t reach_above, reach_below;  // of all phases' windows, relative to a result row's own source
  kernels_frame frame;   // of a whole picture
  bool bordered;         // whether the source must be copied into a border of zeros
  size_t rows_at_once;
} gathering;

/// The t of a progression whose places are first reached at or after `place`.
static size_t count_before(const kernels_progression *progression, ptrdiff_t place) {
  if (place <= progression->first) return 0;
  const size_t count = (size_t)((place - progression->first + progression->step - 1) / progression->step);
  return kernels_smaller(count, progression->count);
}

/// The source rows that the result's rows from ..< to need, as a frame as wide as the whole picture's.
static kernels_frame frame_of_rows(const gathering *work, ptrdiff_t from, ptrdiff_t to) {
  const kernels_gathering *job = work->job;
  ptrdiff_t top = PTRDIFF_MAX, bottom = PTRDIFF_MIN;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    const size_t first = count_before(&phase->rows, from), end = count_before(&phase->rows, to);
    if (first == end) continue;
    for (size_t t = 0; t < phase->tap_count; t++) {
      const ptrdiff_t down = phase->rows.source + phase->taps[t].down;
      const ptrdiff_t high = down + (ptrdiff_t)first * phase->rows.source_step;
      const ptrdiff_t low = down + (ptrdiff_t)(end - 1) * phase->rows.source_step + 1;
      if (high < top) top = high;
      if (low > bottom) bottom = low;
    }
  }
  kernels_frame frame = work->frame;
  frame.top = top < bottom ? top : 0;
  frame.height = top < bottom ? (size_t)(bottom - top) : 0;
  return frame;
}

static void find_frame(gathering *work) {
  const kernels_gathering *job = work->job;
  ptrdiff_t left = PTRDIFF_MAX, right = PTRDIFF_MIN;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    if (phase->columns.count == 0) continue;
    for (size_t t = 0; t < phase->tap_count; t++) {
      const ptrdiff_t first = phase->columns.source + phase->taps[t].right;
      const ptrdiff_t last = first + (ptrdiff_t)(phase->columns.count - 1) * phase->columns.source_step;
      if (first < left) left = first;
      if (last + 1 > right) right = last + 1;
    }
  }
  work->frame.left = left < right ? left : 0;
  work->frame.width = left < right ? (size_t)(right - left) : 0;
  work->frame = frame_of_rows(work, 0, (ptrdiff_t)job->result_height);
  work->bordered = !kernels_frame_is_inside(work->frame, job->source_height, job->source_width);
}

/// The rows of the result, of all pictures one below the other, that part `part` computes.
static void gather_part(void *context, size_t part) {
  const gathering *work = context;
  const kernels_gathering *job = work->job;
  const size_t size = job->arithmetic->size, pixel = job->depth * size;
  const size_t height = job->result_height;
  const size_t from = part * work->rows_at_once;
  const size_t to = kernels_smaller(from + work->rows_at_once, job->batch * height);
  const size_t first_picture = from / height, pictures = (to - 1) / height - first_picture + 1;

  // Where each picture's pixel at (0, 0) of the source is, or would be.
  const char **origins = kernels_allocate(pictures * sizeof(char *));
  const size_t width = work->bordered ? work->frame.width : job->source_width;
  size_t band = 0;
  char *copies = NULL;
  if (work->bordered) {
    for (size_t i = 0; i < pictures; i++) {
      const size_t top = (first_picture + i) * height;
      const kernels_frame frame = frame_of_rows(work, from > top ? (ptrdiff_t)(from - top) : 0,
                                                (ptrdiff_t)kernels_smaller(to - top, height));
      band += frame.height * frame.width * pixel;
    }
    copies = kernels_allocate(band);
  }
  char *copy = copies;
  for (size_t i = 0; i < pictures; i++) {
    const size_t top = (first_picture + i) * height;
    const char *source = job->source + (first_picture + i) * job->source_height * job->source_width * pixel;
    origins[i] = source;
    if (!work->bordered) continue;
    const kernels_frame frame = frame_of_rows(work, from > top ? (ptrdiff_t)(from - top) : 0,
                                              (ptrdiff_t)kernels_smaller(to - top, height));
    kernels_copy_frame(frame, source, job->source_height, job->source_width, pixel, copy);
    origins[i] = copy - (frame.top * (ptrdiff_t)width + frame.left) * (ptrdiff_t)pixel;
    copy += frame.height * frame.width * pixel;
  }

  const size_t room = (to - from) * job->result_width;
  const char **a_rows = kernels_allocate(room * sizeof(char *));
  char **c_rows = kernels_allocate(room * sizeof(char *));
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    size_t rows = 0;
    for (size_t i = 0; i < pictures; i++) {
      const size_t top = (first_picture + i) * height;
      const size_t end = count_before(&phase->rows, (ptrdiff_t)kernels_smaller(to - top, height));
      for (size_t t = count_before(&phase->rows, from > top ? (ptrdiff_t)(from - top) : 0); t < end; t++) {
        const ptrdiff_t y = phase->rows.source + (ptrdiff_t)t * phase->rows.source_step;
        const size_t result_row = top + (size_t)(phase->rows.first + (ptrdiff_t)t * phase->rows.step);
        for (size_t s = 0; s < phase->columns.count; s++, rows++) {
          const ptrdiff_t x = phase->columns.source + (ptrdiff_t)s * phase->columns.source_step;
          const size_t result_column = (size_t)(phase->columns.first + (ptrdiff_t)s * phase->columns.step);
          a_rows[rows] = origins[i] + (y * (ptrdiff_t)width + x) * (ptrdiff_t)pixel;
          c_rows[rows] = job->result +
                         ((first_picture * height + result_row - first_picture * height) *
                              job->result_width + result_column) * job->columns * size;
        }
      }
    }
    const size_t terms = phase->tap_count * job->depth;
    kernels_block block = {.rows = rows, .columns = job->columns, .a_rows = a_rows,
                           .b_step = kernels_panel_bytes,
                           .b_panel_step = (ptrdiff_t)(terms * kernels_panel_bytes), .c_rows = c_rows};
    size_t term = 0;
    do {
      block.terms = kernels_smaller(terms - term, block_terms);
      block.a_steps = work->steps[p] + term;
      block.b = work->phase_weights[p] + term * kernels_panel_bytes;
      block.adding = term > 0;
      term += block.terms;
      if (term == terms) kernels_block_finish(&block, job->arithmetic, job->epilogue, 0);
      job->arithmetic->multiply(&block);
    } while (term < terms);
  }
  kernels_finish_curve(job->arithmetic, job->epilogue,
                       job->result + from * job->result_width * job->columns * size,
                       (to - from) * job->result_width * job->columns);

  kernels_release(c_rows, room * sizeof(char *));
  kernels_release(a_rows, room * sizeof(char *));
  if (copies) kernels_release(copies, band);
  kernels_release(origins, pictures * sizeof(char *));
}

/// All phases' weights, each tap's matrix [depth, columns] below the one before.
static void pack_weights(const gathering *work) {
  const kernels_gathering *job = work->job;
  const size_t size = job->arithmetic->size;
  for (size_t p = 0; p < job->phase_count; p++) {
    const size_t taps = job->phases[p].tap_count;
    for (size_t t = 0; t < taps; t++)
      job->arithmetic->pack(job->weights + job->phases[p].taps[t].weights * job->depth * job->columns * size,
                            job->term_step, job->column_step, job->depth, job->columns,
                            work->phase_weights[p] + t * job->depth * kernels_panel_bytes,
                            taps * job->depth * kernels_panel_bytes);
  }
}

void kernels_gather_picture(const kernels_gathering *job, kernels_packing *packing) {
  if (job->batch * job->result_height * job->result_width * job->columns == 0) return;
  const size_t size = job->arithmetic->size, panels = kernels_divide_up(job->columns, job->arithmetic->columns);
  gathering work = {.job = job};
  find_frame(&work);

  size_t all_terms = 0;
  const size_t sizes[] = {job->depth, job->columns, size, job->phase_count};
  uint64_t signature = kernels_digest(0, sizes, sizeof sizes);
  for (size_t p = 0; p < job->phase_count; p++) {
    all_terms += job->phases[p].tap_count * job->depth;
    signature = kernels_digest(signature, &job->phases[p].tap_count, sizeof(size_t));
    signature = kernels_digest(signature, job->phases[p].taps, job->phases[p].tap_count * sizeof(kernels_tap));
  }
  kernels_packed packed = kernels_packed_borrow(packing, job->layout, panels * all_terms * kernels_panel_bytes,
                                                signature);
  char **phase_weights = kernels_allocate(job->phase_count * sizeof(char *));
  ptrdiff_t **steps = kernels_allocate(job->phase_count * sizeof(ptrdiff_t *));
  ptrdiff_t *all_steps = kernels_allocate(all_terms * sizeof(ptrdiff_t));
  work.phase_weights = phase_weights;
  work.steps = steps;
  const size_t width = work.bordered ? work.frame.width : job->source_width;
  size_t term = 0, multiplications = 0;
  for (size_t p = 0; p < job->phase_count; p++) {
    const kernels_phase *phase = &job->phases[p];
    phase_weights[p] = packed.memory + panels * term * kernels_panel_bytes;
    steps[p] = all_steps + term;
    for (size_t t = 0; t < phase->tap_count; t++)
      for (size_t i = 0; i < job->depth; i++)
        all_steps[term++] = ((phase->taps[t].down * (ptrdiff_t)width + phase->taps[t].right) *
                                 (ptrdiff_t)job->depth + (ptrdiff_t)i) * (ptrdiff_t)size;
    multiplications += job->batch * phase->rows.count * phase->columns.count * phase->tap_count * job->depth *
                       job->columns;
  }
  if (!packed.filled) pack_weights(&work);

  const size_t bytes = kernels_divide_up(work.frame.height * work.frame.width * job->depth * size,
                                         job->result_height);  // of the border for one row
  size_t rows = pixels_at_once * job->phase_count / job->result_width;
  if (work.bordered && bytes > 0) rows = kernels_smaller(rows, band_bytes / bytes);
  work.rows_at_once = rows > 0 ? rows : 1;
  if (work.rows_at_once > job->result_height) work.rows_at_once -= work.rows_at_once % job->result_height;
  kernels_share(multiplications, kernels_divide_up(job->batch * job->result_height, work.rows_at_once),
                gather_part, &work);

  kernels_release(all_steps, all_terms * sizeof(ptrdiff_t));
  kernels_release(steps, job->phase_count * sizeof(ptrdiff_t *));
  kernels_release(phase_weights, job->phase_count * sizeof(char *));
  kernels_packed_return(packed);
}
