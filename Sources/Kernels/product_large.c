// The library's product for large matrices.
#if defined(__APPLE__)
#include <Accelerate/Accelerate.h>
#else
#include <cblas.h>
#endif

#include "Kernels.h"

static void library_product(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k,
                            const float *a, size_t lda, const float *b, size_t ldb, float *c, size_t ldc,
                            bool adding) {
#if !defined(__APPLE__)
  openblas_set_num_threads(1);
#endif
  cblas_sgemm(CblasRowMajor, a_transposed ? CblasTrans : CblasNoTrans, b_transposed ? CblasTrans : CblasNoTrans,
              (int)m, (int)n, (int)k, 1, a, (int)lda, b, (int)ldb, adding ? 1 : 0, c, (int)ldc);
}

kernels_large_product kernels_large_product_f = library_product;
