#include "core/net/turn_requests.h"

#include <algorithm>

namespace foyer::net {

StunMethod methodOf(TurnRequestKind kind) {
  switch (kind) {
    case TurnRequestKind::Allocate:
      return StunMethod::Allocate;
    case TurnRequestKind::Refresh:
    case TurnRequestKind::Close:
    case TurnRequestKind::Clear:
      return StunMethod::Refresh;
    case TurnRequestKind::Permission:
      return StunMethod::CreatePermission;
    case TurnRequestKind::Channel:
      return StunMethod::ChannelBind;
  }
  return StunMethod::Refresh;
}

void TurnRequests::add(TurnRequest request) {
  m_waiting.push_back({.request = std::move(request)});
}

TurnRequest* TurnRequests::find(const StunTransactionId& id) {
  for (Waiting& waiting : m_waiting) {
    if (waiting.request.id == id) return &waiting.request;
  }
  return nullptr;
}

bool TurnRequests::mayYetSucceed(const StunTransactionId& id) {
  // Of copies whose answers were lost one does not learn; this many refusals are believed.
  constexpr unsigned kBelieved = 3;
  for (Waiting& waiting : m_waiting) {
    if (waiting.request.id != id) continue;
    return ++waiting.request.refusals < std::min(waiting.sent, kBelieved);
  }
  return false;
}

std::optional<TurnRequest> TurnRequests::take(const StunTransactionId& id) {
  const auto it = std::find_if(m_waiting.begin(), m_waiting.end(),
                               [&](const Waiting& waiting) { return waiting.request.id == id; });
  if (it == m_waiting.end()) return std::nullopt;
  std::optional<TurnRequest> request(std::move(it->request));
  m_waiting.erase(it);
  return request;
}

std::optional<TurnRequest> TurnRequests::takeGivenUp(TimePoint now) {
  const auto it = std::find_if(m_waiting.begin(), m_waiting.end(), [&](const Waiting& waiting) {
    return isLast(waiting) && waiting.next <= now;
  });
  if (it == m_waiting.end()) return std::nullopt;
  std::optional<TurnRequest> request(std::move(it->request));
  m_waiting.erase(it);
  return request;
}

void TurnRequests::forget(const SocketAddress& peer) {
  std::erase_if(m_waiting, [&](const Waiting& waiting) {
    const auto kind = waiting.request.kind;
    return (kind == TurnRequestKind::Permission || kind == TurnRequestKind::Channel) &&
           waiting.request.peer == peer;
  });
}

void TurnRequests::send(TimePoint now, const std::function<void(ByteView)>& sink) {
  for (Waiting& waiting : m_waiting) {
    if (isLast(waiting) || (waiting.sent > 0 && waiting.next > now)) continue;
    sink(waiting.request.message);
    Duration wait = m_retry.onStream;
    if (!m_isStream) {
      const bool last = waiting.sent + 1 == m_retry.sendings;
      wait = m_retry.first * (last ? m_retry.lastWait : 1U << waiting.sent);
    }
    ++waiting.sent;
    waiting.next = now + wait;
  }
}

std::optional<TimePoint> TurnRequests::wakeUp() const {
  std::optional<TimePoint> earliest;
  for (const Waiting& waiting : m_waiting) {
    if (!earliest || waiting.next < *earliest) earliest = waiting.next;
  }
  return earliest;
}

}  // namespace foyer::net
