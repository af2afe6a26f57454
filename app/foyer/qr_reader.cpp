#include "app/foyer/qr_reader.h"

// Version 1.4 (Debian 12) has wide texts without it; 2.3 (Debian 13) does not look at it.
#define ZX_USE_UTF8 1
#include <ZXing/ReadBarcode.h>

#include <QBuffer>
#include <QFile>
#include <QFileInfo>
#include <QImageReader>
#include <QPainter>
#include <QStringList>
#include <algorithm>
#include <array>
#include <exception>

#include "core/wire/link.h"

namespace foyer::app {
namespace {

#if __has_include(<ZXing/ReaderOptions.h>)
using ReadingOptions = ZXing::ReaderOptions;
#else
using ReadingOptions = ZXing::DecodeHints;
#endif

// More codes than anybody photographs on purpose.
constexpr int kMaxCodes = 16;

Failure<Fault> refused(const char* code, bool isRetryable = true) {
  return Failure<Fault>(Fault{"picture", code, isRetryable, {}});
}

struct Kind {
  const char* format;  // Qt's name of it
  QByteArrayView start;
};
// What Qt's own plugins read. Others, and SVG, which can name further files, are not even tried.
constexpr std::array kKinds = {
    Kind{"png", {"\x89PNG\r\n\x1a\n", 8}},
    Kind{"jpeg", {"\xff\xd8\xff", 3}},
    Kind{"gif", {"GIF87a", 6}},
    Kind{"gif", {"GIF89a", 6}},
    Kind{"bmp", {"BM", 2}},
};

const char* formatOf(const QByteArray& bytes) {
  for (const Kind& kind : kKinds)
    if (QByteArrayView(bytes).startsWith(kind.start)) return kind.format;
  return nullptr;
}

QImage greyOf(const QImage& picture) {
  QImage bounded = picture;
  if (std::max(picture.width(), picture.height()) > kMaxPictureSide)
    bounded = picture.scaled(kMaxPictureSide, kMaxPictureSide, Qt::KeepAspectRatio,
                             Qt::SmoothTransformation);
  if (!bounded.hasAlphaChannel()) return bounded.convertToFormat(QImage::Format_Grayscale8);
  // What is see-through is paper.
  QImage paper(bounded.size(), QImage::Format_RGB32);
  paper.fill(Qt::white);
  QPainter(&paper).drawImage(0, 0, bounded);
  return paper.convertToFormat(QImage::Format_Grayscale8);
}

// The texts of all codes, each once; of codes that could not be read whole there are none.
QStringList textsOn(const QImage& grey) {
  ReadingOptions options;
  options.setFormats(ZXing::BarcodeFormat::QRCode);
  options.setTryHarder(true);
  options.setTryRotate(true);
  options.setTryDownscale(true);
  options.setMaxNumberOfSymbols(kMaxCodes);
  const ZXing::ImageView view(grey.constBits(), grey.width(), grey.height(),
                              ZXing::ImageFormat::Lum, static_cast<int>(grey.bytesPerLine()));
  QStringList texts;
  for (const auto& code : ZXing::ReadBarcodes(view, options)) {
    if (!code.isValid()) continue;
    const QString text = QString::fromStdString(code.text()).trimmed();
    if (!texts.contains(text)) texts.append(text);
  }
  return texts;
}

}  // namespace

Result<QByteArray, Fault> readPictureFile(const QString& path) {
  const QFileInfo info(path);
  if (!info.exists()) return refused("not_found");
  // Opening a pipe would wait for whoever writes into it.
  if (!info.isFile()) return refused("not_a_file");
  if (info.size() > kMaxPictureBytes) return refused("too_large");
  QFile file(path);
  if (!file.open(QIODevice::ReadOnly))
    return refused(file.error() == QFileDevice::PermissionsError || !info.isReadable()
                       ? "permission"
                       : "failed");
  // It may have grown meanwhile.
  const QByteArray bytes = file.read(kMaxPictureBytes + 1);
  if (file.error() != QFileDevice::NoError) return refused("failed");
  if (bytes.size() > kMaxPictureBytes) return refused("too_large");
  return bytes;
}

Result<QImage, Fault> pictureOf(const QByteArray& bytes) {
  const char* format = formatOf(bytes);
  if (format == nullptr) return refused("unknown_format", false);
  QBuffer buffer;
  buffer.setData(bytes);
  buffer.open(QIODevice::ReadOnly);
  QImageReader reader(&buffer, format);
  reader.setAutoDetectImageFormat(false);
  const QSize size = reader.size();
  if (!size.isValid() || size.isEmpty()) return refused("damaged");
  if (qint64{size.width()} * size.height() > kMaxPicturePixels) return refused("too_many_pixels");
  // A JPEG is then never in memory as large as it was taken.
  if (std::max(size.width(), size.height()) > kMaxPictureSide)
    reader.setScaledSize(size.scaled(kMaxPictureSide, kMaxPictureSide, Qt::KeepAspectRatio));
  QImage picture = reader.read();
  if (picture.isNull()) return refused("damaged");
  return picture;
}

Result<QString, Fault> linkOn(const QImage& picture) {
  if (picture.isNull()) return refused("damaged");
  const QImage grey = greyOf(picture);
  if (grey.isNull()) return refused("too_many_pixels");
  QStringList texts;
  // A library's exceptions end here, like all of them.
  try {
    texts = textsOn(grey);
  } catch (const std::exception&) {
    return refused("no_code");
  }
  if (texts.isEmpty()) return refused("no_code");
  // Beside other codes, a network's password for one, the only link is meant.
  QStringList links;
  for (const QString& text : texts)
    if (text.startsWith(QLatin1String("foyer:"), Qt::CaseInsensitive)) links.append(text);
  if (links.isEmpty()) return refused("no_link");
  if (links.size() > 1) return refused("several_links");
  const QString& link = links.first();
  if (const auto parsed = wire::parseLink(link.toStdString()); !parsed) {
    const bool isPerson = link.startsWith(QLatin1String("foyer://person/"), Qt::CaseInsensitive);
    const char* code = isPerson ? "bad_person" : wire::toString(parsed.error());
    return Failure<Fault>(Fault{"link", code, false, {}});
  }
  return link;
}

}  // namespace foyer::app
