// Cuts C into parts by its shape alone, and each part's sum into blocks of terms that stay in the caches.
#include "product_blocks.h"

#include <string.h>

enum {
  most_rows = 512,     // of a part: many, so that B is seldom packed anew and a panel serves long in the first cache
  most_panels = 16,    // of a part: 256 KB in a block, for the second cache
  most_wanted = 4,     // parts for the threads' sake
  shared_packing = 2,  // parts below each other from which on B is packed for all before they start
};

typedef struct {
  const kernels_matrix_product *product;
  size_t terms;        // of all factors
  const char *packed;  // all of B in panels, or NULL: each part packs what it needs
  size_t row_parts, column_parts;
} multiplication;

/// Goes through the terms from ..< from + count as runs within one factor.
#define FOR_RUNS(product, from, count, factor, first, run, done)                                             \
  for (size_t done = 0, factor, first, run;                                                                  \
       done < (count) && (factor = ((from) + done) / (product)->factor_terms,                                \
                          first = ((from) + done) % (product)->factor_terms,                                 \
                          run = kernels_smaller((product)->factor_terms - first, (count)-done), true);       \
       done += run)

/// Whether the rows of a transposed A lie so that successive terms fall into the same few sets of the caches.
static bool terms_collide(const kernels_matrix_product *product) {
  return product->a_transposed && product->m * product->arithmetic->size % 4096 == 0;
}

/// Copies rows of such an A to where they do not.
static void gather_rows(const kernels_matrix_product *product, size_t row, size_t rows, size_t term,
                        size_t terms, char *slab, size_t pitch) {
  const size_t size = product->arithmetic->size;
  FOR_RUNS(product, term, terms, factor, first, run, done) {
    const char *source = (const char *)product->a[factor] + (first * product->m + row) * size;
    for (size_t i = 0; i < run; i++)
      memcpy(slab + (done + i) * pitch, source + i * product->m * size, rows * size);
  }
}

/// The steps to a transposed A's terms, all from the first factor's start.
static void find_steps(const kernels_matrix_product *product, size_t term, size_t terms, ptrdiff_t *steps) {
  const size_t pitch = product->m * product->arithmetic->size;
  FOR_RUNS(product, term, terms, factor, first, run, done) {
    const intptr_t start = (intptr_t)product->a[factor] - (intptr_t)product->a[0];
    for (size_t i = 0; i < run; i++) steps[done + i] = start + (ptrdiff_t)((first + i) * pitch);
  }
}

static void pack_columns(const kernels_matrix_product *product, size_t column, size_t columns, size_t term,
                         size_t terms, char *panels, size_t panel_step) {
  const size_t term_step = product->b_transposed ? 1 : product->n;
  const size_t column_step = product->b_transposed ? product->factor_terms : 1;
  FOR_RUNS(product, term, terms, factor, first, run, done)
    product->arithmetic->pack((const char *)product->b[factor] +
                                  (first * term_step + column * column_step) * product->arithmetic->size,
                              (ptrdiff_t)term_step, (ptrdiff_t)column_step, run, columns,
                              panels + done * kernels_panel_bytes, panel_step);
}

/// Where the part's rows of A and C start.
static void find_rows(const multiplication *work, kernels_cut cut, const char *slab, const char **a_rows,
                      char **c_rows) {
  const kernels_matrix_product *product = work->product;
  const size_t size = product->arithmetic->size, a_step = product->a_transposed ? size : work->terms * size;
  for (size_t i = 0; i < cut.rows; i++) {
    if (slab) a_rows[i] = slab + i * size;
    else a_rows[i] = work->terms > 0 ? (const char *)product->a[0] + (cut.row + i) * a_step : NULL;
    c_rows[i] = (char *)product->c + ((cut.row + i) * product->n + cut.column) * size;
  }
}

