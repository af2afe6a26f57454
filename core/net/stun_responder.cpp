#include "core/net/stun_responder.h"

#include <array>
#include <optional>

#include "core/net/stun.h"

namespace foyer::net {
namespace {

// Header, XOR-MAPPED-ADDRESS of IPv6 and FINGERPRINT; the 420 below is shorter.
constexpr std::size_t kMaxAnswer = kStunHeader + 24 + 8;
constexpr std::uint16_t kUnknownAttribute = 420;

// The first attribute that has to be understood and is not; RFC 5780 says the same of a
// CHANGE-REQUEST where there is no second address.
std::optional<std::uint16_t> notOffered(const StunMessage& request) {
  const StunUnknown unknown = request.unknownRequired();
  if (unknown.count > 0) return unknown.types[0];
  if (request.find(StunAttribute::ChangeRequest))
    return static_cast<std::uint16_t>(StunAttribute::ChangeRequest);
  return std::nullopt;
}

}  // namespace

void StunResponder::handleDatagram(TimePoint now, const DatagramView& datagram) {
  const auto request = StunMessage::parse(datagram.payload);
  if (!request || request->messageClass() != StunClass::Request ||
      request->method() != StunMethod::Binding) {
    ++m_stats.ignored;
    return;
  }
  if (!m_perSource)
    m_perSource.emplace(kStunAnswersPerSource, kStunAnswersPerSourceBurst,
                        HashKey{m_random->u64(), m_random->u64()});
  if (m_waiting.size() >= kMaxWaitingStunAnswers || !m_perSource->take(now, datagram.remote.ip) ||
      !m_whole.take(now)) {
    ++m_stats.suppressed;
    return;
  }
  std::array<std::uint8_t, kMaxAnswer> buffer{};
  const auto refused = notOffered(*request);
  StunWriter writer(buffer, StunMethod::Binding, refused ? StunClass::Error : StunClass::Success,
                    request->transaction());
  if (refused) {
    const std::array<std::uint8_t, 2> type{static_cast<std::uint8_t>(*refused >> 8),
                                           static_cast<std::uint8_t>(*refused & 0xff)};
    writer.addErrorCode(kUnknownAttribute, {}).add(StunAttribute::UnknownAttributes, type);
  } else {
    writer.addXorAddress(StunAttribute::XorMappedAddress, datagram.remote);
  }
  if (request->hasFingerprint()) writer.addFingerprint();
  const auto answer = writer.finish();
  if (!answer) return;
  ++(refused ? m_stats.refused : m_stats.answered);
  m_waiting.push_back({datagram.local, datagram.remote, toBytes(*answer)});
}

void StunResponder::pollTransmit(const TransmitSink& sink) {
  for (const Answer& answer : m_waiting) {
    TransmitBatch batch;
    batch.local = answer.local;
    batch.remote = answer.remote;
    batch.segmentSize = answer.bytes.size();
    batch.payload = answer.bytes;
    sink(batch);
  }
  m_waiting.clear();
}

}  // namespace foyer::net
