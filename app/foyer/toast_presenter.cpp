#include "app/foyer/toast_presenter.h"

namespace foyer::app {

ToastPresenter::ToastPresenter(QObject* parent) : QObject(parent) {
  m_timer.setSingleShot(true);
  m_timer.setInterval(kShownMs);
  connect(&m_timer, &QTimer::timeout, this, &ToastPresenter::dismiss);
}

void ToastPresenter::setHeld(bool held) {
  if (held == m_isHeld) return;
  m_isHeld = held;
  if (held) {
    m_timer.stop();
  } else if (!m_text.isEmpty()) {
    m_timer.start();
  }
  emit heldChanged();
}

void ToastPresenter::show(const QString& text) {
  if (text.isEmpty() || text == m_text || m_waiting.contains(text)) return;
  if (!m_text.isEmpty()) {
    if (m_waiting.size() == kMaxWaiting) m_waiting.removeFirst();
    m_waiting.append(text);
    return;
  }
  m_text = text;
  if (!m_isHeld) m_timer.start();
  emit changed();
}

void ToastPresenter::dismiss() {
  m_timer.stop();
  m_text = m_waiting.isEmpty() ? QString() : m_waiting.takeFirst();
  if (!m_text.isEmpty() && !m_isHeld) m_timer.start();
  emit changed();
}

}  // namespace foyer::app
