// A key that works from every window: which keys may be one, how it is kept, shown, and told to X11
// and to a desktop's portal. Value, no thread.
#pragma once

#include <QString>
#include <cstdint>
#include <optional>

namespace foyer::app {

struct HotKey {
  // On every keyboard, and few programs use it.
  static constexpr Qt::Key kUsual = Qt::Key_F9;

  Qt::Key key = kUsual;
  Qt::KeyboardModifiers modifiers;  // Ctrl, Alt, Shift, Meta

  // Nothing for a key that others need for typing: letters, digits and the space bar ask for Ctrl,
  // Alt or Meta beside them; Esc, Tab, Enter and the arrows are never taken.
  [[nodiscard]] static std::optional<HotKey> of(int key, Qt::KeyboardModifiers modifiers);
  // The form that settings keep: "F9", "Ctrl+Alt+T".
  [[nodiscard]] static std::optional<HotKey> parse(const QString& text);
  [[nodiscard]] QString text() const;
  // As X11 numbers it (keysymdef.h).
  [[nodiscard]] std::uint32_t keysym() const;
  // In the words of the XDG shortcuts specification: "F9", "CTRL+ALT+t".
  [[nodiscard]] QString trigger() const;

  bool operator==(const HotKey&) const = default;
};

}  // namespace foyer::app
