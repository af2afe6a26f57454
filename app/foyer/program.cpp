#include "app/foyer/program.h"

#include <fcntl.h>
#include <time.h>
#include <unistd.h>

#include <QByteArrayList>
#include <QFile>
#include <QGuiApplication>
#include <QImage>
#include <QSocketNotifier>
#include <csignal>
#include <cstdio>
#include <optional>
#include <vector>

#include "app/foyer/autostart.h"
#include "app/foyer/language.h"
#include "app/foyer/notifier.h"
#include "app/foyer/own_scale.h"
#include "app/foyer/ring_control.h"
#include "app/foyer/single_instance.h"
#include "app/foyer/window.h"

namespace foyer::app {
namespace {

constexpr int kFailed = 1;
int signalPipe[2] = {-1, -1};

// SIGTERM, SIGINT and SIGHUP (a session that ends sends one of them) end the program the ordinary
// way, so that files get their headers and peers their goodbye.
void quitOnSignals(QCoreApplication& application) {
  if (::pipe2(signalPipe, O_CLOEXEC | O_NONBLOCK) != 0) return;
  auto* notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, &application);
  // exit, not quit: a signal is not a question, and Qt's quit lets a window refuse.
  QObject::connect(notifier, &QSocketNotifier::activated, &application,
                   [] { QCoreApplication::exit(0); });
  struct sigaction action {};
  action.sa_handler = [](int) {
    const char byte = 0;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
  };
  for (const int signal : {SIGTERM, SIGINT, SIGHUP}) ::sigaction(signal, &action, nullptr);
}

// Milliseconds since the kernel started this process; ticks of 10 ms.
qint64 processAgeMs() {
  QFile stat(QStringLiteral("/proc/self/stat"));
  if (!stat.open(QIODevice::ReadOnly)) return -1;
  const QByteArray line = stat.readAll();
  // Field 22 is the start time; the name in field 2 may hold spaces, so count from its bracket.
  const QList<QByteArray> fields = line.mid(line.lastIndexOf(')') + 2).split(' ');
  const qint64 ticks = fields.value(19).toLongLong();
  timespec now{};
  ::clock_gettime(CLOCK_BOOTTIME, &now);
  return now.tv_sec * 1000 + now.tv_nsec / 1'000'000 - ticks * 1000 / ::sysconf(_SC_CLK_TCK);
}

bool needsNoWindow(int argc, char** argv) {
  for (int at = 1; at < argc; ++at) {
    const QByteArray word(argv[at]);
    if (word == "--headless" || word == "--help" || word == "-h" || word == "--version")
      return true;
  }
  return false;
}

int takeScreenshot(Window& window, const QString& file, qint64 firstFrameMs) {
  const QImage image = window.quickWindow()->grabWindow();
  if (image.isNull() || !image.save(file, "PNG")) {
    std::fprintf(
        stderr, "%s\n",
        qPrintable(QCoreApplication::translate("Program", "The screenshot could not be written.")));
    return kFailed;
  }
  std::printf("{\"first_frame_ms\":%lld}\n", static_cast<long long>(firstFrameMs));
  std::fflush(stdout);
  return 0;
}

// What the process was started with, kept before Qt takes its own words out of it.
class Start {
 public:
  Start(int argc, char** argv) : m_arguments(argv + 1, argv + argc) {}

