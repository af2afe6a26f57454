// A TURN server as a script, for what the real one (tests/io/coturn) cannot be brought to do, and a
// client of it in virtual time: every message arrives at once, time jumps to the next wake-up.
#pragma once

#include <gtest/gtest.h>

#include <deque>
#include <map>
#include <string>
#include <vector>

#include "core/net/turn_client.h"

namespace foyer::test {

using namespace foyer::net;

inline const SocketAddress kTurn = *SocketAddress::parse("192.0.2.1:3478");
inline const SocketAddress kOtherTurn = *SocketAddress::parse("192.0.2.9:3478");
inline const SocketAddress kRelayed = *SocketAddress::parse("192.0.2.1:50000");
inline const SocketAddress kMapped = *SocketAddress::parse("198.51.100.7:4000");
inline const SocketAddress kPeer = *SocketAddress::parse("203.0.113.5:6000");

// Answers correctly; a test replaces what it is about.
class TurnScript {
 public:
  using Answer = std::function<void(StunWriter&)>;

  std::string username = "amina", password = "secret", realm = "example.org", nonce = "nonce-1";
  std::uint32_t lifetime = 600;
  bool isSilent = false;
  bool signs = true;
  // Asked first; nullopt: the script goes on as usual.
  std::function<std::optional<Bytes>(const StunMessage&)> instead;
  // What came, by method, and with credentials or not.
  std::vector<Bytes> requests;

  [[nodiscard]] std::size_t count(StunMethod method) const {
    std::size_t found = 0;
    for (const Bytes& request : requests) found += StunMessage::parse(request)->method() == method;
    return found;
  }
  [[nodiscard]] StunKey key() const {
    return std::move(*longTermKey(StunHash::Md5, username, realm, password));
  }
  [[nodiscard]] Bytes make(const StunMessage& request, StunClass messageClass, bool isSigned,
                           const Answer& fill) const {
    std::array<std::uint8_t, 3000> buffer{};
    StunWriter writer(buffer, request.method(), messageClass, request.transaction());
    fill(writer);
    if (isSigned) writer.addIntegrity(key().view());
    return toBytes(*writer.finish());
  }
  [[nodiscard]] Bytes error(
      const StunMessage& request, std::uint16_t code, bool isSigned = true,
      const Answer& more = [](StunWriter&) {}) const {
    return make(request, StunClass::Error, isSigned, [&](StunWriter& writer) {
      writer.addErrorCode(code, "");
      more(writer);
    });
  }
  [[nodiscard]] Bytes challenge(const StunMessage& request, std::uint16_t code) const {
    return error(request, code, false, [&](StunWriter& writer) {
      writer.addText(StunAttribute::Realm, realm).addText(StunAttribute::Nonce, nonce);
    });
  }

  [[nodiscard]] std::optional<Bytes> answer(ByteView bytes) {
    const auto message = StunMessage::parse(bytes);
    EXPECT_TRUE(message) << "what the client sends is STUN";
    if (!message || message->messageClass() != StunClass::Request) return std::nullopt;
    requests.push_back(toBytes(bytes));
    if (isSilent) return std::nullopt;
    if (instead) {
      if (auto made = instead(*message)) return made->empty() ? std::nullopt : made;
    }
    if (!message->hasIntegrity()) return challenge(*message, 401);
    if (message->text(StunAttribute::Nonce) != nonce) return challenge(*message, 438);
    if (!message->verifyIntegrity(key().view())) return challenge(*message, 401);
    return make(*message, StunClass::Success, signs, [&](StunWriter& writer) {
      if (message->method() == StunMethod::Allocate) {
        writer.addXorAddress(StunAttribute::XorRelayedAddress, kRelayed);
        writer.addXorAddress(StunAttribute::XorMappedAddress, kMapped);
      }
      const bool hasLifetime =
          message->method() == StunMethod::Allocate || message->method() == StunMethod::Refresh;
      const bool isEnd = message->u32(StunAttribute::Lifetime) == 0U;
      if (hasLifetime) writer.addLifetime(isEnd ? 0 : lifetime);
    });
  }
};

// A client and its server.
struct TurnPair {
  explicit TurnPair(TurnConfig config = {}) {
    config.server = kTurn;
    if (config.credentials.username.empty()) {
      config.credentials = {"amina", *TurnPassword::from("secret")};
    }
    client.emplace(std::move(config), random);
  }

  void start() {
    client->start(now);
    settle();
  }
  bool allocate() {
    start();
    return client->isAllocated();
  }
  // Everything that is said now.
  void settle() {
    for (int round = 0; round < 100; ++round) {
      std::vector<Bytes> sent;
      client->pollTransmit(now, [&](ByteView message) { sent.push_back(toBytes(message)); });
      while (auto event = client->pollEvent()) events.push_back(std::move(*event));
      if (sent.empty()) return;
      for (const Bytes& message : sent) {
        ++messagesSent;
        if (auto answer = server.answer(message)) {
          (void)client->handle(now, client->server(), *answer);
        }
      }
    }
    ADD_FAILURE() << "client and server talk without end";
  }
  // Jumps from wake-up to wake-up until `span` is over.
  void pass(Duration span) {
    const TimePoint end = now + span;
    while (true) {
      const auto next = client->pollTimeout();
      if (!next || *next > end) break;
      ASSERT_GT(*next, now) << "nothing may be due after a turn";
      now = *next;
      client->handleTimeout(now);
      settle();
    }
    now = end;
  }
  bool ready(const SocketAddress& peer = kPeer) {
    EXPECT_TRUE(client->addPeer(now, peer));
    settle();
    return !all<TurnPeerReady>().empty();
  }
  template <class E>
  [[nodiscard]] std::vector<E> all() const {
    std::vector<E> found;
    for (const TurnEvent& event : events) {
      if (const E* one = std::get_if<E>(&event)) found.push_back(*one);
    }
    return found;
  }
  // Of the end; a fault must be there.
  [[nodiscard]] TurnFault fault() const {
    const auto ends = all<TurnEnded>();
    EXPECT_EQ(ends.size(), 1u);
    if (ends.size() != 1 || !ends[0].fault) {
      ADD_FAILURE() << "no fault";
      return {};
    }
    return *ends[0].fault;
  }

  SeededRandom random{17};
  TimePoint now = fromNanoseconds(1'000'000'000);
  TurnScript server;
  std::optional<TurnClient> client;
  std::vector<TurnEvent> events;
  std::size_t messagesSent = 0;
};

}  // namespace foyer::test
