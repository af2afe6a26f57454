// One short sentence at the bottom of the window, five seconds each, in order; never for anything
// that must not be missed. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QObject>
#include <QStringList>
#include <QTimer>

namespace foyer::app {

class ToastPresenter : public QObject {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(QString text READ text NOTIFY changed)
  Q_PROPERTY(bool held READ held WRITE setHeld NOTIFY heldChanged)  // hovered or focused: stays

 public:
  static constexpr int kShownMs = 5000;  // long enough to read a sentence twice
  static constexpr int kMaxWaiting = 4;  // more at once is noise; the oldest waiting one goes

  explicit ToastPresenter(QObject* parent = nullptr);

  [[nodiscard]] QString text() const { return m_text; }
  [[nodiscard]] bool held() const { return m_isHeld; }
  void setHeld(bool held);
  Q_INVOKABLE void show(const QString& text);
  Q_INVOKABLE void dismiss();

 Q_SIGNALS:
  void changed();
  void heldChanged();

 private:
  QString m_text;
  QStringList m_waiting;
  QTimer m_timer;
  bool m_isHeld = false;
};

}  // namespace foyer::app
