#include "relaylite/relay_core.h"

#include <algorithm>

#include "core/crypto/identity.h"
#include "core/wire/limits.h"
#include "relaylite/relay.h"

namespace foyer::relaylite {
namespace {

// Beyond maxClientsPerAddress, for those who come to be told so or to replace themselves.
constexpr std::size_t kAddressSpare = 16;

}  // namespace

RelayCore::RelayCore(TimePoint now, WallTime wall, RelayConfig config, crypto::Identity identity,
                     Carrier& carrier, std::unique_ptr<Directory> directory)
    : m_config(std::move(config)),
      m_identity(std::move(identity)),
      m_carrier(&carrier),
      m_directory(std::move(directory)),
      m_outbox(carrier, m_metrics),
      m_forwarder(carrier, m_metrics, m_config.limits),
      m_hub(*m_directory, carrier, m_outbox, m_metrics),
      m_router(*m_directory, m_forwarder, m_outbox, m_metrics, m_config.limits),
      m_gate(m_config.inviteToken) {
  m_gate.setInvites(m_config.invites, wall);
  setWallTime(now, wall);
}

void RelayCore::setWallTime(TimePoint now, WallTime wall) {
  m_wallOffsetMs = wall.unixMs - toMilliseconds(now.time_since_epoch());
}

std::uint64_t RelayCore::wallMs(TimePoint now) const {
  const std::int64_t ms = toMilliseconds(now.time_since_epoch()) + m_wallOffsetMs;
  return std::min(static_cast<std::uint64_t>(std::max<std::int64_t>(ms, 0)), wire::kMaxJsonInteger);
}

Session* RelayCore::find(net::ConnectionId id) {
  if (id.slot() >= m_sessions.size()) return nullptr;
  Session* session = m_sessions[id.slot()].get();
  return session != nullptr && session->id == id ? session : nullptr;
}

// ---- connections

bool RelayCore::mayConnect(const IpAddress& remote) const {
  const RelayLimits& limits = m_config.limits;
  return m_sessionCount < limits.maxClients + limits.maxNewcomers &&
         m_addresses.of(remote) < limits.maxClientsPerAddress + kAddressSpare;
}

void RelayCore::connected(TimePoint now, net::ConnectionId id, const PublicKey& key,
                          const SocketAddress& remote) {
  if (id.slot() >= m_sessions.size()) m_sessions.resize(id.slot() + 1);
  auto session = std::make_unique<Session>();
  session->id = id;
  session->number = m_nextNumber++;
  session->key = key;
  session->who = crypto::fingerprintOf(key);
  session->remote = remote;
  session->badSince = now;
  m_sessions[id.slot()] = std::move(session);
  ++m_sessionCount;
  m_addresses.add(remote.ip);
  m_helloDeadlines.push_back({now + kHelloWithin, id});
}

void RelayCore::moved(net::ConnectionId id, const SocketAddress& remote) {
  Session* session = find(id);
  if (session == nullptr) return;
  m_addresses.remove(session->remote.ip);
  m_addresses.add(remote.ip);
  session->remote = remote;
}

void RelayCore::ended(TimePoint now, net::ConnectionId id, Ended how) {
  Session* session = find(id);
  if (session == nullptr) return;
  if (session->phase == Session::Phase::Admitted) leave(now, *session, how);
  m_addresses.remove(session->remote.ip);
  m_sessions[id.slot()].reset();
  --m_sessionCount;
  settle(now);
}

void RelayCore::close(TimePoint now, Session& session, wire::CloseCode code, Ended how) {
  if (session.phase == Session::Phase::Closing) return;
  if (session.phase == Session::Phase::Admitted) leave(now, session, how);
  session.phase = Session::Phase::Closing;
  session.reader = {};
  m_carrier->close(now, session.id, code);
}

void RelayCore::leave(TimePoint now, Session& session, Ended how) {
  session.phase = Session::Phase::Closing;
  --m_admitted;
  emit(ClientChanged{-1, session.number, session.who, now});
  m_hub.unsubscribe(session.id);
  const std::size_t callsBefore = m_router.calls();
  m_router.disconnected(now, {session.id, session.who}, how == Ended::OnPurpose);
  for (std::size_t i = m_router.calls(); i < callsBefore; ++i) emit(CallChanged{-1, now});
  m_forwarder.forget(session.id);
  // Somebody newer with this key stays as they are (catalogue K-42).
  if (!m_directory->detach(session.who, {0, session.id})) return;
  if (m_directory->find(session.who) == nullptr) return;
  if (how == Ended::OnPurpose) {
    m_directory->remove(session.who);
  } else {
    m_directory->setState(session.who, wire::PresenceState::Unreachable);
    m_goneAt[session.who] = now + kGoneAfter;
    m_lost.push_back({now + kGoneAfter, session.who});
    if (m_lost.size() > std::max<std::size_t>(m_config.limits.maxClients, 1)) forgetOldestLost();
  }
  m_hub.changed(now);
}

void RelayCore::forgetOldestLost() {
  const Lost lost = m_lost.front();
  m_lost.pop_front();
  const auto at = m_goneAt.find(lost.who);
  // Back again, or lost once more since: a later entry speaks for them.
  if (at == m_goneAt.end() || at->second != lost.goneAt) return;
  m_goneAt.erase(at);
  m_directory->remove(lost.who);
}

void RelayCore::removeGone(TimePoint now) {
  if (m_lost.empty() || m_lost.front().goneAt > now) return;
  while (!m_lost.empty() && m_lost.front().goneAt <= now) forgetOldestLost();
  m_hub.changed(now);
}

void RelayCore::emit(Event event) {
  // The last event is what an owner waits for.
  if (m_events.size() >= Relay::kMaxEvents && !std::holds_alternative<Drained>(event)) {
    ++m_metrics.eventsDropped;
    return;
  }
  m_events.push_back(event);
}

std::optional<Event> RelayCore::pollEvent() {
  if (m_events.empty()) return std::nullopt;
  const Event event = m_events.front();
  m_events.pop_front();
  return event;
}

void RelayCore::settle(TimePoint now) {
  while (m_outbox.hasStuck()) {
    for (const net::ConnectionId id : m_outbox.takeStuck()) {
      Session* session = find(id);
      if (session == nullptr || session->phase == Session::Phase::Closing) continue;
      ++m_metrics.closedForSlowReading;
      close(now, *session, wire::CloseCode::Flood);
    }
  }
  if (m_drainBy && (m_router.calls() == 0 || *m_drainBy <= now)) finishDrain(now);
}

// ---- control bytes

void RelayCore::control(TimePoint now, net::ConnectionId id, ByteView bytes) {
  Session* session = find(id);
  if (session == nullptr || session->phase == Session::Phase::Closing) return;
  const RelayLimits& limits = m_config.limits;
  if (!session->bytes.take(now, limits.controlBytesPerSecond, limits.controlBytesBurst,
                           static_cast<double>(bytes.size()))) {
    ++m_metrics.closedForFlood;
    close(now, *session, wire::CloseCode::Flood);
    return settle(now);
  }
  // The reader is moved out: closing the session, which a frame may cause, empties the session's.
  wire::FrameReader reader = std::exchange(session->reader, {});
  const bool isGood = reader.feed(bytes, [&](ByteView json) {
    if (session->phase != Session::Phase::Closing) frame(now, *session, json);
  });
  if (session->phase == Session::Phase::Closing) return settle(now);
  if (!isGood) {
    ++m_metrics.closedForLongFrame;
    close(now, *session, wire::CloseCode::FrameTooLong);
    return settle(now);
  }
  if (reader.held() == 0) {
    session->frameSince.reset();
  } else if (!session->frameSince) {
    session->frameSince = now;
    m_frameDeadlines.push_back({now + kFrameWithin, id});
  }
  session->reader = std::move(reader);
  settle(now);
}

void RelayCore::frame(TimePoint now, Session& session, ByteView json) {
  ++m_metrics.messagesIn;
  // Whatever was held is complete now.
  session.frameSince.reset();
  const RelayLimits& limits = m_config.limits;
  if (!session.messages.take(now, limits.messagesPerSecond, limits.messagesBurst)) {
    ++m_metrics.closedForFlood;
    return close(now, session, wire::CloseCode::Flood);
  }
  const auto message = wire::decodeMessage(json);
  if (!message) {
    if (wire::isMalformed(message.error())) return badMessage(now, session);
    ++m_metrics.unknownTypes;
    return;
  }
  if (session.phase == Session::Phase::Newcomer) return newcomerMessage(now, session, *message);
  if (!sessionMessage(now, session, *message) && !callMessage(now, session, *message)) {
    // A relay's own words, or hello again.
    badMessage(now, session);
  }
}

void RelayCore::badMessage(TimePoint now, Session& session) {
  ++m_metrics.badMessages;
  if (now - session.badSince >= 60s) {
    session.badSince = now;
    session.badCount = 0;
  }
  if (++session.badCount <= wire::kMaxBadMessagesPerMinute) return;
  ++m_metrics.closedForBadMessages;
  close(now, session, wire::CloseCode::TooManyBadMessages);
}

void RelayCore::error(TimePoint now, Session& session, std::uint32_t id, wire::ErrorCode code,
                      const char* about) {
  const RelayLimits& limits = m_config.limits;
  if (!session.errors.take(now, limits.errorsPerSecond, limits.errorsBurst)) return;
  m_outbox.send(session.id, wire::ErrorMessage{id, code, "", about});
}

// ---- time

void RelayCore::handleTimeout(TimePoint now) {
  while (!m_helloDeadlines.empty() && m_helloDeadlines.front().at <= now) {
    Session* session = find(m_helloDeadlines.front().id);
    m_helloDeadlines.pop_front();
    if (session == nullptr || session->phase != Session::Phase::Newcomer) continue;
    ++m_metrics.helloMissing;
    close(now, *session, wire::CloseCode::HelloMissing);
  }
  while (!m_frameDeadlines.empty() && m_frameDeadlines.front().at <= now) {
    Session* session = find(m_frameDeadlines.front().id);
    m_frameDeadlines.pop_front();
    if (session == nullptr || session->phase == Session::Phase::Closing) continue;
    if (!session->frameSince || *session->frameSince + kFrameWithin > now) continue;
    ++m_metrics.closedForSlowFrame;
    close(now, *session, wire::CloseCode::ProtocolViolation);
  }
  removeGone(now);
  lookAtLegs(now);
  const std::size_t before = m_router.calls();
  m_router.handleTimeout(now);
  for (std::size_t i = m_router.calls(); i < before; ++i) emit(CallChanged{-1, now});
  m_hub.handleTimeout(now);
  settle(now);
}

std::optional<TimePoint> RelayCore::pollTimeout() const {
  std::optional<TimePoint> next = m_hub.pollTimeout();
  const auto earlier = [&](std::optional<TimePoint> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  earlier(m_router.pollTimeout());
  if (!m_helloDeadlines.empty()) earlier(m_helloDeadlines.front().at);
  if (!m_frameDeadlines.empty()) earlier(m_frameDeadlines.front().at);
  if (!m_lost.empty()) earlier(m_lost.front().goneAt);
  earlier(nextLegs());
  earlier(m_drainBy);
  return next;
}

// ---- steering

void RelayCore::tune(const std::string& inviteToken, const RelayLimits& limits) {
  m_gate.setToken(inviteToken);
  m_config.inviteToken = inviteToken;
  m_config.limits = limits;
}

void RelayCore::invite(TimePoint now, std::vector<Invite> invites) {
  const WallTime wall{static_cast<std::int64_t>(wallMs(now))};
  const std::vector<InviteMark> takenBack = m_gate.setInvites(invites, wall);
  m_config.invites = std::move(invites);
  if (takenBack.empty()) return;
  for (const auto& session : m_sessions) {
    if (session == nullptr || session->phase != Session::Phase::Admitted) continue;
    if (std::find(takenBack.begin(), takenBack.end(), session->invite) == takenBack.end()) continue;
    // The answer to their hello is another one now.
    m_outbox.send(session->id,
                  wire::Refused{session->helloId, wire::RefusedCode::InviteRevoked, "", {}});
    // Nobody waits for them to come back.
    close(now, *session, wire::CloseCode::Refused, Ended::OnPurpose);
  }
  settle(now);
}

void RelayCore::drain(TimePoint now, TimePoint deadline) {
  if (m_isDrained) return;
  if (m_drainBy) {
    m_drainBy = std::min(*m_drainBy, deadline);
    return settle(now);
  }
  m_drainBy = deadline;
  m_router.drain();
  const Bytes frame = wire::encodeFrame(wire::Draining{kDrainRetryMs, ""});
  for (const auto& session : m_sessions) {
    if (session != nullptr && session->phase == Session::Phase::Admitted) {
      m_outbox.sendFrame(session->id, frame);
    }
  }
  settle(now);
}

void RelayCore::finishDrain(TimePoint now) {
  m_drainBy.reset();
  m_isDrained = true;
  for (std::size_t i = m_router.calls(); i > 0; --i) emit(CallChanged{-1, now});
  m_router.releaseAll(wire::ReleasedCode::Draining);
  for (const auto& session : m_sessions) {
    if (session != nullptr) close(now, *session, wire::CloseCode::Draining);
  }
  (void)m_outbox.takeStuck();
  emit(Drained{});
}

Snapshot RelayCore::snapshot() const {
  Snapshot now;
  now.clients = m_admitted;
  // Connections that are being closed are neither.
  for (const auto& session : m_sessions) {
    if (session != nullptr && session->phase == Session::Phase::Newcomer) ++now.newcomers;
  }
  now.calls = m_router.calls();
  now.people = m_directory->people();
  now.presenceVersion = m_directory->version();
  now.isDraining = isDraining();
  return now;
}

}  // namespace foyer::relaylite
