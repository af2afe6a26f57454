// Waits for what is on the screen instead of for a time. UI thread.
#pragma once

#include <QQuickWindow>
#include <QSignalSpy>

namespace foyer::test {

// A frame takes milliseconds; a machine that does much else may take longer.
constexpr int kFrameDeadlineMs = 20'000;

// What was just done is drawn when the second frame from now is: the first one polishes and lays
// out.
inline bool drawTwoFrames(QQuickWindow& window) {
  for (int frame = 0; frame < 2; ++frame) {
    QSignalSpy drawn(&window, &QQuickWindow::frameSwapped);
    window.update();
    if (!drawn.wait(kFrameDeadlineMs)) return false;
  }
  return true;
}

}  // namespace foyer::test
