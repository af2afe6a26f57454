// What a relay, or whoever owns it, can do and learn.
#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <set>

#include "core/crypto/presence.h"
#include "core/wire/media_packet.h"
#include "tests/scenarios/two_people.h"
#include "tests/scenarios/watching_relay.h"

namespace foyer::sim {
namespace {

const SocketAddress kWatcher{IpAddress::v4(10, 9, 0, 1), 4700};

// docs/protocol.md, control stream: everything that a client may tell a relay.
const std::map<std::string, std::set<std::string>> kAllowed = {
    {"hello", {"t", "id", "versions", "invite"}},
    {"reflect", {"t", "id"}},
    {"ping", {"t", "id"}},
    {"pong", {"t", "id"}},
    {"publish", {"t", "id", "record"}},
    {"availability", {"t", "state"}},
    {"presence_get", {"t", "id", "version"}},
    {"offer", {"t", "call_id", "to", "from", "box"}},
    {"setup", {"t", "call_id", "to", "from", "box"}},
    {"sealed", {"t", "call_id", "to", "from", "n", "box"}},
    {"attach", {"t", "call_id", "peer"}},
    {"release", {"t", "call_id"}},
};

bool contains(ByteView where, std::string_view what) {
  const std::string_view text(reinterpret_cast<const char*>(where.data()), where.size());
  return text.find(what) != std::string_view::npos;
}

struct Watched {
  explicit Watched(std::uint64_t seed, SimClientOptions options = {})
      : world(seed), relay(world.network, kWatcher, seed + 1) {
    world.network.setDefaultLink({.delay = 10ms});
    options.alias = "Annabelle Q";
    a = &world.addClient(options);
    options.alias = "Benedict Z";
    b = &world.addClient(options);
    for (SimClient* client : {a, b})
      client->tell(
          [&](client::Client& c, TimePoint now) { return c.connectRelay(now, relay.target()); });
    EXPECT_TRUE(world.network.runUntil(
        [&] { return a->client().people().size() == 1 && b->client().people().size() == 1; }, 10s));
  }
  CallId talk() { return test::talk(world, *a, *b); }
  World world;
  WatchingRelay relay;
  SimClient* a = nullptr;
  SimClient* b = nullptr;
};

std::vector<std::int16_t> tone(double seconds) {
  std::vector<std::int16_t> sound;
  const auto samples = static_cast<int>(seconds * 48000);
  for (int i = 0; i < samples; ++i) {
    // Words with pauses, so that a codec that saves bits in silence would show.
    const bool isSpeech = (i / 14400) % 2 == 0;
    sound.push_back(
        isSpeech ? static_cast<std::int16_t>(
                       9000 * std::sin(i * 2 * 3.14159265 * (200 + (i / 4800) % 7 * 90) / 48000))
                 : std::int16_t{0});
  }
  return sound;
}

TEST(HostileRelay, aRelayThatKeepsEveryPayloadLearnsOnlyTheFieldsOfTheProtocol) {
  SimClientOptions options;
  options.codec = SimCodec::Opus;
  options.sound = tone(8);
  Watched watched(31, options);
  const CallId call = watched.talk();
  const auto sas = watched.world.status(*watched.a, call)->sas;
  ASSERT_TRUE(sas);
  watched.a->tell([&](client::Client& c, TimePoint now) { return c.verdict(now, call, true); });
  watched.a->tell([&](client::Client& c, TimePoint now) { c.setMuted(now, true); });
  watched.world.network.runFor(3s);
  watched.a->tell([&](client::Client& c, TimePoint now) { c.setMuted(now, false); });
  watched.world.network.runFor(3s);
  watched.b->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, call); });
  watched.world.network.runFor(2s);
  ASSERT_EQ(watched.world.status(*watched.a, call)->end, CallEnd::RemoteHangup);

  std::string digits = sas->digits;
  std::erase(digits, ' ');
  const std::vector<std::string> secrets = {digits,  sas->digits, sas->words[0], sas->words[1],
                                            "ready", "hangup",    "mute",        "words_",
                                            "opus",  "trusted",   "\"sim\"",     "build"};
  std::map<std::string, int> seen;
  for (const auto& control : watched.relay.controls) {
    const auto message = nlohmann::json::parse(control.json.begin(), control.json.end());
    const std::string type = message.at("t");
    ++seen[type];
    ASSERT_TRUE(kAllowed.contains(type)) << type;
    for (const auto& [field, value] : message.items())
      EXPECT_TRUE(kAllowed.at(type).contains(field)) << type << '.' << field;
    if (message.contains("from")) {
      EXPECT_EQ(message.at("from"), control.from.hex());
    }
    if (type == "publish") {
      const auto decoded = wire::decodeMessage(control.json);
      const auto record = crypto::openPresence(std::get<wire::Publish>(*decoded).record);
      ASSERT_TRUE(record);
      EXPECT_EQ(crypto::fingerprintOf(record->identity), control.from);
      EXPECT_EQ(record->relay, watched.relay.fingerprint());
      continue;  // the only place where a name may stand
    }
    Bytes content = control.json;
    if (message.contains("box")) {
      const auto box = fromBase64Url(message.at("box").get<std::string>());
      ASSERT_TRUE(box);
      // Lengths are the same whatever is inside.
      if (type == "sealed") {
        EXPECT_EQ((box->size() - 16) % 256, 0U);
      } else {
        EXPECT_EQ(box->size(), wire::kSetupBox);
      }
      append(content, *box);
    }
    for (const std::string& secret : secrets)
      if (secret.size() > 3) {
        EXPECT_FALSE(contains(content, secret)) << type << " shows " << secret;
      }
    for (const char* name : {"Annabelle", "Benedict"})
      EXPECT_FALSE(contains(content, name)) << type;
  }
  for (const char* type :
       {"hello", "publish", "presence_get", "offer", "setup", "sealed", "release"})
    EXPECT_GT(seen[type], 0) << type;

  // Media: a channel number and what looks like noise: every byte value about equally often.
  ASSERT_GT(watched.relay.datagrams.size(), 600U);
  std::array<double, 256> counts{};
  double total = 0;
  for (const auto& datagram : watched.relay.datagrams) {
    const auto channel = wire::decodeVarint(datagram.bytes);
    ASSERT_TRUE(channel);
    // The first byte holds epoch and counter length, the next the low bits of the counter.
    for (std::size_t i = channel->size + 6; i < datagram.bytes.size(); ++i, ++total)
      ++counts[datagram.bytes[i]];
  }
  double chiSquare = 0;
  for (const double count : counts)
    chiSquare += (count - total / 256) * (count - total / 256) / (total / 256);
  // 255 degrees of freedom: mean 255, deviation 22.6.
  EXPECT_LT(chiSquare, 255 + 6 * 22.6);
}

