// The one loop that every product and every convolution ends in.
//
// A block of C gets the sum over k of A(row, k)·B(k, column). Where an element of A stands is a row's start
// plus a step that depends on k alone:
//
//     A(row, k) = *(rows[row] + steps[k])
//
// Reading the step from a table costs nothing beside the multiplications, and it lets one loop serve a matrix
// (row · width, then k), its transpose (row, then k · width), a picture under a window (the window's corner,
// then the tap and the channel) and a weight's gradient (the tap and channel, then the pixel). B lies in panels
// one cache line wide: 16 float32 or 8 float64 columns.
//
// Steps and offsets are in bytes, so that the code that plans the work knows no element type.
#ifndef KERNELS_PRODUCT_BLOCK_H
#define KERNELS_PRODUCT_BLOCK_H

#include "Kernels.h"

enum {
  kernels_panel_bytes = 64,   // of one line of a panel of B, whatever the elements
  kernels_block_terms = 256,  // at most: 16 KB of a panel, half of the smallest first cache
  kernels_panel_pair = 2,     // panels that AVX-512 takes at once
};

typedef struct {
  size_t rows, columns, terms;

  const char *const *a_rows;
  ptrdiff_t a_offset;  // added to every row's start
  const ptrdiff_t *a_steps;

  const char *b;           // the first panel's line for the first term
  ptrdiff_t b_step;        // from one term to the next
  ptrdiff_t b_panel_step;  // from one panel to the next

  char *const *c_rows;
  bool adding;

  const char *bias;  // one element for each column, or NULL
  bool rectified;
  double slope;
} kernels_block;

typedef void (*kernels_tiles)(const kernels_block *block);
/// The loop for float32 or float64, for the path that is chosen now.
kernels_tiles kernels_tiles_f(void);
kernels_tiles kernels_tiles_d(void);

/// What the code that plans the work needs to know of float32 or float64.
typedef struct {
  size_t size;     // bytes of an element
  size_t columns;  // of a panel
  kernels_tiles multiply;
  /// Copies a [terms, columns] matrix with any steps (in elements) into panels `panel_step` bytes apart, with
  /// zeros beyond the last column.
  void (*pack)(const void *b, ptrdiff_t term_step, ptrdiff_t column_step, size_t terms, size_t columns,
               char *panels, size_t panel_step);
  /// Bias and rectifier on finished rows, in place.
  void (*finish)(const kernels_epilogue *epilogue, void *c, size_t rows, size_t columns);
  /// tanh or the logistic function in place.
  void (*curve)(kernels_activation activation, void *x, size_t count);
} kernels_arithmetic;

kernels_arithmetic kernels_arithmetic_f(void);
kernels_arithmetic kernels_arithmetic_d(void);

/// Sets what of the epilogue a block does itself, bias and rectifier, at `column` of the product.
void kernels_block_finish(kernels_block *block, const kernels_arithmetic *arithmetic,
                          const kernels_epilogue *epilogue, size_t column);
/// Does what is left of the epilogue, tanh and the logistic function, on `count` finished elements.
void kernels_finish_curve(const kernels_arithmetic *arithmetic, const kernels_epilogue *epilogue, void *c,
                          size_t count);

/// Whether so many multiplications repay the handing over to threads.
static inline bool kernels_worth_sharing(size_t multiplications) { return multiplications >= 500 * 1000; }
/// kernels_parallel, or a plain loop where the work is too small to share.
void kernels_share(size_t multiplications, size_t chunks, void (*body)(void *context, size_t chunk),
                   void *context);

static inline size_t kernels_smaller(size_t a, size_t b) { return a < b ? a : b; }
static inline size_t kernels_divide_up(size_t a, size_t b) { return (a + b - 1) / b; }
/// The first index of part `part` when `count` things are dealt evenly to `parts`.
static inline size_t kernels_part(size_t count, size_t parts, size_t part) {
  return count / parts * part + kernels_smaller(count % parts, part);
}
/// Bytes up to the next whole line of the cache.
static inline size_t kernels_whole_lines(size_t bytes) { return kernels_divide_up(bytes, 64) * 64; }

/// A part of a result [rows, columns] that is cut into row_parts × column_parts, between pairs of panels.
typedef struct {
  size_t row, rows, column, columns;
} kernels_cut;

static inline kernels_cut kernels_cut_part(size_t rows, size_t columns, size_t panel_columns, size_t row_parts,
                                           size_t column_parts, size_t part) {
  const size_t width = kernels_panel_pair * panel_columns, pairs = kernels_divide_up(columns, width);
  const size_t across = part % column_parts, down = part / column_parts;
  const size_t row = kernels_part(rows, row_parts, down);
  const size_t column = kernels_part(pairs, column_parts, across) * width;
  const size_t end = kernels_smaller(kernels_part(pairs, column_parts, across + 1) * width, columns);
  return (kernels_cut){row, kernels_part(rows, row_parts, down + 1) - row, column, end - column};
}

/// x ≤ 0 ? slope·x : x as KERNELS_RECTIFIED has it: a NaN stays one, and slope 0 gives 0 at −∞ too, never −0.
#define RECTIFIED_NUMBER(x, slope) ((x) <= 0 ? (slope) == 0 ? 0 : (slope) * (x) : (x))
/// The same for vectors, by bits.
#define RECTIFIED(x, slope)                                 \
  ((__typeof__(x))(((__typeof__((x) <= 0))(x) & ~((x) <= 0)) | \
                   ((__typeof__((x) <= 0))((slope) * (x)) & ((x) <= 0) & -((slope) != 0))))

#define UNROLLED _Pragma("clang loop unroll(full)")

#endif
