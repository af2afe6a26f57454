#include "app/foyer/tray_wire.h"

#include <QtCore/qendian.h>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QImage>
#include <QPainter>
#include <QPixmap>
#include <QPolygonF>
#include <array>

namespace foyer::app {

QDBusArgument& operator<<(QDBusArgument& out, const TrayPicture& picture) {
  out.beginStructure();
  out << picture.width << picture.height << picture.pixels;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, TrayPicture& picture) {
  in.beginStructure();
  in >> picture.width >> picture.height >> picture.pixels;
  in.endStructure();
  return in;
}

namespace {

// With a dark rim, as a tray may be of any colour.
void paintMark(QImage& image, TrayMark mark) {
  if (mark == TrayMark::None) return;
  const QColor rim(0x10, 0x1c, 0x20), sound(0xf4, 0xb8, 0x4a), wanted(0xff, 0x6b, 0x5e);
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  const qreal side = image.width() * 0.46;  // smaller, the shapes cannot be told apart at 22 pixels
  const QRectF box(image.width() - side, image.height() - side, side, side);
  painter.setPen(QPen(rim, side / 8));
  const QRectF shape = box.adjusted(side / 16, side / 16, -side / 16, -side / 16);
  if (mark == TrayMark::Wanted) {
    painter.setBrush(wanted);
    const QPointF middle = shape.center();
    painter.drawPolygon(QPolygonF({{middle.x(), shape.top()},
                                   {shape.right(), middle.y()},
                                   {middle.x(), shape.bottom()},
                                   {shape.left(), middle.y()}}));
    return;
  }
  painter.setBrush(sound);
  painter.drawEllipse(shape);
  if (mark == TrayMark::Muted) {
    painter.setBrush(rim);
    painter.drawEllipse(shape.adjusted(side / 4, side / 4, -side / 4, -side / 4));
  }
}

}  // namespace

TrayPictures trayPicturesOf(const QIcon& icon, TrayMark mark) {
  constexpr std::array kSizes{22, 32, 48};  // what trays draw, at 100, 150 and 200 %
  TrayPictures pictures;
  for (const int size : kSizes) {
    QImage image = icon.pixmap(size).toImage().convertToFormat(QImage::Format_ARGB32);
    if (image.isNull()) continue;
    paintMark(image, mark);
    TrayPicture picture{image.width(), image.height(), {}};
    for (int y = 0; y < image.height(); ++y) {
      auto* line = reinterpret_cast<quint32*>(image.scanLine(y));
      qToBigEndian<quint32>(line, image.width(), line);
      picture.pixels.append(reinterpret_cast<const char*>(line), image.width() * 4);
    }
    pictures.append(std::move(picture));
  }
  return pictures;
}

QDBusArgument& operator<<(QDBusArgument& out, const TrayHint& hint) {
  out.beginStructure();
  out << hint.icon << hint.pictures << hint.title << hint.text;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, TrayHint& hint) {
  in.beginStructure();
  in >> hint.icon >> hint.pictures >> hint.title >> hint.text;
  in.endStructure();
  return in;
}

QDBusArgument& operator<<(QDBusArgument& out, const MenuNode& node) {
  out.beginStructure();
  out << node.id << node.properties;
  out.beginArray(QMetaType::fromType<QDBusVariant>());
  for (const MenuNode& child : node.children) out << QDBusVariant(QVariant::fromValue(child));
  out.endArray();
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, MenuNode& node) {
  in.beginStructure();
  in >> node.id >> node.properties;
  in.beginArray();
  while (!in.atEnd()) {
    QDBusVariant child;
    in >> child;
    node.children.append(qdbus_cast<MenuNode>(child.variant()));
  }
  in.endArray();
  in.endStructure();
  return in;
}

QDBusArgument& operator<<(QDBusArgument& out, const MenuProperties& item) {
  out.beginStructure();
  out << item.id << item.properties;
  out.endStructure();
  return out;
}
const QDBusArgument& operator>>(const QDBusArgument& in, MenuProperties& item) {
  in.beginStructure();
  in >> item.id >> item.properties;
  in.endStructure();
  return in;
}

void registerTrayTypes() {
  // By name: Qt looks the types of a slot up so, and leaves out a slot whose type it never met.
  qRegisterMetaType<QDBusObjectPath>();
  qRegisterMetaType<QDBusVariant>();
  qRegisterMetaType<MenuNode>();
  qRegisterMetaType<QList<MenuProperties>>();
  qRegisterMetaType<QList<int>>();
  qDBusRegisterMetaType<TrayPicture>();
  qDBusRegisterMetaType<TrayPictures>();
  qDBusRegisterMetaType<TrayHint>();
  qDBusRegisterMetaType<MenuNode>();
  qDBusRegisterMetaType<MenuProperties>();
  qDBusRegisterMetaType<QList<MenuProperties>>();
  qDBusRegisterMetaType<QList<int>>();
}

}  // namespace foyer::app
