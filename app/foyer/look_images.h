// The drawn things of the window as images, rendered once per size and colour: tinted icons, doors,
// and the voice arches whose seven states a meter swaps. Leaves out text. Any thread (Qt may load
// images in its own).
//
// image://look/icon/NAME/RRGGBB
// image://look/door/WIDTH/HEIGHT/FILL/LINE                    FILL "none": a closed door
// image://look/arches/DOORWIDTH/DOORHEIGHT/GAP/COUNT/LIT/LAMP/LINE/FLOOR/LITWIDTH
#pragma once

#include <QQuickImageProvider>

namespace foyer::app {

class LookImages : public QQuickImageProvider {
 public:
  LookImages();
  QImage requestImage(const QString& id, QSize* size, const QSize& requestedSize) override;
};

}  // namespace foyer::app
