// Copying with strides, and moving rows by index.
#ifndef real
#include "axes.h"
#include "transposition.h"

/// Whether no two elements share a place, as far as strides show it: a step along an axis is longer than all
/// axes of smaller steps together.
static bool is_spread_out(const kernels_axes *axes, const ptrdiff_t *strides) {
  for (int axis = 0; axis < axes->rank; axis++) {
    ptrdiff_t step = strides[axis] < 0 ? -strides[axis] : strides[axis];
    ptrdiff_t reach = 0;
    for (int other = 0; other < axes->rank; other++) {
      ptrdiff_t smaller = strides[other] < 0 ? -strides[other] : strides[other];
      if (other != axis && (smaller < step || (smaller == step && other > axis))) {
        reach += smaller * (ptrdiff_t)(axes->shape[other] - 1);
      }
    }
    if (axes->shape[axis] > 1 && step <= reach) return false;
  }
  return true;
}

#define THIS_FILE "movement.c"
#include "twice.h"
#else

typedef struct {
  const real *x;
  real *y;
  bool adding;
  kernels_axes axes;
} NAME(copy);

INLINE void NAME(copy_row)(const real *x, ptrdiff_t x_stride, real *y, ptrdiff_t y_stride, size_t count,
                           bool adding) {
  if (x_stride == 1 && y_stride == 1) {
    if (adding) {
      EACH(i, count) y[i] += x[i];
    } else if (count >= 16) {
      memcpy(y, x, count * sizeof(real));
    } else {
      for (size_t i = 0; i < count; i++) y[i] = x[i];
    }
  } else if (x_stride == 0 && y_stride == 1) {
    const real value = *x;
    if (adding) {
      EACH(i, count) y[i] += value;
    } else {
      EACH(i, count) y[i] = value;
    }
  } else {
    for (size_t i = 0; i < count; i++, x += x_stride, y += y_stride) *y = adding ? *y + *x : *x;
  }
}

INLINE void NAME(copy_range)(const NAME(copy) * job, size_t from, size_t to) {
  const kernels_axes *axes = &job->axes;
  const size_t columns = axes->shape[axes->rank - 1], plane = axes->shape[axes->rank - 2];
  const ptrdiff_t x_row = axes->first[axes->rank - 2], x_stride = axes->first[axes->rank - 1];
  const ptrdiff_t y_row = axes->second[axes->rank - 2], y_stride = axes->second[axes->rank - 1];
  while (from < to) {
    const size_t rest = plane - from % plane, rows = to - from < rest ? to - from : rest;
    const kernels_places start = kernels_place_of_row(axes, from);
    const real *x = job->x + start.first;
    real *y = job->y + start.second;
    if (x_row == 1 && y_stride == 1) {
      NAME(transpose)(x, x_stride, y, y_row, rows, columns, job->adding);
    } else if (x_stride == 1 && y_row == 1) {
      NAME(transpose)(x, x_row, y, y_stride, columns, rows, job->adding);
    } else {
      for (size_t row = 0; row < rows; row++, x += x_row, y += y_row) {
        NAME(copy_row)(x, x_stride, y, y_stride, columns, job->adding);
      }
    }
    from += rows;
  }
}
PATHS(copy)

void NAME(kernels_copy)(const real *x, const ptrdiff_t *x_strides, real *y, const ptrdiff_t *y_strides,
                        const size_t *shape, int rank, bool adding) {
  for (int axis = 0; axis < rank; axis++) {
    if (shape[axis] == 0) return;
  }
  NAME(copy) job = {x, y, adding, kernels_join_axes(shape, x_strides, y_strides, rank)};
  const size_t rows = kernels_row_count(&job.axes), columns = job.axes.shape[job.axes.rank - 1];
  // Where elements may meet, one after the other is written.
  size_t piece = piece_of(columns);
  if (rows > piece && !is_spread_out(&job.axes, job.axes.second)) piece = rows;
  NAME(copy_run)(&job, rows, piece);
}

// MARK: Rows by index

typedef struct {
  const real *x;
  const int32_t *indices;
  real *y;
  size_t rows, count, width;
} NAME(gather);

INLINE void NAME(gather_range)(const NAME(gather) * job, size_t from, size_t to) {
  const size_t width = job->width;
  for (size_t row = from; row < to; row++) {
    const size_t source = row / job->count * job->rows + (size_t)job->indices[row % job->count];
    NAME(copy_row)(job->x + source * width, 1, job->y + row * width, 1, width, false);
  }
}
PATHS(gather)

void NAME(kernels_gather)(const real *x, const int32_t *indices, real *y, size_t outer, size_t rows,
                          size_t count, size_t width) {
  NAME(gather) job = {x, indices, y, rows, count, width};
  NAME(gather_run)(&job, outer * count, piece_of(width));
}

typedef NAME(gather) NAME(scatter);

/// Items are the places of the outer axis: within one, rows are added in order.
INLINE void NAME(scatter_range)(const NAME(scatter) * job, size_t from, size_t to) {
  const size_t width = job->width;
  for (size_t outer = from; outer < to; outer++) {
    const real *x = job->x + outer * job->count * width;
    real *y = job->y + outer * job->rows * width;
    for (size_t i = 0; i < job->count; i++) {
      NAME(copy_row)(x + i * width, 1, y + (size_t)job->indices[i] * width, 1, width, true);
    }
  }
}
PATHS(scatter)

void NAME(kernels_scatter)(const real *x, const int32_t *indices, real *y, size_t outer, size_t rows,
                           size_t count, size_t width) {
  NAME(scatter) job = {x, indices, y, rows, count, width};
  NAME(scatter_run)(&job, outer, piece_of(count * width));
}

#endif
