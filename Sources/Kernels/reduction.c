#ifndef real
#include "loops.h"
#define THIS_FILE "reduction.c"
#include "twice.h"
#else

typedef struct {
  kernels_reduction reduction;
  const real *a, *b;
  real *y;
  size_t count, inner;
} NAME(reduce);

INLINE void NAME(reduce_range)(const NAME(reduce) * job, size_t from, size_t to) {
  size_t inner = job->inner;
  for (size_t place = from; place < to; place++) {
    size_t start = place / inner * job->count * inner + place % inner;
    double sum = 0;
    real most = 0;
    for (size_t i = 0; i < job->count; i++) {
      real a = job->a[start + i * inner];
      switch (job->reduction) {
        case KERNELS_SUM: sum += a; break;
        case KERNELS_PRODUCT_SUM: sum += (double)a * job->b[start + i * inner]; break;
        case KERNELS_LARGEST: most = i == 0 || a > most || a != a ? a : most; break;
        case KERNELS_SMALLEST: most = i == 0 || a < most || a != a ? a : most; break;
      }
    }
    bool adds = job->reduction == KERNELS_SUM || job->reduction == KERNELS_PRODUCT_SUM;
    job->y[place] = adds ? (real)sum : most;
  }
}
PATHS(reduce)

void NAME(kernels_reduce)(kernels_reduction reduction, const real *a, const real *b, real *y, size_t outer,
                          size_t count, size_t inner) {
  NAME(reduce) job = {reduction, a, b, y, count, inner};
  NAME(reduce_run)(&job, outer * inner, piece_rows(count));
}

void NAME(kernels_index_of_largest)(const real *x, int32_t *y, size_t outer, size_t count, size_t inner) {
  for (size_t place = 0; place < outer * inner; place++) {
    const real *start = x + place / inner * count * inner + place % inner;
    size_t best = 0;
    for (size_t i = 1; i < count; i++) {
      real value = start[i * inner], most = start[best * inner];
      if (value > most || (value != value && most == most)) best = i;
    }
    y[place] = (int32_t)best;
  }
}

#endif
