// Observers that say whatever the input says: two bytes an answer. However they lie, the check ends
// in time, sends little, and nothing to where nobody may be sent.
#include "core/net/nat_check.h"

#include <algorithm>
#include <array>
#include <map>

#include "core/base/assert.h"

using namespace foyer;
using namespace foyer::net;

namespace {

const SocketAddress kMain{IpAddress::v4(10, 0, 0, 2), 4000};
constexpr std::size_t kSockets = 5;
// Four socket pairs that ask some six addresses, seven times at most.
constexpr std::size_t kMaxSends = 300;
// One for each datagram and each timer, and some.
constexpr std::size_t kMaxTurns = 1000;

// What a lie may name: ours, others', and what no host on the way may be made to send to.
const std::array<SocketAddress, 16> kNames{{
    {IpAddress::v4(203, 0, 113, 7), 5000},
    {IpAddress::v4(203, 0, 113, 7), 5001},
    {IpAddress::v4(203, 0, 113, 7), 40000},
    {IpAddress::v4(203, 0, 113, 8), 5000},
    {IpAddress::v4(198, 51, 100, 9), 3479},
    {IpAddress::v4(198, 51, 100, 1), 3479},
    {IpAddress::v4(198, 51, 100, 2), 3479},
    {IpAddress::v4(192, 168, 1, 1), 5000},
    {IpAddress::v4(127, 0, 0, 1), 5000},
    {IpAddress::v4(224, 0, 0, 251), 5353},
    {IpAddress::v4(255, 255, 255, 255), 9},
    {IpAddress::v4(0, 0, 0, 0), 5000},
    {IpAddress::v4(203, 0, 113, 7), 0},
    {IpAddress::v4(203, 0, 113, 7), 53},
    {kMain.ip, kMain.port},
    {IpAddress::v6({0x20, 1, 0xd, 0xb8}), 5000},
}};

// Whatever is said, nothing goes into the home, to this host, to groups or to well-known ports.
bool mayBeSentTo(const SocketAddress& to) {
  return isHostAddress(to) && to.port >= kFirstExternalPort && !to.ip.isPrivate() &&
         !to.ip.isLoopback() && !to.ip.isLinkLocal();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  SeededRandom random(1);
  NatCheckConfig config;
  for (std::uint8_t i = 1; i <= 3; ++i)
    config.observers.push_back({IpAddress::v4(198, 51, 100, i), 3478});
  config.mainV4 = NatSocket{kMain, kMain.port};
  for (std::uint16_t i = 1; i < kSockets; ++i) {
    const auto port = static_cast<std::uint16_t>(kMain.port + i);
    config.extra.push_back({{kMain.ip, port}, port});
  }
  config.hostAddresses = {kMain.ip};
  config.lifetimeWaits = {1s, 2s};
  NatCheck check(config, random);

  std::size_t at = 0;
  const auto next = [&]() -> std::uint8_t { return at < size ? data[at++] : 0; };
  struct Arrival {
    SocketAddress local;
    SocketAddress from;
    Bytes bytes;
  };
  std::multimap<TimePoint, Arrival> arrivals;
  TimePoint now = fromNanoseconds(1'000'000'000);
  const TimePoint end = now + 30s;
  std::size_t sends = 0;
  std::size_t turns = 0;
  const auto transmit = [&] {
    check.pollTransmit(now, [&](const TransmitBatch& batch) {
      ++sends;
      FOYER_ASSERT(mayBeSentTo(batch.remote), "nobody may be sent to there");
      const std::uint8_t how = next();
      const std::uint8_t what = next();
      const auto request = StunMessage::parse(batch.payload);
      FOYER_ASSERT(request.has_value(), "what leaves is STUN");
      if ((how & 7) == 0) return;  // silence
      Bytes buffer(256);
      StunWriter writer(buffer, StunMethod::Binding,
                        (how & 7) == 1 ? StunClass::Error : StunClass::Success,
                        request->transaction());
      if ((how & 7) == 1) writer.addErrorCode(static_cast<std::uint16_t>(300 + what), "");
      if ((how & 7) >= 2) writer.addXorAddress(StunAttribute::XorMappedAddress, kNames[what & 15]);
      if ((how & 7) >= 4) writer.addAddress(StunAttribute::OtherAddress, kNames[what >> 4]);
      Arrival arrival{batch.local, batch.remote, toBytes(writer.finish().value())};
      if ((how & 0x40) != 0) arrival.from = kNames[what >> 4];
      if ((how & 0x80) != 0) arrival.bytes[what % arrival.bytes.size()] ^= how;
      arrivals.emplace(now + ((how >> 3) & 7) * 60ms, std::move(arrival));
    });
  };
  check.start(now);
  transmit();
  while (!check.isDone()) {
    const auto timer = check.pollTimeout();
    FOYER_ASSERT(timer.has_value() || !arrivals.empty(), "something ends every wait");
    if (!arrivals.empty() && (!timer || arrivals.begin()->first <= *timer)) {
      now = std::max(now, arrivals.begin()->first);
      const Arrival arrival = arrivals.extract(arrivals.begin()).mapped();
      (void)check.handleDatagram(now, {arrival.local, arrival.from, 0, arrival.bytes});
    } else {
      now = std::max(now, *timer);
      check.handleTimeout(now);
    }
    transmit();
    FOYER_ASSERT(now < end && ++turns < kMaxTurns, "ends in time, without spinning");
  }
  FOYER_ASSERT(sends <= kMaxSends, "sends little");
  FOYER_ASSERT(!describe(check.report()).empty(), "and says something");
  return 0;
}
