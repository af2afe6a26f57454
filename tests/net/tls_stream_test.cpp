#include "core/net/tls_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string>

#include "core/base/random.h"

namespace foyer::net {
namespace {

std::shared_ptr<const TlsCredentials> server(const std::string& name = {}) {
  auto made = TlsCredentials::selfSigned(name);
  EXPECT_TRUE(made);
  return *made;
}

// Both ends and the wire between them, which cuts what it carries into pieces of `cut` bytes.
struct Wire {
  Wire(std::shared_ptr<const TlsCredentials> clientSide,
       std::shared_ptr<const TlsCredentials> serverSide, const std::string& name = {})
      : a(std::move(clientSide), name), b(std::move(serverSide), {}) {}

  static bool pass(TlsStream& from, TlsStream& to, Bytes& into, std::size_t cut) {
    const Bytes sent = toBytes(from.ciphertext());
    from.taken(sent.size());
    for (ByteView rest = sent; !rest.empty();) {
      const ByteView piece = rest.first(std::min(cut, rest.size()));
      rest = rest.subspan(piece.size());
      to.handleCiphertext(piece, [&](ByteView plaintext) { append(into, plaintext); });
    }
    return !sent.empty();
  }
  // Until nobody has anything to say.
  void run(std::size_t cut = 1 << 20) {
    a.start();
    for (int i = 0; i < 100; ++i) {
      const bool any = pass(a, b, atServer, cut);
      if (!pass(b, a, atClient, cut) && !any) return;
    }
    FAIL() << "both talk for ever";
  }

