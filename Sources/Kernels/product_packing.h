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

/// Room for a packed array, kept in a kernels_packing or for one call.
typedef struct {
  char *memory;
  size_t bytes;
  bool kept, filled;
} kernels_packed;

/// The room for `layout`. It comes filled if it was filled before for the same `signature`, a digest of all
/// that the packed order depends on.
kernels_packed kernels_packed_borrow(kernels_packing *packing, kernels_layout layout, size_t bytes,
                                     uint64_t signature);
void kernels_packed_return(kernels_packed packed);

/// Folds `bytes` bytes into a digest that starts as 0 (FNV-1a).
uint64_t kernels_digest(uint64_t digest, const void *memory, size_t bytes);

/// Packs a whole [terms, columns] matrix whose steps are in elements.
void kernels_pack(const kernels_arithmetic *arithmetic, const void *b, ptrdiff_t term_step,
                  ptrdiff_t column_step, size_t terms, size_t columns, char *packed);

#endif
