// Voice processing against its bars, in a synthetic room with real speech, beside the raw
// microphone, WebRTC's processing (where the build found it) and Speex's alone.
//
//   voice_bench [--engines foyer,mic,webrtc,speex] [--far FILE.wav --near FILE.wav] [--case WORD]
//               [--room N] [--echo-db DB] [--talk-from SECONDS] [--seconds N]
//
// Each line is one figure of the first engine as JSON, with the others beside it. Times are seconds
// of the recording.
#include <speex/speex_echo.h>
#include <speex/speex_preprocess.h>

#include <cstdlib>
#include <cstring>
#include <fstream>
#include <functional>
#include <iterator>
#include <memory>
#include <string>

#include "bench/speech/estoi.h"
#include "bench/support/measure.h"
#include "bench/support/voice_room.h"
#include "core/media/voice_processor.h"
#include "core/media/wav.h"
#include "core/sim/sound_match.h"

#ifdef FOYER_HAS_WEBRTC_0
#include <webrtc/modules/audio_processing/include/audio_processing.h>
#include <webrtc/modules/interface/module_common_types.h>
#endif

namespace {

using namespace foyer;
using room::Pcm;
using room::Wave;

constexpr std::size_t kBlock = media::kVoiceBlock;
constexpr int kRate = 48000;

struct Wanted {
  bool echo = false, noise = false, gain = false;
};

class Engine {
 public:
  virtual ~Engine() = default;
  virtual void render(std::span<const std::int16_t> far) = 0;
  virtual void capture(std::span<std::int16_t> near, double delayMs) = 0;
  [[nodiscard]] virtual std::size_t latency() const = 0;
};

class Foyer final : public Engine {
 public:
  explicit Foyer(Wanted wanted)
      : m_processor(media::VoiceSettings{true, wanted.echo, wanted.noise, wanted.gain}) {}
  void render(std::span<const std::int16_t> far) override { m_processor.render(far); }
  void capture(std::span<std::int16_t> near, double delayMs) override {
    m_processor.capture(near, Duration(static_cast<std::int64_t>(delayMs * 1e6)));
    if (std::getenv("VOICE_TRACE") != nullptr && ++m_blocks % 10 == 0)
      std::fprintf(
          stderr,
          "%.2f s: correction %.1f samples, pace %.1f ppm, near %.2f, found %.3f, share %.2f\n",
          m_blocks / 100.0, m_processor.alignment().correction(),
          1e6 * m_processor.alignment().paceDifference(),
          static_cast<double>(m_processor.nearPresence()),
          static_cast<double>(m_processor.echoEvidence().found()),
          static_cast<double>(m_processor.echoEvidence().share()));
  }
  [[nodiscard]] std::size_t latency() const override {
    return static_cast<std::size_t>(media::durationToSamples(m_processor.addedLatency()));
  }

 private:
  media::VoiceProcessor m_processor;
  int m_blocks = 0;
};

class Microphone final : public Engine {
 public:
  void render(std::span<const std::int16_t>) override {}
  void capture(std::span<std::int16_t>, double) override {}
  [[nodiscard]] std::size_t latency() const override { return 0; }
};

class Speex final : public Engine {
 public:
  explicit Speex(Wanted wanted) : m_wanted(wanted) {
    int rate = kRate, yes = 1, no = 0, level = -15, target = 16000;
    m_echo = speex_echo_state_init(static_cast<int>(kBlock), kRate / 5);
    speex_echo_ctl(m_echo, SPEEX_ECHO_SET_SAMPLING_RATE, &rate);
    m_clean = speex_preprocess_state_init(static_cast<int>(kBlock), kRate);
    speex_preprocess_ctl(m_clean, SPEEX_PREPROCESS_SET_DENOISE, &yes);
    speex_preprocess_ctl(m_clean, SPEEX_PREPROCESS_SET_NOISE_SUPPRESS, &level);
    speex_preprocess_ctl(m_clean, SPEEX_PREPROCESS_SET_AGC, wanted.gain ? &yes : &no);
    if (wanted.gain) speex_preprocess_ctl(m_clean, SPEEX_PREPROCESS_SET_AGC_TARGET, &target);
    if (wanted.echo) speex_preprocess_ctl(m_clean, SPEEX_PREPROCESS_SET_ECHO_STATE, m_echo);
  }
  ~Speex() override {
    speex_preprocess_state_destroy(m_clean);
    speex_echo_state_destroy(m_echo);
  }
  Speex(const Speex&) = delete;
  Speex& operator=(const Speex&) = delete;
  void render(std::span<const std::int16_t> far) override {
    std::copy(far.begin(), far.end(), m_far.begin());
  }
  void capture(std::span<std::int16_t> near, double) override {
    if (m_wanted.echo) {
      speex_echo_cancellation(m_echo, near.data(), m_far.data(), m_out.data());
      std::copy(m_out.begin(), m_out.end(), near.begin());
    }
    speex_preprocess_run(m_clean, near.data());
  }
  [[nodiscard]] std::size_t latency() const override { return kBlock; }

