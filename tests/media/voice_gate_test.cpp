// The gate's decisions as a table, and that opening and closing it does not click.
#include "core/media/voice_gate.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace foyer::media {
namespace {

struct Row {
  TalkMode mode;
  // One sign a block: v voice, k key, b both, m muted, s voice while muted, . nothing.
  std::string in;
  std::string open;  // o open, - closed; the last sign stands for the blocks that follow
};

VoiceGate::Input inputOf(TalkMode mode, char sign) {
  return {.mode = mode,
          .isVoice = sign == 'v' || sign == 'b' || sign == 's',
          .isKeyDown = sign == 'k' || sign == 'b',
          .isMuted = sign == 'm' || sign == 's'};
}

TEST(VoiceGate, decidesAsTheTableSays) {
  const std::string hang(VoiceGate::kVoiceHangOver - 1, '.');
  const std::string hangOpen(VoiceGate::kVoiceHangOver - 1, 'o');
  const std::string keyHang(VoiceGate::kKeyHangOver - 1, '.');
  const std::string keyHangOpen(VoiceGate::kKeyHangOver - 1, 'o');
  const Row rows[] = {
      {TalkMode::OpenMic, "..v.k.", "oooooo"},
      {TalkMode::VoiceActivation, "...", "---"},
      {TalkMode::VoiceActivation, ".v" + hang + "..", "-o" + hangOpen + "--"},
      {TalkMode::VoiceActivation, "v" + hang + "v" + hang + ".",
       "o" + hangOpen + "o" + hangOpen + "-"},
      {TalkMode::VoiceActivation, "k..", "---"},
      {TalkMode::PushToTalk, "vvv", "---"},
      {TalkMode::PushToTalk, ".kb" + keyHang + "..", "-oo" + keyHangOpen + "--"},
  };
  for (const Row& row : rows) {
    VoiceGate gate;
    std::string got;
    for (const char sign : row.in) got += gate.decide(inputOf(row.mode, sign)) ? 'o' : '-';
    EXPECT_EQ(got, row.open) << toString(row.mode) << " " << row.in;
  }
}

TEST(VoiceGate, switchingToOpenMicOpensAtOnce) {
  VoiceGate gate;
  EXPECT_FALSE(gate.decide({.mode = TalkMode::PushToTalk}));
  EXPECT_TRUE(gate.decide({.mode = TalkMode::OpenMic}));
}

TEST(VoiceGate, noticesWhoSpeaksWhileMuted) {
  VoiceGate gate;
  const auto feed = [&](TalkMode mode, char sign, int blocks) {
    for (int n = 0; n < blocks; ++n) gate.decide(inputOf(mode, sign));
    return gate.isSpeakingUnheard();
  };
  EXPECT_FALSE(feed(TalkMode::OpenMic, 'v', 200)) << "heard";
  EXPECT_FALSE(feed(TalkMode::OpenMic, 's', 20)) << "a cough";
  EXPECT_FALSE(feed(TalkMode::OpenMic, 'm', 200));
  EXPECT_TRUE(feed(TalkMode::OpenMic, 's', 40));
  EXPECT_TRUE(feed(TalkMode::OpenMic, 'm', 150)) << "between two words";
  EXPECT_FALSE(feed(TalkMode::OpenMic, 'm', 100));
  EXPECT_TRUE(feed(TalkMode::OpenMic, 's', 40));
  EXPECT_FALSE(feed(TalkMode::OpenMic, 'v', 1)) << "unmuted";
  EXPECT_TRUE(feed(TalkMode::PushToTalk, 'v', 60)) << "without the key";
  EXPECT_FALSE(feed(TalkMode::PushToTalk, 'b', 1));
}

TEST(VoiceGate, closesToExactSilenceAndOpensToEveryBitWithoutAClick) {
  std::vector<std::int16_t> block(480, 10000), all;
  VoiceGate gate;
  const auto run = [&](TalkMode mode, int blocks) {
    for (int n = 0; n < blocks; ++n) {
      std::fill(block.begin(), block.end(), std::int16_t{10000});
      gate.decide({.mode = mode});
      gate.apply(block);
      all.insert(all.end(), block.begin(), block.end());
    }
  };
  run(TalkMode::OpenMic, 2);
  EXPECT_EQ(all, std::vector<std::int16_t>(960, 10000));
  run(TalkMode::VoiceActivation, 3);
  EXPECT_EQ(all.back(), 0);
  run(TalkMode::OpenMic, 2);
  EXPECT_EQ(all.back(), 10000);
  int largest = 0;
  for (std::size_t i = 1; i < all.size(); ++i)
    largest = std::max(largest, std::abs(all[i] - all[i - 1]));
  EXPECT_LE(largest, 42);  // a 240th of the level
}

}  // namespace
}  // namespace foyer::media
