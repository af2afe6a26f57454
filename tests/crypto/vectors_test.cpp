// Every vector of keys-vectors.json, the invalid ones included.
#include "tests/crypto/vectors.h"

#include "core/crypto/control_seal.h"
#include "core/crypto/enc.h"
#include "core/crypto/key_schedule.h"
#include "core/crypto/media_seal.h"
#include "core/crypto/presence.h"
#include "core/crypto/room_keys.h"
#include "core/crypto/sas.h"
#include "core/crypto/words.h"

namespace foyer::crypto {
namespace {

std::string hexOf(ByteView bytes) { return toHex(bytes); }

TEST(Vectors, identity) {
  const Vector v = vectorNamed("identity");
  const SecretSeed seed = secretOf(v.in["seed"]);
  std::string words;
  for (const std::string_view word : wordsOfSeed(seed))
    words += (words.empty() ? "" : " ") + std::string(word);
  EXPECT_EQ(v.out["words"], words);
  const auto back = seedOfPhrase(words);
  ASSERT_TRUE(back);
  EXPECT_EQ(v.in["seed"], hexOf(back->view()));
  const Identity identity = Identity::fromSeed(seed);
  EXPECT_EQ(v.out["ed25519_seed"], hexOf(identity.tlsSeed().view()));
  EXPECT_EQ(v.out["ik"], identity.publicKey().hex());
  EXPECT_EQ(v.out["fingerprint"], identity.fingerprint().hex());
  EXPECT_TRUE(isValidIdentityKey(identity.publicKey()));
}

TEST(Vectors, identityInvalid) {
  const Vector v = vectorNamed("identity-invalid");
  for (std::size_t i = 0; i < v.in["ik"].size(); ++i) {
    EXPECT_EQ(isValidIdentityKey(idOf<PublicKey>(v.in["ik"][i])), v.out["valid"][i].get<bool>());
  }
}

TEST(Vectors, encoding) {
  const Vector v = vectorNamed("enc");
  const Bytes a = bytesOf(v.in["fields"][0]);
  const Bytes b = bytesOf(v.in["fields"][1]);
  const Bytes c = bytesOf(v.in["fields"][2]);
  const std::string label = v.in["label"];
  const Bytes body = enc(label, {a, b, c});
  EXPECT_EQ(v.out["bytes"], hexOf(body));
  const auto fields = decodeEnc<3>(body, label);
  ASSERT_TRUE(fields);
  EXPECT_EQ(toBytes((*fields)[2]), c);
}

TEST(Vectors, presence) {
  const Vector v = vectorNamed("presence");
  const Identity identity = identityOf(v.in["seed"]);
  PresenceRecord record;
  record.identity = identity.publicKey();
  record.box = boxPublicKey(secretOf(v.in["box_secret"]));
  EXPECT_EQ(v.out["box"], record.box.hex());
  record.sequence = v.in["seq"];
  record.issuedMs = v.in["issued_ms"];
  record.ttlSeconds = v.in["ttl_s"];
  record.versions = bytesOf(v.in["vers"]);
  record.relay = idOf<Fingerprint>(v.in["relay_fp"]);
  record.alias = v.in["alias"];
  const Bytes made = signPresence(identity, record);
  EXPECT_EQ(hexOf(made), v.out["body"].get<std::string>() + v.out["sig"].get<std::string>());
  const auto read = openPresence(made);
  ASSERT_TRUE(read);
  EXPECT_EQ(*read, record);
}

OfferBody offerOf(const Vector& v) {
  OfferBody offer;
  offer.versions = bytesOf(v.in["vers"]);
  offer.callId = idOf<CallId>(v.in["call_id"]);
  offer.caller = identityOf(v.in["seed"]).publicKey();
  offer.callee = idOf<PublicKey>(v.in["ik_peer"]);
  offer.calleeBox = idOf<BoxKey>(v.in["box_peer"]);
  offer.reply = boxPublicKey(secretOf(v.in["reply_secret"]));
  offer.commitment = commitmentOf(offer.callId, offer.caller, offer.callee,
                                  boxPublicKey(secretOf(v.in["eA_secret"])), arrayOf(v.in["nA"]));
  offer.issuedMs = v.in["issued_ms"];
  offer.ttlSeconds = v.in["ttl_s"];
  offer.policy = CallPolicy{v.in["policy"].get<std::uint8_t>()};
  offer.info = bytesOf(v.in["info"]);
  return offer;
}

TEST(Vectors, offer) {
  const Vector v = vectorNamed("offer");
  const OfferBody offer = offerOf(v);
  EXPECT_EQ(v.out["eA"], boxPublicKey(secretOf(v.in["eA_secret"])).hex());
  EXPECT_EQ(v.out["reply"], offer.reply.hex());
  EXPECT_EQ(v.out["commit"], hexOf(offer.commitment));
  const SignedSetup made = signSetup(identityOf(v.in["seed"]), offer);
  EXPECT_EQ(v.out["body"], hexOf(made.body));
  EXPECT_EQ(v.out["sig"], made.signature.hex());
  EXPECT_EQ(v.out["offer_hash"], hexOf(sha256(made.body)));
  const Bytes box = sealSetup(offer.calleeBox, secretOf(v.in["seal_secret"]), made);
  EXPECT_EQ(v.out["sealed"], hexOf(box));
  EXPECT_EQ(box.size(), kSetupBoxSize);
  const BoxPair recipient = BoxPair::fromSecret(secretOf(vectorNamed("presence").in["box_secret"]));
  const auto opened = unsealSetup(recipient, box);
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->body, made.body);
  EXPECT_EQ(opened->signature, made.signature);
  EXPECT_EQ(decodeSetup(opened->body), std::optional<SetupBody>(offer));
}

TEST(Vectors, ringingRejectAndCancel) {
  const Vector v = vectorNamed("setup-small");
  const Identity caller = identityOf(v.in["seed_caller"]);
  const Identity callee = identityOf(v.in["seed_callee"]);
  const auto hash = arrayOf(v.in["offer_hash"]);
  const auto check = [&](const Identity& signer, const SetupBody& body, const std::string& name) {
    const SignedSetup made = signSetup(signer, body);
    EXPECT_EQ(v.out[name], hexOf(made.body));
    EXPECT_EQ(v.out[name + "_sig"], made.signature.hex());
    EXPECT_EQ(decodeSetup(made.body), std::optional<SetupBody>(body));
  };
  check(callee, RingingBody{hash}, "ringing");
  check(callee, RejectBody{hash, RejectReason::Declined}, "reject");
  check(caller, CancelBody{hash, CancelReason::Person}, "cancel");
}

TEST(Vectors, answer) {
  const Vector v = vectorNamed("answer");
  AnswerBody answer;
  answer.version = v.in["ver"];
  answer.versions = bytesOf(v.in["vers"]);
  answer.offerHash = arrayOf(v.in["offer_hash"]);
  answer.ephemeral = boxPublicKey(secretOf(v.in["eB_secret"]));
  answer.nonce = arrayOf(v.in["nB"]);
  answer.mode = CallPolicy{v.in["mode"].get<std::uint8_t>()};
  answer.info = bytesOf(v.in["info"]);
  EXPECT_EQ(v.out["eB"], answer.ephemeral.hex());
  const SignedSetup made = signSetup(identityOf(v.in["seed"]), answer);
  EXPECT_EQ(v.out["body"], hexOf(made.body));
  EXPECT_EQ(v.out["sig"], made.signature.hex());
  EXPECT_EQ(decodeSetup(made.body), std::optional<SetupBody>(answer));
}

TEST(Vectors, schedule) {
  const Vector v = vectorNamed("schedule");
  const SecretKey eA = secretOf(v.in["eA_secret"]);
  const BoxKey eB = idOf<BoxKey>(v.in["eB"]);
  EXPECT_EQ(v.out["eA"], boxPublicKey(eA).hex());
  const Hash th = transcriptOf(bytesOf(v.in["offer_body"]), bytesOf(v.in["answer_body"]),
                               boxPublicKey(eA), arrayOf(v.in["nA"]));
  EXPECT_EQ(v.out["th"], hexOf(th));
  const auto shared = dh(eA, eB);
  ASSERT_TRUE(shared);
  EXPECT_EQ(v.out["dh"], hexOf(shared->view()));
  EXPECT_EQ(v.out["prk"], hexOf(extract(th, shared->view()).view()));
  const auto keys = deriveCallKeys(th, eA, eB);
  ASSERT_TRUE(keys);
  EXPECT_EQ(v.out["sas"], hexOf(keys->sas.view()));
  EXPECT_EQ(v.out["media caller"], hexOf(keys->media(Role::Caller).view()));
  EXPECT_EQ(v.out["media callee"], hexOf(keys->media(Role::Callee).view()));
  EXPECT_EQ(v.out["control caller"], hexOf(keys->control(Role::Caller).view()));
  EXPECT_EQ(v.out["control callee"], hexOf(keys->control(Role::Callee).view()));
  EXPECT_EQ(v.out["path"], hexOf(keys->path.view()));
  const Sas sas = sasOf(keys->sas);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(v.out["word_indices"][i], sas.wordIndices[i]);
    EXPECT_EQ(sas.word(i), v.out["words"][i].get<std::string>());
  }
  EXPECT_EQ(v.out["digits"], sas.digits());
}

