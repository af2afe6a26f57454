// The jitter buffer against four kinds of delay (docs: the bars), real speech through the
// real decoder:
//
//   jitter_bench [seeds [seconds]]
//
// Per kind: the plain trace of three minutes and `seeds` - 1 varied ones. Mean delay is that of the
// sample played against the moment its packet would have come over the fastest transit of the whole
// trace; packet time is not in it. Late: packets that came after sound had to be made up. Invented:
// the share of time without sound of the peer, which a buffer that slips could hide from the late
// share. References of the same run: the best fixed buffer in hindsight, and a NetEq-like one.
#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "bench/support/delay_traces.h"
#include "bench/support/measure.h"
#include "core/io/files.h"
#include "core/media/capture.h"
#include "core/media/playout.h"
#include "core/media/wav.h"

namespace {

using namespace foyer;
using bench::TraceKind;

constexpr std::size_t kMaxWavBytes = 64 << 20;
constexpr std::size_t kFrame = 960;

struct Bar {
  double meanMs;
  double late;
};
Bar barOf(TraceKind kind) {
  switch (kind) {
    case TraceKind::Lan:
      return {15, 0};
    case TraceKind::WifiSpikes:
      return {75, 0.005};
    case TraceKind::LteDrift:
      return {85, 0.005};
    case TraceKind::VpnBursts:
      return {190, 0.01};
  }
  return {};
}

std::vector<media::EncodedFrame> encodeSpeech(std::size_t packets) {
  std::vector<std::int16_t> speech;
  for (const char* name : {"clip_a.wav", "clip_b.wav"}) {
    const auto file =
        io::readFile(std::string(FOYER_SOURCE_DIR "/resources/speech/") + name, kMaxWavBytes);
    if (!file) continue;
    if (const auto wav = media::parseWav(*file))
      speech.insert(speech.end(), wav->samples.begin(), wav->samples.end());
  }
  std::vector<media::EncodedFrame> frames;
  if (speech.size() < kFrame) return frames;
  const media::VoiceCodecFactory opus;
  media::Capture capture(opus, {.expectedLossPercent = 0});
  for (std::size_t at = 0; frames.size() < packets; at += kFrame) {
    if (at + kFrame > speech.size()) at = 0;
    capture.push(TimePoint(1s), {speech.data() + at, kFrame},
                 [&](const media::EncodedFrame& frame) { frames.push_back(frame); });
  }
  return frames;
}

struct Heard {
  double meanMs = 0, reportedMs = 0, late = 0, invented = 0;
  media::PlayoutCounters counters;
};

Heard listen(const std::vector<media::EncodedFrame>& speech, const std::vector<double>& trace) {
  const media::VoiceCodecFactory opus;
  media::Playout playout(opus);
  const auto ms = [](double value) { return Duration(static_cast<std::int64_t>(value * 1e6)); };
  const TimePoint start(100s);
  const double fastest = *std::min_element(trace.begin(), trace.end());
  std::vector<std::size_t> byArrival(trace.size());
  for (std::size_t i = 0; i < trace.size(); ++i) byArrival[i] = i;
  std::stable_sort(byArrival.begin(), byArrival.end(), [&](std::size_t a, std::size_t b) {
    return 20 * static_cast<double>(a) + trace[a] < 20 * static_cast<double>(b) + trace[b];
  });
  std::array<std::int16_t, 480> out{};
  std::size_t next = 0;
  double sum = 0, reported = 0;
  std::size_t pulls = 0;
  media::ReceivedFrame frame;
  const std::size_t total = trace.size() * 2;
  for (std::size_t n = 0; n < total; ++n) {
    const TimePoint now = start + 10ms * static_cast<int>(n) + 3700us;
    while (next < byArrival.size()) {
      const std::size_t i = byArrival[next];
      frame.arrivedAt = start + 20ms * static_cast<int>(i) + ms(trace[i]);
      if (frame.arrivedAt > now) break;
      frame.counter = i + 1;
      frame.codec = speech[i].codec;
      frame.time = speech[i].time;
      frame.mediaTime = static_cast<std::uint16_t>(i * 8);
      frame.size = speech[i].size;
      std::copy_n(speech[i].bytes.begin(), frame.size, frame.bytes.begin());
      playout.push(frame);
      ++next;
    }
    const media::PlayoutReport& report = playout.pull(now, out);
    if (!report.isPlaying || n < 100) continue;
    // Sound of media time m was sent at m, in this timeline; the nearest that looks so on the wire.
    const double sinceMs = static_cast<double>((now - start).count()) * 1e-6 - fastest;
    const auto units = static_cast<std::int64_t>(sinceMs / 2.5);
    const auto behind =
        static_cast<std::int16_t>(static_cast<std::uint16_t>(units) - report.playingMediaTime);
    // Units are cut off, not rounded.
    sum -= 1.25;
    sum += 2.5 * behind + (sinceMs - 2.5 * static_cast<double>(units));
    reported += static_cast<double>(report.bufferDelay.count()) * 1e-6;
    ++pulls;
  }
  Heard heard;
  heard.counters = playout.report().counters;
  heard.meanMs = sum / static_cast<double>(pulls);
  heard.reportedMs = reported / static_cast<double>(pulls);
  heard.late =
      static_cast<double>(heard.counters.late) / static_cast<double>(heard.counters.received);
  heard.invented = static_cast<double>(heard.counters.concealedSamples) /
                   static_cast<double>(heard.counters.playedSamples + 1);
  return heard;
}

}  // namespace

