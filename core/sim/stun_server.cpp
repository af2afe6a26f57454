#include "core/sim/stun_server.h"

#include "core/base/assert.h"
#include "core/net/stun.h"

namespace foyer::sim {
namespace {

// A header and two addresses, with room to spare.
constexpr std::size_t kMaxAnswer = 128;

}  // namespace

StunServer::StunServer(Network& network, const std::vector<IpAddress>& addresses)
    : m_network(network), m_addresses(addresses) {
  Place place{kPort, {}};
  for (const IpAddress& ip : addresses)
    place.interfaces.push_back({"eth" + ip.toString(), nullptr, {ip}});
  network.attach(*this, place);
  const bool isOpen = network.openSocket(*this, kOtherPort);
  FOYER_ASSERT(isOpen, "a new node has one port");
}

StunServer::~StunServer() { m_network.detach(*this); }

void StunServer::handleDatagram(TimePoint, const SocketAddress& local, const SocketAddress& remote,
                                std::uint8_t, ByteView bytes) {
  const auto request = net::StunMessage::parse(bytes);
  if (!request) return;
  const auto change = request->changeRequest().value_or(net::StunChangeRequest{});
  const SocketAddress other{
      local.ip == m_addresses.front() ? m_addresses.back() : m_addresses.front(),
      local.port == kPort ? kOtherPort : kPort};
  Answer answer{{change.ip ? other.ip : local.ip, change.port ? other.port : local.port},
                remote,
                Bytes(kMaxAnswer)};
  net::StunWriter writer(answer.bytes, net::StunMethod::Binding, net::StunClass::Success,
                         request->transaction());
  writer.addXorAddress(net::StunAttribute::XorMappedAddress, remote);
  if (m_addresses.size() > 1) writer.addAddress(net::StunAttribute::OtherAddress, other);
  answer.bytes.resize(writer.finish().value().size());
  m_answers.push_back(std::move(answer));
}

void StunServer::drain(TimePoint, const Sink& sink) {
  for (const Answer& answer : m_answers) sink(answer.from, answer.to, 0, answer.bytes, false);
  m_answers.clear();
}

}  // namespace foyer::sim
