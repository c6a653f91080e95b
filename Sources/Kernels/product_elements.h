// A text that product_block.c compiles for each element type, in plain C and for AVX2, given REAL, TRANSPOSE, TARGET
// and NAME(x). It packs B.

#define PANEL (kernels_panel_bytes / sizeof(REAL))

static TARGET void NAME(pack)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms,
                              size_t columns, char *panels, size_t panel_step) {
  const REAL *x = b;
  size_t column = 0;
  if (column_step == 1) {  // whole lines, along B's rows
    const size_t whole = columns / PANEL;
    for (size_t term = 0; term < terms; term++)
      for (size_t panel = 0; panel < whole; panel++)
        memcpy(panels + panel * panel_step + term * kernels_panel_bytes,
               x + (ptrdiff_t)term * term_step + (ptrdiff_t)(panel * PANEL), kernels_panel_bytes);
    column = whole * PANEL;
  }
  for (; column < columns; column += PANEL) {
    REAL *y = (REAL *)(panels + column / PANEL * panel_step);
    const REAL *first = x + (ptrdiff_t)column * column_step;
    const size_t count = kernels_smaller(columns - column, PANEL);
    if (term_step == 1) {
      TRANSPOSE(first, column_step, y, PANEL, (ptrdiff_t)terms, (ptrdiff_t)count, false);
    } else {
      for (size_t term = 0; term < terms; term++)
        for (size_t i = 0; i < count; i++)
          y[term * PANEL + i] = first[(ptrdiff_t)term * term_step + (ptrdiff_t)i * column_step];
    }
    for (size_t term = 0; term < terms && count < PANEL; term++)
      for (size_t i = count; i < PANEL; i++) y[term * PANEL + i] = 0;
  }
}

#undef PANEL
#undef REAL
#undef TRANSPOSE
#undef TARGET
#undef NAME
