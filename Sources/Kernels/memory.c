// Memory that is given back is kept by size, ready for the next step of the same training loop.
//
// Small blocks are kept by the thread that gave them back, which takes no lock. Large ones are kept for all
// threads. What is kept unused has a bound: for the small ones per thread, and for the large ones as much as
// was once in use at the same time and a little more, so that a program whose sizes change does not grow for
// ever.
#include "machine.h"

#include <pthread.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
  unit = 64,                // bytes: a line of the cache
  even_classes = 8,         // up to so many units there is a class for each
  class_count = 8 + 4 * 48,  // then four to each power of two
  small_classes = 8 + 4 * 7,  // up to 64 KB
};
static const size_t most_bytes = (size_t)1 << 57;  // of the last class
static const size_t huge_page = (size_t)2 << 20;
static const size_t most_kept_small = (size_t)32 << 20, most_kept_beyond_use = (size_t)256 << 20;

// MARK: Classes of size

typedef struct {
  int index;
  size_t bytes;
} size_class;

static inline size_class class_of(size_t bytes) {
  size_t units = (bytes + unit - 1) / unit;
  if (units <= even_classes) {
    if (units == 0) units = 1;
    return (size_class){(int)units - 1, units * unit};
  }
  // 2^power < units ≤ 2^(power + 1), a stretch of four equal steps.
  int power = 63 - __builtin_clzll(units - 1);
  size_t base = (size_t)1 << power, step = base / 4, steps = (units - base + step - 1) / step;
  return (size_class){even_classes + 4 * (power - 3) + (int)steps - 1, (base + steps * step) * unit};
}

// MARK: Blocks

/// A block that is kept holds the next of its class in its first bytes.
typedef struct block {
  struct block *next;
} block;

static inline void *pop(block **list) {
  block *first = *list;
  if (first) *list = first->next;
  return first;
}

static inline void push(block **list, void *memory) {
  block *first = memory;
  first->next = *list;
  *list = first;
}

static void *ask_system(size_t bytes) {
  void *memory = NULL;
  size_t alignment = bytes >= 2 * huge_page ? huge_page : unit;
  if (posix_memalign(&memory, alignment, bytes) != 0) return NULL;
#if defined(MADV_HUGEPAGE)
  // Pages of 2 MB: touching new memory for the first time takes a fifth of the time.
  if (alignment == huge_page) madvise(memory, bytes, MADV_HUGEPAGE);
#endif
  return memory;
}

static _Noreturn void end_without_memory(size_t bytes) {
  kernels_end("The machine has no memory left: %zu bytes were asked for while %zu were in use.", bytes,
              kernels_memory_in_use());
}

// MARK: Small blocks

static _Thread_local struct {
  block *lists[small_classes];
  size_t kept;
  bool ends_with_thread;
} small;

static pthread_key_t thread_end;
static pthread_once_t thread_end_made = PTHREAD_ONCE_INIT;

static void free_small(void *unused) {
  (void)unused;
  for (int index = 0; index < small_classes; index++) {
    void *memory;
    while ((memory = pop(&small.lists[index]))) free(memory);
  }
  small.kept = 0;
  small.ends_with_thread = false;
}

static void make_thread_end(void) { pthread_key_create(&thread_end, free_small); }

static void keep_small(void *memory, size_class class) {
  if (!small.ends_with_thread) {
    pthread_once(&thread_end_made, make_thread_end);
    pthread_setspecific(thread_end, &small);
    small.ends_with_thread = true;
  }
  if (small.kept + class.bytes > most_kept_small) {
    free(memory);
    return;
  }
  push(&small.lists[class.index], memory);
  small.kept += class.bytes;
}

static void *allocate_small(size_class class) {
  void *memory = pop(&small.lists[class.index]);
  if (memory) {
    small.kept -= class.bytes;
    return memory;
  }
  memory = ask_system(class.bytes);
  if (!memory) end_without_memory(class.bytes);
  return memory;
}

