#include "core/call/call_agent.h"

#include "core/call/agent_core.h"

namespace foyer::call {

namespace {

template <class T>
std::optional<T> popFront(std::deque<T>& queue) {
  if (queue.empty()) return std::nullopt;
  std::optional<T> front(std::move(queue.front()));
  queue.pop_front();
  return front;
}

}  // namespace

const char* toString(PlaceError error) {
  switch (error) {
    case PlaceError::Self:
      return "self";
    case PlaceError::Busy:
      return "busy";
    case PlaceError::Blocked:
      return "blocked";
    case PlaceError::TooManyCalls:
      return "too_many_calls";
  }
  return "";
}

const char* toString(EndReason reason) {
  switch (reason) {
    case EndReason::LocalHangup:
      return "local_hangup";
    case EndReason::RemoteHangup:
      return "remote_hangup";
    case EndReason::Declined:
      return "declined";
    case EndReason::Busy:
      return "busy";
    case EndReason::PeerTooOld:
      return "peer_too_old";
    case EndReason::NoAnswer:
      return "no_answer";
    case EndReason::Unreachable:
      return "unreachable";
    case EndReason::Missed:
      return "missed";
    case EndReason::NotSecured:
      return "not_secured";
    case EndReason::Tampered:
      return "tampered";
    case EndReason::ConnectionLost:
      return "connection_lost";
    case EndReason::Replaced:
      return "replaced";
  }
  return "";
}

CallAgent::CallAgent(TimePoint now, const crypto::Identity& identity, const ContactBook& contacts,
                     RandomSource& random)
    : m_core(std::make_unique<Core>(now, identity, contacts, random)) {}
CallAgent::~CallAgent() = default;
CallAgent::CallAgent(CallAgent&&) noexcept = default;
CallAgent& CallAgent::operator=(CallAgent&&) noexcept = default;

Result<CallId, PlaceError> CallAgent::place(TimePoint now, std::int64_t wallMs,
                                            const Callee& callee, crypto::CallPolicy policy,
                                            const wire::CallInfo& info) {
  return m_core->place(now, wallMs, callee, policy, info);
}
bool CallAgent::answer(TimePoint now, const CallId& call, crypto::CallPolicy mode,
                       const wire::CallInfo& info) {
  const bool answered = m_core->answer(now, call, mode, info);
  crypto::scrubStack();
  return answered;
}
bool CallAgent::reject(TimePoint now, const CallId& call) { return m_core->reject(now, call); }
bool CallAgent::ignore(TimePoint now, const CallId& call) { return m_core->ignore(now, call); }
bool CallAgent::hangup(TimePoint now, const CallId& call) {
  const bool ended = m_core->hangup(now, call);
  crypto::scrubStack();
  return ended;
}
bool CallAgent::judgeWords(const CallId& call, bool match) {
  return m_core->judgeWords(call, match);
}
bool CallAgent::speakUnverified(const CallId& call) { return m_core->speakUnverified(call); }
void CallAgent::setSideState(TimePoint, const CallId& call, const wire::SideState& state) {
  m_core->setSideState(call, state);
}

bool CallAgent::setPaths(const CallId& call, const std::vector<wire::Candidate>& candidates,
                         const std::optional<wire::NatWords>& nat,
                         const std::vector<Bytes>& vouches) {
  return m_core->setPaths(call, {candidates, nat, vouches});
}
std::optional<PathKeys> CallAgent::pathKeys(const CallId& call) const {
  return m_core->pathKeys(call);
}

void CallAgent::handleMessage(TimePoint now, std::int64_t wallMs, const Fingerprint& relay,
                              const wire::Message& message) {
  m_core->handleMessage(now, wallMs, relay, message);
  // Any message may have made keys or ended a call.
  crypto::scrubStack();
}
void CallAgent::relayAdmitted(TimePoint, const Fingerprint& relay) { m_core->relayAdmitted(relay); }
void CallAgent::peerHungUp(TimePoint now, const CallId& call) { m_core->peerHungUp(now, call); }
void CallAgent::connectionLost(TimePoint now, const CallId& call) {
  m_core->connectionLost(now, call);
}

std::optional<std::size_t> CallAgent::sealMedia(TimePoint now, const CallId& call, ByteView inner,
                                                MutableByteView out,
                                                crypto::MediaSealer::Kind kind) {
  Core::Call* const found = m_core->find(call);
  if (found == nullptr) return std::nullopt;
  return m_core->sealMedia(now, *found, inner, out, kind);
}
std::optional<crypto::OpenedMedia> CallAgent::openMedia(TimePoint now, const CallId& call,
                                                        ByteView packet, MutableByteView inner) {
  Core::Call* const found = m_core->find(call);
  if (found == nullptr) return std::nullopt;
  return m_core->openMedia(now, *found, packet, inner);
}
std::optional<Bytes> CallAgent::pollHeld(const CallId& call) {
  Core::Call* const found = m_core->find(call);
  if (found == nullptr || !found->mediaOpener) return std::nullopt;
  return popFront(found->heldPackets);
}
void CallAgent::allowSmallerBucket(const CallId& call) {
  Core::Call* const found = m_core->find(call);
  if (found != nullptr && found->mediaSealer) found->mediaSealer->allowSmallerBucket();
}

void CallAgent::handleTimeout(TimePoint now) { m_core->handleTimeout(now); }
std::optional<TimePoint> CallAgent::pollTimeout() const { return m_core->pollTimeout(); }
std::optional<Outgoing> CallAgent::pollTransmit() { return popFront(m_core->transmit); }
std::optional<Event> CallAgent::pollEvent() { return popFront(m_core->events); }

const BoxKey& CallAgent::boxKey() const { return m_core->boxes.current(); }

std::optional<CallSummary> CallAgent::summary(const CallId& call) const {
  const Core::Call* const found = std::as_const(*m_core).find(call);
  if (found == nullptr) return std::nullopt;
  return CallSummary{
      .call = call,
      .peer = found->peer,
      .direction = found->direction,
      .phase = found->phase,
      .relay = found->relay,
      .hasKeys = found->mediaSealer.has_value(),
      .isPrivate = found->policy == crypto::CallPolicy::Private ||
                   found->mode == crypto::CallPolicy::Private,
      .isOwnPrivate = (found->direction == Direction::Outgoing ? found->policy : found->mode) ==
                      crypto::CallPolicy::Private,
      .isCompareOnly = found->isCompareOnly,
      .isVoiceHeld = found->isVoiceHeld,
      .hasPeerLeft = found->hasPeerLeft,
      .peerInfo = found->peerInfo,
      .channel = found->channel,
      .peerState = found->peerState};
}

std::vector<CallId> CallAgent::liveCalls() const {
  std::vector<CallId> ids;
  for (const auto& [id, call] : m_core->calls) ids.push_back(id);
  return ids;
}

std::optional<CallId> CallAgent::callByChannel(const Fingerprint& relay, std::uint64_t rx) const {
  for (const auto& [id, call] : m_core->calls) {
    if (call.channel && call.channel->relay == relay && call.channel->rx == rx) return id;
  }
  return std::nullopt;
}

std::optional<crypto::Sas> CallAgent::sas(const CallId& call) const {
  const Core::Call* const found = std::as_const(*m_core).find(call);
  if (found == nullptr || !found->secrets) return std::nullopt;
  return crypto::sasOf(found->secrets->sas);
}

const CallAgent::Counters& CallAgent::counters() const { return m_core->counters; }

}  // namespace foyer::call
