#include "core/io/mdns.h"

#include <avahi-client/client.h>
#include <avahi-client/lookup.h>
#include <avahi-client/publish.h>
#include <avahi-common/alternative.h>
#include <avahi-common/error.h>
#include <avahi-common/malloc.h>
#include <avahi-common/strlst.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>
#include <map>
#include <string_view>
#include <utility>

#include "core/io/avahi_poll.h"
#include "core/io/interfaces.h"
#include "core/io/loop_thread.h"

namespace foyer::io {
namespace {

constexpr Duration kFirstRetry = 1s;
constexpr Duration kLongestRetry = 30s;
// RFC 6763 section 4.1.1.
constexpr std::size_t kMaxNameBytes = 63;
// A relay answers on a few interfaces in two families; more per name is somebody flooding.
constexpr std::size_t kMaxEntries = Mdns::kMaxRelays * 4;
constexpr std::size_t kMaxAddresses = 16;
// Renaming after clashes: 30 relays of one name in one network is somebody playing.
constexpr int kMaxRenames = 30;

// Not in the middle of a UTF-8 character.
std::string cutName(std::string name) {
  if (name.size() > kMaxNameBytes) {
    std::size_t end = kMaxNameBytes;
    while (end > 0 && (static_cast<unsigned char>(name[end]) & 0xC0) == 0x80) --end;
    name.resize(end);
  }
  if (name.empty()) name = "Foyer";
  return name;
}

std::optional<IpAddress> addressOf(const AvahiAddress& address, AvahiIfIndex interface) {
  if (address.proto == AVAHI_PROTO_INET) {
    std::array<std::uint8_t, 4> b{};
    std::memcpy(b.data(), &address.data.ipv4.address, 4);
    return IpAddress::v4(b[0], b[1], b[2], b[3]);
  }
  if (address.proto != AVAHI_PROTO_INET6) return std::nullopt;
  std::array<std::uint8_t, 16> b{};
  std::memcpy(b.data(), address.data.ipv6.address, 16);
  IpAddress ip = IpAddress::v6(b);
  if (ip.isLinkLocal() && interface > 0) ip.scopeId = static_cast<std::uint32_t>(interface);
  return ip;
}

struct EntryKey {
  AvahiIfIndex interface = AVAHI_IF_UNSPEC;
  AvahiProtocol protocol = AVAHI_PROTO_UNSPEC;
  std::string name;
  auto operator<=>(const EntryKey&) const = default;
};

struct Entry {
  AvahiServiceResolver* resolver = nullptr;
  std::optional<MdnsRelay> relay;  // unset until resolved
};

}  // namespace

const char* toString(MdnsState state) {
  switch (state) {
    case MdnsState::Off:
      return "off";
    case MdnsState::Unavailable:
      return "unavailable";
    case MdnsState::Running:
      return "running";
  }
  return "?";
}

std::vector<std::string> mdnsTxt(const Fingerprint& fingerprint) {
  return {"fp=" + fingerprint.hex(), "v=" + std::to_string(kMdnsProtocolVersion)};
}

void readMdnsTxt(const std::vector<std::string>& txt, MdnsRelay& into) {
  for (const std::string& item : txt) {
    const std::string_view text = item;
    if (text.starts_with("fp=")) {
      into.fingerprint = Fingerprint::parseHex(text.substr(3));
    } else if (text.starts_with("v=")) {
      const std::string_view number = text.substr(2);
      int version = 0;
      const auto [end, error] =
          std::from_chars(number.data(), number.data() + number.size(), version);
      const bool whole = error == std::errc() && end == number.data() + number.size();
      into.version = whole && version > 0 ? version : 0;
    }
  }
}

// Everything but the constructor, the destructor and the two posts lives in `thread`.
struct Mdns::State {
  SystemClock clock;
  LoopThread thread{"foyer-mdns", clock};
  Callbacks callbacks;
  AvahiPoll poll = avahiPollOn(thread.loop());
  EventLoop::TimerId retryTimer = 0;
  Duration nextRetry = kFirstRetry;

  std::optional<MdnsAnnouncement> announcement;
  bool wantsBrowsing = false;
  MdnsState state = MdnsState::Off;
  AvahiClient* client = nullptr;
  bool isRunning = false;
  AvahiEntryGroup* group = nullptr;
  std::string announcedName;
  int renames = 0;
  AvahiServiceBrowser* browser = nullptr;
  std::map<EntryKey, Entry> entries;
  std::vector<MdnsRelay> told;