int main(int argc, char** argv) {
  const auto seeds = static_cast<std::uint64_t>(argc > 1 ? std::max(std::atoi(argv[1]), 1) : 5);
  const auto packets =
      static_cast<std::size_t>(argc > 2 ? std::max(std::atoi(argv[2]), 10) : 180) * 50;
  const auto speech = encodeSpeech(packets);
  if (speech.empty()) {
    std::fprintf(stderr, "the clips of resources/speech could not be read\n");
    return 1;
  }
  for (const TraceKind kind : bench::kTraceKinds) {
    const Bar bar = barOf(kind);
    double worstMean = 0, worstLate = 0, sumMean = 0, sumLate = 0, sumOracle = 0, sumNetEq = 0;
    for (std::uint64_t seed = 0; seed < seeds; ++seed) {
      const std::vector<double> trace = bench::delayTrace(kind, seed, packets);
      const Heard heard = listen(speech, trace);
      const auto oracle = bench::fixedOracle(trace, bar.late);
      const auto netEq = bench::netEqLike(trace);
      std::fprintf(stderr,
                   "%-13s seed %2d: mean %6.1f ms (reported %6.1f) late %.2f %% invented %.2f %% "
                   "acc %llu exp %llu | fixed %6.1f (1 %%: %.0f, 2 %%: %.0f) | NetEq-like %6.1f "
                   "at %.2f %%\n",
                   bench::toString(kind), static_cast<int>(seed), heard.meanMs, heard.reportedMs,
                   100 * heard.late, 100 * heard.invented,
                   static_cast<unsigned long long>(heard.counters.accelerated),
                   static_cast<unsigned long long>(heard.counters.expanded), oracle.meanMs,
                   bench::fixedOracle(trace, 0.01).meanMs, bench::fixedOracle(trace, 0.02).meanMs,
                   netEq.meanMs, 100 * netEq.lateShare);
      worstMean = std::max(worstMean, heard.meanMs);
      worstLate = std::max(worstLate, heard.late);
      sumMean += heard.meanMs;
      sumLate += heard.late;
      sumOracle += oracle.meanMs;
      sumNetEq += netEq.meanMs;
    }
    const auto n = static_cast<double>(seeds);
    bench::reportFigure(
        bench::text("jitter buffer, %s: mean delay above packet time and late share",
                    bench::toString(kind)),
        bench::text("<= %.0f ms at <= %.1f %%", bar.meanMs, 100 * bar.late),
        bench::text("%.1f ms at %.2f %% (worst of %d: %.1f ms, %.2f %%)", sumMean / n,
                    100 * sumLate / n, static_cast<int>(seeds), worstMean, 100 * worstLate),
        sumMean / n <= bar.meanMs && sumLate / n <= bar.late,
        bench::text("best fixed buffer %.1f ms, NetEq-like %.1f ms", sumOracle / n, sumNetEq / n));
  }
  return 0;
}
