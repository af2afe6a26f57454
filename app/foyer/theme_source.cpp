#include "app/foyer/theme_source.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFontInfo>
#include <QGuiApplication>
#include <QPalette>

namespace foyer::app {
namespace {

const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPortalPath = QStringLiteral("/org/freedesktop/portal/desktop");
const auto kSettings = QStringLiteral("org.freedesktop.portal.Settings");
const auto kAppearance = QStringLiteral("org.freedesktop.appearance");
const auto kColorScheme = QStringLiteral("color-scheme");
const auto kThemeSetting = QStringLiteral("theme");    // system, light, dark
const auto kMotionSetting = QStringLiteral("motion");  // system, reduced, full
constexpr uint kPreferDark = 1, kPreferLight = 2;      // of the portal's color-scheme

}  // namespace

ThemeSource::ThemeSource(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  const QPalette palette = QGuiApplication::palette();
  m_isPaletteDark =
      palette.color(QPalette::Window).lightness() < palette.color(QPalette::WindowText).lightness();
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, &ThemeSource::refresh);
  refresh();
}

void ThemeSource::askDesktop() {
  QDBusConnection bus = QDBusConnection::sessionBus();
  if (!bus.isConnected()) return;
  // Qt looks the types of a slot up by name, and refuses a slot whose type it never met.
  qRegisterMetaType<QDBusVariant>();
  bus.connect(kPortal, kPortalPath, kSettings, QStringLiteral("SettingChanged"), this,
              SLOT(desktopChanged(QString, QString, QDBusVariant)));
  QDBusMessage question =
      QDBusMessage::createMethodCall(kPortal, kPortalPath, kSettings, QStringLiteral("Read"));
  question << kAppearance << kColorScheme;
  auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
  connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
    watcher->deleteLater();
    const QDBusPendingReply<QDBusVariant> reply = *watcher;
    if (!reply.isError()) desktopChanged(kAppearance, kColorScheme, reply.value());
  });
}

void ThemeSource::desktopChanged(const QString& group, const QString& key,
                                 const QDBusVariant& value) {
  if (group != kAppearance || key != kColorScheme) return;
  QVariant plain = value.variant();
  if (plain.canConvert<QDBusVariant>())
    plain = plain.value<QDBusVariant>().variant();  // Read wraps twice
  const uint scheme = plain.toUInt();
  m_desktopSaysDark = scheme == kPreferDark    ? std::optional(true)
                      : scheme == kPreferLight ? std::optional(false)
                                               : std::nullopt;
  refresh();
}

QString ThemeSource::fontFamily() const { return QFontInfo(QGuiApplication::font()).family(); }

void ThemeSource::refresh() {
  const QString theme = m_engine.setting(kThemeSetting);
  const bool dark = theme == QLatin1String("dark")    ? true
                    : theme == QLatin1String("light") ? false
                                                      : m_desktopSaysDark.value_or(m_isPaletteDark);
  const bool reduced = m_engine.setting(kMotionSetting) == QLatin1String("reduced");
  if (dark == m_isDark && reduced == m_isReduced) return;
  m_isDark = dark;
  m_isReduced = reduced;
  emit changed();
}

}  // namespace foyer::app
