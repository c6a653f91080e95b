#include "product_packing.h"

struct kernels_packing {
  struct {
    char *memory;
    size_t bytes;
    uint64_t signature;
  } places[kernels_layouts];
};

kernels_packing *kernels_packing_make(void) {
  const size_t bytes = sizeof(kernels_packing);
  kernels_packing *packing = kernels_allocate(bytes);
  *packing = (kernels_packing){0};
  return packing;
}

void kernels_packing_free(kernels_packing *packing) {
  if (!packing) return;
  for (int layout = 0; layout < kernels_layouts; layout++)
    if (packing->places[layout].memory)
      kernels_release(packing->places[layout].memory, packing->places[layout].bytes);
  kernels_release(packing, sizeof(kernels_packing));
}

kernels_packed kernels_packed_borrow(kernels_packing *packing, kernels_layout layout, size_t bytes,
                                     uint64_t signature) {
  if (!packing) return (kernels_packed){kernels_allocate(bytes), bytes, false, false};
  const bool filled = packing->places[layout].memory && packing->places[layout].bytes == bytes &&
                      packing->places[layout].signature == signature;
  if (!filled) {
    if (packing->places[layout].memory)
      kernels_release(packing->places[layout].memory, packing->places[layout].bytes);
    packing->places[layout].memory = kernels_allocate(bytes);
    packing->places[layout].bytes = bytes;
    packing->places[layout].signature = signature;
  }
  return (kernels_packed){packing->places[layout].memory, bytes, true, filled};
}

void kernels_packed_return(kernels_packed packed) {
  if (!packed.kept) kernels_release(packed.memory, packed.bytes);
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
