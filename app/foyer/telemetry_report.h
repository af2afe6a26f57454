// What the diagnostics write down: the figures of a call as lines for people, and the whole minute
// as JSON for who is asked for help. Neither names a person, a device, an address, a key or a call.
// Value functions.
#pragma once

#include <QByteArray>
#include <QJsonObject>
#include <QString>
#include <QStringList>

#include "app/foyer/path_text.h"
#include "app/foyer/telemetry_presenter.h"

namespace foyer::app {

// Beside figureTexts(), in the same order.
[[nodiscard]] QStringList figureTitles();
// Names are for the screen alone. `relay`: the one that the call's path may go through.
struct FigureNames {
  RelayOnPath relay;
  QString microphone, speakers, key;
};
[[nodiscard]] FigureNames figureNamesOf(const engine::EngineInterface& engine,
                                        const engine::CallView& call);
// A figure that is nothing but a name is empty where that is not told.
[[nodiscard]] QStringList figureTexts(const engine::CallView& call, const FigureNames& names);
// Title, verdict and figures as lines.
[[nodiscard]] QString reportText(const TelemetryPresenter& telemetry);

struct CallReport {
  QString verdict, detail;
  const engine::CallView* call = nullptr;           // null: nothing is known of it
  engine::EndReason end = engine::EndReason::None;  // None: it runs
};
// "kind" foyer-call-report, version 1. With the versions, what was made worse on purpose, and the
// newest events, as the engine has them.
[[nodiscard]] QJsonObject reportOf(const CallReport& report, const TelemetrySeries& readings,
                                   const engine::EngineInterface& engine);
// The same as text, with what this computer can do.
[[nodiscard]] QByteArray withCapabilities(QJsonObject report,
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
