#include "columns.h"

enum {
  most_partial_sums = 4096,
  most_parts = 256,
};

static size_t smaller(size_t a, size_t b) { return a < b ? a : b; }
static size_t ceiling(size_t a, size_t b) { return (a + b - 1) / b; }

/// Even tiles, whose columns are a multiple of 16 but for the last.
static size_t tile_width(size_t inner) {
  size_t tiles = ceiling(inner, tile_columns);
  return tiles <= 1 ? inner : ceiling(inner, 16 * tiles) * 16;
}

static void begin(const kernels_columns *columns, size_t width, double *sums) {
  double start = start_of_fold(columns->folding);
  for (size_t i = 0; i < columns->quantities * width; i++) sums[i] = start;
}

// MARK: Tiles

static void fold_tiles(const void *context, size_t from, size_t to) {
  const kernels_columns *columns = context;
  const size_t width = tile_width(columns->inner), tiles = ceiling(columns->inner, width);
  double sums[most_quantities * tile_columns];
  for (size_t index = from; index < to; index++) {
    kernels_tile tile = {columns->job, index / tiles, index % tiles * width, 0};
    tile.width = smaller(width, columns->inner - tile.column);
    begin(columns, tile.width, sums);
    columns->fold(&tile, 0, columns->count, sums);
    columns->end(&tile, sums);
  }
}

// MARK: Parts of one tile

typedef struct {
  const kernels_columns *columns;
  size_t rows;
  double *sums;  // [parts, quantities, inner]
} parts;

static void fold_parts(const void *context, size_t from, size_t to) {
  const parts *all = context;
  const kernels_columns *columns = all->columns;
  const kernels_tile tile = {columns->job, 0, 0, columns->inner};
  for (size_t part = from; part < to; part++) {
    double *sums = all->sums + part * columns->quantities * columns->inner;
    begin(columns, columns->inner, sums);
    columns->fold(&tile, part * all->rows, smaller((part + 1) * all->rows, columns->count), sums);
  }
}

static void fold_in_parts(const kernels_columns *columns, size_t rows, size_t count) {
  const size_t width = columns->quantities * columns->inner;
  double sums[most_partial_sums];
  parts all = {columns, rows, sums};
  kernels_run(fold_parts, &all, count, 1);
  for (size_t part = 1; part < count; part++) {
    for (size_t i = 0; i < width; i++) sums[i] = fold(columns->folding, sums[i], sums[part * width + i]);
  }
  const kernels_tile tile = {columns->job, 0, 0, columns->inner};
  columns->end(&tile, sums);
}

void kernels_fold_columns(const kernels_columns *columns) {
  const size_t inner = columns->inner, outer = columns->outer, count = columns->count;
  if (inner == 0 || outer == 0) return;
  if (outer == 1 && inner <= tile_columns && count * inner >= 2 * piece_elements) {
    size_t most = smaller(most_parts, most_partial_sums / (columns->quantities * inner));
    size_t wanted = ceiling(count * inner, piece_elements);
    size_t rows = ceiling(count, 128 * smaller(most, wanted)) * 128;
    fold_in_parts(columns, rows, ceiling(count, rows));
  } else {
    const size_t width = tile_width(inner);
    kernels_run(fold_tiles, columns, outer * ceiling(inner, width), piece_of(count * width));
  }
}
