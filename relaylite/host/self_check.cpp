#include "relaylite/host/self_check.h"

#include <optional>
#include <variant>

#include "core/crypto/identity.h"
#include "core/io/net_driver.h"
#include "core/io/udp_socket.h"
#include "core/net/endpoint.h"
#include "core/wire/close_codes.h"
#include "core/wire/frame_reader.h"
#include "core/wire/message.h"

namespace foyer::relayhost {
namespace {

constexpr std::uint32_t kHelloId = 1;

Fault verifyFault(const char* code, std::string detail) {
  return Fault{"verifying", code, true, std::move(detail)};
}

Fault faultOf(const net::Closed& closed) {
  switch (closed.reason) {
    case net::CloseReason::PinMismatch:
      return verifyFault("wrong_key", "another relay answers at this address");
    case net::CloseReason::IdleTimeout:
    case net::CloseReason::HandshakeTimeout:
      return verifyFault("no_answer", "the relay's own packets do not reach it");
    case net::CloseReason::LocalClose:
    case net::CloseReason::PeerClose:
    case net::CloseReason::PeerRejectedKey:
    case net::CloseReason::CertificateRequired:
    case net::CloseReason::AlpnMismatch:
    case net::CloseReason::VersionMismatch:
    case net::CloseReason::StatelessReset:
    case net::CloseReason::Refused:
    case net::CloseReason::TransportError:
      break;
  }
  return verifyFault("failed", net::toString(closed.reason));
}

}  // namespace

struct SelfCheck::State {
  io::EventLoop& loop;
  Target target;
  Done done;
  crypto::Identity identity;
  net::Endpoint endpoint;
  std::unique_ptr<io::UdpSocket> socket;
  std::optional<io::NetDriver<net::Endpoint>> driver;
  io::EventLoop::TimerId timer = 0;
  wire::FrameReader reader;
  std::optional<net::ConnectionId> connection;
  std::optional<Result<void, Fault>> outcome;

  State(io::EventLoop& onLoop, RandomSource& random, Target to, Done whenDone)
      : loop(onLoop),
        target(std::move(to)),
        done(std::move(whenDone)),
        identity(crypto::Identity::generate(random)),
        endpoint(net::EndpointConfig{}, identity, random) {
    timer = loop.addTimer([this](TimePoint) { onTimer(); });
    const auto any = target.address.ip.isV4() ? IpAddress::v4(0, 0, 0, 0) : IpAddress::v6({});
    auto opened = io::UdpSocket::open({any, 0}, {.bufferBytes = 64 * 1024});
    if (!opened) {
      finish(Failure<Fault>(verifyFault(opened.error().code.c_str(), opened.error().detail)));
      return;
    }
    socket = std::move(*opened);
    driver.emplace(loop, endpoint, [this](TimePoint now) { return drain(now); });
    driver->addSocket(*socket);
    begin(loop.clock().now());
  }
  ~State() {
    loop.removeTimer(timer);
    driver.reset();
  }

  void begin(TimePoint now) {
    net::DialOptions dial;
    dial.local = io::localLabel(target.address.ip.family);
    dial.remote = target.address;
    dial.pin = target.relay;
    // The relay's own event loop may be the one that answers: one turn is one round trip.
    dial.profile.initialRtt = 20ms;
    dial.profile.handshakeTimeout = kPatience;
    const auto dialled = endpoint.connect(now, dial);
    if (!dialled) {
      finish(Failure<Fault>(verifyFault("failed", net::toString(dialled.error()))));
      return;
    }
    connection = *dialled;
    wire::Hello hello;
    hello.id = kHelloId;
    hello.invite = target.invite;
    if (!endpoint.sendControl(*connection, wire::encodeFrame(hello))) {
      finish(Failure<Fault>(verifyFault("failed", "hello")));
      return;
    }
    driver->pump(now);
    if (!outcome) loop.setDeadline(timer, now + kPatience);
  }

  bool drain(TimePoint now) {
    bool any = false;
    while (auto event = endpoint.pollEvent()) {
      any = true;
      if (outcome) continue;
      if (const auto* closed = std::get_if<net::Closed>(&*event)) {
        finish(Failure<Fault>(faultOf(*closed)));
      } else if (const auto* received = std::get_if<net::ControlReceived>(&*event)) {
        reader.feed(received->bytes, [&](ByteView frame) { onFrame(now, frame); });
      }
    }
    return any;
  }

  void onFrame(TimePoint now, ByteView frame) {
    const auto message = wire::decodeMessage(frame);
    if (!message || outcome) return;
    if (const auto* welcome = std::get_if<wire::Welcome>(&*message);
        welcome && welcome->id == kHelloId) {
      endpoint.close(now, *connection, static_cast<std::uint64_t>(wire::CloseCode::Done));
      finish({});
    } else if (const auto* refused = std::get_if<wire::Refused>(&*message)) {
      finish(Failure<Fault>(verifyFault("refused", wire::toString(refused->code))));
    }
  }

  // The owner may delete this object in `done`, so it is called from the timer, where nothing of
  // this object is touched afterwards, and after the goodbye was written.
  void finish(Result<void, Fault> with) {
    if (outcome) return;
    outcome = std::move(with);
    loop.setDeadline(timer, loop.clock().now());
  }

  void onTimer() {
    if (!outcome) outcome = Failure<Fault>(verifyFault("no_answer", "no welcome in time"));
    const Done callback = std::move(done);
    const Result<void, Fault> result = *outcome;
    callback(result);
  }
};

SelfCheck::SelfCheck(io::EventLoop& loop, RandomSource& random, Target target, Done done)
    : m_state(std::make_unique<State>(loop, random, std::move(target), std::move(done))) {}
SelfCheck::~SelfCheck() = default;

}  // namespace foyer::relayhost
