// UPnP against scripted routers on loopback: liars, hanging ones, ones that point elsewhere.
#include "core/io/port_mapper_upnp.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <thread>

#include "core/io/default_route.h"
#include "core/io/interfaces.h"
#include "core/io/socket_address.h"
#include "tests/io/wait.h"

namespace foyer::io {
namespace {

const IpAddress kLoopback = IpAddress::v4(127, 0, 0, 1);
constexpr std::uint16_t kPort = 41000;

// An HTTP server with a thread of its own; one connection at a time, closed after the answer.
class WebServer {
 public:
  // Gets the whole request; nullopt: never answers.
  using Answer = std::function<std::optional<std::string>(const std::string& request)>;

  explicit WebServer(Answer answer, IpAddress at = kLoopback)
      : m_answer(std::move(answer)), m_ip(at) {
    m_fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    RawAddress raw;
    toRaw({m_ip, 0}, raw);
    EXPECT_EQ(bind(m_fd, raw.get(), raw.length), 0);
    EXPECT_EQ(listen(m_fd, 16), 0);
    getsockname(m_fd, raw.get(), &raw.length);
    m_port = fromRaw(raw.get())->port;
    m_thread = std::thread([this] { serve(); });
  }
  ~WebServer() {
    m_isOver = true;
    shutdown(m_fd, SHUT_RDWR);
    m_thread.join();
    for (const int fd : m_held) close(fd);
    close(m_fd);
  }
  [[nodiscard]] std::string url(const std::string& path) const {
    return "http://" + SocketAddress{m_ip, m_port}.toString() + path;
  }
  [[nodiscard]] int requests() const { return m_requests; }

 private:
  void serve() {
    while (!m_isOver) {
      const int fd = accept4(m_fd, nullptr, nullptr, SOCK_CLOEXEC);
      if (fd < 0) continue;
      std::string request;
      while (!isWhole(request)) {
        char buffer[4096];
        const ssize_t got = recv(fd, buffer, sizeof buffer, 0);
        if (got <= 0) break;
        request.append(buffer, static_cast<std::size_t>(got));
      }
      ++m_requests;
      if (const auto body = m_answer(request)) {
        const bool isFault = body->find("errorCode") != std::string::npos;
        const std::string text = std::string("HTTP/1.1 ") + (isFault ? "500 E" : "200 OK") +
                                 "\r\nContent-Length: " + std::to_string(body->size()) +
                                 "\r\nConnection: close\r\n\r\n" + *body;
        send(fd, text.data(), text.size(), MSG_NOSIGNAL);
        close(fd);
      } else {
        m_held.push_back(fd);
      }
    }
  }
  static bool isWhole(const std::string& request) {
    const auto end = request.find("\r\n\r\n");
    if (end == std::string::npos) return false;
    const auto length = request.find("Content-Length: ");
    if (length == std::string::npos) return true;
    return request.size() >= end + 4 + std::stoul(request.substr(length + 16));
  }

  Answer m_answer;
  IpAddress m_ip;
  int m_fd = -1;
  std::uint16_t m_port = 0;
  std::atomic<bool> m_isOver{false};
  std::atomic<int> m_requests{0};
  std::vector<int> m_held;
  std::thread m_thread;
};

// A router of version 1 whose every answer can be bent.
struct Router {
  std::string controlUrl = "/ctl";
  std::string external = "203.0.113.7";
  bool hangs = false;
  int addError = 0;            // of AddPortMapping
  bool onlyPermanent = false;  // refuses leases
  bool keepsNothing = false;   // says yes, and its table is empty
  std::string client = "127.0.0.1";
  std::uint16_t clientPort = kPort;
  std::uint16_t takenPort = 0;  // belongs to somebody else
  std::mutex mutex;
  std::vector<std::uint16_t> added, removed;
  std::uint16_t open = 0;
  std::string lease;

  static std::string fault(int code) {
    return "<s:Envelope><s:Body><s:Fault><detail><UPnPError><errorCode>" + std::to_string(code) +
           "</errorCode></UPnPError></detail></s:Fault></s:Body></s:Envelope>";
  }
  static std::string argument(const std::string& request, const std::string& name) {
    const auto at = request.find("<" + name + ">");
    if (at == std::string::npos) return {};
    const auto begin = at + name.size() + 2;
    return request.substr(begin, request.find('<', begin) - begin);
  }
  static std::string reply(const std::string& action, const std::string& body) {
    return "<s:Envelope><s:Body><u:" + action + "Response>" + body + "</u:" + action +
           "Response></s:Body></s:Envelope>";
  }

