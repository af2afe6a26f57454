#include "app/foyer/look_images.h"

#include <QBuffer>
#include <QFile>
#include <QImageReader>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <cmath>

namespace foyer::app {
namespace {

constexpr int kDefaultSize = 24;  // the icons' own grid
constexpr int kMaxSide = 4096;    // an image larger than any screen is a mistake
constexpr qreal kUnlitWidth = 2.0;
constexpr qreal kFadePerArch = 0.08;  // each lit arch is that much fainter outwards

QColor colorOf(QStringView hex) { return QColor(QLatin1Char('#') + hex.toString()); }

// Half a circle on straight legs; rounded corners of `foot` at the floor.
QPainterPath doorPath(const QRectF& box, qreal foot) {
  const qreal radius = box.width() / 2;
  QPainterPath path;
  path.moveTo(box.left(), box.bottom() - foot);
  path.lineTo(box.left(), box.top() + radius);
  path.arcTo(QRectF(box.left(), box.top(), box.width(), box.width()), 180, -180);
  path.lineTo(box.right(), box.bottom() - foot);
  path.quadTo(box.bottomRight(), box.bottomRight() - QPointF(foot, 0));
  path.lineTo(box.left() + foot, box.bottom());
  path.quadTo(box.bottomLeft(), box.bottomLeft() - QPointF(0, foot));
  path.closeSubpath();
  return path;
}

QImage blank(const QSize& size) {
  QImage image(size.boundedTo({kMaxSide, kMaxSide}).expandedTo({1, 1}),
               QImage::Format_ARGB32_Premultiplied);
  image.fill(Qt::transparent);
  return image;
}

QImage icon(const QStringList& words, const QSize& requested) {
  QFile file(QStringLiteral(":/foyer/icons/%1.svg").arg(words.value(1)));
  if (!file.open(QIODevice::ReadOnly)) return blank(requested);
  QByteArray svg = file.readAll();
  // What is drawn and what is filled has one colour.
  for (const char* part : {"stroke=\"#", "fill=\"#"})
    svg.replace(QByteArray(part) + "000\"", part + words.value(2).toLatin1() + "\"");
  QBuffer buffer(&svg);
  QImageReader reader(&buffer, "svg");
  reader.setScaledSize(requested);
  QImage image = reader.read();
  return image.isNull() ? blank(requested) : image;
}

QImage door(const QStringList& words, const QSize& requested) {
  const qreal width = words.value(1).toDouble(), height = words.value(2).toDouble();
  QImage image = blank(requested);
  if (width < 1 || height < 1) return image;
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(image.width() / width, image.height() / height);
  const bool isClosed = words.value(3) == QLatin1String("none");
  const qreal inset = isClosed ? kUnlitWidth / 2 : 0;
  const QRectF box = QRectF(0, 0, width, height).adjusted(inset, inset, -inset, -inset);
  const QPainterPath path = doorPath(box, width / 10);
  if (isClosed) {
    painter.strokePath(path, QPen(colorOf(words.value(4)), kUnlitWidth));
  } else {
    painter.fillPath(path, colorOf(words.value(3)));
  }
  return image;
}

QImage arches(const QStringList& words, const QSize& requested) {
  const qreal doorWidth = words.value(1).toDouble(), doorHeight = words.value(2).toDouble();
  const qreal gap = words.value(3).toDouble();
  const int count = std::clamp(words.value(4).toInt(), 0, 12), lit = words.value(5).toInt();
  const QColor lamp = colorOf(words.value(6)), line = colorOf(words.value(7));
  const qreal floorReach = words.value(8).toDouble(), litWidth = words.value(9).toDouble();
  QImage image = blank(requested);
  const qreal width = doorWidth + 2 * (gap * count + floorReach);
  const qreal height = doorHeight + gap * count + kUnlitWidth + std::ceil(litWidth / 2);
  if (doorWidth < 1 || width < 1 || height < 1) return image;
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.scale(image.width() / width, image.height() / height);
  const qreal floor = height - kUnlitWidth, middle = width / 2;
  for (int at = count; at >= 1; --at) {
    const bool isLit = at <= lit;
    const qreal half = doorWidth / 2 + gap * at;
    const qreal top = floor - doorHeight - gap * at;
    QPainterPath path(QPointF(middle - half, floor));
    path.lineTo(middle - half, top + half);
    path.arcTo(QRectF(middle - half, top, 2 * half, 2 * half), 180, -180);
    path.lineTo(middle + half, floor);
    QPen pen(isLit ? lamp : line, isLit ? litWidth : kUnlitWidth);
    pen.setCapStyle(Qt::FlatCap);
    painter.setOpacity(isLit ? 1.0 - kFadePerArch * (at - 1) : 1.0);
    painter.strokePath(path, pen);
  }
  painter.setOpacity(1.0);
  if (floorReach > 0) painter.fillRect(QRectF(0, floor, width, kUnlitWidth), line);
  return image;
}

}  // namespace

LookImages::LookImages() : QQuickImageProvider(QQuickImageProvider::Image) {}

QImage LookImages::requestImage(const QString& id, QSize* size, const QSize& requestedSize) {
  const QStringList words = id.split(u'/');
  const QSize wanted = requestedSize.width() > 0 && requestedSize.height() > 0
                           ? requestedSize.boundedTo({kMaxSide, kMaxSide})
                           : QSize(kDefaultSize, kDefaultSize);
  QImage image;
  if (words.first() == QLatin1String("icon")) {
    image = icon(words, wanted);
  } else if (words.first() == QLatin1String("door")) {
    image = door(words, wanted);
  } else if (words.first() == QLatin1String("arches")) {
    image = arches(words, wanted);
  }
  if (size != nullptr) *size = image.size();
  return image;
}

}  // namespace foyer::app
