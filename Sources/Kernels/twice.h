// Reads the file that includes this one twice more: with float32, and with float64.
#define JOIN_NAMES(name, suffix) name##suffix
#define NAME_WITH(name, suffix) JOIN_NAMES(name, suffix)

#define real float
#define NAME(name) JOIN_NAMES(name, _f)
#define MATH(name) JOIN_NAMES(name, f)
#include THIS_FILE
#undef real
#undef NAME
#undef MATH

#define real double
#define NAME(name) JOIN_NAMES(name, _d)
#define MATH(name) name
#include THIS_FILE
#undef real
#undef NAME
#undef MATH
