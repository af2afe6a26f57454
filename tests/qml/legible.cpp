#include "tests/qml/legible.h"

#include <QFont>
#include <QHash>
#include <QQuickItem>
#include <QQuickWindow>
#include <algorithm>
#include <cmath>
#include <vector>

namespace foyer::test {
namespace {

double linear(double channel) {
  return channel <= 0.04045 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
}

double luminance(const QColor& colour) {
  return 0.2126 * linear(colour.redF()) + 0.7152 * linear(colour.greenF()) +
         0.0722 * linear(colour.blueF());
}

int distance(const QColor& one, const QColor& other) {
  return std::max({std::abs(one.red() - other.red()), std::abs(one.green() - other.green()),
                   std::abs(one.blue() - other.blue())});
}

QColor over(const QColor& ink, double opacity, const QColor& behind) {
  const double share = ink.alphaF() * opacity;
  const auto mix = [share](double a, double b) { return a * share + b * (1 - share); };
  return QColor::fromRgbF(static_cast<float>(mix(ink.redF(), behind.redF())),
                          static_cast<float>(mix(ink.greenF(), behind.greenF())),
                          static_cast<float>(mix(ink.blueF(), behind.blueF())));
}

bool isPopup(const QQuickItem& item) { return item.inherits("QQuickPopupItem"); }

// Whether a menu or dialog is open: what is behind it is dimmed or hidden, and judged in another
// scene.
bool hasPopup(QQuickItem& item) {
  if (!item.isVisible()) return false;
  if (isPopup(item)) return true;
  const auto children = item.childItems();
  return std::any_of(children.begin(), children.end(),
                     [](QQuickItem* child) { return hasPopup(*child); });
}

bool isInPopup(QQuickItem& item) {
  for (QQuickItem* around = &item; around != nullptr; around = around->parentItem())
    if (isPopup(*around)) return true;
  return false;
}

bool isInChip(const QQuickItem& item) {
  for (const QQuickItem* around = &item; around != nullptr; around = around->parentItem())
    if (QByteArray(around->metaObject()->className()).startsWith("Chip_")) return true;
  return false;
}

struct DrawnText {
  QQuickItem* item;
  double opacity;
  QRectF seen;  // of the scene
};

// In the order in which they are painted; what an opaque area covers afterwards is left out.
void collect(QQuickItem& item, double opacity, QRectF seen, std::vector<DrawnText>& texts) {
  if (!item.isVisible()) return;
  opacity *= item.opacity();
  const QRectF place = item.mapRectToScene(QRectF(0, 0, item.width(), item.height()));
  if (item.clip()) seen &= place;
  if (item.inherits("QQuickText") && !item.property("text").toString().isEmpty())
    texts.push_back({&item, opacity, seen & place});
  if (item.inherits("QQuickRectangle") && opacity == 1 &&
      item.property("color").value<QColor>().alpha() == 255)
    std::erase_if(texts, [area = seen & place](const DrawnText& text) {
      return area.contains(text.seen.center());
    });
  QList<QQuickItem*> children = item.childItems();
  std::stable_sort(children.begin(), children.end(),
                   [](QQuickItem* a, QQuickItem* b) { return a->z() < b->z(); });
  for (QQuickItem* child : children) collect(*child, opacity, seen, texts);
}

std::vector<DrawnText> textsOf(QQuickWindow& window) {
  std::vector<DrawnText> texts;
  collect(*window.contentItem(), 1, QRectF(QPointF(), QSizeF(window.size())), texts);
  return texts;
}

// The colour that most of the place has.
QColor behindOf(const QImage& drawn, const QRect& place) {
  QHash<QRgb, int> counts;
  for (int y = place.top(); y <= place.bottom(); ++y)
    for (int x = place.left(); x <= place.right(); ++x) ++counts[drawn.pixel(x, y)];
  const auto most = std::max_element(counts.cbegin(), counts.cend());
  return most == counts.cend() ? QColor() : QColor(most.key());
}

// Something else may stand before a text; then none of its colour is there.
bool isDrawn(const QImage& drawn, const QRect& place, const QColor& ink, const QColor& behind) {
  const int far = std::max(12, distance(ink, behind) * 2 / 5);
  for (int y = place.top(); y <= place.bottom(); ++y)
    for (int x = place.left(); x <= place.right(); ++x)
      if (distance(QColor(drawn.pixel(x, y)), ink) <= far) return true;
  return false;
}

bool isLarge(const QFont& font) {
  return font.pixelSize() >= 24 || (font.pixelSize() >= 18.66 && font.weight() >= QFont::Bold);
}

}  // namespace

double contrastRatio(const QColor& one, const QColor& other) {
  const double a = luminance(one), b = luminance(other);
  return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

QStringList illegible(QQuickWindow& window, const QImage& drawn) {
  QStringList faults;
  const bool isPopupAlone = hasPopup(*window.contentItem());
  const double scale = drawn.width() / std::max(1.0, static_cast<double>(window.width()));
  for (const DrawnText& text : textsOf(window)) {
    QQuickItem& item = *text.item;
    if (isPopupAlone && !isInPopup(item)) continue;
    const QRect place = QRectF(text.seen.topLeft() * scale, text.seen.size() * scale)
                            .toAlignedRect()
                            .intersected(drawn.rect());
    if (place.width() < 4 || place.height() < 4) continue;
    const QColor behind = behindOf(drawn, place);
    const QColor ink = over(item.property("color").value<QColor>(), text.opacity, behind);
    if (!isDrawn(drawn, place, ink, behind)) continue;
    const double wanted =
        isLarge(item.property("font").value<QFont>()) ? kLegibleLargeRatio : kLegibleRatio;
    const double ratio = contrastRatio(ink, behind);
    if (ratio + 0.005 < wanted)
      faults.append(QStringLiteral("“%1”: %2 on %3 is %4 : 1")
                        .arg(item.property("text").toString().left(40), ink.name(), behind.name(),
                             QString::number(ratio, 'f', 2)));
  }
  return faults;
}

QStringList cutShort(QQuickWindow& window) {
  QStringList faults;
  for (const DrawnText& text : textsOf(window)) {
    if (text.seen.isEmpty() || !text.item->property("truncated").toBool()) continue;
    // A name may be longer than any room, in a row of a list and in a chip; what a control does may
    // not.
    const QQuickItem* around = text.item->parentItem();
    while (around != nullptr && !around->inherits("QQuickAbstractButton"))
      around = around->parentItem();
    const bool isRow = around != nullptr && around->inherits("QQuickItemDelegate");
    if (around != nullptr && !isRow && !isInChip(*text.item))
      faults.append(QStringLiteral("“%1” does not fit its control")
                        .arg(text.item->property("text").toString()));
  }
  return faults;
}

}  // namespace foyer::test
