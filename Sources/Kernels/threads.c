// A small pool of threads. The caller of kernels_parallel takes chunks like every other thread, so that the
// work gets done at full speed of one thread even when no other wakes in time.
#include "machine.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>

enum {
  most_threads = 64,
  spins = 1000,  // about 20 µs, before a thread goes to sleep
};

// MARK: The work

// The job of the moment. The ticket holds a job's number in its high half and the chunks that nobody has
// claimed in its low half. A chunk is claimed by taking one from the ticket; that fails where the job has
// ended or another has begun, so a thread that comes late never runs an old body on a new job's chunk.
static _Atomic uint64_t ticket;
static void (*_Atomic job_body)(void *, size_t);
static void *_Atomic job_context;
static atomic_int job_level;
static _Atomic uint32_t unfinished;

static uint32_t unclaimed(uint64_t value) { return (uint32_t)value; }

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t work_came = PTHREAD_COND_INITIALIZER;
static pthread_cond_t work_ended = PTHREAD_COND_INITIALIZER;
static atomic_int sleepers;
static atomic_bool leaving;

static void pause_briefly(void) {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#elif defined(__aarch64__)
  __asm__ volatile("yield");
#endif
}

/// Takes chunks until none is left. Returns whether it ended the job.
static bool take_chunks(void) {
  bool ended = false;
  uint64_t now = atomic_load(&ticket);
  while (unclaimed(now) > 0) {
    void (*body)(void *, size_t) = atomic_load(&job_body);
    void *context = atomic_load(&job_context);
    int level = atomic_load(&job_level);
    if (!atomic_compare_exchange_weak(&ticket, &now, now - 1)) continue;
    kernels_level = level;
    body(context, unclaimed(now) - 1);
    ended = atomic_fetch_sub(&unfinished, 1) == 1;
    now = atomic_load(&ticket);
  }
  return ended;
}

static void *work(void *unused) {
  (void)unused;
  for (;;) {
    for (int spin = 0; spin < spins && unclaimed(atomic_load(&ticket)) == 0; spin++) pause_briefly();
    if (unclaimed(atomic_load(&ticket)) == 0) {
      pthread_mutex_lock(&mutex);
      atomic_fetch_add(&sleepers, 1);
      while (unclaimed(atomic_load(&ticket)) == 0 && !atomic_load(&leaving)) {
        pthread_cond_wait(&work_came, &mutex);
      }
      atomic_fetch_sub(&sleepers, 1);
      pthread_mutex_unlock(&mutex);
    }
    if (atomic_load(&leaving)) return NULL;
    if (take_chunks()) {
      pthread_mutex_lock(&mutex);
      pthread_cond_signal(&work_ended);
      pthread_mutex_unlock(&mutex);
    }
  }
}

static void run_job(size_t chunks, void (*body)(void *, size_t), void *context) {
  uint64_t number = (atomic_load(&ticket) >> 32) + 1;
  atomic_store(&job_body, body);
  atomic_store(&job_context, context);
  atomic_store(&job_level, kernels_level_here());
  atomic_store(&unfinished, (uint32_t)chunks);
  atomic_store(&ticket, number << 32 | chunks);
  if (atomic_load(&sleepers) > 0) {
    pthread_mutex_lock(&mutex);
    for (size_t call = 1; call < chunks && call <= (size_t)atomic_load(&sleepers); call++) {
      pthread_cond_signal(&work_came);
    }
    pthread_mutex_unlock(&mutex);
  }
  take_chunks();
  for (int spin = 0; spin < spins && atomic_load(&unfinished) > 0; spin++) pause_briefly();
  if (atomic_load(&unfinished) > 0) {
    pthread_mutex_lock(&mutex);
    while (atomic_load(&unfinished) > 0) pthread_cond_wait(&work_ended, &mutex);
    pthread_mutex_unlock(&mutex);
  }
}

// MARK: The threads

static atomic_int wanted_threads = 1;
// Held by the caller whose job runs; what stands below is its own.
static pthread_mutex_t pool = PTHREAD_MUTEX_INITIALIZER;
static pthread_t workers[most_threads];
static int worker_count;

// A child of fork has none of its parent's threads, and the locks may have been held.
static atomic_bool forked;
static void after_fork(void) { atomic_store(&forked, true); }
static pthread_once_t fork_watch = PTHREAD_ONCE_INIT;
static void watch_forks(void) { pthread_atfork(NULL, NULL, after_fork); }

static void dismiss_workers(void) {
  pthread_mutex_lock(&mutex);
  atomic_store(&leaving, true);
  pthread_cond_broadcast(&work_came);
  pthread_mutex_unlock(&mutex);
  for (int worker = 0; worker < worker_count; worker++) pthread_join(workers[worker], NULL);
  worker_count = 0;
  atomic_store(&leaving, false);
}

/// Makes the pool as large as it was last asked to be, or as large as the system allows.
static void gather_workers(void) {
  int wanted = atomic_load(&wanted_threads) - 1;
  if (worker_count == wanted) return;
  pthread_once(&fork_watch, watch_forks);
  if (worker_count > wanted) dismiss_workers();
  // Signals are for the program's own threads.
  sigset_t all, before;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &before);
  while (worker_count < wanted && pthread_create(&workers[worker_count], NULL, work, NULL) == 0) {
    worker_count++;
  }
  pthread_sigmask(SIG_SETMASK, &before, NULL);
}

void kernels_set_threads(int count) {
  atomic_store(&wanted_threads, count < 1 ? 1 : count > most_threads ? most_threads : count);
}

int kernels_threads(void) { return atomic_load(&forked) ? 1 : atomic_load(&wanted_threads); }

void kernels_parallel(size_t chunks, void (*body)(void *context, size_t chunk), void *context) {
  bool several = chunks > 1 && chunks <= UINT32_MAX && kernels_threads() > 1;
  // A second caller finds the pool taken, and so does a call from within a chunk: they work by themselves.
  if (several && pthread_mutex_trylock(&pool) == 0) {
    gather_workers();
    run_job(chunks, body, context);
    pthread_mutex_unlock(&pool);
  } else {
    for (size_t chunk = 0; chunk < chunks; chunk++) body(context, chunk);
  }
}

// MARK: Ranges

typedef struct {
  kernels_range range;
  const void *job;
  size_t count, piece;
} pieces;

static void do_piece(void *context, size_t chunk) {
  const pieces *all = context;
  size_t from = chunk * all->piece, rest = all->count - from;
  all->range(all->job, from, from + (rest < all->piece ? rest : all->piece));
}

void kernels_run(kernels_range range, const void *job, size_t count, size_t piece) {
  if (count <= piece || kernels_threads() == 1) {
    range(job, 0, count);
  } else {
    pieces all = {range, job, count, piece};
    kernels_parallel((count + piece - 1) / piece, do_piece, &all);
  }
}