TEST(HostileRelay, sizesAndTimesDoNotFollowSpeech) {
  const auto run = [](std::vector<std::int16_t> sound) {
    SimClientOptions options;
    options.codec = SimCodec::Opus;
    options.sound = std::move(sound);
    Watched watched(32, options);
    watched.talk();
    const std::size_t from = watched.relay.datagrams.size();
    watched.world.network.runFor(6s);
    std::vector<std::size_t> sizes;
    for (std::size_t i = from; i < watched.relay.datagrams.size(); ++i)
      sizes.push_back(watched.relay.datagrams[i].bytes.size());
    return sizes;
  };
  const auto speech = run(tone(10));
  const auto silence = run({});
  EXPECT_GT(speech.size(), 590U);
  EXPECT_EQ(speech, silence);
}

// Two relays in one hand, or one that shows everybody somebody else: Ann sees a Ben whose key is
// the attacker's, Ben an Ann likewise, and the attacker stands between with real clients on both
// sides.
TEST(HostileRelay, mitm_substitutes_both_identities) {
  World world(33);
  world.network.setDefaultLink({.delay = 5ms});
  SimRelay& toAnn = world.addRelay();
  SimRelay& toBen = world.addRelay();
  SimClient& ann = world.addClient({.alias = "Ann"});
  SimClient& ben = world.addClient({.alias = "Ben", .answersAtOnce = true});
  SimClient& falseBen = world.addClient({.alias = "Ben"});
  SimClient& falseAnn = world.addClient({.alias = "Ann"});
  ann.contacts().set(ben.key(), {true, true, false});
  ben.contacts().set(ann.key(), {true, true, false});
  ASSERT_TRUE(world.meet(ann, falseBen, toAnn));
  ASSERT_TRUE(world.meet(falseAnn, ben, toBen));

  int completed = 0;
  // As many as keys.md section 15 asks for.
  constexpr int kCalls = 1000;
  for (int i = 0; i < kCalls; ++i) {
    const auto outer = world.call(ann, falseBen);
    ASSERT_TRUE(outer) << outer.error().code;
    ASSERT_TRUE(world.waitForPhase(falseBen, *outer, CallPhase::Ringing));
    const auto inner = world.call(falseAnn, ben);
    ASSERT_TRUE(inner) << inner.error().code;
    ASSERT_TRUE(world.waitForPhase(falseAnn, *inner, CallPhase::Active));
    falseBen.tell([&](client::Client& c, TimePoint now) { return c.answer(now, *outer, true); });
    ASSERT_TRUE(world.waitForPhase(ann, *outer, CallPhase::Active));
    const auto atAnn = world.status(ann, *outer);
    const auto atBen = world.status(ben, *inner);
    ASSERT_TRUE(atAnn->sas && atBen->sas);
    EXPECT_NE(atAnn->sas->digits, atBen->sas->digits) << i;
    EXPECT_NE(atAnn->sas->words, atBen->sas->words) << i;
    // The name is Ben's, the key is not, and what was compared with Ben's key does not count for
    // it.
    EXPECT_EQ(atAnn->peerAlias, "Ben");
    EXPECT_NE(atAnn->peer, ben.key());
    EXPECT_FALSE(ann.contacts().contact(atAnn->peer, atAnn->peerAlias).isVerified);
    EXPECT_FALSE(ben.contacts().contact(atBen->peer, atBen->peerAlias).isVerified);
    ++completed;
    ann.tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *outer); });
    ben.tell([&](client::Client& c, TimePoint now) { return c.hangup(now, *inner); });
    world.network.runFor(5s);
  }
  EXPECT_EQ(completed, kCalls);
}

