// Counts allocations per thread by standing before the C library's malloc. Off under sanitizers,
// which stand there themselves: allocationsOfThread() then stays 0.
#include <cstddef>
#include <cstdint>

#include "tests/audio/recording_callbacks.h"

namespace {
thread_local std::uint64_t t_allocations = 0;
}

namespace foyer::audio::test {
std::uint64_t allocationsOfThread() { return t_allocations; }
}  // namespace foyer::audio::test

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* old, std::size_t size);

void* malloc(std::size_t size) {
  ++t_allocations;
  return __libc_malloc(size);
}
void* calloc(std::size_t count, std::size_t size) {
  ++t_allocations;
  return __libc_calloc(count, size);
}
void* realloc(void* old, std::size_t size) {
  ++t_allocations;
  return __libc_realloc(old, size);
}
}
#endif
