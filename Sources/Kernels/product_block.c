// The tile of product_tile.h for each element and processor, and the choice among them.
#include "product_block.h"

#include <string.h>

#include "machine.h"
#include "transposition.h"

#define AVX512 __attribute__((target("avx512f,avx512vl,avx512dq,avx2,fma")))

// MARK: Plain C: 16-byte vectors, which every x86-64 and arm64 has

#define PORTABLE_ROWS 2
#if defined(__aarch64__)  // has 32 registers where SSE has 16
#undef PORTABLE_ROWS
#define PORTABLE_ROWS 6
#endif

#define REAL float
#define VECTOR 16
#define GROUP 1
#define TILE_ROWS PORTABLE_ROWS
#define TARGET
#define NAME(x) x##_portable_f
#include "product_tile.h"

#define REAL double
#define VECTOR 16
#define GROUP 1
#define TILE_ROWS PORTABLE_ROWS
#define TARGET
#define NAME(x) x##_portable_d
#include "product_tile.h"

#define REAL float
#define TRANSPOSE transpose_square_f
#define TARGET 
#define NAME(x) x##_portable_f
#include "product_elements.h"

#define REAL double
#define TRANSPOSE transpose_square_d
#define TARGET 
#define NAME(x) x##_portable_d
#include "product_elements.h"

#if defined(__x86_64__)

// MARK: AVX2 and FMA

#define REAL float
#define VECTOR 32
#define GROUP 1
#define TILE_ROWS 6
#define TARGET AVX2
#define NAME(x) x##_avx2_f
#include "product_tile.h"

#define REAL double
#define VECTOR 32
#define GROUP 1
#define TILE_ROWS 6
#define TARGET AVX2
#define NAME(x) x##_avx2_d
#include "product_tile.h"

#define REAL float
#define TRANSPOSE transpose_square_f
#define TARGET AVX2
#define NAME(x) x##_avx2_f
#include "product_elements.h"

#define REAL double
#define TRANSPOSE transpose_square_d
#define TARGET AVX2
#define NAME(x) x##_avx2_d
#include "product_elements.h"

// MARK: AVX-512

#define REAL float
#define VECTOR 64
#define GROUP 2
#define TILE_ROWS 6
#define TARGET AVX512
#define NAME(x) x##_avx512_f
#include "product_tile.h"

#define REAL double
#define VECTOR 64
#define GROUP 2
#define TILE_ROWS 6
#define TARGET AVX512
#define NAME(x) x##_avx512_d
#include "product_tile.h"

#ifdef KERNELS_TESTING
extern int kernels_test_which;
#else
#define kernels_test_which 0
#endif
static bool use_avx512(void) {
  if (kernels_test_which == 1) return false;
  return kernels_use_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
         __builtin_cpu_supports("avx512dq");
}

#endif

// MARK: The choice

static void curve_f(kernels_activation activation, void *x, size_t count) {
  kernels_map_f(activation == KERNELS_HYPERBOLIC ? KERNELS_TANH : KERNELS_SIGMOID, x, x, count, 0, 0);
}

static void curve_d(kernels_activation activation, void *x, size_t count) {
  kernels_map_d(activation == KERNELS_HYPERBOLIC ? KERNELS_TANH : KERNELS_SIGMOID, x, x, count, 0, 0);
}

#define ARITHMETIC(real, multiplier, packer, suffix)                                                            \
  {sizeof(real), kernels_panel_bytes / sizeof(real), multiply_##multiplier##_##suffix, pack_##packer##_##suffix, \
   curve_##suffix}

const kernels_arithmetic *kernels_arithmetic_f(void) {
  static const kernels_arithmetic portable = ARITHMETIC(float, portable, portable, f);
#if defined(__x86_64__)
  static const kernels_arithmetic avx2 = ARITHMETIC(float, avx2, avx2, f);
  static const kernels_arithmetic avx512 = ARITHMETIC(float, avx512, avx2, f);
  if (use_avx512()) return &avx512;
  if (kernels_use_avx2()) return &avx2;
#endif
  return &portable;
}

const kernels_arithmetic *kernels_arithmetic_d(void) {
  static const kernels_arithmetic portable = ARITHMETIC(double, portable, portable, d);
#if defined(__x86_64__)
  static const kernels_arithmetic avx2 = ARITHMETIC(double, avx2, avx2, d);
  static const kernels_arithmetic avx512 = ARITHMETIC(double, avx512, avx2, d);
  if (use_avx512()) return &avx512;
  if (kernels_use_avx2()) return &avx2;
#endif
  return &portable;
}

void kernels_block_finish(kernels_block *block, const kernels_arithmetic *arithmetic,
                          const kernels_epilogue *epilogue, size_t column) {
  if (!epilogue) return;
  if (epilogue->bias) block->bias = (const char *)epilogue->bias + column * arithmetic->size;
  block->rectified = epilogue->activation == KERNELS_RECTIFY;
  block->slope = epilogue->slope;
}

void kernels_finish_curve(const kernels_arithmetic *arithmetic, const kernels_epilogue *epilogue, void *c,
                          size_t count) {
  if (!epilogue) return;
  if (epilogue->activation == KERNELS_HYPERBOLIC || epilogue->activation == KERNELS_LOGISTIC)
    arithmetic->curve(epilogue->activation, c, count);
}

bool kernels_worth_threads(size_t multiplications) { return multiplications >= 500 * 1000; }

void kernels_share(size_t multiplications, size_t chunks, void (*body)(void *context, size_t chunk),
                   void *context) {
  if (chunks > 1 && kernels_worth_threads(multiplications)) {
    kernels_parallel(chunks, body, context);
  } else {
    for (size_t chunk = 0; chunk < chunks; chunk++) body(context, chunk);
  }
}
