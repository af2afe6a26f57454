#include "core/client/relay_session.h"

#include <algorithm>

#include "core/crypto/identity.h"
#include "core/wire/close_codes.h"

namespace foyer::client {
namespace {

// Lobby and call messages that wait for the client to take them within one turn.
constexpr std::size_t kMaxInbox = 2048;

// The other side said so itself: what carried it works.
bool hasAnswered(net::CloseReason reason) {
  using enum net::CloseReason;
  switch (reason) {
    case PeerClose:
    case PinMismatch:
    case PeerRejectedKey:
    case CertificateRequired:
    case AlpnMismatch:
    case VersionMismatch:
    case StatelessReset:
    case Refused:
      return true;
    case LocalClose:
    case IdleTimeout:
    case HandshakeTimeout:
    case TransportError:
      return false;
  }
  return false;
}

std::uint64_t code(wire::CloseCode c) { return static_cast<std::uint64_t>(c); }

Fault refusalFault(const wire::Refused& refused) {
  const bool mayPass = refused.code == wire::RefusedCode::Full ||
                       refused.code == wire::RefusedCode::AddressLimit ||
                       refused.code == wire::RefusedCode::Draining;
  return {"admission", toString(refused.code), mayPass, refused.detail};
}

Fault closeFault(const net::Closed& closed) {
  using enum net::CloseReason;
  switch (closed.reason) {
    case LocalClose:
      return {"connect", "closed", true, {}};
    case PeerClose:
      return {closed.wasConnected ? "connection" : "connect", wire::closeCodeName(closed.code),
              true, closed.detail};
    case IdleTimeout:
      return {"connection", "lost", true, {}};
    case HandshakeTimeout:
      return {"connect", "unreachable", true, {}};
    case PinMismatch:
      return {"connect", "wrong_key", false, {}};
    case PeerRejectedKey:
      return {"connect", "key_refused", false, {}};
    case CertificateRequired:
      return {"connect", "certificate_required", false, {}};
    case AlpnMismatch:
      return {"connect", "not_a_relay", false, {}};
    case VersionMismatch:
      return {"connect", "version", false, {}};
    case StatelessReset:
      return {"connection", "relay_restarted", true, {}};
    case Refused:
      return {"connect", "refused", true, {}};
    case TransportError:
      return {closed.wasConnected ? "connection" : "connect", "transport", true, closed.detail};
  }
  return {};
}

}  // namespace

RelaySession::RelaySession(net::Endpoint& endpoint, RandomSource& random, RelayTarget target)
    : m_endpoint(&endpoint), m_random(&random) {
  setTarget(std::move(target));
}

void RelaySession::setTarget(RelayTarget target) {
  if (target.addresses.size() > kMaxAddresses) target.addresses.resize(kMaxAddresses);
  m_target = std::move(target);
  m_status.fingerprint = m_target.fingerprint;
  m_tcpAddresses.clear();
  for (const SocketAddress& address : m_target.addresses) {
    const SocketAddress tcp{address.ip, m_target.tcpPort};
    const bool isNew =
        std::find(m_tcpAddresses.begin(), m_tcpAddresses.end(), tcp) == m_tcpAddresses.end();
    if (isNew && tcp.port != 0 && m_tcpAddresses.size() < kMaxTcpAddresses)
      m_tcpAddresses.push_back(tcp);
  }
  m_nextTcp = m_tcpAddresses.size();  // those of before are dialled no more
  m_tcpDialAt.reset();
}

void RelaySession::start(TimePoint now) {
  m_isWanted = true;
  m_status.fault.reset();
  m_status.changedTo.reset();
  if (!m_connection.isNull() || !m_dials.empty()) return;
  m_nextAddress = 0;
  m_nextTcp = 0;
  m_tcpDialAt = now + (m_isUdpBlocked ? kTcpAfterBlocked : kTcpAfter);
  m_pending.clear();  // each dial adds its own hello: whichever wins is the one that is answered
  m_hadLobbyRetry = false;
  m_dialledAt = now;
  m_status.lobbyAfter.reset();
  setPhase(RelayPhase::Connecting);
  dialNext(now);
}

void RelaySession::stop(TimePoint now) {
  m_isWanted = false;
  closeDials(now, {});
  if (!m_connection.isNull()) m_endpoint->close(now, m_connection, code(wire::CloseCode::Done));
  forget();
  m_status.retryAt.reset();
  setPhase(RelayPhase::Disconnected);
}

void RelaySession::acceptChangedKey(TimePoint now) {
  if (m_status.phase != RelayPhase::KeyChanged || !m_status.changedTo) return;
  m_target.fingerprint = *m_status.changedTo;
  m_target.knownKey.reset();
  m_status.fingerprint = m_target.fingerprint;
  m_reconnect.reset();
  start(now);
}

void RelaySession::retryNow(TimePoint now) {
  m_reconnect.reset();
  // Another network may let UDP through.
  m_isUdpBlocked = false;
  m_udpPause = kUdpFirstRetry;
  m_udpTries = 0;
  if (m_udpRetryAt) m_udpRetryAt = now;
  if (m_isWanted && m_status.phase == RelayPhase::Waiting) start(now);
  if (!m_isAdmitted) return;
  requestReflect(now);
  m_reflectAt = now + kReflectAgain;
}

void RelaySession::redial(TimePoint now) {
  if (!m_isWanted) return;
  m_reconnect.reset();
  m_isUdpBlocked = false;
  closeDials(now, {});
  if (!m_connection.isNull()) m_endpoint->close(now, m_connection, code(wire::CloseCode::Done));
  forget();
  start(now);
}

std::uint32_t RelaySession::nextId() {
  m_lastId = m_lastId >= wire::kMaxRequestId ? 1 : m_lastId + 1;
  return m_lastId;
}

std::uint32_t RelaySession::expect(Request what, TimePoint deadline) {
  const std::uint32_t id = nextId();
  m_pending.insert_or_assign(id, Pending{what, deadline});
  return id;
}

void RelaySession::setRecord(TimePoint now, Bytes record) {
  if (record == m_record) return;
  const bool isFirst = m_record.empty();
  m_record = std::move(record);
  m_isRecordPublished = false;
  if (!m_isAdmitted) return;
  send(wire::Publish{expect(Request::Publish, now + kWelcomeTimeout), m_record});
  // A relay takes whom it has not seen for available.
  if (isFirst && m_availability != wire::PresenceState::Available)
    send(wire::Availability{m_availability});
}

void RelaySession::withdrawRecord(TimePoint now) {
  if (m_record.empty()) return;
  m_record.clear();
  if (!m_connection.isNull() || !m_dials.empty()) redial(now);
}

void RelaySession::setAvailability(wire::PresenceState state) {
  if (state == m_availability) return;
  m_availability = state;
  if (!m_record.empty()) send(wire::Availability{state});
  // The first look only learns how things stand.
  m_lookAt = TimePoint{};
}

bool RelaySession::send(const wire::Message& message) {
  if (!m_isAdmitted) return false;
  return m_endpoint->sendControl(m_connection, wire::encodeFrame(message)).has_value();
}

void RelaySession::requestLobby(TimePoint now, std::uint64_t knownVersion) {
  if (!m_isAdmitted) return;
  for (const auto& [id, pending] : m_pending)
    if (pending.what == Request::Lobby) return;
  m_lobbyVersion = knownVersion;
  send(wire::PresenceGet{expect(Request::Lobby, now + kLobbyTimeout), knownVersion});
}

void RelaySession::requestReflect(TimePoint now) {
  if (m_isAdmitted) send(wire::Reflect{expect(Request::Reflect, now + kReflectTimeout)});
}

void RelaySession::requestTurn(TimePoint now) {
  m_isTurnWanted = !m_isAdmitted;
  if (m_isTurnWanted) return;
  for (const auto& [id, pending] : m_pending)
    if (pending.what == Request::Turn) return;
  send(wire::TurnGet{expect(Request::Turn, now + kTurnTimeout)});
}

void RelaySession::onTurnGiven(TimePoint now, wire::TurnGiven& given) {
  const auto pending = m_pending.find(given.id);
  if (pending == m_pending.end() || pending->second.what != Request::Turn) return;  // unasked
  m_pending.erase(pending);
  RelayTurn turn;
  for (const std::string& text : given.links)
    if (auto link = net::parseTurnLink(text)) turn.links.push_back(std::move(*link));
  auto password = net::TurnPassword::from(given.password);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(given.password.data()), given.password.size()});
  if (!password || given.username.empty()) turn.links.clear();
  if (password) turn.credentials = {given.username, std::move(*password)};
  turn.goodUntil = now + std::chrono::seconds(given.ttlSeconds);
  m_turn = std::move(turn);
}

