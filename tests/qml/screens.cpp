// Draws every scene in light and dark with the real QML over the scripted engine, on a screen, with
// fonts and clocks of its own, so that a scene gives the same picture each time.
//   screens FOLDER [NAME]             draws them (those whose name begins with NAME) into FOLDER
//   screens --compare FOLDER [NAME]   compares with tests/qml/reference; what differs goes to
//   FOLDER screens --update [NAME]           makes the reference pictures anew
// Before all that, --language de: draws in German; there are no references for it. And --scale 150:
// at one and a half times the size, with references of its own (tests/qml/reference-150).
#include <QAccessible>
#include <QCursor>
#include <QDir>
#include <QFontDatabase>
#include <QGuiApplication>
#include <QImageWriter>
#include <QStyleHints>
#include <cstdio>
#include <functional>

#include "app/foyer/clock.h"
#include "app/foyer/language.h"
#include "app/foyer/window.h"
#include "tests/qml/legible.h"
#include "tests/qml/picture.h"
#include "tests/support/accessible_controls.h"

namespace foyer::app {

// The clocks of the pictures stand; the linker takes these before the library's.
std::int64_t steadyNowMs() { return 100'000'000; }
std::int64_t unixNowMs() { return test::kNovember3 + 18 * 24 * std::int64_t{3'600'000}; }

}  // namespace foyer::app

