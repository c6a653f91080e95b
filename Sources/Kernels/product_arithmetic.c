// What depends on the element's type alone: packing B into panels, and the parts of an epilogue.
#ifndef real
#include "machine.h"
#include "product_block.h"
#include "transposition.h"

#include <string.h>

enum { rows_ahead = 4 };

#define THIS_FILE "product_arithmetic.c"
#include "twice.h"

void kernels_block_finish(kernels_block *block, const kernels_arithmetic *arithmetic,
                          const kernels_epilogue *epilogue, size_t column) {
  if (!epilogue) return;
  if (epilogue->bias) block->bias = (const char *)epilogue->bias + column * arithmetic->size;
  block->rectified = epilogue->activation == KERNELS_RECTIFY;
  block->slope = epilogue->slope;
}

void kernels_finish_curve(const kernels_arithmetic *arithmetic, const kernels_epilogue *epilogue, void *c,
                          size_t count) {
  if (!epilogue) return;
  if (epilogue->activation == KERNELS_HYPERBOLIC || epilogue->activation == KERNELS_LOGISTIC)
    arithmetic->curve(epilogue->activation, c, count);
}

void kernels_share(size_t multiplications, size_t chunks, void (*body)(void *context, size_t chunk),
                   void *context) {
  if (kernels_worth_sharing(multiplications)) {
    kernels_parallel(chunks, body, context);
  } else {
    for (size_t chunk = 0; chunk < chunks; chunk++) body(context, chunk);
  }
}

#else

#define LINE (kernels_panel_bytes / sizeof(real))

INLINE void NAME(pack)(const real *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms, size_t columns,
                       char *panels, size_t panel_step) {
  size_t column = 0;
  if (column_step == 1) {  // whole lines, along B's rows
    column = columns / LINE * LINE;
    for (size_t term = 0; term < terms; term++)
      for (size_t panel = 0; panel < columns / LINE; panel++) {
        const real *line = b + (ptrdiff_t)term * term_step + (ptrdiff_t)(panel * LINE);
        __builtin_prefetch(line + rows_ahead * term_step);  // the machine does not guess where a row goes on
        memcpy(panels + panel * panel_step + term * kernels_panel_bytes, line, kernels_panel_bytes);
      }
  }
  for (; column < columns; column += LINE) {
    real *y = (real *)(panels + column / LINE * panel_step);
    const real *x = b + (ptrdiff_t)column * column_step;
    const size_t count = kernels_smaller(columns - column, LINE);
    if (term_step == 1) {
      NAME(transpose_square)(x, column_step, y, LINE, (ptrdiff_t)terms, (ptrdiff_t)count, false);
    } else {
      for (size_t term = 0; term < terms; term++)
        for (size_t i = 0; i < count; i++)
          y[term * LINE + i] = x[(ptrdiff_t)term * term_step + (ptrdiff_t)i * column_step];
    }
    for (size_t term = 0; term < terms && count < LINE; term++)
      for (size_t i = count; i < LINE; i++) y[term * LINE + i] = 0;
  }
}

AVX2 static void NAME(pack_avx2)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms,
                                 size_t columns, char *panels, size_t panel_step) {
  NAME(pack)(b, term_step, column_step, terms, columns, panels, panel_step);
}

static void NAME(pack_portable)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms,
                                size_t columns, char *panels, size_t panel_step) {
  NAME(pack)(b, term_step, column_step, terms, columns, panels, panel_step);
}

static void NAME(finish)(const kernels_epilogue *epilogue, void *c, size_t rows, size_t columns) {
  const real *bias = epilogue->bias, slope = (real)epilogue->slope;
  const bool rectified = epilogue->activation == KERNELS_RECTIFY;
  real *y = c;
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++, y++) {
      const real x = bias ? *y + bias[column] : *y;
      *y = rectified ? RECTIFIED_NUMBER(x, slope) : x;
    }
}

static void NAME(curve)(kernels_activation activation, void *x, size_t count) {
  NAME(kernels_map)(activation == KERNELS_HYPERBOLIC ? KERNELS_TANH : KERNELS_SIGMOID, x, x, count, 0, 0);
}

kernels_arithmetic NAME(kernels_arithmetic)(void) {
  return (kernels_arithmetic){
      .size = sizeof(real),
      .columns = LINE,
      .multiply = NAME(kernels_tiles)(),
      .pack = kernels_use_avx2() ? NAME(pack_avx2) : NAME(pack_portable),
      .finish = NAME(finish),
      .curve = NAME(curve),
  };
}

#endif