  // Takes this program's place, with everything of it closed: the same process, so whoever waits
  // for its end goes on waiting. Returns where that failed.
  [[nodiscard]] int again(const QString& program, std::optional<int> hosts) const {
    // Told to end since the event loop returned: that is what was asked for last.
    char byte = 0;
    if (::read(signalPipe[0], &byte, 1) == 1) return 0;
    OwnScale::undo();
    QStringList decoded;
    for (const QByteArray& argument : m_arguments) decoded.append(QFile::decodeName(argument));
    QByteArrayList words{QFile::encodeName(program)};
    for (const QString& argument : argumentsAgain(decoded, hosts))
      words.append(QFile::encodeName(argument));
    std::vector<char*> pointers;
    for (QByteArray& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    std::fflush(nullptr);
    ::execv(pointers.front(), pointers.data());
    std::perror("foyer");
    return kFailed;
  }

 private:
  QByteArrayList m_arguments;
};

// Returns the exit code of the event loop; `hosts`: a relay ran here at its end, see
// argumentsAgain().
int runWindow(QGuiApplication& application, const ProgramOptions& options,
              const EngineFactory& makeEngine, const std::optional<QString>& scale,
              std::optional<int>& hosts) {
  const bool isScreenshot = !options.screenshotFile.isEmpty();
  SingleInstance instance(options.dataDir);
  if (!isScreenshot && !instance.claim(options.links)) {
    std::fprintf(stderr, "%s\n", qPrintable(SingleInstance::message()));
    return 0;
  }
  Window::dressApplication();
  MadeEngine made = makeEngine(options);
  Window window(*made.engine);
  std::unique_ptr<RingControl> ring;
  if (made.ringTone) ring = std::make_unique<RingControl>(window.app(), *made.ringTone);
  Notifier notifier(window.app());
  Autostart autostart(*made.engine, options.dataDir);
  const OwnScale ownScale(*made.engine, options.dataDir);
  QObject::connect(&autostart, &Autostart::failed, &window,
                   [&window](const QString& sentence) { window.app().toast()->show(sentence); });

  const auto open = [&window](const QStringList& links) {
    for (const QString& link : links) {
      if (!window.app().openLink(link))
        window.app().toast()->show(window.app().lobby()->joinError());
    }
  };
  QObject::connect(&instance, &SingleInstance::asked, &window, [&](const QStringList& links) {
    window.comeForward();
    open(links);
  });
  QObject::connect(&notifier, &Notifier::windowWanted, &window, &Window::comeForward);
  QObject::connect(&window, &Window::firstFrame, &application, [&] {
    if (isScreenshot) {
      QCoreApplication::exit(takeScreenshot(window, options.screenshotFile, processAgeMs()));
      return;
    }
    if (made.start) made.start();
    open(options.links);
  });
  window.app().restart()->begin(scale);
  if (!window.load(options.hidden && !isScreenshot)) return kFailed;
  const int code = QCoreApplication::exec();
  if (window.app().relay()->shown().on) {
    const int port = made.engine->hostedRelay().port;
    const QString kept = made.engine->setting(QStringLiteral("relay_port"));
    hosts = kept == QString::number(port) ? 0 : port;
  }
  return code;
}

}  // namespace

int runProgram(int& argc, char** argv, const EngineFactory& makeEngine) {
  QCoreApplication::setApplicationName(QStringLiteral("foyer"));
  QCoreApplication::setApplicationVersion(QStringLiteral(FOYER_VERSION));
  const Start start(argc, argv);
  std::optional<QString> scale;
  std::unique_ptr<QCoreApplication> application;
  QGuiApplication* withWindow = nullptr;
  if (needsNoWindow(argc, argv)) {
    application = std::make_unique<QCoreApplication>(argc, argv);
  } else {
    Window::chooseRenderer();
    scale = OwnScale::apply(argc, argv);
    auto gui = std::make_unique<QGuiApplication>(argc, argv);
    withWindow = gui.get();
    application = std::move(gui);
  }
  speak({});
  const auto options = parseOptions(QCoreApplication::arguments());
  if (!options) {
    const OptionsExit& exit = options.error();
    std::fprintf(exit.code == 0 ? stdout : stderr, "%s\n", qPrintable(exit.text));
    return exit.code;
  }
  quitOnSignals(*application);
  if (withWindow != nullptr) {
    std::optional<int> hosts;
    const int code = runWindow(*withWindow, *options, makeEngine, scale, hosts);
    if (code != RestartPresenter::Again) return code;
    const QString program = QCoreApplication::applicationFilePath();
    application.reset();
    return start.again(program, hosts);
  }

  MadeEngine made = makeEngine(*options);
  const auto followLanguage = [engine = made.engine.get()] {
    speak(engine->setting(QStringLiteral("language")));
  };
  QObject::connect(made.engine.get(), &engine::EngineInterface::settingChanged, followLanguage);
  QObject::connect(made.engine.get(), &engine::EngineInterface::identityChanged, followLanguage);
  if (made.start) made.start();
  for (const QString& link : options->links) made.engine->connectRelay(link);
  return QCoreApplication::exec();
}

}  // namespace foyer::app