namespace {

// The last that is done with a window; it may be left in another size.
using Leaver = std::function<void(const QString& name, QQuickWindow& window)>;
using Taker = std::function<bool(const QString& file, const QImage& drawn, QQuickWindow& window)>;

const QStringList kFonts = {"Inter", "DejaVu Sans", "DejaVu Sans Mono", "Lohit Devanagari"};

constexpr int kWholeScale = 100;

// The value of an option that stands before all other words, which it and its value then leave.
QString takeOption(QStringList& words, const QString& name) {
  if (words.value(0) != name) return {};
  const QString value = words.value(1);
  words.remove(0, std::min<qsizetype>(2, words.size()));
  return value;
}

// Before there is an application: the scale is asked for once, then.
void ownSurroundings(int scale) {
  qputenv("QT_QPA_PLATFORM", "offscreen");
  qputenv("QT_QUICK_BACKEND", "software");
  qputenv("FONTCONFIG_FILE", FOYER_SCREENS_SOURCE "/fonts.conf");
  qputenv("LC_ALL", "C.UTF-8");
  qputenv("TZ", "UTC");
  qputenv("HOME", "/home/naledi");  // paths are shown
  qputenv("DBUS_SESSION_BUS_ADDRESS", "disabled:");
  qputenv("QT_SCALE_FACTOR", scale == kWholeScale ? "1" : QByteArray::number(scale / 100.0));
  for (const char* name :
       {"QT_FONT_DPI", "QT_QPA_PLATFORMTHEME", "LANGUAGE", "XDG_DATA_HOME", "XDG_CONFIG_HOME"})
    qunsetenv(name);
}

bool hasFonts() {
  const QStringList families = QFontDatabase::families();
  for (const QString& font : kFonts) {
    if (families.contains(font)) continue;
    std::fprintf(stderr, "the font %s is missing; packaging/setup installs it\n", qPrintable(font));
    return false;
  }
  return true;
}

// Of --language; empty: as LC_ALL says.
QString otherLanguage;

std::vector<QQuickWindow*> shownWindows() {
  std::vector<QQuickWindow*> shown;
  for (QWindow* each : QGuiApplication::topLevelWindows())
    if (auto* quick = qobject_cast<QQuickWindow*>(each); quick != nullptr && quick->isVisible())
      shown.push_back(quick);
  return shown;
}

// Light and then dark of one window: to make it takes longer than to colour it anew.
bool draw(const foyer::test::Scene& scene, const Taker& take, const Leaver& leave) {
  foyer::app::speak({});
  foyer::test::ScriptedEngine engine;
  scene.before(engine);
  engine.settings["theme"] = QStringLiteral("light");
  engine.settings["motion"] = QStringLiteral("reduced");
  foyer::app::Window window(engine);
  if (!window.load()) return false;
  QQuickWindow& main = *window.quickWindow();
  if (!foyer::test::playScene(scene, engine, window)) return false;
  // Changed afterwards: scenes click controls by their English names.
  if (!otherLanguage.isEmpty()) {
    engine.setSetting(QStringLiteral("language"), otherLanguage);
    if (!foyer::test::drawTwoFrames(main)) return false;
  }
  // One reading of the meters; with a clock that stands, all others are the same.
  window.app().audio()->sampleLevel(foyer::app::steadyNowMs());
  window.app().call()->sampleLevels(foyer::app::steadyNowMs());
  if (!foyer::test::drawTwoFrames(main)) return false;
  bool isGood = true;
  const auto nameOf = [&](const QQuickWindow* shown) {
    return QString::fromLatin1(scene.name) + (shown == &main ? "" : "-card");
  };
  for (const char* theme : {"light", "dark"}) {
    engine.setSetting(QStringLiteral("theme"), QString::fromLatin1(theme));
    if (!foyer::test::drawTwoFrames(main)) return false;
    for (QQuickWindow* shown : shownWindows()) {
      if (shown != &main && !foyer::test::drawTwoFrames(*shown)) return false;
      const QString file = nameOf(shown) + u'-' + QLatin1String(theme) + ".png";
      isGood = take(file, shown->grabWindow(), *shown) && isGood;
    }
  }
  if (leave)
    for (QQuickWindow* shown : shownWindows()) leave(nameOf(shown), *shown);
  return isGood;
}

// The smallest rooms that a screen has to do with: 1280 by 960 and 1280 by 800 at 200 %.
QStringList cutShortInLittleRoom(QQuickWindow& window) {
  QStringList faults;
  for (const int height : {480, 400}) {
    window.resize(640, height);
    const QString where = QStringLiteral(" at 640 by %1").arg(height);
    if (!foyer::test::drawTwoFrames(window)) return {QStringLiteral("no frame") + where};
    for (const QString& fault : foyer::test::cutShort(window)) faults.append(fault + where);
  }
  return faults;
}

bool drawAll(const QString& begin, const Taker& take, const Leaver& leave = {}) {
  bool isGood = true;
  for (const foyer::test::Scene& scene : foyer::test::allScenes()) {
    if (!QString::fromLatin1(scene.name).startsWith(begin)) continue;
    if (draw(scene, take, leave)) continue;
    std::fprintf(stderr, "%s could not be drawn\n", scene.name);
    isGood = false;
  }
  return isGood;
}

bool save(const QImage& image, const QString& path) {
  QImageWriter writer(path, "png");
  writer.setCompression(100);  // zlib's best
  if (writer.write(image)) return true;
  std::fprintf(stderr, "%s: %s\n", qPrintable(path), qPrintable(writer.errorString()));
  return false;
}

// What is in `references` and was not drawn.
QStringList leftOver(const QDir& references, const QString& begin, const QStringList& drawn) {
  QStringList left;
  for (const QString& file : references.entryList({QStringLiteral("*.png")}))
    if (file.startsWith(begin) && !drawn.contains(file)) left.append(file);
  return left;
}

int update(const QDir& references, const QString& begin) {
  QStringList drawn;
  const bool isGood = drawAll(begin, [&](const QString& file, const QImage& image, QQuickWindow&) {
    drawn.append(file);
    const QString path = references.filePath(file);
    // What has not changed stays, to the byte.
    const QImage before(path);
    if (!before.isNull() && foyer::test::compare(before, image).differing == 0) return true;
    std::printf("%s\n", qPrintable(path));
    return save(foyer::test::asReference(image), path);
  });
  for (const QString& file : leftOver(references, begin, drawn)) {
    std::printf("%s: no scene makes it, removed\n", qPrintable(file));
    QFile::remove(references.filePath(file));
  }
  return isGood ? 0 : 1;
}

// `judges`: whether it can be read, too, which the scale does not change.
int compareAll(const QDir& references, const QDir& folder, const QString& begin, bool judges) {
  QStringList drawn, faults;
  const auto take = [&](const QString& file, const QImage& image, QQuickWindow& window) {
    drawn.append(file);
    QStringList hard;
    if (judges) hard = foyer::test::illegible(window, image) + foyer::test::cutShort(window);
    for (const QString& fault : hard) faults.append(file + QStringLiteral(": ") + fault);
    const QString path = folder.filePath(file);
    const QString marked =
        QString(path).replace(QLatin1String(".png"), QLatin1String(".difference.png"));
    QFile::remove(path);
    QFile::remove(marked);
    const QImage reference(references.filePath(file));
    if (reference.isNull()) {
      faults.append(file + QStringLiteral(": no reference picture; drawn: ") + path);
      return save(image, path);
    }
    const auto comparison = foyer::test::compare(reference, image);
    if (comparison.isSame()) return true;
    faults.append(
        QStringLiteral("%1: %2 pixels differ\n  reference  %3\n  drawn      %4\n  difference %5")
            .arg(file)
            .arg(comparison.differing)
            .arg(references.filePath(file), path, marked));
    return save(image, path) && save(comparison.picture, marked);
  };
  const auto leave = [&](const QString& name, QQuickWindow& window) {
    for (const QString& fault : cutShortInLittleRoom(window))
      faults.append(name + QStringLiteral(": ") + fault);
  };
  const bool isDrawn = drawAll(begin, take, judges ? Leaver(leave) : Leaver());
  for (const QString& file : leftOver(references, begin, drawn))
    faults.append(file + QStringLiteral(": no scene makes this reference picture"));
  for (const QString& fault : faults) std::printf("%s\n", qPrintable(fault));
  std::printf(
      "%d pictures, %d faults%s\n", static_cast<int>(drawn.size()), static_cast<int>(faults.size()),
      faults.isEmpty() ? "" : "; if this is as it should look: screens [--scale 150] --update");
  return isDrawn && faults.isEmpty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  QStringList words;
  for (int at = 1; at < argc; ++at) words.append(QString::fromLocal8Bit(argv[at]));
  otherLanguage = takeOption(words, QStringLiteral("--language"));
  const QString wanted = takeOption(words, QStringLiteral("--scale"));
  const int scale = wanted.isEmpty() ? kWholeScale : wanted.toInt();
  const QString first = words.value(0);
  const bool updates = first == QLatin1String("--update");
  const bool compares = first == QLatin1String("--compare");
  if (updates || compares) words.removeFirst();
  if (scale < kWholeScale || words.size() > (updates ? 1 : 2) || (!updates && words.isEmpty())) {
    std::fprintf(stderr,
                 "usage: screens [--language de] [--scale 150] [--compare] FOLDER [NAME]\n"
                 "       screens [--scale 150] --update [NAME]\n");
    return 2;
  }
  ownSurroundings(scale);
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  QAccessible::setActive(true);                          // scenes click controls by name
  QGuiApplication::styleHints()->setCursorFlashTime(0);  // the caret stands
  QCursor::setPos(10'000, 10'000);  // over no window, so that nothing is hovered
  if (!hasFonts()) return 1;
  const QDir references(QStringLiteral(FOYER_SCREENS_SOURCE "/reference") +
                        (scale == kWholeScale ? QString() : QStringLiteral("-%1").arg(scale)));
  if (!references.mkpath(QStringLiteral("."))) return 1;
  if (updates) return update(references, words.value(0));
  const QDir folder(QDir::current().absoluteFilePath(words[0]));
  if (!folder.mkpath(QStringLiteral("."))) return 1;
  if (compares) return compareAll(references, folder, words.value(1), scale == kWholeScale);
  const bool isGood =
      drawAll(words.value(1), [&folder](const QString& file, const QImage& image, QQuickWindow&) {
        return save(image, folder.filePath(file));
      });
  return isGood ? 0 : 1;
}
