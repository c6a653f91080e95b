// What the three directions of a convolution share: which taps are used, and pictures with a border of zeros.
#ifndef KERNELS_CONVOLUTION_WINDOW_H
#define KERNELS_CONVOLUTION_WINDOW_H

#include "product_packing.h"

/// One used place of the window: how far below and to the right of the window's corner it reads, in pixels,
/// and which [channels, filters] matrix of the weights belongs to it.
typedef struct {
  ptrdiff_t down, right;
  size_t weights;
} kernels_tap;

/// Writes the used taps to `taps` (room for the whole window) and returns their number.
size_t kernels_used_taps(const kernels_convolution *shape, kernels_tap *taps);

/// Whether the convolution is a product: one place in its window, one result for each pixel.
bool kernels_is_pointwise(const kernels_convolution *shape);

/// A rectangle of pixels, possibly beyond the picture's borders.
typedef struct {
  ptrdiff_t top, left;
  size_t height, width;
} kernels_frame;

/// Whether all of the frame lies within a picture of height × width.
bool kernels_frame_is_inside(kernels_frame frame, size_t height, size_t width);
/// Copies the frame out of a picture, with zeros beyond its borders.
void kernels_copy_frame(kernels_frame frame, const char *picture, size_t height, size_t width,
                        size_t pixel_bytes, char *copy);

#endif
