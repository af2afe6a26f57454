#include "core/sim/sim_client.h"

#include <algorithm>
#include <bit>

#include "core/client/labels.h"

namespace foyer::sim {
namespace {

// First byte, connection id, the shortest packet number, tag (RFC 9000 section 17.3.1).
constexpr std::size_t kLeastQuicHeader = 1 + 8 + 1 + 16;

// The first events are kept: nobody asserts on more, and a day of two hundred people has thousands
// for each of them.
constexpr std::size_t kMaxEvents = 500;

}  // namespace

const char* toString(SimCodec codec) { return codec == SimCodec::Opus ? "opus" : "sized-frames"; }

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
      m_random(seed) {
  client::ClientOptions clientOptions;
  clientOptions.alias = m_options.alias;
  clientOptions.build = "sim";
  clientOptions.maxPayloadBps = m_options.maxPayloadBps;
  SeededRandom identityRandom(m_options.identitySeed.value_or(m_random.next()));
  m_client = std::make_unique<client::Client>(network.now(), m_options.wall,
                                              crypto::Identity::generate(identityRandom),
                                              m_contacts, m_random, std::move(clientOptions));
  if (m_options.codec == SimCodec::Opus)
    m_codecs = std::make_unique<media::VoiceCodecFactory>();
  else
    m_codecs = std::make_unique<media::SizedCodecFactory>();
  network.attach(*this, place);
}

SimClient::~SimClient() { m_network.detach(*this); }

std::optional<client::CallStatus> SimClient::onlyCall() const {
  const auto calls = m_client->calls(m_network.now());
  if (calls.empty()) return std::nullopt;
  const auto live = std::find_if(calls.begin(), calls.end(),
                                 [](const auto& c) { return c.phase != client::CallPhase::Ended; });
  return live != calls.end() ? *live : calls.back();
}

void SimClient::handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                               std::uint8_t ecn, ByteView bytes) {
  m_client->handleDatagram(now, {client::localLabelFor(remote), remote, ecn, bytes});
}

void SimClient::handleAddresses(TimePoint now, const std::vector<LocalAddress>&) {
  m_client->retryRelays(now);
}

void SimClient::handleTimeout(TimePoint now) { m_client->handleTimeout(now); }

std::optional<TimePoint> SimClient::pollTimeout() const { return m_client->pollTimeout(); }

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
    passOn(batch, sink);
  };
  m_client->pollTransmit(now, transmit);
  bool hasNews = false;
  while (auto event = m_client->pollEvent()) {
    hasNews = true;
    if (m_events.size() < kMaxEvents) m_events.push_back(std::move(*event));
  }
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
