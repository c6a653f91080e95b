// What the files of kernels share: the choice of path, and ranges of work on one thread or several.
#ifndef KERNELS_MACHINE_H
#define KERNELS_MACHINE_H

#include "Kernels.h"

#include <stdatomic.h>

// A product and a sum in one expression are fused where the path has FMA.
#pragma STDC FP_CONTRACT ON

/// Code for processors with AVX2 and FMA stands beside code for every processor.
#if defined(__x86_64__)
#define AVX2 __attribute__((target("avx2,fma")))
#else
#define AVX2
#endif

/// Inlined into an AVX2 function, such a function becomes AVX2 code; into any other, portable code.
#define INLINE static inline __attribute__((always_inline))

/// Whether AVX2 and FMA are here and this thread's path is the best: 1 or 0, and below 0 before it has looked.
/// A thread that helps another takes over its path.
extern _Thread_local int kernels_avx2;
bool kernels_look_for_avx2(void);

static inline bool kernels_use_avx2(void) {
  return kernels_avx2 < 0 ? kernels_look_for_avx2() : kernels_avx2;
}

/// Does the items from ..< to of a job.
typedef void (*kernels_range)(const void *job, size_t from, size_t to);

/// Does the items 0 ..< count: at once where they are no more than `piece`, else in pieces of that size,
/// which threads share.
void kernels_run(kernels_range range, const void *job, size_t count, size_t piece);

#endif
