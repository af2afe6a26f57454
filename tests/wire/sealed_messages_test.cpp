#include "core/wire/sealed_messages.h"

#include <gtest/gtest.h>

#include "core/base/random.h"
#include "core/wire/limits.h"

namespace foyer::wire {
namespace {

TEST(SealedMessages, comeBackAsTheyWere) {
  for (const SealedMessage& message :
       {SealedMessage(Ready{}), SealedMessage(Hangup{}), SealedMessage(SideState{true, false}),
        SealedMessage(SideState{false, true}), SealedMessage(SideState{true, false, {}, true}),
        SealedMessage(SideState{false, false, Tier::Good}), SealedMessage(Paths{}),
        SealedMessage(Paths{{{CandidateKind::Host, *SocketAddress::parse("192.168.1.2:4800")},
                             {CandidateKind::Mapped, *SocketAddress::parse("81.2.3.4:9")},
                             {CandidateKind::Reflexive, *SocketAddress::parse("[2a01::1]:7")}}})}) {
    EXPECT_EQ(decodeSealedMessage(encodeSealedMessage(message)), message);
  }
  EXPECT_EQ(decodeSealedMessage(viewOf(R"({"t":"candidates","list":[]})")).error(),
            DecodeError::UnknownType);
  EXPECT_EQ(decodeSealedMessage(viewOf(R"({"t":"state","muted":1,"match":true})")).error(),
            DecodeError::BadField);
}

// The bytes without the field are those of before it, and a newer peer's tier is no limit.
TEST(SealedMessages, aLimitOfTheTierIsOptional) {
  const auto text = [](const SideState& state) {
    const Bytes json = encodeSealedMessage(state);
    return std::string(json.begin(), json.end());
  };
  EXPECT_EQ(text(SideState{true, false}), R"({"t":"state","muted":true,"match":false})");
  EXPECT_EQ(text(SideState{true, false, {}, true}),
            R"({"t":"state","muted":true,"match":false,"held":true})");
  const SideState differs{.muted = true, .wordsDiffer = true};
  EXPECT_EQ(text(differs), R"({"t":"state","muted":true,"match":false,"differ":true})");
  EXPECT_EQ(decodeSealedMessage(viewOf(text(differs))), SealedMessage(differs));
  EXPECT_EQ(decodeSealedMessage(viewOf(R"({"t":"state","muted":true,"match":true,"differ":true})"))
                .error(),
            DecodeError::BadField);
  EXPECT_EQ(text(SideState{true, false, Tier::Low}),
            R"({"t":"state","muted":true,"match":false,"most":"low"})");
  EXPECT_EQ(decodeSealedMessage(viewOf(R"({"t":"state","muted":true,"match":false,"most":"hd"})")),
            SealedMessage(SideState{true, false}));
  EXPECT_EQ(
      decodeSealedMessage(viewOf(R"({"t":"state","muted":true,"match":false,"most":7})")).error(),
      DecodeError::BadField);
}

// Without the words of a NAT the bytes are those of before them.
TEST(SealedMessages, theWordsOfANatAreOptional) {
  const auto text = [](const Paths& paths) {
    const Bytes json = encodeSealedMessage(paths);
    return std::string(json.begin(), json.end());
  };
  Paths paths{{{CandidateKind::Predicted, *SocketAddress::parse("81.2.3.4:40001")}}};
  EXPECT_EQ(text(paths), R"({"t":"paths","c":["predicted 81.2.3.4:40001"]})");
  paths.nat = NatWords{"address_and_port_dependent", "address_dependent", "sequential", true};
  EXPECT_EQ(text(paths),
            R"({"t":"paths","c":["predicted 81.2.3.4:40001"],)"
            R"("nat":{"mapping":"address_and_port_dependent","filtering":"address_dependent",)"
            R"("ports":"sequential","tries":true}})");
  EXPECT_EQ(decodeSealedMessage(viewOf(text(paths))), SealedMessage(paths));
  const auto decode = [](std::string_view json) { return decodeSealedMessage(viewOf(json)); };
  const auto newer = decode(R"({"t":"paths","c":[],"nat":{"mapping":"odd","colour":[1,{"a":2}]}})");
  ASSERT_TRUE(newer);
  EXPECT_EQ(std::get<Paths>(*newer).nat, (NatWords{"odd", "", "", false}));
  for (const char* bad : {R"({"t":"paths","c":[],"nat":7})", R"({"t":"paths","c":[],"nat":[]})",
                          R"({"t":"paths","c":[],"nat":{"mapping":1}})",
                          R"({"t":"paths","c":[],"nat":{"tries":"yes"}})"})
    EXPECT_FALSE(decode(bad)) << bad;
  const std::string longWord(kMaxCode + 1, 'w');
  EXPECT_FALSE(decode(R"({"t":"paths","c":[],"nat":{"ports":")" + longWord + R"("}})"));
}

TEST(SealedMessages, callInfoComesBack) {
  const CallInfo info{"Amina \"the fox\"", {"opus", "codec2"}, "foyer 0.1.0"};
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info)), info);
  EXPECT_EQ(decodeCallInfo(viewOf("{}")), CallInfo{});
  EXPECT_FALSE(decodeCallInfo(Bytes(kMaxCallInfo + 1, ' ')).has_value());
}

