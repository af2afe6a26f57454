#include "core/audio/stream_supervisor.h"

#include <algorithm>

namespace foyer::audio {

void StreamSupervisor::begin(TimePoint now, bool wantsCapture, bool wantsPlayout) {
  *this = StreamSupervisor();
  const auto start = [&](Direction d) { side(d) = {.state = State::Starting, .since = now}; };
  if (wantsCapture) start(Direction::Capture);
  if (wantsPlayout) start(Direction::Playout);
}

void StreamSupervisor::end() { *this = StreamSupervisor(); }

void StreamSupervisor::reopened(TimePoint now, Direction direction) {
  Side& s = side(direction);
  if (s.state == State::Off) return;
  s.recovers = s.recovers || s.state == State::Failed;
  s.state = State::Starting;
  s.hadTry = false;
  s.since = now;
  if (direction == Direction::Capture) m_zerosSince.reset();
}

void StreamSupervisor::tellWhenItRuns(Direction direction) {
  if (side(direction).state != State::Off) side(direction).recovers = true;
}

void StreamSupervisor::failed(Direction direction) {
  Side& s = side(direction);
  if (s.state == State::Off) return;
  s.state = State::Failed;
  s.recovers = true;
}

void StreamSupervisor::callback(TimePoint now, Direction direction) {
  Side& s = side(direction);
  s.lastCallback = now;
  if (s.state != State::Starting && s.state != State::Failed) return;
  s.state = State::Running;
  s.since = now;
  s.everRan = true;
  if (s.recovers) s.toReport = true;
  s.recovers = false;
}

void StreamSupervisor::captured(TimePoint now, bool onlyZeros) {
  callback(now, Direction::Capture);
  if (!onlyZeros) {
    m_zerosSince.reset();
  } else if (!m_zerosSince) {
    m_zerosSince = now;
  }
}

bool StreamSupervisor::underflow(TimePoint now) {
  const Side& s = side(Direction::Playout);
  if (s.state != State::Running || now - s.since < kUnderflowGrace) return false;
  std::rotate(m_underflows.begin(), m_underflows.begin() + 1, m_underflows.end());
  m_underflows.back() = now;
  m_lastUnderflow = now;
  return true;
}

std::optional<StreamSupervisor::Action> StreamSupervisor::pollSide(TimePoint now,
                                                                   Direction direction) {
  Side& s = side(direction);
  if (s.toReport) {
    s.toReport = false;
    return Action{ActionKind::Recovered, direction};
  }
  if (s.state == State::Running && now - s.since >= kHealthyAfter) s.hadTry = false;
  const bool isStalled = s.state == State::Running && now - s.lastCallback > kStallLimit;
  const bool isLate = s.state == State::Starting && now - s.since >= kStartLimit;
  if (!isStalled && !isLate) return std::nullopt;
  if (s.hadTry) {
    failed(direction);
    return Action{ActionKind::Fail, direction,
                  s.everRan ? AudioFault::DeviceStalled : AudioFault::DeviceNeverStarted};
  }
  s.state = State::Starting;
  s.hadTry = true;
  s.recovers = s.everRan;
  s.since = now;
  return Action{ActionKind::Restart, direction};
}

bool StreamSupervisor::takeStarted() {
  if (m_isStarted) return false;
  const auto isWanted = [](const Side& s) { return s.state != State::Off; };
  const auto runs = [&](const Side& s) { return !isWanted(s) || s.everRan; };
  if (std::none_of(m_sides.begin(), m_sides.end(), isWanted)) return false;
  m_isStarted = std::all_of(m_sides.begin(), m_sides.end(), runs);
  return m_isStarted;
}

std::optional<StreamSupervisor::Action> StreamSupervisor::poll(TimePoint now) {
  for (const Direction d : {Direction::Capture, Direction::Playout}) {
    if (const auto action = pollSide(now, d)) return action;
  }
  if (takeStarted()) return Action{ActionKind::Started};
  if (m_zerosSince && !m_saidSilent &&
      side(Direction::Capture).lastCallback - *m_zerosSince >= kSilenceLimit) {
    m_saidSilent = true;
    return Action{ActionKind::InputSilent};
  }
  if (!m_zerosSince && m_saidSilent) {
    m_saidSilent = false;
    return Action{ActionKind::InputHeard};
  }
  if (!m_isWide && m_underflows.front() &&
      *m_lastUnderflow - *m_underflows.front() <= kUnderflowWindow) {
    m_isWide = true;
    m_underflows.fill(std::nullopt);
    return Action{ActionKind::Widen, Direction::Playout};
  }
  if (m_isWide && now - *m_lastUnderflow >= kNarrowAfter) {
    m_isWide = false;
    m_underflows.fill(std::nullopt);
    return Action{ActionKind::Narrow, Direction::Playout};
  }
  return std::nullopt;
}

}  // namespace foyer::audio
