// Reads THIS_FILE, which includes this, once for float32 and once for float64.
//   real            the type
//   NAME(kernels)   kernels_f or kernels_d
//   MATH(exp)       the C library's function
//   EACH_CALL       a loop with elementary functions in it: vectors for float32, the C library for float64
#define JOIN_NAMES(name, suffix) name##suffix

#define real float
#define NAME(name) JOIN_NAMES(name, _f)
#define MATH(name) JOIN_NAMES(name, f)
#define EACH_CALL EACH
#include THIS_FILE
#undef real
#undef NAME
#undef MATH
#undef EACH_CALL

#define real double
#define NAME(name) JOIN_NAMES(name, _d)
#define MATH(name) name
#define EACH_CALL ONE_BY_ONE
#include THIS_FILE
#undef real
#undef NAME
#undef MATH
#undef EACH_CALL