void RelaySession::lobbyKnown(TimePoint now) {
  std::erase_if(m_pending, [](const auto& entry) { return entry.second.what == Request::Lobby; });
  m_hadLobbyRetry = false;
  if (m_isAdmitted && m_status.phase == RelayPhase::Connecting) {
    m_status.lobbyAfter = now - m_dialledAt;
    setPhase(RelayPhase::Connected);
  }
}

bool RelaySession::isMine(net::ConnectionId id) const {
  return (!id.isNull() && id == m_connection) ||
         std::any_of(m_dials.begin(), m_dials.end(), [&](const Dial& d) { return d.id == id; });
}

bool RelaySession::handleEvent(TimePoint now, const net::Event& event) {
  const net::ConnectionId id = std::visit([](const auto& e) { return e.id; }, event);
  if (!isMine(id)) return false;
  if (const auto* verified = std::get_if<net::ServerKeyVerified>(&event)) {
    onVerified(now, id, verified->peer);
  } else if (const auto* control = std::get_if<net::ControlReceived>(&event)) {
    if (id == m_connection) onControl(now, control->bytes);
  } else if (const auto* closed = std::get_if<net::Closed>(&event)) {
    onClosed(now, *closed);
  } else if (std::holds_alternative<net::Connected>(event) && id == m_connection) {
    m_reconnect.connected(now);
    if (m_status.carrier == RelayCarrier::Tcp) planUdp(now);
  } else if (const auto* changed = std::get_if<net::PathChanged>(&event)) {
    if (id == m_connection) onPathChanged(now, *changed);
  }
  return true;
}

