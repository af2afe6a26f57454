// What the diagnostics cost while they are open: readings, curves and figures of a busy minute with
// the real QML in the software renderer, as processor time in a second of four readings.
//   telemetry_bench
#include <time.h>

#include <QGuiApplication>
#include <QSignalSpy>
#include <cstdio>

#include "app/foyer/window.h"
#include "tests/support/drawn_frame.h"
#include "tests/support/screen_scenes.h"

namespace {

constexpr int kReadings = 400;

double processorSeconds() {
  timespec used{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

// Processor time of one reading that is drawn; negative: no frame came.
template <class Read>
double secondsEach(QQuickWindow& window, Read read) {
  const double before = processorSeconds();
  for (int at = 0; at < kReadings; ++at) {
    QSignalSpy drawn(&window, &QQuickWindow::frameSwapped);
    read(at);
    if (!drawn.wait(foyer::test::kFrameDeadlineMs)) return -1;
  }
  return (processorSeconds() - before) / kReadings;
}

}  // namespace

int main(int argc, char** argv) {
  qputenv("QT_QUICK_BACKEND", "software");
  if (!qEnvironmentVariableIsSet("QT_QPA_PLATFORM")) qputenv("QT_QPA_PLATFORM", "offscreen");
  foyer::app::Window::chooseRenderer();
  QGuiApplication application(argc, argv);
  foyer::app::Window::dressApplication();
  foyer::test::ScriptedEngine engine;
  foyer::test::fillLobby(engine);
  const auto call = foyer::test::measuredCall(engine.personViews[1]);
  engine.callViews = {call};
  engine.settings["motion"] = QStringLiteral("reduced");
  foyer::app::Window window(engine);
  if (!window.load()) return 1;
  QQuickWindow& main = *window.quickWindow();
  foyer::app::TelemetryPresenter& telemetry = *window.app().telemetry();
  if (!foyer::test::drawTwoFrames(main)) return 1;
  const double closed = secondsEach(main, [&main](int) { main.update(); });
  telemetry.toggle();
  telemetry.setPaused(true);  // readings come from here
  foyer::test::playMinute(engine, telemetry, call);
  if (!foyer::test::drawTwoFrames(main)) return 1;

  std::int64_t now = foyer::app::steadyNowMs();
  const double open = secondsEach(main, [&](int at) {
    auto view = call;
    view.stats.rttMs = 38 + at % 17;
    view.stats.jitterBufferMs = 24 + at % 9;
    view.stats.rx.loss = at % 23 == 0 ? .05 : 0;
    view.stats.tx.bitrateKbps = 44 + at % 5;
    view.stats.rx.packets += static_cast<std::uint64_t>(at) * 12;
    view.stats.receiving.recovery.copies += static_cast<std::uint64_t>(at);
    view.levelInDb = -20.f - static_cast<float>(at % 30);
    view.levelOutDb = -20.f - static_cast<float>(at % 25);
    engine.callViews = {view};
    telemetry.sample(now += foyer::app::TelemetryPresenter::kSampleMs);
  });
  if (closed < 0 || open < 0) return 1;
  const double percent = open * 4 * 100;
  std::printf(
      "{\"what\": \"CPU of one core, diagnostics open in a call, four readings a second\", "
      "\"bar\": "
      "\"<= 2 %%\", \"figure\": \"%.2f %%\", \"met\": %s, \"reference\": \"%.2f ms a reading; a "
      "frame of "
      "the same call in which nothing changed, without them, %.2f ms\"}\n",
      percent, percent <= 2 ? "true" : "false", open * 1000, closed * 1000);
  return 0;
}
