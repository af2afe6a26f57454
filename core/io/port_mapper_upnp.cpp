#include "core/io/port_mapper_upnp.h"

#include <miniupnpc/miniupnpc.h>
#include <miniupnpc/upnpcommands.h>
#include <pthread.h>
#include <signal.h>

#include <atomic>
#include <charconv>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <optional>
#include <string_view>
#include <thread>
#include <utility>

#include "core/net/port_mapping_ssdp.h"

namespace foyer::io {
namespace {

using net::UpnpAnswer;
using net::UpnpOrder;
using net::UpnpOutcome;

constexpr char kProtocol[] = "UDP";
// What people see in their router's list.
constexpr char kLabel[] = "Foyer";
// Error codes of WANIPConnection (UPnP Forum, version 2 section 2.5).
constexpr int kNoSuchEntry = 714;
constexpr int kConflict = 718;
constexpr int kOnlyPermanentLeases = 725;
constexpr int kConflictWithOtherMechanisms = 729;

template <class Number>
std::optional<Number> parseNumber(std::string_view text) {
  Number value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || text.empty()) return std::nullopt;
  return value;
}

// The router's description and one of its services. Blocking.
class Igd {
 public:
  explicit Igd(const UpnpErrand& errand) : m_errand(errand) {}
  ~Igd() { FreeUPNPUrls(&m_urls); }
  Igd(const Igd&) = delete;
  Igd& operator=(const Igd&) = delete;

  bool open();
  [[nodiscard]] bool hasVersion2() const {
    return std::string_view(m_data.first.servicetype).ends_with(":WANIPConnection:2");
  }
  std::optional<IpAddress> externalAddress();
  enum class Entry { Ours, Others, None, Unknown };
  Entry look(std::uint16_t port, std::uint32_t& lifetimeS);
  int add(std::uint16_t port, std::uint32_t lifetimeS);
  // The port that was given, or the error.
  std::pair<std::uint16_t, int> addAny(std::uint16_t port, std::uint32_t lifetimeS);
  void remove(std::uint16_t port);

 private:
  [[nodiscard]] bool isUsable() const;
  [[nodiscard]] const char* control() const { return m_urls.controlURL; }
  [[nodiscard]] const char* service() const { return m_data.first.servicetype; }

