// What the diagnostics write down: the figures of a call as lines for people, and the whole minute
// as JSON for who is asked for help. Neither names a person, a device, an address, a key or a call.
// Value functions.
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include "app/foyer/path_text.h"
#include "app/foyer/telemetry_presenter.h"

namespace foyer::app {

// Beside figureTexts(), in the same order.
[[nodiscard]] QStringList figureTitles();
// `relay`: the one that the call's path may go through, by its name on the screen alone.
[[nodiscard]] QStringList figureTexts(const engine::CallView& call, const RelayOnPath& relay);
// Title, verdict and figures as lines.
[[nodiscard]] QString reportText(const TelemetryPresenter& telemetry);
// "kind" foyer-call-report, version 1; `call` null once it has ended. With the versions, what this
// computer can do, what was made worse on purpose, and the newest events, as the engine has them.
[[nodiscard]] QByteArray reportJson(const TelemetryPresenter& telemetry,
                                    const engine::CallView* call,
                                    const engine::EngineInterface& engine);

// What is kept of a call that is over.
struct PastCallReport {
  engine::CallFigures figures;
  std::string path, quality;
};
// The same kind and version with `past` instead of `call`, and without samples: there are none.
[[nodiscard]] QByteArray reportJson(const PastCallReport& past,
                                    const engine::EngineInterface& engine);

}  // namespace foyer::app
