#include "app/foyer/hot_key.h"

#include <QKeySequence>
#include <array>

namespace foyer::app {
namespace {

constexpr auto kModifiers =
    Qt::ControlModifier | Qt::AltModifier | Qt::ShiftModifier | Qt::MetaModifier;
constexpr int kMaxTextLength = 40;  // longer than any key with all its modifiers

struct Special {
  Qt::Key key;
  std::uint32_t keysym;
  const char* name;  // xkbcommon's
};
constexpr std::array kSpecial{
    Special{Qt::Key_Pause, 0xff13, "Pause"},   Special{Qt::Key_ScrollLock, 0xff14, "Scroll_Lock"},
    Special{Qt::Key_Insert, 0xff63, "Insert"}, Special{Qt::Key_Menu, 0xff67, "Menu"},
    Special{Qt::Key_Space, 0x20, "space"},
};
constexpr std::uint32_t kKeysymF1 = 0xffbe;

const Special* specialOf(Qt::Key key) {
  for (const Special& special : kSpecial)
    if (special.key == key) return &special;
  return nullptr;
}

bool isFunctionKey(int key) { return key >= Qt::Key_F1 && key <= Qt::Key_F24; }
bool isLetter(int key) { return key >= Qt::Key_A && key <= Qt::Key_Z; }
bool isDigit(int key) { return key >= Qt::Key_0 && key <= Qt::Key_9; }

}  // namespace

std::optional<HotKey> HotKey::of(int key, Qt::KeyboardModifiers modifiers) {
  const HotKey made{static_cast<Qt::Key>(key), modifiers & kModifiers};
  const bool isTyped = isLetter(key) || isDigit(key) || key == Qt::Key_Space;
  const bool hasCommand =
      (made.modifiers & (Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier)) != 0;
  if (isTyped) return hasCommand ? std::optional(made) : std::nullopt;
  if (isFunctionKey(key) || specialOf(made.key) != nullptr) return made;
  return std::nullopt;
}

std::optional<HotKey> HotKey::parse(const QString& text) {
  if (text.isEmpty() || text.size() > kMaxTextLength) return std::nullopt;
  const QKeySequence sequence = QKeySequence::fromString(text, QKeySequence::PortableText);
  if (sequence.count() != 1) return std::nullopt;
  return of(sequence[0].key(), sequence[0].keyboardModifiers());
}

QString HotKey::text() const {
  return QKeySequence(QKeyCombination(modifiers, key)).toString(QKeySequence::PortableText);
}

std::uint32_t HotKey::keysym() const {
  if (const Special* special = specialOf(key)) return special->keysym;
  if (isFunctionKey(key)) return kKeysymF1 + static_cast<std::uint32_t>(key - Qt::Key_F1);
  // Letters and digits are numbered as in ASCII, small letters for the key alone.
  return static_cast<std::uint32_t>(isLetter(key) ? key - Qt::Key_A + 'a' : key);
}

QString HotKey::trigger() const {
  QString text;
  if (modifiers.testFlag(Qt::ControlModifier)) text += QStringLiteral("CTRL+");
  if (modifiers.testFlag(Qt::AltModifier)) text += QStringLiteral("ALT+");
  if (modifiers.testFlag(Qt::ShiftModifier)) text += QStringLiteral("SHIFT+");
  if (modifiers.testFlag(Qt::MetaModifier)) text += QStringLiteral("LOGO+");
  if (const Special* special = specialOf(key)) return text + QLatin1String(special->name);
  if (isFunctionKey(key)) return text + QStringLiteral("F%1").arg(key - Qt::Key_F1 + 1);
  return text + QChar(static_cast<char16_t>(keysym()));
}

}  // namespace foyer::app
