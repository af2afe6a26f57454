#include "app/foyer/window.h"

#include <unistd.h>

#include <QtQml/qqmlextensionplugin.h>
#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QSGRendererInterface>
#include <utility>

#include "app/foyer/language.h"
#include "app/foyer/look_images.h"
#include "app/foyer/secret_access.h"

namespace foyer::app {
namespace {

bool hasGpu() {
  const QDir devices(QStringLiteral("/dev/dri"));
  const QStringList nodes = devices.entryList({QStringLiteral("renderD*")}, QDir::System);
  for (const QString& node : nodes) {
    if (::access(devices.filePath(node).toLocal8Bit().constData(), R_OK | W_OK) == 0) return true;
  }
  return false;
}

}  // namespace

void Window::chooseRenderer() {
  if (qEnvironmentVariableIsSet("QT_QUICK_BACKEND")) return;
  const QByteArray wish = qgetenv("FOYER_RENDERER");
  // OpenGL without a GPU costs 160 ms of start and 90 MB (measured); the software renderer neither.
  if (wish == "software" || (wish != "gpu" && !hasGpu())) {
    QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
  }
}

void Window::dressApplication() {
  QFont font = QGuiApplication::font();
  font.setFamilies({QStringLiteral("Inter"), QStringLiteral("Cantarell"),
                    QStringLiteral("Noto Sans"), QStringLiteral("DejaVu Sans"),
                    QStringLiteral("sans-serif")});
  font.setPixelSize(14);  // Theme.body
  QGuiApplication::setFont(font);
  QGuiApplication::setApplicationDisplayName(QStringLiteral("Foyer"));
  QGuiApplication::setDesktopFileName(QStringLiteral("foyer"));
}

Window::Window(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_app(engine), m_talkKey(*m_app.call()) {
  // Queued: the row of the settings page that chose is drawn anew by it. The profile's own choice
  // is known when the identity is.
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, &Window::followLanguage,
          Qt::QueuedConnection);
  connect(&m_engine, &engine::EngineInterface::identityChanged, this, &Window::followLanguage,
          Qt::QueuedConnection);
  installSecretAccess();
  m_qml.addImageProvider(QStringLiteral("look"), new LookImages);
  m_qml.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

Window::~Window() = default;

bool Window::load(bool isHidden) {
  m_qml.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&m_app)},
                              {QStringLiteral("visible"), !isHidden}});
  m_qml.load(QUrl(QStringLiteral("qrc:/qt/qml/Foyer/App/Main.qml")));
  if (m_qml.rootObjects().isEmpty()) return false;
  m_window = qobject_cast<QQuickWindow*>(m_qml.rootObjects().constFirst());
  if (m_window == nullptr) return false;
  m_window->installEventFilter(&m_talkKey);
  followTray();
  connect(qGuiApp, &QGuiApplication::commitDataRequest, this, &Window::leaveWithSession);
  const auto once =
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection);
  if (isHidden) {
    connect(
        m_app.tray(), &TrayPresenter::settled, this,
        [this] {
          if (!m_app.tray()->there()) comeForward();
        },
        once);
    QMetaObject::invokeMethod(this, &Window::begin, Qt::QueuedConnection);
  } else {
    connect(m_window, &QQuickWindow::frameSwapped, this, &Window::begin, once);
  }
  return true;
}

void Window::followLanguage() {
  if (!speak(m_engine.setting(QStringLiteral("language")))) return;
  m_app.retranslate();
  m_qml.retranslate();
}

void Window::begin() {
  m_app.startDesktop(QGuiApplication::platformName() == QLatin1String("xcb"));
  QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/foyer/app/app-icon.svg")));
  emit firstFrame();
}

void Window::followTray() {
  TrayPresenter* tray = m_app.tray();
  connect(tray, &TrayPresenter::windowWanted, this, &Window::comeForward);
  // Without a tray there is no way back to a hidden window.
  connect(tray, &TrayPresenter::thereChanged, this, [this, tray] {
    if (!tray->there() && !m_window->isVisible()) comeForward();
  });
  // A hidden window ends nothing, though the card of a caller was the last one to be seen; what
  // ends the program says so itself.
  QGuiApplication::setQuitOnLastWindowClosed(false);
  // Answered from the card or the notification: the call is in the window.
  connect(m_app.call(), &CallPresenter::changed, this, [this] {
    const int stage = m_app.call()->shown().stage;
    const bool isLive = stage == CallPresenter::Securing || stage == CallPresenter::Active;
    if (isLive && std::exchange(m_isLive, isLive) != isLive && !m_window->isVisible())
      comeForward();
    m_isLive = isLive;
  });
}

void Window::leaveWithSession() {
  // The engine ends calls with a goodbye when the program ends; a question would only be in the
  // way.
  if (m_window != nullptr) m_window->setProperty("quitting", true);
}

void Window::comeForward() {
  if (m_window == nullptr) return;
  // As large as it was: show() would make a maximised window small.
  m_window->setWindowStates(m_window->windowStates() & ~Qt::WindowMinimized);
  m_window->setVisible(true);
  m_window->raise();
  m_window->requestActivate();
}

}  // namespace foyer::app
