#include "app/foyer/qr_code.h"

#include <qrencode.h>

#include <QPainter>
#include <algorithm>
#include <cmath>
#include <memory>

namespace foyer::app {

QImage qrImageOf(const QString& text) {
  const QByteArray bytes = text.toUtf8();
  if (bytes.isEmpty()) return {};
  struct Free {
    void operator()(QRcode* code) const { QRcode_free(code); }
  };
  // Version 0: as small as it can be. A seventh of it may be unreadable (level M).
  const std::unique_ptr<QRcode, Free> code(
      QRcode_encodeString8bit(bytes.constData(), 0, QR_ECLEVEL_M));
  if (!code) return {};
  QImage image(code->width, code->width, QImage::Format_Grayscale8);
  for (int y = 0; y < code->width; ++y) {
    uchar* line = image.scanLine(y);
    // The lowest bit says dark; the rest is how the code was made.
    for (int x = 0; x < code->width; ++x)
      line[x] = (code->data[y * code->width + x] & 1) != 0 ? 0 : 255;
  }
  return image;
}

void QrCode::setText(const QString& text) {
  if (text == m_text) return;
  m_text = text;
  m_modules = qrImageOf(text);
  const int size = fits() ? (m_modules.width() + 2 * kQuietModules) * kModuleSize : 0;
  setImplicitSize(size, size);
  emit textChanged();
  update();
}

void QrCode::paint(QPainter* painter) {
  if (!fits()) return;
  const int modules = m_modules.width() + 2 * kQuietModules;
  // Whole pixels a module: uneven ones are what readers stumble over.
  const int size = static_cast<int>(std::floor(std::min(width(), height()) / modules));
  if (size < 1) return;
  painter->fillRect(QRectF(0, 0, width(), height()), Qt::white);
  const int side = size * m_modules.width();
  const QRect at(static_cast<int>((width() - side) / 2), static_cast<int>((height() - side) / 2),
                 side, side);
  painter->setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter->drawImage(at, m_modules);
}

}  // namespace foyer::app
