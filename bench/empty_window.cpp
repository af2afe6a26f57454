// The reference for the program's start: the smallest Qt Quick window with one control of the same
// style set-up. Prints what foyer --screenshot prints, milliseconds from exec to the first frame.
#include <time.h>
#include <unistd.h>

#include <QFile>
#include <QGuiApplication>
#include <QQmlApplicationEngine>
#include <QQuickWindow>
#include <cstdio>

namespace {

long long processAgeMs() {
  QFile stat(QStringLiteral("/proc/self/stat"));
  if (!stat.open(QIODevice::ReadOnly)) return -1;
  const QByteArray line = stat.readAll();
  const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
  timespec now{};
  clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 -
         fields.value(19).toLongLong() * 1000 / sysconf(_SC_CLK_TCK);
}

}  // namespace

int main(int argc, char** argv) {
  QQuickWindow::setGraphicsApi(QSGRendererInterface::Software);
  QGuiApplication application(argc, argv);
  QQmlApplicationEngine engine;
  engine.loadData(
      "import QtQuick\nimport QtQuick.Controls.Basic\n"
      "ApplicationWindow { visible: true; width: 960; height: 640; Button { text: 'Hello' } }");
  if (engine.rootObjects().isEmpty()) return 1;
  auto* window = qobject_cast<QQuickWindow*>(engine.rootObjects().constFirst());
  QObject::connect(
      window, &QQuickWindow::frameSwapped, &application,
      [] {
        std::printf("{\"first_frame_ms\":%lld}\n", processAgeMs());
        std::fflush(stdout);
        QCoreApplication::quit();
      },
      static_cast<Qt::ConnectionType>(Qt::QueuedConnection | Qt::SingleShotConnection));
  return QCoreApplication::exec();
}
