// The media of calls: frames of the devices become sealed datagrams and back, reports about them
// come and go, and the quality controller's plan reaches the encoder.
#include <algorithm>

#include "core/client/client.h"
#include "core/wire/media_packet.h"

namespace foyer::client {
namespace {

// A frame that waited longer between microphone and network is worth less than the next one (K-39).
constexpr Duration kStaleFrame = 200ms;
// The first packets are all followed by a report, so that one lost packet does not keep a call from
// being active for a second.
constexpr int kFirstReports = 5;
// A report a second is a fifth of what the lowest tier sends.
constexpr Duration kNarrowReportEvery = 2s;
// Where much is lost reports are lost too, and silence must go on meaning something.
constexpr double kLossyWay = 0.05;
constexpr Duration kLossyReportEvery = 500ms;
// Before the peer is known to hear us at all, a narrow way must keep room for the set-up.
constexpr Duration kUnheardFullRate = 1s;
constexpr int kUnheardOneOf = 5;
constexpr std::string_view kCodec2Capability = "codec2";

bool isNarrow(const quality::SendPlan& plan) { return plan.time >= wire::PacketTime::Ms100; }
bool isNarrowest(const quality::SendPlan& plan) { return plan.tier == wire::Tier::Catastrophic; }

// The lowest tier cannot afford packets for reports alone. And a full queue that just took a frame
// has no room for a packet right behind it: where much is lost, there or on the way back, every
// second report is in the frame's own packet, and every one while a queue stands.
bool reportsInFrames(const LiveCall& live) {
  const bool isLossy = std::max(live.sent.view().lossShare, live.received.lossShare()) >= kLossyWay;
  return isNarrowest(live.plan) || (isLossy && (live.reports % 2 == 1 || live.received.hasQueue()));
}

}  // namespace

// ---- what is sent

quality::ControllerSettings Client::qualityFor(const LiveCall& live,
                                               std::optional<wire::Tier> choice) const {
  quality::ControllerSettings settings{.choice = choice,
                                       .maxPayloadBps = m_options.maxPayloadBps,
                                       .isLowDelay = m_options.isLowDelay,
                                       .isMetered = m_isMetered};
  const auto has = [](const std::vector<std::string>& all) {
    return std::find(all.begin(), all.end(), kCodec2Capability) != all.end();
  };
  const auto summary = m_agent.summary(live.status.call);
  settings.capability.highest = live.peerMost.value_or(settings.capability.highest);
  settings.capability.hasCodec2 =
      summary && has(summary->peerInfo.capabilities) && has(m_options.capabilities);
  return settings;
}

void Client::configureQuality(TimePoint now, LiveCall& live, std::optional<wire::Tier> choice) {
  const auto settings = qualityFor(live, choice);
  if (live.controller)
    live.controller->configure(now, settings);
  else
    live.controller.emplace(now, settings);
  applyPlan(live);
}

Result<void, Fault> Client::setQuality(TimePoint now, const CallId& id,
                                       std::optional<wire::Tier> tier) {
  const auto found = requireCall(id);
  if (!found) return Failure<Fault>(found.error());
  (*found)->status.sending.choice = tier;
  (*found)->hasOwnChoice = true;
  if ((*found)->controller) configureQuality(now, **found, tier);
  tell(CallChanged{id});
  return {};
}

void Client::setQualityDefaults(TimePoint now, std::optional<wire::Tier> tier, bool isLowDelay) {
  m_options.quality = tier;
  m_options.isLowDelay = isLowDelay;
  for (auto& [id, live] : m_calls)
    if (live.controller) configureQuality(now, live, live.controller->settings().choice);
}

void Client::setSilenceSaving(bool isOn) {
  m_options.savesSilence = isOn;
  for (auto& [id, live] : m_calls)
    if (live.controller) sendEncoding(live);
}

void Client::setMetered(TimePoint now, bool isMetered) {
  m_isMetered = isMetered;
  for (auto& [id, live] : m_calls) {
    if (live.controller) configureQuality(now, live, live.controller->settings().choice);
    tellSide(now, live);
  }
}

void Client::applyPlan(LiveCall& live) {
  const quality::SendPlan& wanted = live.controller->plan();
  if (wanted == live.plan) return;
  const bool isNewTier = wanted.tier != live.plan.tier;
  live.plan = wanted;
  sendEncoding(live);
  m_agent.allowSmallerBucket(live.status.call);
  if (isNewTier) tell(CallChanged{live.status.call});
}

void Client::sendEncoding(LiveCall& live) {
  if (!live.seam) return;
  const quality::SendPlan& plan = live.plan;
  live.seam->settings.tryPush({{.codec = plan.codec,
                                .time = plan.time,
                                .bitrateBps = plan.bitrateBps(),
                                .inBandFec = plan.hasLbrr,
                                .expectedLossPercent = plan.expectedLossPercent,
                                .isDtx = m_options.savesSilence}});
}

bool Client::sendInner(TimePoint now, LiveCall& live, const wire::InnerPacket& packet,
                       crypto::MediaSealer::Kind kind) {
  std::array<std::uint8_t, wire::kMaxInner> inner;
  const std::size_t innerBytes = wire::encodeInner(packet, inner);
  if (innerBytes == 0) return false;
  std::array<std::uint8_t, crypto::kMaxMediaPacket> sealed;
  const auto size =
      m_agent.sealMedia(now, live.status.call, {inner.data(), innerBytes}, sealed, kind);
  if (!size) return false;
  std::size_t wireBytes = 0;
  if (!sendOnPaths(now, live, {sealed.data(), *size},
                   packet.frame.empty() ? net::DatagramUse::Aside : net::DatagramUse::Stream,
                   wireBytes))
    return false;
  live.sent.onSent(now, packet.mediaTime, *size);
  ++live.status.tx.packets;
  live.status.tx.bytes += wireBytes;
  live.txRate.add(now, wireBytes);
  std::size_t payload = packet.frame.size();
  for (const wire::EarlierFrame& earlier : packet.earlier()) payload += earlier.frame.size();
  live.payloadRate.add(now, payload);
  return true;
}

void Client::sendFrame(TimePoint now, LiveCall& live, const media::EncodedFrame& frame) {
  if (!live.status.hasKeys) return;
  if (now - frame.capturedAt > wire::durationOf(frame.time) + kStaleFrame) {
    ++live.staleFrames;
    return;
  }
  if (live.controller && !live.controller->maySend(now)) {
    ++live.heldFrames;
    return;
  }
  if (!live.status.peerHasReceived && live.keysSince && now - *live.keysSince >= kUnheardFullRate &&
      ++live.unheardFrames % kUnheardOneOf != 0)
    return;
  wire::InnerPacket packet;
  packet.codec = frame.codec;
  packet.packetTime = frame.time;
  packet.mediaTime = static_cast<std::uint16_t>(frame.mediaTime);
  packet.frame = frame.payload();
  const auto units =
      static_cast<std::uint64_t>(wire::durationOf(frame.time) / wire::kMediaTimeUnit);
  const bool isOfPlan = frame.size <= live.plan.frameBytes;  // AUDIO may not know it yet
  for (int copy = 1; isOfPlan && copy <= live.plan.copies; ++copy) {
    const auto distance = static_cast<std::uint64_t>(copy * live.plan.distance);
    if (distance * units > frame.mediaTime) break;
    const ByteView earlier =
        live.history.find(frame.mediaTime - distance * units, frame.codec, frame.time);
    // After a change of plan the larger frames of before would raise the bucket for good.
    if (earlier.empty() || earlier.size() > packet.frame.size()) continue;
    packet.earlierFrames[packet.earlierCount++] = {static_cast<std::uint8_t>(distance), frame.codec,
                                                   frame.time, earlier};
  }
  live.history.remember(frame);
  if (live.owedReports > 0) {
    live.received.reportSoon(now);
    --live.owedReports;
  }
  if (reportsInFrames(live)) packet.report = pollReport(now, live);
  const auto kind =
      packet.report ? crypto::MediaSealer::Kind::Timed : crypto::MediaSealer::Kind::Speech;
  if (!sendInner(now, live, packet, kind)) return;
  live.lastSent = {packet.mediaTime, frame.time};
  if (packet.report) ++live.reports;
  if (!isNarrowest(live.plan)) sendReport(now, live);
}

std::optional<wire::QualityReport> Client::pollReport(TimePoint now, LiveCall& live) {
  live.received.setInterval(isNarrow(live.plan)                      ? kNarrowReportEvery
                            : live.received.lossShare() >= kLossyWay ? kLossyReportEvery
                                                                     : quality::kReportEvery);
  if (!live.seam) return live.received.pollReport(now, Duration{0});
  const AudioReport& audio = live.seam->report;
  constexpr auto kRelaxed = std::memory_order_relaxed;
  return live.received.pollReport(now, Duration(audio.bufferDelayNs.load(kRelaxed)),
                                  audio.late.load(kRelaxed), audio.decoded.load(kRelaxed));
}

void Client::sendReport(TimePoint now, LiveCall& live) {
  wire::InnerPacket packet;
  packet.report = pollReport(now, live);
  if (!packet.report) return;
  packet.mediaTime = live.lastSent.mediaTime;
  packet.packetTime = live.lastSent.time;
  ++live.reports;
  sendInner(now, live, packet, crypto::MediaSealer::Kind::Timed);
}

// ---- what comes

void Client::onDatagram(TimePoint now, net::ConnectionId from, ByteView payload) {
  for (auto& [id, live] : m_calls)
    if (live.paths && live.paths->owns(from)) return openPacket(now, live, payload, from);
  const auto channel = wire::decodeVarint(payload);
  if (!channel) return;
  for (const auto& [fingerprint, relay] : m_relays) {
    if (relay->session.connection() != from) continue;
    const auto id = m_agent.callByChannel(fingerprint, channel->value);
    LiveCall* live = id ? findCall(*id) : nullptr;
    if (live != nullptr) openPacket(now, *live, payload.subspan(channel->size));
    return;
  }
}

void Client::handOver(LiveCall& live, TimePoint now, std::uint64_t counter,
                      const wire::InnerPacket& packet) {
  const auto give = [&](wire::CodecId codec, wire::PacketTime time, std::uint16_t mediaTime,
                        ByteView frame, bool isCopy) {
    if (codec == wire::CodecId::None || frame.empty()) return;
    live.seam->toAudio.tryWrite([&](media::ReceivedFrame& slot) {
      slot.counter = counter;
      slot.arrivedAt = now;
      slot.codec = codec;
      slot.time = time;
      slot.mediaTime = mediaTime;
      slot.isCopy = isCopy;
      slot.size = static_cast<std::uint16_t>(std::min(frame.size(), slot.bytes.size()));
      std::copy_n(frame.begin(), slot.size, slot.bytes.begin());
    });
  };
  give(packet.codec, packet.packetTime, packet.mediaTime, packet.frame, false);
  for (const wire::EarlierFrame& earlier : packet.earlier()) {
    const auto back =
        earlier.distance * (wire::durationOf(earlier.packetTime) / wire::kMediaTimeUnit);
    give(earlier.codec, earlier.packetTime, static_cast<std::uint16_t>(packet.mediaTime - back),
         earlier.frame, true);
  }
}

void Client::readReport(TimePoint now, LiveCall& live, const wire::QualityReport& report) {
  live.status.peerHasReceived = true;
  if (!live.sent.onReport(now, report) || !live.controller) return;
  live.controller->onReport(now, live.sent.view());
  applyPlan(live);
}

void Client::openPacket(TimePoint now, LiveCall& live, ByteView packet, net::ConnectionId from) {
  std::array<std::uint8_t, 1024> inner;
  const auto opened = m_agent.openMedia(now, live.status.call, packet, inner);
  // A copy that came on the other way first is no less a sign of life.
  if (live.paths && !from.isNull()) live.paths->onHeard(now, m_endpoint, from);
  if (!opened) return;
  const bool isFirst = !live.status.hasReceived;
  live.status.hasReceived = true;
  live.status.lastReceived = now;
  ++live.status.rx.packets;
  live.status.rx.bytes += packet.size();
  live.rxRate.add(now, packet.size());

  const auto decoded = wire::decodeInner({inner.data(), opened->size});
  if (decoded) {
    live.received.onPacket({.at = now,
                            .counter = opened->counter,
                            .mediaTime = decoded->mediaTime,
                            .packetTime = wire::durationOf(decoded->packetTime),
                            .bytes = packet.size(),
                            .isTimed = decoded->codec == wire::CodecId::None});
    if (decoded->report) readReport(now, live, *decoded->report);
    if (live.seam) handOver(live, now, opened->counter, *decoded);
    // Delay that grows cannot wait for the next frame.
    if (!isFirst && live.received.isUrgent(now) && !reportsInFrames(live)) sendReport(now, live);
  }
  if (isFirst) {
    live.owedReports = kFirstReports;
    tell(CallChanged{live.status.call});
  }
  updatePhase(now, live);
}

}  // namespace foyer::client
