// The audio thread must never wait for the allocator: counts what operator new is asked for while
// the pipelines run under everything a network can do to them.
#include <gtest/gtest.h>

#include <atomic>
#include <cstdlib>
#include <new>

#include "core/media/voice_gate.h"
#include "core/media/voice_output.h"
#include "core/media/voice_processor.h"
#include "tests/media/media_trace.h"

namespace {
std::atomic<std::uint64_t> allocations{0};
std::atomic<bool> counting{false};

void* counted(std::size_t size) {
  if (counting) ++allocations;
  void* p = std::malloc(size == 0 ? 1 : size);
  if (p == nullptr) throw std::bad_alloc();
  return p;
}
}  // namespace

// Under the thread sanitizer GCC inlines one of a pair and not the other, and takes them for
// strangers.
#pragma GCC diagnostic ignored "-Wmismatched-new-delete"
void* operator new(std::size_t size) { return counted(size); }
void* operator new[](std::size_t size) { return counted(size); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace foyer::media {
namespace {

TEST(NoAllocation, pipelinesRunWithoutTheAllocator) {
  const VoiceCodecFactory opus;
  const auto speech = test::clip("clip_a.wav");
  Capture capture(opus);
  Playout playout(opus);
  SeededRandom random(4);
  std::array<ReceivedFrame, 64> flying;
  ReceivedFrame lost;
  std::size_t written = 0;
  std::size_t delivered = 0;
  std::array<std::int16_t, 480> out{};
  TimePoint now(5s);
  std::uint64_t counter = 0;
  const EncoderSettings settings[] = {
      {},
      {.time = wire::PacketTime::Ms40, .expectedLossPercent = 25, .dred = 200ms},
      {.time = wire::PacketTime::Ms10},
      {.codec = wire::CodecId::Codec2_1200, .time = wire::PacketTime::Ms80}};
  const auto step = [&](std::size_t n) {
    if (n % 700 == 0) capture.setEncoding(settings[n / 700 % 4]);
    capture.setMuted(n % 900 > 850);
    capture.push(now, {speech.data() + n % 1000 * 480, 480}, [&](const EncodedFrame& frame) {
      ++counter;
      const bool isLost = random.unit() < 0.1;
      // Every second one of the lost comes as a copy beside the next.
      if (isLost && counter % 2 == 0) return;
      ReceivedFrame& slot = isLost ? lost : flying[written++ % flying.size()];
      slot.counter = counter;
      slot.isCopy = isLost;
      slot.codec = frame.codec;
      slot.time = frame.time;
      // Now and then the clock of the peer jumps.
      slot.mediaTime = static_cast<std::uint16_t>(frame.mediaTime + n / 1500 * 9'000);
      slot.size = frame.size;
      slot.bytes = frame.bytes;
      if (!isLost && lost.size > 0) {
        flying[written++ % flying.size()] = lost;
        lost.size = 0;
      }
    });
    // Bursts, and a pause of three seconds.
    if (n % 25 < 18 && n % 2000 > 300) {
      for (; delivered < written; ++delivered) {
        ReceivedFrame& slot = flying[delivered % flying.size()];
        slot.arrivedAt = now;
        playout.push(slot);
      }
    } else if (written - delivered >= flying.size()) {
      delivered = written - 8;
    }
    playout.pull(now, out);
    (void)capture.report();
    now += 10ms;
  };
  for (std::size_t n = 301; n < 500; ++n) step(n);
  counting = true;
  for (std::size_t n = 500; n < 6'000; ++n) step(n);
  counting = false;
  EXPECT_EQ(allocations.load(), 0U);
  // It did go through all of it.
  const PlayoutCounters& c = playout.report().counters;
  EXPECT_GT(c.decoded, 1000U);
  EXPECT_GT(c.copies, 10U);
  EXPECT_GT(c.lbrr, 10U);
  if (opusFeatures().dred) {
    EXPECT_GT(c.dred, 1U);
  }
  EXPECT_GT(c.plc, 100U);
  EXPECT_GT(c.accelerated, 10U);
  EXPECT_GT(c.expanded, 1U);
}

TEST(NoAllocation, voiceProcessingRunsWithoutTheAllocator) {
  const auto far = test::clip("clip_a.wav");
  auto near = test::clip("clip_b.wav");
  VoiceProcessor processor;
  VoiceGate gate;
  VoiceOutput output;
  std::array<std::int16_t, 480> played{};
  const std::uint64_t before = allocations;
  counting = true;
  for (std::size_t n = 0; (n + 1) * 480 <= near.size(); ++n) {
    std::copy_n(far.begin() + static_cast<std::ptrdiff_t>(n * 480), 480, played.begin());
    output.process(played);
    processor.render(played);
    const std::span<std::int16_t> block(near.data() + n * 480, 480);
    // The echo of what is played stands in the microphone, later by more than was told.
    if (n > 20)
      for (std::size_t i = 0; i < 480; ++i)
        block[i] = static_cast<std::int16_t>(block[i] / 2 + far[(n - 20) * 480 + i] / 2);
    if (n % 100 == 50) processor.set(n % 200 == 50 ? VoiceSettings::off() : VoiceSettings{});
    processor.capture(block, 20ms);
    gate.decide({.mode = TalkMode::VoiceActivation, .isVoice = processor.isVoice()});
    gate.apply(block);
  }
  counting = false;
  EXPECT_EQ(allocations, before);
}

TEST(NoAllocation, theCounterCounts) {
  const std::uint64_t before = allocations;
  counting = true;
  // Not through a new-expression, which the compiler may leave out.
  ::operator delete(::operator new(10));
  counting = false;
  EXPECT_EQ(allocations, before + 1);
}

}  // namespace
}  // namespace foyer::media
