#include "Kernels.h"

#include <pthread.h>
#include <stdatomic.h>

static _Thread_local struct {
  void *pointer;
  void (*release)(void *pointer);
} slot;

void **kernels_thread_slot(void) { return &slot.pointer; }

static pthread_key_t thread_end;
static pthread_once_t thread_end_made = PTHREAD_ONCE_INIT;

static void empty_slot(void *unused) {
  (void)unused;
  // Emptied first: what is released may look for the slot again, and fill it.
  void *pointer = slot.pointer;
  slot.pointer = NULL;
  if (pointer) slot.release(pointer);
}

static void make_thread_end(void) { pthread_key_create(&thread_end, empty_slot); }

void kernels_fill_thread_slot(void *pointer, void (*release)(void *pointer)) {
  slot.pointer = pointer;
  slot.release = release;
  pthread_once(&thread_end_made, make_thread_end);
  pthread_setspecific(thread_end, &slot);
}

uint32_t kernels_next_number(void) {
  static atomic_uint last = 0;
  return atomic_fetch_add_explicit(&last, 1, memory_order_relaxed) + 1;
}
