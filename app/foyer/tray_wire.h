// The values that a tray and a program exchange, as QtDBus marshals them: pictures and the nodes of
// a menu (StatusNotifierItem, com.canonical.dbusmenu). Values, no thread.
#pragma once

#include <QByteArray>
#include <QDBusArgument>
#include <QDBusVariant>
#include <QIcon>
#include <QList>
#include <QString>
#include <QStringList>
#include <QVariantMap>

namespace foyer::app {

struct TrayPicture {  // ARGB, big-endian
  int width = 0, height = 0;
  QByteArray pixels;
};
using TrayPictures = QList<TrayPicture>;
QDBusArgument& operator<<(QDBusArgument& out, const TrayPicture& picture);
const QDBusArgument& operator>>(const QDBusArgument& in, TrayPicture& picture);
// What stands in the corner of the symbol, each a shape of its own: a disc while a call runs, a
// ring while it is muted, a square on its tip where somebody rings or was missed.
enum class TrayMark { None, Call, Muted, Wanted };
[[nodiscard]] TrayPictures trayPicturesOf(const QIcon& icon, TrayMark mark);

struct TrayHint {
  QString icon;
  TrayPictures pictures;
  QString title, text;
};
QDBusArgument& operator<<(QDBusArgument& out, const TrayHint& hint);
const QDBusArgument& operator>>(const QDBusArgument& in, TrayHint& hint);

struct MenuNode {
  int id = 0;
  QVariantMap properties;
  QList<MenuNode> children;
};
QDBusArgument& operator<<(QDBusArgument& out, const MenuNode& node);
const QDBusArgument& operator>>(const QDBusArgument& in, MenuNode& node);

struct MenuProperties {
  int id = 0;
  QVariantMap properties;
};
QDBusArgument& operator<<(QDBusArgument& out, const MenuProperties& item);
const QDBusArgument& operator>>(const QDBusArgument& in, MenuProperties& item);

// Once, before anything is exported.
void registerTrayTypes();

}  // namespace foyer::app

Q_DECLARE_METATYPE(foyer::app::TrayPicture)
Q_DECLARE_METATYPE(foyer::app::TrayHint)
Q_DECLARE_METATYPE(foyer::app::MenuNode)
Q_DECLARE_METATYPE(foyer::app::MenuProperties)