TEST(HostileRelay, late_hangup_next_call) {
  for (const Duration late : {Duration(0ms), Duration(300ms), Duration(2s), Duration(5s)}) {
    Watched watched(34);
    const CallId first = watched.talk();
    std::vector<wire::Message> held;
    watched.relay.mayPass = [&](const Fingerprint& from, const wire::Message& message) {
      const auto* sealed = std::get_if<wire::Sealed>(&message);
      if (sealed == nullptr || sealed->callId != first || from != watched.a->fingerprint())
        return true;
      held.push_back(message);
      return false;
    };
    watched.a->tell([&](client::Client& c, TimePoint now) { return c.hangup(now, first); });
    watched.world.network.runFor(100ms);
    ASSERT_FALSE(held.empty()) << "the hangup was sealed and sent";
    const auto second = watched.world.call(*watched.a, *watched.b);
    ASSERT_TRUE(second) << second.error().code;
    ASSERT_TRUE(watched.world.waitForPhase(*watched.b, *second, CallPhase::Ringing));
    watched.b->tell([&](client::Client& c, TimePoint now) { return c.answer(now, *second, true); });
    ASSERT_TRUE(watched.world.waitForPhase(*watched.a, *second, CallPhase::Active));
    ASSERT_TRUE(watched.world.waitForPhase(*watched.b, *second, CallPhase::Active));
    watched.world.network.runFor(late);
    for (int times = 0; times < 2; ++times) {
      for (const wire::Message& message : held)
        watched.relay.say(watched.b->fingerprint(), message);
      // The relay's own words about the first call, and a reflection to the sender.
      watched.relay.say(watched.b->fingerprint(),
                        wire::Released{first, wire::ReleasedCode::PeerReleased});
      watched.relay.say(watched.a->fingerprint(),
                        wire::Released{first, wire::ReleasedCode::Timeout});
      for (const wire::Message& message : held)
        watched.relay.say(watched.a->fingerprint(), message);
      watched.world.network.runFor(1s);
    }
    EXPECT_EQ(watched.world.status(*watched.a, *second)->phase, CallPhase::Active);
    EXPECT_EQ(watched.world.status(*watched.b, *second)->phase, CallPhase::Active);
  }
}

