// What the AUDIO thread of a call costs, on both sides, and what it makes of lost packets:
//
//   call_cost_bench [seconds]
//
// Two AudioSides with everything that a call switches on, joined by the packets that the NET thread
// would make: each frame travels once and again in the two packets at distances 2 and 4, a fifth of
// the packets is lost. CPU time of onCapture is the sender's, of onPlayout the receiver's; both
// sides speak and hear. The reference of the same run is the bare codec at the same settings.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "bench/speech/alignment.h"
#include "bench/speech/estoi.h"
#include "bench/support/measure.h"
#include "core/base/random.h"
#include "core/client/audio_side.h"
#include "core/io/files.h"
#include "core/media/wav.h"

namespace {

using namespace foyer;

constexpr double kSenderBarMs = 45;
constexpr double kReceiverBarMs = 25;
constexpr std::size_t kMaxWavBytes = 64 << 20;
constexpr Duration kTick = 10ms;
constexpr std::size_t kTickSamples = 480;
constexpr Duration kTransit = 30ms;
constexpr double kLoss = 0.2;
constexpr std::array<std::size_t, 2> kDistances{2, 4};
// What audio-notes found best at 10 to 40 % loss: three times 10.6 kb/s.
const media::EncoderSettings kSettings{
    .bitrateBps = 10'600, .inBandFec = false, .expectedLossPercent = 0};

std::vector<std::int16_t> load(const std::string& path) {
  const auto file = io::readFile(path, kMaxWavBytes);
  if (!file) return {};
  auto wav = media::parseWav(*file);
  return wav ? std::move(wav->samples) : std::vector<std::int16_t>{};
}

// One direction of what the NET threads do: frames become packets with copies, packets get lost.
class Wire {
 public:
  Wire(std::uint64_t seed, double loss) : m_random(seed), m_loss(loss) {}

  void take(TimePoint now, client::MediaSeam& from) {
    media::EncodedFrame frame;
    while (from.toNet.tryPop(frame)) {
      m_sent.push_back(toReceived(frame, now));
      if (m_sent.size() > kDistances.back() + 1) m_sent.erase(m_sent.begin());
      ++m_packets;
      m_bytes += frame.size;
      const bool isLost = m_random.unit() < m_loss;
      for (const std::size_t distance : kDistances)
        if (distance < m_sent.size()) m_bytes += m_sent[m_sent.size() - 1 - distance].size;
      if (isLost) continue;
      m_inFlight.push_back(m_sent.back());
      for (const std::size_t distance : kDistances) {
        if (m_loss == 0 || distance >= m_sent.size()) continue;
        media::ReceivedFrame copy = m_sent[m_sent.size() - 1 - distance];
        copy.isCopy = true;
        copy.counter = m_sent.back().counter;
        copy.arrivedAt = m_sent.back().arrivedAt;
        m_inFlight.push_back(copy);
      }
    }
  }
  void deliver(TimePoint now, client::MediaSeam& to) {
    std::size_t given = 0;
    while (given < m_inFlight.size() && m_inFlight[given].arrivedAt <= now) {
      [[maybe_unused]] const bool fits = to.toAudio.tryPush(m_inFlight[given]);
      ++given;
    }
    m_inFlight.erase(m_inFlight.begin(), m_inFlight.begin() + static_cast<std::ptrdiff_t>(given));
  }
  [[nodiscard]] std::uint64_t bytes() const { return m_bytes; }

 private:
  media::ReceivedFrame toReceived(const media::EncodedFrame& frame, TimePoint now) {
    media::ReceivedFrame out;
    out.counter = m_packets + 1;
    out.arrivedAt = now + kTransit;
    out.codec = frame.codec;
    out.time = frame.time;
    out.mediaTime = static_cast<std::uint16_t>(frame.mediaTime);
    out.size = frame.size;
    out.bytes = frame.bytes;
    return out;
  }

  SeededRandom m_random;
  double m_loss;
  std::vector<media::ReceivedFrame> m_sent;  // the newest last
  std::vector<media::ReceivedFrame> m_inFlight;
  std::uint64_t m_packets = 0;
  std::uint64_t m_bytes = 0;
};

struct Person {
  std::shared_ptr<client::MediaSeam> seam = std::make_shared<client::MediaSeam>();
  std::unique_ptr<client::AudioSide> audio;
  std::vector<std::int16_t> says, heard;
};

struct Cost {
  double senderMs = 0, receiverMs = 0;  // CPU per second of call and person
  double kbps = 0, bufferMs = 0, estoi = 0;
  std::uint64_t decoded = 0, copies = 0, plc = 0;
};

Cost measure(Duration length, double loss, const std::vector<std::int16_t>& a,
             const std::vector<std::int16_t>& b) {
  const media::VoiceCodecFactory codecs;
  std::array<Person, 2> people;
  people[0].says = a;
  people[1].says = b;
  for (Person& person : people) {
    person.audio = std::make_unique<client::AudioSide>(person.seam, codecs, true);
    person.seam->voice.set(media::VoiceSettings{});
    person.seam->voice.set(media::VoiceOutputSettings{});
    [[maybe_unused]] const bool told = person.seam->settings.tryPush({kSettings});
  }
  std::array<Wire, 2> wires{Wire(1, loss), Wire(2, loss)};
  TimePoint now(1000s);
  const TimePoint end = now + length;
  std::array<std::int16_t, kTickSamples> microphone{}, speaker{};
  Cost cost;
  for (std::size_t tick = 0; now < end; ++tick, now += kTick) {
    for (std::size_t who = 0; who < people.size(); ++who) {
      Person& person = people[who];
      wires[1 - who].deliver(now, *person.seam);
      for (std::size_t i = 0; i < kTickSamples; ++i)
        microphone[i] = person.says[(tick * kTickSamples + i) % person.says.size()];
      const double before = bench::threadCpu();
      person.audio->onPlayout(now, now, speaker);
      const double between = bench::threadCpu();
      person.audio->onCapture(now - kTick, microphone);
      const double after = bench::threadCpu();
      cost.receiverMs += 1000 * (between - before);
      cost.senderMs += 1000 * (after - between);
      wires[who].take(now, *person.seam);
      person.heard.insert(person.heard.end(), speaker.begin(), speaker.end());
    }
  }
  const double seconds = 2 * std::chrono::duration<double>(length).count();
  cost.senderMs /= seconds;
  cost.receiverMs /= seconds;
  cost.kbps = static_cast<double>(wires[0].bytes()) * 8 / 1000 / (seconds / 2);
  const client::AudioReport& report = people[1].seam->report;
  cost.bufferMs = static_cast<double>(report.bufferDelayNs.load()) / 1e6;
  cost.decoded = report.decoded.load();
  cost.copies = report.copies.load();
  cost.plc = report.plc.load();
  // One round of the clip, after five seconds.
  constexpr std::size_t kSecond = 48'000;
  if (people[1].heard.size() > 5 * kSecond + a.size() + kSecond) {
    std::vector<std::int16_t> said(a.begin() + 5 * kSecond, a.end());
    const auto heard = std::span(people[1].heard).subspan(5 * kSecond, said.size() + kSecond);
    const auto aligned = speech::align(said, heard, 150, 150);
    const auto covered = std::span(said).subspan(aligned.begin, aligned.end - aligned.begin);
    cost.estoi = speech::estoi(covered, aligned.degraded);
  }
  return cost;
}

// CPU milliseconds per second of sound: encoding, then decoding.
std::array<double, 2> codecAlone(Duration length, const std::vector<std::int16_t>& sound) {
  const media::VoiceCodecFactory codecs;
  const auto encoder = codecs.makeEncoder(wire::CodecId::Opus);
  const auto decoder = codecs.makeDecoder(wire::CodecId::Opus);
  encoder->configure(kSettings);
  constexpr std::size_t kFrame = 960;
  std::array<std::int16_t, kFrame> pcm{}, out{};
  std::array<std::uint8_t, media::kMaxFrameBytes> packet{};
  std::array<double, 2> cost{};
  const auto frames = static_cast<std::size_t>(length / 20ms);
  for (std::size_t frame = 0; frame < frames; ++frame) {
    for (std::size_t i = 0; i < kFrame; ++i) pcm[i] = sound[(frame * kFrame + i) % sound.size()];
    const double before = bench::threadCpu();
    const auto size = encoder->encode(pcm, packet);
    const double between = bench::threadCpu();
    (void)decoder->decode({packet.data(), size}, out);
    cost[0] += 1000 * (between - before);
    cost[1] += 1000 * (bench::threadCpu() - between);
  }
  const double seconds = std::chrono::duration<double>(length).count();
  return {cost[0] / seconds, cost[1] / seconds};
}

}  // namespace

int main(int argc, char** argv) {
  const Duration length = std::chrono::seconds(argc > 1 ? std::max(1, std::atoi(argv[1])) : 60);
  const std::string folder = FOYER_SOURCE_DIR "/resources/speech/";
  const auto a = load(folder + "clip_a.wav");
  const auto b = load(folder + "clip_b.wav");
  if (a.empty() || b.empty()) return std::fprintf(stderr, "no speech in %s\n", folder.c_str()), 1;
  const Cost clean = measure(length, 0, a, b);
  const Cost lossy = measure(length, kLoss, a, b);
  const auto alone = codecAlone(length, a);
  const std::string details = bench::text(
      "%.1f kb/s payload; %llu decoded, %llu from copies, %llu x 10 ms concealed, buffer %.0f ms, "
      "ESTOI %.3f (%.3f without loss)",
      lossy.kbps, static_cast<unsigned long long>(lossy.decoded),
      static_cast<unsigned long long>(lossy.copies), static_cast<unsigned long long>(lossy.plc),
      lossy.bufferMs, lossy.estoi, clean.estoi);
  bench::reportFigure(
      "CPU of the AUDIO thread per second of call, sender, 20 % loss, all processing",
      bench::text("<= %.0f ms", kSenderBarMs), bench::text("%.1f ms", lossy.senderMs),
      lossy.senderMs <= kSenderBarMs,
      bench::text("bare encoder of the same settings %.1f ms; without loss %.1f ms", alone[0],
                  clean.senderMs));
  bench::reportFigure(
      "CPU of the AUDIO thread per second of call, receiver, 20 % loss, all processing",
      bench::text("<= %.0f ms", kReceiverBarMs), bench::text("%.1f ms", lossy.receiverMs),
      lossy.receiverMs <= kReceiverBarMs,
      bench::text("bare decoder %.1f ms; without loss %.1f ms; ", alone[1], clean.receiverMs) +
          details);
  return 0;
}
