// The hot loops beneath the tensors. Every function has a float32 form (suffix _f) and a float64 form (_d);
// each of them gives the same bytes with one thread or several.
//
// All arrays are dense and row-major. An output may be the very same array as an input of an element-wise
// function, never a part of it. No function allocates but those that say so, and none prints or fails but
// where memory or a type of number cannot hold what is asked for: the caller has checked shapes.
#ifndef KERNELS_H
#define KERNELS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

// MARK: The machine (machine.c)

/// Which code runs: the best this processor has, the best of one without AVX-512, or the plain C that every
/// processor runs.
typedef enum { KERNELS_BEST = 0, KERNELS_WITHOUT_AVX512 = 1, KERNELS_PORTABLE = 2 } kernels_path;
/// Chooses for the calling thread, and for those that help it.
void kernels_choose_path(kernels_path path);
/// "AVX-512 in products, AVX2 and FMA", "AVX2 and FMA", "NEON" or "portable C".
const char *kernels_path_name(void);

/// How many threads take part, the caller included: 1 to 64, and 1 at the start. In a child of fork: 1.
void kernels_set_threads(int count);
int kernels_threads(void);

/// Calls body(context, 0) … body(context, chunks − 1), each once, from any thread and in any order, and returns
/// when all are done. The caller takes part. Nested calls run serially, and so do those that come while another
/// thread's run.
void kernels_parallel(size_t chunks, void (*body)(void *context, size_t chunk), void *context);

/// Float32 operations per second of one core in GFLOP/s, measured now by independent fused multiply-adds
/// (about 50 ms).
double kernels_fma_peak(void);

/// A place of the calling thread's own for one pointer, NULL at first.
void **kernels_thread_slot(void);
/// Fills that place; when the thread ends, `release` is called with what stands there.
void kernels_fill_thread_slot(void *pointer, void (*release)(void *pointer));
/// A number never given before in this process (until 2³² were).
uint32_t kernels_next_number(void);

// MARK: Memory (memory.c)

/// Memory aligned to 64 bytes, from a pool of sizes that keeps what is given back. Never NULL: the process
/// ends with a sentence when the machine has no more. `bytes` may be 0. Safe from any thread; what one thread
/// was given another may give back.
void *kernels_allocate(size_t bytes);
/// Gives memory back to the pool; `bytes` as when it was allocated.
void kernels_release(void *memory, size_t bytes);
/// Bytes now handed out, and the most there ever were since the last reset.
size_t kernels_memory_in_use(void);
size_t kernels_memory_peak(void);
void kernels_reset_memory_peak(void);

// MARK: Element by element (elementwise.c, …)

/// y = f(x); some have one or two constants p and q. A NaN stays one, but for IS_FINITE and x^0.
typedef enum {
  KERNELS_NEGATE, KERNELS_ABSOLUTE, KERNELS_SIGN, KERNELS_SQUARE, KERNELS_SQUARE_ROOT,
  KERNELS_RECIPROCAL, KERNELS_EXPONENTIAL, KERNELS_LOGARITHM, KERNELS_SINE, KERNELS_COSINE,
  KERNELS_TANH, KERNELS_SIGMOID, KERNELS_SOFTPLUS, KERNELS_ERROR_FUNCTION, KERNELS_FLOOR,
  KERNELS_SCALE_AND_SHIFT,  // p·x + q
  KERNELS_RECTIFIED,        // x > 0 ? x : p·x (p = 0: ReLU, 0 at −∞ too; p = 0.2: leaky)
  KERNELS_CLAMP,            // min(max(x, p), q)
  KERNELS_POWER,            // x^p
  KERNELS_IS_FINITE,        // 1 or 0
} kernels_unary;
void kernels_map_f(kernels_unary function, const float *x, float *y, size_t count, float p, float q);
void kernels_map_d(kernels_unary function, const double *x, double *y, size_t count, double p, double q);

/// y = f(a, b). The last group are derivatives in one pass: a is the activation's RESULT (its operand where
/// said so), b the cotangent.
typedef enum {
  KERNELS_ADD, KERNELS_SUBTRACT, KERNELS_MULTIPLY, KERNELS_DIVIDE,
  KERNELS_MAXIMUM, KERNELS_MINIMUM,                                    // NaN where either is
  KERNELS_RAISE,                                                       // a^b
  KERNELS_EQUAL, KERNELS_LESS, KERNELS_LESS_OR_EQUAL,                  // 1 or 0
  KERNELS_LOGITS_LOSS,              // softplus(a) − a·b: −log of a Bernoulli with logit a at b
  KERNELS_RECTIFIED_SLOPE,          // a > 0 ? b : p·b
  KERNELS_TANH_SLOPE,               // b(1 − a²)
  KERNELS_SIGMOID_SLOPE,            // b·a(1 − a)
  KERNELS_SOFTPLUS_SLOPE,           // b·sigmoid(a), a the operand
  KERNELS_SQUARE_ROOT_SLOPE,        // b / (2a)
} kernels_binary;
/// y[i] = f(a[i], b[i]); a_step and b_step are 1, or 0 where that operand is one number.
void kernels_combine_f(kernels_binary function, const float *a, size_t a_step, const float *b, size_t b_step,
                       float *y, size_t count, float p);
