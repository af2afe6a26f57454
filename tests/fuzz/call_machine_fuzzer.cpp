// Sequences of operations on two honest agents and an insider over a relay that keeps, repeats,
// drops, reorders, renames and damages messages. Whatever happens: no crash, one answer per click,
// and two agents with keys for one call id agree on its words.
// mutations: 600
#include <deque>
#include <map>
#include <memory>

#include "core/base/assert.h"
#include "core/call/call_agent.h"

using namespace foyer;
using namespace foyer::call;

namespace {

const Fingerprint kRelay{};

struct NoBook final : ContactBook {
  [[nodiscard]] ContactView contact(const PublicKey&, std::string_view) const override {
    return {};
  }
};

struct Party {
  explicit Party(std::uint64_t seed)
      : random(seed),
        identity(crypto::Identity::generate(random)),
        agent({}, identity, book, random) {}
  SeededRandom random;
  NoBook book;
  crypto::Identity identity;
  CallAgent agent;
  std::uint64_t clicks = 0;
  std::uint64_t answers = 0;
};

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : m_data(data), m_size(size) {}
  [[nodiscard]] bool isEmpty() const { return m_size == 0; }
  std::uint8_t next() {
    if (m_size == 0) return 0;
    --m_size;
    return *m_data++;
  }

 private:
  const std::uint8_t* m_data;
  std::size_t m_size;
};

// Longer inputs find nothing that shorter ones do not.
constexpr int kMaxOperations = 200;
constexpr std::size_t kMaxKept = 256;

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Input input(data, size);
  std::array<std::unique_ptr<Party>, 3> parties;
  for (std::size_t i = 0; i < parties.size(); ++i) parties[i] = std::make_unique<Party>(i + 1);
  std::vector<wire::Message> kept;
  std::vector<Bytes> packets;
  TimePoint now{};
  std::int64_t wallMs = 1'790'000'000'000;

  const auto drain = [&] {
    for (auto& party : parties) {
      while (const auto event = party->agent.pollEvent()) {
        if (std::holds_alternative<Securing>(*event)) ++party->answers;
      }
      while (auto out = party->agent.pollTransmit()) {
        if (kept.size() < kMaxKept) kept.push_back(std::move(out->message));
      }
      FOYER_ASSERT(party->answers <= party->clicks, "one answer per click");
      FOYER_ASSERT(party->agent.liveCalls().size() <= 8, "live calls are bounded");
    }
    for (const CallId& id : parties[0]->agent.liveCalls()) {
      const auto mine = parties[0]->agent.sas(id);
      for (std::size_t i = 1; i < parties.size(); ++i) {
        const auto theirs = parties[i]->agent.sas(id);
        FOYER_ASSERT(!mine || !theirs || *mine == *theirs, "who shares a call shares its words");
      }
    }
  };
  const auto pickCall = [&](Party& party) {
    const auto calls = party.agent.liveCalls();
    return calls.empty() ? CallId{} : calls[input.next() % calls.size()];
  };

  for (int i = 0; i < kMaxOperations && !input.isEmpty(); ++i) {
    const std::uint8_t operation = input.next();
    Party& party = *parties[operation % parties.size()];
    switch (operation / parties.size() % 12) {
      case 0: {
        const Party& to = *parties[input.next() % parties.size()];
        const Callee callee{to.identity.publicKey(), to.agent.boxKey(), kRelay};
        if (party.agent.place(now, wallMs, callee, crypto::CallPolicy::Trusted, {})) ++party.clicks;
        break;
      }
      case 1:
        if (party.agent.answer(now, pickCall(party), crypto::CallPolicy::Private, {}))
          ++party.clicks;
        break;
      case 2:
        party.agent.reject(now, pickCall(party));
        break;
      case 3:
        party.agent.hangup(now, pickCall(party));
        break;
      case 4: {
        const Duration step = std::array<Duration, 4>{100ms, 2s, 10s, 24h}[input.next() % 4];
        now += step;
        wallMs += toMilliseconds(step);
        for (auto& each : parties) each->agent.handleTimeout(now);
        break;
      }
      case 5:
        party.agent.relayAdmitted(now, kRelay);
        break;
      case 6:
        party.agent.setSideState(now, pickCall(party), {.muted = (input.next() & 1) != 0});
        break;
      case 7: {
        std::array<std::uint8_t, crypto::kMaxMediaPacket> out;
        const auto sealed = party.agent.sealMedia(now, pickCall(party), viewOf("x"), out);
        if (sealed && packets.size() < kMaxKept)
          packets.push_back(toBytes(ByteView(out).first(*sealed)));
        break;
      }
      case 8: {
        if (packets.empty()) break;
        std::array<std::uint8_t, 1024> inner;
        const CallId id = pickCall(party);
        (void)party.agent.openMedia(now, id, packets[input.next() % packets.size()], inner);
        while (party.agent.pollHeld(id)) {
        }
        break;
      }
      case 9: {
        const CallId id = pickCall(party);
        const std::uint8_t what = input.next();
        if (what % 4 == 0)
          party.agent.handleMessage(now, wallMs, kRelay, wire::Undeliverable{id, {}});
        if (what % 4 == 1) party.agent.handleMessage(now, wallMs, kRelay, wire::Released{id, {}});
        if (what % 4 == 2)
          party.agent.handleMessage(now, wallMs, kRelay, wire::Channel{id, what, what, {}});
        if (what % 4 == 3) party.agent.connectionLost(now, id);
        break;
      }
      default: {
        // Delivery, mostly as it was sent, sometimes renamed or damaged.
        if (kept.empty()) break;
        wire::Message message = kept[input.next() % kept.size()];
        const std::uint8_t change = input.next();
        const auto alter = [&](auto* m) {
          if (m == nullptr) return;
          if (change % 16 == 1) m->callId = pickCall(party);
          if (change % 16 == 2) std::swap(m->to, m->from);
          if (change % 16 == 3) m->to = party.identity.fingerprint();
          if (change % 16 == 4) m->box[change % m->box.size()] ^= 1;
        };
        alter(std::get_if<wire::Offer>(&message));
        alter(std::get_if<wire::Setup>(&message));
        alter(std::get_if<wire::Sealed>(&message));
        for (auto& each : parties) each->agent.handleMessage(now, wallMs, kRelay, message);
      }
    }
    drain();
  }
  return 0;
}
