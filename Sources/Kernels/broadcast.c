// y = f(a, b) with operands that are repeated along some axes.
#ifndef real
#include "axes.h"
#include "loops.h"

// Rows shorter than this are done several at a time, in tiles of so many elements.
enum { short_row = 64, tile_elements = 512 };

#define THIS_FILE "broadcast.c"
#include "twice.h"
#else

typedef struct {
  kernels_binary function;
  const real *a, *b;
  real *y, p;
  kernels_axes axes;
} NAME(repeated);

/// Writes a block of rows and columns out element by element.
static void NAME(gather_tile)(const real *x, ptrdiff_t row_stride, ptrdiff_t stride, size_t rows,
                              size_t columns, real *tile) {
  for (size_t row = 0; row < rows; row++, x += row_stride, tile += columns) {
    for (size_t column = 0; column < columns; column++) tile[column] = x[(ptrdiff_t)column * stride];
  }
}

/// One operand of a tile: where it is read and with which step. `filled` keeps a tile from one to the next
/// where it repeats itself.
typedef struct {
  ptrdiff_t row_stride, stride;
  bool dense, one_number, filled;
  real tile[tile_elements];
} NAME(operand);

static void NAME(describe)(NAME(operand) * operand, ptrdiff_t row_stride, ptrdiff_t stride, size_t rows,
                           size_t columns) {
  operand->row_stride = row_stride;
  operand->stride = stride;
  operand->dense = stride == 1 && (rows == 1 || row_stride == (ptrdiff_t)columns);
  operand->one_number = stride == 0 && (rows == 1 || row_stride == 0);
  operand->filled = false;
}

static const real *NAME(tile_of)(NAME(operand) * operand, const real *x, size_t rows, size_t columns) {
  if (operand->dense || operand->one_number) return x;
  if (!operand->filled) {
    NAME(gather_tile)(x, operand->row_stride, operand->stride, rows, columns, operand->tile);
    // A row repeated: the next tile is the same, or a part of it.
    operand->filled = operand->row_stride == 0 && rows > 1;
  }
  return operand->tile;
}

/// Rows in a plane, as tiles of several rows or of a part of one.
static void NAME(combine_tiles)(const NAME(repeated) * job, const real *a, const real *b, real *y,
                                size_t rows) {
  const kernels_axes *axes = &job->axes;
  const size_t columns = axes->shape[axes->rank - 1];
  const size_t width = columns < tile_elements ? columns : tile_elements, most = tile_elements / width;
  const size_t height = most < rows ? most : rows;
  const ptrdiff_t a_row = axes->first[axes->rank - 2], a_stride = axes->first[axes->rank - 1];
  const ptrdiff_t b_row = axes->second[axes->rank - 2], b_stride = axes->second[axes->rank - 1];
  NAME(operand) left, right;
  NAME(describe)(&left, a_row, a_stride, height, width);
  NAME(describe)(&right, b_row, b_stride, height, width);
  for (size_t row = 0; row < rows; row += height) {
    size_t r = rows - row < height ? rows - row : height;
    for (size_t column = 0; column < columns; column += width) {
      size_t c = columns - column < width ? columns - column : width;
      const real *a_tile = a + (ptrdiff_t)row * a_row + (ptrdiff_t)column * a_stride;
      const real *b_tile = b + (ptrdiff_t)row * b_row + (ptrdiff_t)column * b_stride;
      NAME(kernels_combine)(job->function, NAME(tile_of)(&left, a_tile, r, c), !left.one_number,
                            NAME(tile_of)(&right, b_tile, r, c), !right.one_number,
                            y + row * columns + column, r * c, job->p);
    }
  }
}

static void NAME(repeated_range)(const void *context, size_t from, size_t to) {
  const NAME(repeated) *job = context;
  const kernels_axes *axes = &job->axes;
  const size_t columns = axes->shape[axes->rank - 1], plane = axes->shape[axes->rank - 2];
  const ptrdiff_t a_step = axes->first[axes->rank - 1], b_step = axes->second[axes->rank - 1];
  const ptrdiff_t a_row = axes->first[axes->rank - 2], b_row = axes->second[axes->rank - 2];
  const bool long_rows = columns >= short_row && a_step >= 0 && a_step <= 1 && b_step >= 0 && b_step <= 1;
  while (from < to) {
    size_t rest = plane - from % plane, rows = to - from < rest ? to - from : rest;
    kernels_places start = kernels_place_of_row(axes, from);
    const real *a = job->a + start.first, *b = job->b + start.second;
    real *y = job->y + from * columns;
    if (long_rows) {
      for (size_t row = 0; row < rows; row++, a += a_row, b += b_row, y += columns) {
        NAME(kernels_combine)(job->function, a, (size_t)a_step, b, (size_t)b_step, y, columns, job->p);
      }
    } else {
      NAME(combine_tiles)(job, a, b, y, rows);
    }
    from += rows;
  }
}

void NAME(kernels_broadcast)(kernels_binary function, const real *a, const ptrdiff_t *a_strides,
                             const real *b, const ptrdiff_t *b_strides, real *y, const size_t *shape,
                             int rank, real p) {
  size_t count = 1;
  for (int axis = 0; axis < rank; axis++) count *= shape[axis];
  if (count == 0) return;
  NAME(repeated) job = {function, a, b, y, p, kernels_join_axes(shape, a_strides, b_strides, rank)};
  const kernels_axes *axes = &job.axes;
  ptrdiff_t a_step = axes->first[axes->rank - 1], b_step = axes->second[axes->rank - 1];
  size_t columns = axes->shape[axes->rank - 1];
  if (columns == count && a_step >= 0 && a_step <= 1 && b_step >= 0 && b_step <= 1) {
    NAME(kernels_combine)(function, a, (size_t)a_step, b, (size_t)b_step, y, count, p);
  } else {
    kernels_run(NAME(repeated_range), &job, kernels_row_count(axes), piece_of(columns));
  }
}

#endif
