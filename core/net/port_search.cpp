#include "core/net/port_search.h"

#include <algorithm>
#include <array>

namespace foyer::net {

namespace {

constexpr Duration kPause = 50ms;
// A dial and its patience (client/call_paths.h), twice.
constexpr Duration kSettle = 2s;
// For the owner to open sockets and for a slow observer.
constexpr Duration kSocketsWithin = 2s;
constexpr Duration kMeasureWithin = 1s;
// When the hard side's sockets send, after the first time. The first packet of each makes the
// mapping; the others are there in case one was lost or came before the other side had opened its
// filter.
constexpr std::array<Duration, 7> kPredictRounds = {0ms, 60ms, 150ms, 400ms, 800ms, 1600ms, 3200ms};
constexpr std::array<Duration, 3> kBirthdayRounds = {0s, 5s, 9s};
static_assert(kBirthdayRounds.size() * kBirthdaySockets <= kGuessBudget);
// The easy side is at it for 1024 packets at 100 a second, and may begin a little later.
constexpr Duration kKeptAfterLastRound = 3s;
constexpr std::size_t kPorts = 65536;
// Past the last of them.
constexpr std::size_t kNoRound = kPredictRounds.size();

}  // namespace

PortSearch::PortSearch(RandomSource& random) : m_random(&random), m_stun(random) {}

void PortSearch::begin(TimePoint now, const Task& task) {
  if (m_task == task) return;
  end();
  m_task = task;
  start(now);
}

void PortSearch::again(TimePoint now) {
  if (!m_task || (isUnderWay() && m_stage != Stage::Settling)) return;
  end();
  // The sockets of last time, whose mappings are old, are taken back meanwhile.
  start(now + kPause);
}

void PortSearch::start(TimePoint now) {
  m_predicted.clear();
  switch (m_task->plan.strategy) {
    case PunchStrategy::Plain:
    case PunchStrategy::BothHard:
    case PunchStrategy::NotTried:
      return;
    case PunchStrategy::Predict:
      // The easy side has nothing to guess: predicted ports are candidates like others.
      if (!m_task->plan.isHardSide) return;
      m_at = now;
      break;
    case PunchStrategy::Birthday:
      m_at = now + kBirthdayAfter;
      break;
  }
  if (m_budget > 0) m_stage = Stage::Waiting;
}

void PortSearch::settle(TimePoint now) {
  if (m_stage == Stage::Settling) return;
  if (m_stage != Stage::Sending || !m_task->plan.isHardSide) return end();
  m_stage = Stage::Settling;
  m_at = now + kSettle;
}

void PortSearch::end() {
  m_stage = Stage::Idle;
  m_wanted = 0;
  m_tried.clear();
  m_stun = StunClient(*m_random);
}

void PortSearch::setSockets(TimePoint now, std::span<const SocketAddress> labels) {
  m_sockets.assign(labels.begin(), labels.end());
  m_socket = 0;
  if (m_stage == Stage::Sending && m_task->plan.isHardSide && m_sockets.empty()) return end();
  if (m_stage != Stage::Sockets || m_sockets.size() < m_wanted) return;
  if (isPredicting())
    measure(now);
  else
    startSending(now);
}

void PortSearch::measure(TimePoint now) {
  StunQuery query;
  query.local = m_sockets.front();
  query.server = m_task->observer.value_or(SocketAddress{});
  query.deadline = kMeasureWithin;
  if (m_task->observer && m_stun.ask(now, query)) {
    m_stage = Stage::Measuring;
    return;
  }
  if (m_task->newest) return predict(now, *m_task->newest);
  end();
}

void PortSearch::predict(TimePoint now, const SocketAddress& newest) {
  const auto ports = predictPorts(newest.port, m_task->allocation, kPredictedPorts * kPredictStep);
  for (std::size_t i = 0; i < ports.size(); i += kPredictStep)
    m_predicted.push_back({newest.ip, ports[i]});
  startSending(now);
}

void PortSearch::startSending(TimePoint now) {
  m_stage = Stage::Sending;
  m_sendingSince = now;
  m_at = now;
  m_round = m_socket = 0;
  m_tried.assign(m_task->plan.isHardSide ? 0 : kPorts, false);
}

std::optional<Duration> PortSearch::roundAt(std::size_t round) const {
  const std::span<const Duration> rounds =
      isPredicting() ? std::span<const Duration>(kPredictRounds) : kBirthdayRounds;
  return round < rounds.size() ? std::optional(rounds[round]) : std::nullopt;
}

bool PortSearch::handleDatagram(TimePoint now, const DatagramView& datagram) {
  if (!m_stun.handleDatagram(now, datagram)) return false;
  handleTimeout(now);
  return true;
}

void PortSearch::handleTimeout(TimePoint now) {
  m_stun.handleTimeout(now);
  while (const auto answer = m_stun.pollEvent()) {
    if (m_stage != Stage::Measuring) continue;
    const bool isGood = answer->outcome == StunOutcome::Answered &&
                        answer->mapped.port >= kFirstExternalPort &&
                        isHostAddress(answer->mapped) && !answer->mapped.ip.isPrivate();
    if (isGood)
      predict(now, answer->mapped);
    else if (m_task->newest)
      predict(now, *m_task->newest);
    else
      end();
  }
  if (m_stage == Stage::Idle || m_stage == Stage::Measuring || now < m_at) return;
  if (m_stage == Stage::Settling) return end();
  if (m_stage == Stage::Waiting && !m_task->plan.isHardSide) return startSending(now);
  if (m_stage == Stage::Waiting) {
    m_stage = Stage::Sockets;
    m_at = now + kSocketsWithin;
    m_wanted = isPredicting() ? kPredictSockets : kBirthdaySockets;
    return;
  }
  // A system may not have as many to give; a few are better than none.
  if (m_stage == Stage::Sockets && m_sockets.empty()) return end();
  if (m_stage == Stage::Sockets) return isPredicting() ? measure(now) : startSending(now);
  const bool isOver = m_task->plan.isHardSide ? !roundAt(m_round) : m_budget == 0;
  if (isOver) end();
}

std::optional<PortSearch::Shot> PortSearch::guess() {
  for (;;) {
    const auto port = static_cast<std::uint16_t>(kFirstExternalPort +
                                                 m_random->below(kPorts - kFirstExternalPort));
    if (m_tried[port]) continue;
    m_tried[port] = true;
    return Shot{m_task->local, {m_task->peer.ip, port}};
  }
}

std::optional<PortSearch::Shot> PortSearch::next(TimePoint now) {
  if (m_stage != Stage::Sending || now < m_at || m_budget == 0) return std::nullopt;
  if (!m_task->plan.isHardSide) {
    --m_budget;
    return guess();
  }
  if (!roundAt(m_round) || m_sockets.empty()) return std::nullopt;
  const Shot shot{m_sockets[m_socket], m_task->peer};
  --m_budget;
  if (++m_socket >= m_sockets.size() || m_budget == 0) {
    m_socket = 0;
    m_round = m_budget == 0 ? kNoRound : m_round + 1;
    const auto after = roundAt(m_round);
    m_at = after ? std::max(now, m_sendingSince + *after) : now + kKeptAfterLastRound;
  }
  return shot;
}

std::optional<TimePoint> PortSearch::pollTimeout() const {
  std::optional<TimePoint> due = m_stun.pollTimeout();
  if (m_stage != Stage::Idle && m_stage != Stage::Measuring && (!due || m_at < *due)) due = m_at;
  return due;
}

}  // namespace foyer::net
