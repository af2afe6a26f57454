// The figures of a past call as words for people. Value functions, UI thread.
#pragma once

#include <QStringList>

#include "core/engine/views.h"

namespace foyer::app {

// Beside pastFigureTexts(), in the same order.
[[nodiscard]] QStringList pastFigureNames();
// `quality`: client::toString(Severity) of most of the call.
[[nodiscard]] QStringList pastFigureTexts(const engine::CallFigures& figures,
                                          const std::string& quality);

}  // namespace foyer::app
