// The person at this computer: name, colour, key; the first start; and the page that blocks when
// the secret is gone. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>

#include "core/engine/engine_interface.h"
#include "core/wire/limits.h"

namespace foyer::app {

class IdentityPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString name READ name NOTIFY changed)
  Q_PROPERTY(QString initials READ initialsText NOTIFY changed)
  Q_PROPERTY(int hue READ hue NOTIFY changed)
  // "Available", "Away", "Do not disturb", "Invisible", "Not connected": what others see of this
  // person.
  Q_PROPERTY(QString stateText READ stateText NOTIFY changed)
  Q_PROPERTY(bool doNotDisturb READ doNotDisturb WRITE setDoNotDisturb NOTIFY changed)
  Q_PROPERTY(bool invisible READ invisible WRITE setInvisible NOTIFY changed)
  Q_PROPERTY(QString keyText READ keyLine NOTIFY changed)
  Q_PROPERTY(QString seedHomeText READ seedHomeText NOTIFY changed)
  Q_PROPERTY(bool firstStart READ firstStart NOTIFY changed)
  Q_PROPERTY(QString accountName READ accountName CONSTANT)  // offered, never published unasked
  Q_PROPERTY(bool blocked READ blocked NOTIFY changed)
  Q_PROPERTY(QString blockedTitle READ blockedTitle NOTIFY changed)
  Q_PROPERTY(QString blockedAdvice READ blockedAdvice NOTIFY changed)
  Q_PROPERTY(bool resettable READ resettable NOTIFY changed)

 public:
  static constexpr int kMaxNameLength = wire::kMaxAliasGraphemes;

  explicit IdentityPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] QString name() const;
  [[nodiscard]] QString initialsText() const;
  [[nodiscard]] int hue() const;
  [[nodiscard]] QString stateText() const;
  // Others see it, and calls that come all the same do not ring: they are listed as missed.
  [[nodiscard]] bool doNotDisturb() const;
  void setDoNotDisturb(bool isOn);
  // Not together with do not disturb: nobody can call then anyway.
  [[nodiscard]] bool invisible() const;
  void setInvisible(bool isOn);
  // The computer was left alone for a while (AwayWatch).
  void setAway(bool isAway);
  [[nodiscard]] QString keyLine() const;
  [[nodiscard]] QString seedHomeText() const;
  [[nodiscard]] bool firstStart() const { return m_isFirstStart; }
  [[nodiscard]] QString accountName() const { return m_accountName; }
  [[nodiscard]] bool blocked() const { return m_view.blocked.has_value(); }
  [[nodiscard]] QString blockedTitle() const;
  [[nodiscard]] QString blockedAdvice() const;
  // A second instance or a full disk is no reason to throw a key away.
  [[nodiscard]] bool resettable() const;

  // Initials of a name that is being typed.
  Q_INVOKABLE QString initialsOf(const QString& name) const;
  // Leaves the first start; an empty name keeps the suggested one.
  Q_INVOKABLE void enterLobby(const QString& name);
  Q_INVOKABLE void resetIdentity();

 Q_SIGNALS:
  void changed();

 private:
  void refresh();

  engine::EngineInterface& m_engine;
  engine::IdentityView m_view;
  bool m_isFirstStart = false;
  bool m_hasEntered = false;
  bool m_isAway = false;
  QString m_accountName;
};

}  // namespace foyer::app