void RelaySession::onControl(TimePoint now, ByteView bytes) {
  const bool whole = m_frames.feed(bytes, [&](ByteView content) {
    auto decoded = wire::decodeMessage(content);
    if (decoded)
      onMessage(now, std::move(*decoded));
    else
      ++m_badMessages;
  });
  if (!whole && !m_connection.isNull()) {
    m_endpoint->close(now, m_connection, code(wire::CloseCode::FrameTooLong));
    fail(now, {"connection", "frame_too_long", true, {}});
  }
}

void RelaySession::onMessage(TimePoint now, wire::Message message) {
  if (m_connection.isNull()) return;  // an earlier frame of the same bytes ended it
  if (const auto* welcome = std::get_if<wire::Welcome>(&message)) {
    if (m_pending.erase(welcome->id) == 0 || m_isAdmitted) return;
    m_isAdmitted = true;
    m_hasNewAdmission = true;
    m_isRecordPublished = !m_record.empty();
    // Where TCP comes from says nothing of UDP.
    if (m_status.carrier == RelayCarrier::Udp) m_status.observed = welcome->observed;
    m_vouch = welcome->vouch;
    m_status.relayBuild = welcome->relayBuild;
    m_lookAt = now;  // a call may have lived through it
    m_status.fault.reset();
    m_relayTime = {now, welcome->timeMs};
    m_retryAfter.reset();
    m_hasChanged = true;
    if (m_isTurnWanted) requestTurn(now);
    return;
  }
  if (const auto* refused = std::get_if<wire::Refused>(&message)) {
    if (refused->retryAfterMs) m_retryAfter = std::chrono::milliseconds(*refused->retryAfterMs);
    const Fault fault = refusalFault(*refused);
    m_endpoint->close(now, m_connection, code(wire::CloseCode::Done));
    if (fault.retryable)
      fail(now, fault, m_retryAfter);
    else
      endForGood(now, RelayPhase::Disconnected, fault);
    return;
  }
  if (!m_isAdmitted) return;  // nothing else counts before the welcome

  if (std::holds_alternative<wire::Replaced>(message)) {
    m_endpoint->close(now, m_connection, code(wire::CloseCode::Done));
    endForGood(now, RelayPhase::Replaced, {"connection", "replaced", false, {}});
  } else if (const auto* draining = std::get_if<wire::Draining>(&message)) {
    m_retryAfter = std::chrono::milliseconds(draining->retryAfterMs);
    m_status.fault = Fault{"connection", "draining", true, draining->detail};
    m_hasChanged = true;
  } else if (const auto* ping = std::get_if<wire::Ping>(&message)) {
    send(wire::Pong{ping->id});
  } else if (const auto* reflected = std::get_if<wire::Reflected>(&message)) {
    if (m_pending.erase(reflected->id) == 0) return;  // unasked: not believed
    if (m_status.carrier == RelayCarrier::Udp) m_status.observed = reflected->observed;
    m_vouch = reflected->vouch;
    m_hasChanged = true;
  } else if (auto* given = std::get_if<wire::TurnGiven>(&message)) {
    onTurnGiven(now, *given);
  } else if (const auto* published = std::get_if<wire::Published>(&message)) {
    if (m_pending.erase(published->id) != 0) m_isRecordPublished = true;
  } else if (const auto* error = std::get_if<wire::ErrorMessage>(&message)) {
    if (error->id != 0) m_pending.erase(error->id);
    // Unsaid, it would show this person in a call that is over.
    if (error->about == "availability" && error->code == wire::ErrorCode::RateLimited)
      m_availabilityAt = now + kAvailabilityAgain;
  } else if (m_inbox.size() < kMaxInbox) {
    m_inbox.push_back(std::move(message));
  } else {
    ++m_badMessages;
  }
}

