#include "app/foyer/tray_wire.h"

#include <QtCore/qendian.h>
#include <QDBusMetaType>
#include <QDBusObjectPath>
#include <QImage>
#include <QPixmap>
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

TrayPictures trayPicturesOf(const QIcon& icon) {
  constexpr std::array kSizes{22, 32, 48};  // what trays draw, at 100, 150 and 200 %
  TrayPictures pictures;
  for (const int size : kSizes) {
    QImage image = icon.pixmap(size).toImage().convertToFormat(QImage::Format_ARGB32);
    if (image.isNull()) continue;
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
