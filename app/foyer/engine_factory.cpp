// The composition root: the real engine with its control socket and ringing sounds.
#include "app/foyer/engine_factory.h"

#include <QCoreApplication>
#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

#include "app/foyer/build_commit.h"
#include "app/foyer/error_text.h"
#include "core/engine/control_socket.h"
#include "core/engine/control_verbs.h"
#include "core/engine/engine.h"
#include "core/engine/tones.h"

namespace foyer::app {
namespace {

class EngineRingTone final : public RingTonePlayer {
 public:
  explicit EngineRingTone(engine::Engine& engine) : m_engine(engine) {
    QObject::connect(&engine, &engine::Engine::testSoundRequested, &engine,
                     [this] { play(engine::ToneKind::Test); });
    QObject::connect(&engine, &engine::Engine::ringRequested, &engine,
                     [this](const QString& name) { ring(engine::ToneKind::OneRing, name); });
  }
  void start(Tone tone, const QString& name) override {
    if (tone == Tone::Incoming)
      ring(engine::ToneKind::Incoming, name);
    else
      play(engine::ToneKind::Outgoing);
  }
  void stop() override { m_tones.stop(); }

 private:
  void play(engine::ToneKind kind) {
    m_tones.play(kind, m_engine.setting(QStringLiteral("audio_out")).toStdString());
  }
  // A call is heard in a headset, its ring across the room.
  void ring(engine::ToneKind kind, const QString& name) {
    QString device = m_engine.setting(QStringLiteral("ring_device"));
    if (device.isEmpty()) device = m_engine.setting(QStringLiteral("audio_out"));
    const QString volume = m_engine.setting(QStringLiteral("ring_volume"));
    bool isNumber = false;
    const double percent = volume.toDouble(&isNumber);
    const QString bell = name.isEmpty() ? m_engine.setting(QStringLiteral("ring")) : name;
    m_tones.play(kind, device.toStdString(), isNumber ? percent / 100 : 1, bell.toStdString());
  }
  engine::Engine& m_engine;
  engine::Tones m_tones;
};

engine::EngineOptions engineOptions(const ProgramOptions& options) {
  engine::EngineOptions made;
  if (!options.dataDir.isEmpty()) made.dataDir = QDir(options.dataDir).absolutePath().toStdString();
  made.audioIn = options.audioIn.toStdString();
  made.audioOut = options.audioOut.toStdString();
  made.relayLink = options.relayLink.toStdString();
  made.hostRelayPort = options.hostRelayPort;
  made.isHeadless = options.headless;
  made.commit = buildCommit();
  const auto isPaced = [](const std::string& device) {
    return device == "null" || device.starts_with("file:");
  };
  made.watchesDevices = !(isPaced(made.audioIn) && isPaced(made.audioOut));
  return made;
}

std::unique_ptr<QObject> serveControl(engine::Engine& engine, const QString& path) {
  auto verbs = std::make_shared<engine::ControlVerbs>(
      engine, [](const Fault& fault) { return textOf(fault).sentence().toStdString(); });
  auto control = std::make_unique<engine::ControlSocket>(
      engine.bus(), [verbs](const engine::ControlRequest& request, engine::ControlReply reply) {
        verbs->handle(request, std::move(reply));
      });
  // The socket appears only when it answers.
  QObject::connect(&engine, &engine::Engine::ready, control.get(),
                   [socket = control.get(), path, listening = false]() mutable {
                     if (std::exchange(listening, true)) return;
                     if (const auto bound = socket->listen(path); !bound) {
                       std::fprintf(stderr, "{\"error\":%s}\n",
                                    engine::faultToJson(bound.error()).c_str());
                       QCoreApplication::exit(1);
                     }
                   });
  return control;
}

// The program without a window that checks the network, says what it found, and ends: 0 = calls
// work from here, 3 = they do not or nobody was there to tell, 1 = it could not be checked.
void checkNetworkAndExit(engine::Engine& engine, QStringList words) {
  constexpr int kCallsDoNotWork = 3;
  const bool wantsJson = words.removeAll(QStringLiteral("--json")) > 0;
  auto request = std::make_shared<engine::ControlRequest>();
  request->verb = words.takeFirst().toStdString();
  for (const QString& word : words) request->arguments.push_back(word.toStdString());
  auto verbs = std::make_shared<engine::ControlVerbs>(engine);
  QObject::connect(
      &engine, &engine::Engine::ready, &engine,
      [verbs, request, wantsJson, hasBegun = false]() mutable {
        if (std::exchange(hasBegun, true)) return;
        verbs->handle(*request, [verbs, wantsJson](const Result<std::string, Fault>& answer) {
          if (!answer) {
            std::fprintf(stderr, "{\"error\":%s}\n", engine::faultToJson(answer.error()).c_str());
            return QCoreApplication::exit(1);
          }
          const QJsonObject found =
              QJsonDocument::fromJson(QByteArray::fromStdString(*answer)).object();
          std::fputs(wantsJson ? (*answer + '\n').c_str()
                               : found.value("text").toString().toUtf8().constData(),
                     stdout);
          std::fflush(stdout);
          QCoreApplication::exit(found.value("calls_work").toBool() ? 0 : kCallsDoNotWork);
        });
      });
}

}  // namespace

MadeEngine makeEngine(const ProgramOptions& options) {
  MadeEngine made;
  auto engine = std::make_unique<engine::Engine>(engineOptions(options));
  engine::Engine* real = engine.get();
  QObject::connect(real, &engine::Engine::quitRequested, real, [] {
    // exit, not quit: whoever drives the program is not asked by a window whether to stop.
    QMetaObject::invokeMethod(
        QCoreApplication::instance(), [] { QCoreApplication::exit(0); }, Qt::QueuedConnection);
  });
  if (options.headless) {
    QObject::connect(real, &engine::Engine::profileRefused, real, [](const Fault& fault) {
      std::fprintf(stderr, "{\"error\":%s}\n", engine::faultToJson(fault).c_str());
      QCoreApplication::exit(1);
    });
  }
  if (!options.controlPath.isEmpty()) made.control = serveControl(*real, options.controlPath);
  if (!options.netcheck.isEmpty()) checkNetworkAndExit(*real, options.netcheck);
  if (!options.headless) made.ringTone = std::make_unique<EngineRingTone>(*real);
  made.start = [real] { real->start(); };
  made.engine = std::move(engine);
  return made;
}

}  // namespace foyer::app
