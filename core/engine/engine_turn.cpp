// TURN servers of the person: links and user names in a setting, passwords in the key store and in
// memory. No event, fault or log line carries a password, a user name or a server.
#include <algorithm>

#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

constexpr const char* kSetting = "turn_servers";
constexpr std::int64_t kMsPerSecond = 1000;

Fault turnFault(const char* code, bool isRetryable = false) {
  return {"turn", code, isRetryable, {}};
}

std::string shownHost(const net::TurnLink& link) {
  const bool isUsual =
      link.server.port ==
      (link.transport == net::TurnTransport::Tls ? net::kTurnTlsPort : net::kTurnPort);
  return isUsual ? link.server.host : link.server.toString();
}

double milliseconds(Duration duration) {
  return std::chrono::duration<double, std::milli>(duration).count();
}

// nullopt: longer than the protocol takes.
std::optional<TurnAccess> accessOf(const net::TurnServer& server, std::string_view password) {
  auto secret = net::TurnPassword::from(password);
  if (!secret) return std::nullopt;
  return TurnAccess{.link = server.link,
                    .credentials = {server.userName, std::move(*secret)},
                    .fromRelay = {},
                    .relayAt = {}};
}

TurnTestView testViewOf(const std::string& link, const io::TurnTest& test) {
  TurnTestView view{.link = link};
  view.isUsable = test.report.isUsable;
  view.isRelaying = test.report.relayRoundTrip.has_value();
  if (test.report.roundTrip) view.roundTripMs = milliseconds(*test.report.roundTrip);
  if (test.report.relayRoundTrip) view.relayRoundTripMs = milliseconds(*test.report.relayRoundTrip);
  view.tookMs = milliseconds(test.took);
  if (test.report.credentialsExpiry)
    view.goodUntilMs = *test.report.credentialsExpiry * kMsPerSecond;
  view.fault = test.fault;
  return view;
}

}  // namespace

void Engine::loadTurnServers(store::TurnPasswordMap passwords) {
  m_turnServers = net::parseTurnServers(setting(kSetting).toStdString());
  m_turnPasswords = std::move(passwords);
  // The network begins anew, and what was asked of the old one is not answered any more.
  endTurnTest(Failure<Fault>(turnFault("busy", true)));
  Q_EMIT turnServersChanged();
}

void Engine::sendTurnServers() {
  if (!m_net) return;
  const auto servers = std::make_shared<std::vector<TurnAccess>>();
  for (const net::TurnServer& server : m_turnServers) {
    const auto kept = m_turnPasswords.find(store::turnIdOf(server.link.format()));
    if (kept == m_turnPasswords.end()) continue;
    if (auto access = accessOf(server, kept->second.text())) servers->push_back(std::move(*access));
  }
  m_net->post([servers, fromRelays = isOn("turn_from_relays", true)](NetSide& side) {
    side.setTurnFromRelays(fromRelays);
    side.setTurnServers(std::move(*servers));
  });
}

void Engine::onTurnStates(std::vector<TurnState>&& states) {
  m_turnStates = std::move(states);
  Q_EMIT turnServersChanged();
}

std::vector<TurnServerView> Engine::turnServers() const {
  std::vector<TurnServerView> views;
  const auto stateOf = [&](const std::string& link) {
    return std::find_if(m_turnStates.begin(), m_turnStates.end(), [&](const TurnState& state) {
      return !state.fromRelay && state.link == link;
    });
  };
  for (const net::TurnServer& server : m_turnServers) {
    TurnServerView view{.link = server.link.format(),
                        .host = shownHost(server.link),
                        .transport = net::toString(server.link.transport),
                        .userName = server.userName};
    view.hasPassword = m_turnPasswords.contains(store::turnIdOf(view.link));
    if (const auto expiry = net::turnExpiry(server.userName))
      view.goodUntilMs = *expiry * kMsPerSecond;
    if (const auto state = stateOf(view.link); state != m_turnStates.end()) {
      view.isInUse = state->isInUse;
      view.fault = state->fault;
    }
    views.push_back(std::move(view));
  }
  for (const TurnState& state : m_turnStates) {
    const auto link = net::parseTurnLink(state.link);
    if (!state.fromRelay || !link) continue;
    TurnServerView view{.link = state.link,
                        .host = shownHost(*link),
                        .transport = net::toString(link->transport),
                        .userName = state.userName,
                        .hasPassword = true,
                        .fromRelay = state.fromRelay};
    view.goodUntilMs = state.goodUntilMs;
    view.isInUse = state.isInUse;
    view.fault = state.fault;
    views.push_back(std::move(view));
  }
  return views;
}

