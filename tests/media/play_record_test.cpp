// A record holds what playout was given and decided; replayed it is the same bit for bit, and each
// gap has its story.
#include "core/media/play_record.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "core/base/random.h"
#include "core/media/play_replay.h"

namespace foyer::media {
namespace {

constexpr wire::PacketTime kTime = wire::PacketTime::Ms20;
constexpr Duration kPacket = 20ms;

// A playout that is recorded, with frames of the right sizes and no sound.
class Recorded {
 public:
  explicit Recorded(std::size_t capacity = 100'000)
      : log(std::make_shared<PlayLog>(capacity)),
        m_playout(std::make_unique<RecordedSound>(
            std::make_unique<SpeechSound>(SizedCodecFactory()), log)) {}

  // Frame `number`, `copyOf` packets ago when it is a copy, comes at `at`.
  void push(std::uint64_t number, TimePoint at, std::uint64_t copyDistance = 0) {
    ReceivedFrame frame{};
    frame.counter = number;
    frame.arrivedAt = at;
    frame.codec = wire::CodecId::Sized;
    frame.time = kTime;
    frame.mediaTime = static_cast<std::uint16_t>((number - copyDistance) * 8);
    frame.isCopy = copyDistance > 0;
    frame.size = 40;
    log->addFrame(frame);
    m_playout.push(frame);
  }
  void pull(TimePoint at) {
    std::array<std::int16_t, 480> out{};
    log->addPull(at, out.size());
    m_playout.pull(at, out);
  }
  // `packets` of 20 ms; `isThere` says which come, `copyAt` how far behind a copy travels (0:
  // none).
  template <class IsThere>
  void talk(std::uint64_t packets, IsThere&& isThere, std::uint64_t copyAt = 0) {
    for (std::uint64_t i = 0; i < packets; ++i) {
      const TimePoint sent = TimePoint{1000s} + static_cast<std::int64_t>(i) * kPacket;
      if (isThere(i)) {
        push(i, sent);
        if (copyAt > 0 && i >= copyAt) push(i, sent, copyAt);
      }
      pull(sent + 1ms);
      pull(sent + 11ms);
    }
  }
  [[nodiscard]] PlayRecord record() const {
    auto decoded = decodePlayRecord(encodePlayRecord(*log));
    EXPECT_TRUE(decoded);
    return decoded.value_or(PlayRecord{});
  }
  [[nodiscard]] const PlayoutReport& report() const { return m_playout.report(); }

  std::shared_ptr<PlayLog> log;

 private:
  Playout m_playout;
};

TEST(PlayRecord, comesBackFromItsBytes) {
  Recorded recorded;
  SeededRandom random(3);
  recorded.talk(
      300, [&](std::uint64_t) { return random.unit() > 0.2; }, 2);
  const PlayRecord record = recorded.record();
  EXPECT_FALSE(record.isCut);
  EXPECT_EQ(record.events, recorded.log->events());
  EXPECT_GT(record.events.size(), 1000U);
  EXPECT_LT(encodePlayRecord(*recorded.log).size(), 12 * record.events.size());
}

TEST(PlayRecord, aDamagedOneIsRefused) {
  Recorded recorded;
  recorded.talk(20, [](std::uint64_t) { return true; });
  const Bytes good = encodePlayRecord(*recorded.log);
  EXPECT_EQ(decodePlayRecord(ByteView(good).first(10)).error(), PlayRecordError::NotARecord);
  EXPECT_EQ(decodePlayRecord({}).error(), PlayRecordError::NotARecord);
  EXPECT_EQ(decodePlayRecord(ByteView(good).first(good.size() - 1)).error(),
            PlayRecordError::Truncated);
  Bytes bad = good;
  bad.push_back(0xff);
  EXPECT_EQ(decodePlayRecord(bad).error(), PlayRecordError::BadEvent);
  bad = good;
  bad[0] = 'F';
  EXPECT_EQ(decodePlayRecord(bad).error(), PlayRecordError::NotARecord);
}

TEST(PlayRecord, aFullLogKeepsItsBeginningAndSaysSo) {
  Recorded recorded(500);
  recorded.talk(300, [](std::uint64_t i) { return i % 7 != 3; });
  const PlayRecord record = recorded.record();
  EXPECT_TRUE(record.isCut);
  EXPECT_EQ(record.events.size(), 500U);
  EXPECT_FALSE(replay(record).differsAt) << "as far as it goes";
}

TEST(PlayReplay, isTheSameWhateverHappened) {
  for (const std::uint64_t seed : {1U, 2U, 3U, 4U}) {
    Recorded recorded;
    SeededRandom random(seed);
    std::vector<std::pair<TimePoint, std::uint64_t>> arrivals;
    for (std::uint64_t i = 0; i < 1500; ++i) {
      if (random.unit() < 0.2) continue;
      const auto late = Duration(static_cast<std::int64_t>(random.below(80'000'000)));
      arrivals.emplace_back(TimePoint{1000s} + static_cast<std::int64_t>(i) * kPacket + late, i);
    }
    std::sort(arrivals.begin(), arrivals.end());
    auto next = arrivals.begin();
    for (TimePoint now{1000s}; now < TimePoint{1031s}; now += 10ms) {
      for (; next != arrivals.end() && next->first <= now; ++next) {
        recorded.push(next->second, next->first);
        if (next->second >= 3) recorded.push(next->second, next->first, 3);
      }
      recorded.pull(now);
    }
    const PlayReplay again = replay(recorded.record());
    EXPECT_FALSE(again.differsAt) << "seed " << seed << ", event " << *again.differsAt;
    const PlayoutCounters& now = again.report.counters;
    const PlayoutCounters& then = recorded.report().counters;
    EXPECT_GT(then.copies, 0U);
    EXPECT_GT(then.accelerated + then.expanded, 0U);
    EXPECT_EQ(now.decoded, then.decoded);
    EXPECT_EQ(now.copies, then.copies);
    EXPECT_EQ(now.plc, then.plc);
    EXPECT_EQ(now.late, then.late);
    EXPECT_EQ(now.lost, then.lost);
    EXPECT_EQ(now.stretchedOutSamples, then.stretchedOutSamples);
    EXPECT_EQ(now.concealedSamples, then.concealedSamples);
    EXPECT_EQ(again.report.bufferDelay, recorded.report().bufferDelay);
    EXPECT_EQ(again.report.target, recorded.report().target);
  }
}

TEST(PlayReplay, namesTheFirstDifference) {
  Recorded recorded;
  recorded.talk(200, [](std::uint64_t i) { return i % 10 != 4; });
  PlayRecord record = recorded.record();
  const auto concealed =
      std::find_if(record.events.begin() + 300, record.events.end(),
                   [](const PlayEvent& event) { return event.kind == PlayEventKind::Conceal; });
  ASSERT_NE(concealed, record.events.end());
  concealed->samples += 1;
  EXPECT_EQ(replay(record).differsAt, static_cast<std::size_t>(concealed - record.events.begin()));
}

TEST(PlayGaps, aBurstIsCuredByCopies) {
  Recorded recorded;
  // Long enough that the buffer has learned to wait for copies, then four in a row.
  recorded.talk(
      600, [](std::uint64_t i) { return i % 50 < 46; }, 4);
  const auto gaps = findGaps(recorded.record());
  const auto last = std::find_if(gaps.rbegin(), gaps.rend(), [](const PlayGap& gap) {
    return gap.cause == PlayGap::Cause::Lost && gap.cure == PlayGap::Cure::Copy;
  });
  ASSERT_NE(last, gaps.rend());
  EXPECT_EQ(last->burst, 4);
  EXPECT_EQ(last->distance, 4);
  EXPECT_GE(last->frame % 50, 46U);
  EXPECT_TRUE(explain(*last).starts_with("frame " + std::to_string(last->frame) +
                                         ": lost in a burst of 4, recovered from copy at +4"))
      << explain(*last);
  // Each lost frame has its story, whatever became of it.
  std::size_t lost = 0;
  for (const PlayGap& gap : gaps) lost += gap.cause == PlayGap::Cause::Lost;
  EXPECT_NEAR(static_cast<double>(lost), 11 * 4, 4);
}

TEST(PlayGaps, aLoneLossIsInvented) {
  Recorded recorded;
  recorded.talk(100, [](std::uint64_t i) { return i != 60; });
  const auto gaps = findGaps(recorded.record());
  ASSERT_EQ(gaps.size(), 1U);
  EXPECT_EQ(gaps[0].frame, 60U);
  EXPECT_EQ(gaps[0].cause, PlayGap::Cause::Lost);
  EXPECT_EQ(gaps[0].cure, PlayGap::Cure::None);
  EXPECT_EQ(gaps[0].burst, 1);
  EXPECT_EQ(gaps[0].invented, 960);
  EXPECT_EQ(explain(gaps[0]), "frame 60: lost alone, not recovered, 20 ms invented");
}

TEST(PlayGaps, aLateFrameIsStillPlayed) {
  Recorded recorded;
  for (std::uint64_t i = 0; i < 100; ++i) {
    const TimePoint sent = TimePoint{1000s} + static_cast<std::int64_t>(i) * kPacket;
    if (i == 62) {  // three come together, forty milliseconds late
      for (std::uint64_t late = 60; late <= 62; ++late) recorded.push(late, sent);
    } else if (i != 60 && i != 61) {
      recorded.push(i, sent);
    }
    recorded.pull(sent + 1ms);
    recorded.pull(sent + 11ms);
  }
  const auto gaps = findGaps(recorded.record());
  ASSERT_FALSE(gaps.empty());
  EXPECT_EQ(gaps[0].frame, 60U);
  EXPECT_EQ(gaps[0].cause, PlayGap::Cause::Late) << explain(gaps[0]);
  EXPECT_GT(gaps[0].lateBy, 0ms);
  EXPECT_LE(gaps[0].lateBy, 40ms);
  EXPECT_NE(explain(gaps[0]).find("still played"), std::string::npos) << explain(gaps[0]);
}

TEST(PlayGaps, aCleanCallHasNone) {
  Recorded recorded;
  recorded.talk(
      300, [](std::uint64_t) { return true; }, 2);
  EXPECT_TRUE(findGaps(recorded.record()).empty());
}

}  // namespace
}  // namespace foyer::media
