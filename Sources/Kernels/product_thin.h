// A text that product_thin.c compiles for each element type, in plain C and for AVX2, given REAL, VECTOR (bytes of a
// register), TARGET and NAME(x). Every function does the places from ..< to along the long side of the result.

typedef REAL NAME(thin_vector) __attribute__((vector_size(VECTOR), aligned(sizeof(REAL)), may_alias));

#define WIDTH (VECTOR / sizeof(REAL))
#define UNROLL _Pragma("clang loop unroll(full)")
#define LOAD(pointer) (*(const NAME(thin_vector) *)(pointer))
#define STORE(pointer, value) (*(NAME(thin_vector) *)(pointer) = (value))
#define CALL_FOR_GROUP(function, count, ...)                                                                  \
  switch (count) {                                                                                            \
    case 1: NAME(function)(1, __VA_ARGS__); break;                                                            \
    case 2: NAME(function)(2, __VA_ARGS__); break;                                                            \
    case 3: NAME(function)(3, __VA_ARGS__); break;                                                            \
    default: NAME(function)(4, __VA_ARGS__); break;                                                           \
  }

/// Finishes and writes one element.
static inline TARGET __attribute__((always_inline)) void NAME(finish)(const thin_product *job, REAL sum, size_t place,
                                                                      size_t thin_place) {
  REAL *y = (REAL *)job->c + place * job->c_long_step + thin_place * job->c_thin_step;
  if (job->adding) sum += *y;
  if (job->bias) sum += ((const REAL *)job->bias)[place * job->bias_long_step + thin_place * job->bias_thin_step];
  *y = job->rectified && !(sum > 0) ? (REAL)job->slope * sum : sum;
}

/// Finishes and writes a vector of elements next to each other in C.
static inline TARGET __attribute__((always_inline)) void NAME(finish_vector)(const thin_product *job,
                                                                             NAME(thin_vector) sum, size_t place,
                                                                             size_t thin_place) {
  REAL *y = (REAL *)job->c + place + thin_place * job->c_thin_step;
  if (job->adding) sum += LOAD(y);
  if (job->bias) {
    const REAL *bias = (const REAL *)job->bias + place * job->bias_long_step + thin_place * job->bias_thin_step;
    if (job->bias_long_step == 1) sum += LOAD(bias);
    else sum += *bias;
  }
  STORE(y, job->rectified ? KERNELS_RECTIFIED_VECTOR(sum, (REAL)job->slope * sum) : sum);
}

// MARK: Along the terms: both matrices have their terms next to each other

static inline TARGET __attribute__((always_inline)) REAL NAME(sum_of)(NAME(thin_vector) x) {
  REAL sum[WIDTH];
  STORE(sum, x);
  for (size_t half = WIDTH / 2; half > 0; half /= 2)
    UNROLL for (size_t i = 0; i < half; i++) sum[i] += sum[i + half];
  return sum[0];
}

static inline TARGET __attribute__((always_inline)) void NAME(dots)(const int thin, const int rows,
                                                                    const thin_product *job, size_t place,
                                                                    size_t first) {
  const REAL *x = (const REAL *)job->matrix + place * job->step;
  const REAL *t = (const REAL *)job->thin + first * job->terms;
  NAME(thin_vector) sums[8][4];
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < thin; j++) sums[r][j] = (NAME(thin_vector)){0};
  size_t term = 0;
  for (; term + WIDTH <= job->terms; term += WIDTH) {
    NAME(thin_vector) factors[4];
    UNROLL for (int j = 0; j < thin; j++) factors[j] = LOAD(t + j * job->terms + term);
    UNROLL for (int r = 0; r < rows; r++) {
      const NAME(thin_vector) line = LOAD(x + r * job->step + term);
      UNROLL for (int j = 0; j < thin; j++) sums[r][j] += line * factors[j];
    }
  }
  UNROLL for (int r = 0; r < rows; r++)
    UNROLL for (int j = 0; j < thin; j++) {
      REAL sum = NAME(sum_of)(sums[r][j]);
      for (size_t rest = term; rest < job->terms; rest++) sum += x[r * job->step + rest] * t[j * job->terms + rest];
      NAME(finish)(job, sum, place + r, first + j);
    }
}

/// Eight sums at a time at least: fewer would wait for each other.
static inline TARGET __attribute__((always_inline)) void NAME(dot_group)(const int thin, const thin_product *job,
                                                                         size_t from, size_t to, size_t first) {
  const int rows = thin == 1 ? 8 : thin == 2 ? 4 : 2;
  size_t place = from;
  for (; place + rows <= to; place += rows) NAME(dots)(thin, rows, job, place, first);
  for (; place < to; place++) NAME(dots)(thin, 1, job, place, first);
}

static TARGET void NAME(along_terms)(const thin_product *job, size_t from, size_t to) {
  for (size_t first = 0; first < job->width; first += 4)
    CALL_FOR_GROUP(dot_group, job->width - first, job, from, to, first)
}

// MARK: Across the terms: the long matrix has the places of one term next to each other

