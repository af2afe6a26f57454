// The rings that a person chooses from: stable names of the engine and what they are called on the
// screen. UI thread.
#pragma once

#include <QString>
#include <QStringList>

namespace foyer::app {

// In the order in which they are offered; the first is the usual one.
[[nodiscard]] const QStringList& ringKeys();
// In the same order.
[[nodiscard]] QStringList ringNames();

}  // namespace foyer::app