void kernels_combine_d(kernels_binary function, const double *a, size_t a_step, const double *b,
                       size_t b_step, double *y, size_t count, double p);
/// The same over `rank` ≤ 8 axes; strides in elements, 0 along an axis that an operand is repeated on. y is
/// dense. Fast where b is a row or a column repeated.
void kernels_broadcast_f(kernels_binary function, const float *a, const ptrdiff_t *a_strides, const float *b,
                         const ptrdiff_t *b_strides, float *y, const size_t *shape, int rank, float p);
void kernels_broadcast_d(kernels_binary function, const double *a, const ptrdiff_t *a_strides,
                         const double *b, const ptrdiff_t *b_strides, double *y, const size_t *shape,
                         int rank, double p);

/// y = condition ≠ 0 ? a : b.
void kernels_select_f(const float *condition, const float *a, const float *b, float *y, size_t count);
void kernels_select_d(const double *condition, const double *a, const double *b, double *y, size_t count);
/// y += p·x.
void kernels_accumulate_f(float *y, const float *x, size_t count, float p);
void kernels_accumulate_d(double *y, const double *x, size_t count, double p);
void kernels_fill_f(float *y, size_t count, float value);
void kernels_fill_d(double *y, size_t count, double value);
void kernels_narrow(const double *x, float *y, size_t count);
void kernels_widen(const float *x, double *y, size_t count);

// MARK: Reductions (reduction.c)
// x is [outer, count, inner]; the middle axis is reduced, y is [outer, inner]. The order of additions depends
// on the shape alone; sums are pairwise or in several accumulators, so that a million float32 ones add to
// exactly a million.

typedef enum { KERNELS_SUM, KERNELS_LARGEST } kernels_reduction;
/// One NaN makes the result NaN.
void kernels_reduce_f(kernels_reduction reduction, const float *x, float *y, size_t outer, size_t count,
                      size_t inner);
void kernels_reduce_d(kernels_reduction reduction, const double *x, double *y, size_t outer, size_t count,
                      size_t inner);
/// The place along the middle axis of the first largest element, or of the first NaN.
void kernels_index_of_largest_f(const float *x, int32_t *y, size_t outer, size_t count, size_t inner);
void kernels_index_of_largest_d(const double *x, int32_t *y, size_t outer, size_t count, size_t inner);

/// softmax of each row of [rows, columns]; its logarithm where `logarithm`. `x` may be y.
void kernels_softmax_f(const float *x, float *y, size_t rows, size_t columns, bool logarithm);
void kernels_softmax_d(const double *x, double *y, size_t rows, size_t columns, bool logarithm);
/// From result y and cotangent g to the operand's: y(g − Σ g y), or g − e^y Σ g for the logarithm.
void kernels_softmax_slope_f(const float *y, const float *g, float *dx, size_t rows, size_t columns,
                             bool logarithm);
void kernels_softmax_slope_d(const double *y, const double *g, double *dx, size_t rows, size_t columns,
                             bool logarithm);

/// Mean and 1/√(variance + epsilon) (dividing by count) over the middle axis; both outputs [outer, inner].
void kernels_moments_f(const float *x, float *mean, float *inverse_deviation, size_t outer, size_t count,
                       size_t inner, float epsilon);
void kernels_moments_d(const double *x, double *mean, double *inverse_deviation, size_t outer, size_t count,
                       size_t inner, double epsilon);
/// y = (x − mean)·inverse_deviation.
void kernels_normalise_f(const float *x, const float *mean, const float *inverse_deviation, float *y,
                         size_t outer, size_t count, size_t inner);
void kernels_normalise_d(const double *x, const double *mean, const double *inverse_deviation, double *y,
                         size_t outer, size_t count, size_t inner);
/// With y the normalised values and g the cotangent: dx = inverse_deviation·(g − mean g − y·mean(g y)), means
/// over the middle axis.
void kernels_normalise_slope_f(const float *y, const float *inverse_deviation, const float *g, float *dx,
                               size_t outer, size_t count, size_t inner);
void kernels_normalise_slope_d(const double *y, const double *inverse_deviation, const double *g, double *dx,
                               size_t outer, size_t count, size_t inner);

// MARK: Moving elements (movement.c)

