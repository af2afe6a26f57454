// A peer that lies: random frames with any codec, packet time, media time and size, pulled in any
// rhythm. Never a crash, and the delay of what is honest stays bounded.
// mutations: 200
#include <algorithm>
#include <array>
#include <cstdint>

#include "core/base/assert.h"
#include "core/media/capture.h"
#include "core/media/playout.h"

// Seven bytes a frame: flags (1), codec and time (1), media time (2), arrival (1), size (1),
// pulls (1); then `size` bytes of payload.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace foyer;
  using namespace foyer::media;
  static const VoiceCodecFactory opus;
  Playout playout(opus);
  std::array<std::int16_t, 480> out{};
  TimePoint now(1000s);
  std::uint64_t counter = 100;
  ReceivedFrame frame;
  std::size_t at = 0;
  const auto step = [&] {
    const PlayoutReport& report = playout.pull(now, out);
    FOYER_ASSERT(report.target <= 500ms, "the target has a ceiling");
    now += 10ms;
  };
  while (size - at >= 7) {
    const std::uint8_t* p = data + at;
    at += 7;
    // Mostly in order, at times an old one.
    frame.counter =
        (p[0] & 0x0F) == 0x0F ? counter - std::min<std::uint64_t>(counter, p[0]) : ++counter;
    frame.codec = (p[1] & 0x80) != 0 ? wire::CodecId::Opus : static_cast<wire::CodecId>(p[1] >> 4);
    frame.time = static_cast<wire::PacketTime>((p[1] & 0x0F) % 9);
    frame.mediaTime = static_cast<std::uint16_t>((p[0] & 0x10) != 0 ? p[2] << 8 | p[3]
                                                                    : counter * 8 + (p[3] & 3));
    frame.isCopy = (p[0] & 0x40) != 0;
    frame.arrivedAt = now - 2ms * p[4];
    const std::size_t payload = std::min<std::size_t>(p[5], size - at);
    frame.size = static_cast<std::uint16_t>((p[0] & 0x20) != 0 ? p[5] * 257 : payload);
    std::copy_n(data + at, payload, frame.bytes.begin());
    at += payload;
    playout.push(frame);
    for (int i = 0; i < p[6] % 5; ++i) step();
  }
  // Afterwards the peer is honest: whatever it said before, it is heard again within five seconds.
  static const EncodedFrame honest = [] {
    EncodedFrame first;
    Capture capture(opus);
    std::array<std::int16_t, 960> pcm;
    for (std::size_t i = 0; i < pcm.size(); ++i)
      pcm[i] = static_cast<std::int16_t>(i % 320 < 160 ? 3000 : -3000);
    capture.push(TimePoint(1s), pcm, [&](const EncodedFrame& f) { first = f; });
    return first;
  }();
  const std::uint64_t before = playout.report().counters.decoded;
  for (std::uint16_t i = 0; i < 250; ++i) {
    frame.counter = ++counter;
    frame.isCopy = false;
    frame.codec = honest.codec;
    frame.time = honest.time;
    frame.mediaTime = static_cast<std::uint16_t>(10'000 + i * 8);
    frame.arrivedAt = now;
    frame.size = honest.size;
    frame.bytes = honest.bytes;
    playout.push(frame);
    step();
    step();
  }
  const PlayoutReport& report = playout.report();
  FOYER_ASSERT(report.counters.decoded > before + 60, "an honest peer is heard again");
  FOYER_ASSERT(report.bufferDelay < 700ms, "delay is bounded");
  return 0;
}
