// Elementary functions of one float32, without branches and without calls, so that a loop of them becomes
// vector code on every path. Beside each stands its largest error in units in the last place, with and without
// fused multiply-adds: that of every 29th float32 there is, against float64.
//
// The polynomials are minimax fits made for this file, their coefficients rounded one after the other and the
// rest fitted anew.
#ifndef KERNELS_FUNCTIONS_H
#define KERNELS_FUNCTIONS_H

#include "machine.h"

#include <math.h>
#include <string.h>

INLINE uint32_t bits_of(float x) {
  uint32_t bits;
  memcpy(&bits, &x, sizeof bits);
  return bits;
}

INLINE float from_bits(uint32_t bits) {
  float x;
  memcpy(&x, &bits, sizeof x);
  return x;
}

INLINE float magnitude_of(float x) { return from_bits(bits_of(x) & 0x7fffffff); }

INLINE float with_sign_of(float magnitude, float sign) {
  return from_bits(bits_of(magnitude) | (bits_of(sign) & 0x80000000));
}

/// x = k·ln 2 + rest with k whole and |rest| ≤ ln 2 / 2. Adding 1.5·2²³ leaves k in the lowest bits.
typedef struct {
  float k, rest;
  uint32_t k_bits;
} halvings;

INLINE halvings in_halvings(float x) {
  const float shift = 0x1.8p23f;
  float shifted = x * 0x1.715476p0f + shift;
  float k = shifted - shift;
  // ln 2 in two parts; k times the first is exact.
  return (halvings){k, x - k * 0x1.63p-1f + k * 0x1.bd0106p-13f, bits_of(shifted) - bits_of(shift)};
}

/// e^r − 1 for |r| ≤ ln 2 / 2.
INLINE float exponential_less_one(float r) {
  float p = 0x1.6b9084p-10f;
  p = p * r + 0x1.122b98p-7f;
  p = p * r + 0x1.555702p-5f;
  p = p * r + 0x1.5554acp-3f;
  p = p * r + 0x1.fffffep-2f;
  return p * (r * r) + r;
}

/// e^x. Error 1.04, 1.00.
INLINE float exponential_f(float x) {
  // Beyond these the result is infinite or zero in any case. A NaN passes both comparisons.
  x = x > 89 ? 89 : x;
  x = x < -104 ? -104 : x;
  halvings h = in_halvings(x);
  // Two steps of scaling reach the subnormal numbers.
  uint32_t half = (uint32_t)((int32_t)h.k_bits >> 1), other = h.k_bits - half;
  float p = exponential_less_one(h.rest) + 1;
  return p * from_bits((half + 127) << 23) * from_bits((other + 127) << 23);
}

/// log(1 + f) for 1/√2 ≤ 1 + f ≤ √2, with k·ln 2 added.
INLINE float logarithm_near_one(float f, float k) {
  float p = -0x1.38c398p-4f;
  p = p * f + 0x1.057204p-3f;
  p = p * f - 0x1.0d8c54p-3f;
  p = p * f + 0x1.22d74cp-3f;
  p = p * f - 0x1.547162p-3f;
  p = p * f + 0x1.99a026p-3f;
  p = p * f - 0x1.00022ap-2f;
  p = p * f + 0x1.555554p-2f;
  float square = f * f;
  float tail = p * f * square - k * 0x1.bd0106p-13f - 0.5f * square;
  return k * 0x1.63p-1f + (f + tail);
}

/// log x. Error 0.82, 0.82.
INLINE float logarithm_f(float x) {
  bool small = x < 0x1p-126f;
  float normal = small ? x * 0x1p23f : x;
  uint32_t offset = bits_of(normal) - bits_of(0x1.6a09e6p-1f);
  float k = (float)((int32_t)offset >> 23) - (small ? 23.0f : 0.0f);
  float f = from_bits((offset & 0x7fffff) + bits_of(0x1.6a09e6p-1f)) - 1;
  float result = logarithm_near_one(f, k);
  result = x < INFINITY ? result : x;
  return x > 0 ? result : x == 0 ? -INFINITY : NAN;
}

/// log(1 + x) for 0 ≤ x ≤ 1.
INLINE float logarithm_of_one_and(float x) {
  float p = -0x1.b1650ep-9f;
  p = p * x + 0x1.4a24a0p-6f;
  p = p * x - 0x1.d78b46p-5f;
  p = p * x + 0x1.b50b32p-4f;
  p = p * x - 0x1.3a597ap-3f;
  p = p * x + 0x1.93510cp-3f;
  p = p * x - 0x1.ff249ep-3f;
  p = p * x + 0x1.554dd4p-2f;
  p = p * x - 0x1.ffffd2p-2f;
  return p * (x * x) + x;
}

