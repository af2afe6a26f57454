#include "app/foyer/contact_presenter.h"

#include <algorithm>

#include "app/foyer/contacts_model.h"
#include "app/foyer/error_text.h"
#include "app/foyer/people_model.h"
#include "app/foyer/ring_names.h"
#include "app/foyer/text.h"

namespace foyer::app {

using engine::ContactDetails;
using engine::ContactPolicy;
using engine::Trust;

namespace {

QString policyText(ContactPolicy policy) {
  switch (policy) {
    case ContactPolicy::Usual:
      return ContactPresenter::tr(
          "Your calls to them go directly once you have talked, before that only on your own "
          "network. When they call, the incoming card lets you choose.");
    case ContactPolicy::Direct:
      return ContactPresenter::tr(
          "Calls go directly if the networks and your settings allow it, which is quickest. You "
          "and they then learn each other’s addresses.");
    case ContactPolicy::RelayOnly:
      return ContactPresenter::tr(
          "Every call stays on the relay, whoever makes it, and they never learn your address.");
    case ContactPolicy::Ask:
      return ContactPresenter::tr(
          "Before every call Foyer asks whether it may go directly or stays on the relay.");
  }
  return {};
}

QString trustSentenceOf(const ContactDetails& contact) {
  const QString date = contact.verifiedAtMs ? dateText(*contact.verifiedAtMs) : QString();
  switch (contact.trust) {
    case Trust::Verified:
      return contact.isFromFile
                 ? ContactPresenter::tr("Your contacts file says that you verified this key on %1.")
                       .arg(date)
                 : ContactPresenter::tr("You compared the words in a call on %1.").arg(date);
    case Trust::NotVerified:
      return ContactPresenter::tr("You have not compared words yet. Do it in your next call.");
    case Trust::KeyChanged:
      return ContactPresenter::tr(
          "Somebody with this name was verified with another key. The next call is for comparing "
          "words.");
    case Trust::WordsDiffered:
      return ContactPresenter::tr(
          "The words did not match in an earlier call. The next call is for comparing words.");
    case Trust::Blocked:
      return ContactPresenter::tr(
          "Their calls do not ring here. To them it looks as if you cannot be reached.");
  }
  return {};
}

// The choices: two, then those of ringKeys().
enum RingChoice { kUsualRing, kSilent, kOwnRings };

int ringIndexOf(const std::string& name) {
  if (name == store::kSilentRing) return kSilent;
  const auto at = ringKeys().indexOf(fromUtf8(name));
  // A name that a newer Foyer kept rings as usual.
  return at < 0 ? kUsualRing : kOwnRings + static_cast<int>(at);
}

// A link is as good as the place where it was read, which only the person knows.
QString linkSentenceOf(Trust trust) {
  switch (trust) {
    case Trust::Verified:
      return ContactPresenter::tr("The link contains the key that you verified.");
    case Trust::NotVerified:
    case Trust::KeyChanged:
    case Trust::WordsDiffered:
      return ContactPresenter::tr(
          "You opened a link to this person. If you scanned it from their own screen, the key "
          "below "
          "is theirs. Foyer cannot know that, so they count as verified only after you have "
          "compared "
          "the words in a call.");
    case Trust::Blocked:
      return ContactPresenter::tr("The link contains the key of somebody you blocked.");
  }
  return {};
}

QString earlierText(const ContactDetails::EarlierKey& key) {
  const QString text = keyText(key.fingerprint), date = dateText(key.replacedAtMs);
  return key.wasVerified ? ContactPresenter::tr("%1, verified, until %2").arg(text, date)
                         : ContactPresenter::tr("%1, until %2").arg(text, date);
}

}  // namespace

ContactPresenter::ContactPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  using engine::EngineInterface;
  connect(&m_engine, &EngineInterface::contactsChanged, this, &ContactPresenter::refresh);
  connect(&m_engine, &EngineInterface::peopleChanged, this, &ContactPresenter::refresh);
}

bool ContactPresenter::open(const QString& fingerprint) {
  const auto person = Fingerprint::parseHex(fingerprint.toStdString());
  if (!person || !m_engine.contact(*person)) return false;
  m_person = person;
  m_isLinked = false;
  setError({});
  refresh();
  return true;
}

void ContactPresenter::setLinked() {
  m_isLinked = true;
  refresh();
}

