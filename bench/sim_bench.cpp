// The simulator's own speed, and the times of the protocol that only virtual time gives exactly.
//
//   sim_bench [hour|opus|times|all] [--speech A.wav B.wav] [--minutes N]
//
// hour: a simulated call of one hour through a relay with sized frames. opus: the same with the
// real codec. Beside it the codec alone: encoding and decoding the same sound without a network.
// times: connect -> lobby known and accept -> first speech heard, at round trips of 0, 40 and 100
// ms between each client and the relay. Exact: a second run gives the same figures.
#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <memory>
#include <optional>
#include <string>

#include "bench/support/measure.h"
#include "core/io/files.h"
#include "core/media/codec.h"
#include "core/media/wav.h"
#include "core/sim/world.h"

namespace {

using namespace foyer;

constexpr double kSizedBarSeconds = 15;
constexpr double kOpusBarSeconds = 240;
constexpr double kFirstSpeechBarMs = 200;    // at 40 ms
constexpr double kLobbyBarMs = 2 * 40 + 20;  // at 40 ms
constexpr std::size_t kMaxWavBytes = 64 << 20;

struct Options {
  bool hour = true, opus = true, times = true;
  std::string speechA, speechB;
  double minutes = 60;
};

std::vector<std::int16_t> load(const std::string& path) {
  const auto file = io::readFile(path, kMaxWavBytes);
  if (!file) return {};
  auto wav = media::parseWav(*file);
  return wav ? std::move(wav->samples) : std::vector<std::int16_t>{};
}

struct Speech {
  std::vector<std::int16_t> a, b;
};

// Two seconds from where somebody really speaks, so that the clip's own silence is not measured.
std::vector<std::int16_t> spokenPart(const std::vector<std::int16_t>& clip) {
  constexpr int kLoud = 1000;
  constexpr std::ptrdiff_t kSamples = 2 * 48'000;
  const auto begin =
      std::find_if(clip.begin(), clip.end(), [](std::int16_t s) { return std::abs(s) > kLoud; });
  return {begin, begin + std::min(kSamples, clip.end() - begin)};
}

// Wall-clock and CPU seconds of one whole call.
struct HourResult {
  double wall = 0, cpu = 0;
  bool isGood = false;
};
// Two clients talk; the sound repeats, so that the codec has an hour's work.
HourResult runCall(sim::SimCodec codec, Duration length, const Speech& speech) {
  const double wall = bench::wallSeconds();
  const double cpu = bench::threadCpu();
  sim::World world(1);
  sim::SimRelay& relay = world.addRelay();
  sim::SimClientOptions options;
  options.codec = codec;
  options.loopsSound = true;
  options.sound = speech.a;
  sim::SimClient& a = world.addClient(options);
  options.sound = speech.b;
  sim::SimClient& b = world.addClient(options);
  sim::LinkSpec link;
  link.delay = 20ms;
  world.network.setLink(a, relay, link);
  world.network.setLink(b, relay, link);
  if (!world.meet(a, b, relay)) return {};
  const auto call = world.call(a, b);
  if (!call || !world.waitForPhase(b, *call, client::CallPhase::Ringing)) return {};
  if (!b.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *call, true); }))
    return {};
  if (!world.waitForPhase(a, *call, client::CallPhase::Active)) return {};
  world.network.runFor(length);
  const auto atA = world.status(a, *call);
  const auto atB = world.status(b, *call);
  const auto frames = static_cast<std::uint64_t>(length / 20ms);
  HourResult result;
  result.isGood = atA && atB && atA->phase == client::CallPhase::Active &&
                  atA->rx.packets > frames * 9 / 10 && atB->rx.packets > frames * 9 / 10;
  if (atA && atB)
    std::fprintf(stderr, "  %s: %llu and %llu packets heard\n", sim::toString(codec),
                 static_cast<unsigned long long>(atA->rx.packets),
                 static_cast<unsigned long long>(atB->rx.packets));
  result.wall = bench::wallSeconds() - wall;
  result.cpu = bench::threadCpu() - cpu;
  return result;
}

