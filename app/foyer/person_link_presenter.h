// A link to a person that was opened or read off a code. Who is known is shown on their own page;
// of others it says what the link has, and lets its relay be joined. A link proves no key by itself
// (docs/keys.md section 12): where it was read, the person knows and Foyer does not. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <optional>

#include "core/engine/engine_interface.h"
#include "core/wire/link.h"

namespace foyer::app {

class PersonLinkShown {
  Q_GADGET
  QML_VALUE_TYPE(personLinkShown)
  Q_PROPERTY(bool open MEMBER open)
  Q_PROPERTY(QString title MEMBER title)
  Q_PROPERTY(QString sentence MEMBER sentence)
  Q_PROPERTY(QList<QString> key MEMBER key)
  Q_PROPERTY(bool here MEMBER here)
  Q_PROPERTY(bool joinable MEMBER joinable)

 public:
  bool open = false;
  QString title, sentence;
  QStringList key;        // eight groups
  bool here = false;      // they came meanwhile: their page can be shown
  bool joinable = false;  // the link names a relay that this Foyer is not on

  bool operator==(const PersonLinkShown&) const = default;
};

class PersonLinkPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(foyer::app::PersonLinkShown shown READ shown NOTIFY changed)

 public:
  explicit PersonLinkPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] const PersonLinkShown& shown() const { return m_shown; }

  void open(const wire::PersonLink& link);
  Q_INVOKABLE void join();
  Q_INVOKABLE void showPerson();
  Q_INVOKABLE void close();

 Q_SIGNALS:
  void changed();
  void personWanted(const QString& fingerprint);

 private:
  void refresh();

  engine::EngineInterface& m_engine;
  std::optional<wire::PersonLink> m_link;
  PersonLinkShown m_shown;
};

}  // namespace foyer::app
