// A tile of C: at most 6 rows by one panel, or 8 by two with AVX-512. Its sums stay in registers over all terms,
// and each line of B that is loaded serves all rows, each element of A a whole line: otherwise loads, not
// arithmetic, would set the pace. That makes 12 registers of sums, enough to keep two multiplications a cycle in
// flight (of 16 registers with AVX2: two more hold a line of B, one an element of A); with AVX-512 16 of 32, and
// as many rows as there are registers for their addresses.
#ifndef real
#include "machine.h"
#include "product_block.h"

enum { most_rows = 8, most_panels = 2, edge_rows = 48 };

#define THIS_FILE "product_tile.c"
#include "twice.h"
#else

/// A line of a panel: one, two or four registers.
typedef real NAME(line) __attribute__((vector_size(64), aligned(sizeof(real)), may_alias));

#define LINE (kernels_panel_bytes / sizeof(real))

/// One tile. `rows` and `panels` are constants wherever this is inlined, so that the loops over them vanish.
INLINE void NAME(tile)(const int rows, const int panels, const kernels_block *block, size_t row, size_t panel) {
  NAME(line) sums[most_rows][most_panels];
  const char *a[most_rows];
  real *c[most_rows];
  UNROLLED for (int r = 0; r < rows; r++) {
    a[r] = block->a_rows[row + r] + block->a_offset;
    c[r] = (real *)block->c_rows[row + r] + panel * LINE;
    UNROLLED for (int p = 0; p < panels; p++) {
      sums[r][p] = (NAME(line)){0};
      __builtin_prefetch(c[r] + p * LINE, 1);
    }
  }

  const char *b = block->b + (ptrdiff_t)panel * block->b_panel_step;
  const ptrdiff_t b_step = block->b_step, panel_step = block->b_panel_step, *steps = block->a_steps;
  for (size_t terms = block->terms; terms > 0; terms--, steps++, b += b_step) {
    NAME(line) line[most_panels];
    UNROLLED for (int p = 0; p < panels; p++) line[p] = *(const NAME(line) *)(b + p * panel_step);
    UNROLLED for (int r = 0; r < rows; r++) {
      const real x = *(const real *)(a[r] + *steps);
      UNROLLED for (int p = 0; p < panels; p++) sums[r][p] += x * line[p];
    }
  }

  if (block->adding) {
    UNROLLED for (int r = 0; r < rows; r++)
      UNROLLED for (int p = 0; p < panels; p++) sums[r][p] += *(const NAME(line) *)(c[r] + p * LINE);
  }
  if (block->bias) {
    const real *bias = (const real *)block->bias + panel * LINE;
    UNROLLED for (int p = 0; p < panels; p++) {
      const NAME(line) line = *(const NAME(line) *)(bias + p * LINE);
      UNROLLED for (int r = 0; r < rows; r++) sums[r][p] += line;
    }
  }
  if (block->rectified) {
    const real slope = (real)block->slope;
    UNROLLED for (int r = 0; r < rows; r++)
      UNROLLED for (int p = 0; p < panels; p++) sums[r][p] = RECTIFIED(sums[r][p], slope);
  }
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int p = 0; p < panels; p++) *(NAME(line) *)(c[r] + p * LINE) = sums[r][p];
}

