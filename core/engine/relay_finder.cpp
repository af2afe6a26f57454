#include "core/engine/relay_finder.h"

#include <algorithm>
#include <utility>

namespace foyer::engine {

wire::RelayLink withHint(wire::RelayLink link, const wire::RelayLink& hint) {
  for (const wire::LinkHost& host : hint.hosts)
    if (std::find(link.hosts.begin(), link.hosts.end(), host) == link.hosts.end())
      link.hosts.push_back(host);
  return link;
}

RelayFinder::RelayFinder(io::EventLoop& loop, LookUp lookUp, Callbacks callbacks)
    : m_loop(loop),
      m_lookUp(std::move(lookUp)),
      m_callbacks(std::move(callbacks)),
      m_timer(loop.addTimer([this](TimePoint now) { onTimer(now); })) {}

RelayFinder::~RelayFinder() { m_loop.removeTimer(m_timer); }

void RelayFinder::find(const wire::RelayLink& link, std::optional<PublicKey> key) {
  if (!m_wanted.contains(link.relay) && m_wanted.size() >= kMaxWanted) {
    m_callbacks.onFault({"resolve", "busy", true, {}});
    return;
  }
  Wanted& wanted = m_wanted[link.relay];
  wanted = {.link = link, .key = key};
  ask(link.relay, wanted);
}

void RelayFinder::forget(const Fingerprint& relay) {
  m_wanted.erase(relay);
  setTimer();
}

void RelayFinder::retryNow(TimePoint now) {
  for (auto& [relay, wanted] : m_wanted) {
    wanted.wait = kFirstRetry;
    if (wanted.retryAt) wanted.retryAt = now;
  }
  onTimer(now);
}

void RelayFinder::ask(const Fingerprint& relay, Wanted& wanted) {
  wanted.search = ++m_lastSearch;
  wanted.retryAt.reset();
  wanted.fault.reset();
  wanted.open = wanted.link.hosts.size();
  wanted.byHost.assign(wanted.open, {});
  for (std::size_t i = 0; i < wanted.link.hosts.size(); ++i) {
    m_lookUp(wanted.link.hosts[i].host, wanted.link.hosts[i].port,
             [this, relay, search = wanted.search, i](io::Resolver::Answer answer) {
               onAnswer(relay, search, i, std::move(answer));
             });
  }
}

void RelayFinder::onAnswer(const Fingerprint& relay, std::uint64_t search, std::size_t host,
                           io::Resolver::Answer answer) {
  const auto it = m_wanted.find(relay);
  if (it == m_wanted.end() || it->second.search != search) return;
  Wanted& wanted = it->second;
  if (answer)
    wanted.byHost[host] = std::move(*answer);
  else
    wanted.fault = answer.error();
  if (--wanted.open > 0) return;

  Found found{.link = wanted.link, .key = wanted.key, .addresses = {}};
  for (const auto& addresses : wanted.byHost)
    found.addresses.insert(found.addresses.end(), addresses.begin(), addresses.end());
  if (!found.addresses.empty()) {
    m_wanted.erase(it);
    m_callbacks.onFound(std::move(found));
    return;
  }
  const Fault fault = wanted.fault.value_or(Fault{"resolve", "not_found", false, {}});
  wanted.retryAt = m_loop.now() + wanted.wait;
  wanted.wait = std::min(wanted.wait * 2, kLastRetry);
  setTimer();
  if (std::exchange(wanted.toldCode, fault.code) != fault.code) m_callbacks.onFault(fault);
}

void RelayFinder::onTimer(TimePoint now) {
  for (auto& [relay, wanted] : m_wanted)
    if (wanted.retryAt && *wanted.retryAt <= now) ask(relay, wanted);
  setTimer();
}

void RelayFinder::setTimer() {
  std::optional<TimePoint> next;
  for (const auto& [relay, wanted] : m_wanted)
    if (wanted.retryAt && (!next || *wanted.retryAt < *next)) next = wanted.retryAt;
  m_loop.setDeadline(m_timer, next);
}

}  // namespace foyer::engine
