// Each cause is injected alone into a healthy call, and is found, with the direction it touches.
#include "core/client/explanation.h"

#include <gtest/gtest.h>

#include <functional>
#include <set>

namespace foyer::client {
namespace {

using std::chrono::milliseconds;

struct Injected {
  CallStatus status;
  RecoveryFigures recent;  // five seconds of 20 ms packets
  DeviceHints hints;

  Injected() {
    status.phase = CallPhase::Active;
    status.hasReceived = true;
    status.receiving.codec = wire::CodecId::Opus;
    status.receiving.packetTime = milliseconds(20);
    status.receiving.bufferDelay = status.receiving.bufferTarget = milliseconds(30);
    status.mouthToEar = DelayParts{.captureDevice = milliseconds(5),
                                   .packetTime = milliseconds(20),
                                   .codec = milliseconds(6),
                                   .network = milliseconds(12),
                                   .jitterBuffer = milliseconds(30),
                                   .playoutDevice = milliseconds(15)};
    recent.decoded = 250;
  }
};

struct Case {
  const char* name;
  std::function<void(Injected&)> inject;
  ExplainedCause cause;
  Affected affected;
  Severity severity;
};

void loseDown(Injected& in, double share, std::uint64_t made, std::uint64_t blocks) {
  in.status.rx.loss = share;
  in.recent.copies = made;
  in.recent.plc = blocks;
  in.recent.decoded = 250 - static_cast<std::uint64_t>(250 * share);
}

const std::vector<Case>& cases() {
  using enum ExplainedCause;
  using enum Affected;
  using enum Severity;
  static const std::vector<Case> all{
      {"nothing", [](Injected&) {}, Clear, Neither, Good},
      {"the peer has not been heard", [](Injected& in) { in.status.hasReceived = false; }, Unknown,
       Neither, Good},
      {"loss down that copies make up for", [](Injected& in) { loseDown(in, .08, 19, 2); }, Loss,
       Hear, Good},
      {"loss down that is heard", [](Injected& in) { loseDown(in, .08, 10, 20); }, Loss, Hear,
       Fair},
      {"loss down that nothing makes up for", [](Injected& in) { loseDown(in, .2, 0, 100); }, Loss,
       Hear, Poor},
      {"loss down before any figure",
       [](Injected& in) {
         in.status.rx.loss = .3;
         in.recent = {};
       },
       Loss, Hear, Poor},
      {"a packet in a thousand", [](Injected& in) { loseDown(in, .001, 0, 0); }, Clear, Neither,
       Good},
      {"loss up, bare", [](Injected& in) { in.status.tx.loss = .08; }, Loss, Said, Fair},
      {"loss up with copies",
       [](Injected& in) {
         in.status.sending.loss = .08;
         in.status.sending.copies = 2;
       },
       Loss, Said, Good},
      {"much loss up with copies",
       [](Injected& in) {
         in.status.sending.loss = .4;
         in.status.sending.copies = 2;
       },
       Loss, Said, Fair},
      {"loss both ways",
       [](Injected& in) {
         loseDown(in, .08, 10, 20);
         in.status.tx.loss = .08;
       },
       Loss, Both, Fair},
      {"jitter down", [](Injected& in) { in.status.receiving.jitter = milliseconds(45); }, Jitter,
       Hear, Good},
      {"jitter down that comes too late",
       [](Injected& in) {
         in.recent.late = 15;
         in.recent.plc = 30;
       },
       Jitter, Hear, Fair},
      {"a deep buffer",
       [](Injected& in) {
         in.status.receiving.bufferDelay = in.status.receiving.bufferTarget = milliseconds(180);
       },
       Jitter, Hear, Fair},
      {"jitter up", [](Injected& in) { in.status.sending.lateShare = .04; }, Jitter, Said, Fair},
      {"a queue that fills",
       [](Injected& in) { in.status.sending.queueingDelay = milliseconds(180); }, Capacity, Said,
       Fair},
      {"a narrow way",
       [](Injected& in) {
         in.status.tier = in.status.sending.tier = wire::Tier::Degraded;
         in.status.sending.cause = QualityCause::Capacity;
         in.status.sending.capacityKbps = 24;
       },
       Capacity, Said, Poor},
      {"a queue that overflows is capacity, not loss",
       [](Injected& in) {
         in.status.sending.queueingDelay = milliseconds(350);
         in.status.tx.loss = .25;
       },
       Capacity, Said, Poor},
      {"a starved processor", [](Injected& in) { in.hints.isCpuStarved = true; }, Cpu, Both, Fair},
      {"a starved processor that is heard",
       [](Injected& in) {
         in.hints.isCpuStarved = true;
         in.hints.underruns = 3;
         in.status.receiving.jitter = milliseconds(60);
       },
       Cpu, Both, Poor},
      {"one glitch of the device", [](Injected& in) { in.hints.underruns = 1; }, Device, Hear,
       Fair},
      {"many glitches of the device", [](Injected& in) { in.hints.underruns = 9; }, Device, Hear,
       Poor},
      {"a silent microphone", [](Injected& in) { in.hints.isInputSilent = true; }, SilentInput,
       Said, Broken},
      {"nothing comes", [](Injected& in) { in.hints.isNothingReceived = true; }, NothingReceived,
       Hear, Broken},
      {"the path is gone", [](Injected& in) { in.status.isReconnecting = true; }, Reconnecting,
       Both, Broken},
      {"a low choice",
       [](Injected& in) {
         in.status.tier = wire::Tier::Low;
         in.status.sending.choice = wire::Tier::Low;
       },
       Choice, Said, Fair},
      {"a high choice",
       [](Injected& in) {
         in.status.tier = wire::Tier::Studio64;
         in.status.sending.choice = wire::Tier::Studio64;
       },
       Clear, Neither, Good},
      {"a peer that takes no more",
       [](Injected& in) {
         in.status.tier = wire::Tier::Low;
         in.status.sending.cause = QualityCause::PeerLimit;
       },
       PeerLimit, Said, Fair},
      {"a metered network",
       [](Injected& in) {
         in.status.tier = wire::Tier::Low;
         in.status.sending.cause = QualityCause::Metered;
       },
       Metered, Said, Fair},
      {"a peer that sends little",
       [](Injected& in) { in.status.receiving.packetTime = milliseconds(60); }, PeerLow, Hear,
       Fair},
      {"a long way", [](Injected& in) { in.status.mouthToEar->network = milliseconds(280); },
       LongDelay, Both, Fair},
  };
  return all;
}

TEST(Explanation, findsEachInjectedCauseAndTheDirectionItTouches) {
  for (const Case& each : cases()) {
    SCOPED_TRACE(each.name);
    Injected in;
    each.inject(in);
    const Explanation found = explain(in.status, in.recent, in.hints);
    EXPECT_STREQ(toString(found.cause), toString(each.cause));
    EXPECT_STREQ(toString(found.affected), toString(each.affected));
    EXPECT_STREQ(toString(found.severity), toString(each.severity));
  }
}

TEST(Explanation, carriesTheNumbersThatASentenceNeeds) {
  Injected in;
  loseDown(in, .08, 19, 2);
  Explanation found = explain(in.status, in.recent, in.hints);
  EXPECT_NEAR(found.lossHear, .08, 1e-9);
  EXPECT_NEAR(found.recovered, .95, .01);
  EXPECT_EQ(found.remedy, Remedy::Copies);
  EXPECT_EQ(found.delay, milliseconds(88));
  in.recent.dred = 30;
  EXPECT_EQ(explain(in.status, in.recent, in.hints).remedy, Remedy::Dred);
  in.hints.underruns = 4;
  EXPECT_EQ(explain(in.status, in.recent, in.hints).glitches, 4U);
}

TEST(Explanation, aLongPacketThatIsInventedCountsAsOneFrame) {
  Injected in;
  in.status.receiving.packetTime = milliseconds(60);
  in.status.rx.loss = .1;
  in.recent.decoded = 80;
  in.recent.plc = 60;  // ten packets of 60 ms
  EXPECT_NEAR(explain(in.status, in.recent, in.hints).concealed, 10. / 90, 1e-9);
}

TEST(Explanation, countersThatBeganAnewAreTakenAsTheyAre) {
  RecoveryFigures older, newer;
  older.decoded = 900;
  older.plc = 3;
  newer.decoded = 40;
  newer.plc = 5;
  const RecoveryFigures recent = since(newer, older);
  EXPECT_EQ(recent.decoded, 40U);
  EXPECT_EQ(recent.plc, 2U);
}

TEST(Explanation, everyCauseHasAStableNameOfItsOwn) {
  std::set<std::string> names;
  for (int at = 0; at <= static_cast<int>(ExplainedCause::LongDelay); ++at)
    names.insert(toString(static_cast<ExplainedCause>(at)));
  EXPECT_EQ(names.size(), static_cast<std::size_t>(ExplainedCause::LongDelay) + 1);
}

}  // namespace
}  // namespace foyer::client
