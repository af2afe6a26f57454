// The symbol in the tray, over a stand-in for the desktop's list of symbols on a bus of the test's
// own; what closing the window means beside it; starting with the session.
#include <gtest/gtest.h>

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QFile>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "app/foyer/app_presenter.h"
#include "app/foyer/autostart.h"
#include "app/foyer/tray_interfaces.h"
#include "tests/desktop/private_desktop.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using engine::CallDirection;
using engine::CallState;
using test::StandIn;
using test::waitUntil;

// A desktop with a tray, which asks the symbol what trays ask.
class TrayHost {
 public:
  explicit TrayHost(bool hasHost = true)
      : m_hasHost(hasHost),
        m_watcher(
            QStringLiteral("org.kde.StatusNotifierWatcher"),
            QStringLiteral("/StatusNotifierWatcher"), [this](const QDBusMessage& call) {
              if (call.member() == QLatin1String("Get"))
                return call.createReply(QVariant::fromValue(QDBusVariant(QVariant(m_hasHost))));
              return call.createReply();
            }) {}
  // The program that draws the symbols begins or ends; the one that keeps the list goes on.
  void setHost(bool hasHost) {
    m_hasHost = hasHost;
    m_watcher.tell(QStringLiteral("/StatusNotifierWatcher"),
                   QStringLiteral("org.kde.StatusNotifierWatcher"),
                   hasHost ? QStringLiteral("StatusNotifierHostRegistered")
                           : QStringLiteral("StatusNotifierHostUnregistered"),
                   {});
  }
  [[nodiscard]] bool waitForSymbol() {
    return waitUntil([&] { return m_watcher.countOf("RegisterStatusNotifierItem") > 0; });
  }
  [[nodiscard]] QString symbol() const {
    for (const auto& call : m_watcher.calls)
      if (call.member() == QLatin1String("RegisterStatusNotifierItem"))
        return call.arguments().constFirst().toString();
    return {};
  }
  QDBusMessage ask(const char* path, const char* interface, const char* member,
                   const QVariantList& arguments) {
    QDBusMessage call = QDBusMessage::createMethodCall(symbol(), path, interface, member);
    call.setArguments(arguments);
    QDBusPendingCallWatcher watcher(m_watcher.bus().asyncCall(call));
    EXPECT_TRUE(waitUntil([&] { return watcher.isFinished(); })) << member;
    EXPECT_FALSE(watcher.isError()) << member << watcher.error().message().toStdString();
    return watcher.reply();
  }
  QVariant property(const char* name) {
    const auto reply =
        ask(kTrayItemPath, "org.freedesktop.DBus.Properties", "Get",
            {QStringLiteral("org.kde.StatusNotifierItem"), QString::fromLatin1(name)});
    return reply.arguments().value(0).value<QDBusVariant>().variant();
  }
  MenuNode menu() {
    const auto reply =
        ask(kTrayMenuPath, "com.canonical.dbusmenu", "GetLayout", {0, -1, QStringList()});
    return qdbus_cast<MenuNode>(reply.arguments().value(1));
  }
  void click(int item) {
    ask(kTrayMenuPath, "com.canonical.dbusmenu", "Event",
        {item, QStringLiteral("clicked"), QVariant::fromValue(QDBusVariant(0)), uint{0}});
  }

 private:
  bool m_hasHost;
  StandIn m_watcher;
};

QString labelOf(const MenuNode& menu, int item) {
  for (const MenuNode& node : menu.children)
    if (node.id == item) return node.properties.value("label").toString();
  return {};
}

struct Tray : testing::Test {
  test::ScriptedEngine engine;
  Tray() {
    test::fillLobby(engine);
    engine.setRelays({test::relay(engine::RelayState::Connected)});
  }
};

TEST_F(Tray, theOneWhoDrawsMayComeLaterAndEndBeforeTheListDoes) {
  TrayHost host(false);
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.tray()->isSettled(); }));
  EXPECT_FALSE(app.tray()->there());
  host.setHost(true);
  EXPECT_TRUE(waitUntil([&] { return app.tray()->there(); })) << "the desktop came up after Foyer";
  host.setHost(false);
  EXPECT_TRUE(waitUntil([&] { return !app.tray()->there(); })) << "nothing leads back to a window";
}

