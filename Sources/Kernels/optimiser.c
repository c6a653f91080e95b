// One step of Adam, and the search for numbers that are not finite.
#ifndef real
#include "loops.h"
#define THIS_FILE "optimiser.c"
#include "twice.h"
#else

typedef struct {
  real *w, *m, *v;
  const real *g;
  kernels_adam adam;
  atomic_bool *finite;
} NAME(step);

INLINE void NAME(step_range)(const NAME(step) * job, size_t from, size_t to) {
  real *w = job->w + from, *m = job->m + from, *v = job->v + from;
  const real *g = job->g + from;
  const kernels_adam adam = job->adam;
  const real keep_m = (real)adam.first_decay, take_m = (real)(1 - adam.first_decay);
  const real keep_v = (real)adam.second_decay, take_v = (real)(1 - adam.second_decay);
  // rate·(m/c₁)/(√(v/c₂) + ε), the corrections taken out of the loop.
  const real rate = (real)(adam.rate / adam.first_correction), epsilon = (real)adam.epsilon;
  const real correction = (real)(1 / sqrt(adam.second_correction));
  const real keep_w = (real)(1 - adam.rate * adam.weight_decay);
  int32_t odd = 0;
  EACH(i, to - from) {
    const real slope = g[i];
    const real first = keep_m * m[i] + take_m * slope, second = keep_v * v[i] + take_v * (slope * slope);
    m[i] = first;
    v[i] = second;
    w[i] = keep_w * w[i] - rate * first / (__builtin_elementwise_sqrt(second) * correction + epsilon);
    odd |= slope - slope != 0;
  }
  if (odd) atomic_store(job->finite, false);
}
PATHS(step)

bool NAME(kernels_adam_step)(real *w, real *m, real *v, const real *g, size_t count, kernels_adam adam) {
  atomic_bool finite = true;
  NAME(step) job = {w, m, v, g, adam, &finite};
  NAME(step_run)(&job, count, piece_of(4));
  return finite;
}

typedef struct {
  const real *x;
  atomic_bool *finite;
} NAME(search);

INLINE void NAME(search_range)(const NAME(search) * job, size_t from, size_t to) {
  const real *x = job->x + from;
  int32_t odd = 0;
  EACH(i, to - from) odd |= x[i] - x[i] != 0;
  if (odd) atomic_store(job->finite, false);
}
PATHS(search)

bool NAME(kernels_all_finite)(const real *x, size_t count) {
  atomic_bool finite = true;
  NAME(search) job = {x, &finite};
  NAME(search_run)(&job, count, piece_of(1));
  return finite;
}

#endif
