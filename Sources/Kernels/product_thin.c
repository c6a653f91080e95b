// Products where one side of the result, or the sum, is so short that most of a tile would be idle. The thin
// matrix is copied into the order the loops want; the long one is read once, where it is.
#ifndef real
#include "machine.h"
#include "product_blocks.h"

#include <string.h>

enum {
  thin_side = 8,
  thin_sum = 4,
  group = 4,         // thin places at a time
  wanted_parts = 8,  // of the long side
};

/// Steps in elements.
typedef struct {
  const void *matrix;  // the long one
  size_t step;         // from one of its stored rows to the next
  const void *thin;    // [width, terms] where the long one's terms lie next to each other, else [terms, width]
  size_t width, terms;
  void *c;
  size_t long_step, thin_step;  // in c
  bool adding, rectified;
  double slope;
  const void *bias;
  bool bias_along_long_side;
} thin_product;

/// `b` is [terms, columns].
typedef struct {
  const void *a;
  size_t row_step, term_step;  // in a
  const void *b;
  size_t terms, columns;
  void *c;
  bool adding, rectified;
  double slope;
  const void *bias;
} short_sum;

/// Calls function(count, …) for a count below four, or for four, as a constant.
#define FOR_COUNT(function, count, ...)           \
  switch (count) {                                \
    case 1: function(1, __VA_ARGS__); break;      \
    case 2: function(2, __VA_ARGS__); break;      \
    case 3: function(3, __VA_ARGS__); break;      \
    default: function(4, __VA_ARGS__); break;     \
  }

#define THIS_FILE "product_thin.c"
#include "twice.h"

// MARK: The choice

typedef struct {
  const kernels_matrix_product *product;
  thin_product thin;
  short_sum sum;
  void (*thin_loop)(const thin_product *job, size_t from, size_t to);
  void (*sum_loop)(const short_sum *job, size_t from, size_t to);
  bool rows_are_long;
  size_t places, parts;  // of the long side
} long_side;

static void do_part(void *context, size_t part) {
  const long_side *job = context;
  const kernels_matrix_product *product = job->product;
  const size_t from = kernels_part(job->places, job->parts, part);
  const size_t to = kernels_part(job->places, job->parts, part + 1);
  if (job->sum_loop) job->sum_loop(&job->sum, from, to);
  else job->thin_loop(&job->thin, from, to);

  char *c = product->c;
  const size_t size = product->arithmetic->size, n = product->n;
  if (job->rows_are_long) {
    kernels_finish_curve(product->arithmetic, product->epilogue, c + from * n * size, (to - from) * n);
  } else {
    for (size_t row = 0; row < product->m; row++)
      kernels_finish_curve(product->arithmetic, product->epilogue, c + (row * n + from) * size, to - from);
  }
}

static void do_parts(long_side *job) {
  const kernels_matrix_product *product = job->product;
  job->places = job->rows_are_long ? product->m : product->n;
  const size_t multiplications = product->m * product->n * product->factor_terms;
  job->parts = kernels_worth_sharing(multiplications) ? kernels_smaller(wanted_parts, job->places) : 1;
  kernels_share(multiplications, job->parts, do_part, job);
}

/// Copies an array [rows, columns] with any steps (in elements) to a dense one.
static void lay_out(const char *x, size_t row_step, size_t column_step, size_t rows, size_t columns,
                    size_t size, char *y) {
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++, y += size) {
      const char *from = x + (row * row_step + column * column_step) * size;
      if (size == sizeof(float)) memcpy(y, from, sizeof(float));
      else memcpy(y, from, sizeof(double));
    }
}

