// A text that product_block.c compiles once for each element type and each width of vector. It defines
// NAME(multiply), given
//   REAL     the element
//   VECTOR   bytes of a vector register
//   GROUP    the most panels a tile spans
//   TARGET   the processor features it may use
//   NAME(x)  x with a suffix of its own
//
// A tile is at most 6 rows by one panel with AVX2 and by two with AVX-512: 12 registers of sums, enough to keep
// two multiplications a cycle in flight, and few enough to stay in registers over all terms.

typedef REAL NAME(vector) __attribute__((vector_size(VECTOR)));
typedef REAL NAME(loose_vector) __attribute__((vector_size(VECTOR), aligned(sizeof(REAL))));

#define WIDTH (VECTOR / sizeof(REAL))
#define PANEL (kernels_panel_bytes / sizeof(REAL))
#define PANEL_VECTORS (kernels_panel_bytes / VECTOR)
#define UNROLL _Pragma("clang loop unroll(full)")

/// Adds to and finishes the first `count` elements of a vector one by one.
static inline TARGET __attribute__((always_inline)) void NAME(finish_edge)(NAME(vector) sum, REAL *y, size_t count,
                                                                           bool adding, const REAL *bias,
                                                                           bool rectified, REAL slope) {
  for (size_t i = 0; i < count; i++) {
    REAL x = sum[i];
    if (adding) x += y[i];
    if (bias) x += bias[i];
    y[i] = rectified && !(x > 0) ? slope * x : x;
  }
}

/// One tile. `rows` and `panels` are constants wherever this is inlined, so that the loops over them vanish.
/// `columns` is less than the panels hold at the right edge of C only.
static inline TARGET __attribute__((always_inline)) void NAME(tile)(const int rows, const int panels,
                                                                    const kernels_block *block, size_t row,
                                                                    size_t panel, size_t columns) {
  const int vectors = panels * PANEL_VECTORS;
  NAME(vector) sums[TILE_ROWS][GROUP * PANEL_VECTORS];
  const char *a[TILE_ROWS];
  UNROLL for (int r = 0; r < rows; r++) {
    a[r] = block->a_rows[row + r] + block->a_offset;
    UNROLL for (int v = 0; v < vectors; v++) sums[r][v] = (NAME(vector)){0};
  }

  const size_t column = panel * PANEL;
  char *const *c = block->c_rows + row;
  const ptrdiff_t c_offset = block->c_offset + (ptrdiff_t)(column * sizeof(REAL));
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int p = 0; p < panels; p++)
      __builtin_prefetch(c[r] + c_offset + p * kernels_panel_bytes, 1);

  const char *b = block->b + (ptrdiff_t)panel * block->b_panel_step;
  const ptrdiff_t b_step = block->b_step, panel_step = block->b_panel_step;
  const ptrdiff_t *steps = block->a_steps;
  for (size_t terms = block->terms; terms > 0; terms--, steps++, b += b_step) {
    NAME(vector) line[GROUP * PANEL_VECTORS];
    UNROLL for (int v = 0; v < vectors; v++)
        line[v] = *(const NAME(loose_vector) *)(b + v / PANEL_VECTORS * panel_step + v % PANEL_VECTORS * VECTOR);
    UNROLL for (int r = 0; r < rows; r++) {
      const REAL x = *(const REAL *)(a[r] + *steps);
      UNROLL for (int v = 0; v < vectors; v++) sums[r][v] += x * line[v];
    }
  }

  const REAL *bias = block->bias ? (const REAL *)block->bias + column : NULL;
  const REAL slope = (REAL)block->slope;

  if (columns < panels * PANEL) {  // the right edge
    UNROLL for (int v = 0; v < vectors; v++) {
      const size_t first = v * WIDTH, count = first < columns ? kernels_smaller(columns - first, WIDTH) : 0;
      UNROLL for (int r = 0; r < rows; r++)
        NAME(finish_edge)(sums[r][v], (REAL *)(c[r] + c_offset) + first, count, block->adding,
                          bias ? bias + first : NULL, block->rectified, slope);
    }
    return;
  }

  if (block->adding) {
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < vectors; v++)
        sums[r][v] += *(const NAME(loose_vector) *)(c[r] + c_offset + v * VECTOR);
  }
  if (bias) {
    UNROLL for (int v = 0; v < vectors; v++) {
      const NAME(vector) line = *(const NAME(loose_vector) *)(bias + v * WIDTH);
      UNROLL for (int r = 0; r < rows; r++) sums[r][v] += line;
    }
  }
  if (block->rectified) {
    UNROLL for (int r = 0; r < rows; r++)
      UNROLL for (int v = 0; v < vectors; v++)
        sums[r][v] = KERNELS_RECTIFIED_VECTOR(sums[r][v], slope * sums[r][v]);
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int v = 0; v < vectors; v++)
      *(NAME(loose_vector) *)(c[r] + c_offset + v * VECTOR) = sums[r][v];
}

/// All rows of a group of panels. The rows are dealt evenly (32 = 6+6+5+5+5+5): a last tile of two rows would
/// keep too few sums to hide the multiplications' latency.
static inline TARGET __attribute__((always_inline)) void NAME(strip)(const int panels,
                                                                     const kernels_block *block, size_t panel,
                                                                     size_t columns) {
  const size_t tiles = kernels_divide_up(block->rows, TILE_ROWS);
  for (size_t tile = 0; tile < tiles; tile++) {
    const size_t row = kernels_part(block->rows, tiles, tile);
    switch (kernels_part(block->rows, tiles, tile + 1) - row) {
#if TILE_ROWS == 6
      case 6: NAME(tile)(6, panels, block, row, panel, columns); break;
      case 5: NAME(tile)(5, panels, block, row, panel, columns); break;
      case 4: NAME(tile)(4, panels, block, row, panel, columns); break;
      case 3: NAME(tile)(3, panels, block, row, panel, columns); break;
#endif
      case 2: NAME(tile)(2, panels, block, row, panel, columns); break;
      default: NAME(tile)(1, panels, block, row, panel, columns); break;
    }
  }
}

static TARGET void NAME(multiply)(const kernels_block *block) {
  const size_t panels = kernels_divide_up(block->columns, PANEL);
  size_t panel = 0;
#if GROUP == 2
  for (; panel + 2 <= panels; panel += 2)
    NAME(strip)(2, block, panel, kernels_smaller(block->columns - panel * PANEL, 2 * PANEL));
#endif
  for (; panel < panels; panel++)
    NAME(strip)(1, block, panel, kernels_smaller(block->columns - panel * PANEL, PANEL));
}

#undef WIDTH
#undef PANEL
#undef PANEL_VECTORS
#undef UNROLL
#undef REAL
#undef VECTOR
#undef GROUP
#undef TILE_ROWS
#undef TARGET
#undef NAME