void RelaySession::onClosed(TimePoint now, const net::Closed& closed) {
  if (closed.id != m_connection) {
    std::erase_if(m_dials, [&](const Dial& dial) { return dial.id == closed.id; });
    if (closed.reason == net::CloseReason::PinMismatch) {
      closeDials(now, {});
      if (closed.presentedKey) m_status.changedTo = crypto::fingerprintOf(*closed.presentedKey);
      endForGood(now, RelayPhase::KeyChanged, closeFault(closed));
      return;
    }
    if (!m_connection.isNull()) return;
    if (hasAnswered(closed.reason)) {
      m_tcpDialAt.reset();
      m_nextTcp = m_tcpAddresses.size();
    }
    if (!m_dials.empty()) return;
    if (m_nextAddress < m_target.addresses.size()) {
      dialNext(now);
      return;
    }
    if (m_nextTcp < m_tcpAddresses.size()) dialTcp(now);
    if (!m_dials.empty()) return;
  }
  const Fault fault = closeFault(closed);
  if (closed.reason == net::CloseReason::PeerClose &&
      closed.code == code(wire::CloseCode::Replaced)) {
    endForGood(now, RelayPhase::Replaced, fault);
  } else if (fault.retryable) {
    fail(now, fault, m_retryAfter);
  } else {
    endForGood(now, RelayPhase::Disconnected, fault);
  }
}

void RelaySession::forget() {
  m_connection = {};
  m_isAdmitted = false;
  m_isRecordPublished = false;
  m_pending.clear();
  m_inbox.clear();
  m_frames = {};
  m_udpRetryAt.reset();
  m_lookAt.reset();
  m_availabilityAt.reset();
  m_status.rtt.reset();
}

void RelaySession::fail(TimePoint now, Fault fault, std::optional<Duration> retryAfter) {
  closeDials(now, {});
  forget();
  m_status.fault = std::move(fault);
  if (!m_isWanted) {
    setPhase(RelayPhase::Disconnected);
    return;
  }
  m_status.retryAt = m_reconnect.failed(now, *m_random, retryAfter);
  m_status.attempt = m_reconnect.attempts();
  setPhase(RelayPhase::Waiting);
}