/// A sum of few terms for each element of C.
static void multiply_short(const kernels_matrix_product *product) {
  const size_t m = product->m, n = product->n, k = product->factor_terms, size = product->arithmetic->size;
  const kernels_epilogue *epilogue = product->epilogue;
  const size_t bytes = product->b_transposed ? n * k * size : 0;
  char *lines = kernels_allocate(bytes);
  if (product->b_transposed) lay_out(product->b[0], 1, k, k, n, size, lines);
  long_side job = {
      .product = product,
      .sum = {.a = product->a[0], .row_step = product->a_transposed ? 1 : k,
              .term_step = product->a_transposed ? m : 1, .b = product->b_transposed ? lines : product->b[0],
              .terms = k, .columns = n, .c = product->c, .adding = product->adding,
              .rectified = epilogue && epilogue->activation == KERNELS_RECTIFY,
              .slope = epilogue ? epilogue->slope : 0, .bias = epilogue ? epilogue->bias : NULL},
      .sum_loop = size == sizeof(float) ? short_sum_loop_f() : short_sum_loop_d(),
      .rows_are_long = true};
  do_parts(&job);
  kernels_release(lines, bytes);
}

/// Few columns, or else few rows.
static void multiply_narrow(const kernels_matrix_product *product, bool few_columns) {
  const size_t m = product->m, n = product->n, k = product->factor_terms, size = product->arithmetic->size;
  const kernels_epilogue *epilogue = product->epilogue;
  const bool along = few_columns ? !product->a_transposed : product->b_transposed;
  const bool thin_along = few_columns ? product->b_transposed : !product->a_transposed;
  const size_t width = few_columns ? n : m, bytes = width * k * size;
  const size_t thin_step = thin_along ? k : 1, term_step = thin_along ? 1 : width;
  const void *source = few_columns ? product->b[0] : product->a[0];
  char *thin = kernels_allocate(bytes);
  if (along) lay_out(source, thin_step, term_step, width, k, size, thin);
  else lay_out(source, term_step, thin_step, k, width, size, thin);
  long_side job = {
      .product = product,
      .thin = {.matrix = few_columns ? product->a[0] : product->b[0],
               .step = along ? k : few_columns ? m : n, .thin = thin, .width = width, .terms = k,
               .c = product->c, .long_step = few_columns ? n : 1, .thin_step = few_columns ? 1 : n,
               .adding = product->adding, .rectified = epilogue && epilogue->activation == KERNELS_RECTIFY,
               .slope = epilogue ? epilogue->slope : 0, .bias = epilogue ? epilogue->bias : NULL,
               .bias_along_long_side = !few_columns},
      .thin_loop = size == sizeof(float) ? thin_loop_f(along) : thin_loop_d(along),
      .rows_are_long = few_columns};
  do_parts(&job);
  kernels_release(thin, bytes);
}

bool kernels_multiply_thin(const kernels_matrix_product *product, bool packed) {
  const size_t m = product->m, n = product->n, k = product->factor_terms;
  const bool few_columns = n <= thin_side && n <= m, few_rows = m <= (packed ? 1 : thin_side);
  if (m == 0 || n == 0 || k == 0) return false;
  if (few_columns || few_rows) {
    multiply_narrow(product, few_columns);
  } else if (k <= thin_sum) {
    multiply_short(product);
  } else {
    return false;
  }
  return true;
}

#else

typedef real NAME(few) __attribute__((vector_size(32), aligned(sizeof(real)), may_alias));

#define FEW (32 / sizeof(real))
#define LOAD(pointer) (*(const NAME(few) *)(pointer))

/// Finishes and writes one element.
INLINE void NAME(write_one)(const thin_product *job, real sum, size_t place, size_t thin_place) {
  real *y = (real *)job->c + place * job->long_step + thin_place * job->thin_step;
  if (job->adding) sum += *y;
  if (job->bias) sum += ((const real *)job->bias)[job->bias_along_long_side ? place : thin_place];
  *y = job->rectified ? RECTIFIED_NUMBER(sum, (real)job->slope) : sum;
}

// MARK: Along the terms: in both matrices a place's terms lie next to each other