TEST(Vectors, dhZero) {
  const Vector v = vectorNamed("dh-zero");
  EXPECT_FALSE(dh(secretOf(v.in["eA_secret"]), idOf<BoxKey>(v.in["eB"])));
  EXPECT_FALSE(deriveCallKeys(Hash{}, secretOf(v.in["eA_secret"]), idOf<BoxKey>(v.in["eB"])));
}

TEST(Vectors, confirm) {
  const Vector v = vectorNamed("confirm");
  const ConfirmBody confirm{idOf<CallId>(v.in["call_id"]), idOf<BoxKey>(v.in["eA"]),
                            arrayOf(v.in["nA"]), arrayOf(v.in["th"])};
  const SignedSetup made = signSetup(identityOf(v.in["seed"]), confirm);
  EXPECT_EQ(v.out["body"], hexOf(made.body));
  EXPECT_EQ(v.out["sig"], made.signature.hex());
  EXPECT_EQ(decodeSetup(made.body), std::optional<SetupBody>(confirm));
}

TEST(Vectors, sasMap) {
  const Vector v = vectorNamed("sas-map");
  ASSERT_EQ(v.out["cases"].size(), 5U);
  for (const auto& expected : v.out["cases"]) {
    const Sas sas = sasOf(secretOf(expected["okm"]));
    EXPECT_EQ(expected["digits"], sas.digits());
    for (std::size_t i = 0; i < 2; ++i) {
      EXPECT_EQ(expected["word_indices"][i], sas.wordIndices[i]);
      EXPECT_EQ(sas.word(i), expected["words"][i].get<std::string>());
    }
  }
}

