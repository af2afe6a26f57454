// Whether what is drawn can be read: each text stands out from what is behind it (WCAG 2.1, 1.4.3),
// and no label of a control is cut short. Values over a window and its picture; UI thread.
#pragma once

#include <QColor>
#include <QImage>
#include <QStringList>

class QQuickWindow;

namespace foyer::test {

constexpr double kLegibleRatio = 4.5;       // WCAG AA
constexpr double kLegibleLargeRatio = 3.0;  // from 24 px, or bold from 18.66 px

// 1 … 21 of two opaque colours.
[[nodiscard]] double contrastRatio(const QColor& one, const QColor& other);
// A sentence for each text that is hard to read in `drawn`, the picture of `window`.
[[nodiscard]] QStringList illegible(QQuickWindow& window, const QImage& drawn);
// … for each button, tab or switch whose own words do not fit.
[[nodiscard]] QStringList cutShort(QQuickWindow& window);

}  // namespace foyer::test
