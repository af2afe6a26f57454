#include "app/foyer/own_code_presenter.h"

#include <QClipboard>
#include <QGuiApplication>

#include "app/foyer/text.h"

namespace foyer::app {

OwnCodePresenter::OwnCodePresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::identityChanged, this, &OwnCodePresenter::changed);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &OwnCodePresenter::changed);
  connect(&m_engine, &EngineInterface::hostedRelayChanged, this, &OwnCodePresenter::changed);
}

std::optional<wire::RelayLink> OwnCodePresenter::meetingPlace() const {
  const auto hosted = m_engine.hostedRelay();
  // A relay that asks for invites lets nobody in by its plain link.
  std::string text = hosted.phase == "serving" && !hosted.asksInvite ? hosted.link : std::string();
  if (text.empty())
    for (const auto& relay : m_engine.relays())
      if (text.empty() && relay.state == engine::RelayState::Connected && !relay.isOwn)
        text = relay.link;
  auto link = wire::parseRelayLink(text);
  if (!link || link->hosts.empty()) return std::nullopt;
  link->invite.clear();
  return *link;
}

QString OwnCodePresenter::link() const {
  const auto identity = m_engine.identity();
  wire::PersonLink link{.person = identity.fingerprint, .name = identity.alias, .relay = {}};
  if (m_isWithRelay) link.relay = meetingPlace();
  return fromUtf8(link.format());
}

QString OwnCodePresenter::relay() const {
  const auto place = meetingPlace();
  return place ? fromUtf8(place->hosts.front().toString()) : QString();
}

void OwnCodePresenter::setWithRelay(bool isWithRelay) {
  if (isWithRelay == m_isWithRelay) return;
  m_isWithRelay = isWithRelay;
  emit changed();
}

void OwnCodePresenter::copy() {
  QGuiApplication::clipboard()->setText(link());
  emit said(tr("Link copied. It has your key and your name."));
}

}  // namespace foyer::app
