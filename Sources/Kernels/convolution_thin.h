// A text that convolution_thin.c compiles for float and for double, given REAL and NAME(x).

/// y[i] (+)= Σ p[i·p_step + offsets[t]] over so few taps that the loop over them vanishes.
static inline __attribute__((always_inline)) void NAME(add_some)(const int taps, const REAL *p, ptrdiff_t p_step,
                                                                 const ptrdiff_t *offsets, REAL *y,
                                                                 ptrdiff_t y_step, size_t count, bool adding) {
  const REAL *from[4];
  for (int t = 0; t < taps; t++) from[t] = p + offsets[t];
  for (ptrdiff_t i = 0; i < (ptrdiff_t)count; i++) {
    REAL sum = adding ? y[i * y_step] : 0;
    for (int t = 0; t < taps; t++) sum += from[t][i * p_step];
    y[i * y_step] = sum;
  }
}

static void NAME(add_taps)(const REAL *p, ptrdiff_t p_step, const ptrdiff_t *offsets, size_t taps, REAL *y,
                           ptrdiff_t y_step, size_t count) {
  size_t tap = 0;
  do {
    const bool adding = tap > 0;
    switch (taps - tap) {
      case 0: NAME(add_some)(0, p, p_step, offsets + tap, y, y_step, count, adding); break;
      case 1: NAME(add_some)(1, p, p_step, offsets + tap, y, y_step, count, adding); break;
      case 2: NAME(add_some)(2, p, p_step, offsets + tap, y, y_step, count, adding); break;
      case 3: NAME(add_some)(3, p, p_step, offsets + tap, y, y_step, count, adding); break;
      default: NAME(add_some)(4, p, p_step, offsets + tap, y, y_step, count, adding); break;
    }
    tap += 4;
  } while (tap < taps);
}

static void NAME(finish)(const kernels_epilogue *epilogue, REAL *y, size_t pixels, size_t channels) {
  const REAL *bias = epilogue->bias;
  const bool rectified = epilogue->activation == KERNELS_RECTIFY;
  const REAL slope = (REAL)epilogue->slope;
  for (size_t i = 0; i < pixels; i++)
    for (size_t c = 0; c < channels; c++, y++) {
      const REAL x = bias ? *y + bias[c] : *y;
      *y = rectified && !(x > 0) ? slope * x : x;
    }
}

#undef REAL
#undef NAME
