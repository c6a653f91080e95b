// A text that product_block.c compiles for float and for double, given REAL and NAME(x).

#define PANEL (kernels_panel_bytes / sizeof(REAL))

static void NAME(pack)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms,
                       size_t columns, void *panel) {
  const REAL *x = b;
  REAL *y = panel;
  if (columns == PANEL && column_step == 1) {
    for (size_t term = 0; term < terms; term++)
      memcpy(y + term * PANEL, x + (ptrdiff_t)term * term_step, kernels_panel_bytes);
    return;
  }
  for (size_t term = 0; term < terms; term++) {
    for (size_t column = 0; column < columns; column++)
      y[term * PANEL + column] = x[(ptrdiff_t)term * term_step + (ptrdiff_t)column * column_step];
    for (size_t column = columns; column < PANEL; column++) y[term * PANEL + column] = 0;
  }
}

static void NAME(curve)(kernels_activation activation, void *x, size_t count) {
  NAME(kernels_map)(activation == KERNELS_HYPERBOLIC ? KERNELS_TANH : KERNELS_SIGMOID, x, x, count, 0, 0);
}

#undef PANEL
#undef REAL
#undef NAME
