#include "app/foyer/person_link_presenter.h"

#include <algorithm>

#include "app/foyer/text.h"

namespace foyer::app {

PersonLinkPresenter::PersonLinkPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::peopleChanged, this, &PersonLinkPresenter::refresh);
  connect(&m_engine, &EngineInterface::relaysChanged, this, &PersonLinkPresenter::refresh);
}

void PersonLinkPresenter::open(const wire::PersonLink& link) {
  m_link = link;
  const bool isSelf = link.person == m_engine.identity().fingerprint;
  if (!isSelf && m_engine.contact(link.person)) return showPerson();
  refresh();
}

void PersonLinkPresenter::refresh() {
  PersonLinkShown shown;
  if (m_link) {
    const QString name = fromUtf8(m_link->name);
    shown.open = true;
    shown.key = keyGroups(m_link->person);
    //: begins a sentence, in place of a name
    const QString who = name.isEmpty() ? tr("This person") : name;
    const bool isSelf = m_link->person == m_engine.identity().fingerprint;
    shown.here = !isSelf && m_engine.contact(m_link->person).has_value();
    const auto relays = m_engine.relays();
    const bool isJoined =
        m_link->relay && std::any_of(relays.begin(), relays.end(), [&](const auto& relay) {
          return relay.fingerprint == m_link->relay->relay &&
                 relay.state != engine::RelayState::Disconnected;
        });
    shown.joinable = !isSelf && !shown.here && m_link->relay && !isJoined;
    shown.title = isSelf           ? tr("This is your own code")
                  : name.isEmpty() ? tr("A link to a person")
                                   : tr("A link to %1").arg(name);
    if (isSelf)
      shown.sentence = tr("Others who open it have your key before you talk.");
    else if (shown.here)
      shown.sentence = tr("They are in your lobby.");
    else if (shown.joinable)
      shown.sentence =
          tr("%1 is not in your lobby. Their link names the relay %2; join it to reach them. "
             "Everybody on that relay will see your name.")
              .arg(who, fromUtf8(m_link->relay->hosts.front().toString()));
    else
      shown.sentence =
          tr("%1 is not in your lobby. You can call each other once you are both on the same "
             "relay.")
              .arg(who);
  }
  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
}

void PersonLinkPresenter::join() {
  if (m_link && m_link->relay) m_engine.connectRelay(fromUtf8(m_link->relay->format()));
}

void PersonLinkPresenter::showPerson() {
  if (!m_link) return;
  const QString person = fromUtf8(m_link->person.hex());
  close();
  emit personWanted(person);
}

void PersonLinkPresenter::close() {
  m_link.reset();
  refresh();
}

}  // namespace foyer::app