static void multiply_part(void *context, size_t part) {
  const multiplication *work = context;
  const kernels_matrix_product *product = work->product;
  const size_t size = product->arithmetic->size, width = product->arithmetic->columns;
  const kernels_cut cut =
      kernels_cut_part(product->m, product->n, width, work->row_parts, work->column_parts, part);

  // An odd number of cache lines from term to term of the slab, so that they fall into different sets.
  const size_t longest = kernels_smaller(work->terms, kernels_block_terms);
  const size_t pitch = (kernels_divide_up(cut.rows * size, 64) | 1) * 64;
  const size_t slab_bytes = terms_collide(product) ? longest * pitch : 0;
  const size_t panels = kernels_divide_up(cut.columns, width);
  const size_t packed_bytes = work->packed ? 0 : panels * longest * kernels_panel_bytes;
  char *scratch = kernels_allocate(slab_bytes + packed_bytes), *packed = scratch + slab_bytes;
  char *slab = slab_bytes > 0 ? scratch : NULL;

  const char *a_rows[most_rows];
  char *c_rows[most_rows];
  find_rows(work, cut, slab, a_rows, c_rows);
  ptrdiff_t steps[kernels_block_terms];
  for (size_t i = 0; i < longest; i++) steps[i] = (ptrdiff_t)(i * (slab ? pitch : size));

  kernels_block block = {.rows = cut.rows, .columns = cut.columns, .a_rows = a_rows, .a_steps = steps,
                         .b_step = kernels_panel_bytes, .c_rows = c_rows};
  size_t term = 0;
  do {
    block.terms = kernels_smaller(work->terms - term, kernels_block_terms);
    if (slab) {
      gather_rows(product, cut.row, cut.rows, term, block.terms, slab, pitch);
    } else if (product->a_transposed) {
      find_steps(product, term, block.terms, steps);
    } else {
      block.a_offset = (ptrdiff_t)(term * size);
    }
    if (work->packed) {
      block.b = work->packed + (cut.column / width * work->terms + term) * kernels_panel_bytes;
      block.b_panel_step = (ptrdiff_t)(work->terms * kernels_panel_bytes);
    } else {
      block.b = packed;
      block.b_panel_step = (ptrdiff_t)(block.terms * kernels_panel_bytes);
      pack_columns(product, cut.column, cut.columns, term, block.terms, packed,
                   block.terms * kernels_panel_bytes);
    }
    block.adding = product->adding || term > 0;
    term += block.terms;
    if (term == work->terms)
      kernels_block_finish(&block, product->arithmetic, product->epilogue, cut.column);
    product->arithmetic->multiply(&block);
  } while (term < work->terms);

  for (size_t i = 0; i < cut.rows; i++)
    kernels_finish_curve(product->arithmetic, product->epilogue, c_rows[i], cut.columns);
  kernels_release(scratch, slab_bytes + packed_bytes);
}

/// As few parts as fit in the caches, or enough for several threads to share evenly, cut so that A and B are
/// read and copied as little as possible: every row of parts reads all of B, every column of parts all of A. An
/// element of C is the same sum in the same order however C is cut.
static void choose_parts(multiplication *work, bool packed) {
  const kernels_matrix_product *product = work->product;
  const size_t pairs = kernels_divide_up(product->n, kernels_panel_pair * product->arithmetic->columns);
  const size_t fewest_rows = kernels_divide_up(product->m, most_rows);
  const size_t fewest_columns = kernels_divide_up(pairs * kernels_panel_pair, most_panels);
  const size_t millions = product->m * product->n * work->terms / (1000 * 1000);
  const size_t wanted = kernels_threads() == 1 ? 1 : kernels_smaller(millions, most_wanted);
  size_t least = SIZE_MAX;
  work->row_parts = fewest_rows;
  work->column_parts = fewest_columns;
  for (size_t rows = fewest_rows; rows < fewest_rows + 4 && rows <= product->m; rows++)
    for (size_t columns = fewest_columns; columns < fewest_columns + 4 && columns <= pairs; columns++) {
      if (rows * columns < wanted) continue;
      const size_t cost = product->m * columns * (terms_collide(product) ? 2 : 1) +
                          product->n * rows * (packed ? 1 : 2);
      if (cost >= least) continue;
      least = cost;
      work->row_parts = rows;
      work->column_parts = columns;
    }
}

void kernels_multiply_blocks(const kernels_matrix_product *product, kernels_packing *packing) {
  if (product->m == 0 || product->n == 0 || (product->factors == 0 && product->adding)) return;
  const kernels_arithmetic *arithmetic = product->arithmetic;
  multiplication work = {.product = product, .terms = product->factors * product->factor_terms};
  const bool whole =
      packing || (product->m >= shared_packing * most_rows && product->factors == 1 && work.terms > 0);
  choose_parts(&work, whole);

  kernels_packed packed = {0};
  if (whole) {
    const size_t panels = kernels_divide_up(product->n, arithmetic->columns);
    const size_t sizes[] = {product->n, work.terms, arithmetic->size};
    packed = kernels_packed_borrow(
        packing, product->b_transposed ? kernels_layout_transposed_product : kernels_layout_product,
        panels * work.terms * kernels_panel_bytes, kernels_digest(0, sizes, sizeof sizes));
    if (!packed.filled)
      kernels_pack(arithmetic, product->b[0], product->b_transposed ? 1 : (ptrdiff_t)product->n,
                   product->b_transposed ? (ptrdiff_t)work.terms : 1, work.terms, product->n, packed.memory);
    work.packed = packed.memory;
  }
  kernels_share(product->m * product->n * work.terms, work.row_parts * work.column_parts, multiply_part, &work);
  if (whole) kernels_packed_return(packed);
}
