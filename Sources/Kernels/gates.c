// Gates in one pass: PixelCNN's and WaveNet's tanh·σ, and the memory cell of an LSTM.
#ifndef real
#include "functions.h"
#include "loops.h"
#define THIS_FILE "gates.c"
#include "twice.h"
#else

// MARK: tanh(left)·σ(right)

typedef struct {
  const real *x, *g;
  real *y;
  size_t width;
} NAME(gate);

INLINE void NAME(gate_range)(const NAME(gate) * job, size_t from, size_t to) {
  const size_t width = job->width;
  for (size_t row = from; row < to; row++) {
    const real *left = job->x + row * 2 * width, *right = left + width;
    real *y = job->y + row * width;
    EACH_CALL(i, width) y[i] = NAME(hyperbolic_tangent)(left[i]) * NAME(sigmoid)(right[i]);
  }
}
PATHS(gate)

void NAME(kernels_gate)(const real *x, real *y, size_t rows, size_t width) {
  NAME(gate) job = {x, NULL, y, width};
  NAME(gate_run)(&job, rows, piece_of(2 * call_cost * width));
}

typedef NAME(gate) NAME(gate_slope);

INLINE void NAME(gate_slope_range)(const NAME(gate_slope) * job, size_t from, size_t to) {
  const size_t width = job->width;
  for (size_t row = from; row < to; row++) {
    const real *left = job->x + row * 2 * width, *right = left + width, *g = job->g + row * width;
    real *d_left = job->y + row * 2 * width, *d_right = d_left + width;
    EACH_CALL(i, width) {
      const real t = NAME(hyperbolic_tangent)(left[i]), s = NAME(sigmoid)(right[i]), cotangent = g[i];
      d_left[i] = cotangent * s * (1 - t * t);
      d_right[i] = cotangent * t * (s * (1 - s));
    }
  }
}
PATHS(gate_slope)

void NAME(kernels_gate_slope)(const real *x, const real *g, real *dx, size_t rows, size_t width) {
  NAME(gate_slope) job = {x, g, dx, width};
  NAME(gate_slope_run)(&job, rows, piece_of(2 * call_cost * width));
}

// MARK: The memory cell

typedef struct {
  const real *gates, *memory;
  real *y, *active;
  size_t rows, width;
} NAME(cell);

INLINE void NAME(cell_row)(const NAME(cell) * job, size_t row, bool keeping) {
  const size_t width = job->width;
  const real *input = job->gates + row * 4 * width, *forget = input + width;
  const real *candidate = forget + width, *output = candidate + width;
  const real *memory = job->memory + row * width;
  real *new_memory = job->y + row * width, *state = new_memory + job->rows * width;
  real *active = keeping ? job->active + row * 4 * width : NULL;
  EACH_CALL(i, width) {
    const real in = NAME(sigmoid)(input[i]), keep = NAME(sigmoid)(forget[i]);
    const real new = NAME(hyperbolic_tangent)(candidate[i]), out = NAME(sigmoid)(output[i]);
    const real value = keep * memory[i] + in * new;
    new_memory[i] = value;
    state[i] = out * NAME(hyperbolic_tangent)(value);
    if (keeping) {
      active[i] = in;
      active[width + i] = keep;
      active[2 * width + i] = new;
      active[3 * width + i] = out;
    }
  }
}

INLINE void NAME(cell_range)(const NAME(cell) * job, size_t from, size_t to) {
  for (size_t row = from; row < to; row++) {
    if (job->active) {
      NAME(cell_row)(job, row, true);
    } else {
      NAME(cell_row)(job, row, false);
    }
  }
}
PATHS(cell)

void NAME(kernels_memory_cell)(const real *gates, const real *memory, real *y, real *active, size_t rows,
                               size_t width) {
  NAME(cell) job = {gates, memory, y, active, rows, width};
  NAME(cell_run)(&job, rows, piece_of(5 * call_cost * width));
}

typedef struct {
  const real *active, *memory, *y, *g;
  real *d_gates, *d_memory;
  size_t rows, width;
} NAME(cell_slope);

INLINE void NAME(cell_slope_range)(const NAME(cell_slope) * job, size_t from, size_t to) {
  const size_t width = job->width;
  for (size_t row = from; row < to; row++) {
    const size_t start = row * width, all = job->rows * width;
    const real *active = job->active + 4 * start, *memory = job->memory + start, *new_memory = job->y + start;
    const real *g_memory = job->g + start, *g_state = g_memory + all;
    real *d = job->d_gates + 4 * start, *d_memory = job->d_memory + start;
    EACH_CALL(i, width) {
      const real in = active[i], keep = active[width + i];
      const real new = active[2 * width + i], out = active[3 * width + i];
      const real t = NAME(hyperbolic_tangent)(new_memory[i]);
      const real d_cell = g_memory[i] + g_state[i] * out * (1 - t * t);
      d[i] = d_cell * new * (in * (1 - in));
      d[width + i] = d_cell * memory[i] * (keep * (1 - keep));
      d[2 * width + i] = d_cell * in * (1 - new * new);
      d[3 * width + i] = g_state[i] * t * (out * (1 - out));
      d_memory[i] = d_cell * keep;
    }
  }
}
PATHS(cell_slope)

void NAME(kernels_memory_cell_slope)(const real *active, const real *memory, const real *y, const real *g,
                                     real *d_gates, real *d_memory, size_t rows, size_t width) {
  NAME(cell_slope) job = {active, memory, y, g, d_gates, d_memory, rows, width};
  NAME(cell_slope_run)(&job, rows, piece_of(5 * call_cost * width));
}

#endif
