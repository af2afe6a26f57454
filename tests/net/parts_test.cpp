// The small parts of the endpoint against simple models.
#include <map>
#include <set>

#include "core/net/cid_table.h"
#include "core/net/control_buffer.h"
#include "core/net/datagram_pool.h"
#include "core/net/keyed_hash.h"
#include "core/net/rate_limit.h"
#include "core/net/timer_heap.h"
#include "tests/net/endpoint_fixture.h"

namespace foyer::test {

TEST(Parts, cidTableBehavesLikeAMap) {
  SeededRandom random(1);
  CidTable table(random.u64());
  std::map<std::uint64_t, std::uint64_t> model;
  for (int i = 0; i < 50'000; ++i) {
    const std::uint64_t key = random.below(700);  // small, so that runs and removals meet
    const std::uint64_t handle = 1 + random.below(5);
    if (random.below(2) == 0) {
      table.set(key, handle);
      model[key] = handle;
    } else {
      table.erase(key, handle);
      if (const auto it = model.find(key); it != model.end() && it->second == handle) {
        model.erase(it);
      }
    }
    const std::uint64_t probe = random.below(700);
    const auto it = model.find(probe);
    ASSERT_EQ(table.find(probe), it == model.end() ? 0 : it->second) << "step " << i;
    ASSERT_EQ(table.size(), model.size());
  }
}

TEST(Parts, timerHeapAlwaysHasTheEarliest) {
  SeededRandom random(2);
  TimerHeap heap;
  std::map<std::uint32_t, std::uint64_t> model;
  for (int i = 0; i < 20'000; ++i) {
    const auto slot = static_cast<std::uint32_t>(random.below(100));
    const std::uint64_t when = random.below(1000);
    switch (random.below(4)) {
      case 0:
        heap.remove(slot);
        model.erase(slot);
        break;
      case 1:
        heap.setNoLater(slot, when);
        if (!model.contains(slot) || when < model[slot]) model[slot] = when;
        break;
      default:
        heap.set(slot, when);
        model[slot] = when;
    }
    std::uint64_t earliest = TimerHeap::kNever;
    for (const auto& [s, w] : model) earliest = std::min(earliest, w);
    ASSERT_EQ(heap.earliest().when, earliest) << "step " << i;
    ASSERT_EQ(heap.size(), model.size());
    if (earliest != TimerHeap::kNever) {
      ASSERT_EQ(model[heap.earliest().slot], earliest);
    }
  }
}

TEST(Parts, controlBufferKeepsHandedOverBytesAtTheirPlace) {
  SeededRandom random(3);
  ControlBuffer buffer;
  Bytes written;
  std::size_t handed = 0;
  std::size_t acked = 0;
  std::vector<std::pair<ByteView, std::size_t>> inFlight;  // where, and its offset
  for (int i = 0; i < 5000; ++i) {
    if (random.below(2) == 0) {
      Bytes more(1 + random.below(3000));
      random.fill(more);
      buffer.append(more);
      append(written, more);
    }
    if (const ByteView next = buffer.unsent(); !next.empty()) {
      const std::size_t n = 1 + random.below(next.size());
      ASSERT_TRUE(std::equal(next.begin(), next.end(),
                             written.begin() + static_cast<std::ptrdiff_t>(handed)));
      inFlight.emplace_back(next.first(n), handed);
      buffer.handedOver(n);
      handed += n;
    }
    for (const auto& [view, offset] : inFlight) {
      ASSERT_TRUE(std::equal(view.begin(), view.end(),
                             written.begin() + static_cast<std::ptrdiff_t>(offset)));
    }
    if (random.below(3) == 0 && !inFlight.empty()) {
      const std::size_t n = inFlight.front().first.size();
      inFlight.erase(inFlight.begin());
      buffer.acked(n);
      acked += n;
    }
    ASSERT_EQ(buffer.size(), written.size() - acked);
  }
}

TEST(Parts, datagramPoolReusesItsSlots) {
  DatagramPool pool(32);
  DatagramQueue a;
  DatagramQueue b;
  const TimePoint now = fromNanoseconds(1);
  for (std::uint8_t round = 0; round < 100; ++round) {
    for (std::uint8_t i = 0; i < 16; ++i) {
      const Bytes payload{round, i};
      ASSERT_TRUE(pool.push(a, now, {}, payload));
      ASSERT_TRUE(pool.push(b, now, payload, payload));
    }
    ASSERT_FALSE(pool.push(a, now, {}, {}));
    for (std::uint8_t i = 0; i < 16; ++i) {
      ASSERT_EQ(toBytes(pool.front(a)), (Bytes{round, i}));
      ASSERT_EQ(toBytes(pool.front(b)), (Bytes{round, i, round, i}));
      pool.pop(a);
      pool.pop(b);
    }
    ASSERT_EQ(a.count + b.count, 0U);
  }
}

TEST(Parts, keyedHashIsSipHash24) {
  // The first vectors of the SipHash paper's reference: key 00..0f, message 00..n-1.
  const HashKey key{0x0706050403020100ULL, 0x0f0e0d0c0b0a0908ULL};
  Bytes message;
  EXPECT_EQ(keyedHash(key, message), 0x726fdb47dd0e0e31ULL);
  for (std::uint8_t i = 0; i < 15; ++i) message.push_back(i);
  EXPECT_EQ(keyedHash(key, message), 0xa129ca6149be45e5ULL);
}

TEST(Parts, bucketsRefillAndNeighboursInAnIpv6NetworkShareOne) {
  AddressLimiter limiter(10, 5, HashKey{1, 2});
  const IpAddress one = *IpAddress::parse("2001:db8::1");
  const IpAddress two = *IpAddress::parse("2001:db8::ffff:2");
  const IpAddress other = *IpAddress::parse("2001:db8:1::1");
  const TimePoint now = fromNanoseconds(1'000'000'000);
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.take(now, i % 2 == 0 ? one : two));
  EXPECT_FALSE(limiter.take(now, one));
  EXPECT_TRUE(limiter.take(now, other));
  EXPECT_TRUE(limiter.take(now + 100ms, two));
  EXPECT_FALSE(limiter.take(now + 100ms, two));
}

TEST(Parts, connectsOverIpv6WithAZone) {
  Pair p;
  const SocketAddress client{
      IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 3), 4000};
  const SocketAddress server{
      IpAddress::v6({0xfe, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 3), 7447};
  p.wire.alias(p.clientNode, client);
  p.wire.alias(p.serverNode, server);
  DialOptions options = p.dial();
  options.local = client;
  options.remote = server;
  ASSERT_TRUE(p.up(options));
  EXPECT_EQ(p.server->remoteAddress(p.s), client);
  EXPECT_EQ(p.client->remoteAddress(p.c), server);
}

TEST(Parts, aFilteringEndpointCannotBeFoundByProbing) {
  EndpointConfig config = serverConfig();
  config.acceptFilter = [](const IncomingDial&) { return std::nullopt; };
  Pair p(config);
  p.start(p.dial());
  p.wire.inject(kClientAddress, kServerAddress, bytesOf(100, 0x45));
  Bytes version = bytesOf(1200, 0);
  version[0] = 0xc0;
  version[4] = 0x77;
  p.wire.inject(kClientAddress, kServerAddress, version);
  p.wire.run(1s);
  EXPECT_EQ(p.server->endpointStats().packetsSent, 0U);
}

TEST(Parts, aPublicEndpointThatFiltersAnswersStrangersAllTheSame) {
  EndpointConfig config = serverConfig();
  config.acceptFilter = [](const IncomingDial&) { return std::nullopt; };
  config.isPublic = true;
  Pair p(config);
  p.wire.inject(kClientAddress, kServerAddress, bytesOf(100, 0x45));
  Bytes version = bytesOf(1200, 0);
  version[0] = 0xc0;
  version[4] = 0x77;
  p.wire.inject(kClientAddress, kServerAddress, version);
  p.wire.run(1s);
  EXPECT_EQ(p.server->endpointStats().resetsSent, 1U);
  EXPECT_EQ(p.server->endpointStats().versionNegotiationsSent, 1U);
}

// Pitfall 12: connections never move, whatever comes and goes around them.
TEST(Parts, connectionsComeAndGoByTheHundred) {
  Pair p;
  SeededRandom random(9);
  std::set<ConnectionId> seen;
  std::vector<ConnectionId> open;
  for (int i = 0; i < 300; ++i) {
    const ConnectionId id = p.start(p.dial());
    EXPECT_TRUE(seen.insert(id).second);
    open.push_back(id);
    if (open.size() > 20) {
      const std::size_t victim = random.below(open.size());
      p.client->close(p.wire.now(), open[victim], 0);
      open.erase(open.begin() + static_cast<std::ptrdiff_t>(victim));
    }
    p.wire.run(30ms);
  }
  p.wire.run(1s);
  for (const ConnectionId id : open) EXPECT_TRUE(p.client->isConnected(id));
  EXPECT_EQ(p.client->connectionCount(), open.size());
  EXPECT_EQ(p.server->connectionCount(), open.size());
}

}  // namespace foyer::test
