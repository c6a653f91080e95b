// Matrix products: packs B, cuts C into blocks by its shape alone, and gives each block to a thread.
#include "product_packing.h"

#include <string.h>

enum {
  block_rows = 192,      // of C: many, so that a panel of B is used often while it is in the first cache
  block_columns = 512,
  block_terms = 256,     // 16 KB of a panel of B
};

typedef struct {
  const kernels_arithmetic *arithmetic;
  bool a_transposed;
  size_t m, n, k;
  const char *a, *packed;
  char *c;
  bool adding;
  const kernels_epilogue *epilogue;
  size_t row_parts, column_parts;
} product;

/// Copies terms × rows of a transposed A to one place: its rows may lie so that they fight for the same few
/// lines of the cache.
static void gather_transposed(const product *job, size_t row, size_t rows, size_t term, size_t terms,
                              char *slab, size_t pitch) {
  const size_t size = job->arithmetic->size;
  for (size_t i = 0; i < terms; i++)
    memcpy(slab + i * pitch, job->a + ((term + i) * job->m + row) * size, rows * size);
}

static void multiply_part(void *context, size_t part) {
  const product *job = context;
  const size_t size = job->arithmetic->size;
  const size_t row_part = part / job->column_parts, column_part = part % job->column_parts;
  const size_t row = kernels_part(job->m, job->row_parts, row_part);
  const size_t rows = kernels_part(job->m, job->row_parts, row_part + 1) - row;
  const size_t panels = kernels_divide_up(job->n, job->arithmetic->columns);
  const size_t panel = kernels_part(panels, job->column_parts, column_part);
  const size_t column = panel * job->arithmetic->columns;
  const size_t end = kernels_part(panels, job->column_parts, column_part + 1) * job->arithmetic->columns;
  const size_t columns = kernels_smaller(end, job->n) - column;

  // An odd number of cache lines, so that successive terms fall into different sets of the cache.
  const size_t pitch = (kernels_divide_up(rows * size, 64) | 1) * 64;
  const size_t slab_bytes = job->a_transposed ? kernels_smaller(job->k, block_terms) * pitch : 0;
  char *slab = job->a_transposed ? kernels_allocate(slab_bytes) : NULL;

  const char *a_rows[block_rows];
  char *c_rows[block_rows];
  ptrdiff_t steps[block_terms];
  for (size_t i = 0; i < rows; i++) {
    a_rows[i] = job->a_transposed ? slab + i * size : job->a + (row + i) * job->k * size;
    c_rows[i] = job->c + ((row + i) * job->n + column) * size;
  }
  for (size_t i = 0; i < kernels_smaller(job->k, block_terms); i++)
    steps[i] = (ptrdiff_t)(i * (job->a_transposed ? pitch : size));

  kernels_block block = {.rows = rows, .columns = columns, .a_rows = a_rows, .a_steps = steps,
                         .b_step = kernels_panel_bytes,
                         .b_panel_step = (ptrdiff_t)(job->k * kernels_panel_bytes), .c_rows = c_rows};
  size_t term = 0;
  do {
    block.terms = kernels_smaller(job->k - term, block_terms);
    block.b = job->packed + (panel * job->k + term) * kernels_panel_bytes;
    block.adding = job->adding || term > 0;
    if (job->a_transposed) {
      gather_transposed(job, row, rows, term, block.terms, slab, pitch);
    } else {
      block.a_offset = (ptrdiff_t)(term * size);
    }
    term += block.terms;
    if (term == job->k) kernels_block_finish(&block, job->arithmetic, job->epilogue, column);
    job->arithmetic->multiply(&block);
  } while (term < job->k);

  if (slab) kernels_release(slab, slab_bytes);
  for (size_t i = 0; i < rows; i++)
    kernels_finish_curve(job->arithmetic, job->epilogue, c_rows[i], columns);
}

/// Cuts C into enough parts for several threads, none of them small.
static void choose_parts(product *job) {
  job->row_parts = kernels_divide_up(job->m, block_rows);
  const size_t panels = kernels_divide_up(job->n, job->arithmetic->columns);
  job->column_parts = kernels_divide_up(job->n, block_columns);
  const size_t wanted = kernels_smaller(job->m * job->n * job->k / (1000 * 1000), 8);
  while (job->row_parts * job->column_parts < wanted && job->column_parts < panels) job->column_parts++;
}

static void multiply(const kernels_arithmetic *arithmetic, bool a_transposed, bool b_transposed, size_t m,
                     size_t n, size_t k, const void *a, const void *b, void *c, bool adding,
                     const kernels_epilogue *epilogue, kernels_packing *packing) {
  if (m == 0 || n == 0) return;
  const size_t panels = kernels_divide_up(n, arithmetic->columns);
  const size_t sizes[] = {n, k, arithmetic->size};
  kernels_packed packed = kernels_packed_borrow(
      packing, b_transposed ? kernels_layout_transposed_product : kernels_layout_product,
      panels * k * kernels_panel_bytes, kernels_digest(0, sizes, sizeof sizes));
  if (!packed.filled)
    kernels_pack(arithmetic, b, b_transposed ? 1 : (ptrdiff_t)n, b_transposed ? (ptrdiff_t)k : 1, k, n,
                 packed.memory);

  product job = {arithmetic, a_transposed, m, n, k, a, packed.memory, c, adding, epilogue, 0, 0};
  choose_parts(&job);
  kernels_share(m * n * k, job.row_parts * job.column_parts, multiply_part, &job);
  kernels_packed_return(packed);
}

void kernels_product_f(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const float *a,
                       const float *b, float *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing) {
  multiply(kernels_arithmetic_f(), a_transposed, b_transposed, m, n, k, a, b, c, adding, epilogue, packing);
}

void kernels_product_d(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const double *a,
                       const double *b, double *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing) {
  multiply(kernels_arithmetic_d(), a_transposed, b_transposed, m, n, k, a, b, c, adding, epilogue, packing);
}
