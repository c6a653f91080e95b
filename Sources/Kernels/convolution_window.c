#include "convolution_window.h"

#include <string.h>

size_t kernels_used_taps(const kernels_convolution *shape, kernels_tap *taps) {
  size_t count = 0;
  for (size_t i = 0; i < shape->window_height; i++)
    for (size_t j = 0; j < shape->window_width; j++) {
      const size_t place = i * shape->window_width + j;
      if (shape->taps && !shape->taps[place]) continue;
      taps[count++] = (kernels_tap){(ptrdiff_t)(i * shape->dilation_height),
                                    (ptrdiff_t)(j * shape->dilation_width), place};
    }
  return count;
}

bool kernels_is_pointwise(const kernels_convolution *shape) {
  return shape->window_height == 1 && shape->window_width == 1 && shape->stride_height == 1 &&
         shape->stride_width == 1 && shape->padding_top == 0 && shape->padding_left == 0 &&
         shape->out_height == shape->height && shape->out_width == shape->width &&
         (!shape->taps || shape->taps[0]);
}

// MARK: Frames

bool kernels_frame_is_inside(kernels_frame frame, size_t height, size_t width) {
  return frame.top >= 0 && frame.left >= 0 && frame.top + (ptrdiff_t)frame.height <= (ptrdiff_t)height &&
         frame.left + (ptrdiff_t)frame.width <= (ptrdiff_t)width;
}

void kernels_copy_frame(kernels_frame frame, const char *picture, size_t height, size_t width,
                        size_t pixel_bytes, char *copy) {
  const size_t row_bytes = frame.width * pixel_bytes;
  const ptrdiff_t right = frame.left + (ptrdiff_t)frame.width;
  const ptrdiff_t from = frame.left < 0 ? 0 : frame.left;
  const ptrdiff_t to = right < (ptrdiff_t)width ? right : (ptrdiff_t)width;
  for (size_t i = 0; i < frame.height; i++, copy += row_bytes) {
    const ptrdiff_t y = frame.top + (ptrdiff_t)i;
    if (y < 0 || y >= (ptrdiff_t)height || from >= to) {
      memset(copy, 0, row_bytes);
      continue;
    }
    const size_t before = (size_t)(from - frame.left) * pixel_bytes;
    const size_t inside = (size_t)(to - from) * pixel_bytes;
    memset(copy, 0, before);
    memcpy(copy + before, picture + ((size_t)y * width + (size_t)from) * pixel_bytes, inside);
    memset(copy + before + inside, 0, row_bytes - before - inside);
  }
}
