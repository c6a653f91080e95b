// The products that the header promises, each handed to the code that is fast for its shape.
#include "product_blocks.h"

void kernels_multiply(const kernels_arithmetic *arithmetic, bool a_transposed, bool b_transposed, size_t m,
                      size_t n, size_t k, const void *a, const void *b, void *c, bool adding,
                      const kernels_epilogue *epilogue, kernels_packing *packing) {
  const kernels_matrix_product product = {arithmetic, a_transposed, b_transposed, m, n, 1, k,
                                          &a, &b, c, adding, epilogue};
  if (!kernels_multiply_thin(&product, packing != NULL)) kernels_multiply_blocks(&product, packing);
}

static void multiply_many(const kernels_arithmetic *arithmetic, size_t factors, size_t m, size_t n, size_t k,
                          const void *const *a, const void *const *b, void *c) {
  const kernels_matrix_product product = {arithmetic, true, false, m, n, factors, k, a, b, c, true, NULL};
  kernels_multiply_blocks(&product, NULL);
}

void kernels_product_f(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const float *a,
                       const float *b, float *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing) {
  kernels_multiply(kernels_arithmetic_f(), a_transposed, b_transposed, m, n, k, a, b, c, adding, epilogue, packing);
}

void kernels_product_d(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const double *a,
                       const double *b, double *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing) {
  kernels_multiply(kernels_arithmetic_d(), a_transposed, b_transposed, m, n, k, a, b, c, adding, epilogue, packing);
}

void kernels_product_of_many_f(size_t terms, size_t m, size_t n, size_t k, const float *const *a,
                               const float *const *b, float *c) {
  multiply_many(kernels_arithmetic_f(), terms, m, n, k, (const void *const *)a, (const void *const *)b, c);
}

void kernels_product_of_many_d(size_t terms, size_t m, size_t n, size_t k, const double *const *a,
                               const double *const *b, double *c) {
  multiply_many(kernels_arithmetic_d(), terms, m, n, k, (const void *const *)a, (const void *const *)b, c);
}