void ContactPresenter::refresh() {
  if (!m_person) return;
  const auto contact = m_engine.contact(*m_person);
  // Gone while the page is open: what was known of them stays on it until it is left.
  if (!contact) return;
  ContactShown shown;
  shown.fingerprint = fromUtf8(m_person->hex());
  shown.name = fromUtf8(contact->name());
  shown.ownName = fromUtf8(contact->ownName);
  if (!contact->signedAlias.empty() && contact->name() != contact->signedAlias)
    shown.signedSentence = tr("Calls themselves %1").arg(fromUtf8(contact->signedAlias));
  shown.note = fromUtf8(contact->note);
  shown.initials = initials(shown.name);
  shown.hue = hueOf(*m_person);
  for (const auto& person : m_engine.people()) {
    if (person.alias == contact->name() && person.fingerprint != *m_person)
      shown.tag = fromUtf8(contact->keyTag);
    if (person.fingerprint != *m_person) continue;
    shown.here = person.state != engine::PersonState::Offline;
    shown.callable = canBeCalled(person);
  }
  shown.kept = contact->isKept;
  shown.favourite = contact->isFavourite;
  shown.policy = static_cast<int>(contact->policy);
  shown.policySentence = policyText(contact->policy);
  shown.ring = ringIndexOf(contact->ring);
  shown.verified = contact->trust == Trust::Verified;
  shown.suspect = isSuspect(contact->trust);
  shown.blocked = contact->trust == Trust::Blocked;
  for (const auto& other : m_engine.contacts())
    if (other.name() == contact->name() && other.fingerprint != *m_person)
      shown.tag = fromUtf8(contact->keyTag);
  shown.trustText = trustWord(contact->trust);
  shown.trustSentence = trustSentenceOf(*contact);
  if (m_isLinked) shown.linkSentence = linkSentenceOf(contact->trust);
  if (contact->lastCallMs > 0)
    shown.datesSentence = tr("Known since %1").arg(dateText(contact->firstSeenMs)) +
                          QStringLiteral(" · ") + lastCallText(*contact);
  else if (contact->firstSeenMs > 0)
    shown.datesSentence = tr("In your contacts since %1").arg(dateText(contact->firstSeenMs)) +
                          QStringLiteral(" · ") + tr("No call yet");
  shown.key = keyGroups(*m_person);
  for (const auto& key : contact->earlierKeys) shown.earlier.prepend(earlierText(key));
  if (shown == m_shown) return;
  m_shown = shown;
  emit changed();
}

void ContactPresenter::setError(const QString& error) {
  if (error == m_error) return;
  m_error = error;
  emit errorChanged();
}

bool ContactPresenter::change(const engine::ContactChange& change) {
  if (!m_person) return true;
  const auto done = m_engine.changeContact(*m_person, change);
  setError(done ? QString() : textOf(done.error()).sentence());
  return done.has_value();
}

void ContactPresenter::sayError() {
  if (!m_error.isEmpty()) emit said(m_error);
}

bool ContactPresenter::setOwnName(const QString& name) {
  return change({.ownName = name.simplified().toStdString()});
}
bool ContactPresenter::setNote(const QString& note) {
  QString text = note.trimmed();
  text.replace(QStringLiteral("\r\n"), QStringLiteral("\n"));
  text.replace(u'\t', u' ');
  text.replace(QChar::LineSeparator, u'\n').replace(QChar::ParagraphSeparator, u'\n');
  return change({.note = text.toStdString()});
}
void ContactPresenter::setFavourite(bool isFavourite) { change({.isFavourite = isFavourite}); }
void ContactPresenter::setPolicy(int policy) {
  if (policy < Usual || policy > Ask) return;
  change({.policy = static_cast<ContactPolicy>(policy)});
}
QStringList ContactPresenter::rings() const {
  return QStringList{tr("Like everyone else’s"), tr("Without a sound")} + ringNames();
}
void ContactPresenter::setRing(int ring) {
  if (ring < kUsualRing || ring >= kOwnRings + ringKeys().size()) return;
  std::string name;
  if (ring == kSilent) name = store::kSilentRing;
  if (ring >= kOwnRings) name = ringKeys().at(ring - kOwnRings).toStdString();
  change({.ring = std::move(name)});
}
void ContactPresenter::playRing() {
  if (m_shown.ring == kSilent) return;
  m_engine.playRing(m_shown.ring == kUsualRing ? QString()
                                               : ringKeys().at(m_shown.ring - kOwnRings));
}

void ContactPresenter::setBlocked(bool isBlocked) {
  if (m_person) m_engine.setBlocked(*m_person, isBlocked);
}

void ContactPresenter::forget() {
  if (!m_person) return;
  const QString name = m_shown.name;
  const auto done = m_engine.removeContact(*m_person);
  if (!done) return setError(textOf(done.error()).sentence());
  m_person.reset();
  emit said(tr("%1 is forgotten.").arg(name));
  emit forgotten();
}

}  // namespace foyer::app
