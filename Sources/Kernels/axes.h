// The axes along which two arrays are walked at once, joined where in both they lie in memory like one.
#ifndef KERNELS_AXES_H
#define KERNELS_AXES_H

#include "machine.h"

enum { most_axes = 8 };

/// At least two axes: the last ones are the rows and columns of the loops.
typedef struct {
  int rank;
  size_t shape[most_axes];
  ptrdiff_t first[most_axes], second[most_axes];  // strides
} kernels_axes;

/// `rank` ≤ 8 axes with the strides of two arrays; none of them is empty.
kernels_axes kernels_join_axes(const size_t *shape, const ptrdiff_t *first, const ptrdiff_t *second,
                               int rank);

/// Where row number `row` of all rows starts in the two arrays.
typedef struct {
  ptrdiff_t first, second;
} kernels_places;

static inline kernels_places kernels_place_of_row(const kernels_axes *axes, size_t row) {
  kernels_places places = {0, 0};
  for (int axis = axes->rank - 2; axis >= 0; axis--) {
    ptrdiff_t index = (ptrdiff_t)(row % axes->shape[axis]);
    row /= axes->shape[axis];
    places.first += index * axes->first[axis];
    places.second += index * axes->second[axis];
  }
  return places;
}

static inline size_t kernels_row_count(const kernels_axes *axes) {
  size_t rows = 1;
  for (int axis = 0; axis < axes->rank - 1; axis++) rows *= axes->shape[axis];
  return rows;
}

#endif
