#include "core/io/qt_bridge.h"

#include <QMetaObject>

namespace foyer::io {

void QtWake::wake() {
  QMetaObject::invokeMethod(
      this, [this] { m_onWake(); }, Qt::QueuedConnection);
}

}  // namespace foyer::io
