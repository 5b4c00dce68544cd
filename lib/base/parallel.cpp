#include "base/parallel.h"

#include <llvm/Config/llvm-config.h>
#include <llvm/Support/ThreadPool.h>

#include <algorithm>
#include <atomic>
#include <system_error>
#include <thread>

namespace linkname {
namespace {

#if LLVM_VERSION_MAJOR >= 19
using Pool = llvm::DefaultThreadPool;
#else
using Pool = llvm::ThreadPool;
#endif

/// Starting threads takes longer than so many pieces of work.
constexpr std::size_t worth_threads = 64;
/// Pieces are small, and threads take some at a time.
constexpr std::size_t batch = 16;

} // namespace

void for_each_parallel(std::size_t count, const std::function<void(std::size_t)> &work) {
  std::atomic<std::size_t> next = 0;
  const auto take_turns = [&] {
    for (std::size_t first; (first = next.fetch_add(batch)) < count;)
      for (std::size_t i = first; i < std::min(first + batch, count); ++i)
        work(i);
  };
  if (count < worth_threads)
    return take_turns();
  const llvm::ThreadPoolStrategy strategy = llvm::hardware_concurrency();
  Pool pool(strategy);
  for (unsigned thread = 1; thread < strategy.compute_thread_count(); ++thread)
    pool.async(take_turns);
  take_turns();
  pool.wait();
}

void both_parallel(const std::function<void()> &one, const std::function<void()> &other) {
  std::thread thread;
  try {
    thread = std::thread(other);
  } catch (const std::system_error &) {
    other();
  }
  one();
  if (thread.joinable())
    thread.join();
}

} // namespace linkname
