#include "app/foyer/ring_names.h"

#include <QCoreApplication>

namespace foyer::app {
namespace {

struct RingNames {
  Q_DECLARE_TR_FUNCTIONS(RingNames)
};

}  // namespace

const QStringList& ringKeys() {
  static const QStringList keys{QStringLiteral("chimes"), QStringLiteral("knock"),
                                QStringLiteral("trill"), QStringLiteral("scale")};
  return keys;
}

QStringList ringNames() {
  return {RingNames::tr("Chimes"), RingNames::tr("Knocking"), RingNames::tr("Trill"),
          RingNames::tr("Falling bells")};
}

}  // namespace foyer::app
