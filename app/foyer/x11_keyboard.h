// The keyboard of an X11 screen, whichever window has it: one key taken for Foyer with its press
// and its release, and for how long nobody has touched keyboard or mouse. A connection of its own,
// so that Qt's events stay Qt's. UI thread; questions wait for the server, which answers in less
// than a millisecond.
#pragma once

#include <xcb/xcb.h>

#include <QByteArray>
#include <QObject>
#include <QSocketNotifier>
#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/foyer/hot_key.h"

namespace foyer::app {

class X11Keyboard : public QObject {
  Q_OBJECT

 public:
  enum class Grab : std::uint8_t {
    Done,
    NoKey,  // this keyboard has no such key
    Taken,  // another program has it
    NoServer,
  };

  // Of the display in the environment where `display` is empty.
  explicit X11Keyboard(const QByteArray& display = {}, QObject* parent = nullptr);
  ~X11Keyboard() override;

  [[nodiscard]] bool isConnected() const;
  // Takes the key from all other programs until release(); the last one is given back before.
  Grab grab(const HotKey& key);
  void release();
  // Nothing where the server does not measure it.
  [[nodiscard]] std::optional<std::int64_t> idleMs();
  // Releases and presses that a held key makes by itself and that were not passed on.
  [[nodiscard]] int repeats() const { return m_repeats; }

 Q_SIGNALS:
  void pressed();
  void released();  // also when the key is given back while it is held
  void lost();      // the keyboard changed, and the key is another's now, or gone

 private:
  struct Freer {
    void operator()(void* reply) const { std::free(reply); }
  };
  void readEvents();
  void letGo();
  [[nodiscard]] bool isHeld();
  [[nodiscard]] xcb_keycode_t keycodeOf(std::uint32_t keysym);

  xcb_connection_t* m_connection = nullptr;
  xcb_window_t m_root = 0;
  std::unique_ptr<QSocketNotifier> m_notifier;
  std::optional<HotKey> m_key;
  xcb_keycode_t m_keycode = 0;
  bool m_isDown = false;
  int m_repeats = 0;
};

}  // namespace foyer::app
