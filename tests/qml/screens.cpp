// screens FOLDER [NAME]: renders every scene (or those whose name begins with NAME) in light and
// dark with the real QML over the scripted engine.
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImage>
#include <QTest>
#include <cstdio>

#include "app/foyer/window.h"
#include "tests/support/screen_scenes.h"

namespace {

constexpr int kSettleMs = 420;  // the longest transition, and a few meter readings

bool render(const foyer::test::Scene& scene, const QString& theme, const QDir& folder) {
  foyer::test::ScriptedEngine engine;
  scene.before(engine);
  engine.settings["theme"] = theme;
  engine.settings["motion"] = QStringLiteral("reduced");
  foyer::app::Window window(engine);
  if (!window.load()) return false;
  window.quickWindow()->resize(scene.width, scene.height);
  QTest::qWait(60);
  if (scene.after) scene.after(engine, window.app());
  QTest::qWait(kSettleMs);
  bool isSaved = true;
  for (QWindow* each : QGuiApplication::topLevelWindows()) {
    auto* quick = qobject_cast<QQuickWindow*>(each);
    if (quick == nullptr || !quick->isVisible()) continue;
    const bool isCard = quick != window.quickWindow();
    const QString name =
        QString::fromLatin1(scene.name) + (isCard ? "-card-" : "-") + theme + ".png";
    isSaved = quick->grabWindow().save(folder.filePath(name)) && isSaved;
  }
  return isSaved;
}

}  // namespace

int main(int argc, char** argv) {
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  const QStringList words = application.arguments();
  if (words.size() < 2) {
    std::fprintf(stderr, "usage: screens FOLDER [NAME]\n");
    return 2;
  }
  const QDir folder(words[1]);
  if (!folder.mkpath(QStringLiteral("."))) return 1;
  bool isGood = true;
  for (const foyer::test::Scene& scene : foyer::test::allScenes()) {
    if (words.size() > 2 && !QString::fromLatin1(scene.name).startsWith(words[2])) continue;
    for (const char* theme : {"light", "dark"}) {
      const bool isRendered = render(scene, QString::fromLatin1(theme), folder);
      if (!isRendered) std::fprintf(stderr, "failed: %s %s\n", scene.name, theme);
      isGood = isGood && isRendered;
    }
  }
  return isGood ? 0 : 1;
}
