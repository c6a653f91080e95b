// What the other files here ask of the processor.
#ifndef KERNELS_MACHINE_H
#define KERNELS_MACHINE_H

#include <stdbool.h>

/// Whether the functions written for AVX2 and FMA may run: the processor has both and the path is the best.
bool kernels_use_avx2(void);

#endif
