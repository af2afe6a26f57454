// Links on pictures: our own codes as telephones and screens make pictures of them, and everything
// that is no such picture.
#include "app/foyer/qr_reader.h"

#include <gtest/gtest.h>

#include <QBuffer>
#include <QFile>
#include <QPainter>
#include <QTemporaryDir>
#include <QTransform>
#include <random>

#include "app/foyer/error_text.h"
#include "app/foyer/qr_code.h"

namespace foyer::app {
namespace {

const QString kRelay =
    "foyer://relay/192.168.4.20:4710?invite=0123456789abcdef0123#84a4f10145fcff117225212d8df04937";
const QString kPerson = "foyer://person/84a4f10145fcff117225212d8df04937?name=Amina%20Okafor";

// As a screen shows it: whole modules and the white edge.
QImage shown(const QString& text, int module = 4) {
  const QImage code = qrImageOf(text);
  const int side = (code.width() + 2 * QrCode::kQuietModules) * module;
  QImage picture(side, side, QImage::Format_RGB32);
  picture.fill(Qt::white);
  QPainter(&picture).drawImage(QRect(QrCode::kQuietModules * module, QrCode::kQuietModules * module,
                                     code.width() * module, code.height() * module),
                               code);
  return picture;
}

// Somewhere on a larger, dark page.
QImage onPage(const QImage& code, QSize page, QPoint at) {
  QImage picture(page, QImage::Format_RGB32);
  picture.fill(QColor(40, 44, 60));
  QPainter(&picture).drawImage(at, code);
  return picture;
}

QByteArray saved(const QImage& picture, const char* format, int quality = -1) {
  QByteArray bytes;
  QBuffer buffer(&bytes);
  buffer.open(QIODevice::WriteOnly);
  EXPECT_TRUE(picture.save(&buffer, format, quality));
  return bytes;
}

QString linkIn(const QByteArray& bytes) {
  const auto picture = pictureOf(bytes);
  if (!picture) return QString::fromStdString(picture.error().code);
  const auto link = linkOn(*picture);
  return link ? *link : QString::fromStdString(link.error().code);
}

TEST(QrReader, whatWeShowIsReadFromEveryFormat) {
  for (const char* format : {"PNG", "JPEG", "BMP"})
    for (const QString& link : {kRelay, kPerson})
      EXPECT_EQ(linkIn(saved(shown(link), format)), link) << format;
}

TEST(QrReader, turnedSmallLargeAndOblique) {
  for (const int degrees : {90, 180, 270, 17, -38}) {
    const QImage turned =
        shown(kRelay, 6).transformed(QTransform().rotate(degrees), Qt::SmoothTransformation);
    EXPECT_EQ(linkIn(saved(turned, "PNG")), kRelay) << degrees;
  }
  for (const double scale : {0.6, 1.37, 5.0}) {
    const QImage code = shown(kRelay);
    const QImage scaled =
        code.scaled(code.size() * scale, Qt::KeepAspectRatio, Qt::SmoothTransformation);
    EXPECT_EQ(linkIn(saved(scaled, "PNG")), kRelay) << scale;
  }
  QTransform oblique;
  oblique.shear(0.15, 0.08);
  EXPECT_EQ(linkIn(saved(shown(kRelay, 6).transformed(oblique, Qt::SmoothTransformation), "PNG")),
            kRelay);
}

TEST(QrReader, noisyDarkAndBadlyCompressed) {
  std::mt19937 random(7);
  std::normal_distribution<double> noise(0, 28);
  QImage picture = onPage(shown(kRelay, 5), {1600, 1200}, {700, 300});
  for (int y = 0; y < picture.height(); ++y)
    for (int x = 0; x < picture.width(); ++x) {
      const int grey = qGray(picture.pixel(x, y)) / 2 + 30 + static_cast<int>(noise(random));
      const int bounded = std::clamp(grey, 0, 255);
      picture.setPixel(x, y, qRgb(bounded, bounded, bounded));
    }
  EXPECT_EQ(linkIn(saved(picture, "JPEG", 40)), kRelay);
}

TEST(QrReader, aSmallCodeOnALargeScreenIsFound) {
  EXPECT_EQ(linkIn(saved(onPage(shown(kRelay), {3840, 2160}, {3300, 1700}), "PNG")), kRelay);
}

TEST(QrReader, aPhotoLargerThanIsReadIsScaledAsItIsRead) {
  const QByteArray photo = saved(onPage(shown(kRelay, 20), {7000, 5000}, {3000, 2000}), "JPEG");
  const auto picture = pictureOf(photo);
  ASSERT_TRUE(picture);
  EXPECT_EQ(std::max(picture->width(), picture->height()), kMaxPictureSide);
  EXPECT_EQ(linkIn(photo), kRelay);
}

TEST(QrReader, whatIsSeeThroughCountsAsPaper) {
  QImage code = qrImageOf(kRelay).convertToFormat(QImage::Format_ARGB32);
  for (int y = 0; y < code.height(); ++y)
    for (int x = 0; x < code.width(); ++x)
      if (qGray(code.pixel(x, y)) > 128) code.setPixel(x, y, qRgba(0, 0, 0, 0));
  QImage picture(code.size() * 4 + QSize(32, 32), QImage::Format_ARGB32);
  picture.fill(Qt::transparent);
  QPainter(&picture).drawImage(QRect(QPoint(16, 16), code.size() * 4), code);
  EXPECT_EQ(linkIn(saved(picture, "PNG")), kRelay);
}

TEST(QrReader, severalCodesAreToldApart) {
  QImage page = onPage(shown(kRelay), {900, 500}, {40, 60});
  QPainter(&page).drawImage(QPoint(500, 60), shown(kPerson));
  EXPECT_EQ(linkIn(saved(page, "PNG")), "several_links");
  // The same twice is one link, and a code of something else is no link.
  QPainter(&page).drawImage(QPoint(500, 60), shown(kRelay));
  EXPECT_EQ(linkIn(saved(page, "PNG")), kRelay);
  page = onPage(shown(kRelay), {900, 500}, {40, 60});
  QPainter(&page).drawImage(QPoint(500, 60), shown("WIFI:S:cafe;T:WPA;P:espresso;;"));
  EXPECT_EQ(linkIn(saved(page, "PNG")), kRelay);
}

TEST(QrReader, whatIsNoLinkOfOursIsSaid) {
  EXPECT_EQ(linkIn(saved(shown("https://example.org/"), "PNG")), "no_link");
  EXPECT_EQ(linkIn(saved(onPage({}, {640, 480}, {}), "PNG")), "no_code");
  QImage cut = shown(kRelay);
  EXPECT_EQ(linkIn(saved(cut.copy(0, 0, cut.width() / 2, cut.height()), "PNG")), "no_code");
  EXPECT_EQ(linkIn(saved(shown("foyer://relay/host:4710"), "PNG")), "bad_fingerprint");
  EXPECT_EQ(linkIn(saved(shown("foyer://relay/host:99999#" + QString(32, 'a')), "PNG")),
            "bad_port");
  EXPECT_EQ(linkIn(saved(shown("foyer://person/xyz"), "PNG")), "bad_person");
}

TEST(QrReader, onlyPicturesOfBoundedSizeAreDecoded) {
  EXPECT_EQ(linkIn(""), "unknown_format");
  EXPECT_EQ(linkIn("foyer://relay/host"), "unknown_format");
  EXPECT_EQ(linkIn("<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>"),
            "unknown_format");
  // A PNG of a few bytes that says it is 60 000 pixels wide and high, for whoever believes it.
  QByteArray bomb = saved(shown(kRelay), "PNG");
  for (const int at : {18, 22}) {
    bomb[at] = '\xea';
    bomb[at + 1] = '\x60';
  }
  const auto refused = pictureOf(bomb);
  ASSERT_FALSE(refused);
  EXPECT_TRUE(refused.error().code == "too_many_pixels" || refused.error().code == "damaged")
      << refused.error().code;
  const QByteArray wide = saved(QImage(8000, 7000, QImage::Format_Mono), "PNG");
  EXPECT_EQ(linkIn(wide), "too_many_pixels");
}

// Whatever stands in a file: a picture or a fault that has a sentence, never more.
TEST(QrReader, brokenFilesAreFaultsWithSentences) {
  std::mt19937 random(11);
  const auto check = [](const QByteArray& bytes) {
    const auto picture = pictureOf(bytes);
    if (picture) {
      EXPECT_LE(std::max(picture->width(), picture->height()), kMaxPictureSide);
      (void)linkOn(*picture);
      return;
    }
    EXPECT_FALSE(textOf(picture.error()).title.contains("Something went wrong"))
        << picture.error().code;
  };
  for (const char* format : {"PNG", "JPEG", "BMP"}) {
    const QByteArray whole = saved(shown(kPerson, 2), format);
    for (int cut = 0; cut < 60; ++cut) check(whole.left(whole.size() * cut / 60));
    for (int round = 0; round < 120; ++round) {
      QByteArray mutated = whole;
      for (int change = 0; change < 1 + round % 6; ++change) {
        const auto at = static_cast<qsizetype>(
            random() % static_cast<unsigned>(round % 2 == 0 ? 64 : mutated.size()));
        mutated[at] = static_cast<char>(random());
      }
      check(mutated);
    }
  }
}

TEST(QrReader, aFileIsReadOnlyWhereItIsOne) {
  QTemporaryDir folder;
  const auto code = [](const QString& path) {
    const auto bytes = readPictureFile(path);
    return bytes ? std::string("read") : bytes.error().code;
  };
  EXPECT_EQ(code(folder.filePath("none.png")), "not_found");
  EXPECT_EQ(code(folder.path()), "not_a_file");
  const QString path = folder.filePath("code.png");
  ASSERT_TRUE(shown(kRelay).save(path));
  EXPECT_EQ(code(path), "read");
  QFile large(folder.filePath("large.png"));
  ASSERT_TRUE(large.open(QIODevice::WriteOnly) && large.resize(kMaxPictureBytes + 1));
  large.close();
  EXPECT_EQ(code(large.fileName()), "too_large");
  EXPECT_EQ(code("/dev/zero"), "not_a_file");
}

}  // namespace
}  // namespace foyer::app
