// The relay's logic under sequences of operations: connections come, speak, send packets, vanish,
// time passes, limits change, it drains; beside the few who speak there may be a crowd of guests
// who only fill the lobby, so that it needs pages. Each input byte group is one operation. Nothing
// may crash, who follows pages and deltas knows the lobby, and at the end everything that came has
// gone. mutations: 400
#include "relaylite/relay_core.h"

#include <array>
#include <map>
#include <set>

#include "core/base/assert.h"
#include "core/crypto/identity.h"
#include "core/crypto/presence.h"
#include "relaylite/memory_directory.h"

using namespace foyer;
using namespace foyer::relaylite;

namespace {

constexpr std::size_t kPeople = 4;
constexpr std::size_t kConnections = 6;

struct Actor {
  crypto::Identity identity;
  Bytes record;
};

const std::array<Actor, kPeople>& actors() {
  static const auto made = [] {
    SeededRandom random(7);
    const auto one = [&] {
      crypto::Identity identity = crypto::Identity::generate(random);
      crypto::PresenceRecord record;
      record.box = random.id<BoxKey>();
      record.sequence = 5;
      record.ttlSeconds = 60;
      Bytes bytes = crypto::signPresence(identity, record);
      return Actor{std::move(identity), std::move(bytes)};
    };
    return std::array<Actor, kPeople>{one(), one(), one(), one()};
  }();
  return made;
}

// As long as signed ones, so that a few pages are more than a slow client is sent at once.
constexpr std::size_t kGuestRecord = 300;

// A guest's record begins with its fingerprint; an actor's is a signed one.
Fingerprint ownerOf(const Bytes& record) {
  for (const Actor& actor : actors()) {
    if (record == actor.record) return actor.identity.fingerprint();
  }
  FOYER_ASSERT(record.size() == kGuestRecord, "only what was published is told");
  return *Fingerprint::fromBytes(ByteView(record).first(Fingerprint::kSize));
}

// The lobby as a client keeps it, by what it is told alone.
struct Lobby {
  struct Shown {
    wire::PresenceState state;
    wire::LegMs leg;
    bool operator==(const Shown&) const = default;
  };
  std::map<Fingerprint, Shown> people;
  std::uint64_t version = 0;
  std::uint32_t pages = 0;
  bool isWhole = false;

  void take(const wire::PresencePage& page) {
    if (page.page == 0) *this = Lobby{{}, page.version};
    FOYER_ASSERT(page.page == pages && page.version == version && !isWhole, "pages come in a row");
    ++pages;
    for (const auto& person : page.people) {
      const Shown shown{person.state, person.leg};
      FOYER_ASSERT(people.emplace(ownerOf(person.record), shown).second, "named once");
    }
    isWhole = page.last;
  }
  void take(const wire::PresenceDelta& delta) {
    // A client that claimed an older list starts its deltas there; this one has none.
    if (!isWhole) return;
    FOYER_ASSERT(delta.from == version && delta.to >= delta.from, "deltas have no gap");
    version = delta.to;
    for (const auto& change : delta.changes) {
      if (change.state == wire::PresenceState::Gone) {
        people.erase(change.fingerprint);
        continue;
      }
      FOYER_ASSERT(!change.record.empty() || people.contains(change.fingerprint),
                   "who is new comes with a record");
      people[change.fingerprint] = {change.state, change.leg};
    }
  }
};

class FakeCarrier final : public Carrier {
 public:
  static constexpr std::size_t kSendBuffer = 192 * 1024;

  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    FOYER_ASSERT(open.contains(to), "nothing is sent to who is not there");
    std::size_t& waiting = pending[to];
    if (isFull || waiting + bytes.size() > kSendBuffer) return false;
    if (slow.contains(to)) waiting += bytes.size();
    wire::FrameReader reader;
    const bool isWhole = reader.feed(bytes, [&](ByteView json) {
      const auto message = wire::decodeMessage(json);
      FOYER_ASSERT(message.has_value(), "a relay sends what decodes");
      if (const auto* page = std::get_if<wire::PresencePage>(&*message)) lobbies[to].take(*page);
      if (const auto* delta = std::get_if<wire::PresenceDelta>(&*message)) lobbies[to].take(*delta);
    });
    FOYER_ASSERT(isWhole && reader.held() == 0, "whole frames");
    return true;
  }
  bool sendDatagram(TimePoint, net::ConnectionId to, ByteView header, ByteView) override {
    FOYER_ASSERT(open.contains(to) && !header.empty(), "packets go to who is there");
    return true;
  }
  void close(TimePoint, net::ConnectionId id, wire::CloseCode) override {
    FOYER_ASSERT(open.erase(id) == 1, "closed once");
    closed.push_back(id);
  }
  [[nodiscard]] std::size_t controlPending(net::ConnectionId id) const override {
    if (isFull) return kSendBuffer;
    const auto at = pending.find(id);
    return at == pending.end() ? 0 : at->second;
  }
  // Another one at each look.
  [[nodiscard]] std::optional<Duration> roundTrip(net::ConnectionId) const override {
    ++looks;
    if (looks % 7 == 0) return std::nullopt;
    return std::chrono::milliseconds(looks * 53 % 1500);
  }
  mutable int looks = 0;
  std::set<net::ConnectionId> open;
  std::set<net::ConnectionId> slow;  // acknowledges nothing
  std::map<net::ConnectionId, std::size_t> pending;
  std::map<net::ConnectionId, Lobby> lobbies;
  std::vector<net::ConnectionId> closed;
  bool isFull = false;
};

