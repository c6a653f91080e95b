#ifndef real
#include "loops.h"
#define THIS_FILE "optimiser.c"
#include "twice.h"
#else

bool NAME(kernels_adam_step)(real *w, real *m, real *v, const real *g, size_t count, kernels_adam adam) {
  bool finite = true;
  real beta = (real)adam.first_decay, beta_rest = (real)(1 - adam.first_decay);
  real gamma = (real)adam.second_decay, gamma_rest = (real)(1 - adam.second_decay);
  real rate = (real)(adam.rate / adam.first_correction), epsilon = (real)adam.epsilon;
  real shrink = (real)(1 - adam.rate * adam.weight_decay);
  real correction = (real)(1 / sqrt(adam.second_correction));
  for (size_t i = 0; i < count; i++) {
    m[i] = beta * m[i] + beta_rest * g[i];
    v[i] = gamma * v[i] + gamma_rest * g[i] * g[i];
    w[i] = shrink * w[i] - rate * m[i] / (MATH(sqrt)(v[i]) * correction + epsilon);
    finite &= g[i] - g[i] == 0;
  }
  return finite;
}

bool NAME(kernels_all_finite)(const real *x, size_t count) {
  bool finite = true;
  for (size_t i = 0; i < count; i++) finite &= x[i] - x[i] == 0;
  return finite;
}

#endif
