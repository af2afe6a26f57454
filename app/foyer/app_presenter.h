// What the window is built on: one presenter per part, and which screen is shown. The only object
// that QML is handed. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "app/foyer/audio_presenter.h"
#include "app/foyer/away_watch.h"
#include "app/foyer/backup_presenter.h"
#include "app/foyer/call_presenter.h"
#include "app/foyer/connections_presenter.h"
#include "app/foyer/contact_file_presenter.h"
#include "app/foyer/contact_presenter.h"
#include "app/foyer/contacts_model.h"
#include "app/foyer/desktop_quiet.h"
#include "app/foyer/diagnostics_presenter.h"
#include "app/foyer/file_portal.h"
#include "app/foyer/found_joiner.h"
#include "app/foyer/global_talk_key.h"
#include "app/foyer/guide_model.h"
#include "app/foyer/history_model.h"
#include "app/foyer/identity_presenter.h"
#include "app/foyer/incoming_presenter.h"
#include "app/foyer/last_report.h"
#include "app/foyer/lobby_presenter.h"
#include "app/foyer/log_model.h"
#include "app/foyer/network_presenter.h"
#include "app/foyer/own_code_presenter.h"
#include "app/foyer/past_calls_model.h"
#include "app/foyer/path_presenter.h"
#include "app/foyer/people_model.h"
#include "app/foyer/person_link_presenter.h"
#include "app/foyer/picture_presenter.h"
#include "app/foyer/quality_presenter.h"
#include "app/foyer/record_presenter.h"
#include "app/foyer/relay_access.h"
#include "app/foyer/relay_guests_model.h"
#include "app/foyer/relay_presenter.h"
#include "app/foyer/relays_model.h"
#include "app/foyer/restart_presenter.h"
#include "app/foyer/settings_model.h"
#include "app/foyer/sound_presenter.h"
#include "app/foyer/telemetry_presenter.h"
#include "app/foyer/theme_source.h"
#include "app/foyer/toast_presenter.h"
#include "app/foyer/tray_presenter.h"

namespace foyer::app {

// A person whose key changed, or whose words differed, looked at before anything is sent.
class ReviewShown {
  Q_GADGET
  QML_VALUE_TYPE(reviewShown)
  Q_PROPERTY(QString name MEMBER name)
  Q_PROPERTY(QString initials MEMBER initials)
  Q_PROPERTY(int hue MEMBER hue)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString sentence MEMBER sentence)
  Q_PROPERTY(QString usually MEMBER usually)
  Q_PROPERTY(QString further MEMBER further)
  Q_PROPERTY(QString newTitle MEMBER newTitle)
  Q_PROPERTY(QString oldTitle MEMBER oldTitle)
  Q_PROPERTY(QList<QString> oldKey MEMBER oldKey)
  Q_PROPERTY(QList<QString> newKey MEMBER newKey)

 public:
  QString name, initials;
  int hue = 0;
  QString title, sentence, usually, further, oldTitle, newTitle;
  QStringList oldKey, newKey;  // eight groups; oldKey is empty when no other one was verified

  bool operator==(const ReviewShown&) const = default;
};

class AppPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::IdentityPresenter* identity READ identity CONSTANT)
  Q_PROPERTY(foyer::app::BackupPresenter* backup READ backup CONSTANT)
  Q_PROPERTY(foyer::app::PeopleModel* people READ people CONSTANT)
  Q_PROPERTY(foyer::app::HistoryModel* history READ history CONSTANT)
  Q_PROPERTY(foyer::app::ContactsModel* contacts READ contacts CONSTANT)
  Q_PROPERTY(foyer::app::ContactPresenter* contact READ contact CONSTANT)
  Q_PROPERTY(foyer::app::ContactFilePresenter* contactFile READ contactFile CONSTANT)
  Q_PROPERTY(foyer::app::FilePortal* files READ files CONSTANT)
  Q_PROPERTY(foyer::app::LobbyPresenter* lobby READ lobby CONSTANT)
  Q_PROPERTY(foyer::app::CallPresenter* call READ call CONSTANT)
  Q_PROPERTY(foyer::app::QualityPresenter* quality READ quality CONSTANT)
  Q_PROPERTY(foyer::app::TelemetryPresenter* telemetry READ telemetry CONSTANT)
  Q_PROPERTY(foyer::app::RecordPresenter* record READ record CONSTANT)
  Q_PROPERTY(foyer::app::PathPresenter* path READ path CONSTANT)
  Q_PROPERTY(foyer::app::NetworkPresenter* network READ network CONSTANT)
  Q_PROPERTY(foyer::app::ConnectionsPresenter* connections READ connections CONSTANT)
  Q_PROPERTY(foyer::app::DiagnosticsPresenter* diagnostics READ diagnostics CONSTANT)
  Q_PROPERTY(foyer::app::LogModel* log READ log CONSTANT)
  Q_PROPERTY(foyer::app::GuideModel* guide READ guide CONSTANT)
  Q_PROPERTY(foyer::app::PastCallsModel* pastCalls READ pastCalls CONSTANT)
  Q_PROPERTY(foyer::app::IncomingPresenter* incoming READ incoming CONSTANT)
  Q_PROPERTY(foyer::app::RelayPresenter* relay READ relay CONSTANT)
  Q_PROPERTY(foyer::app::RelayAccess* relayAccess READ relayAccess CONSTANT)
  Q_PROPERTY(foyer::app::RelayGuestsModel* relayGuests READ relayGuests CONSTANT)
  Q_PROPERTY(foyer::app::RelaysModel* relays READ relays CONSTANT)
  Q_PROPERTY(foyer::app::PicturePresenter* picture READ picture CONSTANT)
  Q_PROPERTY(foyer::app::PersonLinkPresenter* personLink READ personLink CONSTANT)
  Q_PROPERTY(foyer::app::OwnCodePresenter* ownCode READ ownCode CONSTANT)
  Q_PROPERTY(foyer::app::AudioPresenter* audio READ audio CONSTANT)
  Q_PROPERTY(foyer::app::SoundPresenter* sound READ sound CONSTANT)
  Q_PROPERTY(foyer::app::SettingsModel* settings READ settings CONSTANT)
  Q_PROPERTY(foyer::app::RestartPresenter* restart READ restart CONSTANT)
  Q_PROPERTY(foyer::app::GlobalTalkKey* talkKey READ talkKey CONSTANT)
  Q_PROPERTY(foyer::app::AwayWatch* away READ away CONSTANT)
  Q_PROPERTY(foyer::app::TrayPresenter* tray READ tray CONSTANT)
  Q_PROPERTY(foyer::app::ToastPresenter* toast READ toast CONSTANT)
  Q_PROPERTY(foyer::app::ThemeSource* theme READ theme CONSTANT)
  Q_PROPERTY(int screen READ screen NOTIFY screenChanged)
  Q_PROPERTY(foyer::app::ReviewShown review READ review NOTIFY reviewChanged)
  Q_PROPERTY(QString announcement READ announcement NOTIFY announcementChanged)

 public:
  enum Screen {
    Lobby,
    FirstStart,
    Blocked,
    Call,
    Relay,
    Review,
    Network,
    History,
    Settings,
    Relays,
    Diagnostics,
    Contacts,
    Contact,
    Guide
  };
  Q_ENUM(Screen)

  explicit AppPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] IdentityPresenter* identity() { return &m_identity; }
  [[nodiscard]] BackupPresenter* backup() { return &m_backup; }
  [[nodiscard]] PeopleModel* people() { return &m_people; }
  [[nodiscard]] HistoryModel* history() { return &m_history; }
  [[nodiscard]] ContactsModel* contacts() { return &m_contacts; }
  [[nodiscard]] ContactPresenter* contact() { return &m_contact; }
  [[nodiscard]] ContactFilePresenter* contactFile() { return &m_contactFile; }
  [[nodiscard]] FilePortal* files() { return &m_files; }
  [[nodiscard]] LobbyPresenter* lobby() { return &m_lobby; }
  [[nodiscard]] CallPresenter* call() { return &m_call; }
  [[nodiscard]] QualityPresenter* quality() { return &m_quality; }
  [[nodiscard]] TelemetryPresenter* telemetry() { return &m_telemetry; }
  [[nodiscard]] RecordPresenter* record() { return &m_record; }
  [[nodiscard]] PathPresenter* path() { return &m_path; }
  [[nodiscard]] NetworkPresenter* network() { return &m_network; }
  [[nodiscard]] ConnectionsPresenter* connections() { return &m_connections; }
  [[nodiscard]] DiagnosticsPresenter* diagnostics() { return &m_diagnostics; }
  [[nodiscard]] LogModel* log() { return &m_log; }
  [[nodiscard]] GuideModel* guide() { return &m_guide; }
  [[nodiscard]] PastCallsModel* pastCalls() { return &m_pastCalls; }
  [[nodiscard]] IncomingPresenter* incoming() { return &m_incoming; }
  [[nodiscard]] RelayPresenter* relay() { return &m_relay; }
  [[nodiscard]] RelayAccess* relayAccess() { return &m_relayAccess; }
  [[nodiscard]] RelayGuestsModel* relayGuests() { return &m_relayGuests; }
  [[nodiscard]] RelaysModel* relays() { return &m_relays; }
  [[nodiscard]] PicturePresenter* picture() { return &m_picture; }
  [[nodiscard]] PersonLinkPresenter* personLink() { return &m_personLink; }
  [[nodiscard]] OwnCodePresenter* ownCode() { return &m_ownCode; }
  [[nodiscard]] AudioPresenter* audio() { return &m_audio; }
  [[nodiscard]] SoundPresenter* sound() { return &m_sound; }
  [[nodiscard]] SettingsModel* settings() { return &m_settings; }
  [[nodiscard]] RestartPresenter* restart() { return &m_restart; }
  [[nodiscard]] GlobalTalkKey* talkKey() { return &m_talkKey; }
  [[nodiscard]] AwayWatch* away() { return &m_away; }
  [[nodiscard]] TrayPresenter* tray() { return &m_tray; }
  [[nodiscard]] ToastPresenter* toast() { return &m_toast; }
  [[nodiscard]] ThemeSource* theme() { return &m_theme; }
  [[nodiscard]] int screen() const { return m_screen; }
  [[nodiscard]] const ReviewShown& review() const { return m_review; }
  [[nodiscard]] QString announcement() const { return m_announcement; }

  // The language is another one.
  void retranslate();

  // Asks the desktop around the window; after the first frame, so that no bus delays it.
  void startDesktop(bool hasX11);
  Q_INVOKABLE void showLobby();
  Q_INVOKABLE void showRelay();
  Q_INVOKABLE void showRelays();
  Q_INVOKABLE void showNetwork();
  Q_INVOKABLE void showHistory();
  Q_INVOKABLE void showGuide();
  Q_INVOKABLE void showContacts();
  // A link that was opened from outside, or pressed: a relay is joined, a person shown. False when
  // it is neither, with the sentence in lobby's joinError.
  bool openLink(const QString& link);
  // The page of one person; closeContact goes back to where it was opened.
  Q_INVOKABLE void showContact(const QString& fingerprint);
  Q_INVOKABLE void closeContact();
  // `group` is a SettingsModel::Group.
  Q_INVOKABLE void showSettings(int group);
  // Also from a call, which goes on.
  Q_INVOKABLE void showDiagnostics();
  Q_INVOKABLE void showReview(const QString& fingerprint);
  // From the review page: rings; the microphone stays off until the words match.
  Q_INVOKABLE void callReviewed();

 Q_SIGNALS:
  void screenChanged();
  void reviewChanged();
  void announcementChanged();  // for screen readers; Qt 6.4 has no other way

 private:
  void refreshScreen();
  void announce();
  // A dialog that goes because of a call or another page does not come back by itself, nor its
  // words.
  void putBackupAway();
  void setPage(Screen page);
  void showLinkedContact(const QString& fingerprint);

  engine::EngineInterface& m_engine;
  IdentityPresenter m_identity;
  BackupPresenter m_backup;
  PeopleModel m_people;
  HistoryModel m_history;
  ContactsModel m_contacts;
  ContactPresenter m_contact;
  ContactFilePresenter m_contactFile;
  FilePortal m_files;
  LobbyPresenter m_lobby;
  CallPresenter m_call;
  DesktopQuiet m_desktopQuiet;
  QualityPresenter m_quality;
  TelemetryPresenter m_telemetry;
  RecordPresenter m_record;
  PathPresenter m_path;
  NetworkPresenter m_network;
  ConnectionsPresenter m_connections;
  DiagnosticsPresenter m_diagnostics;
  LogModel m_log;
  GuideModel m_guide;
  LastReport m_lastReport;
  PastCallsModel m_pastCalls;
  IncomingPresenter m_incoming;
  RelayPresenter m_relay;
  RelayAccess m_relayAccess;
  RelayGuestsModel m_relayGuests;
  RelaysModel m_relays;
  PicturePresenter m_picture;
  PersonLinkPresenter m_personLink;
  OwnCodePresenter m_ownCode;
  AudioPresenter m_audio;
  SoundPresenter m_sound;
  SettingsModel m_settings;
  RestartPresenter m_restart;
  GlobalTalkKey m_talkKey;
  AwayWatch m_away;
  TrayPresenter m_tray;
  FoundJoiner m_foundJoiner;
  ToastPresenter m_toast;
  ThemeSource m_theme;
  Screen m_page = Lobby;  // what stands behind a call
  Screen m_screen = Lobby;
  Screen m_beforeContact = Lobby;
  bool m_isInCall = false;
  Fingerprint m_reviewed;
  ReviewShown m_review;
  QString m_announcement;
};

}  // namespace foyer::app
