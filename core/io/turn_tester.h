// "Test this server" on the event loop: a TurnProbe over its own connection. Leaves out looking up
// the host. The loop's thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/io/event_loop.h"
#include "core/io/turn_connection.h"
#include "core/io/turn_port.h"
#include "core/net/turn_probe.h"

namespace foyer::io {

struct TurnTest {
  net::TurnReport report;
  // Why it is not usable: of the connection, or report.fault in the same words.
  std::optional<Fault> fault;
  // From the beginning, the connection included.
  Duration took{};
};

class TurnTester {
 public:
  // A server that does everything as late as it may is answered about by then.
  static constexpr Duration kLimit = 15s;
  // Never called inside the constructor; may delete the tester.
  using Done = std::function<void(const TurnTest&)>;

  // Begins at once. `loop` and `random` outlive the tester.
  TurnTester(EventLoop& loop, RandomSource& random, TurnPort::Server server, Done done);
  ~TurnTester();
  TurnTester(const TurnTester&) = delete;
  TurnTester& operator=(const TurnTester&) = delete;

 private:
  void pump(TimePoint now);
  void finish(TimePoint now, std::optional<Fault> fault);

  EventLoop& m_loop;
  Done m_done;
  TimePoint m_startedAt;
  net::TurnTransport m_transport;
  net::TurnProbe m_probe;
  TurnConnection m_connection;
  EventLoop::TimerId m_timer = 0;
  bool m_isDone = false;
};

}  // namespace foyer::io