 private:
  Wanted m_wanted;
  SpeexEchoState* m_echo;
  SpeexPreprocessState* m_clean;
  std::array<std::int16_t, kBlock> m_far{}, m_out{};
};

#ifdef FOYER_HAS_WEBRTC_0
class WebRtc final : public Engine {
 public:
  explicit WebRtc(Wanted wanted) : m_apm(webrtc::AudioProcessing::Create()), m_wanted(wanted) {
    m_apm->high_pass_filter()->Enable(true);
    if (wanted.echo) {
      m_apm->echo_cancellation()->set_suppression_level(
          webrtc::EchoCancellation::kModerateSuppression);
      m_apm->echo_cancellation()->Enable(true);
    }
    if (wanted.noise) {
      m_apm->noise_suppression()->set_level(webrtc::NoiseSuppression::kModerate);
      m_apm->noise_suppression()->Enable(true);
    }
    if (wanted.gain) {
      m_apm->gain_control()->set_mode(webrtc::GainControl::kAdaptiveDigital);
      m_apm->gain_control()->set_target_level_dbfs(3);
      m_apm->gain_control()->set_compression_gain_db(9);
      m_apm->gain_control()->Enable(true);
    }
  }
  void render(std::span<const std::int16_t> far) override {
    fill(far);
    m_apm->ProcessReverseStream(&m_frame);
  }
  void capture(std::span<std::int16_t> near, double delayMs) override {
    fill(near);
    m_apm->set_stream_delay_ms(static_cast<int>(delayMs));
    m_apm->ProcessStream(&m_frame);
    std::copy_n(m_frame.data_, kBlock, near.begin());
  }
  [[nodiscard]] std::size_t latency() const override { return 360; }

 private:
  void fill(std::span<const std::int16_t> from) {
    m_frame.UpdateFrame(0, 0, from.data(), kBlock, kRate, webrtc::AudioFrame::kNormalSpeech,
                        webrtc::AudioFrame::kVadUnknown, 1);
  }
  std::unique_ptr<webrtc::AudioProcessing> m_apm;
  Wanted m_wanted;
  webrtc::AudioFrame m_frame;
};
#endif

std::unique_ptr<Engine> make(const std::string& name, Wanted wanted) {
  if (name == "foyer") return std::make_unique<Foyer>(wanted);
  if (name == "mic") return std::make_unique<Microphone>();
  if (name == "speex") return std::make_unique<Speex>(wanted);
#ifdef FOYER_HAS_WEBRTC_0
  if (name == "webrtc") return std::make_unique<WebRtc>(wanted);
#endif
  return nullptr;
}

struct Output {
  Pcm pcm;
  std::size_t late = 0;
  double cpuMs = 0;  // per second of sound
};
Output run(const std::string& name, Wanted wanted, const Wave& far, const Pcm& mic, double toldMs) {
  const auto engine = make(name, wanted);
  const Pcm played = room::toPcm(far);
  Output out{.pcm = mic, .late = engine->latency()};
  const double start = bench::threadCpu();
  for (std::size_t i = 0; i + kBlock <= mic.size(); i += kBlock) {
    engine->render({played.data() + i, kBlock});
    engine->capture({out.pcm.data() + i, kBlock}, toldMs);
  }
  out.cpuMs = 1000 * (bench::threadCpu() - start) / (static_cast<double>(mic.size()) / kRate);
  return out;
}

double estoi(const Wave& clean, const Output& out, double from, double to) {
  const Pcm reference = room::toPcm(clean);
  const double shift = static_cast<double>(out.late) / kRate;
  return speech::estoi(room::between(reference, from, to),
                       room::between(out.pcm, from + shift, to + shift));
}

struct Clips {
  Pcm far, near;
};
struct Bench {
  Clips clips;
  std::vector<std::string> engines;
  std::string only;
  std::uint64_t room = 1;  // which of many
  double echoDb = -6;      // under the far end
  double seconds = 20;
  double talkFrom = 6;  // when the near end begins to speak over the far end

