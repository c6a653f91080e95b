#ifndef real
#include "loops.h"
#define THIS_FILE "broadcast.c"
#include "twice.h"
#else

void NAME(kernels_broadcast)(kernels_binary function, const real *a, const ptrdiff_t *a_strides, const real *b,
                             const ptrdiff_t *b_strides, real *y, const size_t *shape, int rank, real p) {
  if (rank == 0) {
    NAME(kernels_combine)(function, a, 1, b, 1, y, 1, p);
    return;
  }
  size_t inner = 1;
  for (int axis = 1; axis < rank; axis++) inner *= shape[axis];
  for (size_t i = 0; i < shape[0]; i++) {
    NAME(kernels_broadcast)(function, a + (ptrdiff_t)i * a_strides[0], a_strides + 1,
                            b + (ptrdiff_t)i * b_strides[0], b_strides + 1, y + i * inner, shape + 1, rank - 1, p);
  }
}

#endif