/// Copies an array of `shape`: y[Σ i·y_strides] = x[Σ i·x_strides]; adds instead where `adding`. rank ≤ 8;
/// strides in elements, possibly 0 or negative. Fast for transposes of the last two axes and for whole rows.
void kernels_copy_f(const float *x, const ptrdiff_t *x_strides, float *y, const ptrdiff_t *y_strides,
                    const size_t *shape, int rank, bool adding);
void kernels_copy_d(const double *x, const ptrdiff_t *x_strides, double *y, const ptrdiff_t *y_strides,
                    const size_t *shape, int rank, bool adding);
/// y[o, i, :] = x[o, indices[i], :] for x [outer, rows, width] and y [outer, count, width].
void kernels_gather_f(const float *x, const int32_t *indices, float *y, size_t outer, size_t rows,
                      size_t count, size_t width);
void kernels_gather_d(const double *x, const int32_t *indices, double *y, size_t outer, size_t rows,
                      size_t count, size_t width);
/// y[o, indices[i], :] += x[o, i, :], in the order of i.
void kernels_scatter_f(const float *x, const int32_t *indices, float *y, size_t outer, size_t rows,
                       size_t count, size_t width);
void kernels_scatter_d(const double *x, const int32_t *indices, double *y, size_t outer, size_t rows,
                       size_t count, size_t width);
/// The place in x [batch, height, width, channels] of the largest element of each window, in the shape
/// [batch, out_height, out_width, channels]: of the first one, or of the first NaN. Windows do not leave the
/// pictures, which have at most 2³¹ elements in all: with more the process ends with a sentence.
void kernels_window_of_largest_f(const float *x, int32_t *y, size_t batch, size_t height, size_t width,
                                 size_t channels, size_t window, size_t stride);
void kernels_window_of_largest_d(const double *x, int32_t *y, size_t batch, size_t height, size_t width,
                                 size_t channels, size_t window, size_t stride);

// MARK: Gates in one pass (gates.c)

/// x is [rows, 2·width]: y = tanh(left half)·sigmoid(right half), [rows, width].
void kernels_gate_f(const float *x, float *y, size_t rows, size_t width);
void kernels_gate_d(const double *x, double *y, size_t rows, size_t width);
/// From the gate's operand and the cotangent [rows, width] to the operand's cotangent.
void kernels_gate_slope_f(const float *x, const float *g, float *dx, size_t rows, size_t width);
void kernels_gate_slope_d(const double *x, const double *g, double *dx, size_t rows, size_t width);
/// gates is [rows, 4·width]: input, forget, candidate, output before their functions; memory is [rows, width].
/// new memory = σ(forget)·memory + σ(input)·tanh(candidate); state = σ(output)·tanh(new memory).
/// y is [2, rows, width]: new memory, then state. `active` (rows × 4·width, may be NULL) keeps the four gates
/// after their functions for the way back.
void kernels_memory_cell_f(const float *gates, const float *memory, float *y, float *active, size_t rows,
                           size_t width);
void kernels_memory_cell_d(const double *gates, const double *memory, double *y, double *active, size_t rows,
                           size_t width);
/// g is the cotangent of y; gives those of gates and memory.
void kernels_memory_cell_slope_f(const float *active, const float *memory, const float *y, const float *g,
                                 float *d_gates, float *d_memory, size_t rows, size_t width);
void kernels_memory_cell_slope_d(const double *active, const double *memory, const double *y,
                                 const double *g, double *d_gates, double *d_memory, size_t rows,
                                 size_t width);

// MARK: Random numbers and optimisers (random.c, optimiser.c)

/// Standard normals from random words by Box and Muller, one word each: u and v are the word's high and low
/// 32 bits, u = (high + ½)/2³², y = √(−2 ln u)·cos(2π v/2³²).
void kernels_normals_f(const uint64_t *words, float *y, size_t count);
void kernels_normals_d(const uint64_t *words, double *y, size_t count);
/// Numbers evenly in [lower, upper) from random words, one word each.
void kernels_uniforms_f(const uint64_t *words, float *y, size_t count, float lower, float upper);
void kernels_uniforms_d(const uint64_t *words, double *y, size_t count, double lower, double upper);

typedef struct {
  double rate, first_decay, second_decay, epsilon;
  double first_correction, second_correction;  // 1 − β₁ᵗ, 1 − β₂ᵗ
  double weight_decay;                         // AdamW's: weights shrink by rate·weight_decay
} kernels_adam;
/// One step of Adam (Kingma & Ba, 2015, algorithm 1), all in one pass:
/// m = β₁m + (1−β₁)g, v = β₂v + (1−β₂)g², w −= rate·(m/c₁)/(√(v/c₂) + ε). Returns false if a g is not finite.
bool kernels_adam_step_f(float *w, float *m, float *v, const float *g, size_t count, kernels_adam adam);
bool kernels_adam_step_d(double *w, double *m, double *v, const double *g, size_t count, kernels_adam adam);
/// Whether every element is finite.
bool kernels_all_finite_f(const float *x, size_t count);
bool kernels_all_finite_d(const double *x, size_t count);

