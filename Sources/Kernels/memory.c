#include "machine.h"

#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>

static atomic_size_t in_use, peak;

void *kernels_allocate(size_t bytes) {
  void *memory = aligned_alloc(64, (bytes + 127) / 64 * 64);
  if (!memory) {
    fprintf(stderr, "The machine has no more memory: %zu bytes were asked for.\n", bytes);
    abort();
  }
  size_t now = atomic_fetch_add(&in_use, bytes) + bytes, most = atomic_load(&peak);
  while (now > most && !atomic_compare_exchange_weak(&peak, &most, now)) {}
  return memory;
}

void kernels_release(void *memory, size_t bytes) {
  free(memory);
  atomic_fetch_sub(&in_use, bytes);
}

size_t kernels_memory_in_use(void) { return atomic_load(&in_use); }
size_t kernels_memory_peak(void) { return atomic_load(&peak); }
void kernels_reset_memory_peak(void) { atomic_store(&peak, atomic_load(&in_use)); }
