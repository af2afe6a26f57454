#include "core/client/explanation.h"

#include <algorithm>

namespace foyer::client {
namespace {

using std::chrono::milliseconds;

// Below it a share is what any network has now and then.
constexpr double kNotableShare = 0.01;
// Of what is heard: under the first nobody notices, from the second speech suffers.
constexpr double kConcealedFair = 0.02, kConcealedPoor = 0.10;
// What the peer loses, when nothing or something makes up for it.
constexpr double kLossSaidFair = 0.03, kLossSaidPoor = 0.20;
constexpr Duration kUnevenTarget = milliseconds(80);  // a buffer that deep is there for jitter
constexpr Duration kUneven = milliseconds(20);
constexpr Duration kDeepBuffer = milliseconds(150);
constexpr Duration kQueueFair = milliseconds(100), kQueuePoor = milliseconds(300);
// ITU-T G.114: up to 150 ms goes unnoticed, beyond 400 ms people talk into one another.
constexpr Duration kDelayFair = milliseconds(300), kDelayPoor = milliseconds(500);
constexpr std::uint64_t kManyGlitches = 5;
constexpr Duration kBlock = milliseconds(10);  // RecoveryFigures::plc counts these
constexpr Duration kUsualPacket = milliseconds(20);
constexpr Duration kLowTierPacket = milliseconds(40);  // packet time belongs to the tier

double share(double part, double whole) { return whole > 0 ? part / whole : 0; }

Severity byShare(double value, double fair, double poor) {
  return value >= poor ? Severity::Poor : value >= fair ? Severity::Fair : Severity::Good;
}

Severity byTier(wire::Tier tier) {
  switch (tier) {
    case wire::Tier::Studio64:
    case wire::Tier::Studio48:
    case wire::Tier::Studio32:
    case wire::Tier::Good:
      return Severity::Good;
    case wire::Tier::Low:
      return Severity::Fair;
    case wire::Tier::Degraded:
    case wire::Tier::Catastrophic:
    case wire::Tier::Codec2_3200:
      return Severity::Poor;
  }
  return Severity::Good;
}

Duration total(const DelayParts& parts) {
  return parts.captureDevice + parts.packetTime + parts.codec + parts.network + parts.jitterBuffer +
         parts.playoutDevice;
}

Remedy mostOf(const RecoveryFigures& recent) {
  const std::uint64_t most = std::max({recent.copies, recent.lbrr, recent.dred});
  if (most == 0) return Remedy::None;
  return most == recent.copies ? Remedy::Copies : most == recent.lbrr ? Remedy::Lbrr : Remedy::Dred;
}

Explanation numbersOf(const CallStatus& status, const RecoveryFigures& recent,
                      const DeviceHints& hints) {
  Explanation out;
  out.tier = status.tier;
  out.lossHear = status.rx.loss;
  out.lossSaid = std::max(status.tx.loss, status.sending.loss);
  out.lateSaid = status.sending.lateShare;
  out.hasRemedySaid =
      status.sending.copies > 0 || status.sending.hasLbrr || status.sending.dred > Duration{};
  const Duration packet = std::max(status.receiving.packetTime, Duration{});
  const double perBlock =
      share(static_cast<double>(kBlock.count()),
            static_cast<double>((packet > Duration{} ? packet : kUsualPacket).count()));
  const double invented = static_cast<double>(recent.plc) * perBlock;
  const auto made = static_cast<double>(recent.copies + recent.lbrr + recent.dred);
  const double played = static_cast<double>(recent.decoded) + made + invented;
  // Before any figure is known, what is lost counts as missing.
  out.concealed = played > 0 ? share(invented, played) : out.lossHear;
  out.recovered = made + invented > 0 ? share(made, made + invented) : out.lossHear > 0 ? 0 : 1;
  out.lateHear = share(static_cast<double>(recent.late), played + static_cast<double>(recent.late));
  out.remedy = mostOf(recent);
  out.buffer = status.receiving.bufferDelay;
  out.queueing = status.sending.queueingDelay;
  out.capacityKbps = status.sending.capacityKbps;
  out.glitches = hints.underruns;
  if (status.mouthToEar) out.delay = total(*status.mouthToEar);
  return out;
}

// Keeps the worst of what is said to it; of two as bad, the one said first.
class Worst {
 public:
  explicit Worst(const Explanation& numbers) : m_worst(numbers) {
    m_worst.cause = ExplainedCause::Clear;
  }
  void consider(ExplainedCause cause, Affected affected, Severity severity) {
    const bool isFirst = m_worst.cause == ExplainedCause::Clear;
    if (!isFirst && severity == m_worst.severity && cause == m_worst.cause) {
      m_worst.affected = Affected::Both;
      return;
    }
    if (!isFirst && severity <= m_worst.severity) return;
    m_worst.cause = cause;
    m_worst.affected = affected;
    m_worst.severity = severity;
  }
  [[nodiscard]] const Explanation& get() const { return m_worst; }