TEST_F(Tray, theSymbolSaysInWordsHowThingsAre) {
  TrayHost host;
  AppPresenter app(engine);
  EXPECT_FALSE(app.tray()->there());
  app.startDesktop(false);
  ASSERT_TRUE(host.waitForSymbol());
  ASSERT_TRUE(waitUntil([&] { return app.tray()->there(); }));
  EXPECT_EQ(host.property("Id").toString(), "foyer");
  EXPECT_EQ(host.property("Title").toString(), "Foyer: Available");
  EXPECT_EQ(host.property("Status").toString(), "Active");
  const auto pictures = qdbus_cast<TrayPictures>(host.property("IconPixmap"));
  ASSERT_FALSE(pictures.isEmpty());
  EXPECT_EQ(pictures[0].pixels.size(), pictures[0].width * pictures[0].height * 4);
  EXPECT_GT(pictures[0].pixels.count('\xff'), 0) << "something is drawn";
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  EXPECT_EQ(host.property("Title").toString(), "Foyer: Chiara Rossi is calling");
  EXPECT_EQ(host.property("Status").toString(), "NeedsAttention");
  auto call = test::activeCall(engine.personViews[1]);
  call.muted = true;
  engine.setCalls({call});
  EXPECT_EQ(qdbus_cast<TrayHint>(host.property("ToolTip")).text,
            "In a call with Chiara Rossi, muted");
}

TEST_F(Tray, theSymbolShowsACallAndWhoWaits) {
  TrayHost host;
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(host.waitForSymbol());
  ASSERT_TRUE(waitUntil([&] { return app.tray()->there(); }));
  const auto drawn = [&] {
    return qdbus_cast<TrayPictures>(host.property("IconPixmap"))[0].pixels;
  };
  int redrawn = 0;
  QObject::connect(app.tray(), &TrayPresenter::picturesChanged, [&] { ++redrawn; });
  std::set<QByteArray> all{drawn()};
  auto call = test::activeCall(engine.personViews[1]);
  engine.setCalls({call});
  all.insert(drawn());
  call.muted = true;
  engine.setCalls({call});
  all.insert(drawn());
  call.stats.rttMs = 77;
  engine.setCalls({call});
  EXPECT_EQ(redrawn, 2) << "only what is drawn differently is drawn anew";
  engine.setCalls(
      {test::callWith(engine.personViews[1], CallState::Ringing, CallDirection::Incoming)});
  all.insert(drawn());
  EXPECT_EQ(all.size(), 4U);
  engine.setCalls({});
  EXPECT_EQ(all.count(drawn()), 1U);
}

TEST_F(Tray, itsMenuDoesWhatTheWindowDoes) {
  TrayHost host;
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.tray()->there(); }));
  MenuNode menu = host.menu();
  ASSERT_EQ(menu.children.size(), 5);
  EXPECT_EQ(labelOf(menu, TrayPresenter::Open), "Open Foyer");
  EXPECT_FALSE(menu.children[2].properties["enabled"].toBool()) << "no call, nothing to mute";
  host.click(TrayPresenter::DoNotDisturb);
  EXPECT_EQ(engine.settings["do_not_disturb"], "on");
  EXPECT_EQ(host.menu().children[1].properties["toggle-state"].toInt(), 1);
  engine.setCalls({test::activeCall(engine.personViews[1])});
  engine.log.clear();
  host.click(TrayPresenter::Mute);
  EXPECT_EQ(engine.log, QStringList{"mute on"});
  QSignalSpy opened(app.tray(), &TrayPresenter::windowWanted);
  QSignalSpy quits(app.tray(), &TrayPresenter::quitWanted);
  host.click(TrayPresenter::Open);
  host.ask(kTrayItemPath, "org.kde.StatusNotifierItem", "Activate", {3, 4});
  host.click(TrayPresenter::Quit);
  host.click(77);
  EXPECT_EQ(opened.size(), 2);
  EXPECT_EQ(quits.size(), 1);
}

TEST_F(Tray, closingTheWindowAsksOnceAndOnlyWhereThereIsATray) {
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.tray()->isSettled(); }));
  EXPECT_EQ(app.tray()->closing(), TrayPresenter::Quits) << "no tray, no way back";
  engine.settings["close_to_tray"] = "on";
  EXPECT_EQ(app.tray()->closing(), TrayPresenter::Quits) << "whatever was chosen elsewhere";
  engine.settings["close_to_tray"] = "";
  {
    TrayHost host;  // begins later than Foyer
    ASSERT_TRUE(waitUntil([&] { return app.tray()->there(); }));
    EXPECT_EQ(app.tray()->closing(), TrayPresenter::Asks);
    app.tray()->chooseClosing(true);
    EXPECT_EQ(app.tray()->closing(), TrayPresenter::Hides);
    app.tray()->chooseClosing(false);
    EXPECT_EQ(app.tray()->closing(), TrayPresenter::Quits);
    app.tray()->chooseClosing(true);
  }
  ASSERT_TRUE(waitUntil([&] { return !app.tray()->there(); })) << "the tray went";
  EXPECT_EQ(app.tray()->closing(), TrayPresenter::Quits);
}

