// The network around this program: checked on demand, and what the settings say about it.
#include "core/engine/engine.h"
#include "core/engine/network_words.h"
#include "core/net/stun_link.h"

namespace foyer::engine {

void Engine::sendNetworkSettings() {
  if (!m_net) return;
  // What does not parse was refused where it was typed; from a file it is as if absent.
  auto servers = net::parseStunServers(setting("stun_servers").toStdString());
  m_net->post(
      [isMapping = isOn("port_mapping", true), triesPorts = isOn("birthday", true),
       servers = servers ? std::move(*servers) : std::vector<wire::LinkHost>{}](NetSide& side) {
        side.setPortMapping(isMapping);
        side.setStunServers(servers);
        side.client().setTriesPorts(side.now(), triesPorts);
      });
}

void Engine::startNetworkCheck(bool isSlow) {
  if (m_net) m_net->post([isSlow](NetSide& side) { side.checkNetwork(isSlow); });
}

void Engine::checkNetwork(bool isSlow, Reply<NetworkCheckView> reply) {
  if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  m_net->post([this, isSlow, reply = std::move(reply)](NetSide& side) {
    const auto answer = [this, reply](Result<NetworkCheckView, Fault> found) {
      QMetaObject::invokeMethod(
          this,
          [this, reply, found = std::move(found)]() mutable {
            if (found) *found = completed(std::move(*found));
            reply(found);
          },
          Qt::QueuedConnection);
    };
    const bool isTaken = side.checkNetwork(isSlow, [&side, answer] { answer(side.networkView()); });
    if (!isTaken) answer(Failure<Fault>(Fault{"network", "busy", true, {}}));
  });
}

NetworkCheckView Engine::completed(NetworkCheckView network) const {
  const bool isCaptive = m_systemNetwork && m_systemNetwork->isCaptive();
  if (network.problem == NetworkProblem::NothingAnswers && isCaptive)
    network.problem = NetworkProblem::Captive;
  return network;
}

void Engine::onNetwork(NetworkCheckView&& network) {
  const NetworkCheckView before = std::exchange(m_networkCheck, completed(std::move(network)));
  if (m_networkCheck.endedAtMs && m_networkCheck.endedAtMs != before.endedAtMs)
    announce("network:checked", "",
             {{"problem", std::string(toString(m_networkCheck.problem))},
              {"outlook", std::string(net::toString(m_networkCheck.outlook))}});
  const auto tellMapping = [this](const char* family, const PortMappingView& was,
                                  const PortMappingView& is) {
    if (is.state == was.state && is.way == was.way && is.isVerified == was.isVerified) return;
    announce("network:mapping", "",
             {{"family", std::string(family)},
              {"state", std::string(toString(is.state))},
              {"way", std::string(net::toString(is.way))},
              {"verified", is.isVerified}});
  };
  tellMapping("ipv4", before.mappingV4, m_networkCheck.mappingV4);
  tellMapping("ipv6", before.mappingV6, m_networkCheck.mappingV6);
  Q_EMIT networkCheckChanged();
}

}  // namespace foyer::engine
