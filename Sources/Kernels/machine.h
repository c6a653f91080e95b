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
#define AVX512 __attribute__((target("avx512f,avx512vl,avx512dq,avx2,fma")))
#else
#define AVX2
#define AVX512
#endif

/// Inlined into an AVX2 function, such a function becomes AVX2 code; into any other, portable code.
#define INLINE static inline __attribute__((always_inline))

/// What this thread's code may use: 0 is any processor's, 1 AVX2 and FMA, 2 AVX-512 besides; below 0 before it
/// has looked. A thread that helps another takes over its level.
extern _Thread_local int kernels_level;
int kernels_find_level(void);

static inline int kernels_level_here(void) { return kernels_level < 0 ? kernels_find_level() : kernels_level; }
static inline bool kernels_use_avx2(void) { return kernels_level_here() >= 1; }
static inline bool kernels_use_avx512(void) { return kernels_level_here() >= 2; }

/// Ends the process with a sentence, written as printf writes.
_Noreturn void kernels_end(const char *sentence, ...) __attribute__((format(printf, 1, 2)));

/// Does the items from ..< to of a job.
typedef void (*kernels_range)(const void *job, size_t from, size_t to);

/// Does the items 0 ..< count: at once where they are no more than `piece`, else in pieces of that size,
/// which threads share.
void kernels_run(kernels_range range, const void *job, size_t count, size_t piece);

#endif