INLINE void NAME(dot_products)(const int width, const int rows, const thin_product *job, size_t place,
                               size_t thin_place) {
  const real *x = (const real *)job->matrix + place * job->step;
  const real *t = (const real *)job->thin + thin_place * job->terms;
  NAME(few) sums[8][group];
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int j = 0; j < width; j++) sums[r][j] = (NAME(few)){0};
  size_t term = 0;
  for (; term + FEW <= job->terms; term += FEW) {
    NAME(few) factors[group];
    UNROLLED for (int j = 0; j < width; j++) factors[j] = LOAD(t + j * job->terms + term);
    UNROLLED for (int r = 0; r < rows; r++) {
      const NAME(few) line = LOAD(x + r * job->step + term);
      UNROLLED for (int j = 0; j < width; j++) sums[r][j] += line * factors[j];
    }
  }
  UNROLLED for (int r = 0; r < rows; r++)
    UNROLLED for (int j = 0; j < width; j++) {
      real parts[FEW];
      *(NAME(few) *)parts = sums[r][j];
      for (size_t half = FEW / 2; half > 0; half /= 2)
        for (size_t i = 0; i < half; i++) parts[i] += parts[i + half];
      real sum = parts[0];
      for (size_t rest = term; rest < job->terms; rest++)
        sum += x[r * job->step + rest] * t[j * job->terms + rest];
      NAME(write_one)(job, sum, place + r, thin_place + j);
    }
}

/// Some eight sums at a time: fewer would wait for each other.
INLINE void NAME(along_some)(const int width, const thin_product *job, size_t from, size_t to,
                             size_t thin_place) {
  const int rows = width == 1 ? 8 : width == 2 ? 4 : 2;
  size_t place = from;
  for (; place + rows <= to; place += rows) NAME(dot_products)(width, rows, job, place, thin_place);
  for (; place < to; place++) NAME(dot_products)(width, 1, job, place, thin_place);
}

INLINE void NAME(along)(const thin_product *job, size_t from, size_t to) {
  for (size_t first = 0; first < job->width; first += group)
    FOR_COUNT(NAME(along_some), job->width - first, job, from, to, first)
}

// MARK: Across the terms: in the long matrix the places of one term lie next to each other

INLINE void NAME(write_few)(const thin_product *job, const NAME(few) *sums, size_t place, size_t thin_place) {
  if (job->long_step != 1) {
    real copy[FEW];  // an index into the registers themselves would drive them into memory
    *(NAME(few) *)copy = *sums;
    for (size_t i = 0; i < FEW; i++) NAME(write_one)(job, copy[i], place + i, thin_place);
    return;
  }
  real *y = (real *)job->c + place + thin_place * job->thin_step;
  const real *bias = job->bias;
  NAME(few) sum = *sums;
  if (job->adding) sum += LOAD(y);
  if (bias && job->bias_along_long_side) sum += LOAD(bias + place);
  if (bias && !job->bias_along_long_side) sum += bias[thin_place];
  *(NAME(few) *)y = job->rectified ? RECTIFIED(sum, (real)job->slope) : sum;
}

INLINE void NAME(add_rows)(const int width, const int vectors, const thin_product *job, size_t place,
                           size_t thin_place) {
  const real *x = (const real *)job->matrix + place, *t = (const real *)job->thin + thin_place;
  NAME(few) sums[group][8];
  UNROLLED for (int j = 0; j < width; j++)
    UNROLLED for (int v = 0; v < vectors; v++) sums[j][v] = (NAME(few)){0};
  for (size_t term = 0; term < job->terms; term++, x += job->step, t += job->width) {
    NAME(few) line[8];
    UNROLLED for (int v = 0; v < vectors; v++) line[v] = LOAD(x + v * FEW);
    UNROLLED for (int j = 0; j < width; j++) {
      const real factor = t[j];
      UNROLLED for (int v = 0; v < vectors; v++) sums[j][v] += factor * line[v];
    }
  }
  UNROLLED for (int j = 0; j < width; j++)
    UNROLLED for (int v = 0; v < vectors; v++)
      NAME(write_few)(job, &sums[j][v], place + v * FEW, thin_place + j);
}

INLINE void NAME(across_some)(const int width, const thin_product *job, size_t from, size_t to,
                              size_t thin_place) {
  const int vectors = width == 1 ? 8 : width == 2 ? 4 : 2;
  size_t place = from;
  for (; place + vectors * FEW <= to; place += vectors * FEW)
    NAME(add_rows)(width, vectors, job, place, thin_place);
  for (; place + FEW <= to; place += FEW) NAME(add_rows)(width, 1, job, place, thin_place);
  for (; place < to; place++)
    for (int j = 0; j < width; j++) {
      const real *x = (const real *)job->matrix + place, *t = (const real *)job->thin + thin_place + j;
      real sum = 0;
      for (size_t term = 0; term < job->terms; term++) sum += x[term * job->step] * t[term * job->width];
      NAME(write_one)(job, sum, place, thin_place + j);
    }
}