TEST(HostileRelay, forged_end) {
  Watched watched(35);
  const CallId call = watched.talk();
  for (SimClient* side : {watched.a, watched.b}) {
    watched.relay.say(side->fingerprint(),
                      wire::Undeliverable{call, wire::UndeliverableCode::NotFound});
    watched.relay.say(side->fingerprint(),
                      wire::Undeliverable{call, wire::UndeliverableCode::Unreachable});
    const Fingerprint other =
        side == watched.a ? watched.b->fingerprint() : watched.a->fingerprint();
    watched.relay.say(side->fingerprint(),
                      wire::Sealed{call, side->fingerprint(), other, 5, Bytes(272, 0x41)});
    watched.relay.say(side->fingerprint(),
                      wire::Setup{call, side->fingerprint(), other, Bytes(wire::kSetupBox, 0x42)});
  }
  watched.world.network.runFor(5s);
  EXPECT_EQ(watched.world.status(*watched.a, call)->phase, CallPhase::Active);
  EXPECT_EQ(watched.world.status(*watched.b, call)->phase, CallPhase::Active);
  // It may take the channel away, which is said at once, and fall silent, which ends the call when
  // the patience for that is over; both are called by their name: no person did it.
  watched.relay.say(watched.a->fingerprint(),
                    wire::Released{call, wire::ReleasedCode::PeerReleased});
  watched.world.network.runFor(1s);
  EXPECT_FALSE(watched.world.status(*watched.a, call)->hasPeerLeft) << "heard since: a lie";
  EXPECT_EQ(watched.world.status(*watched.a, call)->phase, CallPhase::Active);
  EXPECT_FALSE(watched.world.status(*watched.a, call)->isReconnecting) << "it gave a channel again";
  watched.relay.mayPassMedia = false;
  watched.world.network.runFor(100ms);
  watched.relay.say(watched.a->fingerprint(),
                    wire::Released{call, wire::ReleasedCode::PeerReleased});
  watched.world.network.runFor(100ms);
  EXPECT_EQ(watched.world.status(*watched.a, call)->phase, CallPhase::Active);
  EXPECT_TRUE(watched.world.status(*watched.a, call)->hasPeerLeft);
  ASSERT_TRUE(watched.world.waitForPhase(*watched.a, call, CallPhase::Ended, 60s));
  EXPECT_EQ(watched.world.status(*watched.a, call)->end, CallEnd::ConnectionLost);
  watched.world.network.setCut(*watched.b, watched.relay, true);
  ASSERT_TRUE(watched.world.waitForPhase(*watched.b, call, CallPhase::Ended, 60s));
  EXPECT_EQ(watched.world.status(*watched.b, call)->end, CallEnd::ConnectionLost);
}

TEST(HostileRelay, aRelayOfAnotherVersionIsNamedAndNotPestered) {
  World world(36);
  WatchingRelay relay(world.network, kWatcher, 36);
  SimClient& a = world.addClient({.alias = "Ann"});
  int hellos = 0;
  relay.mayPass = [&](const Fingerprint& from, const wire::Message& message) {
    if (const auto* hello = std::get_if<wire::Hello>(&message)) {
      ++hellos;
      relay.say(from,
                wire::Refused{hello->id, wire::RefusedCode::Version, "speaks 7", std::nullopt});
    }
    return false;
  };
  a.tell([&](client::Client& c, TimePoint now) { return c.connectRelay(now, relay.target()); });
  world.network.runFor(120s);
  const auto status = a.client().relays()[0];
  ASSERT_TRUE(status.fault);
  EXPECT_EQ(status.fault->stage, "admission");
  EXPECT_EQ(status.fault->code, "version");
  EXPECT_FALSE(status.fault->retryable);
  EXPECT_EQ(hellos, 1);
}

}  // namespace
}  // namespace foyer::sim