  TlsStream a, b;
  Bytes atClient, atServer;
};

TEST(TlsStream, carriesBytesBothWaysHoweverTheWireCutsThem) {
  for (const std::size_t cut : {std::size_t{1}, std::size_t{7}, std::size_t{1 << 20}}) {
    Wire wire(TlsCredentials::unchecked(), server());
    wire.run(cut);
    ASSERT_TRUE(wire.a.isOpen() && wire.b.isOpen()) << cut;
    SeededRandom random(cut);
    Bytes up(40'000), down(20'000);
    random.fill(up);
    random.fill(down);
    ASSERT_TRUE(wire.a.send(up));
    ASSERT_TRUE(wire.b.send(down));
    const ByteView sent = wire.a.ciphertext();
    EXPECT_EQ(std::search(sent.begin(), sent.end(), up.begin(), up.begin() + 16), sent.end())
        << "in the clear";
    wire.run(cut);
    EXPECT_EQ(wire.atServer, up);
    EXPECT_EQ(wire.atClient, down);
  }
}

TEST(TlsStream, nothingCanBeSentBeforeItIsOpenOrAfterItIsClosed) {
  Wire wire(TlsCredentials::unchecked(), server());
  EXPECT_FALSE(wire.a.send(Bytes{1}));
  EXPECT_FALSE(wire.b.send(Bytes{1}));
  wire.run();
  EXPECT_TRUE(wire.a.send(Bytes{1}));
  wire.a.close();
  EXPECT_FALSE(wire.a.send(Bytes{2}));
  wire.run();
  EXPECT_EQ(wire.atServer, Bytes{1});
  EXPECT_EQ(wire.b.state(), TlsStream::State::Closed);
  EXPECT_FALSE(wire.b.error());
}

TEST(TlsStream, whatWaitsIsBounded) {
  Wire wire(TlsCredentials::unchecked(), server());
  wire.run();
  std::size_t accepted = 0;
  const Bytes chunk(1000);
  while (wire.a.send(chunk)) accepted += chunk.size();
  EXPECT_GT(accepted, TlsStream::kMaxPending * 9 / 10);
  EXPECT_LE(wire.a.ciphertext().size(), TlsStream::kMaxPending + 1000);
  wire.run();
  EXPECT_EQ(wire.atServer.size(), accepted);
  EXPECT_TRUE(wire.a.send(chunk)) << "there is room again";
}

TEST(TlsStream, aCheckedServerIsWhoItShouldBe) {
  const auto real = server("turn.example.net");
  const auto trust = TlsCredentials::trusting(real->certificate());
  ASSERT_TRUE(trust);
  Wire right(*trust, real, "turn.example.net");
  right.run();
  EXPECT_TRUE(right.a.isOpen() && right.b.isOpen());

  Wire other(*trust, real, "turn.example.org");
  other.run();
  EXPECT_EQ(other.a.error(), TlsError::WrongName);
  EXPECT_EQ(other.b.error(), TlsError::Refused) << "is told";

  Wire stranger(*trust, server("turn.example.net"), "turn.example.net");
  stranger.run();
  EXPECT_EQ(stranger.a.error(), TlsError::Untrusted);

  Wire address(*trust, real, "192.0.2.1");
  address.run();
  EXPECT_EQ(address.a.error(), TlsError::WrongName);
}

TEST(TlsStream, theSystemTrustsNobodyWhoSignedThemselves) {
  const auto trust = TlsCredentials::systemTrust();
  if (!trust) GTEST_SKIP() << "this system has no store of certificates";
  Wire wire(*trust, server("turn.example.net"), "turn.example.net");
  wire.run();
  EXPECT_EQ(wire.a.error(), TlsError::Untrusted);
}

TEST(TlsStream, everyServerCertificateIsAnotherAndNamesNobody) {
  const auto one = server();
  const auto other = server();
  EXPECT_NE(one->certificate(), other->certificate());
  EXPECT_FALSE(one->certificate().empty());
  EXPECT_FALSE(TlsCredentials::trusting(Bytes(100, 'x')));
}

TEST(TlsStream, whatIsNoTlsEndsIt) {
  for (const std::string& said : {std::string("GET / HTTP/1.1\r\nHost: example.net\r\n\r\n"),
                                  std::string(5000, '\0'), std::string(5000, '\xff')}) {
    Wire wire(TlsCredentials::unchecked(), server());
    const auto nobody = [](ByteView) { ADD_FAILURE() << "nothing was said"; };
    wire.b.handleCiphertext(viewOf(said), nobody);
    EXPECT_EQ(wire.b.state(), TlsStream::State::Failed) << said.substr(0, 3);
    EXPECT_EQ(wire.b.error(), TlsError::NotTls);
    wire.b.handleCiphertext(viewOf(said), nobody);
    EXPECT_LT(wire.b.ciphertext().size(), 100U) << "an alert at most";
  }
}

TEST(TlsStream, aFlippedByteIsNoticed) {
  Wire wire(TlsCredentials::unchecked(), server());
  wire.run();
  ASSERT_TRUE(wire.a.send(Bytes(100, 7)));
  Bytes sent = toBytes(wire.a.ciphertext());
  sent[50] ^= 1;
  wire.b.handleCiphertext(sent, [](ByteView) { ADD_FAILURE() << "it was changed"; });
  EXPECT_EQ(wire.b.error(), TlsError::NotTls);
}

TEST(TlsStream, anEndWithoutGoodbyeIsNoOrderlyEnd) {
  Wire wire(TlsCredentials::unchecked(), server());
  wire.run();
  wire.a.handleEnd();
  EXPECT_EQ(wire.a.error(), TlsError::CutOff);
  EXPECT_FALSE(wire.a.send(Bytes{1}));
}

TEST(TlsStream, aHandshakeCutAnywhereWaitsForTheRest) {
  TlsStream a(TlsCredentials::unchecked(), {});
  a.start();
  const Bytes hello = toBytes(a.ciphertext());
  for (std::size_t upTo = 0; upTo < hello.size(); upTo += 13) {
    TlsStream b(server(), {});
    b.handleCiphertext(ByteView(hello).first(upTo), {});
    EXPECT_EQ(b.state(), TlsStream::State::Handshaking);
    EXPECT_TRUE(b.ciphertext().empty());
  }
}

TEST(TlsStream, theSinkMayAnswerAndClose) {
  Wire wire(TlsCredentials::unchecked(), server());
  wire.run();
  ASSERT_TRUE(wire.a.send(Bytes{1}));
  ASSERT_TRUE(wire.a.send(Bytes{2}));
  Bytes got;
  wire.b.handleCiphertext(wire.a.ciphertext(), [&](ByteView plaintext) {
    append(got, plaintext);
    EXPECT_TRUE(wire.b.send(Bytes{9}));
    wire.b.close();
  });
  EXPECT_EQ(got, Bytes{1}) << "nothing after the close";
  wire.a.handleCiphertext(wire.b.ciphertext(), [&](ByteView p) { append(wire.atClient, p); });
  EXPECT_EQ(wire.atClient, Bytes{9});
  EXPECT_EQ(wire.a.state(), TlsStream::State::Closed);
}

}  // namespace
}  // namespace foyer::net