/// tanh x = (e^2x − 1)/(e^2x + 1). Error 2.45, 2.54.
INLINE float hyperbolic_tangent_f(float x) {
  float a = magnitude_of(x);
  a = a > 10 ? 10 : a;
  halvings h = in_halvings(2 * a);
  float scale = from_bits((h.k_bits + 127) << 23);
  float e = scale * exponential_less_one(h.rest) + (scale - 1);
  return with_sign_of(e / (e + 2), x);
}

/// 1/(1 + e^−x), in the form that keeps its digits far below zero. Error 2.41, 2.41.
INLINE float sigmoid_f(float x) {
  float e = exponential_f(-magnitude_of(x));
  return (x < 0 ? e : 1) / (1 + e);
}

/// log(1 + e^x). Error 1.87, 2.19.
INLINE float softplus_f(float x) {
  return (x < 0 ? 0 : x) + logarithm_of_one_and(exponential_f(-magnitude_of(x)));
}

/// The error function: a polynomial below 0.92, and 1 − e^−q(x) above. Error 1.09, 1.34.
INLINE float error_function_f(float x) {
  float a = magnitude_of(x), s = x * x;
  float p = -0x1.3a6562p-11f;
  p = p * s + 0x1.474f9cp-8f;
  p = p * s - 0x1.b68f10p-6f;
  p = p * s + 0x1.ce1abap-4f;
  p = p * s - 0x1.8126e8p-2f;
  p = p * s + 0x1.06eba6p-3f;
  float near = p * a + a;
  float b = a > 4 ? 4 : a;
  float q = -0x1.9b2118p-13f;
  q = q * b + 0x1.8f0402p-9f;
  q = q * b - 0x1.6c3bc8p-6f;
  q = q * b + 0x1.a9bd34p-4f;
  q = q * b + 0x1.463b76p-1f;
  q = q * b + 0x1.20afbcp0f;
  q = q * b + 0x1.975fe8p-13f;
  float far = 1 - exponential_f(-q);
  return with_sign_of(a < 0.92f ? near : far, x);
}

/// The sine of r plus `quarters` quarter turns, for |r| ≤ π/4.
INLINE float sine_after_quarters(float r, uint32_t quarters) {
  float s = r * r;
  float sine = -0x1.9951fap-13f;
  sine = sine * s + 0x1.110774p-7f;
  sine = sine * s - 0x1.555546p-3f;
  sine = sine * s * r + r;
  float cosine = 0x1.99e816p-16f;
  cosine = cosine * s - 0x1.6c0c28p-10f;
  cosine = cosine * s + 0x1.55554ap-5f;
  cosine = cosine * (s * s) + (1 - 0.5f * s);
  float value = quarters & 1 ? cosine : sine;
  return from_bits(bits_of(value) ^ (quarters & 2) << 30);
}

/// Up to here the number of quarter turns, times the first part of π/2, is exact in float64.
#define FARTHEST_ANGLE 0x1p20f

/// The sine of x plus `quarters` quarter turns, for |x| ≤ FARTHEST_ANGLE. Error 1.56, 1.56.
INLINE float sine_of_angle(float x, uint32_t quarters) {
  const double shift = 0x1.8p52;
  double angle = x, shifted = angle * 0x1.45f306dc9c883p-1 + shift, k = shifted - shift;
  uint64_t k_bits;
  memcpy(&k_bits, &shifted, sizeof k_bits);
  double r = angle - k * 0x1.921fb544p0 - k * 0x1.0b4611a626331p-34;
  return sine_after_quarters((float)r, (uint32_t)k_bits + quarters);
}

// MARK: The same for float64, from the C library

INLINE double exponential_d(double x) { return exp(x); }
INLINE double logarithm_d(double x) { return log(x); }
INLINE double hyperbolic_tangent_d(double x) { return tanh(x); }
INLINE double error_function_d(double x) { return erf(x); }

INLINE double sigmoid_d(double x) {
  double e = exp(-fabs(x));
  return (x < 0 ? e : 1) / (1 + e);
}

INLINE double softplus_d(double x) { return (x < 0 ? 0 : x) + log1p(exp(-fabs(x))); }

#endif
