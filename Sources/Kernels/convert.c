#include "loops.h"

void kernels_narrow(const double *x, float *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = (float)x[i];
}
void kernels_widen(const float *x, double *y, size_t count) {
  for (size_t i = 0; i < count; i++) y[i] = x[i];
}
