// A TURN client and a server that the input rules: it answers rightly, wrongly, twice, late, signed
// or not, and sends data; time passes, peers come and go. Whatever happens, what is asked and told
// stays bounded, data come from permitted peers alone, and closing ends it.
// mutations: 1500
#include <array>
#include <deque>

#include "core/base/assert.h"
#include "core/net/turn_client.h"
#include "core/net/turn_stream.h"

using namespace foyer;
using namespace foyer::net;

namespace {

constexpr int kMaxOperations = 300;
constexpr std::size_t kMaxKept = 32;
// Two a peer, and one about the allocation.
constexpr std::size_t kMaxRequests = 2 * kMaxTurnPeers + 1;
const SocketAddress kServer{IpAddress::v4(192, 0, 2, 1), 3478};

class Input {
 public:
  Input(const std::uint8_t* data, std::size_t size) : m_rest(data, size) {}
  [[nodiscard]] bool isEmpty() const { return m_rest.empty(); }
  std::uint8_t next() {
    if (m_rest.empty()) return 0;
    const std::uint8_t byte = m_rest[0];
    m_rest = m_rest.subspan(1);
    return byte;
  }
  ByteView take(std::size_t size) {
    const ByteView taken = m_rest.first(std::min(size, m_rest.size()));
    m_rest = m_rest.subspan(taken.size());
    return taken;
  }

 private:
  ByteView m_rest;
};

SocketAddress peerOf(std::uint8_t choice) {
  return {IpAddress::v4(203, 0, 113, static_cast<std::uint8_t>(choice % 5)),
          static_cast<std::uint16_t>(1 + choice % 24)};
}

class Run {
 public:
  Run(const std::uint8_t* data, std::size_t size) : m_input(data, size) {
    TurnConfig config;
    const std::uint8_t flags = m_input.next();
    config.server = kServer;
    config.transport = (flags & 1) != 0 ? TurnTransport::Tcp : TurnTransport::Udp;
    config.credentials = {"amina", *TurnPassword::from("secret")};
    m_client.emplace(std::move(config), m_random);
    m_key = longTermKey(StunHash::Md5, "amina", "realm", "secret");
  }

  void run() {
    m_client->start(m_now);
    for (int i = 0; i < kMaxOperations && !m_input.isEmpty(); ++i) {
      step();
      drain();
    }
    // Nobody answers any more.
    m_client->close(m_now);
    for (int i = 0; i < 100 && !m_client->hasEnded(); ++i) {
      drain();
      const auto due = m_client->pollTimeout();
      FOYER_ASSERT(due, "what has not ended waits for something");
      m_now = std::max(m_now, *due);
      m_client->handleTimeout(m_now);
    }
    drain();
    FOYER_ASSERT(m_client->hasEnded() && m_ends == 1, "closing ends it, once");
    FOYER_ASSERT(!m_client->pollTimeout(), "and leaves nothing");
  }

 private:
  void step() {
    switch (m_input.next() % 8) {
      case 0:
        m_now += std::chrono::milliseconds(1 + m_input.next());
        m_client->handleTimeout(m_now);
        break;
      case 1:
        m_now += std::chrono::seconds(m_input.next());
        m_client->handleTimeout(m_now);
        break;
      case 2:
        (void)m_client->addPeer(m_now, peerOf(m_input.next()));
        break;
      case 3:
        m_client->removePeer(m_now, peerOf(m_input.next()));
        break;
      case 4: {
        const SocketAddress peer = peerOf(m_input.next());
        const Bytes payload(m_input.next() * 7U, 1);
        if (const auto message = m_client->wrap(m_now, peer, payload)) {
          FOYER_ASSERT(message->size() >= payload.size() + 4, "a frame holds what it carries");
        }
        break;
      }
      case 5:
        handle(m_input.take(m_input.next()));
        break;
      case 6:
        sendData();
        break;
      default:
        answer();
    }
  }

