#include "core/crypto/observed.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::crypto {
namespace {

struct ObservedTest : testing::Test {
  SeededRandom random{3};
  Identity relay = Identity::generate(random), other = Identity::generate(random);
  PublicKey who = Identity::generate(random).publicKey();
  IpAddress ip = IpAddress::v4(81, 2, 69, 142);
  static constexpr std::uint64_t kAt = 1'790'000'000'000;
};

TEST_F(ObservedTest, holdsForThatIdentityThatRelayAndThatTime) {
  for (const IpAddress& seen : {ip, *IpAddress::parse("2a01:4f8::7")}) {
    const Bytes word = signObserved(relay, who, seen, kAt);
    ASSERT_EQ(word.size(), kObservedBytes);
    const auto read = readObserved(word);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->ip, seen);
    EXPECT_EQ(read->relay, relay.fingerprint());
    EXPECT_TRUE(isObserved(relay.publicKey(), who, *read, kAt + kObservedForMs));
    EXPECT_TRUE(isObserved(relay.publicKey(), who, *read, kAt - kObservedForMs));
    EXPECT_FALSE(isObserved(relay.publicKey(), who, *read, kAt + kObservedForMs + 1));
    EXPECT_FALSE(isObserved(relay.publicKey(), other.publicKey(), *read, kAt));
    EXPECT_FALSE(isObserved(other.publicKey(), who, *read, kAt));
  }
}

TEST_F(ObservedTest, anyOtherByteIsWorthNothing) {
  const Bytes word = signObserved(relay, who, ip, kAt);
  for (std::size_t i = 0; i < word.size(); ++i) {
    Bytes changed = word;
    changed[i] ^= 1;
    const auto read = readObserved(changed);
    EXPECT_FALSE(read && isObserved(relay.publicKey(), who, *read, kAt)) << i;
  }
  EXPECT_FALSE(readObserved(ByteView(word).first(word.size() - 1)));
  EXPECT_FALSE(readObserved({}));
}

}  // namespace
}  // namespace foyer::crypto