class Play {
 public:
  explicit Play(ByteView script)
      : m_script(script),
        m_core(m_now, WallTime{}, config(), actors()[0].identity.clone(), m_carrier,
               makeDirectory()) {}

  void run() {
    while (!m_script.empty()) {
      step();
      settle();
      // Time now and then, so that long scripts do not only flood.
      while (m_core.pollEvent()) ++m_events;
    }
    for (std::size_t i = 0; i < kConnections; ++i) vanish(i, false);
    while (m_guests > 0) m_directory->remove(guest(--m_guests));
    // Everybody is lost: the last calls and people go within their times.
    for (int i = 0; i < 200; ++i) pass(1s);
    const Snapshot end = m_core.snapshot();
    FOYER_ASSERT(end.clients == 0 && end.newcomers == 0 && end.calls == 0 && end.people == 0,
                 "all that came has gone");
  }

 private:
  std::unique_ptr<Directory> makeDirectory() {
    auto made = std::make_unique<MemoryDirectory>(100);
    m_directory = made.get();
    return made;
  }
  static Fingerprint guest(std::size_t number) {
    Fingerprint made;
    made.bytes = {0xee, static_cast<std::uint8_t>(number)};
    return made;
  }
  static RelayConfig config() {
    RelayConfig made;
    made.limits.maxClients = 4;
    made.limits.maxClientsPerAddress = 3;
    made.limits.maxCalls = 3;
    made.limits.maxCallsPlaced = 2;
    return made;
  }
  std::uint8_t next() {
    if (m_script.empty()) return 0;
    const std::uint8_t byte = m_script[0];
    m_script = m_script.subspan(1);
    return byte;
  }
  CallId callId() {
    CallId id;
    id.bytes[0] = next() % 4;
    return id;
  }
  const Fingerprint& somebody() { return actors()[next() % kPeople].identity.fingerprint(); }

