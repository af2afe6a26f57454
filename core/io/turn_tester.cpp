#include "core/io/turn_tester.h"

#include <algorithm>

namespace foyer::io {

TurnTester::TurnTester(EventLoop& loop, RandomSource& random, TurnPort::Server server, Done done)
    : m_loop(loop),
      m_done(std::move(done)),
      m_startedAt(loop.now()),
      m_transport(server.config.transport),
      m_probe(std::move(server.config), random),
      m_connection(loop, m_transport, std::move(server.tls), std::move(server.host),
                   {.onOpen =
                        [this](TimePoint now) {
                          m_probe.start(now);
                          pump(now);
                        },
                    .onMessage =
                        [this](TimePoint now, const SocketAddress& from, ByteView message) {
                          if (m_probe.handle(now, from, message)) pump(now);
                        },
                    .onBroken =
                        [this](TimePoint now, const Fault& fault) {
                          m_probe.disconnected(now);
                          // What it had found by then holds; giving back is what a break does too.
                          finish(now,
                                 m_probe.report().isUsable ? std::nullopt : std::optional(fault));
                        }}) {
  m_timer = m_loop.addTimer([this](TimePoint now) {
    if (now >= m_startedAt + kLimit) return finish(now, Fault{"turn_connect", "timeout", true, {}});
    m_probe.handleTimeout(now);
    pump(now);
  });
  m_loop.setDeadline(m_timer, m_startedAt + kLimit);
  m_connection.open(m_probe.server());
}

TurnTester::~TurnTester() { m_loop.removeTimer(m_timer); }

void TurnTester::pump(TimePoint now) {
  if (m_isDone) return;
  if (m_probe.wantsConnection() && m_transport != net::TurnTransport::Udp) {
    m_connection.open(m_probe.server());
    return;
  }
  m_probe.pollTransmit(now,
                       [this](ByteView message) { m_connection.send(m_probe.server(), message); });
  m_connection.flush();
  if (m_probe.isDone()) return finish(now, std::nullopt);
  const TimePoint last = m_startedAt + kLimit;
  m_loop.setDeadline(m_timer, std::min(m_probe.pollTimeout().value_or(last), last));
}

void TurnTester::finish(TimePoint now, std::optional<Fault> fault) {
  if (m_isDone) return;
  m_isDone = true;
  m_loop.setDeadline(m_timer, std::nullopt);
  TurnTest test{m_probe.report(), std::move(fault), now - m_startedAt};
  if (!test.fault && test.report.fault) test.fault = net::asFault(*test.report.fault);
  // By value: it may delete this.
  const Done done = m_done;
  done(test);
}

}  // namespace foyer::io