  EventLoop& loop() { return thread.loop(); }
  void setState(MdnsState now);
  void apply();
  void connect();
  void disconnect();
  void retryLater();
  void onClient(AvahiClient* from, AvahiClientState now);
  void publish();
  void onGroup(AvahiEntryGroup* from, AvahiEntryGroupState now);
  void clash();
  void dropGroup();
  void startBrowsing();
  void stopBrowsing();
  void onFound(AvahiClient* from, const EntryKey& key, const char* type, const char* domain);
  void onResolved(AvahiServiceResolver* from, std::optional<MdnsRelay> relay);
  void tellRelays();
};

void Mdns::State::setState(MdnsState now) {
  if (std::exchange(state, now) != now && callbacks.onState) callbacks.onState(now);
}

// Brings Avahi in line with what is wanted.
void Mdns::State::apply() {
  if (!announcement && !wantsBrowsing) {
    disconnect();
    loop().setDeadline(retryTimer, std::nullopt);
    setState(MdnsState::Off);
    tellRelays();
    return;
  }
  if (client == nullptr) {
    connect();
    return;
  }
  if (!isRunning) return;
  if (announcement) {
    publish();
  } else {
    dropGroup();
  }
  if (wantsBrowsing) {
    startBrowsing();
  } else {
    stopBrowsing();
  }
}

void Mdns::State::connect() {
  int error = 0;
  // NO_FAIL: without a daemon the client waits for one. Without a bus it is null.
  AvahiClient* made = avahi_client_new(
      &poll, AVAHI_CLIENT_NO_FAIL,
      [](AvahiClient* from, AvahiClientState now, void* self) {
        static_cast<State*>(self)->onClient(from, now);
      },
      this, &error);
  if (made == nullptr) {
    setState(MdnsState::Unavailable);
    retryLater();
    return;
  }
  client = made;
  // The callback has already run inside the call, before there was a client to work with.
  apply();
}

void Mdns::State::disconnect() {
  isRunning = false;
  stopBrowsing();
  dropGroup();
  if (client != nullptr) avahi_client_free(client);
  client = nullptr;
}

void Mdns::State::retryLater() {
  loop().setDeadline(retryTimer, loop().now() + nextRetry);
  nextRetry = std::min(nextRetry * 2, kLongestRetry);
}

void Mdns::State::onClient(AvahiClient* from, AvahiClientState now) {
  switch (now) {
    case AVAHI_CLIENT_S_RUNNING:
      isRunning = true;
      nextRetry = kFirstRetry;
      setState(MdnsState::Running);
      if (client != nullptr) apply();
      return;
    case AVAHI_CLIENT_S_COLLISION:
    case AVAHI_CLIENT_S_REGISTERING:
      // The host's own name changes; records that point to it are registered anew when running.
      isRunning = false;
      dropGroup();
      return;
    case AVAHI_CLIENT_CONNECTING:
      isRunning = false;
      setState(MdnsState::Unavailable);
      return;
    case AVAHI_CLIENT_FAILURE:
      // The daemon went away. The client cannot be freed inside its own callback.
      isRunning = false;
      setState(MdnsState::Unavailable);
      loop().post([this, from] {
        if (client != from) return;
        disconnect();
        tellRelays();
        retryLater();
      });
      return;
  }
}

void Mdns::State::publish() {
  if (group != nullptr) return;
  if (announcedName.empty()) announcedName = cutName(announcement->name);
  group = avahi_entry_group_new(
      client,
      [](AvahiEntryGroup* from, AvahiEntryGroupState now, void* self) {
        static_cast<State*>(self)->onGroup(from, now);
      },
      this);
  if (group == nullptr) return;
  while (true) {
    AvahiStringList* txt = nullptr;
    for (const std::string& item : mdnsTxt(announcement->fingerprint)) {
      txt = avahi_string_list_add(txt, item.c_str());
    }
    const int error = avahi_entry_group_add_service_strlst(
        group, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, AvahiPublishFlags{}, announcedName.c_str(),
        kMdnsServiceType, nullptr, nullptr, announcement->port, txt);
    avahi_string_list_free(txt);
    if (error == 0 && avahi_entry_group_commit(group) == 0) return;
    if (error != AVAHI_ERR_COLLISION || renames >= kMaxRenames) break;
    char* other = avahi_alternative_service_name(announcedName.c_str());
    announcedName = cutName(other);
    avahi_free(other);
    ++renames;
  }
  if (callbacks.onAnnounced) callbacks.onAnnounced({});
}

void Mdns::State::onGroup(AvahiEntryGroup* from, AvahiEntryGroupState now) {
  switch (now) {
    case AVAHI_ENTRY_GROUP_ESTABLISHED:
      if (callbacks.onAnnounced) callbacks.onAnnounced(announcedName);
      return;
    case AVAHI_ENTRY_GROUP_COLLISION:
      loop().post([this, from] {
        if (group == from) clash();
      });
      return;
    case AVAHI_ENTRY_GROUP_FAILURE:
      if (callbacks.onAnnounced) callbacks.onAnnounced({});
      return;
    case AVAHI_ENTRY_GROUP_UNCOMMITED:
    case AVAHI_ENTRY_GROUP_REGISTERING:
      return;
  }
}

// Somebody else in the network has the name: take the next one.
void Mdns::State::clash() {
  dropGroup();
  if (renames >= kMaxRenames) {
    if (callbacks.onAnnounced) callbacks.onAnnounced({});
    return;
  }
  ++renames;
  char* other = avahi_alternative_service_name(announcedName.c_str());
  announcedName = cutName(other);
  avahi_free(other);
  apply();
}

void Mdns::State::dropGroup() {
  if (group != nullptr) avahi_entry_group_free(group);
  group = nullptr;
}

void Mdns::State::startBrowsing() {
  if (browser != nullptr) return;
  browser = avahi_service_browser_new(
      client, AVAHI_IF_UNSPEC, AVAHI_PROTO_UNSPEC, kMdnsServiceType, nullptr, AvahiLookupFlags{},
      [](AvahiServiceBrowser* from, AvahiIfIndex interface, AvahiProtocol protocol,
         AvahiBrowserEvent event, const char* name, const char* type, const char* domain,
         AvahiLookupResultFlags, void* userdata) {
        auto* self = static_cast<State*>(userdata);
        if (event == AVAHI_BROWSER_NEW) {
          self->onFound(avahi_service_browser_get_client(from), {interface, protocol, name}, type,
                        domain);
        } else if (event == AVAHI_BROWSER_REMOVE) {
          const auto found = self->entries.find({interface, protocol, name});
          if (found == self->entries.end()) return;
          if (found->second.resolver != nullptr) {
            avahi_service_resolver_free(found->second.resolver);
          }
          self->entries.erase(found);
          self->tellRelays();
        }
      },
      this);
}

void Mdns::State::stopBrowsing() {
  for (auto& [key, entry] : entries) {
    if (entry.resolver != nullptr) avahi_service_resolver_free(entry.resolver);
  }
  entries.clear();
  if (browser != nullptr) avahi_service_browser_free(browser);
  browser = nullptr;
}

void Mdns::State::onFound(AvahiClient* from, const EntryKey& key, const char* type,
                          const char* domain) {
  if (entries.contains(key) || entries.size() >= kMaxEntries) return;
  AvahiServiceResolver* resolver = avahi_service_resolver_new(
      from, key.interface, key.protocol, key.name.c_str(), type, domain, AVAHI_PROTO_UNSPEC,
      AvahiLookupFlags{},
      [](AvahiServiceResolver* asked, AvahiIfIndex interface, AvahiProtocol,
         AvahiResolverEvent event, const char* name, const char*, const char*, const char*,
         const AvahiAddress* address, std::uint16_t port, AvahiStringList* txt,
         AvahiLookupResultFlags, void* userdata) {
        std::optional<MdnsRelay> relay;
        if (event == AVAHI_RESOLVER_FOUND && address != nullptr && port != 0) {
          relay.emplace();
          relay->name = name;
          if (const auto ip = addressOf(*address, interface)) relay->addresses = {{*ip, port}};
          std::vector<std::string> items;
          for (const AvahiStringList* i = txt; i != nullptr; i = i->next) {
            items.emplace_back(reinterpret_cast<const char*>(i->text), i->size);
          }
          readMdnsTxt(items, *relay);
        }
        static_cast<State*>(userdata)->onResolved(asked, std::move(relay));
      },
      this);
  if (resolver != nullptr) entries[key] = {resolver, std::nullopt};
}

void Mdns::State::onResolved(AvahiServiceResolver* from, std::optional<MdnsRelay> relay) {
  for (auto& [key, entry] : entries) {
    if (entry.resolver != from) continue;
    entry.relay = std::move(relay);
    break;
  }
  tellRelays();
}

// One relay is found once per interface and family: merged by name and fingerprint.
void Mdns::State::tellRelays() {
  std::vector<MdnsRelay> relays;
  for (const auto& [key, entry] : entries) {
    if (!entry.relay || entry.relay->addresses.empty()) continue;
    const MdnsRelay& found = *entry.relay;
    const auto known = std::ranges::find_if(relays, [&](const MdnsRelay& r) {
      return r.name == found.name && r.fingerprint == found.fingerprint;
    });
    if (known == relays.end()) {
      if (relays.size() < kMaxRelays) relays.push_back(found);
      continue;
    }
    const SocketAddress& address = found.addresses.front();
    if (std::ranges::find(known->addresses, address) == known->addresses.end() &&
        known->addresses.size() < kMaxAddresses) {
      known->addresses.push_back(address);
    }
  }
  for (MdnsRelay& relay : relays) rankAddresses(relay.addresses);
  if (relays == told) return;
  told = relays;
  if (callbacks.onRelays) callbacks.onRelays(std::move(relays));
}

Mdns::Mdns(Callbacks callbacks) : m_state(std::make_unique<State>()) {
  State* s = m_state.get();
  s->callbacks = std::move(callbacks);
  s->retryTimer = s->loop().addTimer([s](TimePoint) { s->apply(); });
  s->thread.start({}, [s] { s->disconnect(); });
}

Mdns::~Mdns() { m_state->thread.stopAndJoin(); }

void Mdns::announce(std::optional<MdnsAnnouncement> announcement) {
  State* s = m_state.get();
  s->loop().post([s, announcement = std::move(announcement)] {
    if (s->announcement == announcement) return;
    s->announcement = announcement;
    s->announcedName.clear();
    s->renames = 0;
    s->dropGroup();
    s->apply();
  });
}

void Mdns::browse(bool wanted) {
  State* s = m_state.get();
  s->loop().post([s, wanted] {
    if (std::exchange(s->wantsBrowsing, wanted) != wanted) s->apply();
  });
}

}  // namespace foyer::io