// MARK: Products (product.c, …)

/// What is done to each element of a product before it is written: bias along the columns (NULL: none), then
/// the activation.
typedef enum { KERNELS_PLAIN, KERNELS_RECTIFY, KERNELS_HYPERBOLIC, KERNELS_LOGISTIC } kernels_activation;
typedef struct {
  const void *bias;
  kernels_activation activation;
  double slope;  // of RECTIFY below zero
} kernels_epilogue;

/// A weight's elements in the orders the loops read them, kept from one product to the next. Belongs to one
/// array of weights, which must not change while this is kept. The functions that take one may add to it, any
/// number of them at once on as many threads; NULL where nothing is kept.
typedef struct kernels_packing kernels_packing;
kernels_packing *kernels_packing_make(void);
void kernels_packing_free(kernels_packing *packing);

/// C [m, n] = A [m, k] · B [k, n] (+ C where `adding`); A is stored [k, m] where `a_transposed`, B [n, k]
/// where `b_transposed`. The epilogue follows (NULL: none). `packing` belongs to B.
void kernels_product_f(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const float *a,
                       const float *b, float *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing);
void kernels_product_d(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k, const double *a,
                       const double *b, double *c, bool adding, const kernels_epilogue *epilogue,
                       kernels_packing *packing);
/// C += Σᵢ Aᵢᵀ·Bᵢ over `terms` products of Aᵢ [k, m] and Bᵢ [k, n]: a weight's gradient over many time steps
/// as one long product.
void kernels_product_of_many_f(size_t terms, size_t m, size_t n, size_t k, const float *const *a,
                               const float *const *b, float *c);
void kernels_product_of_many_d(size_t terms, size_t m, size_t n, size_t k, const double *const *a,
                               const double *const *b, double *c);
/// The product used for large matrices: C = A·B, row-major, leading dimensions in elements. Starts as
/// OpenBLAS's (Accelerate's on macOS), pinned to one thread; settable, so that tests can do without.
typedef void (*kernels_large_product)(bool a_transposed, bool b_transposed, size_t m, size_t n, size_t k,
                                      const float *a, size_t lda, const float *b, size_t ldb, float *c,
                                      size_t ldc, bool adding);
extern kernels_large_product kernels_large_product_f;

// MARK: Convolutions (convolution.c, …)

/// Pictures are [batch, height, width, channels], weights [window_height, window_width, channels, filters],
/// results [batch, out_height, out_width, filters]. Taps: one byte for each place of the window, 0 where the
/// weights are zero and the work is skipped; NULL: all are used.
typedef struct {
  size_t batch, height, width, channels;
  size_t out_height, out_width, filters;
  size_t window_height, window_width;
  size_t stride_height, stride_width;
  ptrdiff_t padding_top, padding_left;  // what lies below and to the right follows from the sizes
  size_t dilation_height, dilation_width;
  const uint8_t *taps;
} kernels_convolution;

/// y[b,i,j,f] = Σ x[b, i·stride + di·dilation − padding, …, c]·w[di,dj,c,f], then the epilogue.
void kernels_convolve_f(const kernels_convolution *shape, const float *x, const float *w, float *y,
                        const kernels_epilogue *epilogue, kernels_packing *packing);
void kernels_convolve_d(const kernels_convolution *shape, const double *x, const double *w, double *y,
                        const kernels_epilogue *epilogue, kernels_packing *packing);
/// The adjoint in x: from g of the result's shape to dx of the picture's. It is also a transposed
/// convolution's forward step, hence the epilogue (bias along `channels`).
void kernels_convolve_by_picture_f(const kernels_convolution *shape, const float *g, const float *w,
                                   float *dx, const kernels_epilogue *epilogue, kernels_packing *packing);
void kernels_convolve_by_picture_d(const kernels_convolution *shape, const double *g, const double *w,
                                   double *dx, const kernels_epilogue *epilogue, kernels_packing *packing);
/// The adjoint in w: from x and g to dw, in the weights' shape; added to dw where `adding`. Taps that are
/// not used get zeros (or keep what they have where `adding`).
void kernels_convolve_by_weights_f(const kernels_convolution *shape, const float *x, const float *g,
                                   float *dw, bool adding);
void kernels_convolve_by_weights_d(const kernels_convolution *shape, const double *x, const double *g,
                                   double *dw, bool adding);

#ifdef __cplusplus
}
#endif
#endif
