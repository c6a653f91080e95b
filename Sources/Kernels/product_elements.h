// A text that product_block.c compiles for each element type, in plain C and for AVX2, given REAL, SQUARE (the side
// of its transposed squares), TRANSPOSE, TARGET and NAME(x). It packs B.

#define PANEL (kernels_panel_bytes / sizeof(REAL))

/// One panel's `columns` ≤ SQUARE columns from `first` on, in whichever order is fast for the steps.
static inline TARGET __attribute__((always_inline)) void NAME(pack_columns)(const REAL *b, ptrdiff_t term_step,
                                                                            ptrdiff_t column_step, size_t terms,
                                                                            size_t columns, REAL *y) {
  size_t term = 0;
  if (columns == SQUARE && term_step == 1)
    for (; term + SQUARE <= terms; term += SQUARE) TRANSPOSE(b + term, column_step, y + term * PANEL, PANEL);
  for (; term < terms; term++) {
    const REAL *x = b + (ptrdiff_t)term * term_step;
    for (size_t column = 0; column < columns; column++)
      y[term * PANEL + column] = x[(ptrdiff_t)column * column_step];
    for (size_t column = columns; column < SQUARE; column++) y[term * PANEL + column] = 0;
  }
}

static TARGET void NAME(pack)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms,
                              size_t columns, char *panels, size_t panel_step) {
  const REAL *x = b;
  size_t packed = 0;
  if (column_step == 1) {  // whole lines, along B's rows
    const size_t whole = columns / PANEL;
    for (size_t term = 0; term < terms; term++)
      for (size_t panel = 0; panel < whole; panel++)
        memcpy(panels + panel * panel_step + term * kernels_panel_bytes,
               x + (ptrdiff_t)term * term_step + (ptrdiff_t)(panel * PANEL), kernels_panel_bytes);
    packed = whole * PANEL;
  }
  for (; packed < kernels_divide_up(columns, PANEL) * PANEL; packed += SQUARE) {
    const size_t left = packed < columns ? columns - packed : 0;
    REAL *y = (REAL *)(panels + packed / PANEL * panel_step) + packed % PANEL;
    NAME(pack_columns)(x + (ptrdiff_t)packed * column_step, term_step, column_step, terms,
                       kernels_smaller(left, SQUARE), y);
  }
}

#undef PANEL
#undef REAL
#undef SQUARE
#undef TRANSPOSE
#undef TARGET
#undef NAME
