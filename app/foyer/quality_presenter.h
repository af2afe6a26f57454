// The quality of the call on the screen: Auto or one of seven stops, what each costs on the wire,
// and why the present one was taken. Codec2 3200 has no stop; scripts alone choose it. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <optional>

#include "core/engine/engine_interface.h"

namespace foyer::app {

class QualityPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(bool automatic READ automatic NOTIFY changed)
  Q_PROPERTY(int stop READ stop NOTIFY changed)              // 0 best … 6; what is sent
  Q_PROPERTY(QString tier READ tier NOTIFY changed)          // "Clear 24k"
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)  // who chose, why, what it costs
  Q_PROPERTY(QString recovery READ recovery NOTIFY changed)  // how lost frames are made up for
  Q_PROPERTY(bool isUsual READ isUsual NOTIFY changed)       // new calls begin with this choice
  Q_PROPERTY(QStringList shortNames READ shortNames NOTIFY changed)  // "64k" …

 public:
  explicit QualityPresenter(engine::EngineInterface& engine, QObject* parent = nullptr);

  [[nodiscard]] bool automatic() const { return m_shown.automatic; }
  [[nodiscard]] int stop() const { return m_shown.stop; }
  [[nodiscard]] QString tier() const { return m_shown.tier; }
  [[nodiscard]] QString sentence() const { return m_shown.sentence; }
  [[nodiscard]] QString recovery() const { return m_shown.recovery; }
  [[nodiscard]] bool isUsual() const { return m_shown.isUsual; }
  [[nodiscard]] QStringList shortNames() const;

  // "Clear 16k: 16 kbit/s voice + 18 overhead = 34 kbit/s in total."
  Q_INVOKABLE QString costOf(int stop) const;
  // What a screen reader says of a stop: "Clear 24k, chosen by you, 57 kilobits per second …".
  Q_INVOKABLE QString spoken(int stop) const;
  Q_INVOKABLE void choose(int stop);
  Q_INVOKABLE void chooseAuto();
  // Every new call begins with what is chosen now.
  Q_INVOKABLE void makeUsual();

 Q_SIGNALS:
  void changed();

 private:
  struct Shown {
    bool automatic = true;
    int stop = 3;
    QString tier, sentence, recovery;
    bool isUsual = true;
    bool operator==(const Shown&) const = default;
  };
  void refresh();

  engine::EngineInterface& m_engine;
  Shown m_shown;
  std::optional<CallId> m_call;
  std::optional<wire::Tier> m_choice;
};

}  // namespace foyer::app
