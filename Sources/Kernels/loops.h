// How the element-wise files are written. Each reads itself twice, with `real` as float and as double, and
// every loop is compiled twice, for AVX2 and for every processor. A job is a struct of what a loop needs, and
// its range function does the items from ..< to.
#ifndef KERNELS_LOOPS_H
#define KERNELS_LOOPS_H

#include "machine.h"

#include <math.h>
#include <string.h>

/// A loop whose turns do not depend on each other: an output may be the same array as an input. The compiler
/// turns it into vectors of eight, or warns that it cannot.
#define EACH(i, count) \
  _Pragma("clang loop vectorize(assume_safety) vectorize_width(8) interleave_count(1) unroll(disable)") \
  ONE_BY_ONE(i, count)
#define ONE_BY_ONE(i, count) for (size_t i = 0; i < (count); i++)

/// Makes job_run(&job, count, piece) from the type `job` and its function job_range.
#define PATHS(job)                                                                                        \
  AVX2 static void NAME(job##_avx2)(const void *context, size_t from, size_t to) {                        \
    NAME(job##_range)(context, from, to);                                                                 \
  }                                                                                                       \
  static void NAME(job##_portable)(const void *context, size_t from, size_t to) {                         \
    NAME(job##_range)(context, from, to);                                                                 \
  }                                                                                                       \
  static inline void NAME(job##_run)(const NAME(job) * context, size_t count, size_t piece) {             \
    if (count > piece) {                                                                                  \
      kernels_run(kernels_use_avx2() ? NAME(job##_avx2) : NAME(job##_portable), context, count, piece);   \
    } else if (kernels_use_avx2()) {                                                                      \
      NAME(job##_avx2)(context, 0, count);                                                                \
    } else {                                                                                              \
      NAME(job##_portable)(context, 0, count);                                                            \
    }                                                                                                     \
  }

/// Work for one thread, in elements that are added or copied: some 10 to 50 µs, many times what it takes to
/// hand work over. An elementary function costs as much as `call_cost` such elements.
enum { piece_elements = 1 << 18, call_cost = 4 };

/// How many items make a piece when each costs as much as `elements`.
static inline size_t piece_of(size_t elements) {
  return elements >= piece_elements ? 1 : piece_elements / (elements ? elements : 1);
}

#endif
