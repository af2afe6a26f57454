// Contacts as a file: what is written reads back, and what nobody should believe is refused.
#include "core/store/contact_file.h"

#include <gtest/gtest.h>

namespace foyer::store {
namespace {

PublicKey keyNumber(std::uint8_t n) {
  PublicKey key;
  key.bytes.fill(n);
  return key;
}

StoredContact friendNumber(std::uint8_t n) {
  return {.key = keyNumber(n),
          .ownName = "Ämina from \"work\"",
          .lastAlias = "Amina",
          .state = ContactState::Verified,
          .firstSeen = {1000},
          .lastSeen = {2000},
          .verifiedAt = WallTime{1500},
          .keyHistory = {{keyNumber(99), {900}, true}},
          .note = "Two lines:\nthis is the second, with \\ and </script>",
          .isFavourite = true,
          .policy = ContactPolicy::RelayOnly,
          .ring = "silent"};
}

std::string fileWith(const std::string& contact) {
  return R"({"foyer_contacts":1,"contacts":[)" + contact + "]}";
}
const std::string kKey = R"("key":")" + keyNumber(5).hex() + '"';

Fault faultOf(const std::string& text) {
  const auto read = parseContacts(text);
  return read ? Fault{} : read.error();
}

TEST(ContactFile, whatIsWrittenReadsBackTheSame) {
  const std::vector<StoredContact> all{friendNumber(1), {.key = keyNumber(2)}};
  const auto text = formatContacts(all, {7});
  ASSERT_TRUE(text);
  const auto read = parseContacts(*text);
  ASSERT_TRUE(read) << read.error().code << ' ' << read.error().detail;
  EXPECT_EQ(*read, all);
}

TEST(ContactFile, everyTruncationIsRefused) {
  const auto text = formatContacts({friendNumber(1)}, {7});
  ASSERT_TRUE(text);
  const std::size_t whole = text->find_last_of('}') + 1;
  for (std::size_t size = 0; size < whole; ++size)
    EXPECT_EQ(faultOf(text->substr(0, size)).code, "not_contacts") << size;
}

TEST(ContactFile, aBareKeyIsEnoughAndUnknownFieldsAreSkipped) {
  const auto read = parseContacts(fileWith("{" + kKey + R"(,"pet":{"cat":[1,2]},"note":null})"));
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(*read, (std::vector{StoredContact{.key = keyNumber(5)}}));
}

TEST(ContactFile, eachFieldIsCheckedAndNamed) {
  struct Row {
    const char* field;
    std::string json;
  };
  const std::string longName(300, 'x');
  for (const Row& row : std::vector<Row>{
           {"key", "{}"},
           {"key", R"({"key":"12"})"},
           {"key", R"({"key":7})"},
           {"fingerprint", "{" + kKey + R"(,"fingerprint":"00112233445566778899aabbccddeeff"})"},
           {"name", "{" + kKey + R"(,"name":")" + longName + "\"}"},
           {"name", "{" + kKey + R"(,"name":"bell\u0007"})"},
           {"name", "{" + kKey + R"(,"name":"right \u202e left"})"},
           {"alias", "{" + kKey + R"(,"alias":["a"]})"},
           {"note", "{" + kKey + R"(,"note":")" + std::string(kMaxNoteBytes + 1, 'x') + "\"}"},
           {"note", "{" + kKey + R"(,"note":"\u001b[2J"})"},
           {"ring", "{" + kKey + R"(,"ring":"../etc"})"},
           {"favourite", "{" + kKey + R"(,"favourite":1})"},
           {"policy", "{" + kKey + R"(,"policy":"sometimes"})"},
           {"state", "{" + kKey + R"(,"state":"trusted"})"},
           {"verified_at_ms", "{" + kKey + R"(,"state":"verified"})"},
           {"verified_at_ms", "{" + kKey + R"(,"verified_at_ms":-1})"},
           {"first_seen_ms", "{" + kKey + R"(,"first_seen_ms":1e3})"},
           {"last_call_ms", "{" + kKey + R"(,"last_call_ms":18446744073709551615})"},
           {"earlier_keys", "{" + kKey + R"(,"earlier_keys":[{"key":"00"}]})"},
           {"earlier_keys", "{" + kKey + R"(,"earlier_keys":[7]})"},
           {"not an object", "7"}}) {
    const Fault fault = faultOf(fileWith(row.json));
    EXPECT_EQ(fault.code, "bad_entry") << row.json;
    EXPECT_EQ(fault.detail, std::string("contact 1: ") + row.field) << row.json;
  }
  EXPECT_EQ(faultOf(fileWith("{" + kKey + "},7")).detail, "contact 2: not an object");
}

TEST(ContactFile, whatIsNoFileOfContactsIsToldFromOneOfALaterVersion) {
  for (const char* text :
       {"", "[]", "{}", "not json", R"({"foyer_contacts":1})",
        R"({"foyer_contacts":"1","contacts":[]})", R"({"foyer_contacts":1,"contacts":{}})",
        R"({"foyer_contacts":1,"contacts":[[[[[[[[[[]]]]]]]]]]})", "\xff\xfe"})
    EXPECT_EQ(faultOf(text).code, "not_contacts") << text;
  EXPECT_EQ(faultOf(R"({"foyer_contacts":2,"contacts":[]})").code, "unsupported_version");
  EXPECT_TRUE(parseContacts(R"({"foyer_contacts":1,"contacts":[]})"));
}

TEST(ContactFile, itIsBounded) {
  std::string many = "{" + kKey + "}";
  std::string list = many;
  while (list.size() < (kMaxContacts + 1) * (many.size() + 1) - 1) list += "," + many;
  EXPECT_EQ(faultOf(fileWith(list)).code, "too_many");
  EXPECT_EQ(faultOf(std::string(kMaxContactFile + 1, ' ')).code, "too_large");
  std::string earlier = R"({"key":")" + keyNumber(6).hex() + R"(","replaced_at_ms":1})", keys;
  for (std::size_t i = 0; i <= kMaxKeyHistory; ++i) keys += (i > 0 ? "," : "") + earlier;
  EXPECT_EQ(faultOf(fileWith("{" + kKey + R"(,"earlier_keys":[)" + keys + "]}")).detail,
            "contact 1: earlier_keys");
}

}  // namespace
}  // namespace foyer::store