TEST_F(Tray, aListThatNobodyDrawsIsNoTrayAndOffIsOff) {
  {
    TrayHost host(false);
    AppPresenter app(engine);
    app.startDesktop(false);
    ASSERT_TRUE(waitUntil([&] { return app.tray()->isSettled(); }));
    EXPECT_FALSE(app.tray()->there());
  }
  engine.settings["tray"] = "off";
  TrayHost host;
  AppPresenter app(engine);
  app.startDesktop(false);
  ASSERT_TRUE(waitUntil([&] { return app.tray()->isSettled(); }));
  EXPECT_FALSE(app.tray()->there());
  engine.setSetting("tray", "");
  EXPECT_TRUE(waitUntil([&] { return app.tray()->there(); })) << "switched on, it comes at once";
  engine.setSetting("tray", "off");
  EXPECT_FALSE(app.tray()->there());
}

// ---- starting with the session

// What the desktops' own judge says of a file; empty: nothing is wrong with it.
QString judgedBy(const QString& path) {
  QProcess judge;
  judge.setProcessChannelMode(QProcess::MergedChannels);
  judge.start(QStringLiteral("desktop-file-validate"), {path});
  if (!judge.waitForFinished())
    return QStringLiteral("desktop-file-validate: ") + judge.errorString();
  const QString said = QString::fromUtf8(judge.readAll());
  return judge.exitCode() == 0 || !said.isEmpty() ? said : QStringLiteral("refused without a word");
}

TEST(StartingWithTheSession, theFileIsOneThatDesktopsRead) {
  const QTemporaryDir config;
  const QByteArray before = qgetenv("XDG_CONFIG_HOME");
  qputenv("XDG_CONFIG_HOME", config.path().toUtf8());
  // Whatever a folder may be called.
  for (const char* folder : {"", "/tmp/plain", "/tmp/a \"b\" $c `d` 100% \\e; f", "/tmp/Übung"}) {
    test::ScriptedEngine engine;
    Autostart autostart(engine, QString::fromUtf8(folder));
    engine.setSetting("autostart", "on");
    EXPECT_EQ(judgedBy(autostart.file()), "") << folder;
  }
  // It does judge.
  const QString path = config.filePath("autostart/another.desktop");
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::WriteOnly));
  file.write("[Desktop Entry]\nType=Application\nExec=foyer\n");
  file.close();
  EXPECT_NE(judgedBy(path), "");
  before.isNull() ? qunsetenv("XDG_CONFIG_HOME") : qputenv("XDG_CONFIG_HOME", before);
}

TEST(StartingWithTheSession, writesAndRemovesTheFileOfTheSpecification) {
  const QTemporaryDir config;
  const QByteArray before = qgetenv("XDG_CONFIG_HOME");
  qputenv("XDG_CONFIG_HOME", config.path().toUtf8());
  test::ScriptedEngine engine;
  Autostart autostart(engine, QStringLiteral("/tmp/a \"b\" $c"));
  QSignalSpy failed(&autostart, &Autostart::failed);
  const QString path = autostart.file();
  EXPECT_TRUE(path.startsWith(config.path()));
  EXPECT_EQ(Autostart(engine, {}).file(), config.filePath("autostart/foyer.desktop"));
  EXPECT_NE(Autostart(engine, "/tmp/another").file(), path) << "each profile has its own";
  engine.setSetting("autostart", "on");
  QFile file(path);
  ASSERT_TRUE(file.open(QIODevice::ReadOnly));
  const QByteArray text = file.readAll();
  EXPECT_TRUE(text.startsWith("[Desktop Entry]\n"));
  EXPECT_TRUE(text.contains("desktop_tests\" --hidden --data-dir "));
  EXPECT_TRUE(text.contains(R"("/tmp/a \\"b\\" \\$c")")) << text.constData();
  engine.setSetting("autostart", "");
  EXPECT_FALSE(QFile::exists(path));
  // Taken away with the desktop's own settings: what is shown follows.
  engine.setSetting("autostart", "on");
  ASSERT_TRUE(QFile::remove(path));
  emit engine.identityChanged();
  EXPECT_EQ(engine.settings["autostart"], "");
  // Switched off there, as some desktops do it: in the file.
  for (const char* off : {"Hidden=true\n", "X-GNOME-Autostart-enabled=false\n"}) {
    engine.setSetting("autostart", "on");
    ASSERT_TRUE(QFile::exists(path));
    QFile edited(path);
    ASSERT_TRUE(edited.open(QIODevice::Append));
    edited.write(off);
    edited.close();
    emit engine.identityChanged();
    EXPECT_EQ(engine.settings["autostart"], "") << off;
  }
  EXPECT_EQ(failed.size(), 0);
  // A folder that cannot be written.
  qputenv("XDG_CONFIG_HOME", "/proc/nowhere");
  engine.setSetting("autostart", "on");
  EXPECT_EQ(failed.size(), 1);
  EXPECT_EQ(engine.settings["autostart"], "") << "it would claim what is not so";
  before.isNull() ? qunsetenv("XDG_CONFIG_HOME") : qputenv("XDG_CONFIG_HOME", before);
}

}  // namespace
}  // namespace foyer::app
