#include "relaylite/forwarder.h"

#include <gtest/gtest.h>

#include <map>

#include "core/wire/media_packet.h"

namespace foyer::relaylite {
namespace {

const TimePoint kStart = fromNanoseconds(1'000'000'000);

net::ConnectionId connection(std::uint64_t slot, std::uint64_t generation = 1) {
  return {(generation << net::ConnectionId::kSlotBits) | slot};
}

struct Recorder final : Carrier {
  bool sendControl(net::ConnectionId, ByteView) override { return true; }
  bool sendDatagram(TimePoint, net::ConnectionId to, ByteView header, ByteView payload) override {
    const auto number = wire::decodeVarint(header);
    EXPECT_TRUE(number && number->size == header.size());
    got[to].emplace_back(number->value, std::string(textOf(payload)));
    return !isDead;
  }
  void close(TimePoint, net::ConnectionId, wire::CloseCode) override {}
  [[nodiscard]] std::size_t controlPending(net::ConnectionId) const override { return 0; }
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId) const override { return {}; }
  std::map<net::ConnectionId, std::vector<std::pair<std::uint64_t, std::string>>> got;
  bool isDead = false;
};

struct ForwarderTest : ::testing::Test {
  void say(net::ConnectionId from, std::uint64_t channel, std::string_view text) {
    Bytes packet(8);
    packet.resize(wire::encodeVarint(channel, packet));
    append(packet, viewOf(text));
    forwarder.onDatagram(kStart, from, packet);
  }
  Recorder carrier;
  Metrics metrics;
  RelayLimits limits;
  Forwarder forwarder{carrier, metrics, limits};
};

TEST_F(ForwarderTest, oneSourceReachesManyEachUnderItsOwnNumber) {
  const auto source = forwarder.open(connection(1), kStart);
  ASSERT_TRUE(source);
  for (std::uint64_t i = 0; i < 50; ++i) {
    // Some have received other channels before, so numbers differ and so do their lengths.
    for (std::uint64_t earlier = 0; earlier < i * 3; ++earlier) {
      (void)forwarder.takeRx(connection(10 + i));
    }
    EXPECT_TRUE(forwarder.addReceiver(source->source, connection(10 + i),
                                      forwarder.takeRx(connection(10 + i))));
  }
  say(connection(1), source->tx, "to all");
  EXPECT_EQ(carrier.got.size(), 50u);
  for (std::uint64_t i = 0; i < 50; ++i) {
    const auto& got = carrier.got[connection(10 + i)];
    ASSERT_EQ(got.size(), 1u);
    EXPECT_EQ(got[0], (std::pair{i * 3, std::string("to all")}));
  }
  EXPECT_EQ(metrics.datagramsForwarded, 50u);
  forwarder.removeReceiver(source->source, connection(10));
  say(connection(1), source->tx, "to the rest");
  EXPECT_EQ(carrier.got[connection(10)].size(), 1u);
  EXPECT_EQ(carrier.got[connection(11)].size(), 2u);
}

TEST_F(ForwarderTest, numbersAreNotUsedAgainOnAConnection) {
  const auto first = forwarder.open(connection(1), kStart);
  forwarder.close(first->source);
  const auto second = forwarder.open(connection(1), kStart);
  EXPECT_NE(first->tx, second->tx);
  EXPECT_TRUE(forwarder.addReceiver(second->source, connection(2), 0));
  say(connection(1), first->tx, "late");
  EXPECT_TRUE(carrier.got.empty());
  EXPECT_EQ(metrics.datagramsUnknownChannel, 1u);
  // The old handle does not reach what took its place.
  EXPECT_FALSE(forwarder.addReceiver(first->source, connection(3), 0));
  forwarder.close(first->source);
  say(connection(1), second->tx, "alive");
  EXPECT_EQ(carrier.got[connection(2)].size(), 1u);
}

TEST_F(ForwarderTest, aForgottenConnectionSendsNothingAndItsSuccessorStartsAnew) {
  const auto source = forwarder.open(connection(1), kStart);
  EXPECT_TRUE(forwarder.addReceiver(source->source, connection(2), 0));
  forwarder.forget(connection(1));
  EXPECT_EQ(forwarder.sources(), 0u);
  say(connection(1), source->tx, "ghost");
  say(connection(1, 2), source->tx, "successor in the same slot");
  EXPECT_TRUE(carrier.got.empty());
  EXPECT_EQ(forwarder.lastPacket(source->source), std::nullopt);
  EXPECT_EQ(forwarder.open(connection(1, 2), kStart)->tx, 0u);
}

TEST_F(ForwarderTest, sourcesAndReceiversAreBounded) {
  std::size_t opened = 0;
  std::optional<Forwarder::Opened> last;
  while (const auto source = forwarder.open(connection(1), kStart)) {
    last = source;
    ++opened;
  }
  EXPECT_EQ(opened, Forwarder::kMaxSourcesPerConnection);
  std::uint64_t added = 0;
  while (forwarder.addReceiver(last->source, connection(10 + added), 0)) ++added;
  EXPECT_EQ(added, Forwarder::kMaxReceivers);
}

TEST_F(ForwarderTest, emptyAndCutHeadersAreUnknownChannels) {
  const auto source = forwarder.open(connection(1), kStart);
  EXPECT_TRUE(forwarder.addReceiver(source->source, connection(2), 0));
  forwarder.onDatagram(kStart, connection(1), {});
  forwarder.onDatagram(kStart, connection(1), Bytes{0x40});
  forwarder.onDatagram(kStart, connection(900), Bytes{0x00, 1});
  EXPECT_EQ(metrics.datagramsUnknownChannel, 3u);
  carrier.isDead = true;
  say(connection(1), source->tx, "x");
  EXPECT_EQ(metrics.datagramsUnsendable, 1u);
}

}  // namespace
}  // namespace foyer::relaylite
