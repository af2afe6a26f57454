// The relay's logic under sequences of operations: connections come, speak, send packets, vanish,
// time passes, limits change, it drains. Each input byte group is one operation. Nothing may crash,
// and at the end everything that came has gone.
// mutations: 400
#include "relaylite/relay_core.h"

#include <array>
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

class FakeCarrier final : public Carrier {
 public:
  bool sendControl(net::ConnectionId to, ByteView bytes) override {
    FOYER_ASSERT(open.contains(to), "nothing is sent to who is not there");
    wire::FrameReader reader;
    const bool isWhole = reader.feed(bytes, [](ByteView json) {
      FOYER_ASSERT(wire::decodeMessage(json).has_value(), "a relay sends what decodes");
    });
    FOYER_ASSERT(isWhole && reader.held() == 0, "whole frames");
    return !isFull;
  }
  bool sendDatagram(TimePoint, net::ConnectionId to, ByteView header, ByteView) override {
    FOYER_ASSERT(open.contains(to) && !header.empty(), "packets go to who is there");
    return true;
  }
  void close(TimePoint, net::ConnectionId id, wire::CloseCode) override {
    FOYER_ASSERT(open.erase(id) == 1, "closed once");
    closed.push_back(id);
  }
  [[nodiscard]] std::size_t controlPending(net::ConnectionId) const override {
    return isFull ? 200'000 : 0;
  }
  std::set<net::ConnectionId> open;
  std::vector<net::ConnectionId> closed;
  bool isFull = false;
};

class Play {
 public:
  explicit Play(ByteView script)
      : m_script(script),
        m_core(m_now, WallTime{}, config(), m_carrier, std::make_unique<MemoryDirectory>(100)) {}

  void run() {
    while (!m_script.empty()) {
      step();
      settle();
      // Time now and then, so that long scripts do not only flood.
      while (m_core.pollEvent()) ++m_events;
    }
    for (std::size_t i = 0; i < kConnections; ++i) vanish(i, false);
    // Everybody is lost: the last calls and people go within their times.
    for (int i = 0; i < 200; ++i) pass(1s);
    const Snapshot end = m_core.snapshot();
    FOYER_ASSERT(end.clients == 0 && end.newcomers == 0 && end.calls == 0 && end.people == 0,
                 "all that came has gone");
  }

 private:
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
  }
  void say(std::size_t slot, const wire::Message& message) {
    if (m_ids[slot].isNull() || !m_carrier.open.contains(m_ids[slot])) return;
    m_core.control(m_now, m_ids[slot], wire::encodeFrame(message));
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
        return say(slot, wire::PresenceGet{3, next()});
      case 5:
        return say(slot, wire::Availability{static_cast<wire::PresenceState>(next() % 4)});
      case 6:
        return say(slot, wire::Offer{callId(), somebody(), self, box});
      case 7:
        return say(slot, wire::Offer{callId(), somebody(), somebody(), box});
      case 8:
        return say(slot, wire::Setup{callId(), somebody(), self, box});
      case 9:
        return say(slot, wire::Sealed{callId(), somebody(), self, next(), Bytes(16)});
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
  RelayCore m_core;
  std::array<net::ConnectionId, kConnections> m_ids{};
  std::array<const Actor*, kConnections> m_actors{};
  std::uint64_t m_generation = 0;
  std::uint64_t m_events = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size > 4096) return 0;
  Play(ByteView(data, size)).run();
  return 0;
}
