#include "app/foyer/app_presenter.h"

#include <QMetaProperty>
#include <QSet>

#include "app/foyer/text.h"

namespace foyer::app {
namespace {

// Where a dialog about the identity may stand; the first start and the blocked page have it built
// in.
bool isHomely(AppPresenter::Screen screen) {
  return screen == AppPresenter::Lobby || screen == AppPresenter::Settings;
}

// Whatever it shows may be another text now.
void sayAnew(QObject& presenter) {
  const QMetaObject& type = *presenter.metaObject();
  QSet<int> told;
  for (int at = 0; at < type.propertyCount(); ++at) {
    const QMetaMethod changed = type.property(at).notifySignal();
    if (!changed.isValid() || changed.parameterCount() > 0) continue;
    if (told.contains(changed.methodIndex())) continue;
    told.insert(changed.methodIndex());
    changed.invoke(&presenter);
  }
  auto* model = qobject_cast<QAbstractItemModel*>(&presenter);
  if (model == nullptr || model->rowCount() == 0) return;
  emit model->dataChanged(model->index(0, 0), model->index(model->rowCount() - 1, 0));
}

}  // namespace

AppPresenter::AppPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent),
      m_engine(engine),
      m_identity(engine),
      m_backup(engine),
      m_people(engine),
      m_history(engine),
      m_contacts(engine),
      m_contact(engine),
      m_contactFile(engine),
      m_lobby(engine, m_people),
      m_call(engine),
      m_quality(engine),
      m_telemetry(engine),
      m_record(engine),
      m_path(engine),
      m_network(engine),
      m_connections(engine),
      m_diagnostics(engine),
      m_log(engine),
      m_lastReport(engine),
      m_pastCalls(engine, m_lastReport),
      m_incoming(engine),
      m_relay(engine),
      m_relayAccess(engine),
      m_relayGuests(engine),
      m_relays(engine),
      m_personLink(engine),
      m_ownCode(engine),
      m_audio(engine),
      m_sound(engine),
      m_settings(engine),
      m_restart(engine),
      m_talkKey(engine, m_call),
      m_away(engine),
      m_tray(engine, m_identity, m_call, m_incoming),
      m_foundJoiner(engine),
      m_theme(engine) {
  connect(&m_identity, &IdentityPresenter::changed, this, &AppPresenter::refreshScreen);
  connect(&m_backup, &BackupPresenter::changed, this, [this] {
    // The page that brought the identity back is gone with what it blocked.
    if (!m_backup.restored() || m_screen == FirstStart) return;
    m_toast.show(m_backup.done().simplified());
    m_backup.close();
  });
  connect(&m_away, &AwayWatch::changed, this, [this] { m_identity.setAway(m_away.away()); });
  connect(&m_call, &CallPresenter::changed, this, &AppPresenter::refreshScreen);
  connect(&m_call, &CallPresenter::changed, this, &AppPresenter::announce);
  connect(&m_incoming, &IncomingPresenter::changed, this, &AppPresenter::announce);
  connect(&m_incoming, &IncomingPresenter::changed, this, [this] {
    if (m_incoming.shown().ringing && isHomely(m_screen)) putBackupAway();
  });
  connect(&m_desktopQuiet, &DesktopQuiet::changed, this,
          [this] { m_incoming.setDesktopQuiet(m_desktopQuiet.isQuiet()); });
  connect(&m_call, &CallPresenter::callWanted, &m_lobby, &LobbyPresenter::call);
  connect(&m_lobby, &LobbyPresenter::reviewWanted, this, &AppPresenter::showReview);
  connect(&m_lobby, &LobbyPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_lobby, &LobbyPresenter::personLinked, &m_personLink, &PersonLinkPresenter::open);
  connect(&m_personLink, &PersonLinkPresenter::personWanted, this,
          &AppPresenter::showLinkedContact);
  connect(&m_picture, &PicturePresenter::personFound, this, &AppPresenter::openLink);
  connect(&m_picture, &PicturePresenter::changed, this, [this] {
    // The strip in which a relay is joined is on two pages.
    if (m_picture.active() && m_page != Lobby && m_page != Relays) showLobby();
  });
  connect(&m_ownCode, &OwnCodePresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_contact, &ContactPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_contact, &ContactPresenter::forgotten, this, &AppPresenter::closeContact);
  connect(&m_call, &CallPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_telemetry, &TelemetryPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_record, &RecordPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_network, &NetworkPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_connections, &ConnectionsPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_call, &CallPresenter::changed, this, [this] {
    if (m_call.shown().stage != CallPresenter::Active) m_telemetry.close();
  });
  connect(&m_diagnostics, &DiagnosticsPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_log, &LogModel::said, &m_toast, &ToastPresenter::show);
  connect(&m_pastCalls, &PastCallsModel::said, &m_toast, &ToastPresenter::show);
  connect(&m_foundJoiner, &FoundJoiner::said, &m_toast, &ToastPresenter::show);
  connect(&m_relay, &RelayPresenter::said, &m_toast, &ToastPresenter::show);
  connect(&m_relayAccess, &RelayAccess::said, &m_toast, &ToastPresenter::show);
  connect(&m_relays, &RelaysModel::said, &m_toast, &ToastPresenter::show);
  connect(&m_audio, &AudioPresenter::noticed, &m_toast, &ToastPresenter::show);
  refreshScreen();
}