/// All rows of a group of panels. They are dealt evenly (32 = 6+6+5+5+5+5 by six): a last tile of two rows would keep
/// too few sums to hide the multiplications' latency.
INLINE void NAME(strip)(const int rows_of_tile, const int panels, const kernels_block *block, size_t panel) {
  const size_t tiles = kernels_divide_up(block->rows, rows_of_tile);
  for (size_t tile = 0; tile < tiles; tile++) {
    const size_t row = kernels_part(block->rows, tiles, tile);
    const size_t rows = kernels_part(block->rows, tiles, tile + 1) - row;
    if (rows_of_tile == 8 && rows == 8) NAME(tile)(8, panels, block, row, panel);
    else if (rows_of_tile == 8 && rows == 7) NAME(tile)(7, panels, block, row, panel);
    else if (rows_of_tile >= 6 && rows == 6) NAME(tile)(6, panels, block, row, panel);
    else if (rows_of_tile >= 6 && rows == 5) NAME(tile)(5, panels, block, row, panel);
    else if (rows_of_tile >= 6 && rows == 4) NAME(tile)(4, panels, block, row, panel);
    else if (rows_of_tile >= 6 && rows == 3) NAME(tile)(3, panels, block, row, panel);
    else if (rows == 2) NAME(tile)(2, panels, block, row, panel);
    else NAME(tile)(1, panels, block, row, panel);
  }
}

/// The panels from `panel` on, of which only `columns` columns belong to C. Their tiles go to a place of their
/// own, some rows at a time, and from there to C.
INLINE void NAME(edge)(const int rows_of_tile, const int panels, const kernels_block *block, size_t panel,
                       size_t columns) {
  NAME(line) sums[edge_rows][most_panels];
  char *c_rows[edge_rows];
  for (int r = 0; r < edge_rows; r++) c_rows[r] = (char *)sums[r];
  kernels_block edge = *block;
  edge.b += (ptrdiff_t)panel * block->b_panel_step;
  edge.c_rows = c_rows;
  edge.adding = edge.rectified = false;
  edge.bias = NULL;
  const real *bias = block->bias ? (const real *)block->bias + panel * LINE : NULL;
  const real slope = (real)block->slope;
  for (size_t row = 0; row < block->rows; row += edge_rows) {
    edge.rows = kernels_smaller(edge_rows, block->rows - row);
    edge.a_rows = block->a_rows + row;
    NAME(strip)(rows_of_tile, panels, &edge, 0);
    for (size_t r = 0; r < edge.rows; r++) {
      real *sum = (real *)sums[r], *y = (real *)block->c_rows[row + r] + panel * LINE;
      if (block->adding)
        for (size_t i = 0; i < columns; i++) sum[i] += y[i];
      if (bias)
        for (size_t i = 0; i < columns; i++) sum[i] += bias[i];
      if (block->rectified)
        for (size_t i = 0; i < columns; i++) sum[i] = RECTIFIED_NUMBER(sum[i], slope);
      for (size_t i = 0; i < columns; i++) y[i] = sum[i];
    }
  }
}

INLINE void NAME(multiply)(const int rows_of_tile, const int panels_of_tile, const kernels_block *block) {
  size_t panel = 0, columns = block->columns;
  if (panels_of_tile == 2) {
    for (; columns >= 2 * LINE; panel += 2, columns -= 2 * LINE) NAME(strip)(rows_of_tile, 2, block, panel);
    if (columns > LINE) {
      NAME(edge)(rows_of_tile, 2, block, panel, columns);
      return;
    }
  }
  for (; columns >= LINE; panel++, columns -= LINE) NAME(strip)(rows_of_tile, 1, block, panel);
  if (columns > 0) NAME(edge)(rows_of_tile, 1, block, panel, columns);
}

static void NAME(multiply_portable)(const kernels_block *block) {
#if defined(__aarch64__)
  NAME(multiply)(6, 1, block);  // 24 of 32 registers
#else
  NAME(multiply)(2, 1, block);  // 8 of 16
#endif
}

#if defined(__x86_64__)
AVX2 static void NAME(multiply_avx2)(const kernels_block *block) { NAME(multiply)(6, 1, block); }

AVX512 static void NAME(multiply_avx512)(const kernels_block *block) { NAME(multiply)(8, 2, block); }
#endif

kernels_tiles NAME(kernels_tiles)(void) {
#if defined(__x86_64__)
  if (kernels_use_avx512()) return NAME(multiply_avx512);
  if (kernels_use_avx2()) return NAME(multiply_avx2);
#endif
  return NAME(multiply_portable);
}

#endif