// CPU seconds to encode `length` of sound at both ends and decode it, and nothing else.
double codecAlone(Duration length, const Speech& speech) {
  const media::VoiceCodecFactory codecs;
  const double begun = bench::threadCpu();
  for (const std::vector<std::int16_t>* sound : {&speech.a, &speech.b}) {
    const auto encoder = codecs.makeEncoder(wire::CodecId::Opus);
    const auto decoder = codecs.makeDecoder(wire::CodecId::Opus);
    // As a call begins on a network that loses nothing.
    const media::EncoderSettings settings{.expectedLossPercent = 0};
    encoder->configure(settings);
    constexpr std::size_t kFrame = 960;
    std::array<std::int16_t, kFrame> pcm{}, out{};
    std::array<std::uint8_t, 1500> packet{};
    std::size_t at = 0;
    const auto frames = length / 20ms;
    for (std::int64_t i = 0; i < frames; ++i) {
      for (std::int16_t& sample : pcm) {
        sample = sound->empty() ? std::int16_t{0} : (*sound)[at];
        if (++at >= sound->size()) at = 0;
      }
      const auto size = encoder->encode(pcm, packet);
      (void)decoder->decode({packet.data(), size}, out);
    }
  }
  return bench::threadCpu() - begun;
}

bool benchHour(const Options& options, sim::SimCodec codec, const Speech& speech) {
  const bool isOpus = codec == sim::SimCodec::Opus;
  const double bar = isOpus ? kOpusBarSeconds : kSizedBarSeconds;
  const auto length = std::chrono::duration_cast<Duration>(
      std::chrono::duration<double, std::ratio<60>>(options.minutes));
  const HourResult result = runCall(codec, length, speech);
  if (!result.isGood) return false;
  const double share = options.minutes / 60;
  std::string reference =
      bench::text("%.1f s of CPU for %.0f simulated seconds: %.0f times as fast as life",
                  result.cpu, options.minutes * 60, options.minutes * 60 / result.wall);
  if (isOpus) {
    constexpr Duration kProbe = 300s;
    const double alone = codecAlone(kProbe, speech) * options.minutes / 5;
    reference += bench::text("; encoding and decoding the same sound alone %.1f s", alone);
  }
  bench::reportFigure(bench::text("simulated one-hour call with a relay, %s",
                                  isOpus ? "real Opus" : "sized frames"),
                      bench::text("< %.0f s", bar),
                      share == 1
                          ? bench::text("%.1f s", result.wall)
                          : bench::text("%.1f s for %.0f minutes", result.wall, options.minutes),
                      result.wall < bar * share, reference);
  return true;
}

// In milliseconds, exact.
struct Times {
  double lobby = 0, active = 0;
  double heardAtA = 0, heardAtB = 0;  // from the answer
};

// Two people who speak from the moment their microphones open, over `rtt` to the relay each.
std::optional<Times> measureTimes(Duration rtt, const Speech& speech) {
  sim::World world(1);
  sim::SimRelay& relay = world.addRelay();
  world.network.setDefaultLink({.delay = rtt / 2});
  sim::SimClientOptions options;
  options.codec = sim::SimCodec::Opus;
  options.sound = spokenPart(speech.a);
  sim::SimClient& a = world.addClient(options);
  options.sound = spokenPart(speech.b);
  sim::SimClient& b = world.addClient(options);
  if (!world.meet(a, b, relay)) return std::nullopt;
  const auto lobby = a.client().relays().front().lobbyAfter;
  const auto call = world.call(a, b);
  if (!call || !world.waitForPhase(b, *call, client::CallPhase::Ringing)) return std::nullopt;
  const TimePoint answered = world.network.now();
  if (!b.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *call, true); }))
    return std::nullopt;
  if (!world.waitForPhase(a, *call, client::CallPhase::Active) ||
      !world.waitForPhase(b, *call, client::CallPhase::Active))
    return std::nullopt;
  const TimePoint active = world.network.now();
  world.network.runFor(4s);
  const auto heardAtA = a.sounds().at(*call).firstSoundAt;
  const auto heardAtB = b.sounds().at(*call).firstSoundAt;
  if (!lobby || !heardAtA || !heardAtB) return std::nullopt;
  const auto ms = [](Duration d) { return std::chrono::duration<double, std::milli>(d).count(); };
  return Times{ms(*lobby), ms(active - answered), ms(*heardAtA - answered),
               ms(*heardAtB - answered)};
}

