// The axes of an array that is walked with up to three strides each, joined where they lie in memory like one.
#ifndef KERNELS_AXES_H
#define KERNELS_AXES_H

#include "machine.h"

enum { most_axes = 8 };

/// At least two axes, the last ones being the rows and columns of the loops.
typedef struct {
  int rank;
  size_t shape[most_axes + 2];
  ptrdiff_t first[most_axes + 2], second[most_axes + 2];  // the strides of two arrays
} kernels_axes;

kernels_axes kernels_join_axes(const size_t *shape, const ptrdiff_t *first, const ptrdiff_t *second, int rank);

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
