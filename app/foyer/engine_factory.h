// Where the program meets the real engine. Everything else in app/foyer sees EngineInterface only.
#pragma once

#include <QObject>
#include <functional>
#include <memory>

#include "app/foyer/program_options.h"
#include "app/foyer/ring_tone_player.h"
#include "core/engine/engine_interface.h"

namespace foyer::app {

struct MadeEngine {
  std::unique_ptr<engine::EngineInterface> engine;  // knows the profile, has touched nothing else
  std::function<void()> start;               // network, audio and key ring; after the first frame
  std::unique_ptr<RingTonePlayer> ringTone;  // may be empty: silent ringing
  std::unique_ptr<QObject> control;  // the control socket; its readers leave before the engine ends
};

// Cheap: reads the profile's settings so that the first frame is right, opens no socket or device.
[[nodiscard]] MadeEngine makeEngine(const ProgramOptions& options);

}  // namespace foyer::app
