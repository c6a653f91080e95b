// Serial stand-ins for the machine, memory and element-wise functions, until the real ones are merged.
#include <math.h>
#include <stdlib.h>

#include "Kernels.h"
#include "machine.h"

static kernels_path path = KERNELS_BEST;
static int threads = 1;

void kernels_choose_path(kernels_path chosen) { path = chosen; }
void kernels_set_threads(int count) { threads = count; }
int kernels_threads(void) { return threads; }

bool kernels_use_avx2(void) {
#if defined(__x86_64__)
  return path == KERNELS_BEST && __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return false;
#endif
}

void kernels_parallel(size_t chunks, void (*body)(void *context, size_t chunk), void *context) {
  for (size_t chunk = 0; chunk < chunks; chunk++) body(context, chunk);
}

void *kernels_allocate(size_t bytes) {
  void *memory = NULL;
  if (posix_memalign(&memory, 64, bytes + 64) != 0) abort();
  return memory;
}

void kernels_release(void *memory, size_t bytes) {
  (void)bytes;
  free(memory);
}

void kernels_map_f(kernels_unary function, const float *x, float *y, size_t count, float p, float q) {
  (void)p, (void)q;
  for (size_t i = 0; i < count; i++)
    y[i] = function == KERNELS_TANH ? tanhf(x[i]) : 1 / (1 + expf(-x[i]));
}

void kernels_map_d(kernels_unary function, const double *x, double *y, size_t count, double p, double q) {
  (void)p, (void)q;
  for (size_t i = 0; i < count; i++)
    y[i] = function == KERNELS_TANH ? tanh(x[i]) : 1 / (1 + exp(-x[i]));
}