TEST(SealedMessages, anAnswerTellsAFewAddresses) {
  const Candidate seen{CandidateKind::Reflexive, *SocketAddress::parse("81.2.69.142:40001")};
  CallInfo info{"Amina", {"opus"}, "foyer 0.1.0", {seen}};
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info)), info);
  info.at.assign(20, seen);
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info))->at.size(), kMaxAnswerCandidates);
  // A long name is shortened before an address is left out.
  info.alias = std::string(kMaxAliasBytes, 'n');
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info))->at.size(), kMaxAnswerCandidates);
  for (const char* bad :
       {R"({"at":["reflexive 81.2.69.142:0"]})", R"({"at":["81.2.69.142:1"]})", R"({"at":[1]})",
        R"({"at":["a 1.2.3.4:1","a 1.2.3.4:1","a 1.2.3.4:1","a 1.2.3.4:1"]})"})
    EXPECT_FALSE(decodeCallInfo(viewOf(bad))) << bad;
  EXPECT_TRUE(decodeCallInfo(viewOf(R"({"at":["by_pigeon 81.2.69.142:1"]})"))->at.empty());
}

TEST(SealedMessages, anAnswerTellsARelaysWordWhereThereIsRoom) {
  const Candidate seen{CandidateKind::Reflexive, *SocketAddress::parse("81.2.69.142:40001")};
  CallInfo info{"Amina", {"opus"}, "foyer 0.1.0", {seen, seen, seen}, Bytes(105, 7)};
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info)), info);
  // A long name is shortened before it is left out, and it before an address.
  info.alias = std::string(kMaxAliasBytes, 'n');
  EXPECT_EQ(decodeCallInfo(encodeCallInfo(info))->vouch, info.vouch);
  info.vouch = Bytes(kMaxVouch, 7);
  info.capabilities.assign(4, std::string(24, 'c'));
  const auto crowded = decodeCallInfo(encodeCallInfo(info));
  EXPECT_TRUE(crowded->vouch.empty());
  EXPECT_EQ(crowded->at.size(), kMaxAnswerCandidates);
  EXPECT_FALSE(decodeCallInfo(viewOf(R"({"by":""})")));
  EXPECT_FALSE(decodeCallInfo(viewOf(R"({"by":7})")));
}

TEST(SealedMessages, aRelaysWordsAreTold) {
  Paths paths{{}, std::nullopt, {Bytes(105, 7)}};
  EXPECT_EQ(decodeSealedMessage(encodeSealedMessage(paths)), SealedMessage(paths));
  paths.vouches.assign(9, Bytes(105, 7));
  EXPECT_EQ(std::get<Paths>(*decodeSealedMessage(encodeSealedMessage(paths))).vouches.size(),
            kMaxVouches);
  EXPECT_FALSE(decodeSealedMessage(viewOf(R"({"t":"paths","c":[],"seen":[7]})")));
  EXPECT_FALSE(decodeSealedMessage(viewOf(R"({"t":"paths","c":[],"seen":[{"by":""}]})")));
}

TEST(SealedMessages, callInfoAlwaysFitsItsPlace) {
  CallInfo info;
  info.alias = std::string(kMaxAliasBytes, '"');
  info.build = std::string(kMaxBuild, '\\');
  info.capabilities.assign(40, std::string(kMaxCode, 'c'));
  const Bytes encoded = encodeCallInfo(info);
  EXPECT_LE(encoded.size(), kMaxCallInfo);
  EXPECT_TRUE(decodeCallInfo(encoded).has_value());
}

// The peer's own word, sealed, so no relay has looked at it.
TEST(CallInfo, aNameThatWouldDeceiveTheEyeIsNoName) {
  for (const char* name : {"Amina\u202Eanim", " Amina", "Am\u200Bina", "\u0301Amina"}) {
    const std::string json = std::string(R"({"alias":")") + name + R"(","build":"b"})";
    const auto info = decodeCallInfo(viewOf(json));
    ASSERT_TRUE(info) << name;
    EXPECT_EQ(info->alias, "") << name;
    EXPECT_EQ(info->build, "b");
  }
  EXPECT_EQ(decodeCallInfo(viewOf(std::string_view(R"({"alias":"Amina"})")))->alias, "Amina");
}

TEST(SealedMessages, pathsAreReadStrictlyAndTolerantOfKinds) {
  const auto decode = [](std::string_view json) { return decodeSealedMessage(viewOf(json)); };
  const auto some = decode(R"({"t":"paths","c":["warp 81.2.3.4:5","host 10.0.0.1:5"]})");
  ASSERT_TRUE(some);
  EXPECT_EQ(std::get<Paths>(*some).candidates.size(), 1U) << "of a newer kind: skipped";
  for (const char* bad :
       {R"({"t":"paths"})", R"({"t":"paths","c":[5]})", R"({"t":"paths","c":["host"]})",
        R"({"t":"paths","c":["host 10.0.0.1"]})", R"({"t":"paths","c":["host 10.0.0.1:0"]})",
        R"({"t":"paths","c":["host fe80::1%3:5"]})", R"({"t":"paths","c":["host 1.2.3.4:99999"]})"})
    EXPECT_FALSE(decode(bad)) << bad;
  std::string many = R"({"t":"paths","c":[)";
  for (int i = 0; i < 17; ++i) many += std::string(i > 0 ? "," : "") + R"("host 10.0.0.1:5")";
  EXPECT_FALSE(decode(many + "]}")) << "more than are ever sent";
}

}  // namespace
}  // namespace foyer::wire
