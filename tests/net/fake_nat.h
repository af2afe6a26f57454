// A NAT by RFC 4787 and STUN servers as pure values, small enough to be seen to be right: what
// leaves gets an external address, what comes in finds its socket or nobody. For the tests of
// NatCheck alone; the simulator has its own.
#pragma once

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <queue>
#include <set>
#include <string>
#include <vector>

#include "core/base/random.h"
#include "core/net/nat_check.h"

namespace foyer::test {

inline SocketAddress at(std::string_view text) { return SocketAddress::parse(text).value(); }

struct FakeNat {
  enum class By { Nothing, Address, AddressAndPort };
  enum class Ports { Preserving, Counting, Random };
  By mapsBy = By::Nothing;
  By filtersBy = By::Nothing;
  Ports ports = Ports::Preserving;
  int delta = 1;
  bool hairpins = false;
  // No NAT: addresses stay, the filter is that of a firewall.
  bool translates = true;
  std::optional<Duration> lifetime;
  IpAddress ip = IpAddress::v4(203, 0, 113, 7);

  struct Mapping {
    SocketAddress local;
    SocketAddress external;
    std::set<SocketAddress> sentTo;
    TimePoint usedAt;
  };
  std::map<std::string, Mapping> mappings;
  SeededRandom random{77};
  int counter = 20'000;

  static std::string key(By by, const SocketAddress& remote) {
    switch (by) {
      case By::Nothing:
        return "";
      case By::Address:
        return remote.ip.toString();
      case By::AddressAndPort:
        return remote.toString();
    }
    return "";
  }
  SocketAddress out(TimePoint now, const SocketAddress& local, const SocketAddress& to) {
    std::erase_if(mappings, [&](const auto& entry) {
      return lifetime && now - entry.second.usedAt > *lifetime;
    });
    auto& mapping = mappings[local.toString() + ">" + key(mapsBy, to)];
    if (mapping.external.port == 0) {
      mapping.local = local;
      mapping.external = translates ? SocketAddress{ip, newPort(local.port)} : local;
    }
    mapping.sentTo.insert(to);
    mapping.usedAt = now;
    return mapping.external;
  }
  std::optional<SocketAddress> in(const SocketAddress& to, const SocketAddress& from) const {
    for (const auto& [name, mapping] : mappings) {
      if (mapping.external != to) continue;
      for (const SocketAddress& sentTo : mapping.sentTo)
        if (key(filtersBy, sentTo) == key(filtersBy, from)) return mapping.local;
    }
    return std::nullopt;
  }

