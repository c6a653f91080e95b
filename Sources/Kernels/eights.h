// Element-wise functions take their elements by eights. Where the count is no multiple of eight, the last
// eight elements are done in a place of their own, before the others (an output may be the input); fewer than
// eight are filled up with zeros. So every element goes through the same instructions, wherever it stands,
// and an odd size costs one eight more.
#ifndef real
#ifndef KERNELS_EIGHTS_H
#define KERNELS_EIGHTS_H
#include "loops.h"
#define THIS_FILE "eights.h"
#include "twice.h"
#undef THIS_FILE
#endif
#else

/// Copies n < 8 elements without a call.
INLINE void NAME(copy_few)(const real *x, real *y, size_t n) {
  if (n & 4) memcpy(y, x, 4 * sizeof(real)), x += 4, y += 4;
  if (n & 2) memcpy(y, x, 2 * sizeof(real)), x += 2, y += 2;
  if (n & 1) *y = *x;
}

/// The last eight of `count` elements; all of them, where they are fewer.
INLINE void NAME(copy_last)(const real *x, real *last, size_t count) {
  if (count >= 8) {
    memcpy(last, x + count - 8, 8 * sizeof(real));
  } else {
    NAME(copy_few)(x, last, count);
  }
}

/// Eight times the same number.
INLINE const real *NAME(repeat)(real value, real *eight) {
  for (size_t i = 0; i < 8; i++) eight[i] = value;
  return eight;
}

/// And back.
INLINE void NAME(paste_last)(const real *last, real *y, size_t count) {
  if (count >= 8) {
    memcpy(y + count - 8, last, 8 * sizeof(real));
  } else {
    NAME(copy_few)(last, y, count);
  }
}

#endif
