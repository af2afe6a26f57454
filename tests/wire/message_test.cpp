#include "core/wire/message.h"

#include <gtest/gtest.h>

#include "core/wire/limits.h"
#include "tests/wire/message_samples.h"

namespace foyer::wire {
namespace {

constexpr std::size_t kTypes = std::variant_size_v<Message>;

ByteView content(const Bytes& frame) { return ByteView(frame).subspan(kFrameHeader); }

Result<Message, DecodeError> decode(std::string_view json) { return decodeMessage(viewOf(json)); }

DecodeError errorOf(std::string_view json) {
  const auto decoded = decode(json);
  EXPECT_FALSE(decoded.has_value()) << json;
  return decoded ? DecodeError::UnknownType : decoded.error();
}

TEST(Message, everyTypeComesBackAsItWas) {
  SeededRandom random(11);
  for (std::size_t type = 0; type < kTypes; ++type) {
    for (int round = 0; round < 50; ++round) {
      const Message message = testing::randomMessage(random, type);
      const Bytes frame = encodeFrame(message);
      ASSERT_EQ(readU32(frame.data()), frame.size() - kFrameHeader);
      const auto back = decodeMessage(content(frame));
      ASSERT_TRUE(back.has_value()) << typeName(message) << " " << toString(back.error());
      EXPECT_EQ(*back, message) << typeName(message);
    }
  }
}

TEST(Message, everyTruncationIsAnError) {
  SeededRandom random(12);
  for (std::size_t type = 0; type < kTypes; ++type) {
    const Bytes frame = encodeFrame(testing::randomMessage(random, type));
    const ByteView json = content(frame);
    const std::size_t step = json.size() > 4000 ? 97 : 1;
    for (std::size_t length = 0; length < json.size(); length += step) {
      EXPECT_FALSE(decodeMessage(json.first(length)).has_value());
    }
  }
}

TEST(Message, flippedBitsNeverCrashAndWhatStillDecodesCanBeSentOn) {
  SeededRandom random(13);
  for (std::size_t type = 0; type < kTypes; ++type) {
    const Bytes frame = encodeFrame(testing::randomMessage(random, type));
    Bytes json = toBytes(content(frame));
    for (int round = 0; round < 400; ++round) {
      const std::size_t at = random.below(json.size());
      const auto bit = static_cast<std::uint8_t>(1u << random.below(8));
      json[at] ^= bit;
      if (const auto decoded = decodeMessage(json)) {
        EXPECT_EQ(decodeMessage(content(encodeFrame(*decoded))), decoded);
      }
      json[at] ^= bit;
    }
  }
}

TEST(Message, theFullestPageStaysBelowSixtyKilobytesAndDecodes) {
  PresencePage page{kMaxJsonInteger, static_cast<std::uint32_t>(kMaxPages - 1), false, {}};
  PresenceDelta delta{1, kMaxJsonInteger, {}};
  for (std::size_t i = 0; i < kMaxPeoplePerPage; ++i) {
    page.people.push_back({Bytes(kMaxPresenceRecord, 0xff), PresenceState::Unreachable, kMaxLegMs});
  }
  for (std::size_t i = 0; i < kMaxChangesPerDelta; ++i) {
    delta.changes.push_back(
        {Fingerprint{}, Bytes(kMaxPresenceRecord, 0xff), PresenceState::Unreachable, kMaxLegMs});
  }
  for (const Message& message : {Message(page), Message(delta)}) {
    const Bytes frame = encodeFrame(message);
    EXPECT_LT(frame.size(), 60u * 1024);
    EXPECT_EQ(decodeMessage(content(frame)), message);
  }
}

TEST(Message, unknownTypesAreToldApartFromBrokenOnes) {
  EXPECT_EQ(errorOf(R"({"t":"room_join","id":1})"), DecodeError::UnknownType);
  EXPECT_FALSE(isMalformed(DecodeError::UnknownType));
  EXPECT_EQ(errorOf(R"({"id":1})"), DecodeError::BadField);
  EXPECT_EQ(errorOf(R"({"t":7})"), DecodeError::BadField);
  EXPECT_EQ(errorOf(R"({"t":"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"})"),
            DecodeError::BadField);
}

TEST(Message, unknownFieldsAreIgnoredAndOptionalOnesMayBeMissing) {
  EXPECT_EQ(decode(R"({"t":"ping","id":5,"new":{"deep":[1,true,null,"x",-3]}})"), Message(Ping{5}));
  EXPECT_EQ(decode(R"({"id":5,"versions":[1,9],"t":"hello"})"), Message(Hello{5, {1, 9}, ""}));
  EXPECT_EQ(decode(R"({"t":"error","code":"x_new","detail":""})"), Message(ErrorMessage{}));
  EXPECT_EQ(decode(R"({"t":"refused","id":1,"code":"moon_phase","detail":"d"})"),
            Message(Refused{1, RefusedCode::Other, "d", std::nullopt}));
}

TEST(Message, aPersonsLegMayBeMissingAndComesWithoutARecord) {
  const Fingerprint who = *Fingerprint::parseHex("00112233445566778899aabbccddeeff");
  EXPECT_EQ(decode(R"({"t":"presence_page","version":1,"page":0,"last":true,"people":[)"
                   R"({"record":"AQID","state":"away"},)"
                   R"({"record":"AQID","state":"away","leg":20}]})"),
            Message(PresencePage{1,
                                 0,
                                 true,
                                 {{{1, 2, 3}, PresenceState::Away, {}},
                                  {{1, 2, 3}, PresenceState::Away, std::uint16_t{20}}}}));
  EXPECT_EQ(
      decode(R"({"t":"presence_delta","from":1,"to":2,"changes":[)"
             R"({"fp":"00112233445566778899aabbccddeeff","state":"dnd","leg":1}]})"),
      Message(PresenceDelta{1, 2, {{who, {}, PresenceState::DoNotDisturb, std::uint16_t{1}}}}));
}

// A stranger may say anything.
TEST(Message, aLegThatNoConnectionHasIsRefused) {
  for (const char* leg : {"0", "-1", "10001", "65556", "99999999999999999999", "1.5", "\"20\"",
                          "null", "true", "[20]"}) {
    const std::string page =
        std::string(R"({"t":"presence_page","version":1,"page":0,"last":true,"people":[)") +
        R"({"record":"AQID","state":"away","leg":)" + leg + "}]}";
    const std::string delta = std::string(R"({"t":"presence_delta","from":1,"to":2,"changes":[)") +
                              R"({"fp":"00112233445566778899aabbccddeeff","state":"dnd","leg":)" +
                              leg + "}]}";
    EXPECT_FALSE(decode(page).has_value()) << leg;
    EXPECT_FALSE(decode(delta).has_value()) << leg;
  }
}

struct BadRow {
  const char* name;
  std::string json;
  DecodeError error;
};

TEST(Message, brokenMessagesHaveANamedReason) {
  const std::string deep = R"({"t":"ping","id":1,"x":)";
  std::string manyValues = R"({"t":"ping","id":1,"x":[1)";
  for (int i = 0; i < 1100; ++i) manyValues += ",1";
  std::string manyFields = R"({"t":"ping","id":1)";
  for (int i = 0; i < 70; ++i) manyFields += ",\"f" + std::to_string(i) + "\":1";
  const std::vector<BadRow> rows = {
      {"empty", "", DecodeError::NotJson},
      {"array", "[]", DecodeError::NotJson},
      {"number", "7", DecodeError::NotJson},
      {"two objects", R"({"t":"replaced"}{"t":"replaced"})", DecodeError::NotJson},
      {"trailing comma", R"({"t":"replaced",})", DecodeError::NotJson},
      {"comment", R"({"t":"replaced"/**/})", DecodeError::NotJson},
      {"byte order mark", "\xef\xbb\xbf{\"t\":\"replaced\"}", DecodeError::NotJson},
      {"invalid UTF-8", "{\"t\":\"replaced\",\"x\":\"\xc3\x28\"}", DecodeError::NotJson},
      {"overlong UTF-8", "{\"t\":\"replaced\",\"x\":\"\xc0\xaf\"}", DecodeError::NotJson},
      {"surrogate bytes", "{\"t\":\"replaced\",\"x\":\"\xed\xa0\x80\"}", DecodeError::NotJson},
      {"lone surrogate", R"({"t":"replaced","x":"\ud800"})", DecodeError::NotJson},
      {"nine deep", deep + "[[[[[[[[]]]]]]]]}", DecodeError::TooComplex},
      {"depth bomb", deep + std::string(60000, '['), DecodeError::TooComplex},
      {"object bomb", deep + R"({"a":{"a":{"a":{"a":{"a":{"a":{"a":{"a":{)",
       DecodeError::TooComplex},
      {"too many values", manyValues + "]}", DecodeError::TooComplex},
      {"too many fields", manyFields + "}", DecodeError::TooComplex},
      {"long name", "{\"t\":\"replaced\",\"" + std::string(65, 'n') + "\":1}",
       DecodeError::TooComplex},
      {"twice the same name", R"({"t":"ping","id":1,"id":2})", DecodeError::DuplicateKey},
      {"twice, escaped", R"({"t":"ping","id":1,"\u0069d":2})", DecodeError::DuplicateKey},
      {"twice, deeper", R"({"t":"ping","id":1,"x":{"a":1,"a":1}})", DecodeError::DuplicateKey},
      {"double", R"({"t":"ping","id":1.0})", DecodeError::BadField},
      {"exponent", R"({"t":"ping","id":1e2})", DecodeError::BadField},
      {"beyond 64 bits", R"({"t":"ping","id":18446744073709551617})", DecodeError::BadField},
      {"wraps to one in 32 bits", R"({"t":"ping","id":4294967297})", DecodeError::BadField},
      {"negative", R"({"t":"ping","id":-1})", DecodeError::BadField},
      {"zero id", R"({"t":"ping","id":0})", DecodeError::BadField},
      {"text for number", R"({"t":"ping","id":"1"})", DecodeError::BadField},
      {"true for number", R"({"t":"ping","id":true})", DecodeError::BadField},
      {"null", R"({"t":"ping","id":null})", DecodeError::BadField},
      {"missing", R"({"t":"ping"})", DecodeError::BadField},
      {"control character", R"({"t":"reflected","id":1,"observed":"a\u0000b"})",
       DecodeError::BadField},
      {"long text", R"({"t":"reflected","id":1,"observed":")" + std::string(65, 'a') + "\"}",
       DecodeError::BadField},
      {"version zero", R"({"t":"hello","id":1,"versions":[0]})", DecodeError::BadField},
      {"version 257", R"({"t":"hello","id":1,"versions":[257]})", DecodeError::BadField},
      {"no version", R"({"t":"hello","id":1,"versions":[]})", DecodeError::BadField},
      {"seventeen versions",
       R"({"t":"hello","id":1,"versions":[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]})",
       DecodeError::BadField},
      {"state of the relay", R"({"t":"availability","state":"gone"})", DecodeError::BadField},
      {"padded base64", R"({"t":"publish","id":1,"record":"YWI="})", DecodeError::BadField},
      {"loose bits in base64", R"({"t":"publish","id":1,"record":"YWJ"})", DecodeError::BadField},
      {"upper-case hex", R"({"t":"release","call_id":"ABCDEF00112233445566778899aabbcc"})",
       DecodeError::BadField},
      {"short hex", R"({"t":"release","call_id":"abcd"})", DecodeError::BadField},
      {"no call id", R"({"t":"release"})", DecodeError::BadField},
      {"people are numbers",
       R"({"t":"presence_page","version":1,"page":0,"last":true,"people":[1]})",
       DecodeError::BadField},
      {"delta backwards", R"({"t":"presence_delta","from":2,"to":1,"changes":[]})",
       DecodeError::BadField},
      {"box of another size",
       R"({"t":"offer","call_id":"00000000000000000000000000000000","to":"00000000000000000000000000000000","from":"00000000000000000000000000000000","box":"YWI"})",
       DecodeError::BadField},
  };
  for (const BadRow& row : rows) {
    const auto decoded = decode(row.json);
    ASSERT_FALSE(decoded.has_value()) << row.name;
    EXPECT_STREQ(toString(decoded.error()), toString(row.error)) << row.name;
  }
}

TEST(Message, eightLevelsAreStillRead) {
  EXPECT_EQ(decode(R"({"t":"ping","id":1,"x":[[[[[[[]]]]]]]})"), Message(Ping{1}));
}

TEST(Message, textsOfOursThatAreTooLongAreCutAtACharacter) {
  Draining message{1, std::string(kMaxDetail - 1, 'a')};
  message.detail += "é";
  const auto back = decodeMessage(content(encodeFrame(message)));
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(std::get<Draining>(*back).detail, std::string(kMaxDetail - 1, 'a'));
}

TEST(Message, randomBytesAreNeverAMessage) {
  SeededRandom random(14);
  for (int round = 0; round < 20000; ++round) {
    Bytes bytes(random.below(200));
    random.fill(bytes);
    EXPECT_FALSE(decodeMessage(bytes).has_value());
  }
}

}  // namespace
}  // namespace foyer::wire