TEST(Vectors, media) {
  const Vector v = vectorNamed("media");
  SecretKey chain = secretOf(v.in["chain_0"]);
  EXPECT_EQ(v.out["key_0"], hexOf(expand(chain, "foyer/1 media key").view()));
  EXPECT_EQ(v.out["chain_1"], hexOf(expand(chain, "foyer/1 media next").view()));
  std::uint32_t epoch = 0;
  for (const auto& packet : v.out["packets"]) {
    while (epoch < packet["epoch"].get<std::uint32_t>()) {
      chain = expand(chain, "foyer/1 media next");
      ++epoch;
    }
    EXPECT_EQ(packet["key"], hexOf(expand(chain, "foyer/1 media key").view()));
    const TimePoint now{};
    MediaSealer sealer(now, chain, epoch, packet["counter"].get<std::uint64_t>());
    std::array<std::uint8_t, kMaxMediaPacket> out;
    const Bytes inner = bytesOf(packet["inner"]);
    const auto size = sealer.seal(now, inner, out);
    ASSERT_TRUE(size);
    EXPECT_EQ(packet["packet"], hexOf(ByteView(out).first(*size)));
    EXPECT_EQ(sealer.bucket(), packet["padded"].get<std::size_t>());
  }
}

TEST(Vectors, openerFollowsThePacketsOfTheVector) {
  const Vector v = vectorNamed("media");
  MediaOpener opener(secretOf(v.in["chain_0"]));
  std::array<std::uint8_t, 1024> inner;
  for (const auto& packet : v.out["packets"]) {
    if (packet["epoch"].get<int>() > 4) continue;
    const auto opened = opener.open(TimePoint{}, bytesOf(packet["packet"]), inner);
    ASSERT_TRUE(opened) << toString(opened.error());
    EXPECT_EQ(opened->counter, packet["counter"].get<std::uint64_t>());
    EXPECT_EQ(opened->epoch, packet["epoch"].get<std::uint32_t>());
    EXPECT_EQ(packet["inner"], hexOf(ByteView(inner).first(opened->size)));
  }
}

TEST(Vectors, counter) {
  const Vector v = vectorNamed("counter");
  for (std::size_t i = 0; i < v.in["cases"].size(); ++i) {
    const auto highest = v.in["cases"][i][0].get<std::int64_t>();
    EXPECT_EQ(expandCounter(highest < 0 ? std::nullopt : std::optional<std::uint64_t>(highest),
                            v.in["cases"][i][1].get<std::uint16_t>()),
              v.out["counter"][i].get<std::uint64_t>());
  }
}

TEST(Vectors, paddingInvalid) {
  const Vector v = vectorNamed("padding-invalid");
  for (const auto& padded : v.in["padded"]) EXPECT_FALSE(unpaddedSize(bytesOf(padded)));
}

