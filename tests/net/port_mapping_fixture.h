// A port kept open at a scripted router, in virtual time.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <variant>
#include <vector>

#include "core/net/port_mapping.h"
#include "tests/net/mapping_router.h"

namespace foyer::test {

inline const IpAddress kGateway = IpAddress::v4(192, 168, 1, 1);
inline const IpAddress kLocal = IpAddress::v4(192, 168, 1, 9);
constexpr std::uint16_t kPort = 41000;

class PortMappingTest : public testing::Test {
 protected:
  PortMappingTest() { make({kGateway, kLocal, kPort, false}); }

  void make(const PortMappingConfig& config) {
    m_random.emplace(1);
    m_mapping.emplace(config, *m_random);
  }
  void start() {
    m_mapping->start(m_now);
    settle();
  }
  // Everything that happens at this moment.
  void settle() {
    for (int i = 0; i < 100; ++i) {
      bool quiet = true;
      while (const auto bytes = m_mapping->pollTransmit()) {
        quiet = false;
        ++m_sent;
        if (m_loses > 0) {
          --m_loses;
          continue;
        }
        if (const auto reply = m_router.answer(m_now, *bytes)) {
          m_mapping->handleDatagram(m_now, {kGateway, kMappingServerPort}, *reply);
        }
      }
      while (const auto order = m_mapping->pollUpnp()) {
        quiet = false;
        m_orders.push_back(*order);
        if (m_upnp) m_mapping->onUpnp(m_now, m_upnp(*order));
      }
      if (quiet) break;
    }
    while (auto event = m_mapping->pollEvent()) m_events.push_back(std::move(*event));
  }
  void runFor(Duration time) {
    const TimePoint end = m_now + time;
    int turns = 0;
    while (true) {
      const auto next = m_mapping->pollTimeout();
      if (!next || *next > end) break;
      ASSERT_LT(++turns, 20'000) << "turns without end";
      m_now = std::max(m_now, *next);
      m_mapping->handleTimeout(m_now);
      settle();
    }
    m_now = end;
  }
  template <class Event>
  std::vector<Event> events() const {
    std::vector<Event> found;
    for (const auto& event : m_events) {
      if (const auto* e = std::get_if<Event>(&event)) found.push_back(*e);
    }
    return found;
  }
  SocketAddress expectMapped(MappingWay way) {
    const auto mapped = events<PortMapped>();
    if (mapped.empty()) {
      ADD_FAILURE() << "not mapped";
      return {};
    }
    EXPECT_EQ(mapped.back().way, way);
    EXPECT_EQ(m_mapping->held()->external, mapped.back().external);
    return mapped.back().external;
  }

  TimePoint m_now = TimePoint(100s);
  std::optional<SeededRandom> m_random;
  MappingRouter m_router;
  std::optional<PortMapping> m_mapping;
  std::function<UpnpAnswer(const UpnpOrder&)> m_upnp;
  std::vector<UpnpOrder> m_orders;
  std::vector<PortMappingEvent> m_events;
  int m_sent = 0;
  int m_loses = 0;  // so many questions never arrive
};

}  // namespace foyer::test
