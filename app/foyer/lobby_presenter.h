// The lobby around the list: the relay chip, what an empty list means, joining by link, a relay
// whose key changed, relays found on this network, a missed call. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QTimer>

#include "app/foyer/people_model.h"
#include "core/engine/engine_interface.h"
#include "core/wire/link.h"

namespace foyer::app {

// Everything the lobby shows besides the rows, replaced as a whole.
class LobbyShown {
  Q_GADGET
  QML_VALUE_TYPE(lobbyShown)
  Q_PROPERTY(int state MEMBER state)
  Q_PROPERTY(int chipKind MEMBER chipKind)
  Q_PROPERTY(QString chipText MEMBER chipText)
  Q_PROPERTY(QString chipShort MEMBER chipShort)
  Q_PROPERTY(QString chipName MEMBER chipName)
  Q_PROPERTY(QString chipDetail MEMBER chipDetail)
  Q_PROPERTY(QString chipTip MEMBER chipTip)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString sentence MEMBER sentence)
  Q_PROPERTY(QString relaySentence MEMBER relaySentence)
  Q_PROPERTY(bool canInvite MEMBER canInvite)
  Q_PROPERTY(QString troubleTitle MEMBER troubleTitle)
  Q_PROPERTY(QString troubleAdvice MEMBER troubleAdvice)
  Q_PROPERTY(bool keyChanged MEMBER keyChanged)
  Q_PROPERTY(QString keyTitle MEMBER keyTitle)
  Q_PROPERTY(QString keySentence MEMBER keySentence)
  Q_PROPERTY(QString oldKeyTitle MEMBER oldKeyTitle)
  Q_PROPERTY(QList<QString> oldKey MEMBER oldKey)
  Q_PROPERTY(QList<QString> newKey MEMBER newKey)
  Q_PROPERTY(QList<QString> found MEMBER found)
  Q_PROPERTY(QString missed MEMBER missed)
  Q_PROPERTY(QString missedWhen MEMBER missedWhen)

 public:
  int state = 0;     // LobbyPresenter::State
  int chipKind = 0;  // LobbyPresenter::ChipKind
  QString chipText, chipShort, chipDetail;
  QString chipName;                     // where "Relay: …" has no room
  QString chipTip;                      // the names of several relays; else empty
  QString title, sentence;              // of the empty list; headline of a full one
  QString relaySentence;                // beside the relay switch
  bool canInvite = false;               // there is a link worth passing on
  QString troubleTitle, troubleAdvice;  // a relay that does not work; empty: none
  bool keyChanged = false;              // a relay is blocked until its key has been looked at
  QString keyTitle, keySentence, oldKeyTitle;
  QStringList oldKey, newKey;  // eight groups each
  QStringList found;           // names of relays found on this network and not joined
  QString missed;              // "Missed call from Amina", "3 missed calls, the last from Amina"
  QString missedWhen;          // "Today, 18:05": of the last one

  bool operator==(const LobbyShown&) const = default;
};

class LobbyPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::LobbyShown shown READ shown NOTIFY changed)
  Q_PROPERTY(QString joinError READ joinError NOTIFY joinErrorChanged)
  // Of whom it is asked how the call goes; empty: nothing is asked.
  Q_PROPERTY(QString askedName READ askedName NOTIFY askedChanged)

 public:
  enum State { Looking, Empty, People, RelayLost, Offline };
  Q_ENUM(State)
  enum ChipKind { Plain, Good, Caution, Danger };
  Q_ENUM(ChipKind)

  static constexpr int kLookingMs = 3000;  // how long an empty start is called "looking"

  LobbyPresenter(engine::EngineInterface& engine, PeopleModel& people, QObject* parent = nullptr);

  [[nodiscard]] const LobbyShown& shown() const { return m_shown; }
  [[nodiscard]] QString joinError() const { return m_joinError; }
  [[nodiscard]] QString askedName() const { return m_askedName; }

  Q_INVOKABLE void call(const QString& fingerprint);
  // Without telling the address of this computer.
  Q_INVOKABLE void callPrivately(const QString& fingerprint);
  // The answer for whom it was asked; dropAsk: no call after all.
  Q_INVOKABLE void callAsked(bool isPrivate);
  Q_INVOKABLE void dropAsk();
  Q_INVOKABLE void setFavourite(const QString& fingerprint, bool favourite);
  Q_INVOKABLE void setBlocked(const QString& fingerprint, bool blocked);
  // True when the link was passed on, one of a person to personLinked; otherwise joinError says why
  // not.
  Q_INVOKABLE bool join(const QString& link);
  Q_INVOKABLE void clearJoinError();
  Q_INVOKABLE void joinFound(int index);
  Q_INVOKABLE void copyInvite();
  // The relay with trouble: try now, or forget about it.
  Q_INVOKABLE void retryRelay();
  Q_INVOKABLE void leaveRelay();
  Q_INVOKABLE void takeNewRelayKey();
  Q_INVOKABLE void callBackMissed();
  Q_INVOKABLE void dismissMissed();
  // The first seconds are over: an empty list means nobody is here.
  void stopLooking();

 Q_SIGNALS:
  void changed();
  void joinErrorChanged();
  void askedChanged();
  void reviewWanted(const QString& fingerprint);  // a person whose key changed
  void said(const QString& text);                 // for a toast
  void personLinked(const foyer::wire::PersonLink& link);

 private:
  void refresh();
  // Whom to call; nobody when their key has to be looked at first, which is said.
  [[nodiscard]] std::optional<Fingerprint> whomToCall(const QString& fingerprint);
  void showChip(LobbyShown& shown, const engine::RelayView* relay) const;
  void showEmptyState(LobbyShown& shown, const engine::RelayView* relay) const;
  void showMissed(LobbyShown& shown) const;
  void findMissed();
  [[nodiscard]] QStringList connectedNames() const;
  [[nodiscard]] QString nameOf(const engine::RelayView& relay) const;
  [[nodiscard]] std::vector<engine::DiscoveredRelayView> foundRelays() const;
  void handleFault(const Fault& fault);
  void setJoinError(const QString& text);

  engine::EngineInterface& m_engine;
  PeopleModel& m_people;
  LobbyShown m_shown;
  std::vector<engine::RelayView> m_relays;
  QTimer m_lookingTimer, m_countdown;
  bool m_isLooking = true;
  bool m_isJoining = false;
  std::int64_t m_retryAtMs = 0;  // steady; of the relay that reconnects
  QString m_joinError;
  std::optional<Fingerprint> m_asked;
  QString m_askedName;
  std::vector<engine::PastCallView> m_missed;  // that nobody has looked at, newest first
};

}  // namespace foyer::app