  void answer() {
    if (m_asked.empty()) return;
    const std::uint8_t how = m_input.next();
    const Bytes request = m_asked.front();
    if ((how & 0x80) == 0) m_asked.pop_front();
    const auto message = StunMessage::parse(request);
    FOYER_ASSERT(message, "what the client asks is STUN");
    std::array<std::uint8_t, 2048> buffer{};
    const bool isRight = (how & 7) < 5;
    const bool isSigned = message->hasIntegrity() && (how & 0x40) == 0;
    const bool isError = !message->hasIntegrity() || !isRight;
    StunWriter writer(buffer, message->method(), isError ? StunClass::Error : StunClass::Success,
                      message->transaction());
    if (!message->hasIntegrity()) {
      writer.addErrorCode(401, "");
      writer.addText(StunAttribute::Realm, "realm").addText(StunAttribute::Nonce, "nonce");
    } else if (!isRight) {
      constexpr std::array<std::uint16_t, 8> kCodes{300, 401, 403, 437, 438, 486, 500, 508};
      writer.addErrorCode(kCodes[m_input.next() % kCodes.size()], "");
      writer.addText(StunAttribute::Nonce, "nonce");
      writer.addAddress(StunAttribute::AlternateServer, peerOf(how));
    } else {
      writer.addXorAddress(StunAttribute::XorRelayedAddress, kServer);
      writer.addXorAddress(StunAttribute::XorMappedAddress, kServer);
      writer.addLifetime(m_input.next() * 4U);
    }
    if (isSigned) writer.addIntegrity(m_key->view());
    Bytes bytes = toBytes(*writer.finish());
    if ((how & 0x20) != 0) bytes[m_input.next() % bytes.size()] ^= m_input.next();
    handle(bytes);
  }

  void sendData() {
    const std::uint8_t how = m_input.next();
    const ByteView payload = m_input.take(how % 16);
    Bytes message;
    if ((how & 0x80) != 0) {
      appendU16(message, static_cast<std::uint16_t>(kFirstTurnChannel + (how & 0x1f)));
      appendU16(message, static_cast<std::uint16_t>(payload.size()));
      append(message, payload);
    } else {
      std::array<std::uint8_t, 256> buffer{};
      StunWriter writer(buffer, StunMethod::Data, StunClass::Indication, {});
      writer.addXorAddress(StunAttribute::XorPeerAddress, peerOf(how));
      writer.add(StunAttribute::Data, payload);
      message = toBytes(*writer.finish());
    }
    handle(message);
  }

  void handle(ByteView message) {
    const TurnInput input = m_client->handle(m_now, m_client->server(), message);
    if (input.kind != TurnInput::Kind::Data) return;
    FOYER_ASSERT(m_client->isAllocated(), "data come through an allocation");
    FOYER_ASSERT(input.peer.ip.bytes[0] == 203, "and from a peer that was named");
    FOYER_ASSERT(input.payload.empty() || (input.payload.data() >= message.data() &&
                                           input.payload.data() + input.payload.size() <=
                                               message.data() + message.size()),
                 "the payload is a part of the message");
  }

  void drain() {
    std::size_t sent = 0;
    m_client->pollTransmit(m_now, [&](ByteView message) {
      ++sent;
      const auto parsed = StunMessage::parse(message);
      FOYER_ASSERT(parsed && message.size() <= kMaxStunRequest, "whole, and not too large");
      if (parsed->messageClass() != StunClass::Request) return;
      m_asked.push_back(toBytes(message));
      if (m_asked.size() > kMaxKept) m_asked.pop_front();
    });
    FOYER_ASSERT(sent <= kMaxRequests + 1, "questions are bounded");
    std::size_t told = 0;
    while (const auto event = m_client->pollEvent()) {
      FOYER_ASSERT(++told <= 2 * kMaxRequests, "events are bounded");
      if (std::holds_alternative<TurnEnded>(*event)) ++m_ends;
      const bool isStream = std::holds_alternative<TurnRedirected>(*event);
      if (isStream) m_client->start(m_now);
    }
  }

  Input m_input;
  SeededRandom m_random{1};
  TimePoint m_now = fromNanoseconds(1);
  std::optional<TurnClient> m_client;
  std::optional<StunKey> m_key;
  std::deque<Bytes> m_asked;
  int m_ends = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Run(data, size).run();
  // The same bytes as a stream, whole and byte by byte: the same messages.
  std::size_t whole = 0;
  std::size_t cut = 0;
  TurnStream one;
  TurnStream other;
  const bool isGood = one.feed({data, size}, [&](ByteView m) { whole += m.size(); }).has_value();
  bool isGoodCut = true;
  for (std::size_t i = 0; i < size; ++i) {
    isGoodCut = other.feed({data + i, 1}, [&](ByteView m) { cut += m.size(); }).has_value();
  }
  FOYER_ASSERT(isGood == isGoodCut && whole == cut && one.waiting() == other.waiting(),
               "a stream is cut anywhere");
  return 0;
}
