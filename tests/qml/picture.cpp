#include "tests/qml/picture.h"

#include <QHash>
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

namespace foyer::test {
namespace {

constexpr int kColours = 128;       // half the file of a full palette, and no banding to be seen
constexpr int kFlatDistance = 4;    // of 255 in a channel: within an area of one colour
constexpr int kEdgeDistance = 48;   // at an edge or in a letter, where smoothing decides
constexpr int kNoisePixels = 12;    // fewer than the shortest moved line of a control
constexpr QRgb kMark = 0xffff00ff;  // magenta is in no theme

int channelDistance(QRgb a, QRgb b) {
  return std::max({std::abs(qRed(a) - qRed(b)), std::abs(qGreen(a) - qGreen(b)),
                   std::abs(qBlue(a) - qBlue(b))});
}

std::int64_t squaredDistance(QRgb a, QRgb b) {
  const std::int64_t red = qRed(a) - qRed(b), green = qGreen(a) - qGreen(b),
                     blue = qBlue(a) - qBlue(b);
  return red * red + green * green + blue * blue;
}

int nearest(const QList<QRgb>& palette, QRgb colour) {
  int best = 0;
  std::int64_t least = std::numeric_limits<std::int64_t>::max();
  for (int at = 0; at < palette.size(); ++at) {
    const std::int64_t distance = squaredDistance(palette[at], colour);
    if (distance < least) {
      least = distance;
      best = at;
    }
  }
  return best;
}

// Always the colour next that costs most without it: large areas first, then the steps between.
QList<QRgb> paletteOf(const QImage& picture) {
  QHash<QRgb, std::int64_t> counts;
  for (int y = 0; y < picture.height(); ++y) {
    const auto* row = reinterpret_cast<const QRgb*>(picture.constScanLine(y));
    for (int x = 0; x < picture.width(); ++x) ++counts[row[x] | 0xff000000u];
  }
  struct Candidate {
    QRgb colour;
    std::int64_t count, distance;
  };
  std::vector<Candidate> candidates;
  for (auto each = counts.cbegin(); each != counts.cend(); ++each)
    candidates.push_back({each.key(), each.value(), 1 << 20});
  // The hash's order differs from run to run; the palette must not.
  std::sort(candidates.begin(), candidates.end(),
            [](const Candidate& a, const Candidate& b) { return a.colour < b.colour; });
  QList<QRgb> palette;
  while (palette.size() < kColours) {
    const auto next = std::max_element(candidates.begin(), candidates.end(),
                                       [](const Candidate& a, const Candidate& b) {
                                         return a.count * a.distance < b.count * b.distance;
                                       });
    if (next == candidates.end() || next->distance == 0) break;
    palette.append(next->colour);
    for (Candidate& each : candidates)
      each.distance = std::min(each.distance, squaredDistance(each.colour, palette.last()));
  }
  return palette;
}

// All eight neighbours have its colour.
bool isFlat(const QImage& reference, int x, int y) {
  if (x == 0 || y == 0 || x == reference.width() - 1 || y == reference.height() - 1) return false;
  const int index = reference.constScanLine(y)[x];
  for (int down = -1; down <= 1; ++down) {
    const uchar* row = reference.constScanLine(y + down);
    for (int right = -1; right <= 1; ++right)
      if (row[x + right] != index) return false;
  }
  return true;
}

QRgb faint(QRgb colour) {
  const int grey = 200 + qGray(colour) / 5;
  return qRgb(grey, grey, grey);
}

}  // namespace

bool Comparison::isSame() const { return differing <= kNoisePixels; }

QImage asReference(const QImage& drawn) {
  const QImage source = drawn.convertToFormat(QImage::Format_RGB32);
  QImage reference(source.size(), QImage::Format_Indexed8);
  const QList<QRgb> palette = paletteOf(source);
  reference.setColorTable(palette);
  QHash<QRgb, int> known;
  for (int y = 0; y < source.height(); ++y) {
    const auto* from = reinterpret_cast<const QRgb*>(source.constScanLine(y));
    uchar* to = reference.scanLine(y);
    for (int x = 0; x < source.width(); ++x) {
      auto index = known.find(from[x]);
      if (index == known.end()) index = known.insert(from[x], nearest(palette, from[x]));
      to[x] = static_cast<uchar>(*index);
    }
  }
  return reference;
}

Comparison compare(const QImage& reference, const QImage& drawn) {
  const QImage now = drawn.convertToFormat(QImage::Format_RGB32);
  Comparison result;
  result.picture = QImage(now.size(), QImage::Format_RGB32);
  if (reference.size() != now.size() || reference.format() != QImage::Format_Indexed8) {
    result.differing = now.width() * now.height();
    result.picture.fill(kMark);
    return result;
  }
  const QList<QRgb> palette = reference.colorTable();
  QHash<QRgb, int> known;
  for (int y = 0; y < now.height(); ++y) {
    const auto* row = reinterpret_cast<const QRgb*>(now.constScanLine(y));
    const uchar* expected = reference.constScanLine(y);
    auto* marked = reinterpret_cast<QRgb*>(result.picture.scanLine(y));
    for (int x = 0; x < now.width(); ++x) {
      const QRgb colour = row[x];
      auto index = known.find(colour);
      if (index == known.end()) index = known.insert(colour, nearest(palette, colour));
      const int distance = channelDistance(palette[expected[x]], colour);
      const bool differs = isFlat(reference, x, y)
                               ? distance > kFlatDistance
                               : *index != expected[x] && distance > kEdgeDistance;
      result.differing += differs ? 1 : 0;
      marked[x] = differs ? kMark : faint(colour);
    }
  }
  return result;
}

}  // namespace foyer::test