void AppPresenter::refreshScreen() {
  // A call that begins is shown; from one that runs, the diagnostics may be opened.
  const bool isInCall = m_call.shown().stage != CallPresenter::None;
  if (isInCall && !m_isInCall && m_page == Diagnostics) m_page = Lobby;
  m_isInCall = isInCall;
  Screen screen = m_page;
  if (isInCall && m_page != Diagnostics) screen = Call;
  if (m_identity.firstStart()) screen = FirstStart;
  if (m_identity.blocked()) screen = Blocked;
  if (screen == m_screen) return;
  if (isHomely(m_screen) && !isHomely(screen)) putBackupAway();
  m_screen = screen;
  emit screenChanged();
}

void AppPresenter::putBackupAway() {
  if (m_backup.open() != BackupPresenter::Nothing) m_backup.close();
}

void AppPresenter::setPage(Screen page) {
  m_page = page;
  refreshScreen();
}

void AppPresenter::startDesktop(bool hasX11) {
  m_theme.askDesktop();
  m_talkKey.start(hasX11);
  m_away.start(hasX11);
  m_tray.start();
  m_desktopQuiet.start();
  m_files.start(hasX11);
}

void AppPresenter::showLobby() { setPage(Lobby); }
void AppPresenter::showRelay() { setPage(Relay); }
void AppPresenter::showRelays() { setPage(Relays); }
void AppPresenter::showHistory() { setPage(History); }
void AppPresenter::showContacts() { setPage(Contacts); }

void AppPresenter::showGuide() {
  m_guide.open(m_guide.chapter());
  setPage(Guide);
}

void AppPresenter::showContact(const QString& fingerprint) {
  if (!m_contact.open(fingerprint)) {
    m_toast.show(tr("Nothing is kept of this person, and they are not here now."));
    return;
  }
  if (m_page != Contact) m_beforeContact = m_page;
  setPage(Contact);
}

void AppPresenter::showLinkedContact(const QString& fingerprint) {
  showContact(fingerprint);
  m_contact.setLinked();
}

bool AppPresenter::openLink(const QString& link) { return m_lobby.join(link); }

void AppPresenter::closeContact() {
  if (m_page == Contact) setPage(m_beforeContact);
}

void AppPresenter::showDiagnostics() {
  m_diagnostics.look();
  setPage(Diagnostics);
}

void AppPresenter::showNetwork() { setPage(Network); }

void AppPresenter::showSettings(int group) {
  m_connections.forgetErrors();
  m_settings.begin(group);
  setPage(Settings);
}

