#include "product_packing.h"

#include <stdatomic.h>

/// An array in one of its packed orders; it never changes once others can find it.
typedef struct kept_array {
  struct kept_array *next;
  kernels_packed packed;
} kept_array;

struct kernels_packing {
  kept_array *_Atomic first;
};

enum { most_kept = 8 };  // more orders than a weight is ever read in

kernels_packing *kernels_packing_make(void) {
  kernels_packing *packing = kernels_allocate(sizeof *packing);
  atomic_init(&packing->first, NULL);
  return packing;
}

void kernels_packing_free(kernels_packing *packing) {
  if (!packing) return;
  kept_array *kept = atomic_load_explicit(&packing->first, memory_order_acquire);
  while (kept) {
    kept_array *next = kept->next;
    kernels_release(kept->packed.memory, kept->packed.bytes);
    kernels_release(kept, sizeof *kept);
    kept = next;
  }
  kernels_release(packing, sizeof *packing);
}

static bool same_order(const kernels_packed *a, const kernels_packed *b) {
  return a->layout == b->layout && a->signature == b->signature && a->bytes == b->bytes;
}

kernels_packed kernels_packed_borrow(kernels_packing *packing, kernels_layout layout, size_t bytes,
                                     uint64_t signature) {
  kernels_packed packed = {.packing = packing, .layout = layout, .bytes = bytes, .signature = signature};
  const kept_array *kept = packing ? atomic_load_explicit(&packing->first, memory_order_acquire) : NULL;
  for (; kept; kept = kept->next)
    if (same_order(&kept->packed, &packed)) {
      packed.memory = kept->packed.memory;
      packed.filled = true;
      return packed;
    }
  packed.memory = kernels_allocate(bytes);
  return packed;
}

/// Puts a filled array before those that are kept, unless one like it is there already, or too many are.
static bool keep(const kernels_packed *packed) {
  kept_array *mine = kernels_allocate(sizeof *mine);
  *mine = (kept_array){atomic_load_explicit(&packed->packing->first, memory_order_acquire), *packed};
  do {
    int count = 0;
    for (const kept_array *kept = mine->next; kept; kept = kept->next, count++)
      if (count + 1 == most_kept || same_order(&kept->packed, packed)) {
        kernels_release(mine, sizeof *mine);
        return false;
      }
  } while (!atomic_compare_exchange_weak_explicit(&packed->packing->first, &mine->next, mine,
                                                  memory_order_release, memory_order_acquire));
  return true;
}

void kernels_packed_return(kernels_packed packed) {
  if (packed.filled || (packed.packing && keep(&packed))) return;
  kernels_release(packed.memory, packed.bytes);
}

uint64_t kernels_digest(uint64_t digest, const void *memory, size_t bytes) {
  digest ^= 0xcbf29ce484222325;
  for (size_t i = 0; i < bytes; i++) digest = (digest ^ ((const uint8_t *)memory)[i]) * 0x100000001b3;
  return digest;
}

enum { panels_at_once = 16 };

typedef struct {
  const kernels_arithmetic *arithmetic;
  const char *b;
  ptrdiff_t term_step, column_step;
  size_t terms, columns;
  char *packed;
} packing_job;

static void pack_part(void *context, size_t part) {
  const packing_job *job = context;
  const size_t width = panels_at_once * job->arithmetic->columns, first = part * width;
  const size_t panel_step = job->terms * kernels_panel_bytes;
  job->arithmetic->pack(job->b + (ptrdiff_t)first * job->column_step * (ptrdiff_t)job->arithmetic->size,
                        job->term_step, job->column_step, job->terms,
                        kernels_smaller(width, job->columns - first),
                        job->packed + part * panels_at_once * panel_step, panel_step);
}

void kernels_pack(const kernels_arithmetic *arithmetic, const void *b, ptrdiff_t term_step,
                  ptrdiff_t column_step, size_t terms, size_t columns, char *packed) {
  packing_job job = {arithmetic, b, term_step, column_step, terms, columns, packed};
  kernels_share(terms * columns * 4, kernels_divide_up(columns, panels_at_once * arithmetic->columns),
                pack_part, &job);
}
