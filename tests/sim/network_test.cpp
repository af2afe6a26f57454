#include "core/sim/network.h"

#include <gtest/gtest.h>

#include <deque>
#include <tuple>

#include "core/sim/sound_match.h"

namespace foyer::sim {
namespace {

const SocketAddress kA{IpAddress::v4(10, 0, 0, 1), 1};
const SocketAddress kB{IpAddress::v4(10, 0, 0, 2), 2};

// Sends what it is told, answers each datagram once, wakes when asked.
class Echo final : public Node {
 public:
  explicit Echo(bool answers) : m_answers(answers) {}
  void say(const SocketAddress& to, Bytes what) { m_out.emplace_back(to, std::move(what)); }

  void handleDatagram(TimePoint now, const SocketAddress&, const SocketAddress& remote,
                      std::uint8_t, ByteView bytes) override {
    heard.emplace_back(now, remote, toBytes(bytes));
    if (m_answers) say(remote, toBytes(bytes));
  }
  void handleTimeout(TimePoint now) override {
    woken.push_back(now);
    wakeAt.reset();
  }
  std::optional<TimePoint> pollTimeout() const override { return wakeAt; }
  void drain(TimePoint, const Sink& sink) override {
    while (!m_out.empty()) {
      sink(m_out.front().first, 0, m_out.front().second, false);
      m_out.pop_front();
    }
  }

  std::vector<std::tuple<TimePoint, SocketAddress, Bytes>> heard;
  std::vector<TimePoint> woken;
  std::optional<TimePoint> wakeAt;

 private:
  bool m_answers;
  std::deque<std::pair<SocketAddress, Bytes>> m_out;
};

TEST(Network, aRoundTripTakesBothDelaysAndARebindingIsSeen) {
  Network network(1);
  Echo a(false);
  Echo b(true);
  network.attach(a, kA);
  network.attach(b, kB);
  network.setLink(a, b, {.delay = 20ms});
  const TimePoint start = network.now();
  a.say(kB, {1, 2, 3});
  network.touch(a);
  network.runFor(1s);
  ASSERT_EQ(a.heard.size(), 1U);
  EXPECT_EQ(std::get<0>(a.heard[0]) - start, 40ms);

  const SocketAddress elsewhere{IpAddress::v4(10, 0, 0, 9), 77};
  network.rebind(a, elsewhere);
  a.say(kB, {4});
  network.touch(a);
  network.runFor(1s);
  EXPECT_EQ(std::get<1>(b.heard.back()), elsewhere);
  EXPECT_EQ(a.heard.size(), 2U);
}

TEST(Network, timeoutsFireAtTheirInstantAndTicksEndWithTheirHandle) {
  Network network(1);
  Echo a(false);
  a.wakeAt = network.now() + 123ms;
  network.attach(a, kA);
  const TimePoint start = network.now();
  int ticks = 0;
  {
    const auto ticker = network.every(10ms, [&](TimePoint) { ++ticks; });
    network.runFor(100ms);
  }
  network.runFor(1s);
  EXPECT_EQ(ticks, 10);
  ASSERT_EQ(a.woken.size(), 1U);
  EXPECT_EQ(a.woken[0] - start, 123ms);
}

TEST(Network, aTapMayChangeOrSwallow) {
  Network network(1);
  Echo a(false);
  Echo b(false);
  network.attach(a, kA);
  network.attach(b, kB);
  network.setTap([](const Node&, const Node&, Bytes& datagram) {
    if (datagram[0] == 0) return false;
    datagram[0] = 9;
    return true;
  });
  a.say(kB, {0});
  a.say(kB, {1});
  network.touch(a);
  network.runFor(1s);
  ASSERT_EQ(b.heard.size(), 1U);
  EXPECT_EQ(std::get<2>(b.heard[0]), Bytes{9});
}

TEST(Network, aJudgeMayLoseDelayOrDoubleOne) {
  Network network(1);
  Echo a(false);
  Echo b(false);
  network.attach(a, kA);
  network.attach(b, kB);
  network.setDefaultLink({.delay = 20ms});
  network.setJudge([](const Node&, const Node&, ByteView datagram) -> Network::Fate {
    if (datagram[0] == 0) return {.copies = 0};
    if (datagram[0] == 2) return {.copies = 2};
    return {.extra = datagram[0] == 1 ? Duration(100ms) : Duration(0)};
  });
  const TimePoint start = network.now();
  for (std::uint8_t n = 0; n < 4; ++n) a.say(kB, {n});
  network.touch(a);
  network.runFor(1s);
  std::vector<std::pair<int, Duration>> heard;
  for (const auto& [at, from, bytes] : b.heard) heard.emplace_back(bytes[0], at - start);
  EXPECT_EQ(heard,
            (std::vector<std::pair<int, Duration>>{{2, 20ms}, {2, 20ms}, {3, 20ms}, {1, 120ms}}));
}

TEST(Network, aSharedLinkHasOneQueue) {
  const SocketAddress thirdAddress{IpAddress::v4(10, 0, 0, 3), 3};
  Network network(1);
  Echo a(false), b(false), c(false);
  network.attach(a, kA);
  network.attach(b, kB);
  network.attach(c, thirdAddress);
  network.share({c, b}, {a, b});
  // 100 bytes and 28 of headers take 128 ms each.
  network.link(a, b).setSpec({.rateBps = 8000});
  const TimePoint start = network.now();
  a.say(kB, Bytes(100));
  c.say(kB, Bytes(100));
  network.touch(a);
  network.touch(c);
  network.runFor(1s);
  ASSERT_EQ(b.heard.size(), 2U);
  EXPECT_EQ(std::get<0>(b.heard[0]) - start, 128ms);
  EXPECT_EQ(std::get<0>(b.heard[1]) - start, 256ms);
  EXPECT_EQ(network.link(c, b).counters().sent, 2U);
  EXPECT_EQ(network.link(b, c).counters().sent, 0U);
}

TEST(SoundMatch, findsADelayedCopyAndNotAnother) {
  SeededRandom random(4);
  const auto babble = [&](std::size_t ms) {
    std::vector<std::int16_t> pcm;
    while (pcm.size() < ms * 48) {
      const double loudness = random.unit() < 0.3 ? 0.0 : random.unit() * 8000;
      for (int i = 0; i < 48 * 60; ++i)
        pcm.push_back(static_cast<std::int16_t>(loudness * (random.unit() - 0.5)));
    }
    return pcm;
  };
  const auto source = babble(3000);
  std::vector<std::int16_t> recording(137 * 48, 0);
  recording.insert(recording.end(), source.begin(), source.end());
  const auto match = matchSound(source, recording, -100ms, 500ms);
  ASSERT_TRUE(match);
  EXPECT_EQ(match->delay, 137ms);
  EXPECT_GT(match->similarity, 0.99);
  EXPECT_FALSE(matchSound(source, babble(3000), -100ms, 500ms)->isHeard());
  EXPECT_FALSE(matchSound(source, std::vector<std::int16_t>(48000, 0), 0ms, 100ms));
}

}  // namespace
}  // namespace foyer::sim
