// Away by itself: after some minutes in which nobody touched keyboard or mouse, the lobby shows
// this person as away, and at the first touch as before. Setting auto_away (minutes; off by
// itself). Asked is the X11 server, else GNOME (org.gnome.Mutter.IdleMonitor); a desktop that tells
// neither leaves only what is done in Foyer's own window, and that is said. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QTimer>
#include <cstdint>
#include <memory>

#include "app/foyer/x11_keyboard.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

class AwayWatch : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int minutes READ minutes WRITE setMinutes NOTIFY changed)  // 0: never by itself
  // What the window offers: never and some numbers of minutes; -1: another number was set.
  Q_PROPERTY(QList<QString> choices READ choices NOTIFY wordsChanged)
  Q_PROPERTY(int choice READ choice WRITE setChoice NOTIFY changed)
  Q_PROPERTY(bool away READ away NOTIFY changed)
  Q_PROPERTY(QString sentence READ sentence NOTIFY changed)  // what is looked at

 public:
  enum class Source { None, X11, Desktop, OwnWindow };

  explicit AwayWatch(engine::EngineInterface& engine, QObject* parent = nullptr);
  ~AwayWatch() override;

  // After the first frame. `hasX11`: the window is on an X11 screen.
  void start(bool hasX11);
  [[nodiscard]] int minutes() const;
  void setMinutes(int minutes);
  [[nodiscard]] QStringList choices() const;
  [[nodiscard]] int choice() const;
  void setChoice(int choice);
  [[nodiscard]] bool away() const { return m_isAway; }
  [[nodiscard]] QString sentence() const;
  [[nodiscard]] Source source() const { return m_source; }

  // One look; the timer calls it, tests may.
  void look();
  bool eventFilter(QObject* watched, QEvent* event) override;

 Q_SIGNALS:
  void changed();
  void wordsChanged();  // the language is another one

 private:
  void refresh();
  void askDesktop();
  void judge(std::int64_t idleMs);
  void useOwnWindow();
  void setAway(bool isAway);

  engine::EngineInterface& m_engine;
  QTimer m_timer;
  std::unique_ptr<X11Keyboard> m_keyboard;
  Source m_source = Source::None;
  bool m_isStarted = false, m_hasX11 = false;
  bool m_isAway = false;
  bool m_isAsked = false;          // the desktop, which has not answered yet
  std::int64_t m_lastInputMs = 0;  // steady, in the own window
};

}  // namespace foyer::app