bool benchTimes(const Speech& speech) {
  std::vector<std::string> lobby, heard, active;
  double lobbyAt40 = 0, heardAt40 = 0;
  for (const int rtt : {0, 40, 100}) {
    const auto times = measureTimes(rtt * 1ms, speech);
    if (!times) return std::fprintf(stderr, "the call at %d ms failed\n", rtt), false;
    const double worse = std::max(times->heardAtA, times->heardAtB);
    if (rtt == 40) lobbyAt40 = times->lobby, heardAt40 = worse;
    lobby.push_back(bench::text("%.1f ms at %d ms", times->lobby, rtt));
    heard.push_back(bench::text("%.1f ms at %d ms (a %.1f, b %.1f)", worse, rtt, times->heardAtA,
                                times->heardAtB));
    active.push_back(bench::text("%.1f ms at %d ms", times->active, rtt));
  }
  const auto join = [](const std::vector<std::string>& list) {
    std::string all;
    for (const std::string& each : list) all += (all.empty() ? "" : ", ") + each;
    return all;
  };
  bench::reportFigure("connect to a relay at 40 ms RTT until the lobby is known (simulator)",
                      bench::text("<= 2 RTT + 20 ms = %.0f ms", kLobbyBarMs),
                      bench::text("%.1f ms", lobbyAt40), lobbyAt40 <= kLobbyBarMs,
                      "exact; other RTT: " + join(lobby));
  bench::reportFigure(
      "accept -> first speech heard, relay at 40 ms RTT (simulator), the worse direction",
      bench::text("<= %.0f ms", kFirstSpeechBarMs), bench::text("%.1f ms", heardAt40),
      heardAt40 <= kFirstSpeechBarMs,
      "exact; " + join(heard) + "; both sides active: " + join(active));
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  const std::string speech = std::string(FOYER_SOURCE_DIR) + "/resources/speech/";
  options.speechA = speech + "clip_a.wav";
  options.speechB = speech + "clip_b.wav";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "hour")
      options.opus = options.times = false;
    else if (word == "opus")
      options.hour = options.times = false;
    else if (word == "times")
      options.hour = options.opus = false;
    else if (word == "--minutes" && i + 1 < argc)
      options.minutes = std::max(1.0, std::atof(argv[++i]));
    else if (word == "--speech" && i + 2 < argc)
      options.speechA = argv[i + 1], options.speechB = argv[i + 2], i += 2;
    else if (word != "all")
      return std::fprintf(stderr, "unknown: %s\n", argv[i]), 2;
  }
  const Speech sound{load(options.speechA), load(options.speechB)};
  if (sound.a.empty() || sound.b.empty()) return std::fprintf(stderr, "no speech to play\n"), 2;
  bool isGood = true;
  if (options.times) isGood = benchTimes(sound) && isGood;
  if (options.hour) isGood = benchHour(options, sim::SimCodec::SizedFrames, sound) && isGood;
  if (options.opus) isGood = benchHour(options, sim::SimCodec::Opus, sound) && isGood;
  if (!isGood) std::fprintf(stderr, "a run did not come to an end\n");
  return isGood ? 0 : 1;
}