  void come(std::size_t slot) {
    if (!m_ids[slot].isNull()) return;
    const Actor& actor = actors()[next() % kPeople];
    const SocketAddress from{IpAddress::v4(10, 0, 0, next() % 3), 9};
    if (!m_core.mayConnect(from.ip)) return;
    m_ids[slot] = net::ConnectionId{(++m_generation << net::ConnectionId::kSlotBits) | slot};
    m_actors[slot] = &actor;
    m_carrier.open.insert(m_ids[slot]);
    m_core.connected(m_now, m_ids[slot], actor.identity.publicKey(), from);
  }
  void vanish(std::size_t slot, bool onPurpose) {
    if (m_ids[slot].isNull()) return;
    m_carrier.open.erase(m_ids[slot]);
    m_carrier.lobbies.erase(m_ids[slot]);
    const net::ConnectionId id = std::exchange(m_ids[slot], {});
    m_core.ended(m_now, id, onPurpose ? RelayCore::Ended::OnPurpose : RelayCore::Ended::Lost);
  }
  // What was closed by the relay ends as an endpoint would tell it.
  void settle() {
    while (!m_carrier.closed.empty()) {
      const net::ConnectionId id = m_carrier.closed.back();
      m_carrier.closed.pop_back();
      for (net::ConnectionId& known : m_ids) {
        if (known == id) known = {};
      }
      m_core.ended(m_now, id, RelayCore::Ended::Lost);
    }
  }
  void pass(Duration time) {
    m_now += time;
    if (m_core.pollTimeout() && *m_core.pollTimeout() <= m_now) m_core.handleTimeout(m_now);
    settle();
    while (m_core.pollEvent()) ++m_events;
    compareLobbies();
  }
  // Whoever was told the present version has the present list.
  void compareLobbies() {
    for (const auto& [id, lobby] : m_carrier.lobbies) {
      if (!lobby.isWhole || lobby.version != m_directory->version()) continue;
      FOYER_ASSERT(lobby.people.size() == m_directory->people(), "nobody too many, nobody missing");
      for (const auto& [who, shown] : lobby.people) {
        const Person* person = m_directory->find(who);
        FOYER_ASSERT(person != nullptr && shown == Lobby::Shown(person->state, person->leg),
                     "as it is");
      }
    }
  }
  // What others did to the directory that hosts may share one day, and to the relay itself.
  void surroundings(std::uint8_t what) {
    switch (what % 7) {
      case 0: {
        const std::size_t most = std::min<std::size_t>(m_guests + next(), 110);
        for (; m_guests < most; ++m_guests) {
          Bytes record = toBytes(guest(m_guests).view());
          record.resize(kGuestRecord);
          m_directory->put(guest(m_guests), {std::move(record), 1, {}});
        }
        return;
      }
      case 1:
        for (std::size_t left = std::min<std::size_t>(next(), m_guests); left > 0; --left) {
          m_directory->remove(guest(--m_guests));
        }
        return;
      case 2:
        return m_directory->setState(guest(next()), static_cast<wire::PresenceState>(next() % 5));
      case 3: {
        RelayLimits limits = config().limits;
        limits.maxClients = next() % 8;
        limits.maxCalls = next() % 4;
        return m_core.tune(next() % 8 == 0 ? "x" : "", limits);
      }
      case 4: {
        const net::ConnectionId id = m_ids[next() % kConnections];
        return m_core.moved(id, {IpAddress::v4(10, 0, 1, next() % 3), 9});
      }
      case 5:
        m_carrier.slow.insert(m_ids[next() % kConnections]);
        return;
      default:
        m_carrier.slow.clear();
        m_carrier.pending.clear();
        return;
    }
  }
  void say(std::size_t slot, const wire::Message& message) {
    if (m_ids[slot].isNull() || !m_carrier.open.contains(m_ids[slot])) return;
    m_core.control(m_now, m_ids[slot], wire::encodeFrame(message));
  }
  // With what it has, or with any version, which is then what its list counts for.
  void askForLobby(std::size_t slot) {
    const std::uint8_t claim = next();
    Lobby& lobby = m_carrier.lobbies[m_ids[slot]];
    const bool isTrue = claim % 2 == 0;
    const std::uint64_t has = !isTrue ? claim : lobby.isWhole ? lobby.version : 0;
    if (!isTrue) lobby = {};
    say(slot, wire::PresenceGet{3, has});
  }
  void sayRaw(std::size_t slot) {
    const std::size_t wanted = next();
    const ByteView bytes = m_script.first(std::min(wanted, m_script.size()));
    m_script = m_script.subspan(bytes.size());
    if (!m_ids[slot].isNull()) m_core.control(m_now, m_ids[slot], bytes);
  }
  void step() {
    const std::uint8_t what = next();
    const std::size_t slot = next() % kConnections;
    const Actor* actor = m_actors[slot];
    const Fingerprint self = actor == nullptr ? Fingerprint{} : actor->identity.fingerprint();
    const Bytes box(1072, 3);
    if (what >= 200) return surroundings(what);
    switch (what % 20) {
      case 0:
        return come(slot);
      case 1:
        return say(slot, wire::Hello{1, {1}, next() % 8 == 0 ? "x" : ""});
      case 2:
        return say(slot, wire::Publish{2, actors()[next() % kPeople].record});
      case 3:
        return actor == nullptr ? void() : say(slot, wire::Publish{2, actor->record});
      case 4:
        return askForLobby(slot);
      case 5:
        return say(slot, wire::Availability{static_cast<wire::PresenceState>(next() % 4)});
      case 6:
        return say(slot, wire::Offer{callId(), somebody(), self, box});
      case 7:
        return say(slot, wire::Offer{callId(), somebody(), somebody(), box});
      case 8:
        return say(slot, wire::Setup{callId(), somebody(), self, box});
      case 9:
        return say(slot, wire::Sealed{callId(), somebody(), self, next(),
                                      Bytes(16 + next() * std::size_t{64})});
      case 10:
        return say(slot, wire::Attach{callId(), somebody()});
      case 11:
        return say(slot, wire::Release{callId()});
      case 12: {
        const Bytes packet{static_cast<std::uint8_t>(next() % 8), 1, 2};
        if (!m_ids[slot].isNull()) m_core.datagram(m_now, m_ids[slot], packet);
        return;
      }
      case 13:
        return vanish(slot, next() % 2 == 0);
      case 14:
        return pass(std::chrono::milliseconds(next() * 10));
      case 15:
        return pass(std::chrono::seconds(next() % 64));
      case 16:
        return sayRaw(slot);
      case 17:
        return say(slot, wire::Ping{1});
      case 18:
        m_carrier.isFull = next() % 4 == 0;
        return;
      default:
        if (next() % 16 == 0) m_core.drain(m_now, m_now + std::chrono::seconds(next()));
        return;
    }
  }

  ByteView m_script;
  TimePoint m_now = fromNanoseconds(1'000'000'000);
  FakeCarrier m_carrier;
  MemoryDirectory* m_directory = nullptr;
  RelayCore m_core;
  std::array<net::ConnectionId, kConnections> m_ids{};
  std::array<const Actor*, kConnections> m_actors{};
  std::uint64_t m_generation = 0;
  std::uint64_t m_events = 0;
  std::size_t m_guests = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  Play(ByteView(data, size)).run();
  return 0;
}
