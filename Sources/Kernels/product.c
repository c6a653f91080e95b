// The products that the header promises, each handed to the code that is fast for its shape.
#ifndef real
#include "product_blocks.h"

#define THIS_FILE "product.c"
#include "twice.h"

void kernels_multiply(const kernels_arithmetic *arithmetic, bool a_transposed, bool b_transposed, size_t m,
                      size_t n, size_t k, const void *a, const void *b, void *c, bool adding,
                      const kernels_epilogue *epilogue, kernels_packing *packing) {
  const kernels_matrix_product product = {arithmetic, a_transposed, b_transposed, m, n, 1, k,
                                          &a, &b, c, adding, epilogue};
  if (kernels_multiply_thin(&product, packing != NULL)) return;
  if (kernels_multiply_large(&product)) return;
  kernels_multiply_blocks(&product, packing);
}

#else

void NAME(kernels_product)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const real *a,
                           const real *b, real *c, bool adding, const kernels_epilogue *epilogue,
                           kernels_packing *packing) {
  const kernels_arithmetic arithmetic = NAME(kernels_arithmetic)();
  kernels_multiply(&arithmetic, a_transposed, b_transposed, m, n, k, a, b, c, adding, epilogue, packing);
}

void NAME(kernels_product_of_many)(size_t terms, size_t m, size_t n, size_t k, const real *const *a,
                                   const real *const *b, real *c) {
  if (terms == 0 || k == 0) return;
  const kernels_arithmetic arithmetic = NAME(kernels_arithmetic)();
  const kernels_matrix_product product = {&arithmetic, true, false, m, n, terms, k, (const void *const *)a,
                                          (const void *const *)b, c, true, NULL};
  kernels_multiply_blocks(&product, NULL);
}

#endif
