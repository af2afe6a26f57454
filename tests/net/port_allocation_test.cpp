#include "core/net/port_allocation.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/random.h"

namespace foyer::test {

using namespace foyer::net;

namespace {

using Ports = std::vector<std::uint16_t>;

constexpr std::uint16_t kLocal = 40'000;

// A counter that goes around over the external ports.
class Counter {
 public:
  Counter(std::uint16_t first, int delta) : m_port(first), m_delta(delta) {}
  std::uint16_t next(unsigned foreign = 0) {
    const auto now = static_cast<std::uint16_t>(m_port);
    for (unsigned i = 0; i <= foreign; ++i) {
      m_port += m_delta;
      if (m_port > 65'535) m_port -= 65'536 - kFirstExternalPort;
      if (m_port < kFirstExternalPort) m_port += 65'536 - kFirstExternalPort;
    }
    return now;
  }

 private:
  int m_port;
  int m_delta;
};

std::uint16_t anyPort(RandomSource& random) {
  return static_cast<std::uint16_t>(kFirstExternalPort + random.below(65'536 - kFirstExternalPort));
}

std::string said(const PortAllocation& allocation) {
  return std::string(toString(allocation.pattern)) + " " + std::to_string(allocation.delta);
}

}  // namespace

TEST(PortAllocation, isReadFromATable) {
  struct Row {
    const char* what;
    Ports mapped;
    PortPattern pattern;
    int delta;
  };
  using enum PortPattern;
  for (const Row& row : {
           Row{"nothing seen", {}, Unknown, 0},
           Row{"one port, not ours", {5000}, Unknown, 0},
           Row{"the same mapping four times is one mapping", {5000, 5000, 5000, 5000}, Unknown, 0},
           Row{"two ports are no order", {5000, 5001}, Unknown, 0},
           Row{"ours, once", {kLocal}, Preserving, 0},
           Row{"ours, then in turn", {kLocal, 7001, 7002, 7003}, Sequential, 1},
           Row{"next ones", {5000, 5001, 5002}, Sequential, 1},
           Row{"every second", {5000, 5002, 5004, 5006}, Sequential, 2},
           Row{"downwards", {5000, 4999, 4998, 4997}, Sequential, -1},
           Row{"somebody else in between", {5000, 5001, 5003, 5004, 5008}, Sequential, 1},
           Row{"every second with somebody else", {5000, 5002, 5006, 5008}, Sequential, 2},
           Row{"a burst of others in between", {5000, 5001, 5400, 5401, 5402}, Sequential, 1},
           Row{"around at the end", {65534, 65535, 1024, 1025}, Sequential, 1},
           Row{"around over all ports", {65534, 65535, 0, 1}, Sequential, 1},
           Row{"around with only three", {65535, 1024, 1025}, Sequential, 1},
           Row{"around downwards", {1025, 1024, 65535, 65534}, Sequential, -1},
           Row{"widest step", {5000, 5032, 5064}, Sequential, 32},
           Row{"blocks look random", {5000, 5512, 6024, 6536}, Random, 0},
           Row{"random", {51234, 1093, 33322, 47000, 20011}, Random, 0},
           Row{"half in turn is not enough", {5000, 5001, 60000, 60001, 1111}, Random, 0},
       }) {
    const PortAllocation allocation = classifyPortAllocation(kLocal, row.mapped);
    EXPECT_EQ(allocation, (PortAllocation{row.pattern, row.delta}))
        << row.what << ": " << said(allocation);
  }
}

TEST(PortAllocation, severalSocketsThatKeepTheirPortsAreToldFromACounter) {
  // Neighbouring sockets of ours: kept and counted look the same but for where they begin.
  const std::vector<PortSample> kept{{40'000, 40'000}, {40'001, 40'001}, {40'002, 40'002}};
  const std::vector<PortSample> counted{{40'000, 40'010}, {40'001, 40'011}, {40'002, 40'012}};
  EXPECT_EQ(classifyPortAllocation(kept).pattern, PortPattern::Preserving);
  EXPECT_EQ(classifyPortAllocation(counted), (PortAllocation{PortPattern::Sequential, 1}));
  // One port was taken already: three of four are kept.
  const std::vector<PortSample> oneTaken{
      {40'000, 40'000}, {40'001, 1234}, {40'002, 40'002}, {40'003, 40'003}};
  EXPECT_EQ(classifyPortAllocation(oneTaken).pattern, PortPattern::Preserving);
}

TEST(PortAllocation, aCounterIsFoundWhereverItBeginsAndPredictsTheNext) {
  SeededRandom random(11);
  for (int run = 0; run < 2000; ++run) {
    const auto width = static_cast<int>(1 + random.below(kMaxPortDelta));
    const int delta = random.below(2) == 0 ? width : -width;
    Counter counter(anyPort(random), delta);
    Ports ports(kMinPortSamples + random.below(10));
    for (auto& port : ports) port = counter.next();
    // Ports of the socket itself may come up by chance; that is another pattern.
    const PortAllocation allocation = classifyPortAllocation(0, ports);
    ASSERT_EQ(allocation, (PortAllocation{PortPattern::Sequential, delta}))
        << "run " << run << " " << said(allocation);
    const Ports predicted = predictPorts(ports.back(), allocation, 10);
    ASSERT_EQ(predicted.size(), 10U);
    for (const std::uint16_t port : predicted) ASSERT_EQ(port, counter.next()) << "run " << run;
  }
}

TEST(PortAllocation, othersWhoAllocateInBetweenDoNotHideACounter) {
  SeededRandom random(12);
  int exact = 0;
  constexpr int kRuns = 2000;
  for (int run = 0; run < kRuns; ++run) {
    const auto delta = static_cast<int>(1 + random.below(4));
    Counter counter(anyPort(random), delta);
    Ports ports(8);
    // Every third mapping of ours is followed by one to three of others.
    for (auto& port : ports)
      port = counter.next(random.below(3) == 0 ? 1U + static_cast<unsigned>(random.below(3)) : 0U);
    const PortAllocation allocation = classifyPortAllocation(0, ports);
    ASSERT_EQ(allocation.pattern, PortPattern::Sequential) << "run " << run;
    exact += allocation.delta == delta ? 1 : 0;
  }
  // The rest had others after each of ours, which is a wider delta to anybody.
  EXPECT_GT(exact, kRuns * 97 / 100);
}

TEST(PortAllocation, fourOfTenStepsMayBeBroken) {
  SeededRandom random(13);
  for (int run = 0; run < 500; ++run) {
    std::uint16_t port = 10'000;
    Ports ports{port};
    std::vector<bool> isBroken(10, false);
    for (int i = 0; i < 4; ++i) isBroken[static_cast<std::size_t>(i)] = true;
    for (std::size_t i = 9; i > 0; --i) {
      const std::size_t other = random.below(i + 1);
      const bool held = isBroken[i];
      isBroken[i] = isBroken[other];
      isBroken[other] = held;
    }
    for (const bool broken : isBroken) {
      port = static_cast<std::uint16_t>(port + (broken ? 1'000 + random.below(3'000) : 1));
      ports.push_back(port);
    }
    ASSERT_EQ(classifyPortAllocation(0, ports), (PortAllocation{PortPattern::Sequential, 1}));
    // One more, and it is below 60 %.
    ports.push_back(static_cast<std::uint16_t>(port + 5'000));
    ASSERT_EQ(classifyPortAllocation(0, ports).pattern, PortPattern::Random);
  }
}

TEST(PortAllocation, randomPortsAreNeverTakenForACounter) {
  SeededRandom random(14);
  for (int run = 0; run < 5000; ++run) {
    Ports ports(4 + random.below(8));
    for (auto& port : ports) port = anyPort(random);
    ASSERT_EQ(classifyPortAllocation(0, ports).pattern, PortPattern::Random) << "run " << run;
  }
}

TEST(PortAllocation, moreThanTheBoundIsNotLookedAt) {
  Ports ports;
  for (std::size_t i = 0; i < 5000; ++i)
    ports.push_back(static_cast<std::uint16_t>(i < kMaxPortSamples ? 2000 + i : 7 * i));
  EXPECT_EQ(classifyPortAllocation(0, ports), (PortAllocation{PortPattern::Sequential, 1}));
}

TEST(PortPrediction, followsThePattern) {
  EXPECT_EQ(predictPorts(5000, {PortPattern::Sequential, 2}, 3), (Ports{5002, 5004, 5006}));
  EXPECT_EQ(predictPorts(65534, {PortPattern::Sequential, 1}, 3), (Ports{65535, 1024, 1025}));
  EXPECT_EQ(predictPorts(1025, {PortPattern::Sequential, -1}, 3), (Ports{1024, 65535, 65534}));
  EXPECT_EQ(predictPorts(4000, {PortPattern::Preserving, 0}, 5), (Ports{4000}));
  EXPECT_TRUE(predictPorts(4000, {PortPattern::Preserving, 0}, 0).empty());
  EXPECT_TRUE(predictPorts(4000, {PortPattern::Random, 0}, 5).empty());
  EXPECT_TRUE(predictPorts(4000, {}, 5).empty());
}

TEST(PortPrediction, isBoundedWhateverAPeerSays) {
  for (const int delta : {0, kMaxPortDelta + 1, -kMaxPortDelta - 1, 2'147'483'647, -2'147'483'647})
    EXPECT_TRUE(predictPorts(4000, {PortPattern::Sequential, delta}, 5).empty()) << delta;
  for (const int delta : {1, -1, kMaxPortDelta, -kMaxPortDelta}) {
    Ports ports = predictPorts(1030, {PortPattern::Sequential, delta}, 100'000);
    EXPECT_EQ(ports.size(), kMaxPredictedPorts);
    for (const std::uint16_t port : ports) EXPECT_GE(port, kFirstExternalPort);
    std::sort(ports.begin(), ports.end());
    EXPECT_EQ(std::unique(ports.begin(), ports.end()), ports.end()) << delta;
  }
}

}  // namespace foyer::test
