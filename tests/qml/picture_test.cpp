#include "tests/qml/picture.h"

#include <gtest/gtest.h>

#include <QPainter>
#include <QPainterPath>
#include <algorithm>
#include <random>

namespace foyer::test {
namespace {

struct Look {
  QPointF at{40, 30};
  QColor fill = QColor(0x0b, 0x5c, 0x6b);
  QString word = QStringLiteral("Call");
};

// A button on a page, as the window draws them.
QImage button(const Look& look = {}) {
  QImage image(200, 120, QImage::Format_ARGB32_Premultiplied);
  image.fill(QColor(0xee, 0xf2, 0xf1));
  QPainter painter(&image);
  painter.setRenderHint(QPainter::Antialiasing);
  QPainterPath box;
  box.addRoundedRect(QRectF(look.at, QSizeF(92, 36)), 8, 8);
  painter.fillPath(box, look.fill);
  painter.setPen(Qt::white);
  QFont font;
  font.setPixelSize(14);
  painter.setFont(font);
  painter.drawText(QRectF(look.at.toPoint(), QSizeF(92, 36)), Qt::AlignCenter, look.word);
  return image;
}

int differing(const Look& look) { return compare(asReference(button()), button(look)).differing; }

TEST(Picture, theSamePictureIsTheSameToThePixel) {
  EXPECT_EQ(differing({}), 0);
  const QImage reference = asReference(button());
  EXPECT_LE(reference.colorCount(), 128);
  EXPECT_EQ(reference.pixel(2, 2), QColor(0xee, 0xf2, 0xf1).rgb());
  EXPECT_EQ(reference, asReference(button()));
}

TEST(Picture, aMovedButtonIsADifference) {
  EXPECT_FALSE(compare(asReference(button()), button({.at = {41, 30}})).isSame());
  EXPECT_FALSE(compare(asReference(button()), button({.at = {40, 32}})).isSame());
}

TEST(Picture, anotherColourOrWordIsADifference) {
  EXPECT_FALSE(compare(asReference(button()), button({.fill = QColor(0x0b, 0x62, 0x6b)})).isSame());
  EXPECT_FALSE(compare(asReference(button()), button({.word = QStringLiteral("Cell")})).isSame());
}

TEST(Picture, anotherSizeIsADifference) {
  EXPECT_FALSE(compare(asReference(button()), button().copy(0, 0, 200, 119)).isSame());
}

TEST(Picture, noiseAtSmoothedEdgesIsNone) {
  // The same button, its box a sixteenth of a pixel further, and each channel off by up to two.
  QImage drawn = button({.at = {40.0625, 30}}).convertToFormat(QImage::Format_RGB32);
  std::mt19937 random(7);
  for (int y = 0; y < drawn.height(); ++y)
    for (int x = 0; x < drawn.width(); ++x) {
      const QRgb was = drawn.pixel(x, y);
      const auto shake = [&random](int value) {
        return std::clamp(value + static_cast<int>(random() % 5) - 2, 0, 255);
      };
      drawn.setPixel(x, y, qRgb(shake(qRed(was)), shake(qGreen(was)), shake(qBlue(was))));
    }
  EXPECT_TRUE(compare(asReference(button()), drawn).isSame());
}

TEST(Picture, theDifferenceIsMarkedWhereItIs) {
  const Comparison comparison = compare(asReference(button()), button({.at = {40, 60}}));
  EXPECT_EQ(comparison.picture.pixel(60, 35), 0xffff00ffu);
  EXPECT_NE(comparison.picture.pixel(5, 5), 0xffff00ffu);
}

}  // namespace
}  // namespace foyer::test