  const UpnpErrand& m_errand;
  UPNPUrls m_urls{};
  IGDdatas m_data{};
};

// The description may name any host; only the router itself is spoken to.
bool Igd::isUsable() const {
  const std::string_view type = service();
  return control() != nullptr && net::isUrlOf(control(), m_errand.gateway) &&
         (type.find(":WANIPConnection:") != std::string_view::npos ||
          type.find(":WANPPPConnection:") != std::string_view::npos);
}

bool Igd::open() {
  std::array<char, 64> lan{};
  if (UPNP_GetIGDFromUrl(m_errand.description.c_str(), &m_urls, &m_data, lan.data(),
                         static_cast<int>(lan.size())) != 1) {
    return false;
  }
  if (!isUsable()) return false;
  if (m_data.second.servicetype[0] == '\0' || UPNPIGD_IsConnected(&m_urls, &m_data) != 0) {
    return true;
  }
  // Routers for several kinds of lines have a connection for each; the second one may be in use.
  std::swap(m_data.first, m_data.second);
  FreeUPNPUrls(&m_urls);
  m_urls = {};
  GetUPNPUrls(&m_urls, &m_data, m_errand.description.c_str(), 0);
  return isUsable();
}

std::optional<IpAddress> Igd::externalAddress() {
  std::array<char, 64> text{};
  if (UPNP_GetExternalIPAddress(control(), service(), text.data()) != UPNPCOMMAND_SUCCESS) {
    return std::nullopt;
  }
  text.back() = '\0';
  return IpAddress::parse(text.data());
}

Igd::Entry Igd::look(std::uint16_t port, std::uint32_t& lifetimeS) {
  // Sizes beyond those that miniupnpc asks for.
  std::array<char, 64> client{};
  std::array<char, 32> clientPort{};
  std::array<char, 128> label{};
  std::array<char, 32> enabled{};
  std::array<char, 32> lease{};
  const int result = UPNP_GetSpecificPortMappingEntry(
      control(), service(), std::to_string(port).c_str(), kProtocol, nullptr, client.data(),
      clientPort.data(), label.data(), enabled.data(), lease.data());
  if (result == kNoSuchEntry) return Entry::None;
  if (result != UPNPCOMMAND_SUCCESS) return Entry::Unknown;
  lifetimeS = parseNumber<std::uint32_t>(lease.data()).value_or(0);
  const bool isOurs = IpAddress::parse(client.data()) == m_errand.local &&
                      parseNumber<std::uint16_t>(clientPort.data()) == m_errand.localPort &&
                      std::strcmp(enabled.data(), "0") != 0;
  return isOurs ? Entry::Ours : Entry::Others;
}

int Igd::add(std::uint16_t port, std::uint32_t lifetimeS) {
  return UPNP_AddPortMapping(control(), service(), std::to_string(port).c_str(),
                             std::to_string(m_errand.localPort).c_str(),
                             m_errand.local.toString().c_str(), kLabel, kProtocol, nullptr,
                             std::to_string(lifetimeS).c_str());
}

std::pair<std::uint16_t, int> Igd::addAny(std::uint16_t port, std::uint32_t lifetimeS) {
  std::array<char, 32> given{};
  const int result = UPNP_AddAnyPortMapping(
      control(), service(), std::to_string(port).c_str(),
      std::to_string(m_errand.localPort).c_str(), m_errand.local.toString().c_str(), kLabel,
      kProtocol, nullptr, std::to_string(lifetimeS).c_str(), given.data());
  if (result != UPNPCOMMAND_SUCCESS) return {0, result};
  return {parseNumber<std::uint16_t>(given.data()).value_or(0), result};
}

void Igd::remove(std::uint16_t port) {
  UPNP_DeletePortMapping(control(), service(), std::to_string(port).c_str(), kProtocol, nullptr);
}

// A port of ours in the router's table, or why there is none.
std::pair<std::uint16_t, UpnpOutcome> mapSomePort(Igd& igd, const UpnpErrand& errand) {
  const std::uint32_t lifetimeS = errand.order.lifetimeS;
  const std::uint16_t wished = errand.order.externalPort;
  std::uint32_t left = 0;
  // A lease of ours is renewed where it is; routers of version 2 choose a free port themselves.
  if (igd.hasVersion2() && igd.look(wished, left) != Igd::Entry::Ours) {
    const auto [port, result] = igd.addAny(wished, lifetimeS);
    if (result == UPNPCOMMAND_SUCCESS && port != 0) return {port, UpnpOutcome::Done};
  }
  for (const std::uint16_t port :
       {wished, errand.otherPorts[0], errand.otherPorts[1], errand.otherPorts[2]}) {
    // Some routers let a newcomer overwrite the port of another computer.
    if (port == 0 || igd.look(port, left) == Igd::Entry::Others) continue;
    int result = igd.add(port, lifetimeS);
    if (result == kOnlyPermanentLeases) result = igd.add(port, 0);
    if (result == UPNPCOMMAND_SUCCESS) return {port, UpnpOutcome::Done};
    if (result != kConflict && result != kConflictWithOtherMechanisms) break;
  }
  return {0, UpnpOutcome::Refused};
}

UpnpAnswer carryOut(const UpnpErrand& errand, const std::atomic<bool>& isAbandoned) {
  UpnpAnswer answer;
  Igd igd(errand);
  std::uint32_t lifetimeS = 0;
  if (!igd.open()) {
    answer.outcome = UpnpOutcome::NoGateway;
    return answer;
  }
  if (errand.order.kind == UpnpOrder::Kind::Remove) {
    if (igd.look(errand.order.externalPort, lifetimeS) != Igd::Entry::Others) {
      igd.remove(errand.order.externalPort);
    }
    return answer;
  }
  const auto external = igd.externalAddress();
  if (!external || isAbandoned) {
    answer.outcome = UpnpOutcome::NoAddress;
    return answer;
  }
  const auto [port, outcome] = mapSomePort(igd, errand);
  answer.outcome = outcome;
  if (outcome != UpnpOutcome::Done) return answer;
  if (isAbandoned) igd.remove(port);
  // It said yes; its table tells whether that is so. A router that cannot be asked is believed
  // until a packet came through or did not.
  const Igd::Entry entry = igd.look(port, lifetimeS);
  if (entry == Igd::Entry::None || entry == Igd::Entry::Others) {
    answer.outcome = UpnpOutcome::NotOurs;
    return answer;
  }
  answer.external = {*external, port};
  answer.lifetimeS = entry == Igd::Entry::Ours ? lifetimeS : errand.order.lifetimeS;
  return answer;
}

}  // namespace

struct UpnpWorker::Shared {
  std::mutex mutex;
  std::condition_variable ended;
  EventLoop* loop = nullptr;  // null once the worker is gone
  bool isBusy = false;
  std::atomic<bool> isAbandoned{false};
};

UpnpWorker::UpnpWorker(EventLoop& loop) : m_shared(std::make_shared<Shared>()) {
  m_shared->loop = &loop;
}

UpnpWorker::~UpnpWorker() {
  m_shared->isAbandoned = true;
  const std::lock_guard lock(m_shared->mutex);
  m_shared->loop = nullptr;
}

void UpnpWorker::waitForEnd(Duration atMost) {
  std::unique_lock lock(m_shared->mutex);
  m_shared->ended.wait_for(lock, atMost, [&] { return !m_shared->isBusy; });
}

bool UpnpWorker::run(UpnpErrand errand, Callback callback) {
  {
    const std::lock_guard lock(m_shared->mutex);
    if (m_shared->isBusy) return false;
    m_shared->isBusy = true;
  }
  // Detached: miniupnpc cannot be interrupted, and a router may let it wait as long as it likes.
  std::thread([shared = m_shared, errand = std::move(errand), callback = std::move(callback)] {
    // A router that closes its end must not end the program: miniupnpc writes without MSG_NOSIGNAL.
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);

    const UpnpAnswer answer = carryOut(errand, shared->isAbandoned);
    const std::lock_guard lock(shared->mutex);
    shared->isBusy = false;
    shared->ended.notify_all();
    if (shared->loop == nullptr) return;
    shared->loop->post([shared, callback, answer] {
      {
        const std::lock_guard again(shared->mutex);
        if (shared->loop == nullptr) return;
      }
      callback(answer);
    });
  }).detach();
  return true;
}

}  // namespace foyer::io
