// A relay-like server and a client on one wire.
#pragma once

#include <gtest/gtest.h>

#include "core/crypto/identity.h"
#include "core/net/endpoint.h"
#include "tests/support/datagram_wire.h"

namespace foyer::test {

using namespace foyer::net;

inline crypto::Identity identityOf(std::uint64_t seed) {
  SeededRandom random(seed);
  return crypto::Identity::generate(random);
}
inline SocketAddress at(const char* text) { return *SocketAddress::parse(text); }

inline const SocketAddress kClientAddress = at("10.0.0.2:4000");
inline const SocketAddress kServerAddress = at("10.0.0.1:7447");

inline EndpointConfig serverConfig() {
  EndpointConfig config;
  config.acceptMode = AcceptMode::Open;
  return config;
}

struct Pair {
  explicit Pair(EndpointConfig serverSide = serverConfig(), EndpointConfig clientSide = {},
                std::uint64_t seed = 7)
      : wire(seed), serverRandom(seed + 1), clientRandom(seed + 2) {
    server.emplace(std::move(serverSide), serverIdentity, serverRandom);
    client.emplace(std::move(clientSide), clientIdentity, clientRandom);
    clientNode = wire.attach(*client, kClientAddress);
    serverNode = wire.attach(*server, kServerAddress);
  }

  DialOptions dial() const {
    DialOptions options;
    options.local = kClientAddress;
    options.remote = kServerAddress;
    options.pin = KeyPin::to(serverIdentity.fingerprint());
    return options;
  }
  // Dials, does not wait.
  ConnectionId start(const DialOptions& options) {
    const auto id = client->connect(wire.now(), options);
    EXPECT_TRUE(id.has_value());
    return id.value_or(ConnectionId{});
  }
  // Dials and waits until both sides have it.
  bool up(const DialOptions& options) {
    c = start(options);
    const bool done = wire.runUntil(
        [&] { return client->isConnected(c) && !wire.events<Connected>(serverNode).empty(); });
    if (done) s = wire.events<Connected>(serverNode).back().id;
    return done;
  }
  bool up() { return up(dial()); }

  std::optional<Closed> clientClosed() const { return wire.last<Closed>(clientNode); }
  std::optional<Closed> serverClosed() const { return wire.last<Closed>(serverNode); }

  Result<void, SendError> sendFromClient(ByteView bytes) {
    return client->sendDatagram(wire.now(), c, {}, bytes);
  }
  Result<void, SendError> sendFromServer(ByteView bytes) {
    return server->sendDatagram(wire.now(), s, {}, bytes);
  }

  crypto::Identity serverIdentity = identityOf(100);
  crypto::Identity clientIdentity = identityOf(200);
  DatagramWire wire;
  SeededRandom serverRandom;
  SeededRandom clientRandom;
  std::optional<Endpoint> server;
  std::optional<Endpoint> client;
  std::size_t clientNode = 0;
  std::size_t serverNode = 0;
  ConnectionId c;
  ConnectionId s;
};

inline Bytes bytesOf(std::size_t size, std::uint8_t fill = 0x5a) { return Bytes(size, fill); }

}  // namespace foyer::test