  [[nodiscard]] bool isWanted(const std::string& name) const {
    return only.empty() || name.find(only) != std::string::npos;
  }
  struct Figure {
    std::string text;
    bool isMet = false;
  };
  // `measure` is called with the name of each engine; the first one's figure is the row's.
  template <class Measure>
  void row(const std::string& what, const std::string& bar, const Measure& measure) const {
    Figure first;
    std::string others;
    for (const std::string& engine : engines) {
      const Figure figure = measure(engine);
      if (&engine == &engines.front()) {
        first = figure;
      } else {
        others += (others.empty() ? "" : "; ") + engine + ": " + figure.text;
      }
    }
    bench::reportFigure("voice, " + what, bar, first.text, first.isMet, others);
  }
  void echo(const std::string& name, room::Spec spec, double toldMs, bool isAll) const;
  void noEcho() const;
  void nearOnly() const;
  void noise() const;
  void level() const;
};

void Bench::echo(const std::string& name, room::Spec spec, double toldMs, bool isAll) const {
  if (!isWanted(name)) return;
  spec.seed = room;
  spec.echoDb = echoDb;
  const Wave far = room::speech(clips.far, seconds, -23);
  const Wave echoes = room::echoOf(far, spec);
  Wave near = room::speech(clips.near, seconds, -26);
  std::fill_n(near.begin(), static_cast<std::size_t>(talkFrom * kRate), 0.0F);
  const Pcm alone = room::toPcm(echoes);
  const Pcm both = room::toPcm(room::mixed(echoes, near));
  const char* const bar =
      isAll ? "ERLE >= 20 dB, ESTOI >= .75"
            : "ERLE >= 30 dB after 2 s, >= 25 dB 2 s after a change, ESTOI >= .80";
  row(name, bar, [&](const std::string& engine) {
    const Wanted wanted{.echo = true, .noise = isAll};
    const Output farOnly = run(engine, wanted, far, alone, toldMs);
    const Output double_ = run(engine, wanted, far, both, toldMs);
    const auto erle = [&](double from, double to) {
      return room::erle(alone, farOnly.pcm, farOnly.late, from, to);
    };
    const double early = erle(2, 5), later = erle(5, spec.changeAt > 0 ? spec.changeAt : seconds);
    const double intelligible = estoi(near, double_, talkFrom, seconds - 0.1);
    std::string figure = bench::text("ERLE %.1f dB at 2-5 s, %.1f dB later, double talk %.3f",
                                     early, later, intelligible);
    bool isMet = std::min(early, later) >= (isAll ? 20 : 30);
    if (spec.changeAt > 0) {
      const double changed = erle(spec.changeAt + 2, spec.changeAt + 5);
      const double within = erle(spec.changeAt + 1, spec.changeAt + 2);
      figure += bench::text(", after the change %.1f dB (its second second %.1f)", changed, within);
      isMet = isMet && changed >= (isAll ? 20 : 25);
    }
    isMet = isMet && intelligible >= (isAll ? 0.75 : 0.80);
    figure += bench::text(", %.1f ms/s", double_.cpuMs);
    return Figure{figure, isMet};
  });
}

// Headphones: both speak all the time and the microphone hears nothing of the far end.
void Bench::noEcho() const {
  const Wave far = room::speech(clips.near, 10, -23);
  const Wave clean = room::speech(clips.far, 10, -26);
  Wave near = clean;
  room::addNoise(near, -70, 3);
  const Pcm mic = room::toPcm(near), reference = room::toPcm(clean);
  for (const double told : {0.0, 20.0, 120.0}) {
    for (const bool isAll : {false, true}) {
      const std::string name =
          bench::text("both speak, no echo, told %.0f ms", told) + (isAll ? ", everything on" : "");
      if (!isWanted(name)) continue;
      row(name, isAll ? "similarity >= .90" : "similarity >= .95, ESTOI >= .97, loss < 1 dB",
          [&](const std::string& engine) {
            const Output out =
                run(engine, {.echo = true, .noise = isAll, .gain = isAll}, far, mic, told);
            const double loss = room::erle(mic, out.pcm, out.late, 0, 9.9);
            const auto match = sim::matchSound(reference, out.pcm, {}, 50ms);
            const double alike = match ? match->similarity : 0;
            const double intelligible = estoi(clean, out, 0, 9.9);
            return Figure{bench::text("similarity %.3f, ESTOI %.3f", alike, intelligible) +
                              (isAll ? "" : bench::text(", loss %.2f dB", loss)),
                          isAll ? alike >= 0.9 : alike >= 0.95 && intelligible >= 0.97 && loss < 1};
          });
    }
  }
}

void Bench::nearOnly() const {
  if (!isWanted("near end only")) return;
  const Wave far(static_cast<std::size_t>(10 * kRate));
  Wave near = room::speech(clips.near, 10, -26);
  const Wave clean = near;
  room::addNoise(near, -70, 3);
  const Pcm mic = room::toPcm(near);
  for (const bool noise : {false, true}) {
    row(noise ? "near end only, noise suppression too" : "near end only", "loss < 1 dB",
        [&](const std::string& engine) {
          const Output out = run(engine, {.echo = true, .noise = noise}, far, mic, 20);
          const double loss = room::erle(mic, out.pcm, out.late, 1, 9.8);
          return Figure{bench::text("loss %.2f dB, ESTOI %.3f", loss, estoi(clean, out, 0, 9.8)),
                        loss < 1};
        });
  }
}

void Bench::noise() const {
  if (!isWanted("white noise")) return;
  const Wave far(static_cast<std::size_t>(20 * kRate));
  const Wave clean = room::speech(clips.near, 20, -26);
  for (const double snr : {5.0, 15.0}) {
    Wave noisy = clean;
    room::addNoise(noisy, -26 - snr, 5);
    const Pcm mic = room::toPcm(noisy);
    const double before = speech::estoi(room::toPcm(clean), mic);
    row(bench::text("white noise %.0f dB", snr), "gain >= 12 dB, ESTOI not lower",
        [&](const std::string& engine) {
          const Output out = run(engine, {.noise = true}, far, mic, 20);
          const double gain = room::noiseGain(clean, mic, out.pcm, out.late, 2);
          const double after = estoi(clean, out, 0, 19.9);
          return Figure{bench::text("gain %.1f dB, ESTOI %.3f -> %.3f, %.1f ms/s", gain, before,
                                    after, out.cpuMs),
                        gain >= 12 && after >= before};
        });
  }
}

void Bench::level() const {
  if (!isWanted("level")) return;
  const Wave far(static_cast<std::size_t>(20 * kRate));
  for (const double in : {-40.0, -34.0, -28.0, -22.0, -16.0}) {
    Wave near = room::speech(clips.near, 20, in);
    room::addNoise(near, -75, 5);
    const Pcm mic = room::toPcm(near);
    row(bench::text("level %.0f dBFS", in), "-18 +- 4 dBFS within 10 s, no clipping",
        [&](const std::string& engine) {
          const Output out = run(engine, {.noise = true, .gain = true}, far, mic, 20);
          const double level = room::dbfs(room::activePower(room::between(out.pcm, 10, 20)));
          int peak = 0;
          for (const std::int16_t s : out.pcm) peak = std::max(peak, std::abs(int{s}));
          return Figure{bench::text("%.1f dBFS, peak %.1f dBFS", level,
                                    room::dbfs(static_cast<double>(peak) * peak)),
                        std::abs(level + 18) <= 4 && peak < 32767};
        });
  }
}

Pcm load(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const Bytes bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  auto wav = media::parseWav(bytes);
  return wav ? std::move(wav->samples) : Pcm{};
}

}  // namespace