void RelaySession::endForGood(TimePoint now, RelayPhase phase, Fault fault) {
  closeDials(now, {});
  forget();
  m_isWanted = false;
  m_status.retryAt.reset();
  m_status.fault = std::move(fault);
  setPhase(phase);
}

void RelaySession::setPhase(RelayPhase phase) {
  if (phase == RelayPhase::Connected) m_status.attempt = 0;
  if (phase != RelayPhase::Waiting) m_status.retryAt.reset();
  m_status.phase = phase;
  m_hasChanged = true;
}

void RelaySession::handleTimeout(TimePoint now) {
  if (m_status.phase == RelayPhase::Waiting && m_status.retryAt && *m_status.retryAt <= now)
    start(now);
  if (m_nextDialAt && *m_nextDialAt <= now) dialNext(now);
  if (m_tcpDialAt && *m_tcpDialAt <= now) dialTcp(now);
  if (m_udpRetryAt && *m_udpRetryAt <= now) tryUdp(now);
  if (m_lookAt && *m_lookAt <= now) lookForAnswers(now);
  if (m_availabilityAt && *m_availabilityAt <= now) {
    m_availabilityAt.reset();
    send(wire::Availability{m_availability});
  }
  if (m_reflectAt && *m_reflectAt <= now) {
    m_reflectAt.reset();
    requestReflect(now);
  }

  std::vector<Pending> expired;
  std::erase_if(m_pending, [&](const auto& entry) {
    if (entry.second.deadline > now) return false;
    expired.push_back(entry.second);
    return true;
  });
  for (const Pending& pending : expired) {
    switch (pending.what) {
      case Request::Hello:
        // A dial has its own time-out, and another address may have been quicker.
        if (m_connection.isNull() || m_isAdmitted) break;
        m_endpoint->close(now, m_connection, code(wire::CloseCode::Done));
        fail(now, {"admission", "no_answer", true, {}});
        return;
      case Request::Lobby:
        if (!m_isAdmitted) break;
        if (m_hadLobbyRetry) {
          m_status.fault = Fault{"lobby", "no_answer", true, {}};
          lobbyKnown(now);
        } else {
          m_hadLobbyRetry = true;
          send(wire::PresenceGet{expect(Request::Lobby, now + kLobbyTimeout), m_lobbyVersion});
        }
        break;
      case Request::Turn:
        break;
      case Request::Publish:
        // The relay may be busy; the next refresh says the same again.
        break;
      case Request::Reflect:
        m_status.observed.reset();
        m_hasChanged = true;
        break;
    }
  }
}

std::optional<TimePoint> RelaySession::pollTimeout() const {
  std::optional<TimePoint> next = m_nextDialAt;
  const auto consider = [&](std::optional<TimePoint> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  consider(m_tcpDialAt);
  consider(m_udpRetryAt);
  consider(m_lookAt);
  if (m_status.phase == RelayPhase::Waiting) consider(m_status.retryAt);
  consider(m_reflectAt);
  consider(m_availabilityAt);
  for (const auto& [id, pending] : m_pending) consider(pending.deadline);
  return next;
}

std::optional<wire::Message> RelaySession::pollMessage() {
  if (m_inbox.empty()) return std::nullopt;
  std::optional<wire::Message> message(std::move(m_inbox.front()));
  m_inbox.pop_front();
  return message;
}

bool RelaySession::takeChanged() { return std::exchange(m_hasChanged, false); }
bool RelaySession::takeAdmitted() { return std::exchange(m_hasNewAdmission, false); }

RelayStatus RelaySession::status() const {
  RelayStatus status = m_status;
  // Before the first sample of a path the smoothed figure is a guess.
  if (m_isAdmitted)
    if (const auto stats = m_endpoint->stats(m_connection);
        stats && stats->minRtt > Duration::zero())
      status.rtt = stats->smoothedRtt;
  return status;
}

std::optional<std::int64_t> RelaySession::relayTimeMsAt(TimePoint now) const {
  if (!m_relayTime) return std::nullopt;
  return static_cast<std::int64_t>(m_relayTime->second) + toMilliseconds(now - m_relayTime->first);
}

}  // namespace foyer::client