  std::optional<std::string> answer(const std::string& request) {
    const std::lock_guard lock(mutex);
    if (hangs) return std::nullopt;
    if (request.starts_with("GET")) {
      return "<root><device><serviceList><service><serviceType>urn:schemas-upnp-org:service:"
             "WANIPConnection:1</serviceType><controlURL>" +
             controlUrl +
             "</controlURL><SCPDURL>/s</SCPDURL></service></serviceList></device>"
             "</root>";
    }
    const std::string port = argument(request, "NewExternalPort");
    const auto number = static_cast<std::uint16_t>(port.empty() ? 0 : std::stoi(port));
    if (request.find("#GetExternalIPAddress") != std::string::npos) {
      return reply("GetExternalIPAddress",
                   "<NewExternalIPAddress>" + external + "</NewExternalIPAddress>");
    }
    if (request.find("#GetSpecificPortMappingEntry") != std::string::npos) {
      const bool isTaken = number == takenPort;
      if (!isTaken && (number != open || open == 0)) return fault(714);
      return reply("GetSpecificPortMappingEntry",
                   "<NewInternalPort>" + std::to_string(clientPort) +
                       "</NewInternalPort><NewInternalClient>" +
                       (isTaken ? "192.168.1.66" : client) +
                       "</NewInternalClient><NewEnabled>1</NewEnabled><NewPortMappingDescription>x"
                       "</NewPortMappingDescription><NewLeaseDuration>" +
                       (lease.empty() ? "0" : lease) + "</NewLeaseDuration>");
    }
    if (request.find("#AddPortMapping") != std::string::npos) {
      lease = argument(request, "NewLeaseDuration");
      if (onlyPermanent && lease != "0") return fault(725);
      if (addError != 0) return fault(addError);
      EXPECT_EQ(argument(request, "NewProtocol"), "UDP");
      EXPECT_EQ(argument(request, "NewInternalClient"), "127.0.0.1");
      added.push_back(number);
      if (!keepsNothing) open = number;
      return reply("AddPortMapping", "");
    }
    if (request.find("#DeletePortMapping") != std::string::npos) {
      removed.push_back(number);
      open = 0;
      return reply("DeletePortMapping", "");
    }
    return fault(401);
  }
};

class PortMapperUpnp : public testing::Test {
 protected:
  UpnpErrand errand(net::UpnpOrder::Kind kind = net::UpnpOrder::Kind::Map) {
    UpnpErrand made;
    made.order = {kind, kPort, 7200};
    made.description = m_server.url("/desc.xml");
    made.gateway = made.local = kLoopback;
    made.localPort = kPort;
    made.otherPorts = {50001, 50002, 50003};
    return made;
  }
  net::UpnpAnswer ask(net::UpnpOrder::Kind kind = net::UpnpOrder::Kind::Map) {
    std::optional<net::UpnpAnswer> answer;
    EXPECT_TRUE(m_worker->run(errand(kind), [&](const net::UpnpAnswer& a) { answer = a; }));
    EXPECT_TRUE(turnUntil(m_loop, [&] { return answer.has_value(); }));
    return answer.value_or(net::UpnpAnswer{net::UpnpOutcome::OutOfTime, {}, 0});
  }

  // The server's thread reads the router under the same lock.
  void set(const std::function<void(Router&)>& change) {
    const std::lock_guard lock(m_router.mutex);
    change(m_router);
  }
  std::vector<std::uint16_t> added() {
    const std::lock_guard lock(m_router.mutex);
    return m_router.added;
  }
  std::vector<std::uint16_t> removed() {
    const std::lock_guard lock(m_router.mutex);
    return m_router.removed;
  }

