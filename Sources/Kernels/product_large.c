// Large matrices by the system's library, where that is faster than our tiles: on Apple's processors, whose matrix
// unit only Accelerate reaches, and by some 5 % with AVX2, but not with AVX-512.
#include "product_blocks.h"

#include "machine.h"

#if defined(__APPLE__)
#define ACCELERATE_NEW_LAPACK
#include <Accelerate/Accelerate.h>
enum { least_side = 64 };
#else
#include <cblas.h>
enum { least_side = 768 };
#endif

enum { part_rows = 512 };

static void library_product(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const float *a,
                            size_t lda, const float *b, size_t ldb, float *c, size_t ldc, bool adding) {
#if !defined(__APPLE__)
  openblas_set_num_threads(1);  // the parts are ours to share
#endif
  cblas_sgemm(CblasRowMajor, a_transposed ? CblasTrans : CblasNoTrans, b_transposed ? CblasTrans : CblasNoTrans,
              (int)m, (int)n, (int)k, 1, a, (int)lda, b, (int)ldb, adding ? 1 : 0, c, (int)ldc);
}

kernels_large_product kernels_large_product_f = library_product;

static void multiply_part(void *context, size_t part) {
  const kernels_matrix_product *product = context;
  const size_t m = product->m, n = product->n, k = product->factor_terms;
  const size_t row = part * part_rows, rows = kernels_smaller(part_rows, m - row);
  const float *a = (const float *)product->a[0] + (product->a_transposed ? row : row * k);
  float *c = (float *)product->c + row * n;
  kernels_large_product_f(product->a_transposed, product->b_transposed, rows, n, k, a,
                          product->a_transposed ? m : k, product->b[0], product->b_transposed ? k : n, c, n,
                          product->adding);
  if (!product->epilogue) return;
  product->arithmetic->finish(product->epilogue, c, rows, n);
  kernels_finish_curve(product->arithmetic, product->epilogue, c, rows * n);
}

bool kernels_multiply_large(const kernels_matrix_product *product) {
  const size_t m = product->m, n = product->n, k = product->factor_terms;
  const bool large = m >= least_side && n >= least_side && k >= least_side && m <= INT32_MAX && n <= INT32_MAX &&
                     k <= INT32_MAX;
  if (!large || !kernels_large_product_f || product->arithmetic->size != sizeof(float)) return false;
#if defined(__x86_64__)
  if (!kernels_use_avx2() || __builtin_cpu_supports("avx512f")) return false;
#endif
  kernels_share(m * n * k, kernels_divide_up(m, part_rows), multiply_part, (void *)product);
  return true;
}