 private:
  Explanation m_worst;
};

void considerNetwork(const CallStatus& status, Worst& worst, const Explanation& n) {
  using enum ExplainedCause;
  const SendFigures& sending = status.sending;
  const bool isHeldDown = !sending.choice && (sending.cause == QualityCause::Capacity ||
                                              sending.cause == QualityCause::Delay);
  if (isHeldDown || n.queueing >= kQueueFair) {
    const Severity queue = n.queueing >= kQueuePoor   ? Severity::Poor
                           : n.queueing >= kQueueFair ? Severity::Fair
                                                      : Severity::Good;
    const Severity severity = std::max(queue, isHeldDown ? byTier(n.tier) : Severity::Good);
    if (severity > Severity::Good) worst.consider(Capacity, Affected::Said, severity);
  }
  if (n.lossHear >= kNotableShare)
    worst.consider(Loss, Affected::Hear, byShare(n.concealed, kConcealedFair, kConcealedPoor));
  if (n.lossSaid >= kNotableShare) {
    Severity severity = byShare(n.lossSaid, kLossSaidFair, kLossSaidPoor);
    if (n.hasRemedySaid && severity > Severity::Good)
      severity = severity == Severity::Poor ? Severity::Fair : Severity::Good;
    worst.consider(Loss, Affected::Said, severity);
  }
  const Duration beyond = status.receiving.bufferTarget - status.receiving.packetTime;
  if (n.lateHear >= kNotableShare || status.receiving.jitter >= kUneven ||
      beyond >= kUnevenTarget) {
    const Severity severity = std::max(byShare(n.concealed, kConcealedFair, kConcealedPoor),
                                       n.buffer >= kDeepBuffer ? Severity::Fair : Severity::Good);
    worst.consider(Jitter, Affected::Hear, severity);
  }
  if (n.lateSaid >= kNotableShare)
    worst.consider(Jitter, Affected::Said, byShare(n.lateSaid, kConcealedFair, kConcealedPoor));
}

void considerChoices(const CallStatus& status, Worst& worst, const Explanation& n) {
  using enum ExplainedCause;
  const bool isCodec2 = status.receiving.codec == wire::CodecId::Codec2_1200 ||
                        status.receiving.codec == wire::CodecId::Codec2_3200;
  if (isCodec2 || status.receiving.packetTime >= kLowTierPacket)
    worst.consider(PeerLow, Affected::Hear, isCodec2 ? Severity::Poor : Severity::Fair);
  const Severity own = byTier(n.tier);
  if (own > Severity::Good) {
    if (status.sending.choice)
      worst.consider(Choice, Affected::Said, own);
    else if (status.sending.cause == QualityCause::PeerLimit)
      worst.consider(PeerLimit, Affected::Said, own);
    else if (status.sending.cause == QualityCause::Metered)
      worst.consider(Metered, Affected::Said, own);
  }
  if (n.delay >= kDelayFair)
    worst.consider(LongDelay, Affected::Both,
                   n.delay >= kDelayPoor ? Severity::Poor : Severity::Fair);
}

}  // namespace

Explanation explain(const CallStatus& status, const RecoveryFigures& recent,
                    const DeviceHints& hints) {
  using enum ExplainedCause;
  Explanation numbers = numbersOf(status, recent, hints);
  const auto broken = [&numbers](ExplainedCause cause, Affected affected) {
    numbers.cause = cause;
    numbers.affected = affected;
    numbers.severity = Severity::Broken;
    return numbers;
  };
  if (status.phase != CallPhase::Active || !status.hasReceived) return numbers;
  // Where nothing flows, why it sounds as it does is not the question.
  if (status.isReconnecting || status.hasPeerLeft) return broken(Reconnecting, Affected::Both);
  if (hints.isNothingReceived) return broken(NothingReceived, Affected::Hear);
  if (hints.isInputSilent) return broken(SilentInput, Affected::Said);

  Worst worst(numbers);
  // What happens in this computer is its cause, whatever the network does beside it.
  if (hints.isCpuStarved)
    worst.consider(Cpu, Affected::Both, hints.underruns > 0 ? Severity::Poor : Severity::Fair);
  else if (hints.underruns > 0)
    worst.consider(Device, Affected::Hear,
                   hints.underruns >= kManyGlitches ? Severity::Poor : Severity::Fair);
  considerNetwork(status, worst, numbers);
  considerChoices(status, worst, numbers);
  return worst.get();
}

}  // namespace foyer::client
