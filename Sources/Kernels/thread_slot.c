#include "Kernels.h"

#include <stdatomic.h>

void **kernels_thread_slot(void) {
  static _Thread_local void *slot = NULL;
  return &slot;
}

uint32_t kernels_next_number(void) {
  static atomic_uint last = 0;
  return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}
