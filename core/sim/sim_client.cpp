#include "core/sim/sim_client.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <utility>

#include "core/client/labels.h"

namespace foyer::sim {
namespace {

// First byte, connection id, the shortest packet number, tag (RFC 9000 section 17.3.1).
constexpr std::size_t kLeastQuicHeader = 1 + 8 + 1 + 16;

// The first events are kept: nobody asserts on more, and a day of two hundred people has thousands
// for each of them.
constexpr std::size_t kMaxEvents = 500;

// Sockets of a look at the NAT: eight tell a counter well (net/nat_check.h).
constexpr std::size_t kCheckSockets = 8;
// Ports of sockets beside the main one, as systems give them out.
constexpr std::uint16_t kFirstExtraPort = 32768, kLastExtraPort = 60999;

// The label of the socket with this port towards that family; 1 is the main one's.
SocketAddress labelOf(const SocketAddress& remote, std::uint16_t port, std::uint16_t mainPort) {
  SocketAddress label = client::localLabelFor(remote);
  if (port != mainPort) label.port = port;
  return label;
}
// And back: what Node::Sink takes, 0 for the first socket.
SocketAddress socketOf(const SocketAddress& label) {
  return {label.ip,
          label.port == client::localLabelFor(label).port ? std::uint16_t{0} : label.port};
}

// What a frame of SizedTone sounds like: a square wave of 1 kHz at -30 dBFS, loud enough for every
// threshold.
constexpr std::int16_t kToneLevel = 1000;
constexpr std::size_t kToneHalfPeriod = 24;
// As media::Playout tells sound from silence.
constexpr int kSilence = 104;

class ToneDecoder final : public media::Decoder {
 public:
  [[nodiscard]] bool decode(ByteView frame, std::span<std::int16_t> out) override {
    for (std::size_t i = 0; i < out.size(); ++i)
      out[i] = i / kToneHalfPeriod % 2 == 0 ? kToneLevel : std::int16_t{-kToneLevel};
    return !frame.empty();
  }
  [[nodiscard]] bool hasCopyOfPrevious(ByteView) const override { return false; }
  [[nodiscard]] bool decodeFec(ByteView, std::span<std::int16_t>) override { return false; }
  [[nodiscard]] std::int64_t dredSamplesBefore(ByteView) override { return 0; }
  [[nodiscard]] bool decodeDred(std::int64_t, std::span<std::int16_t>) override { return false; }
  void conceal(std::span<std::int16_t> out) override {
    std::fill(out.begin(), out.end(), std::int16_t{0});
  }
  void reset() override {}
};

class ToneCodecFactory final : public media::CodecFactory {
 public:
  [[nodiscard]] std::unique_ptr<media::Encoder> makeEncoder(wire::CodecId codec) const override {
    return m_sized.makeEncoder(codec);
  }
  [[nodiscard]] std::unique_ptr<media::Decoder> makeDecoder(wire::CodecId codec) const override {
    if (codec != wire::CodecId::Sized) return nullptr;
    return std::make_unique<ToneDecoder>();
  }

