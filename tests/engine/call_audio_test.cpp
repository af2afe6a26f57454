#include "core/engine/call_audio.h"

#include <gtest/gtest.h>

#include <array>

namespace foyer::engine {
namespace {

constexpr std::size_t kBlock = 480;

// Plays and records block by block, ten milliseconds each, on a clock of its own.
class LoopbackRoom {
 public:
  explicit LoopbackRoom(LoopbackAudio& audio) : m_audio(audio) {}
  std::array<std::int16_t, kBlock> turn(std::int16_t said) {
    std::array<std::int16_t, kBlock> in{}, out{};
    in.fill(said);
    m_audio.onCapture(m_now, in);
    m_audio.onPlayout({m_now, m_now}, out);
    m_now += std::chrono::milliseconds(10);
    return out;
  }

 private:
  LoopbackAudio& m_audio;
  TimePoint m_now{std::chrono::seconds(5)};
};

TEST(LoopbackAudio, whatWasSaidComesBackAfterTheDelayAsItWas) {
  LoopbackAudio audio(std::make_shared<client::MediaSeam>());  // as made, nothing is processed
  LoopbackRoom room(audio);
  const int delayBlocks = LoopbackAudio::kDelaySamples / kBlock;
  for (int at = 0; at < 3 * delayBlocks; ++at) {
    const auto heard = room.turn(static_cast<std::int16_t>(100 + at));
    const int said = at - (delayBlocks - 1);
    EXPECT_EQ(heard.front(), said < 0 ? 0 : 100 + said) << at;
    EXPECT_EQ(heard.back(), heard.front());
  }
}

TEST(LoopbackAudio, aLoudspeakerThatIsSlowerHearsTheNewestAndNothingGrows) {
  LoopbackAudio audio(std::make_shared<client::MediaSeam>());
  std::array<std::int16_t, kBlock> in{}, out{};
  TimePoint now{std::chrono::seconds(5)};
  for (int at = 0; at < 1000; ++at, now += std::chrono::milliseconds(10)) {
    in.fill(static_cast<std::int16_t>(at));
    audio.onCapture(now, in);
  }
  audio.onPlayout({now, now}, out);
  EXPECT_EQ(out.front(), 1000 - 2 * static_cast<int>(LoopbackAudio::kDelaySamples / kBlock));
}

TEST(LoopbackAudio, theMeterShowsTheMicrophone) {
  LoopbackAudio audio(std::make_shared<client::MediaSeam>());
  LoopbackRoom room(audio);
  EXPECT_LT(audio.levelDb(), -100);
  room.turn(16384);
  EXPECT_NEAR(audio.levelDb(), -6, 1);
}

}  // namespace
}  // namespace foyer::engine
