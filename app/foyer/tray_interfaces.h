// The two interfaces of the tray's symbol on the bus. The names of their members are those of the
// specifications. UI thread.
#pragma once

#include <QDBusAbstractAdaptor>
#include <QDBusObjectPath>

#include "app/foyer/tray_presenter.h"

namespace foyer::app {

constexpr const char* kTrayItemPath = "/StatusNotifierItem";
constexpr const char* kTrayMenuPath = "/MenuBar";

class TrayItemInterface : public QDBusAbstractAdaptor {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "org.kde.StatusNotifierItem")
  Q_PROPERTY(QString Category READ category)
  Q_PROPERTY(QString Id READ id)
  Q_PROPERTY(QString Title READ title)
  Q_PROPERTY(QString Status READ status)
  Q_PROPERTY(int WindowId READ windowId)
  Q_PROPERTY(QString IconName READ iconName)
  Q_PROPERTY(foyer::app::TrayPictures IconPixmap READ pictures)
  Q_PROPERTY(QString OverlayIconName READ nothing)
  Q_PROPERTY(QString AttentionIconName READ nothing)
  Q_PROPERTY(foyer::app::TrayPictures AttentionIconPixmap READ pictures)
  Q_PROPERTY(foyer::app::TrayHint ToolTip READ toolTip)
  Q_PROPERTY(bool ItemIsMenu READ isMenu)
  Q_PROPERTY(QDBusObjectPath Menu READ menu)

 public:
  TrayItemInterface(QObject* exported, TrayPresenter& tray)
      : QDBusAbstractAdaptor(exported), m_tray(tray) {
    connect(&tray, &TrayPresenter::wordsChanged, this, [this] {
      emit NewTitle();
      emit NewToolTip();
      emit NewStatus(status());
    });
    connect(&tray, &TrayPresenter::picturesChanged, this, &TrayItemInterface::NewIcon);
  }
  [[nodiscard]] QString category() const { return QStringLiteral("Communications"); }
  [[nodiscard]] QString id() const { return QStringLiteral("foyer"); }
  [[nodiscard]] QString title() const { return QStringLiteral("Foyer: ") + m_tray.words(); }
  [[nodiscard]] QString status() const { return m_tray.status(); }
  [[nodiscard]] int windowId() const { return 0; }
  [[nodiscard]] QString iconName() const { return {}; }
  [[nodiscard]] QString nothing() const { return {}; }
  [[nodiscard]] TrayPictures pictures() const { return m_tray.pictures(); }
  [[nodiscard]] TrayHint toolTip() const {
    return {{}, {}, QStringLiteral("Foyer"), m_tray.words()};
  }
  [[nodiscard]] bool isMenu() const { return false; }
  [[nodiscard]] QDBusObjectPath menu() const { return QDBusObjectPath(kTrayMenuPath); }

 public Q_SLOTS:
  void Activate(int, int) { m_tray.activate(); }
  void SecondaryActivate(int, int) { m_tray.activate(); }
  void ContextMenu(int, int) {}  // the tray draws the menu
  void Scroll(int, const QString&) {}

 Q_SIGNALS:
  void NewTitle();
  void NewIcon();
  void NewToolTip();
  void NewStatus(const QString& status);

 private:
  TrayPresenter& m_tray;
};

class TrayMenuInterface : public QDBusAbstractAdaptor {
  Q_OBJECT
  Q_CLASSINFO("D-Bus Interface", "com.canonical.dbusmenu")
  Q_PROPERTY(uint Version READ version)
  Q_PROPERTY(QString TextDirection READ textDirection)
  Q_PROPERTY(QString Status READ status)
  Q_PROPERTY(QStringList IconThemePath READ iconThemePath)

 public:
  TrayMenuInterface(QObject* exported, TrayPresenter& tray)
      : QDBusAbstractAdaptor(exported), m_tray(tray) {
    connect(&tray, &TrayPresenter::menuChanged, this,
            [this] { emit LayoutUpdated(++m_revision, TrayPresenter::Root); });
  }
  [[nodiscard]] uint version() const { return 3; }
  [[nodiscard]] QString textDirection() const { return QStringLiteral("ltr"); }
  [[nodiscard]] QString status() const { return QStringLiteral("normal"); }
  [[nodiscard]] QStringList iconThemePath() const { return {}; }

 public Q_SLOTS:
  uint GetLayout(int parent, int, const QStringList&, foyer::app::MenuNode& layout) {
    // One level: an item has nothing below it.
    layout = parent == TrayPresenter::Root ? m_tray.menu()
                                           : MenuNode{parent, m_tray.propertiesOf(parent), {}};
    return m_revision;
  }
  QList<foyer::app::MenuProperties> GetGroupProperties(const QList<int>& ids, const QStringList&) {
    QList<MenuProperties> found;
    for (const MenuNode& node : m_tray.menu().children)
      if (ids.isEmpty() || ids.contains(node.id)) found.append({node.id, node.properties});
    return found;
  }
  QDBusVariant GetProperty(int id, const QString& name) {
    return QDBusVariant(m_tray.propertiesOf(id).value(name));
  }
  void Event(int id, const QString& what, const QDBusVariant&, uint) {
    if (what == QLatin1String("clicked")) m_tray.choose(id);
  }
  bool AboutToShow(int) { return false; }

 Q_SIGNALS:
  void LayoutUpdated(uint revision, int parent);

 private:
  TrayPresenter& m_tray;
  uint m_revision = 1;
};

}  // namespace foyer::app
