#include "axes.h"

kernels_axes kernels_join_axes(const size_t *shape, const ptrdiff_t *first, const ptrdiff_t *second,
                               int rank) {
  // From the innermost axis outwards, each into the one before it where a step along it is as long as all of
  // that one.
  size_t joined[most_axes];
  ptrdiff_t first_strides[most_axes], second_strides[most_axes];
  int count = 0;
  for (int axis = rank - 1; axis >= 0; axis--) {
    if (shape[axis] == 1) continue;
    int last = count - 1;
    if (count > 0 && first[axis] == first_strides[last] * (ptrdiff_t)joined[last] &&
        second[axis] == second_strides[last] * (ptrdiff_t)joined[last]) {
      joined[last] *= shape[axis];
    } else {
      joined[count] = shape[axis];
      first_strides[count] = first[axis];
      second_strides[count] = second[axis];
      count++;
    }
  }
  while (count < 2) {
    joined[count] = 1;
    first_strides[count] = second_strides[count] = count == 0 ? 1 : 0;
    count++;
  }
  kernels_axes axes = {.rank = count};
  for (int axis = 0; axis < count; axis++) {
    axes.shape[axis] = joined[count - 1 - axis];
    axes.first[axis] = first_strides[count - 1 - axis];
    axes.second[axis] = second_strides[count - 1 - axis];
  }
  return axes;
}
