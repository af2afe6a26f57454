#include "app/foyer/window.h"

#include <unistd.h>

#include <QtQml/qqmlextensionplugin.h>
#include <QDir>
#include <QFont>
#include <QGuiApplication>
#include <QIcon>
#include <QSGRendererInterface>

#include "app/foyer/language.h"
#include "app/foyer/look_images.h"

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
  m_qml.addImageProvider(QStringLiteral("look"), new LookImages);
  m_qml.addImportPath(QStringLiteral("qrc:/qt/qml"));
}

Window::~Window() = default;

bool Window::load() {
  m_qml.setInitialProperties({{QStringLiteral("app"), QVariant::fromValue(&m_app)}});
  m_qml.load(QUrl(QStringLiteral("qrc:/qt/qml/Foyer/App/Main.qml")));
  if (m_qml.rootObjects().isEmpty()) return false;
  m_window = qobject_cast<QQuickWindow*>(m_qml.rootObjects().constFirst());
  if (m_window == nullptr) return false;
  m_window->installEventFilter(&m_talkKey);
  connect(
      m_window, &QQuickWindow::frameSwapped, this,
      [this] {
        m_app.theme()->askDesktop();
        QGuiApplication::setWindowIcon(QIcon(QStringLiteral(":/foyer/app/app-icon.svg")));
        emit firstFrame();
      },
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  return true;
}

void Window::followLanguage() {
  if (!speak(m_engine.setting(QStringLiteral("language")))) return;
  m_app.retranslate();
  m_qml.retranslate();
}

void Window::comeForward() {
  if (m_window == nullptr) return;
  m_window->show();
  m_window->raise();
  m_window->requestActivate();
}

}  // namespace foyer::app
