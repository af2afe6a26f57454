// The figures of a past call as JSON, with the names of docs/control.md: for the control socket and
// for what a person copies in the window.
#pragma once

#include <QJsonObject>

#include "core/store/call_figures.h"

namespace foyer::engine {

[[nodiscard]] QJsonObject figuresJson(const store::CallFigures& figures);

}  // namespace foyer::engine