static inline TARGET __attribute__((always_inline)) void NAME(columns)(const int thin, const int vectors,
                                                                       const thin_product *job, size_t place,
                                                                       size_t first) {
  const REAL *x = (const REAL *)job->matrix + place, *t = (const REAL *)job->thin + first;
  NAME(thin_vector) sums[4][8];
  UNROLL for (int j = 0; j < thin; j++)
    UNROLL for (int v = 0; v < vectors; v++) sums[j][v] = (NAME(thin_vector)){0};
  for (size_t term = 0; term < job->terms; term++, x += job->step, t += job->width) {
    NAME(thin_vector) line[8];
    UNROLL for (int v = 0; v < vectors; v++) line[v] = LOAD(x + v * WIDTH);
    UNROLL for (int j = 0; j < thin; j++) {
      const REAL factor = t[j];
      UNROLL for (int v = 0; v < vectors; v++) sums[j][v] += factor * line[v];
    }
  }
  UNROLL for (int j = 0; j < thin; j++)
    UNROLL for (int v = 0; v < vectors; v++) {
      if (job->c_long_step == 1) {
        NAME(finish_vector)(job, sums[j][v], place + v * WIDTH, first + j);
      } else {
        for (size_t i = 0; i < WIDTH; i++) NAME(finish)(job, sums[j][v][i], place + v * WIDTH + i, first + j);
      }
    }
}

static inline TARGET __attribute__((always_inline)) void NAME(column_group)(const int thin, const thin_product *job,
                                                                            size_t from, size_t to, size_t first) {
  const int vectors = thin == 1 ? 8 : thin == 2 ? 4 : 2;
  size_t place = from;
  for (; place + vectors * WIDTH <= to; place += vectors * WIDTH) NAME(columns)(thin, vectors, job, place, first);
  for (; place + WIDTH <= to; place += WIDTH) NAME(columns)(thin, 1, job, place, first);
  for (; place < to; place++)
    for (int j = 0; j < thin; j++) {
      const REAL *x = (const REAL *)job->matrix + place, *t = (const REAL *)job->thin + first + j;
      REAL sum = 0;
      for (size_t term = 0; term < job->terms; term++) sum += x[term * job->step] * t[term * job->width];
      NAME(finish)(job, sum, place, first + j);
    }
}

static TARGET void NAME(across_terms)(const thin_product *job, size_t from, size_t to) {
  for (size_t first = 0; first < job->width; first += 4)
    CALL_FOR_GROUP(column_group, job->width - first, job, from, to, first)
}

// MARK: Few terms: B's lines stay in registers while the rows of A go by

static inline TARGET __attribute__((always_inline)) void NAME(outer_columns)(const int terms, const int vectors,
                                                                             const few_terms_product *job,
                                                                             size_t from, size_t to,
                                                                             size_t column) {
  NAME(thin_vector) lines[4][4], bias[4];
  UNROLL for (int v = 0; v < vectors; v++) {
    const size_t first = column + v * WIDTH;
    UNROLL for (int t = 0; t < terms; t++) lines[t][v] = LOAD((const REAL *)job->b + t * job->columns + first);
    bias[v] = job->bias ? LOAD((const REAL *)job->bias + first) : (NAME(thin_vector)){0};
  }
  const REAL slope = (REAL)job->slope;
  for (size_t row = from; row < to; row++) {
    const REAL *a = (const REAL *)job->a + row * job->a_row_step;
    REAL *y = (REAL *)job->c + row * job->columns + column;
    NAME(thin_vector) sums[4];
    UNROLL for (int v = 0; v < vectors; v++) sums[v] = bias[v];
    UNROLL for (int t = 0; t < terms; t++) {
      const REAL x = a[t * job->a_term_step];
      UNROLL for (int v = 0; v < vectors; v++) sums[v] += x * lines[t][v];
    }
    if (job->adding) UNROLL for (int v = 0; v < vectors; v++) sums[v] += LOAD(y + v * WIDTH);
    if (job->rectified)
      UNROLL for (int v = 0; v < vectors; v++) sums[v] = KERNELS_RECTIFIED_VECTOR(sums[v], slope * sums[v]);
    UNROLL for (int v = 0; v < vectors; v++) STORE(y + v * WIDTH, sums[v]);
  }
}

static inline TARGET __attribute__((always_inline)) void NAME(outer_group)(const int terms,
                                                                           const few_terms_product *job,
                                                                           size_t from, size_t to) {
  const int vectors = terms <= 2 ? 4 : 2;
  size_t column = 0;
  for (; column + vectors * WIDTH <= job->columns; column += vectors * WIDTH)
    NAME(outer_columns)(terms, vectors, job, from, to, column);
  for (; column + WIDTH <= job->columns; column += WIDTH) NAME(outer_columns)(terms, 1, job, from, to, column);
  for (; column < job->columns; column++)
    for (size_t row = from; row < to; row++) {
      REAL *y = (REAL *)job->c + row * job->columns + column;
      REAL sum = job->bias ? ((const REAL *)job->bias)[column] : 0;
      for (int t = 0; t < terms; t++)
        sum += ((const REAL *)job->a)[row * job->a_row_step + t * job->a_term_step] *
               ((const REAL *)job->b)[t * job->columns + column];
      if (job->adding) sum += *y;
      *y = job->rectified && !(sum > 0) ? (REAL)job->slope * sum : sum;
    }
}

static TARGET void NAME(few_terms)(const few_terms_product *job, size_t from, size_t to) {
  CALL_FOR_GROUP(outer_group, job->terms, job, from, to)
}

#undef WIDTH
#undef UNROLL
#undef LOAD
#undef STORE
#undef CALL_FOR_GROUP
#undef REAL
#undef VECTOR
#undef TARGET
#undef NAME
