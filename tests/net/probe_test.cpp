#include "core/net/probe.h"

#include <gtest/gtest.h>

#include "core/base/random.h"

namespace foyer::net {
namespace {

using crypto::Role;

class ProbeTest : public testing::Test {
 protected:
  SeededRandom m_random{3};
  crypto::SecretKey m_key = crypto::SecretKey::random(m_random);
  ProbeNonce m_nonce{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12};
};

TEST_F(ProbeTest, bothKindsComeBackAsTheyWere) {
  for (const char* seen : {"81.2.3.4:7000", "[2a01:1::9]:65535"}) {
    for (const Probe& probe :
         {Probe(ProbeAsk{m_nonce}), Probe(ProbeAnswer{m_nonce, *SocketAddress::parse(seen)})}) {
      const Bytes bytes = encodeProbe(m_key, Role::Caller, probe);
      EXPECT_TRUE(looksLikeProbe(bytes));
      EXPECT_LE(bytes.size(), kMaxProbe);
      EXPECT_EQ(decodeProbe(m_key, Role::Caller, bytes), probe);
    }
  }
}

TEST_F(ProbeTest, nobodyElsesIsTaken) {
  const Bytes bytes = encodeProbe(m_key, Role::Caller, ProbeAsk{m_nonce});
  EXPECT_FALSE(decodeProbe(m_key, Role::Callee, bytes)) << "one's own, reflected";
  EXPECT_FALSE(decodeProbe(crypto::SecretKey::random(m_random), Role::Caller, bytes));
  for (std::size_t i = 0; i < bytes.size() * 8; ++i) {
    Bytes bent = bytes;
    bent[i / 8] = static_cast<std::uint8_t>(bent[i / 8] ^ (1 << (i % 8)));
    EXPECT_FALSE(decodeProbe(m_key, Role::Caller, bent)) << i;
  }
  for (std::size_t size = 0; size < bytes.size(); ++size)
    EXPECT_FALSE(decodeProbe(m_key, Role::Caller, ByteView(bytes).first(size)));
}

// A first byte of a QUIC, STUN or TURN packet is never one of a probe.
TEST_F(ProbeTest, itsFirstByteIsNobodyElses) {
  EXPECT_GT(kProbeFirstByte, 3);
  EXPECT_LT(kProbeFirstByte, 16);
}

}  // namespace
}  // namespace foyer::net
