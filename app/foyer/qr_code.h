// A text as a QR code, black on white in every theme, with the quiet zone that readers need. Where
// the text is too long for one, nothing is drawn and `fits` says so. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QImage>
#include <QQuickPaintedItem>

namespace foyer::app {

// One pixel a module, without the quiet zone; null: nothing, or too long.
[[nodiscard]] QImage qrImageOf(const QString& text);

class QrCode : public QQuickPaintedItem {
  Q_OBJECT
  QML_ELEMENT
  Q_PROPERTY(QString text READ text WRITE setText NOTIFY textChanged REQUIRED)
  Q_PROPERTY(bool fits READ fits NOTIFY textChanged)

 public:
  // Of the standard (ISO 18004): narrower, and readers miss the code.
  static constexpr int kQuietModules = 4;
  // Points of a module: what a telephone reads off a screen at arm's length.
  static constexpr int kModuleSize = 4;

  explicit QrCode(QQuickItem* parent = nullptr) : QQuickPaintedItem(parent) {}
  void paint(QPainter* painter) override;

  [[nodiscard]] QString text() const { return m_text; }
  void setText(const QString& text);
  [[nodiscard]] bool fits() const { return !m_modules.isNull(); }

 Q_SIGNALS:
  void textChanged();

 private:
  QString m_text;
  QImage m_modules;
};

}  // namespace foyer::app