void AppPresenter::showReview(const QString& fingerprint) {
  const auto wanted = Fingerprint::parseHex(fingerprint.toStdString());
  if (!wanted) return;
  for (const auto& person : m_engine.people()) {
    if (person.fingerprint != *wanted) continue;
    m_reviewed = *wanted;
    m_review = {};
    m_review.name = fromUtf8(person.alias);
    m_review.initials = initials(m_review.name);
    m_review.hue = hueOf(person.fingerprint);
    const QString date = person.verifiedAtMs ? dateText(*person.verifiedAtMs) : QString();
    const bool haveDiffered = person.trust == engine::Trust::WordsDiffered;
    m_review.title = haveDiffered
                         ? tr("The words did not match in a call with %1").arg(m_review.name)
                         : tr("%1’s key has changed").arg(m_review.name);
    m_review.usually =
        haveDiffered
            ? tr("One of you misread a word, or read from another call.")
            : tr("A new computer, or Foyer installed again without restoring the old key.");
    const QString off =
        tr("Your microphone stays off in this call until you confirm that the words match.");
    m_review.further =
        haveDiffered ? off : tr("The old key stays in the record.") + QLatin1Char(' ') + off;
    m_review.newTitle = haveDiffered ? tr("Key of that call") : tr("Key offered now");
    m_review.sentence =
        haveDiffered ? tr("It was the key below. Nothing has been sent, and nobody is ringing.")
        : !person.previousKey
            ? tr("Another key was verified under this name, or the words did not match in a call. "
                 "Nothing has been sent, and nobody is ringing.")
        : date.isEmpty()
            ? tr("It is not the key you verified. Nothing has been sent, and nobody is ringing.")
            : tr("It is not the key you verified on %1. Nothing has been sent, and nobody "
                 "is ringing.")
                  .arg(date);
    m_review.oldTitle =
        date.isEmpty() ? tr("Key you verified") : tr("Key you verified on %1").arg(date);
    if (person.previousKey) m_review.oldKey = keyGroups(*person.previousKey);
    m_review.newKey = keyGroups(person.fingerprint);
    emit reviewChanged();
    setPage(Review);
    return;
  }
}

void AppPresenter::callReviewed() {
  setPage(Lobby);
  m_engine.call(Fingerprint(m_reviewed));
}

void AppPresenter::retranslate() {
  using Engine = engine::EngineInterface;
  m_settings.retranslate();
  m_telemetry.retranslate();
  m_guide.retranslate();
  if (m_page == Review) showReview(fromUtf8(m_reviewed.hex()));
  // Whoever keeps sentences listens to these and makes them anew.
  for (const auto changed :
       {&Engine::identityChanged, &Engine::relaysChanged, &Engine::discoveredChanged,
        &Engine::peopleChanged, &Engine::callsChanged, &Engine::historyChanged,
        &Engine::hostedRelayChanged, &Engine::audioChanged, &Engine::networkCheckChanged,
        &Engine::turnServersChanged, &Engine::capabilitiesChanged})
    emit(m_engine.*changed)();
  // Whoever makes them when asked is asked again.
  const QMetaObject& type = *metaObject();
  for (int at = 0; at < type.propertyCount(); ++at)
    if (auto* presenter = type.property(at).read(this).value<QObject*>()) sayAnew(*presenter);
}

void AppPresenter::announce() {
  QString text;
  const CallShown& call = m_call.shown();
  if (m_incoming.shown().ringing) {
    text = tr("%1 is calling. %2").arg(m_incoming.shown().name, m_incoming.shown().trustText);
  } else if (call.stage == CallPresenter::Active) {
    text =
        tr("In a call with %1. %2").arg(call.name, call.muted ? tr("You are muted.") : QString());
    if (!call.troubleTitle.isEmpty()) text = call.troubleTitle;
    if (call.sas == CallPresenter::Disputed) text = call.sasQuestion;
  } else if (call.stage != CallPresenter::None) {
    text = call.title + QStringLiteral(". ") + call.sentence;
  }
  if (text == m_announcement) return;
  m_announcement = text;
  emit announcementChanged();
}

}  // namespace foyer::app
