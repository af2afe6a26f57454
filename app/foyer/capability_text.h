// What this computer can and cannot do for calls, in words: what it is for, why it is missing, what
// to do. Value functions.
#pragma once

#include <QString>

#include "core/engine/diagnostics_views.h"

namespace foyer::app {

struct CapabilityText {
  QString title;     // "Port at the router"
  QString state;     // "Available", "Missing", "Not known yet"
  QString sentence;  // what it means here, or why it is missing
  QString advice;    // what to do; empty where there is nothing
};
[[nodiscard]] CapabilityText textOf(const engine::CapabilityView& view);

}  // namespace foyer::app
