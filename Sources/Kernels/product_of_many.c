// A sum of products: the factors of many time steps are laid end to end and multiplied as one.
#include <string.h>

#include "product_block.h"

enum { terms_at_once = 1024 };

/// As many of the products as fit in the scratch at a time, at least one.
static size_t group(size_t k) { return k >= terms_at_once ? 1 : terms_at_once / (k > 0 ? k : 1); }

void kernels_product_of_many_f(size_t terms, size_t m, size_t n, size_t k, const float *const *a,
                               const float *const *b, float *c) {
  const size_t most = kernels_smaller(group(k), terms);
  const size_t a_bytes = most * k * m * sizeof(float), b_bytes = most * k * n * sizeof(float);
  float *all_a = kernels_allocate(a_bytes), *all_b = kernels_allocate(b_bytes);
  for (size_t first = 0; first < terms; first += most) {
    const size_t count = kernels_smaller(most, terms - first);
    for (size_t i = 0; i < count; i++) {
      memcpy(all_a + i * k * m, a[first + i], k * m * sizeof(float));
      memcpy(all_b + i * k * n, b[first + i], k * n * sizeof(float));
    }
    kernels_product_f(true, false, m, n, count * k, all_a, all_b, c, true, NULL, NULL);
  }
  kernels_release(all_b, b_bytes);
  kernels_release(all_a, a_bytes);
}

void kernels_product_of_many_d(size_t terms, size_t m, size_t n, size_t k, const double *const *a,
                               const double *const *b, double *c) {
  for (size_t i = 0; i < terms; i++) kernels_product_d(true, false, m, n, k, a[i], b[i], c, true, NULL, NULL);
}