void Engine::addTurnServer(const QString& link, const QString& userName,
                           const std::string& password, DoneReply reply) {
  if (!m_isLoaded) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  auto server = net::turnServerFrom(link.toStdString(), userName.toStdString());
  if (!server) return reply(Failure<Fault>(server.error()));
  if (const auto refusal = net::passwordRefusal(password)) return reply(Failure<Fault>(*refusal));
  const auto known =
      std::find_if(m_turnServers.begin(), m_turnServers.end(),
                   [&](const net::TurnServer& one) { return one.link == server->link; });
  if (known == m_turnServers.end() && m_turnServers.size() >= net::kMaxTurnServers)
    return reply(Failure<Fault>(turnFault("too_many")));
  const std::string id = store::turnIdOf(server->link.format());
  if (known == m_turnServers.end())
    m_turnServers.push_back(std::move(*server));
  else
    *known = std::move(*server);
  m_turnPasswords.insert_or_assign(id, store::SecretText(password));
  setSetting(kSetting, QString::fromStdString(net::formatTurnServers(m_turnServers)));
  m_store->saveTurnPassword(id, store::SecretText(password));
  sendTurnServers();
  Q_EMIT turnServersChanged();
  m_store->flush(std::move(reply));
}

void Engine::removeTurnServer(const QString& link, DoneReply reply) {
  if (!m_isLoaded) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  const auto parsed = net::parseTurnLink(link.toStdString());
  const std::size_t removed =
      parsed ? std::erase_if(m_turnServers,
                             [&](const net::TurnServer& one) { return one.link == *parsed; })
             : 0;
  if (removed == 0) return reply(Failure<Fault>(turnFault("unknown_server")));
  const std::string id = store::turnIdOf(parsed->format());
  m_turnPasswords.erase(id);
  setSetting(kSetting, QString::fromStdString(net::formatTurnServers(m_turnServers)));
  m_store->saveTurnPassword(id, {});
  sendTurnServers();
  Q_EMIT turnServersChanged();
  m_store->flush(std::move(reply));
}

void Engine::testTurnServer(const QString& link, const QString& userName,
                            const std::string& password, TurnTestReply reply) {
  if (!m_net) return reply(Failure<Fault>(Fault{"identity", "not_ready", true, {}}));
  if (m_turnTest) return reply(Failure<Fault>(turnFault("busy", true)));
  std::string user = userName.toStdString();
  std::string secret = password;
  const auto parsed = net::parseTurnLink(link.toStdString());
  if (secret.empty() && parsed) {
    const auto known =
        std::find_if(m_turnServers.begin(), m_turnServers.end(),
                     [&](const net::TurnServer& one) { return one.link == *parsed; });
    const auto kept = m_turnPasswords.find(store::turnIdOf(parsed->format()));
    if (known != m_turnServers.end() && user.empty()) user = known->userName;
    if (kept != m_turnPasswords.end()) secret = kept->second.text();
  }
  const store::SecretText wiped(secret);
  crypto::wipe({reinterpret_cast<std::uint8_t*>(secret.data()), secret.size()});
  const auto server = net::turnServerFrom(link.toStdString(), user);
  if (!server) return reply(Failure<Fault>(server.error()));
  if (const auto refusal = net::passwordRefusal(wiped.text()))
    return reply(Failure<Fault>(*refusal));
  auto access = accessOf(*server, wiped.text());
  if (!access) return reply(Failure<Fault>(turnFault("bad_password")));
  m_turnTest = std::move(reply);
  const auto shared = std::make_shared<TurnAccess>(std::move(*access));
  m_net->post([this, shared, name = server->link.format()](NetSide& side) {
    side.testTurnServer(std::move(*shared), [this, name](const io::TurnTest& test) {
      QMetaObject::invokeMethod(
          this, [this, view = testViewOf(name, test)] { endTurnTest(view); }, Qt::QueuedConnection);
    });
  });
}

void Engine::endTurnTest(Result<TurnTestView, Fault> result) {
  if (const TurnTestReply reply = std::exchange(m_turnTest, {})) reply(std::move(result));
}

}  // namespace foyer::engine