 private:
  std::uint16_t newPort(std::uint16_t local) {
    const auto isFree = [&](int port) {
      return std::none_of(mappings.begin(), mappings.end(),
                          [&](const auto& entry) { return entry.second.external.port == port; });
    };
    if (ports == Ports::Preserving && isFree(local)) return local;
    if (ports == Ports::Counting) return static_cast<std::uint16_t>(counter += delta);
    return static_cast<std::uint16_t>(1024 + random.below(64'000));
  }
};

struct FakeServer {
  SocketAddress address;
  // Both of it, or none: answers from there are possible.
  std::optional<SocketAddress> other;
  // What it says the other address is, if it lies about it.
  std::optional<SocketAddress> saysOther;
  Duration delay = 20ms;
  bool isSilent = false;
  bool refusesChanges = false;
  bool talksNonsense = false;
  // Says this instead of what it sees.
  std::optional<SocketAddress> lie;
  bool liesAboutThePort = false;
};

// One host with a NatCheck, its NAT and the servers, in virtual time.
class FakeWorld {
 public:
  FakeNat nat;
  std::vector<FakeServer> servers;
  std::optional<net::NatCheck> check;
  TimePoint now = fromNanoseconds(3'000'000'000);
  TimePoint startedAt = now;
  bool blocksUdp = false;
  bool losesEverySecond = false;
  std::vector<SocketAddress> sentTo;

  static net::NatCheckConfig config() {
    net::NatCheckConfig config;
    config.mainV4 = net::NatSocket{at("10.0.0.2:4000"), 4000};
    config.mainV6 = net::NatSocket{at("[2001:db8::2]:4000"), 4000};
    for (std::uint16_t i = 0; i < 8; ++i) {
      const auto port = static_cast<std::uint16_t>(50'000 + 7 * i);
      config.extra.push_back({{IpAddress::v4(10, 0, 0, 2), port}, port});
    }
    config.hostAddresses = {at("10.0.0.2:1").ip, at("[2001:db8::2]:1").ip};
    return config;
  }
  // Two independent servers, the first with a second address.
  static std::vector<FakeServer> twoServers() {
    return {{.address = at("198.51.100.1:3478"), .other = at("198.51.100.2:3479")},
            {.address = at("192.0.2.50:3478")}};
  }

  net::NatReport run(net::NatCheckConfig config, Duration longest = 20s) {
    if (config.observers.empty())
      for (const FakeServer& server : servers) config.observers.push_back(server.address);
    check.emplace(std::move(config), m_random);
    check->start(now);
    transmit();
    while (!check->isDone()) {
      const auto timer = check->pollTimeout();
      const bool isArrival = !m_arrivals.empty() && (!timer || m_arrivals.begin()->first <= *timer);
      if (!isArrival && !timer) return check->report();  // stuck: isDone() tells
      now = std::max(now, isArrival ? m_arrivals.begin()->first : *timer);
      if (now - startedAt > longest) return check->report();
      if (isArrival) {
        const auto arrival = m_arrivals.extract(m_arrivals.begin()).mapped();
        arrival();
      } else {
        check->handleTimeout(now);
      }
      transmit();
    }
    return check->report();
  }

 private:
  void transmit() {
    check->pollTransmit(now, [&](const net::TransmitBatch& batch) {
      sentTo.push_back(batch.remote);
      ++m_sent;
      if (blocksUdp || (losesEverySecond && m_sent % 2 == 1)) return;
      if (batch.remote.ip.isV4() && !batch.local.ip.isV4()) return;
      const bool isV4 = batch.remote.ip.isV4();
      const SocketAddress source = isV4 ? nat.out(now, batch.local, batch.remote) : batch.local;
      if (isV4 && batch.remote.ip == nat.ip) {
        if (nat.hairpins) deliver(1ms, source, batch.remote, toBytes(batch.payload));
        return;
      }
      for (const FakeServer& server : servers) serve(server, source, batch);
    });
  }

  void serve(const FakeServer& server, const SocketAddress& source,
             const net::TransmitBatch& batch) {
    const bool isOther = server.other && batch.remote.ip == server.other->ip;
    const bool isMain = batch.remote.ip == server.address.ip;
    if ((!isOther && !isMain) || server.isSilent) return;
    const std::uint16_t otherPort = server.other ? server.other->port : server.address.port;
    if (batch.remote.port != server.address.port && batch.remote.port != otherPort) return;
    const auto request = net::StunMessage::parse(batch.payload);
    if (!request || request->messageClass() != net::StunClass::Request) return;
    const auto change = request->changeRequest().value_or(net::StunChangeRequest{});
    SocketAddress from = batch.remote;
    Bytes buffer(256);
    if ((change.ip || change.port) && (server.refusesChanges || !server.other)) {
      if (!server.refusesChanges) return;
      net::StunWriter writer(buffer, net::StunMethod::Binding, net::StunClass::Error,
                             request->transaction());
      deliver(server.delay, from, source, toBytes(writer.addErrorCode(420, "").finish().value()));
      return;
    }
    if (change.ip) from.ip = isMain ? server.other->ip : server.address.ip;
    if (change.port) from.port = from.port == server.address.port ? otherPort : server.address.port;
    SocketAddress mapped = server.lie.value_or(source);
    if (server.liesAboutThePort) mapped.port = static_cast<std::uint16_t>(mapped.port ^ 0x155);
    net::StunWriter writer(buffer, net::StunMethod::Binding, net::StunClass::Success,
                           request->transaction());
    if (server.talksNonsense)
      writer.addU32(net::StunAttribute::XorMappedAddress, 0xffffffff);
    else
      writer.addXorAddress(net::StunAttribute::XorMappedAddress, mapped);
    if (server.other)
      writer.addAddress(net::StunAttribute::OtherAddress, server.saysOther.value_or(*server.other));
    deliver(server.delay, from, source, toBytes(writer.finish().value()));
  }

  void deliver(Duration delay, const SocketAddress& from, const SocketAddress& to, Bytes bytes) {
    m_arrivals.emplace(now + delay, [this, from, to, bytes = std::move(bytes)] {
      const auto local = to.ip.isV4() ? nat.in(to, from) : to;
      if (local) (void)check->handleDatagram(now, {*local, from, 0, bytes});
    });
  }

  SeededRandom m_random{5};
  std::multimap<TimePoint, std::function<void()>> m_arrivals;
  std::size_t m_sent = 0;
};

}  // namespace foyer::test
