// A matrix product, and the ways to do it.
#ifndef KERNELS_PRODUCT_BLOCKS_H
#define KERNELS_PRODUCT_BLOCKS_H

#include "product_packing.h"

/// C [m, n] (+)= Σᵢ Aᵢ·Bᵢ over `factors` pairs with `factor_terms` terms each, as one sum of all their terms. More
/// than one pair only with A transposed and B not.
typedef struct {
  const kernels_arithmetic *arithmetic;
  bool a_transposed, b_transposed;
  size_t m, n;
  size_t factors, factor_terms;
  const void *const *a, *const *b;
  void *c;
  bool adding;
  const kernels_epilogue *epilogue;
} kernels_matrix_product;

/// By tiles, whatever the shape.
void kernels_multiply_blocks(const kernels_matrix_product *product, kernels_packing *packing);
/// Does a product whose shape is too thin for tiles, or returns false. Where B may be `packed` and kept, reading
/// its panels is faster for a few rows.
bool kernels_multiply_thin(const kernels_matrix_product *product, bool packed);
/// Does a product that the library is faster at, or returns false.
bool kernels_multiply_large(const kernels_matrix_product *product);

/// kernels_product_f or kernels_product_d.
void kernels_multiply(const kernels_arithmetic *arithmetic, bool a_transposed, bool b_transposed, size_t m,
                      size_t n, size_t k, const void *a, const void *b, void *c, bool adding,
                      const kernels_epilogue *epilogue, kernels_packing *packing);

#endif