int main(int argc, char** argv) {
  const std::string folder = std::string(FOYER_SOURCE_DIR) + "/resources/speech/";
  std::string far = folder + "clip_a.wav", near = folder + "clip_b.wav", engines;
  Bench bench;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string option = argv[i];
    if (option == "--engines") engines = argv[i + 1];
    if (option == "--far") far = argv[i + 1];
    if (option == "--near") near = argv[i + 1];
    if (option == "--room") bench.room = std::strtoull(argv[i + 1], nullptr, 10);
    if (option == "--echo-db") bench.echoDb = std::strtod(argv[i + 1], nullptr);
    if (option == "--talk-from") bench.talkFrom = std::strtod(argv[i + 1], nullptr);
    if (option == "--seconds") bench.seconds = std::strtod(argv[i + 1], nullptr);
    if (option == "--case") bench.only = argv[i + 1];
  }
  bench.clips = {load(far), load(near)};
  if (bench.clips.far.empty() || bench.clips.near.empty()) {
    std::fprintf(stderr, "voice_bench: no speech in %s or %s\n", far.c_str(), near.c_str());
    return 1;
  }
  for (const char* name : {"foyer", "mic", "webrtc", "speex"}) {
    const bool isAsked = engines.empty() || engines.find(name) != std::string::npos;
    if (isAsked && make(name, {}) != nullptr) bench.engines.emplace_back(name);
  }
  for (const double delay : {20.0, 120.0}) {
    const std::string at = foyer::bench::text("echo at %.0f ms", delay);
    bench.echo(at + ", plain", {.delayMs = delay}, delay, false);
    bench.echo(at + ", delay told wrong", {.delayMs = delay}, 140 - delay, false);
    bench.echo(at + ", clipping loudspeaker", {.delayMs = delay, .isSpeakerClipping = true}, delay,
               false);
    bench.echo(at + ", drift +100 ppm", {.delayMs = delay, .driftPpm = 100}, delay, false);
    bench.echo(at + ", drift -100 ppm", {.delayMs = delay, .driftPpm = -100}, delay, false);
    bench.echo(at + ", path change", {.delayMs = delay, .changeAt = 10}, delay, false);
    bench.echo(at + ", all together",
               {.delayMs = delay, .isSpeakerClipping = true, .driftPpm = 100, .changeAt = 10},
               delay, true);
  }
  bench.noEcho();
  bench.nearOnly();
  bench.noise();
  bench.level();
  return 0;
}
