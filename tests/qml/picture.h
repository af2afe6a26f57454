// A reference picture of a screen: made small enough to be checked in, and compared with what is
// drawn now. A moved control or another colour is a difference, the noise of smoothed edges is not.
// Values, no thread.
#pragma once

#include <QImage>

namespace foyer::test {

struct Comparison {
  int differing = 0;  // pixels; the whole picture where the sizes differ
  QImage picture;     // the drawn picture faint, what differs in magenta

  [[nodiscard]] bool isSame() const;
};

// The same picture in at most 128 colours; areas of one colour keep theirs exactly.
[[nodiscard]] QImage asReference(const QImage& drawn);
// `reference` is what asReference made.
[[nodiscard]] Comparison compare(const QImage& reference, const QImage& drawn);

}  // namespace foyer::test
