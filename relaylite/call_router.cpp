#include "relaylite/call_router.h"

#include <algorithm>

namespace foyer::relaylite {

using wire::ReleasedCode;
using wire::UndeliverableCode;

CallRouter::CallRouter(const Directory& directory, Forwarder& forwarder, Outbox& outbox,
                       Metrics& metrics, const RelayLimits& limits)
    : m_directory(&directory),
      m_forwarder(&forwarder),
      m_outbox(&outbox),
      m_metrics(&metrics),
      m_limits(&limits) {}

CallRouter::Side* CallRouter::sideOf(Call& call, const Fingerprint& who) {
  if (call.caller.who == who) return &call.caller;
  return call.callee.who == who ? &call.callee : nullptr;
}

CallRouter::Side& CallRouter::otherSide(Call& call, const Side& side) {
  return &side == &call.caller ? call.callee : call.caller;
}

std::optional<UndeliverableCode> CallRouter::whyNot(const Speaker& from,
                                                    const wire::Offer& message) const {
  if (message.to == from.who) return UndeliverableCode::NotFound;
  if (!m_directory->route(message.to)) {
    return m_directory->find(message.to) == nullptr ? UndeliverableCode::NotFound
                                                    : UndeliverableCode::Unreachable;
  }
  if (m_isDraining || m_calls.size() >= m_limits->maxCalls) return UndeliverableCode::NoChannel;
  if (!hasRoom(from.who, message.to)) return UndeliverableCode::Limit;
  return std::nullopt;
}

bool CallRouter::hasRoom(const Fingerprint& caller, const Fingerprint& callee) const {
  if (m_isDraining || m_calls.size() >= m_limits->maxCalls) return false;
  const auto loadOf = [&](const Fingerprint& who) {
    const auto at = m_loads.find(who);
    return at == m_loads.end() ? Load{} : at->second;
  };
  const Load placing = loadOf(caller);
  const Load receiving = loadOf(callee);
  return placing.placed < m_limits->maxCallsPlaced && placing.all < m_limits->maxCallsPerClient &&
         receiving.all < m_limits->maxCallsPerClient &&
         receiving.waiting < m_limits->maxCallsPerClient;
}

CallRouter::Calls::iterator CallRouter::open(TimePoint now, const CallId& id,
                                             const Fingerprint& caller, const Fingerprint& callee) {
  const auto at = m_calls.try_emplace(id).first;
  Call& call = at->second;
  call.caller.who = caller;
  call.callee.who = callee;
  call.lastMessage = now;
  Load& callerLoad = m_loads[caller];
  ++callerLoad.placed;
  ++callerLoad.all;
  ++m_loads[callee].waiting;
  call.look = m_looks.emplace(now + kChannelLife, id);
  return at;
}

void CallRouter::offer(TimePoint now, const Speaker& from, const wire::Offer& message,
                       bool mayOffer) {
  ++m_metrics->offers;
  const auto refuse = [&](UndeliverableCode code) {
    ++m_metrics->offersUndeliverable;
    m_outbox->send(from.connection, wire::Undeliverable{message.callId, code});
  };
  const auto known = m_calls.find(message.callId);
  if (known != m_calls.end()) {
    Call& call = known->second;
    // A call id belongs to its two parties; anybody else's use of it is not answered, or it would
    // tell a stranger that the call exists (catalogue K-43).
    if (call.caller.who != from.who || call.callee.who != message.to) {
      ++m_metrics->callIdTaken;
      return;
    }
    if (!mayOffer) return refuse(UndeliverableCode::Limit);
    if (call.caller.isReleased || call.callee.isReleased)
      return refuse(UndeliverableCode::NoChannel);
    // The same offer again, after a lost link of one of the two.
    touch(now, call, call.caller);
    if (call.caller.connection != from.connection &&
        !join(now, call, call.caller, from.connection)) {
      return refuse(UndeliverableCode::NoChannel);
    }
    tellChannel(message.callId, call, call.caller);
    const auto route = m_directory->route(message.to);
    if (!route || m_outbox->isBehind(route->connection)) {
      return refuse(UndeliverableCode::Unreachable);
    }
    if (call.callee.connection != route->connection &&
        !join(now, call, call.callee, route->connection)) {
      return refuse(UndeliverableCode::NoChannel);
    }
    tellChannel(message.callId, call, call.callee);
    ++m_metrics->routedMessages;
    m_outbox->send(route->connection, message);
    return;
  }
  if (!mayOffer) return refuse(UndeliverableCode::Limit);
  if (const auto code = whyNot(from, message)) return refuse(*code);
  const net::ConnectionId calleeConnection = m_directory->route(message.to)->connection;
  if (m_outbox->isBehind(calleeConnection)) return refuse(UndeliverableCode::Unreachable);

  const auto at = open(now, message.callId, from.who, message.to);
  Call& call = at->second;
  if (!join(now, call, call.caller, from.connection) ||
      !join(now, call, call.callee, calleeConnection)) {
    remove(at);
    return refuse(UndeliverableCode::Limit);
  }
  tellChannel(message.callId, call, call.caller);
  tellChannel(message.callId, call, call.callee);
  ++m_metrics->routedMessages;
  m_outbox->send(calleeConnection, message);
}

template <class Routed>
void CallRouter::forward(TimePoint now, const Speaker& from, const Routed& message) {
  const auto at = m_calls.find(message.callId);
  if (at != m_calls.end()) {
    if (const Side* side = sideOf(at->second, from.who)) touch(now, at->second, *side);
  }
  const auto route = m_directory->route(message.to);
  if (!route || message.to == from.who) {
    ++m_metrics->unroutedMessages;
    return;
  }
  if (m_outbox->isBehind(route->connection)) {
    ++m_metrics->messagesToSlowReaders;
    return;
  }
  ++m_metrics->routedMessages;
  m_outbox->send(route->connection, message);
}

void CallRouter::route(TimePoint now, const Speaker& from, const wire::Setup& message) {
  forward(now, from, message);
}

void CallRouter::route(TimePoint now, const Speaker& from, const wire::Sealed& message) {
  forward(now, from, message);
}

void CallRouter::attach(TimePoint now, const Speaker& from, const wire::Attach& message) {
  auto at = m_calls.find(message.callId);
  // After a restart of the relay the parties know the call and the relay does not: the first to
  // come back opens the channel anew and waits in it for the other.
  if (at == m_calls.end() && message.peer != from.who && hasRoom(from.who, message.peer)) {
    at = open(now, message.callId, from.who, message.peer);
  }
  Side* side = at == m_calls.end() ? nullptr : sideOf(at->second, from.who);
  // One answer for "no room", "not yours" and "over".
  if (side == nullptr || side->isReleased || otherSide(at->second, *side).who != message.peer ||
      (side->connection != from.connection && !join(now, at->second, *side, from.connection))) {
    m_outbox->send(from.connection,
                   wire::Undeliverable{message.callId, UndeliverableCode::NoChannel});
    return;
  }
  touch(now, at->second, *side);
  ++m_metrics->attached;
  tellChannel(message.callId, at->second, *side);
}

void CallRouter::release(TimePoint now, const Speaker& from, const wire::Release& message) {
  const auto at = m_calls.find(message.callId);
  if (at == m_calls.end()) return;
  Call& call = at->second;
  Side* side = sideOf(call, from.who);
  if (side == nullptr || side->isReleased) return;
  leave(call, *side);
  call.lastMessage = now;  // so long at most it waits for the other's release
  // The caller's budget keeps it until it is gone, or offers could fill the relay.
  if (side == &call.callee) unloadCallee(call);
  side->isReleased = true;
  Side& other = otherSide(call, *side);
  if (other.isReleased) return remove(at);
  if (!other.connection.isNull()) {
    m_outbox->send(other.connection, wire::Released{message.callId, ReleasedCode::PeerReleased});
  }
}

void CallRouter::disconnected(TimePoint now, const Speaker& speaker, bool onPurpose) {
  if (!m_loads.contains(speaker.who)) return;
  std::vector<CallId> theirs;
  for (auto& [id, call] : m_calls) {
    const Side* side = sideOf(call, speaker.who);
    if (side != nullptr && side->connection == speaker.connection) theirs.push_back(id);
  }
  for (const CallId& id : theirs) {
    if (onPurpose) {
      release(now, speaker, {id});
      continue;
    }
    const auto at = m_calls.find(id);
    Side* side = sideOf(at->second, speaker.who);
    leave(at->second, *side);
  }
}

bool CallRouter::join(TimePoint now, Call& call, Side& side, net::ConnectionId connection) {
  leave(call, side);
  const auto opened = m_forwarder->open(connection, now);
  if (!opened) return false;
  side.connection = connection;
  side.source = opened->source;
  side.tx = opened->tx;
  side.rx = m_forwarder->takeRx(connection);
  const Side& other = otherSide(call, side);
  if (!other.connection.isNull()) {
    m_forwarder->addReceiver(side.source, other.connection, other.rx);
    m_forwarder->addReceiver(other.source, side.connection, side.rx);
  }
  return true;
}

void CallRouter::leave(Call& call, Side& side) {
  if (side.connection.isNull()) return;
  // What was sent last still counts for the life of the call.
  if (const auto last = m_forwarder->lastPacket(side.source)) {
    call.lastMessage = std::max(call.lastMessage, *last);
  }
  m_forwarder->close(side.source);
  const Side& other = otherSide(call, side);
  if (!other.connection.isNull()) m_forwarder->removeReceiver(other.source, side.connection);
  side.connection = {};
  side.source = {};
}

void CallRouter::tellChannel(const CallId& id, Call& call, const Side& side) {
  m_outbox->send(side.connection, wire::Channel{id, side.tx, side.rx, otherSide(call, side).who});
}

void CallRouter::touch(TimePoint now, Call& call, const Side& side) {
  if (call.caller.isReleased || call.callee.isReleased) return;
  if (&side == &call.callee && !call.isTaken) {
    call.isTaken = true;
    Load& load = m_loads[side.who];
    --load.waiting;
    ++load.all;
  }
  if (call.isTaken) call.lastMessage = now;
}

void CallRouter::unloadCallee(const Call& call) {
  Load& load = m_loads[call.callee.who];
  --(call.isTaken ? load.all : load.waiting);
  forgetIfIdle(call.callee.who);
}

void CallRouter::forgetIfIdle(const Fingerprint& who) {
  const auto load = m_loads.find(who);
  if (load != m_loads.end() && load->second == Load{}) m_loads.erase(load);
}

void CallRouter::remove(Calls::iterator at) {
  Call& call = at->second;
  leave(call, call.caller);
  leave(call, call.callee);
  Load& placing = m_loads[call.caller.who];
  --placing.placed;
  --placing.all;
  forgetIfIdle(call.caller.who);
  if (!call.callee.isReleased) unloadCallee(call);
  m_looks.erase(call.look);
  m_calls.erase(at);
}

void CallRouter::releaseAll(ReleasedCode code) {
  while (!m_calls.empty()) {
    const auto at = m_calls.begin();
    for (const Side* side : {&at->second.caller, &at->second.callee}) {
      if (!side->connection.isNull()) {
        m_outbox->send(side->connection, wire::Released{at->first, code});
      }
    }
    remove(at);
  }
}

TimePoint CallRouter::lastSign(const Call& call) const {
  TimePoint last = call.lastMessage;
  if (call.caller.isReleased || call.callee.isReleased) return last;
  for (const Side* side : {&call.caller, &call.callee}) {
    if (!call.isTaken && side == &call.caller) continue;
    if (const auto packet = m_forwarder->lastPacket(side->source)) last = std::max(last, *packet);
  }
  return last;
}

void CallRouter::handleTimeout(TimePoint now) {
  while (!m_looks.empty() && m_looks.begin()->first <= now) {
    const CallId id = m_looks.begin()->second;
    const auto at = m_calls.find(id);
    const TimePoint end = lastSign(at->second) + kChannelLife;
    if (end > now) {
      m_looks.erase(at->second.look);
      at->second.look = m_looks.emplace(end, id);
      continue;
    }
    ++m_metrics->channelTimeouts;
    for (const Side* side : {&at->second.caller, &at->second.callee}) {
      if (!side->connection.isNull()) {
        m_outbox->send(side->connection, wire::Released{id, ReleasedCode::Timeout});
      }
    }
    remove(at);
  }
}

std::optional<TimePoint> CallRouter::pollTimeout() const {
  if (m_looks.empty()) return std::nullopt;
  return m_looks.begin()->first;
}

}  // namespace foyer::relaylite
