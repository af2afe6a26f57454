#include "core/io/udp_socket.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <new>

#include "core/base/random.h"
#include "tests/io/wait.h"

namespace {
thread_local std::uint64_t t_allocations = 0;
}  // namespace

// Counts what this binary allocates, for "allocation-free in steady state".
void* operator new(std::size_t size) {
  ++t_allocations;
  if (void* memory = std::malloc(size == 0 ? 1 : size)) return memory;
  std::abort();
}
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  ++t_allocations;
  return std::malloc(size == 0 ? 1 : size);
}
void operator delete(void* memory) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t) noexcept { std::free(memory); }

namespace foyer::io {
namespace {

const SocketAddress kAnyV4{IpAddress::v4(127, 0, 0, 1), 0};
const SocketAddress kAnyV6{*IpAddress::parse("::1"), 0};

struct Received {
  SocketAddress remote;
  std::uint8_t ecn;
  Bytes bytes;
};

std::unique_ptr<UdpSocket> open(const SocketAddress& at, const UdpOptions& options = {}) {
  auto opened = UdpSocket::open(at, options);
  EXPECT_TRUE(opened) << (opened ? "" : opened.error().code + " " + opened.error().detail);
  return opened ? std::move(*opened) : nullptr;
}

// Receives until `count` are there or patience is over.
std::vector<Received> receiveAll(UdpSocket& socket, std::size_t count) {
  std::vector<Received> all;
  waitUntil([&] {
    socket.receive([&](const ReceivedDatagram& d) {
      all.push_back({d.remote, d.ecn, toBytes(d.bytes)});
    });
    return all.size() >= count;
  });
  return all;
}

class UdpBothFamilies : public testing::TestWithParam<SocketAddress> {};

TEST_P(UdpBothFamilies, carriesBytesAddressAndEcn) {
  const auto a = open(GetParam());
  const auto b = open(GetParam());
  ASSERT_TRUE(a && b);
  for (std::uint8_t ecn = 0; ecn < 4; ++ecn) {
    EXPECT_TRUE(a->queue(b->localAddress(), ecn, Bytes{1, 2, ecn}));
  }
  EXPECT_TRUE(a->flush());
  const auto got = receiveAll(*b, 4);
  ASSERT_EQ(got.size(), 4u);
  for (std::uint8_t ecn = 0; ecn < 4; ++ecn) {
    EXPECT_EQ(got[ecn].ecn, ecn);
    EXPECT_EQ(got[ecn].bytes, (Bytes{1, 2, ecn}));
    EXPECT_EQ(got[ecn].remote, a->localAddress());
  }
}

// Long runs of equal sizes go out and come in as segmented messages; nobody above may notice.
TEST_P(UdpBothFamilies, anyMixOfSizesArrivesInOrderWithAndWithoutOffload) {
  for (const bool offload : {true, false}) {
    const auto a = open(GetParam(), {.segmentationOffload = offload});
    const auto b = open(GetParam(), {.segmentationOffload = offload});
    ASSERT_TRUE(a && b);
    SeededRandom random(7);
    std::vector<Bytes> sent;
    std::size_t size = 1200;
    for (int i = 0; i < 300; ++i) {
      if (random.below(10) == 0) size = 1 + random.below(1452);
      Bytes bytes(size);
      random.fill(bytes);
      ASSERT_TRUE(a->queue(b->localAddress(), i / 100 == 1 ? 2 : 0, bytes));
      sent.push_back(bytes);
    }
    ASSERT_TRUE(a->flush());
    const auto got = receiveAll(*b, sent.size());
    ASSERT_EQ(got.size(), sent.size());
    for (std::size_t i = 0; i < sent.size(); ++i) {
      ASSERT_EQ(got[i].bytes, sent[i]) << i;
      ASSERT_EQ(got[i].ecn, i / 100 == 1 ? 2 : 0);
    }
    EXPECT_EQ(a->stats().sent, sent.size());
    EXPECT_EQ(b->stats().received, sent.size());
    if (offload) {
      EXPECT_LT(a->stats().sendCalls, 10u) << "batched";
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Udp, UdpBothFamilies, testing::Values(kAnyV4, kAnyV6),
                         [](const auto& i) { return i.param.ip.isV4() ? "V4" : "V6"; });

TEST(Udp, aTakenPortIsAFaultWithAFreeOneToOffer) {
  const auto first = open(kAnyV4);
  const auto second = UdpSocket::open(first->localAddress());
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().stage, "bind");
  EXPECT_EQ(second.error().code, "port_taken");
  EXPECT_TRUE(second.error().retryable);
  const auto free = findFreeUdpPort(kAnyV4.ip, first->localAddress().port);
  ASSERT_TRUE(free);
  EXPECT_NE(*free, first->localAddress().port);
  EXPECT_TRUE(UdpSocket::open({kAnyV4.ip, *free}));
}

TEST(Udp, anAddressOfAnotherMachineIsAFault) {
  const auto opened = UdpSocket::open({IpAddress::v4(192, 0, 2, 1), 0});
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().code, "address_not_local");
}

TEST(Udp, oneWildcardPortServesBothFamiliesBySockets) {
  const auto v4 = open({IpAddress::v4(0, 0, 0, 0), 0});
  const auto v6 = open({IpAddress::v6({}), v4->localAddress().port});
  ASSERT_TRUE(v6);
  const auto sender = open(kAnyV6);
  EXPECT_TRUE(sender->queue({kAnyV6.ip, v6->localAddress().port}, 0, Bytes{9}));
  EXPECT_TRUE(sender->flush());
  EXPECT_EQ(receiveAll(*v6, 1).size(), 1u);
}

TEST(Udp, refusesWhatItCannotSend) {
  const auto socket = open(kAnyV4);
  EXPECT_FALSE(socket->queue(kAnyV6, 0, Bytes{1}));
  EXPECT_FALSE(socket->queue(kAnyV4, 0, Bytes(UdpSocket::kMaxDatagramBytes + 1)));
  EXPECT_FALSE(socket->queue(kAnyV4, 0, Bytes{}));
  EXPECT_EQ(socket->stats().droppedUnsendable, 1u);
  EXPECT_EQ(socket->stats().droppedTooLarge, 2u);
  EXPECT_TRUE(socket->flush());
}

// Port 0 cannot be sent to: the kernel refuses each, and those behind still go.
TEST(Udp, oneUnsendableDatagramDoesNotHoldUpTheOthers) {
  const auto a = open(kAnyV4);
  const auto b = open(kAnyV4);
  for (int i = 0; i < 3; ++i) {
    EXPECT_TRUE(a->queue({kAnyV4.ip, 0}, 0, Bytes{0}));
    EXPECT_TRUE(a->queue({kAnyV4.ip, 0}, 0, Bytes{0}));
    EXPECT_TRUE(a->queue(b->localAddress(), 0, Bytes{1}));
  }
  EXPECT_TRUE(a->flush());
  EXPECT_EQ(receiveAll(*b, 3).size(), 3u);
  EXPECT_EQ(a->stats().droppedUnsendable, 6u);
}

TEST(Udp, sendingAndReceivingDoNotAllocate) {
  const auto a = open(kAnyV4);
  const auto b = open(kAnyV4);
  const Bytes voice(149);
  const Bytes bulk(1452);
  std::size_t received = 0;
  const UdpSocket::ReceiveSink sink = [&](const ReceivedDatagram& d) {
    received += d.bytes.size();
  };
  const SocketAddress to = b->localAddress();
  const std::uint64_t before = t_allocations;
  for (int round = 0; round < 50; ++round) {
    for (int i = 0; i < 20; ++i) a->queue(to, 2, i % 2 == 0 ? voice : bulk);
    a->flush();
    b->receive(sink);
  }
  EXPECT_EQ(t_allocations - before, 0u);
  EXPECT_GT(received, 0u);
}

}  // namespace
}  // namespace foyer::io