TEST(Vectors, control) {
  const Vector v = vectorNamed("control");
  const SecretKey key = secretOf(v.in["key"]);
  const CallId callId = idOf<CallId>(v.in["call_id"]);
  ControlSealer sealer(key, callId);
  ControlOpener opener(key, callId);
  for (int n = 0; n < 3; ++n) ASSERT_TRUE(sealer.seal(viewOf("{}")));
  const auto sealed = sealer.seal(bytesOf(v.in["plain"]));
  ASSERT_TRUE(sealed);
  EXPECT_EQ(sealed->n, v.in["n"].get<std::uint64_t>());
  EXPECT_EQ(v.out["sealed"], hexOf(sealed->box));
  const auto opened = opener.open(3, sealed->box);
  ASSERT_TRUE(opened);
  EXPECT_EQ(v.in["plain"], hexOf(*opened));
}

TEST(Vectors, path) {
  const Vector v = vectorNamed("path");
  const SecretKey path = secretOf(v.in["path"]);
  const CallId callId = idOf<CallId>(v.in["call_id"]);
  const Bytes exporter = bytesOf(v.in["exporter"]);
  EXPECT_EQ(v.out["probe"], hexOf(probeKey(path).view()));
  for (std::size_t i = 0; i < v.in["attempts"].size(); ++i) {
    EXPECT_EQ(v.out["dial_ids"][i], hexOf(dialId(path, v.in["attempts"][i].get<std::uint8_t>())));
  }
  EXPECT_EQ(v.out["bind_caller"], hexOf(bindTag(bindKey(path, Role::Caller), callId, exporter)));
  EXPECT_EQ(v.out["bind_callee"], hexOf(bindTag(bindKey(path, Role::Callee), callId, exporter)));
}

TEST(Vectors, room) {
  const Vector v = vectorNamed("room");
  const RoomKeys keys = roomKeysOf(secretOf(v.in["secret"]));
  EXPECT_EQ(v.out["room_id"], keys.id.hex());
  EXPECT_EQ(v.out["room_seal"], hexOf(keys.seal.view()));
  const Identity a = identityOf(v.in["seed_A"]);
  const Identity b = identityOf(v.in["seed_B"]);
  const BoxPair joinBox = BoxPair::fromSecret(secretOf(v.in["jbox_secret"]));

  const JoinBody join{
      keys.id,           a.publicKey(), joinBox.publicKey,    idOf<JoinNonce>(v.in["jnonce_A"]),
      v.in["issued_ms"], Bytes{1},      toBytes(viewOf("{}"))};
  SignedSetup made{encodeJoin(join), {}};
  EXPECT_EQ(v.out["join_body"], hexOf(made.body));
  EXPECT_EQ(decodeJoin(made.body), std::optional(join));
  made.signature = a.sign(made.body);
  EXPECT_EQ(v.out["join_sig"], made.signature.hex());
  const Bytes sealedJoin = sealForRoom(keys, arrayOf<24>(v.in["nonce24"]), made);
  EXPECT_EQ(v.out["join_sealed"], hexOf(sealedJoin));
  const auto openedJoin = openForRoom(keys, sealedJoin);
  ASSERT_TRUE(openedJoin);
  EXPECT_EQ(openedJoin->body, made.body);

  SenderBody sender{keys.id,    b.publicKey(), a.publicKey(),   idOf<JoinNonce>(v.in["jnonce_B"]),
                    join.nonce, v.in["epoch"], v.in["counter"], secretOf(v.in["chain"])};
  SignedSetup madeSender{encodeSender(sender), {}};
  EXPECT_EQ(v.out["sender_body"], hexOf(madeSender.body));
  madeSender.signature = b.sign(madeSender.body);
  EXPECT_EQ(v.out["sender_sig"], madeSender.signature.hex());
  const Bytes sealedSender =
      sealSetup(joinBox.publicKey, secretOf(v.in["seal_secret"]), madeSender);
  EXPECT_EQ(v.out["sender_sealed"], hexOf(sealedSender));
  const auto openedSender = unsealSetup(joinBox, sealedSender);
  ASSERT_TRUE(openedSender);
  const auto decoded = decodeSender(openedSender->body);
  ASSERT_TRUE(decoded);
  EXPECT_EQ(v.in["chain"], hexOf(decoded->chain.view()));
}

TEST(Vectors, signatureInvalid) {
  const Vector v = vectorNamed("signature-invalid");
  ASSERT_EQ(v.in["cases"].size(), 4U);
  for (const auto& c : v.in["cases"]) {
    EXPECT_FALSE(verify(idOf<PublicKey>(c["ik"]), bytesOf(c["body"]), idOf<Signature>(c["sig"])))
        << c["name"];
  }
}

}  // namespace
}  // namespace foyer::crypto
