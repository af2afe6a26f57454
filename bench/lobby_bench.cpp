// A lobby of a thousand people while it is scrolled and people change: how long each picture takes,
// with the real QML in the software renderer. The reference is the same with eight people.
//   lobby_bench
#include <QGuiApplication>
#include <QSignalSpy>
#include <QTest>
#include <QWheelEvent>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <vector>

#include "app/foyer/window.h"
#include "tests/support/drawn_frame.h"
#include "tests/support/screen_scenes.h"

namespace {

using Clock = std::chrono::steady_clock;
using Milliseconds = std::chrono::duration<double, std::milli>;

constexpr int kMany = 1000;
constexpr int kFew = 8;
constexpr int kSteps = 300;
constexpr int kChanging = 20;  // people of whom something is new in one step
constexpr double kBarMs = 33;  // two pictures of a 60 Hz screen

struct Figures {
  double first = 0, median = 0, worst = 0;  // ms
};

std::vector<foyer::engine::PersonView> crowd(int size) {
  std::vector<foyer::engine::PersonView> people;
  for (int at = 0; at < size; ++at) {
    auto one = foyer::test::lobbyPeople()[static_cast<std::size_t>(at % kFew)];
    one.alias += " " + std::to_string(at);
    one.fingerprint = foyer::test::key(static_cast<std::uint8_t>(at % 251),
                                       static_cast<std::uint8_t>(at / 251 + 1));
    one.rttMs = 2 + at % 90;
    people.push_back(one);
  }
  return people;
}

// The list of the lobby; null when no list shows so many.
QQuickItem* listOf(QQuickItem& around, int size) {
  for (QQuickItem* item : around.childItems()) {
    if (item->property("count").toInt() == size && item->property("contentY").isValid())
      return item;
    if (QQuickItem* found = listOf(*item, size)) return found;
  }
  return nullptr;
}

// Nothing: no picture came, or the list did not move.
std::optional<Figures> measure(int size) {
  foyer::test::ScriptedEngine engine;
  foyer::test::fillLobby(engine);
  engine.personViews.clear();
  engine.settings["motion"] = QStringLiteral("reduced");
  foyer::app::Window window(engine);
  if (!window.load()) return {};
  QQuickWindow& main = *window.quickWindow();
  if (!foyer::test::drawTwoFrames(main)) return {};
  const auto drawn = [&main](auto change) -> std::optional<double> {
    QSignalSpy frames(&main, &QQuickWindow::frameSwapped);
    const auto before = Clock::now();
    change();
    main.update();
    if (!frames.wait(foyer::test::kFrameDeadlineMs)) return {};
    return Milliseconds(Clock::now() - before).count();
  };
  auto people = crowd(size);
  const auto first = drawn([&] { engine.setPeople(people); });
  QQuickItem* const list = listOf(*main.contentItem(), size);
  if (list == nullptr) return {};
  double furthest = 0;
  std::vector<double> each;
  for (int step = 0; step < kSteps; ++step) {
    const auto took = drawn([&] {
      for (int change = 0; change < kChanging; ++change) {
        auto& one = people[static_cast<std::size_t>((step * kChanging + change * 37) % size)];
        one.rttMs = 2 + (step * 7 + change) % 180;
      }
      // Somebody comes and somebody goes, too: rows move.
      people[static_cast<std::size_t>(step * 13 % size)].state =
          step % 2 == 0 ? foyer::engine::PersonState::Away : foyer::engine::PersonState::Available;
      engine.setPeople(people);
      const QPointF over(300, 400);
      QWheelEvent wheel(over, main.mapToGlobal(over), {0, 0}, {0, step < kSteps / 2 ? -120 : 120},
                        Qt::NoButton, Qt::NoModifier, Qt::NoScrollPhase, false);
      wheel.setTimestamp(static_cast<quint64>(1000 + step * 16));  // without one nothing scrolls
      QCoreApplication::sendEvent(&main, &wheel);
    });
    if (!took) return {};
    each.push_back(*took);
    furthest = std::max(furthest, list->property("contentY").toDouble());
  }
  if (size == kMany && furthest < list->height()) return {};
  std::sort(each.begin(), each.end());
  return first ? std::optional<Figures>({*first, each[each.size() / 2], each.back()})
               : std::nullopt;
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QUICK_BACKEND", "software");
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  const auto few = measure(kFew), many = measure(kMany);
  if (!few || !many) return 1;
  std::printf(
      "{\"what\": \"lobby of %d people, scrolled while %d of them change: longest picture\", "
      "\"bar\": \"<= %.0f ms\", \"figure\": \"%.1f ms (median %.1f; the first %.0f)\", \"met\": "
      "%s, "
      "\"reference\": \"%d people: %.1f ms (median %.1f; the first %.0f)\"}\n",
      kMany, kChanging, kBarMs, many->worst, many->median, many->first,
      many->worst <= kBarMs ? "true" : "false", kFew, few->worst, few->median, few->first);
  return 0;
}
