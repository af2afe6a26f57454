#include "core/net/stun_client.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "core/base/assert.h"

namespace foyer::net {

namespace {

// Header and CHANGE-REQUEST.
constexpr std::size_t kMaxRequest = kStunHeader + 8;

StunAnswer readAnswer(const StunMessage& message) {
  StunAnswer answer;
  answer.outcome = StunOutcome::BadAnswer;
  if (message.unknownRequired().count != 0) return answer;
  if (message.messageClass() == StunClass::Error) {
    if (const auto error = message.errorCode()) {
      answer.outcome = StunOutcome::Refused;
      answer.errorCode = error->code;
    }
    return answer;
  }
  // MAPPED-ADDRESS is not looked at: routers that rewrite addresses in payloads rewrite it.
  const auto mapped = message.xorAddress(StunAttribute::XorMappedAddress);
  if (!mapped || !isHostAddress(*mapped)) return answer;
  answer.outcome = StunOutcome::Answered;
  answer.mapped = *mapped;
  answer.other = message.address(StunAttribute::OtherAddress);
  return answer;
}

}  // namespace

const char* toString(StunOutcome outcome) {
  switch (outcome) {
    case StunOutcome::Answered:
      return "answered";
    case StunOutcome::NoAnswer:
      return "no_answer";
    case StunOutcome::Refused:
      return "refused";
    case StunOutcome::BadAnswer:
      return "bad_answer";
  }
  return "unknown";
}

const char* toString(StunAskError error) {
  switch (error) {
    case StunAskError::TooMany:
      return "too_many";
    case StunAskError::BadAddress:
      return "bad_address";
  }
  return "unknown";
}

bool isHostAddress(const SocketAddress& address) {
  const IpAddress& ip = address.ip;
  // 224/4 is multicast, 240/4 reserved with the broadcast address at its end.
  const bool isGroup = ip.isV4() ? ip.bytes[0] >= 224 : ip.bytes[0] == 0xff;
  const bool isThisNetwork = ip.isV4() && ip.bytes[0] == 0;
  return address.port != 0 && !isGroup && !isThisNetwork && !ip.isUnspecified();
}

Result<StunQueryId, StunAskError> StunClient::ask(TimePoint now, const StunQuery& query) {
  if (!isHostAddress(query.server)) return Failure(StunAskError::BadAddress);
  if (m_transactions.size() + m_events.size() >= kMaxStunQueries)
    return Failure(StunAskError::TooMany);
  Transaction transaction;
  transaction.id = m_nextId++;
  transaction.query = query;
  transaction.transaction = m_random->id<StunTransactionId>();
  transaction.startedAt = now;
  transaction.endsAt = now + query.deadline;
  transaction.sendAt = now;
  m_transactions.push_back(transaction);
  return transaction.id;
}

void StunClient::cancel(StunQueryId id) {
  std::erase_if(m_transactions, [&](const Transaction& t) { return t.id == id; });
  std::erase_if(m_events, [&](const StunAnswer& answer) { return answer.id == id; });
}

void StunClient::finish(std::size_t index, StunAnswer answer) {
  const Transaction& transaction = m_transactions[index];
  answer.id = transaction.id;
  answer.query = transaction.query;
  answer.sends = transaction.sends;
  m_events.push_back(answer);
  m_transactions.erase(m_transactions.begin() + static_cast<std::ptrdiff_t>(index));
}

bool StunClient::handleDatagram(TimePoint now, const DatagramView& datagram) {
  if (datagram.payload.size() < kStunHeader) return false;
  // The id first: a flood of messages that are not ours is not parsed.
  const ByteView id = datagram.payload.subspan(8, StunTransactionId::kSize);
  const auto found =
      std::find_if(m_transactions.begin(), m_transactions.end(), [&](const Transaction& t) {
        return std::memcmp(t.transaction.bytes.data(), id.data(), id.size()) == 0;
      });
  if (found == m_transactions.end() || found->sends == 0) return false;
  const SocketAddress expected = found->query.answerFrom.value_or(found->query.server);
  if (datagram.local != found->query.local ||
      (datagram.remote != expected && datagram.remote != found->query.server))
    return false;
  const auto message = StunMessage::parse(datagram.payload);
  if (!message || message->method() != StunMethod::Binding) return false;
  if (message->messageClass() != StunClass::Success && message->messageClass() != StunClass::Error)
    return false;
  StunAnswer answer = readAnswer(*message);
  // Servers that cannot change their address refuse from the one they have, or just answer.
  if (answer.outcome == StunOutcome::Answered && datagram.remote != expected)
    answer.outcome = StunOutcome::BadAnswer;
  answer.roundTrip = now - found->startedAt;
  finish(static_cast<std::size_t>(found - m_transactions.begin()), answer);
  return true;
}

void StunClient::handleTimeout(TimePoint now) {
  for (std::size_t i = 0; i < m_transactions.size();) {
    if (m_transactions[i].endsAt <= now)
      finish(i, {});
    else
      ++i;
  }
}

void StunClient::pollTransmit(TimePoint now, const TransmitSink& sink) {
  for (Transaction& t : m_transactions) {
    if (!t.sendAt || *t.sendAt > now || t.endsAt <= now) continue;
    std::array<std::uint8_t, kMaxRequest> buffer{};
    StunWriter writer(buffer, StunMethod::Binding, StunClass::Request, t.transaction);
    if (t.query.change.ip || t.query.change.port) writer.addChangeRequest(t.query.change);
    const auto request = writer.finish();
    FOYER_ASSERT(request.has_value(), "kMaxRequest is the longest request");
    // The round trip counts from when it left, not from when it was asked for.
    if (t.sends == 0) t.startedAt = now;
    ++t.sends;
    t.sendAt.reset();
    if (t.sends < kStunMaxSends) t.sendAt = now + t.wait;
    t.wait *= 2;
    TransmitBatch batch;
    batch.local = t.query.local;
    batch.remote = t.query.server;
    batch.segmentSize = request->size();
    batch.payload = *request;
    sink(batch);
  }
}

std::optional<StunAnswer> StunClient::pollEvent() {
  if (m_events.empty()) return std::nullopt;
  const StunAnswer answer = m_events.front();
  m_events.pop_front();
  return answer;
}

std::optional<TimePoint> StunClient::pollTimeout() const {
  std::optional<TimePoint> at;
  for (const Transaction& t : m_transactions) {
    const TimePoint due = std::min(t.endsAt, t.sendAt.value_or(t.endsAt));
    if (!at || due < *at) at = due;
  }
  return at;
}

}  // namespace foyer::net
