// A one-way call in virtual time for the tests of core/media: real Capture and Playout, packets
// delayed and lost by a seeded model of a network, clocks that may differ.
#pragma once

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iterator>
#include <optional>
#include <queue>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/media/capture.h"
#include "core/media/playout.h"
#include "core/media/wav.h"

namespace foyer::media::test {

inline std::vector<std::int16_t> clip(const std::string& name) {
  std::ifstream file(FOYER_SOURCE_DIR "/resources/speech/" + name, std::ios::binary);
  const Bytes bytes((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  const auto wav = parseWav(bytes);
  return wav ? wav->samples : std::vector<std::int16_t>{};
}

// One-way delay of the packet sent at `t` seconds; nullopt: lost.
using Network = std::function<std::optional<Duration>(double t, SeededRandom&)>;

inline Duration ms(double value) { return Duration(static_cast<std::int64_t>(value * 1e6)); }

inline double exponential(SeededRandom& random, double mean) {
  return -mean * std::log(1 - random.unit());
}

inline Network lan() {
  return [](double, SeededRandom& r) { return ms(0.5 + exponential(r, 0.4)); };
}
inline Network lossy(double share) {
  return [share](double, SeededRandom& r) -> std::optional<Duration> {
    if (r.unit() < share) return std::nullopt;
    return ms(2 + exponential(r, 0.5));
  };
}
// Every second or so the channel is busy for 30-80 ms and what was sent meanwhile comes at once.
inline Network wifiSpikes() {
  return [until = 0.0, next = 1.0](double t, SeededRandom& r) mutable {
    if (t > next) {
      until = t + 0.03 + 0.05 * r.unit();
      next = t + 0.5 + exponential(r, 0.8);
    }
    const double wait = t < until ? until - t : 0;
    return ms(3 + exponential(r, 1.5) + 1000 * wait);
  };
}
// Delay wanders by tens of milliseconds over seconds.
inline Network lteDrift() {
  return [](double t, SeededRandom& r) {
    return ms(35 + 20 * std::sin(t / 3.1) + 12 * std::sin(t / 0.9) + exponential(r, 3));
  };
}
// A tunnel over TCP: every few seconds nothing for 100-250 ms, then all at once.
inline Network vpnBursts() {
  return [until = 0.0, next = 2.0](double t, SeededRandom& r) mutable {
    if (t > next) {
      until = t + 0.1 + 0.15 * r.unit();
      next = t + 2 + exponential(r, 2);
    }
    return ms(20 + exponential(r, 2) + (t < until ? 1000 * (until - t) : 0));
  };
}

struct CallSetup {
  const CodecFactory* factory = nullptr;
  EncoderSettings encoding;
  Network network = lan();
  std::vector<std::size_t> copyDistances;  // packets ago of the earlier frames in each packet
  double seconds = 10;
  double senderPpm = 0;  // how much faster the sender's sample clock runs
  Duration pullLead{};   // the device sounds so much later
  std::size_t pullSamples = 480;
  std::uint64_t seed = 1;
  const std::vector<std::int16_t>* speech = nullptr;  // repeated; silence when nullptr
  std::function<void(double t, Capture&, Playout&)> eachPull;
};

struct CallResult {
  std::vector<std::int16_t> heard;
  PlayoutReport report;
  double meanDelayMs = 0;  // of the reports, after the first 5 s
  double maxDelayMs = 0;
  double lastDelayMs = 0;
  double concealedShare = 0;
  std::vector<float> delayMs;  // one a pull
};

// Runs in steps of one pull. Packets arrive when the network says, in real (virtual) time.
inline CallResult runCall(const CallSetup& setup) {
  SeededRandom random(setup.seed);
  Capture capture(*setup.factory, setup.encoding);
  Playout playout(*setup.factory);
  struct Flying {
    ReceivedFrame frame;
    bool operator>(const Flying& other) const { return frame.arrivedAt > other.frame.arrivedAt; }
  };
  std::priority_queue<Flying, std::vector<Flying>, std::greater<>> flying;
  Network network = setup.network;
  const TimePoint start(100s);
  std::uint64_t counter = 1000;
  CallResult result;
  std::vector<std::int16_t> out(setup.pullSamples);
  std::vector<std::int16_t> mic(480);
  std::int64_t captured = 0;
  std::vector<Flying> sent;  // the last ones, the newest in front
  const auto remember = [&](const Flying& packet) {
    sent.insert(sent.begin(), packet);
    if (sent.size() > 8) sent.pop_back();
  };
  const double rate = 48000.0 * (1 + setup.senderPpm * 1e-6);
  const auto pulls =
      static_cast<std::int64_t>(setup.seconds * 48000.0 / static_cast<double>(setup.pullSamples));
  double sum = 0;
  std::int64_t counted = 0;
  for (std::int64_t n = 0; n < pulls; ++n) {
    // The loudspeaker's clock is the true one; its phase is 3.7 ms off the microphone's.
    const Duration t = samplesToDuration(n * static_cast<std::int64_t>(setup.pullSamples)) + 3700us;
    const TimePoint now = start + t;
    // A chunk is handed over when its last sample was taken.
    while (static_cast<double>(captured + 480) / rate * 1e9 <= static_cast<double>(t.count())) {
      const TimePoint chunkAt =
          start + Duration(static_cast<std::int64_t>(static_cast<double>(captured) / rate * 1e9));
      const TimePoint sentAt =
          start +
          Duration(static_cast<std::int64_t>(static_cast<double>(captured + 480) / rate * 1e9));
      for (std::size_t i = 0; i < mic.size(); ++i)
        mic[i] =
            setup.speech == nullptr
                ? std::int16_t{0}
                : (*setup
                        .speech)[static_cast<std::size_t>(captured + static_cast<std::int64_t>(i)) %
                                 setup.speech->size()];
      captured += 480;
      capture.push(chunkAt, mic, [&](const EncodedFrame& frame) {
        const double sentSeconds = static_cast<double>((sentAt - start).count()) * 1e-9;
        ++counter;
        const std::optional<Duration> delay = network(sentSeconds, random);
        Flying packet;
        packet.frame.counter = counter;
        packet.frame.arrivedAt = sentAt + delay.value_or(Duration{0});
        packet.frame.codec = frame.codec;
        packet.frame.time = frame.time;
        packet.frame.mediaTime = static_cast<std::uint16_t>(frame.mediaTime + 65'000);
        packet.frame.size = frame.size;
        packet.frame.bytes = frame.bytes;
        if (!delay) {
          remember(packet);
          return;
        }
        flying.push(packet);
        for (const std::size_t distance : setup.copyDistances) {
          if (distance > sent.size()) continue;
          Flying copy = sent[distance - 1];
          copy.frame.isCopy = true;
          copy.frame.counter = packet.frame.counter;
          copy.frame.arrivedAt = packet.frame.arrivedAt + 1ns;  // after the primary
          flying.push(copy);
        }
        remember(packet);
      });
    }
    while (!flying.empty() && flying.top().frame.arrivedAt <= now) {
      playout.push(flying.top().frame);
      flying.pop();
    }
    const double seconds = static_cast<double>(t.count()) * 1e-9;
    if (setup.eachPull) setup.eachPull(seconds, capture, playout);
    const PlayoutReport& report = playout.pull(now, out, setup.pullLead);
    if (setup.speech != nullptr) result.heard.insert(result.heard.end(), out.begin(), out.end());
    const double delayMs = static_cast<double>(report.bufferDelay.count()) * 1e-6;
    result.delayMs.push_back(static_cast<float>(delayMs));
    result.maxDelayMs = std::max(result.maxDelayMs, delayMs);
    result.lastDelayMs = delayMs;
    if (seconds > 5) {
      sum += delayMs;
      ++counted;
    }
  }
  result.report = playout.report();
  result.meanDelayMs = counted > 0 ? sum / static_cast<double>(counted) : 0;
  result.concealedShare = static_cast<double>(result.report.counters.concealedSamples) /
                          static_cast<double>(result.report.counters.playedSamples + 1);
  return result;
}

inline int largestStep(std::span<const std::int16_t> pcm) {
  int largest = 0;
  for (std::size_t i = 1; i < pcm.size(); ++i)
    largest = std::max(largest, std::abs(pcm[i] - pcm[i - 1]));
  return largest;
}

}  // namespace foyer::media::test
