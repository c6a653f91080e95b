#include "machine.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

void kernels_end(const char *sentence, ...) {
  va_list values;
  va_start(values, sentence);
  vfprintf(stderr, sentence, values);
  va_end(values);
  fputc('\n', stderr);
  abort();
}

// MARK: The path

_Thread_local int kernels_level = -1;
static _Thread_local kernels_path chosen_path = KERNELS_BEST;

static int best_level(void) {
#if defined(__x86_64__)
  if (!__builtin_cpu_supports("avx2") || !__builtin_cpu_supports("fma")) return 0;
  const bool has_avx512 = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                          __builtin_cpu_supports("avx512dq");
  return has_avx512 ? 2 : 1;
#else
  return 0;
#endif
}

int kernels_find_level(void) {
  const int most = chosen_path == KERNELS_BEST ? 2 : chosen_path == KERNELS_WITHOUT_AVX512 ? 1 : 0;
  const int best = best_level();
  return kernels_level = best < most ? best : most;
}

void kernels_choose_path(kernels_path path) {
  chosen_path = path;
  kernels_find_level();
}

const char *kernels_path_name(void) {
  if (kernels_use_avx512()) return "AVX-512 in products, AVX2 and FMA";
  if (kernels_use_avx2()) return "AVX2 and FMA";
#if defined(__aarch64__)
  // NEON is part of every 64-bit ARM: the plain C is compiled to it.
  return "NEON";
#else
  return "portable C";
#endif
}

// MARK: The peak

// Twelve sums that do not wait for each other keep two multiply-add units of latency 4 or 5 busy.
typedef float eight __attribute__((vector_size(32)));
typedef float sixteen __attribute__((vector_size(64)));
enum { sums = 12, rounds = 1 << 16 };

#define MULTIPLY_AND_ADD(vector)                                    \
  vector sum[sums], result = {0};                                   \
  for (int s = 0; s < sums; s++) sum[s] = (vector){0} + (float)s;   \
  for (int round = 0; round < rounds; round++)                      \
    for (int s = 0; s < sums; s++) sum[s] = sum[s] * factor + term; \
  for (int s = 0; s < sums; s++) result += sum[s];                  \
  return result[0];

AVX512 static float multiply_and_add_avx512(float factor, float term) { MULTIPLY_AND_ADD(sixteen) }
AVX2 static float multiply_and_add_avx2(float factor, float term) { MULTIPLY_AND_ADD(eight) }
static float multiply_and_add_portable(float factor, float term) { MULTIPLY_AND_ADD(eight) }

static double seconds(void) {
  struct timespec time;
  clock_gettime(CLOCK_MONOTONIC, &time);
  return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

double kernels_fma_peak(void) {
  float (*loop)(float, float) = kernels_use_avx512() ? multiply_and_add_avx512
                                : kernels_use_avx2() ? multiply_and_add_avx2
                                                     : multiply_and_add_portable;
  volatile float factor = 0.5f, result;
  const double operations = (double)(2 * (kernels_use_avx512() ? 16 : 8) * sums * rounds);
  double start = seconds(), best = 0;
  // The best of many short runs: other programs take their share of the long ones.
  for (int run = 0; run < 20 || seconds() - start < 0.05; run++) {
    double before = seconds();
    result = loop(factor, 1);
    double speed = operations / (seconds() - before) * 1e-9;
    if (speed > best) best = speed;
  }
  (void)result;
  return best;
}
