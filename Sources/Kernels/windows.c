// Where the largest element of each window of a picture is.
#ifndef real
#include "loops.h"

enum { channels_at_once = 64 };

#define THIS_FILE "windows.c"
#include "twice.h"
#else

typedef struct {
  const real *x;
  int32_t *y;
  size_t height, width, channels, window, stride, out_height, out_width;
} NAME(windows);

/// Items are rows of the result.
INLINE void NAME(windows_range)(const NAME(windows) * job, size_t from, size_t to) {
  const size_t width = job->width, channels = job->channels;
  int32_t *y = job->y + from * job->out_width * channels;
  for (size_t row = from; row < to; row++) {
    const size_t top = row / job->out_height * job->height + row % job->out_height * job->stride;
    for (size_t left = 0; left < job->out_width * job->stride; left += job->stride) {
      for (size_t start = 0; start < channels; start += channels_at_once) {
        const size_t count = channels - start < channels_at_once ? channels - start : channels_at_once;
        real most[channels_at_once];
        int32_t places[channels_at_once];
        const size_t corner = (top * width + left) * channels + start;
        EACH(c, count) {
          most[c] = job->x[corner + c];
          places[c] = (int32_t)(corner + c);
        }
        for (size_t i = 0; i < job->window; i++) {
          for (size_t j = 0; j < job->window; j++) {
            const size_t place = corner + (i * width + j) * channels;
            const real *x = job->x + place;
            EACH(c, count) {
              // The first NaN counts as the largest.
              const bool larger = (x[c] > most[c]) | ((x[c] != x[c]) & (most[c] == most[c]));
              most[c] = larger ? x[c] : most[c];
              places[c] = larger ? (int32_t)(place + c) : places[c];
            }
          }
        }
        memcpy(y, places, count * sizeof *places);
        y += count;
      }
    }
  }
}
PATHS(windows)

void NAME(kernels_window_of_largest)(const real *x, int32_t *y, size_t batch, size_t height, size_t width,
                                     size_t channels, size_t window, size_t stride) {
  const size_t limit = (size_t)INT32_MAX + 1;
  size_t elements;
  if (__builtin_mul_overflow(batch * height, width * channels, &elements) || elements > limit)
    kernels_end("expected pictures of at most %zu elements to pool, found %zu x %zu x %zu x %zu; pool fewer at "
                "a time",
                limit, batch, height, width, channels);
  const size_t out_height = (height - window) / stride + 1, out_width = (width - window) / stride + 1;
  NAME(windows) job = {x, y, height, width, channels, window, stride, out_height, out_width};
  NAME(windows_run)(&job, batch * out_height, piece_of(width * stride * channels));
}

#endif