// MARK: Large blocks

static struct {
  pthread_mutex_t mutex;
  block *lists[class_count];
  size_t in_use, most_in_use, kept;
} large = {.mutex = PTHREAD_MUTEX_INITIALIZER};

// A child of fork must not find the lock held by a thread that it does not have.
static pthread_once_t fork_watch = PTHREAD_ONCE_INIT;
static void lock_large(void) { pthread_mutex_lock(&large.mutex); }
static void unlock_large(void) { pthread_mutex_unlock(&large.mutex); }
static void watch_forks(void) { pthread_atfork(lock_large, unlock_large, unlock_large); }

/// The bytes of a block of class `index`.
static size_t bytes_of_class(int index) {
  int power = (index - even_classes) / 4 + 3, steps = (index - even_classes) % 4 + 1;
  return (((size_t)1 << power) + (size_t)steps * ((size_t)1 << power) / 4) * unit;
}

/// Gives kept blocks back to the system until `most` bytes are left, the largest blocks first.
static void give_back(size_t most) {
  for (int index = class_count - 1; index >= small_classes && large.kept > most; index--) {
    while (large.kept > most && large.lists[index]) {
      free(pop(&large.lists[index]));
      large.kept -= bytes_of_class(index);
    }
  }
}

static void *allocate_large(size_class class) {
  pthread_once(&fork_watch, watch_forks);
  pthread_mutex_lock(&large.mutex);
  large.in_use += class.bytes;
  if (large.in_use > large.most_in_use) large.most_in_use = large.in_use;
  void *memory = pop(&large.lists[class.index]);
  if (memory) {
    large.kept -= class.bytes;
  } else {
    // What is used and kept together stays below twice the most that was ever used, and a little more.
    size_t bound = 2 * large.most_in_use + most_kept_beyond_use;
    give_back(bound > large.in_use ? bound - large.in_use : 0);
    memory = ask_system(class.bytes);
    if (!memory) {
      give_back(0);
      memory = ask_system(class.bytes);
    }
  }
  pthread_mutex_unlock(&large.mutex);
  if (!memory) end_without_memory(class.bytes);
  return memory;
}

static void keep_large(void *memory, size_class class) {
  pthread_mutex_lock(&large.mutex);
  push(&large.lists[class.index], memory);
  large.in_use -= class.bytes;
  large.kept += class.bytes;
  pthread_mutex_unlock(&large.mutex);
}

// MARK: All blocks

static atomic_size_t in_use, peak;

void *kernels_allocate(size_t bytes) {
  if (bytes > most_bytes)
    kernels_end("expected at most %zu bytes of memory, found %zu; is a length negative, or a product of lengths "
                "too large?",
                most_bytes, bytes);
  size_class class = class_of(bytes);
  void *memory = class.index < small_classes ? allocate_small(class) : allocate_large(class);
  size_t now = atomic_fetch_add_explicit(&in_use, bytes, memory_order_relaxed) + bytes;
  size_t most = atomic_load_explicit(&peak, memory_order_relaxed);
  while (now > most && !atomic_compare_exchange_weak_explicit(&peak, &most, now, memory_order_relaxed,
                                                              memory_order_relaxed)) {
  }
  return memory;
}

void kernels_release(void *memory, size_t bytes) {
  atomic_fetch_sub_explicit(&in_use, bytes, memory_order_relaxed);
  size_class class = class_of(bytes);
  if (class.index < small_classes) {
    keep_small(memory, class);
  } else {
    keep_large(memory, class);
  }
}

size_t kernels_memory_in_use(void) { return atomic_load_explicit(&in_use, memory_order_relaxed); }
size_t kernels_memory_peak(void) { return atomic_load_explicit(&peak, memory_order_relaxed); }

void kernels_reset_memory_peak(void) {
  atomic_store_explicit(&peak, kernels_memory_in_use(), memory_order_relaxed);
}
