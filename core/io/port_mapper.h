// The world around net::PortMapping: finds the router, carries its questions over UDP, listens for
// its announcements, searches and speaks UPnP. Loop thread only; what blocks has a thread of its
// own (port_mapper_upnp.h). Decides nothing.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "core/base/random.h"
#include "core/io/default_route.h"
#include "core/io/event_loop.h"
#include "core/io/port_mapper_upnp.h"
#include "core/io/udp_socket.h"
#include "core/net/port_mapping.h"

namespace foyer::io {

struct PortMapperOptions {
  std::uint16_t localPort = 0;  // of the UDP socket that is to be reached, never 0
  IpAddress::Family family = IpAddress::Family::V4;
  bool usesUpnp = true;
};

class PortMapper {
 public:
  // Anything but destroying the mapper may be done inside.
  using Callback = std::function<void(TimePoint now, const net::PortMappingEvent& event)>;
  // The search is sent at these times after it began, and given up after the last of them; a
  // router may wait MX = 1 s with its answer.
  static constexpr Duration kSearchTimes[] = {0ms, 500ms, 1500ms, 3s};
  // Without a router: the default route may come long after the address.
  static constexpr Duration kRouteRetry = 10s;

  // Begins at once. `loop` and `random` outlive the mapper.
  PortMapper(EventLoop& loop, RandomSource& random, const PortMapperOptions& options,
             Callback callback);
  // After stop() it only closes. Without, the router is told once, and only a UPnP call under way
  // is waited for, kEndPatience at most. No callback runs afterwards.
  static constexpr Duration kEndPatience = 1s;
  ~PortMapper();
  PortMapper(const PortMapper&) = delete;
  PortMapper& operator=(const PortMapper&) = delete;

  // Looks the router up again (after an AddressWatcher's news). With another router or another own
  // address the mapping is lost and a new one is asked for; otherwise nothing happens.
  void networkChanged();
  // The machine slept so long: see net::PortMapping.
  void onSlept(Duration slept);
  [[nodiscard]] bool hasGateway() const { return m_route.has_value(); }
  [[nodiscard]] const std::optional<net::HeldMapping>& held() const;
  // See net::PortMapping.
  void verified(const SocketAddress& external);
  void disproved(const SocketAddress& external);
  // Deletes what was opened; `onStopped` (never inside this call) within a little more than
  // PortMapping::kStopPatience. Nothing is told afterwards.
  void stop(std::function<void()> onStopped);

 private:
  void open();
  void close();
  void openAnnouncements();
  void readSocket(TimePoint now);
  void readAnnouncements(TimePoint now);
  void pump(TimePoint now);
  void carryOut(TimePoint now, const net::UpnpOrder& order);
  void runErrand();
  void search(TimePoint now);
  void answerUpnp(const net::UpnpAnswer& answer);
  void finishStop();

  EventLoop& m_loop;
  RandomSource& m_random;
  PortMapperOptions m_options;
  Callback m_callback;
  std::optional<DefaultRoute> m_route;
  std::unique_ptr<UdpSocket> m_socket;
  EventLoop::WatchId m_watch = 0;
  int m_announceFd = -1;
  EventLoop::WatchId m_announceWatch = 0;
  EventLoop::TimerId m_timer = 0;
  EventLoop::TimerId m_searchTimer = 0;
  std::unique_ptr<net::PortMapping> m_mapping;
  std::unique_ptr<UpnpWorker> m_upnp;
  std::optional<net::UpnpOrder> m_order;     // waits for the search or is carried out
  std::optional<std::string> m_description;  // where the router's UPnP is described
  std::optional<TimePoint> m_searchBegan;
  std::size_t m_searches = 0;
  bool m_isPumping = false;
  bool m_isStopping = false;
  std::function<void()> m_onStopped;
  std::shared_ptr<bool> m_isAlive = std::make_shared<bool>(true);
};

}  // namespace foyer::io
