// B in panels one cache line wide, [panel, term, column], with zeros beyond the last column.
#ifndef KERNELS_PRODUCT_PACKING_H
#define KERNELS_PRODUCT_PACKING_H

#include "product_block.h"

typedef enum {
  kernels_layout_product,
  kernels_layout_transposed_product,
  kernels_layout_convolution,
  kernels_layout_by_picture,
  kernels_layouts,
} kernels_layout;

/// A packed array: one that a kernels_packing keeps, which comes filled and must not be written, or else room
/// that nobody but the borrower knows.
typedef struct {
  char *memory;
  size_t bytes;
  bool filled;
  kernels_packing *packing;  // or NULL
  kernels_layout layout;
  uint64_t signature;
} kernels_packed;

/// The array in the order of `layout` and `signature`, a digest of all else that the order depends on.
kernels_packed kernels_packed_borrow(kernels_packing *packing, kernels_layout layout, size_t bytes,
                                     uint64_t signature);
/// Room that was filled is kept for all from here on, if there is a packing to keep it in.
void kernels_packed_return(kernels_packed packed);

/// Folds `bytes` bytes into a digest that starts as 0 (FNV-1a).
uint64_t kernels_digest(uint64_t digest, const void *memory, size_t bytes);

/// Packs a whole [terms, columns] matrix whose steps are in elements.
void kernels_pack(const kernels_arithmetic *arithmetic, const void *b, ptrdiff_t term_step,
                  ptrdiff_t column_step, size_t terms, size_t columns, char *packed);

#endif
