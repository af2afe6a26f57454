// Set-up messages, presence, control seal, and the unit scenarios of keys.md section 15 that need
// no call.
#include <gtest/gtest.h>

#include <set>

#include "core/crypto/control_seal.h"
#include "core/crypto/enc.h"
#include "core/crypto/key_schedule.h"
#include "core/crypto/presence.h"
#include "core/crypto/sas.h"
#include "core/crypto/setup_messages.h"

namespace foyer::crypto {
namespace {

Bytes randomBytes(SeededRandom& random, std::size_t size) {
  Bytes bytes(size);
  random.fill(bytes);
  return bytes;
}
Hash randomHash(SeededRandom& random) {
  Hash hash;
  random.fill(hash);
  return hash;
}
Bytes randomVersions(SeededRandom& random) {
  Bytes versions;
  for (unsigned v = 1; v < 200 && versions.size() < kMaxVersions; ++v) {
    if (random.below(4) == 0) versions.push_back(static_cast<std::uint8_t>(v));
  }
  if (versions.empty()) versions.push_back(1);
  return versions;
}
std::vector<SetupBody> randomBodies(SeededRandom& random) {
  const Hash hash = randomHash(random);
  return {OfferBody{randomVersions(random), random.id<CallId>(), random.id<PublicKey>(),
                    random.id<PublicKey>(), random.id<BoxKey>(), random.id<BoxKey>(),
                    randomHash(random), random.u64(), static_cast<std::uint16_t>(random.u64()),
                    CallPolicy{static_cast<std::uint8_t>(1 + random.below(2))},
                    randomBytes(random, random.below(kMaxInfoBytes + 1))},
          RingingBody{hash},
          AnswerBody{static_cast<std::uint8_t>(random.u64()), randomVersions(random), hash,
                     random.id<BoxKey>(), randomHash(random), CallPolicy::Private,
                     randomBytes(random, random.below(kMaxInfoBytes + 1))},
          RejectBody{hash, RejectReason{static_cast<std::uint8_t>(1 + random.below(4))}},
          CancelBody{hash, CancelReason{static_cast<std::uint8_t>(1 + random.below(3))}},
          ConfirmBody{random.id<CallId>(), random.id<BoxKey>(), randomHash(random),
                      randomHash(random)}};
}

TEST(Setup, bodiesRoundTripAndEveryDamageIsRefusedOrAnotherBody) {
  SeededRandom random(1);
  for (int i = 0; i < 50; ++i) {
    for (const SetupBody& body : randomBodies(random)) {
      const Bytes bytes = encodeSetup(body);
      EXPECT_LE(bytes.size(), kMaxSetupBody);
      EXPECT_EQ(decodeSetup(bytes), std::optional(body));
      for (std::size_t size = 0; size < bytes.size(); ++size) {
        EXPECT_FALSE(decodeSetup(ByteView(bytes).first(size)));
      }
      Bytes longer = bytes;
      longer.push_back(0);
      EXPECT_FALSE(decodeSetup(longer));
      for (std::size_t at = 0; at < bytes.size(); ++at) {
        Bytes changed = bytes;
        changed[at] ^= static_cast<std::uint8_t>(1 + random.below(255));
        const auto decoded = decodeSetup(changed);
        // Injective: what decodes is exactly those bytes again.
        if (decoded) {
          EXPECT_EQ(encodeSetup(*decoded), changed);
        }
      }
    }
  }
}

TEST(Setup, unknownReasonsPoliciesAndVersionListsAreMalformed) {
  const Hash hash{};
  EXPECT_FALSE(decodeSetup(enc("foyer/1 reject", {hash, u8Field(0)})));
  EXPECT_FALSE(decodeSetup(enc("foyer/1 reject", {hash, u8Field(5)})));
  EXPECT_FALSE(decodeSetup(enc("foyer/1 cancel", {hash, u8Field(4)})));
  EXPECT_FALSE(decodeSetup(enc("foyer/1 ringing", {hash, hash})));
  EXPECT_FALSE(decodeSetup(enc("foyer/2 ringing", {hash})));
  SeededRandom random(2);
  auto answer = std::get<AnswerBody>(randomBodies(random)[2]);
  for (const Bytes& versions : {Bytes{}, Bytes{0}, Bytes{2, 1}, Bytes{1, 1}, Bytes(17, 1)}) {
    answer.versions = versions;
    EXPECT_FALSE(decodeSetup(encodeSetup(answer)));
  }
  answer.versions = {1};
  answer.info.resize(kMaxInfoBytes + 1);
  EXPECT_FALSE(decodeSetup(encodeSetup(answer)));
}

TEST(Setup, allBoxesHaveOneSizeAndOpenForTheirKeyOnly) {
  SeededRandom random(3);
  const Identity identity = Identity::generate(random);
  const BoxPair to = BoxPair::generate(random);
  const BoxPair stranger = BoxPair::generate(random);
  for (const SetupBody& body : randomBodies(random)) {
    const SignedSetup message = signSetup(identity, body);
    const Bytes box = sealSetup(to.publicKey, SecretKey::random(random), message);
    EXPECT_EQ(box.size(), 1072U);
    const auto opened = unsealSetup(to, box);
    ASSERT_TRUE(opened);
    EXPECT_EQ(opened->body, message.body);
    EXPECT_TRUE(verify(identity.publicKey(), opened->body, opened->signature));
    EXPECT_EQ(unsealSetup(stranger, box).error(), UnsealError::NotForThisKey);
    EXPECT_EQ(unsealSetup(to, ByteView(box).first(1071)).error(), UnsealError::WrongSize);
    for (int i = 0; i < 20; ++i) {
      Bytes changed = box;
      changed[random.below(changed.size())] ^= 1;
      EXPECT_FALSE(unsealSetup(to, changed));
    }
  }
}

TEST(Setup, aPlainTextWithWrongLengthsIsMalformed) {
  SeededRandom random(4);
  const BoxPair to = BoxPair::generate(random);
  for (const std::size_t claimed : {0U, 10U, 12U, 957U, 1024U, 65535U}) {
    Bytes inner;
    appendU16(inner, static_cast<std::uint16_t>(claimed));
    inner.resize(2 + 11 + 64, 0x41);
    Bytes plain(kSetupPlainSize);
    padInto(inner, plain);
    const auto opened = unsealSetup(to, sealTo(to.publicKey, SecretKey::random(random), plain));
    ASSERT_FALSE(opened);
    EXPECT_EQ(opened.error(), UnsealError::Malformed);
  }
  EXPECT_EQ(unsealSetup(to, sealTo(to.publicKey, SecretKey::random(random), Bytes(1024))).error(),
            UnsealError::Malformed);
}

TEST(Setup, aSmallOrderRecipientMakesABoxForNobody) {
  SeededRandom random(5);
  const Bytes box = sealTo(BoxKey{}, SecretKey::random(random), Bytes(1024, 1));
  EXPECT_EQ(box, Bytes(box.size(), 0));
}

TEST(Presence, roundTripsAndRefusesWhatIsOutOfRangeOrChanged) {
  SeededRandom random(6);
  const Identity identity = Identity::generate(random);
  PresenceRecord record{identity.publicKey(),     random.id<BoxKey>(), 7, 1000, 3600, {1, 2},
                        random.id<Fingerprint>(), "Zo\xc3\xab"};
  const Bytes made = signPresence(identity, record);
  EXPECT_EQ(openPresence(made).value(), record);
  for (std::size_t size = 0; size < made.size(); ++size) {
    EXPECT_FALSE(openPresence(ByteView(made).first(size)));
  }
  for (std::size_t at = 0; at < made.size(); ++at) {
    Bytes changed = made;
    changed[at] ^= 1;
    EXPECT_FALSE(openPresence(changed)) << at;
  }
  const auto refused = [&](auto change) {
    PresenceRecord bad = record;
    change(bad);
    return openPresence(signPresence(identity, bad)).error();
  };
  EXPECT_EQ(refused([](auto& r) { r.ttlSeconds = 0; }), PresenceError::OutOfRange);
  EXPECT_EQ(refused([](auto& r) { r.ttlSeconds = 7201; }), PresenceError::OutOfRange);
  EXPECT_EQ(refused([](auto& r) { r.versions = {}; }), PresenceError::OutOfRange);
  EXPECT_EQ(refused([](auto& r) { r.alias = "\xff"; }), PresenceError::OutOfRange);
  EXPECT_EQ(refused([](auto& r) { r.alias = std::string(256, 'a'); }), PresenceError::OutOfRange);
  record.alias = std::string(255, 'a');
  record.versions = Bytes{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};
  EXPECT_EQ(signPresence(identity, record).size(), kMaxPresenceRecord);
  EXPECT_TRUE(openPresence(signPresence(identity, record)));
}

TEST(Control, windowOf64OpensEachNumberOnce) {
  SeededRandom random(7);
  const SecretKey key = SecretKey::random(random);
  const CallId callId = random.id<CallId>();
  ControlSealer sealer(key, callId);
  ControlOpener opener(key, callId);
  std::vector<SealedControl> sent;
  for (int i = 0; i < 200; ++i) sent.push_back(sealer.seal(viewOf("{}")).value());
  EXPECT_TRUE(opener.open(100, sent[100].box));
  EXPECT_EQ(opener.open(100, sent[100].box).error(), ControlOpenError::Replayed);
  EXPECT_EQ(opener.open(36, sent[36].box).error(), ControlOpenError::TooOld);
  EXPECT_TRUE(opener.open(37, sent[37].box));
  EXPECT_EQ(opener.open(101, sent[102].box).error(), ControlOpenError::NotAuthentic);
  EXPECT_TRUE(opener.open(199, sent[199].box));
  EXPECT_EQ(opener.open(101, sent[101].box).error(), ControlOpenError::TooOld);
  EXPECT_TRUE(opener.open(198, sent[198].box));
  // Another call's id does not open it.
  ControlOpener other(key, random.id<CallId>());
  EXPECT_EQ(other.open(0, sent[0].box).error(), ControlOpenError::NotAuthentic);
}

TEST(Control, sizesAreMultiplesOf256) {
  SeededRandom random(8);
  ControlSealer sealer(SecretKey::random(random), random.id<CallId>());
  EXPECT_EQ(sealer.seal(Bytes(0)).value().box.size(), 256 + kTagSize);
  EXPECT_EQ(sealer.seal(Bytes(255)).value().box.size(), 256 + kTagSize);
  EXPECT_EQ(sealer.seal(Bytes(256)).value().box.size(), 512 + kTagSize);
  EXPECT_FALSE(sealer.seal(Bytes(kMaxControlText + 1)));
  EXPECT_EQ(sealer.seal(Bytes(kMaxControlText)).value().box.size(), 16384 + kTagSize);
}

// keys.md section 15
TEST(KeySchedule, small_order_points) {
  SeededRandom random(9);
  const SecretKey mine = SecretKey::random(random);
  for (const char* hex : {"0000000000000000000000000000000000000000000000000000000000000000",
                          "0100000000000000000000000000000000000000000000000000000000000000",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                          "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    EXPECT_FALSE(deriveCallKeys(Hash{}, mine, BoxKey::parseHex(hex).value())) << hex;
  }
}

TEST(KeySchedule, bothSidesDeriveTheSameAndEveryTranscriptBitMatters) {
  SeededRandom random(10);
  const BoxPair a = BoxPair::generate(random);
  const BoxPair b = BoxPair::generate(random);
  Hash th = randomHash(random);
  const auto caller = deriveCallKeys(th, a.secret, b.publicKey);
  const auto callee = deriveCallKeys(th, b.secret, a.publicKey);
  ASSERT_TRUE(caller && callee);
  EXPECT_EQ(toBytes(caller->sas.view()), toBytes(callee->sas.view()));
  EXPECT_EQ(toBytes(caller->path.view()), toBytes(callee->path.view()));
  EXPECT_NE(toBytes(caller->mediaCaller.view()), toBytes(caller->mediaCallee.view()));
  th[31] ^= 1;
  EXPECT_NE(toBytes(deriveCallKeys(th, a.secret, b.publicKey)->sas.view()),
            toBytes(caller->sas.view()));
}

// keys.md section 15, control: a harness that could not find a collision would prove nothing.
// Without the commitment the middle chooses its own ephemeral after it has seen everything else.
// The two SAS are cut to four digits; with six it takes minutes instead of seconds.
TEST(KeySchedule, mitm_grinds_without_commit) {
  SeededRandom random(11);
  const BoxPair a = BoxPair::generate(random);
  const BoxPair b = BoxPair::generate(random);
  const Bytes offer = toBytes(viewOf("offer to the middle"));
  const Bytes answer = toBytes(viewOf("answer to the middle"));
  const Nonce32 nonce{};
  const auto sasWith = [&](const BoxPair& honest, const BoxPair& middle, const Nonce32& n) {
    const Hash th = transcriptOf(offer, answer, middle.publicKey, n);
    return sasOf(deriveCallKeys(th, middle.secret, honest.publicKey)->sas).number % 10000;
  };
  const std::uint32_t wanted = sasWith(a, BoxPair::generate(random), nonce);
  const BoxPair towardsB = BoxPair::generate(random);
  bool found = false;
  for (std::uint32_t i = 0; i < 100'000 && !found; ++i) {
    Nonce32 ground{};
    for (std::size_t k = 0; k < 4; ++k) ground[k] = static_cast<std::uint8_t>(i >> (8 * k));
    found = sasWith(b, towardsB, ground) == wanted;
  }
  EXPECT_TRUE(found);
  // With it, the ground nonce is not the one that was committed to.
  const CallId call = random.id<CallId>();
  const PublicKey x = random.id<PublicKey>();
  Nonce32 ground{};
  ground[0] = 1;
  EXPECT_NE(commitmentOf(call, x, x, towardsB.publicKey, nonce),
            commitmentOf(call, x, x, towardsB.publicKey, ground));
}

TEST(KeySchedule, dialIdsAreDistinct) {
  SeededRandom random(12);
  const SecretKey path = SecretKey::random(random);
  std::set<std::array<std::uint8_t, 16>> ids;
  for (unsigned i = 0; i < 256; ++i) ids.insert(dialId(path, static_cast<std::uint8_t>(i)));
  EXPECT_EQ(ids.size(), 256U);
}

TEST(Sas, digitsAndWordsAreUniform) {
  SeededRandom random(13);
  constexpr int kDraws = 100'000;
  std::array<int, 10> firstDigit{};
  std::array<int, 2> lowBit{};
  for (int i = 0; i < kDraws; ++i) {
    const Sas sas = sasOf(SecretKey::random(random));
    ++firstDigit[sas.number / 100000];
    ++lowBit[sas.wordIndices[1] & 1U];
  }
  for (const int count : firstDigit) EXPECT_NEAR(count, kDraws / 10, 500);
  EXPECT_NEAR(lowBit[0], kDraws / 2, 800);
  Sas sas;
  sas.number = 42;
  EXPECT_EQ(sas.groupedDigits(), "000 042");
}

}  // namespace
}  // namespace foyer::crypto
