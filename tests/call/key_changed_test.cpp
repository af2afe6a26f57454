// A contact whose key changed: a call to compare words and nothing else (docs/keys.md sections 12
// and 15), and what a relay's word does to a call that was answered.
#include "core/wire/media_packet.h"
#include "tests/call/world.h"

namespace foyer::call {
namespace {

// What `from` says, as the peer finds it inside the seal.
struct Said {
  Bytes frame;
  std::optional<std::int8_t> level;
};
std::optional<Said> say(World& world, Party& from, Party& to, const CallId& id,
                        std::string_view voice) {
  wire::InnerPacket packet;
  packet.codec = wire::CodecId::Opus;
  packet.packetTime = wire::PacketTime::Ms20;
  packet.frame = viewOf(voice);
  packet.earlierFrames[0] = {1, wire::CodecId::Opus, wire::PacketTime::Ms20, viewOf(voice)};
  packet.earlierCount = 1;
  packet.levelDb = -20;
  std::array<std::uint8_t, wire::kMaxInner> inner;
  const std::size_t size = wire::encodeInner(packet, inner);
  std::array<std::uint8_t, crypto::kMaxMediaPacket> sealed;
  const auto bytes = from.agent->sealMedia(world.now, id, ByteView(inner).first(size), sealed);
  if (!bytes) return std::nullopt;
  const auto opened = world.open(to, id, ByteView(sealed).first(*bytes));
  if (!opened) return std::nullopt;
  EXPECT_EQ(opened->size(), size) << "silence is as long as what it stands for";
  const auto read = wire::decodeInner(viewOf(*opened));
  if (!read) return std::nullopt;
  EXPECT_EQ(opened->find(voice) == std::string::npos,
            toBytes(read->frame) != toBytes(viewOf(voice)));
  return Said{toBytes(read->frame), read->levelDb};
}
const std::string kVoice = "\x48 forty bytes of somebody's voice, say .";

bool isVoice(const std::optional<Said>& said) {
  return said && said->frame == toBytes(viewOf(kVoice)) && said->level == -20;
}
bool isSilence(const std::optional<Said>& said) {
  return said && said->frame.size() == kVoice.size() && said->level == wire::kSilenceDb &&
         said->frame != toBytes(viewOf(kVoice));
}

struct KeyChanged : ::testing::Test {
  KeyChanged() : a(world.add(1)), b(world.add(2)) {
    // Both call themselves what kInfo says; A knows that name under another, verified key.
    a.book.verifiedNames[kInfo.alias] = identityNumber(77).publicKey();
  }
  [[nodiscard]] CallSummary at(Party& party) const { return *party.agent->summary(id); }
  World world;
  Party& a;
  Party& b;
  CallId id;
};

// keys.md 15: new IK, same alias.
TEST(Scenario, contact_key_changed) {
  World world;
  Party& a = world.add(1);
  Party& verified = world.add(2);
  Party& changed = world.add(3);
  a.book.people[verified.key()] = {.isKnown = true, .isVerified = true};
  a.book.verifiedNames[kInfo.alias] = verified.key();
  // The verified key is not bothered.
  const CallId usual = world.connect(a, verified);
  EXPECT_FALSE(a.agent->summary(usual)->isCompareOnly);
  EXPECT_TRUE(isVoice(say(world, a, verified, usual, kVoice)));
  a.agent->hangup(world.now, usual);
  world.settle();
  // In both directions.
  for (const bool isIncoming : {false, true}) {
    Party& caller = isIncoming ? changed : a;
    Party& callee = isIncoming ? a : changed;
    Callee callees = callee.asCallee();
    callees.alias = kInfo.alias;
    const auto placed =
        caller.agent->place(world.now, kWallMs, callees, crypto::CallPolicy::Trusted, kInfo);
    ASSERT_TRUE(placed);
    const CallId id = *placed;
    world.settle();
    EXPECT_TRUE(a.agent->summary(id)->isCompareOnly) << "known before anybody answers";
    ASSERT_TRUE(world.answer(callee, id));
    ASSERT_EQ(a.phase(id), Phase::Active);
    ASSERT_EQ(changed.phase(id), Phase::Active);
    // Compare-only and muted: the words are there, the voice is not, and no address is given.
    EXPECT_EQ(a.agent->sas(id), changed.agent->sas(id));
    EXPECT_TRUE(a.agent->summary(id)->isPrivate && changed.agent->summary(id)->isPrivate);
    EXPECT_TRUE(isSilence(say(world, a, changed, id, kVoice)));
    EXPECT_TRUE(isVoice(say(world, changed, a, id, kVoice)));
    // No state of mute says otherwise, to us or to them.
    a.agent->setSideState(world.now, id, {.muted = false, .wordsMatch = false});
    world.settle();
    EXPECT_TRUE(changed.all<PeerState>().back().state.muted);
    EXPECT_TRUE(isSilence(say(world, a, changed, id, kVoice)));
    // Verified is not inherited, whatever the peer claims.
    changed.agent->setSideState(world.now, id, {.muted = false, .wordsMatch = true});
    world.settle();
    EXPECT_FALSE(a.book.contact(changed.key(), kInfo.alias).isVerified);
    EXPECT_TRUE(isSilence(say(world, a, changed, id, kVoice)));
    // Words that differ keep it so; words that match end it.
    EXPECT_TRUE(a.agent->judgeWords(id, false));
    EXPECT_FALSE(a.agent->speakUnverified(id));
    EXPECT_TRUE(isSilence(say(world, a, changed, id, kVoice)));
    EXPECT_TRUE(a.agent->judgeWords(id, true));
    EXPECT_TRUE(isVoice(say(world, a, changed, id, kVoice)));
    EXPECT_FALSE(a.agent->summary(id)->isCompareOnly);
    a.agent->hangup(world.now, id);
    world.settle();
  }
}

TEST_F(KeyChanged, onlyWhoWasCalledMaySpeakBeforeTheWordsMatch) {
  id = world.call(b, a);
  EXPECT_FALSE(a.agent->speakUnverified(id)) << "nothing to say yet";
  world.answer(a, id);
  ASSERT_TRUE(at(a).isVoiceHeld);
  EXPECT_TRUE(a.agent->speakUnverified(id));
  EXPECT_FALSE(a.agent->speakUnverified(id)) << "nothing is held any more";
  EXPECT_TRUE(isVoice(say(world, a, b, id, kVoice)));
  EXPECT_TRUE(at(a).isCompareOnly);
  a.agent->hangup(world.now, id);
  world.settle();
  id = world.connect(a, b);
  ASSERT_TRUE(at(a).isVoiceHeld);
  EXPECT_FALSE(a.agent->speakUnverified(id));
  EXPECT_TRUE(isSilence(say(world, a, b, id, kVoice)));
}

// The record says one name and the answer another: the one that is shown counts.
TEST_F(KeyChanged, aNameThatComesWithTheAnswerCounts) {
  Callee callee = b.asCallee();
  callee.alias = "Somebody else";
  id = *a.agent->place(world.now, kWallMs, callee, crypto::CallPolicy::Trusted, kInfo);
  world.settle();
  EXPECT_FALSE(at(a).isCompareOnly);
  ASSERT_TRUE(world.answer(b, id));
  EXPECT_TRUE(at(a).isVoiceHeld);
  EXPECT_TRUE(isSilence(say(world, a, b, id, kVoice)));
}

TEST_F(KeyChanged, glareAndPressingCallWhileItRingsChangeNothing) {
  // The name is that of the record only, so the glare has to carry what the click knew.
  a.book.verifiedNames.clear();
  a.book.verifiedNames["Amina"] = identityNumber(77).publicKey();
  Party& higher = a.key() < b.key() ? b : a;
  Party& lower = a.key() < b.key() ? a : b;
  higher.book = a.book;
  Callee callee = lower.asCallee();
  callee.alias = "Amina";
  ASSERT_TRUE(higher.agent->place(world.now, kWallMs, callee, crypto::CallPolicy::Trusted, kInfo));
  const auto theirs =
      lower.agent->place(world.now, kWallMs, higher.asCallee(), crypto::CallPolicy::Trusted, kInfo);
  ASSERT_TRUE(theirs);
  world.settle();
  ASSERT_EQ(higher.phase(*theirs), Phase::Active);
  EXPECT_TRUE(higher.agent->summary(*theirs)->isVoiceHeld);
  higher.agent->hangup(world.now, *theirs);
  world.settle();

  id = world.call(lower, higher);
  EXPECT_FALSE(higher.agent->summary(id)->isCompareOnly);
  callee.box = lower.agent->boxKey();
  ASSERT_TRUE(higher.agent->place(world.now, kWallMs, callee, crypto::CallPolicy::Trusted, kInfo));
  world.settle();
  EXPECT_TRUE(higher.agent->summary(id)->isVoiceHeld);
}

TEST_F(KeyChanged, whatIsNoPacketIsNotSealedWhileTheVoiceIsHeld) {
  id = world.connect(a, b);
  ASSERT_TRUE(at(a).isVoiceHeld);
  EXPECT_FALSE(world.seal(a, id, "x"));
  EXPECT_TRUE(world.seal(b, id, "x"));
}

TEST_F(KeyChanged, aBlockedPersonsRingingFallsSilentWithoutAWord) {
  id = world.call(b, a);
  const std::size_t sent = a.sent.size();
  EXPECT_TRUE(a.agent->ignore(world.now, id));
  world.settle();
  EXPECT_EQ(a.sent.size(), sent);
  EXPECT_EQ(b.phase(id), Phase::Ringing);
  world.advance(46s);
  EXPECT_EQ(b.endOf(id), EndReason::NoAnswer);
  a.book.people[b.key()] = {.isBlocked = true};
  const CallId again = world.call(b, a);
  EXPECT_EQ(a.sent.size(), sent);
  world.advance(11s);
  EXPECT_EQ(b.endOf(again), EndReason::Unreachable);
}

// ---- a relay's word and a call that was answered (docs/protocol.md section 2)

struct RelaysWord : ::testing::Test {
  RelaysWord() : a(world.add(1)), b(world.add(2)) { id = world.connect(a, b); }
  std::vector<wire::Message> after(const wire::Released& released) {
    const std::size_t from = a.sent.size();
    world.deliver(a, released);
    return {a.sent.begin() + static_cast<std::ptrdiff_t>(from), a.sent.end()};
  }
  World world;
  Party& a;
  Party& b;
  CallId id;
};

TEST_F(RelaysWord, endsNoActiveCallAndTheChannelIsAskedForAgain) {
  for (const auto code : {wire::ReleasedCode::PeerReleased, wire::ReleasedCode::Timeout,
                          wire::ReleasedCode::Draining, wire::ReleasedCode::Other}) {
    ASSERT_TRUE(a.agent->summary(id)->channel);
    const auto said = after({id, code});
    EXPECT_EQ(a.phase(id), Phase::Active);
    EXPECT_FALSE(a.agent->summary(id)->channel);
    EXPECT_EQ(a.agent->summary(id)->hasPeerLeft, code == wire::ReleasedCode::PeerReleased);
    // A relay that drains gives nothing now.
    const bool asksAtOnce = code != wire::ReleasedCode::Draining;
    EXPECT_EQ(messagesOf<wire::Release>(said).size(), asksAtOnce ? 1U : 0U);
    EXPECT_EQ(messagesOf<wire::Attach>(said).size(), asksAtOnce ? 1U : 0U);
    // Saying it again costs nothing; asking goes on until there is a channel.
    EXPECT_TRUE(after({id, code}).empty());
    std::size_t before = a.sent.size();
    world.advance(60s);
    EXPECT_EQ(a.phase(id), Phase::Active);
    EXPECT_EQ(a.sent.size() - before, 20U);
    world.deliver(a, wire::Channel{id, 90, 91, b.fingerprint()});
    before = a.sent.size();
    world.advance(60s);
    EXPECT_EQ(a.sent.size(), before);
    EXPECT_EQ(world.open(a, id, *world.seal(b, id, "here")), "here");
    EXPECT_FALSE(a.agent->summary(id)->hasPeerLeft) << "heard again";
  }
  EXPECT_EQ(a.count<Ended>(), 0U);
}

TEST_F(RelaysWord, aHangupStillEndsIt) {
  after({id, wire::ReleasedCode::PeerReleased});
  b.agent->hangup(world.now, id);
  world.settle();
  EXPECT_EQ(a.endOf(id), EndReason::RemoteHangup);
}

TEST_F(RelaysWord, aSetUpThatWasAnsweredEndsByItsOwnTimer) {
  Party& c = world.add(3);
  Party& d = world.add(4);
  world.pass = [&](const wire::Message& m) { return recipientOf(m) != c.fingerprint(); };
  const CallId call = world.call(c, d);
  ASSERT_TRUE(world.answer(d, call));
  world.deliver(d, wire::Released{call, wire::ReleasedCode::PeerReleased});
  EXPECT_EQ(d.phase(call), Phase::Answered);
  world.advance(11s);
  EXPECT_EQ(d.endOf(call), EndReason::NotSecured);
}

}  // namespace
}  // namespace foyer::call
