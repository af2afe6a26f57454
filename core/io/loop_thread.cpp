#include "core/io/loop_thread.h"

#include <pthread.h>
#include <sched.h>

#include "core/base/assert.h"

namespace foyer::io {

bool requestRoundRobin() {
  sched_param wanted{};
  wanted.sched_priority = kRoundRobinPriority;
  // Children (there are none, but a library might start one) must not inherit it.
  return pthread_setschedparam(pthread_self(), SCHED_RR | SCHED_RESET_ON_FORK, &wanted) == 0;
}

LoopThread::LoopThread(std::string name, SteadySource& clock, Scheduling scheduling)
    : m_name(name.substr(0, 15)), m_scheduling(scheduling), m_loop(clock) {}

LoopThread::~LoopThread() { stopAndJoin(); }

void LoopThread::start(std::function<void()> atStart, std::function<void()> atEnd) {
  FOYER_ASSERT(!m_thread.joinable(), "a loop has one thread");
  m_thread = std::thread([this, atStart = std::move(atStart), atEnd = std::move(atEnd)] {
    pthread_setname_np(pthread_self(), m_name.c_str());
    if (m_scheduling == Scheduling::RoundRobin) {
      m_realTime.store(requestRoundRobin(), std::memory_order_relaxed);
    }
    if (atStart) atStart();
    m_loop.run();
    if (atEnd) atEnd();
  });
}

void LoopThread::stopAndJoin() {
  if (!m_thread.joinable()) return;
  FOYER_ASSERT(m_thread.get_id() != std::this_thread::get_id(), "a thread cannot wait for itself");
  m_loop.stop();
  m_thread.join();
}

}  // namespace foyer::io
