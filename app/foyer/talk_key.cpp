#include "app/foyer/talk_key.h"

#include <QKeyEvent>
#include <QQuickItem>
#include <QQuickWindow>

namespace foyer::app {
namespace {

bool isTyping(const QQuickWindow& window) {
  const QQuickItem* focus = window.activeFocusItem();
  return focus != nullptr && focus->flags().testFlag(QQuickItem::ItemAcceptsInputMethod);
}

}  // namespace

bool TalkKey::eventFilter(QObject* watched, QEvent* event) {
  if (event->type() == QEvent::FocusOut) {
    m_call.talk(false);
    return false;
  }
  const bool isPress = event->type() == QEvent::KeyPress;
  if (!isPress && event->type() != QEvent::KeyRelease) return false;
  const auto& key = static_cast<const QKeyEvent&>(*event);
  if (key.key() != Qt::Key_T || key.modifiers() != Qt::NoModifier) return false;
  if (!m_call.shown().pushToTalk) return false;
  const auto* window = qobject_cast<QQuickWindow*>(watched);
  if (isPress && window != nullptr && isTyping(*window)) return false;
  if (!key.isAutoRepeat()) m_call.talk(isPress);
  return true;
}

}  // namespace foyer::app