  SystemClock m_clock;
  EventLoop m_loop{m_clock};
  Router m_router;
  WebServer m_server{[this](const std::string& request) { return m_router.answer(request); }};
  std::unique_ptr<UpnpWorker> m_worker = std::make_unique<UpnpWorker>(m_loop);
};

TEST_F(PortMapperUpnp, opensLooksAndCloses) {
  const auto answer = ask();
  EXPECT_EQ(answer.outcome, net::UpnpOutcome::Done);
  EXPECT_EQ(answer.external, (SocketAddress{IpAddress::v4(203, 0, 113, 7), kPort}));
  EXPECT_EQ(answer.lifetimeS, 7200U);
  EXPECT_EQ(ask(net::UpnpOrder::Kind::Remove).outcome, net::UpnpOutcome::Done);
  EXPECT_EQ(removed(), (std::vector<std::uint16_t>{kPort}));
}

TEST_F(PortMapperUpnp, aRouterThatKnowsOnlyPermanentPortsGetsOne) {
  set([&](Router& r) { r.onlyPermanent = true; });
  const auto answer = ask();
  EXPECT_EQ(answer.outcome, net::UpnpOutcome::Done);
  EXPECT_EQ(answer.lifetimeS, 0U);
}

TEST_F(PortMapperUpnp, aPortOfSomebodyElseIsLeftAlone) {
  set([&](Router& r) { r.takenPort = kPort; });
  EXPECT_EQ(ask().external.port, 50001);
  EXPECT_EQ(added(), (std::vector<std::uint16_t>{50001}));
  ask(net::UpnpOrder::Kind::Remove);  // names the port that belongs to the other one
  EXPECT_TRUE(removed().empty());
}

TEST_F(PortMapperUpnp, aYesThatTheTableDoesNotShowIsALie) {
  set([&](Router& r) { r.keepsNothing = true; });
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::NotOurs);
  set([&](Router& r) { r.keepsNothing = false; });
  set([&](Router& r) { r.client = "192.168.1.66"; });
  set([&](Router& r) { r.open = 0; });
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::NotOurs);
  set([&](Router& r) { r.client = "127.0.0.1"; });
  set([&](Router& r) { r.clientPort = kPort + 1; });
  set([&](Router& r) { r.open = 0; });
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::NotOurs);
}

TEST_F(PortMapperUpnp, refusalsAndMissingAddressesAreTold) {
  set([&](Router& r) { r.addError = 606; });
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::Refused);
  set([&](Router& r) { r.addError = 718; });  // every port is somebody's
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::Refused);
  EXPECT_TRUE(added().empty());
  for (const char* address : {"", "nonsense", "999.1.1.1"}) {
    set([&](Router& r) { r.external = address; });
    EXPECT_EQ(ask().outcome, net::UpnpOutcome::NoAddress) << address;
  }
}

TEST_F(PortMapperUpnp, aDescriptionThatPointsToAnotherHostIsNotFollowed) {
  WebServer victim([this](const std::string& request) { return m_router.answer(request); },
                   IpAddress::v4(127, 0, 0, 2));
  set([&](Router& r) { r.controlUrl = victim.url("/ctl"); });
  EXPECT_EQ(ask().outcome, net::UpnpOutcome::NoGateway);
  EXPECT_EQ(victim.requests(), 0);
}

TEST_F(PortMapperUpnp, aHangingRouterStallsNobody) {
  set([&](Router& r) { r.hangs = true; });
  bool isAnswered = false;
  ASSERT_TRUE(m_worker->run(errand(), [&](const net::UpnpAnswer&) { isAnswered = true; }));
  ASSERT_TRUE(waitUntil([&] { return m_server.requests() == 1; }));
  EXPECT_FALSE(m_worker->run(errand(), [](const net::UpnpAnswer&) {}));  // one at a time
  const TimePoint before = m_clock.now();
  m_worker->waitForEnd(20ms);
  m_worker.reset();
  EXPECT_LT(m_clock.now() - before, 2s);
  m_loop.runOnce(0ms);
  EXPECT_FALSE(isAnswered);
}

TEST(DefaultRouteTest, comesFromAnAddressOfThisMachine) {
  const auto route = findDefaultRoute(IpAddress::Family::V4);
  if (!route) GTEST_SKIP() << "no default route here; the namespaces of io.PortMapper have one";
  EXPECT_FALSE(route->gateway.isUnspecified());
  EXPECT_TRUE(std::ranges::any_of(listLocalAddresses(), [&](const LocalAddress& address) {
    return address.ip == route->local;
  }));
}

}  // namespace
}  // namespace foyer::io
