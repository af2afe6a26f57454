// One person as they are kept here: the name and note of this side, favourite, how calls with them
// go and ring, the key and the earlier ones, blocking, forgetting. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class ContactShown {
  Q_GADGET
  QML_VALUE_TYPE(contactShown)
  Q_PROPERTY(QString fingerprint MEMBER fingerprint)
  Q_PROPERTY(QString name MEMBER name)
  Q_PROPERTY(QString ownName MEMBER ownName)
  Q_PROPERTY(QString signedSentence MEMBER signedSentence)
  Q_PROPERTY(QString tag MEMBER tag)
  Q_PROPERTY(QString note MEMBER note)
  Q_PROPERTY(QString initials MEMBER initials)
  Q_PROPERTY(int hue MEMBER hue)
  Q_PROPERTY(bool here MEMBER here)
  Q_PROPERTY(bool callable MEMBER callable)
  Q_PROPERTY(bool kept MEMBER kept)
  Q_PROPERTY(bool favourite MEMBER favourite)
  Q_PROPERTY(int policy MEMBER policy)
  Q_PROPERTY(QString policySentence MEMBER policySentence)
  Q_PROPERTY(int ring MEMBER ring)
  Q_PROPERTY(bool verified MEMBER verified)
  Q_PROPERTY(bool suspect MEMBER suspect)
  Q_PROPERTY(bool blocked MEMBER blocked)
  Q_PROPERTY(QString trustText MEMBER trustText)
  Q_PROPERTY(QString trustSentence MEMBER trustSentence)
  Q_PROPERTY(QString linkSentence MEMBER linkSentence)
  Q_PROPERTY(QString datesSentence MEMBER datesSentence)
  Q_PROPERTY(QList<QString> key MEMBER key)
  Q_PROPERTY(QList<QString> earlier MEMBER earlier)

 public:
  QString fingerprint, name, ownName, note, initials;
  QString tag;             // four letters of the key, only where two have one name
  QString signedSentence;  // "Calls themselves Ben."; empty when that is the name shown
  int hue = 0;
  bool here = false, callable = false, kept = false, favourite = false;
  int policy = 0;          // ContactPresenter::Policy
  QString policySentence;  // what the choice does
  int ring = 0;            // of ContactPresenter::rings
  bool verified = false, suspect = false, blocked = false;
  QString trustText, trustSentence, datesSentence;
  QString linkSentence;  // what the link that led here says of the key; empty: none did
  QStringList key;       // eight groups
  QStringList earlier;   // a line for each key that they had before, the newest first

  bool operator==(const ContactShown&) const = default;
};

class ContactPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::ContactShown shown READ shown NOTIFY changed)
  Q_PROPERTY(QString error READ error NOTIFY errorChanged)
  // How their calls may ring here: as others', without a sound, by a ring of their own.
  Q_PROPERTY(QStringList rings READ rings NOTIFY changed)

 public:
  enum Policy { Usual, Direct, RelayOnly, Ask };
  Q_ENUM(Policy)

  explicit ContactPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const ContactShown& shown() const { return m_shown; }
  [[nodiscard]] QString error() const { return m_error; }
  [[nodiscard]] QStringList rings() const;

  // False: nobody of that key is known.
  bool open(const QString& fingerprint);
  // Whoever is shown was opened by a link.
  void setLinked();
  // False: it was not kept; `error` says why.
  Q_INVOKABLE bool setOwnName(const QString& name);
  Q_INVOKABLE bool setNote(const QString& note);
  // For who leaves the page with something that was not kept.
  Q_INVOKABLE void sayError();
  Q_INVOKABLE void setFavourite(bool isFavourite);
  Q_INVOKABLE void setPolicy(int policy);
  Q_INVOKABLE void setRing(int ring);
  // As their next call will ring; nothing where it makes no sound.
  Q_INVOKABLE void playRing();
  Q_INVOKABLE void setBlocked(bool isBlocked);
  Q_INVOKABLE void forget();

 Q_SIGNALS:
  void changed();
  void errorChanged();
  void forgotten();
  void said(const QString& text);

 private:
  void refresh();
  bool change(const engine::ContactChange& change);
  void setError(const QString& error);

  engine::EngineInterface& m_engine;
  std::optional<Fingerprint> m_person;
  bool m_isLinked = false;
  ContactShown m_shown;
  QString m_error;
};

}  // namespace foyer::app
