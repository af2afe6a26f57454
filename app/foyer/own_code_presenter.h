// The person's own link, to be shown as a QR code: key and name, and where they want it the relay
// to meet on. No invite is ever in it: a code that hangs somewhere lets nobody in. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QString>
#include <optional>

#include "core/engine/engine_interface.h"
#include "core/wire/link.h"

namespace foyer::app {

class OwnCodePresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString link READ link NOTIFY changed)
  Q_PROPERTY(QString relay READ relay NOTIFY changed)  // that can be named; empty: none
  Q_PROPERTY(bool withRelay READ withRelay WRITE setWithRelay NOTIFY changed)

 public:
  explicit OwnCodePresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] QString link() const;
  [[nodiscard]] QString relay() const;
  [[nodiscard]] bool withRelay() const { return m_isWithRelay; }
  void setWithRelay(bool isWithRelay);
  Q_INVOKABLE void copy();

 Q_SIGNALS:
  void changed();
  void said(const QString& text);

 private:
  [[nodiscard]] std::optional<wire::RelayLink> meetingPlace() const;

  engine::EngineInterface& m_engine;
  bool m_isWithRelay = false;
};

}  // namespace foyer::app
