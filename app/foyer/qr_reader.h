// Links in pictures: the bytes of a file become a grey image of bounded size, and the QR codes on
// it one link. A picture is anybody's word: how large it may be is checked before anything is
// decoded. Functions without state, any thread; the rule of kMaxPictureMb is set once by the UI
// thread.
#pragma once

#include <QByteArray>
#include <QImage>
#include <QString>

#include "core/base/fault.h"
#include "core/base/result.h"

namespace foyer::app {

// A photo of a telephone has 3 to 12 MB.
inline constexpr qint64 kMaxPictureBytes = qint64{16} * 1024 * 1024;
// What telephones take at most. A JPEG that is sent in passes needs six bytes for each of them.
inline constexpr qint64 kMaxPicturePixels = 50'000'000;
// Longer sides are scaled down: a code of a tenth of the picture still has 7 pixels a module.
inline constexpr int kMaxPictureSide = 4096;
// For QImageReader::setAllocationLimit: kMaxPicturePixels of four bytes, and some more.
inline constexpr int kMaxPictureMb = 256;

// Faults of all of these have the stage "picture" but for links that are damaged ("link").
// Codes: not_found, permission, not_a_file, too_large, failed.
[[nodiscard]] Result<QByteArray, Fault> readPictureFile(const QString& path);
// Codes: unknown_format, too_many_pixels, damaged.
[[nodiscard]] Result<QImage, Fault> pictureOf(const QByteArray& bytes);
// The one link to a relay or a person on it. Codes: no_code, no_link, several_links.
[[nodiscard]] Result<QString, Fault> linkOn(const QImage& picture);

}  // namespace foyer::app
