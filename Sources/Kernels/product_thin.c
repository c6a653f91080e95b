// Products where one side of the result, or the sum, is so short that most of a tile would be idle: the thin matrix
// is copied into the order the loops want, the long one is read once, where it is.
#include "product_blocks.h"

#include "machine.h"

enum {
  thin_side = 8,
  thin_sum = 4,
  parts = 8,  // of the long side, where threads are worth it
};

/// A long matrix times a thin one of `width` columns; steps in elements. The thin one is [width, terms] or
/// [terms, width], as the long one has its terms next to each other or `step` apart.
typedef struct {
  const void *matrix;
  size_t step;
  const void *thin;
  size_t width, terms;
  void *c;
  size_t c_long_step, c_thin_step;
  bool adding;
  const void *bias;
  size_t bias_long_step, bias_thin_step;
  bool rectified;
  double slope;
} thin_product;

/// A product over at most thin_sum terms; b is [terms, columns].
typedef struct {
  const void *a;
  size_t a_row_step, a_term_step;
  const void *b;
  size_t terms, columns;
  void *c;
  bool adding;
  const void *bias;
  bool rectified;
  double slope;
} few_terms_product;

#define REAL float
#define VECTOR 16
#define TARGET
#define NAME(x) x##_portable_f
#include "product_thin.h"

#define REAL double
#define VECTOR 16
#define TARGET
#define NAME(x) x##_portable_d
#include "product_thin.h"

#define REAL float
#define VECTOR 32
#define TARGET AVX2
#define NAME(x) x##_avx2_f
#include "product_thin.h"

#define REAL double
#define VECTOR 32
#define TARGET AVX2
#define NAME(x) x##_avx2_d
#include "product_thin.h"

#define CHOOSE(function, size)                                                            \
  ((size) == sizeof(float) ? (kernels_use_avx2() ? function##_avx2_f : function##_portable_f) \
                           : (kernels_use_avx2() ? function##_avx2_d : function##_portable_d))

typedef struct {
  const kernels_matrix_product *product;
  thin_product thin;
  few_terms_product few;
  void (*thin_loop)(const thin_product *job, size_t from, size_t to);
  void (*few_loop)(const few_terms_product *job, size_t from, size_t to);
  size_t places, parts;
} long_job;

static void do_part(void *context, size_t part) {
  const long_job *job = context;
  const kernels_matrix_product *product = job->product;
  const size_t from = kernels_part(job->places, job->parts, part);
  const size_t to = kernels_part(job->places, job->parts, part + 1);
  if (job->few_loop) job->few_loop(&job->few, from, to);
  else job->thin_loop(&job->thin, from, to);

  // Of the rows from ..< to where the rows are the long side, else of those columns in all rows.
  char *c = product->c;
  const size_t size = product->arithmetic->size, n = product->n;
  if (job->places == product->m) {
    kernels_finish_curve(product->arithmetic, product->epilogue, c + from * n * size, (to - from) * n);
  } else {
    for (size_t row = 0; row < product->m; row++)
      kernels_finish_curve(product->arithmetic, product->epilogue, c + (row * n + from) * size, to - from);
  }
}

static void do_parts(long_job *job, size_t places) {
  const kernels_matrix_product *product = job->product;
  const size_t multiplications = product->m * product->n * product->factor_terms;
  job->places = places;
  job->parts = kernels_worth_threads(multiplications) ? kernels_smaller(parts, places) : 1;
  kernels_share(multiplications, job->parts, do_part, job);
}

/// Copies [rows, columns] to a dense [columns, rows] or [rows, columns].
static void lay_out(const void *x, size_t row_step, size_t column_step, size_t rows, size_t columns, size_t size,
                    void *y) {
  for (size_t row = 0; row < rows; row++)
    for (size_t column = 0; column < columns; column++) {
      const size_t from = row * row_step + column * column_step, to = row * columns + column;
      if (size == sizeof(float)) ((float *)y)[to] = ((const float *)x)[from];
      else ((double *)y)[to] = ((const double *)x)[from];
    }
}

bool kernels_multiply_thin(const kernels_matrix_product *product, bool packed) {
  const size_t m = product->m, n = product->n, k = product->factor_terms, size = product->arithmetic->size;
  const kernels_epilogue *epilogue = product->epilogue;
  const void *a = product->a[0], *b = product->b[0];
  const size_t a_row_step = product->a_transposed ? 1 : k, a_term_step = product->a_transposed ? m : 1;
  const size_t b_term_step = product->b_transposed ? 1 : n, b_column_step = product->b_transposed ? k : 1;
  const void *bias = epilogue ? epilogue->bias : NULL;
  const bool rectified = epilogue && epilogue->activation == KERNELS_RECTIFY;
  const double slope = epilogue ? epilogue->slope : 0;
  const bool few_columns = n <= thin_side && n <= m, few_rows = m <= (packed ? 1 : thin_side);
  if (k == 0 || product->factors != 1) return false;
  long_job job = {.product = product};

  if (k <= thin_sum && !few_columns && !few_rows) {
    const size_t bytes = product->b_transposed ? n * k * size : 0;
    void *lines = kernels_allocate(bytes);
    if (product->b_transposed) lay_out(b, b_term_step, b_column_step, k, n, size, lines);
    job.few = (few_terms_product){a, a_row_step, a_term_step, product->b_transposed ? lines : b, k, n,
                                  product->c, product->adding, bias, rectified, slope};
    job.few_loop = CHOOSE(few_terms, size);
    do_parts(&job, m);
    kernels_release(lines, bytes);
    return true;
  }
  if (!few_columns && !few_rows) return false;

  const size_t width = few_columns ? n : m;
  const size_t thin_step = few_columns ? b_column_step : a_row_step;
  const size_t thin_term_step = few_columns ? b_term_step : a_term_step;
  const bool along = few_columns ? !product->a_transposed : product->b_transposed;
  const size_t bytes = width * k * size;
  void *thin = kernels_allocate(bytes);
  const void *thin_source = few_columns ? b : a;
  if (along) lay_out(thin_source, thin_step, thin_term_step, width, k, size, thin);
  else lay_out(thin_source, thin_term_step, thin_step, k, width, size, thin);
  job.thin = (thin_product){
      .matrix = few_columns ? a : b, .step = along ? k : few_columns ? m : n,
      .thin = thin, .width = width, .terms = k, .c = product->c,
      .c_long_step = few_columns ? n : 1, .c_thin_step = few_columns ? 1 : n, .adding = product->adding,
      .bias = bias, .bias_long_step = !few_columns, .bias_thin_step = few_columns,
      .rectified = rectified, .slope = slope};
  job.thin_loop = along ? CHOOSE(along_terms, size) : CHOOSE(across_terms, size);
  do_parts(&job, few_columns ? m : n);
  kernels_release(thin, bytes);
  return true;
}