INLINE void NAME(across)(const thin_product *job, size_t from, size_t to) {
  for (size_t first = 0; first < job->width; first += group)
    FOR_COUNT(NAME(across_some), job->width - first, job, from, to, first)
}

// MARK: Few terms: a stretch of B's rows stays in registers while the rows of A go by

INLINE void NAME(sum_columns)(const int terms, const int vectors, const short_sum *job, size_t from, size_t to,
                              size_t column) {
  NAME(few) lines[thin_sum][4], bias[4];
  UNROLLED for (int v = 0; v < vectors; v++) {
    const size_t first = column + v * FEW;
    UNROLLED for (int t = 0; t < terms; t++)
        lines[t][v] = LOAD((const real *)job->b + t * job->columns + first);
    bias[v] = job->bias ? LOAD((const real *)job->bias + first) : (NAME(few)){0};
  }
  const real slope = (real)job->slope;
  for (size_t row = from; row < to; row++) {
    const real *a = (const real *)job->a + row * job->row_step;
    real *y = (real *)job->c + row * job->columns + column;
    NAME(few) sums[4];
    UNROLLED for (int v = 0; v < vectors; v++) sums[v] = bias[v];
    UNROLLED for (int t = 0; t < terms; t++) {
      const real x = a[t * job->term_step];
      UNROLLED for (int v = 0; v < vectors; v++) sums[v] += x * lines[t][v];
    }
    if (job->adding) UNROLLED for (int v = 0; v < vectors; v++) sums[v] += LOAD(y + v * FEW);
    if (job->rectified) UNROLLED for (int v = 0; v < vectors; v++) sums[v] = RECTIFIED(sums[v], slope);
    UNROLLED for (int v = 0; v < vectors; v++) *(NAME(few) *)(y + v * FEW) = sums[v];
  }
}

INLINE void NAME(sum_some)(const int terms, const short_sum *job, size_t from, size_t to) {
  const int vectors = terms <= 2 ? 4 : 2;
  size_t column = 0;
  for (; column + vectors * FEW <= job->columns; column += vectors * FEW)
    NAME(sum_columns)(terms, vectors, job, from, to, column);
  for (; column + FEW <= job->columns; column += FEW) NAME(sum_columns)(terms, 1, job, from, to, column);
  for (; column < job->columns; column++)
    for (size_t row = from; row < to; row++) {
      real *y = (real *)job->c + row * job->columns + column;
      real sum = job->bias ? ((const real *)job->bias)[column] : 0;
      for (int t = 0; t < terms; t++)
        sum += ((const real *)job->a)[row * job->row_step + t * job->term_step] *
               ((const real *)job->b)[t * job->columns + column];
      if (job->adding) sum += *y;
      *y = job->rectified ? RECTIFIED_NUMBER(sum, (real)job->slope) : sum;
    }
}

INLINE void NAME(sum)(const short_sum *job, size_t from, size_t to) {
  FOR_COUNT(NAME(sum_some), job->terms, job, from, to)
}

// MARK: For each path

#define LOOPS(loop, type)                                                                                   \
  AVX2 static void NAME(loop##_avx2)(const type *job, size_t from, size_t to) { NAME(loop)(job, from, to); } \
  static void NAME(loop##_portable)(const type *job, size_t from, size_t to) { NAME(loop)(job, from, to); }

LOOPS(along, thin_product)
LOOPS(across, thin_product)
LOOPS(sum, short_sum)

static void (*NAME(thin_loop)(bool along))(const thin_product *job, size_t from, size_t to) {
  if (kernels_use_avx2()) return along ? NAME(along_avx2) : NAME(across_avx2);
  return along ? NAME(along_portable) : NAME(across_portable);
}

static void (*NAME(short_sum_loop)(void))(const short_sum *job, size_t from, size_t to) {
  return kernels_use_avx2() ? NAME(sum_avx2) : NAME(sum_portable);
}

#endif