 private:
  media::SizedCodecFactory m_sized;
};

std::unique_ptr<media::CodecFactory> makeCodecs(SimCodec codec) {
  switch (codec) {
    case SimCodec::Opus:
      return std::make_unique<media::VoiceCodecFactory>();
    case SimCodec::SizedFrames:
      return std::make_unique<media::SizedCodecFactory>();
    case SimCodec::SizedTone:
      return std::make_unique<ToneCodecFactory>();
  }
  return nullptr;
}

}  // namespace

const char* toString(SimCodec codec) {
  switch (codec) {
    case SimCodec::Opus:
      return "opus";
    case SimCodec::SizedFrames:
      return "sized-frames";
    case SimCodec::SizedTone:
      return "sized-tone";
  }
  return "?";
}

struct SimClient::Device {
  CallId call;
  std::shared_ptr<client::MediaSeam> seam;
  client::AudioSide side;
  TimePoint startedAt;
  std::size_t heard = 0;  // samples of the sound already spoken
};

SimClient::SimClient(Network& network, const Place& place, std::uint64_t seed,
                     SimClientOptions options)
    : m_network(network),
      m_address{place.interfaces.at(0).addresses.at(0), place.port},
      m_options(std::move(options)),
      m_random(seed),
      m_nextPort(kFirstExtraPort) {
  client::ClientOptions clientOptions;
  clientOptions.alias = m_options.alias;
  clientOptions.build = "sim";
  clientOptions.maxPayloadBps = m_options.maxPayloadBps;
  SeededRandom identityRandom(m_options.identitySeed.value_or(m_random.next()));
  m_client = std::make_unique<client::Client>(network.now(), m_options.wall,
                                              crypto::Identity::generate(identityRandom),
                                              m_contacts, m_random, std::move(clientOptions));
  m_codecs = makeCodecs(m_options.codec);
  network.attach(*this, place);
  tellAddresses(network.now());
  checkNat(network.now());
  askRouter(network.now());
  network.touch(*this);
}

SimClient::~SimClient() { m_network.detach(*this); }

std::optional<client::CallStatus> SimClient::onlyCall() const {
  const auto calls = m_client->calls(m_network.now());
  if (calls.empty()) return std::nullopt;
  const auto live = std::find_if(calls.begin(), calls.end(),
                                 [](const auto& c) { return c.phase != client::CallPhase::Ended; });
  return live != calls.end() ? *live : calls.back();
}

Duration SimClient::longestSilence(const CallId& call, TimePoint from, TimePoint to) const {
  const auto found = m_sounds.find(call);
  if (found == m_sounds.end() || found->second.played.empty()) return to - from;
  const SimSound& sound = found->second;
  const auto sampleAt = [&](TimePoint t) { return (t - sound.playoutStarted) * 48 / 1ms; };
  std::int64_t longest = 0, current = 0;
  for (std::int64_t i = sampleAt(from); i < sampleAt(to); ++i) {
    const bool isPlayed = i >= 0 && i < static_cast<std::int64_t>(sound.played.size());
    const bool sounds = isPlayed && std::abs(sound.played[static_cast<std::size_t>(i)]) > kSilence;
    current = sounds ? 0 : current + 1;
    longest = std::max(longest, current);
  }
  return longest * 1ms / 48;
}

void SimClient::handleDatagram(TimePoint now, const SocketAddress& local,
                               const SocketAddress& remote, std::uint8_t ecn, ByteView bytes) {
  if (m_mapping && local.port == m_mappingPort) {
    m_mapping->handleDatagram(now, remote, bytes);
    return;
  }
  const net::DatagramView datagram{labelOf(remote, local.port, m_address.port), remote, ecn, bytes};
  if (!m_check || !m_check->handleDatagram(now, datagram)) m_client->handleDatagram(now, datagram);
}

std::uint16_t SimClient::openSocket() {
  // Another one each time, as systems do: NATs remember the last one's mappings.
  do {
    m_nextPort = m_nextPort < kLastExtraPort ? m_nextPort + 1 : kFirstExtraPort;
  } while (!m_network.openSocket(*this, m_nextPort));
  return m_nextPort;
}

void SimClient::checkNat(TimePoint now) {
  m_client->setTriesPorts(now, m_options.triesPorts);
  if (m_options.observers.empty()) return;
  endNatCheck(now);
  net::NatCheckConfig config;
  config.observers = m_options.observers;
  for (std::size_t i = 0; i < kCheckSockets; ++i) m_checkPorts.push_back(openSocket());
  for (const LocalAddress& local : m_network.addressesOf(*this)) {
    config.hostAddresses.push_back(local.ip);
    const SocketAddress label = client::localLabelFor({local.ip, 0});
    (local.ip.isV4() ? config.mainV4 : config.mainV6) = net::NatSocket{label, m_address.port};
    for (const std::uint16_t port : m_checkPorts) config.extra.push_back({{label.ip, port}, port});
  }
  m_check.emplace(std::move(config), m_random);
  m_check->start(now);
}

void SimClient::endNatCheck(TimePoint now) {
  for (const std::uint16_t port : std::exchange(m_checkPorts, {}))
    m_network.closeSocket(*this, port);
  if (m_check && m_check->isDone()) {
    m_natReport = m_check->report();
    m_client->setNatReport(now, *m_natReport);
  }
  m_check.reset();
}

void SimClient::askRouter(TimePoint now) {
  if (!m_options.gateway) return;
  m_mappingPort = openSocket();
  const net::PortMappingConfig config{.gateway = *m_options.gateway,
                                      .local = m_address.ip,
                                      .localPort = m_address.port,
                                      .usesUpnp = false};
  m_mapping = std::make_unique<net::PortMapping>(config, m_random);
  m_mapping->start(now);
}

void SimClient::followMapping(TimePoint now) {
  bool isChanged = false;
  while (m_mapping->pollEvent()) isChanged = true;
  if (!isChanged) return;
  std::vector<SocketAddress> mapped;
  if (m_mapping->held()) mapped.push_back(m_mapping->held()->external);
  m_client->setMappedAddresses(now, std::move(mapped));
}

bool SimClient::followSockets(TimePoint now) {
  const client::SocketWish wish = m_client->wantedSockets();
  const auto isInUse = [&](std::uint16_t port) {
    return std::any_of(wish.inUse.begin(), wish.inUse.end(),
                       [&](const SocketAddress& label) { return label.port == port; });
  };
  const std::vector<std::uint16_t> before = m_extraPorts;
  if (wish.count == 0)
    std::erase_if(m_extraPorts, [&](std::uint16_t port) {
      if (isInUse(port)) return false;
      m_network.closeSocket(*this, port);
      return true;
    });
  const auto fresh = static_cast<std::size_t>(
      std::count_if(m_extraPorts.begin(), m_extraPorts.end(), std::not_fn(isInUse)));
  for (std::size_t i = fresh; i < wish.count; ++i) m_extraPorts.push_back(openSocket());
  if (before == m_extraPorts) return false;
  std::vector<client::ExtraLocal> locals;
  for (const std::uint16_t port : m_extraPorts)
    locals.push_back(
        {{IpAddress::v4(0, 0, 0, 0), port}, std::nullopt, wire::CandidateKind::Predicted});
  m_client->setExtraLocals(now, std::move(locals));
  return true;
}

void SimClient::tellAddresses(TimePoint now) {
  if (!m_options.tellsAddresses) return;
  std::vector<client::LocalEndpoint> endpoints;
  for (const LocalAddress& address : m_network.addressesOf(*this))
    endpoints.push_back({{address.ip, m_address.port}, address.prefixLength});
  m_client->setLocalAddresses(now, std::move(endpoints));
}

void SimClient::handleAddresses(TimePoint now, const std::vector<LocalAddress>&) {
  tellAddresses(now);
  m_client->retryRelays(now);
  checkNat(now);
}

void SimClient::handleStream(TimePoint now, const SocketAddress& remote, ByteView bytes) {
  m_client->handleDatagram(now, {client::tcpLabelFor(remote), remote, 0, bytes});
}

void SimClient::handleTimeout(TimePoint now) {
  if (m_check) m_check->handleTimeout(now);
  if (m_mapping) m_mapping->handleTimeout(now);
  m_client->handleTimeout(now);
}

std::optional<TimePoint> SimClient::pollTimeout() const {
  std::optional<TimePoint> next = m_client->pollTimeout();
  const auto consider = [&](std::optional<TimePoint> at) {
    if (at && (!next || *at < *next)) next = at;
  };
  if (m_check) consider(m_check->pollTimeout());
  if (m_mapping) consider(m_mapping->pollTimeout());
  return next;
}

void SimClient::count(const net::TransmitBatch& batch) {
  const std::size_t header = batch.remote.ip.isV4() ? kIpv4UdpHeader : kIpv6UdpHeader;
  const auto media = static_cast<std::size_t>(std::popcount(batch.datagramPackets));
  const std::size_t mediaBytes = media * (header + kLeastQuicHeader) + batch.datagramBytes;
  m_traffic.mediaPackets += media;
  m_traffic.mediaBytes += mediaBytes;
  m_traffic.otherPackets += batch.packets() - media;
  m_traffic.otherBytes += batch.packets() * header + batch.payload.size() - mediaBytes;
}

void SimClient::drain(TimePoint now, const Sink& sink) {
  const auto transmit = [&](const net::TransmitBatch& batch) {
    count(batch);
    if (batch.local == client::tcpLabelFor(batch.remote)) {
      passOnByStream(batch, m_network, *this);
      return;
    }
    passOn(batch, Sink([&](const SocketAddress&, const SocketAddress& remote, std::uint8_t ecn,
                           ByteView datagram, bool isMedia) {
             sink(socketOf(batch.local), remote, ecn, datagram, isMedia);
           }));
  };
  if (m_mapping) {
    followMapping(now);
    while (const auto bytes = m_mapping->pollTransmit())
      sink({{}, m_mappingPort}, m_mapping->server(), 0, *bytes, false);
  }
  if (m_check && m_check->isDone()) endNatCheck(now);
  if (m_check) m_check->pollTransmit(now, transmit);
  followSockets(now);
  m_client->pollTransmit(now, transmit);
  bool hasNews = false;
  while (auto event = m_client->pollEvent()) {
    hasNews = true;
    if (m_events.size() < kMaxEvents) m_events.push_back(std::move(*event));
  }
  if (followSockets(now)) hasNews = true;
  if (!hasNews) return;
  followCalls(now);
  m_client->pollTransmit(now, transmit);
}

void SimClient::followCalls(TimePoint now) {
  // As the engine does it: the devices follow the call that wants them.
  if (m_device) {
    const auto held = m_client->call(now, m_device->call);
    if (!held || !held->wantsAudio) {
      m_running.reset();
      m_device.reset();
    }
  }
  for (const client::CallStatus& call : m_client->calls(now)) {
    if (m_options.answersAtOnce && call.direction == client::CallDirection::Incoming &&
        call.phase == client::CallPhase::Ringing) {
      [[maybe_unused]] const auto answered = m_client->answer(now, call.call, true);
      followCalls(now);
      return;
    }
    if (call.wantsAudio && !m_device) openDevice(now, call.call);
  }
}

void SimClient::openDevice(TimePoint now, const CallId& call) {
  auto seam = std::make_shared<client::MediaSeam>();
  if (m_options.recordsPlay)
    seam->playLog = std::make_shared<media::PlayLog>(media::kMaxPlayEvents);
  m_device.reset(new Device{call, seam, client::AudioSide(seam, *m_codecs), now});
  SimSound& sound = m_sounds[call];
  sound.seam = seam;
  sound.captureStarted = now;
  sound.playoutStarted = now + m_options.deviceDelay;
  m_client->attachMedia(now, call, seam);
  m_running = std::make_shared<char>();
  if (m_options.devicesStart) scheduleTick(now);
}

Duration SimClient::deviceTime(std::int64_t samples) const {
  return std::chrono::round<Duration>(std::chrono::duration<double>(
      static_cast<double>(samples) / media::kSampleRate / (1 + m_options.driftPpm * 1e-6)));
}

void SimClient::scheduleTick(TimePoint after) {
  m_network.at(after + deviceTime(kTickSamples),
               [this, running = std::weak_ptr<void>(m_running)](TimePoint now) {
                 if (running.expired()) return;
                 tick(now);
                 if (!running.expired()) scheduleTick(now);
               });
}

void SimClient::tick(TimePoint now) {
  Device& device = *m_device;
  SimSound& sound = m_sounds[device.call];
  const TimePoint capturedAt = now - deviceTime(kTickSamples);
  const bool isSpeaking = !m_options.sound.empty() && !m_options.waitsToSpeak;
  if (isSpeaking && !sound.spokenFrom) sound.spokenFrom = capturedAt;
  std::array<std::int16_t, kTickSamples> pcm{};
  for (std::int16_t& sample : pcm) {
    if (!isSpeaking) break;
    if (device.heard == m_options.sound.size() && m_options.loopsSound) device.heard = 0;
    if (device.heard < m_options.sound.size()) sample = m_options.sound[device.heard++];
  }
  // The device hands over what it heard during the tick that just ended, and asks for what is heard
  // during the next one.
  device.side.onCapture(capturedAt, pcm);
  m_client->handleAudio(now);
  std::array<std::int16_t, kTickSamples> out{};
  device.side.onPlayout(now, now + m_options.deviceDelay, out);
  if (!sound.firstSoundAt && device.seam->report.firstSoundNs.load() != 0)
    sound.firstSoundAt =
        fromNanoseconds(static_cast<std::uint64_t>(device.seam->report.firstSoundNs.load()));
  if (m_options.recordsSound) {
    if (sound.played.empty()) sound.playoutStarted = now + m_options.deviceDelay;
    sound.played.insert(sound.played.end(), out.begin(), out.end());
  }
  m_network.touch(*this);
}

}  // namespace foyer::sim
