// Choosing a file in the desktop's dialog: over a stand-in for its portal on a bus of the test's
// own.
#include <gtest/gtest.h>

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QQuickItem>
#include <QQuickWindow>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <optional>

#include "app/foyer/app_presenter.h"
#include "tests/desktop/private_desktop.h"
#include "tests/support/scripted_scenes.h"

namespace foyer::app {
namespace {

using test::StandIn;
using test::waitUntil;

const auto kPortal = QStringLiteral("org.freedesktop.portal.Desktop");
const auto kPath = QStringLiteral("/org/freedesktop/portal/desktop");
constexpr uint kYes = 0, kCancelled = 1, kEnded = 2;

// The portal as its specification has it, with a person who answers when the test says so.
class Chooser {
 public:
  bool hasFiles = true;    // the desktop has such dialogs
  bool isRefused = false;  // the question itself
  QDBusMessage asked;
  QVariantMap options;

  Chooser()
      : m_service(kPortal, kPath, [this](const QDBusMessage& call) { return answer(call); }) {}
  [[nodiscard]] StandIn& service() { return m_service; }
  [[nodiscard]] int questions() const {
    return m_service.countOf(QStringLiteral("OpenFile")) +
           m_service.countOf(QStringLiteral("SaveFile"));
  }
  void respond(uint response, const QStringList& uris = {}) {
    QVariantMap results;
    if (response == kYes) results[QStringLiteral("uris")] = uris;
    m_service.tell(m_request, QStringLiteral("org.freedesktop.portal.Request"),
                   QStringLiteral("Response"), {response, results});
  }

 private:
  QDBusMessage answer(const QDBusMessage& call) {
    if (call.member() == QLatin1String("Get")) {
      const bool isOurs =
          call.arguments() ==
          QVariantList{QStringLiteral("org.freedesktop.portal.FileChooser"), "version"};
      if (!isOurs || !hasFiles)
        return call.createErrorReply(QDBusError::UnknownInterface, QStringLiteral("no such thing"));
      return call.createReply(QVariant::fromValue(QDBusVariant(uint{4})));
    }
    if (call.member() != QLatin1String("OpenFile") && call.member() != QLatin1String("SaveFile"))
      return call.createReply();
    if (isRefused) return call.createErrorReply(QDBusError::Failed, QStringLiteral("no backend"));
    asked = call;
    options = qdbus_cast<QVariantMap>(call.arguments().constLast());
    QString sender = call.service().mid(1);
    sender.replace(u'.', u'_');
    m_request = QStringLiteral("/org/freedesktop/portal/desktop/request/%1/%2")
                    .arg(sender, options.value("handle_token").toString());
    return call.createReply(QVariant::fromValue(QDBusObjectPath(m_request)));
  }

  QString m_request;
  StandIn m_service;
};

struct FilesOfTheDesktop : testing::Test {
  std::optional<Chooser> portal{std::in_place};
  FilePortal files;
  std::unique_ptr<QQuickItem> button = std::make_unique<QQuickItem>();
  QSignalSpy chosen{&files, &FilePortal::chosen};
  QSignalSpy refused{&files, &FilePortal::refused};

  void start(bool hasX11 = false) {
    files.start(hasX11);
    ASSERT_TRUE(waitUntil([&] { return files.available(); }));
  }
  void open(const QString& typed = {}) {
    files.open(button.get(), FilePortal::Backup, QStringLiteral("Choose the backup file"), typed);
  }
  // The dialog stands on the screen.
  void isAsked(int times = 1) {
    ASSERT_TRUE(waitUntil([&] { return portal->questions() == times; }));
  }
  // Everything that was on its way has arrived: a later question and its answer have passed it.
  void settle() {
    QQuickItem later;
    QSignalSpy said(&files, &FilePortal::chosen);
    const int before = portal->questions();
    files.save(&later, QStringLiteral("later"), {});
    ASSERT_TRUE(waitUntil([&] { return portal->questions() == before + 1; }));
    portal->respond(kYes, {QStringLiteral("file:///later")});
    ASSERT_TRUE(waitUntil([&] { return said.size() == 1; }));
    chosen.removeLast();
  }
  [[nodiscard]] QString chosenPath() {
    EXPECT_TRUE(waitUntil([&] { return !chosen.isEmpty(); }));
    if (chosen.isEmpty()) return {};
    EXPECT_EQ(chosen[0][0].value<QQuickItem*>(), button.get());
    return chosen[0][1].toString();
  }
  [[nodiscard]] QString sentence() {
    EXPECT_TRUE(waitUntil([&] { return !refused.isEmpty(); }));
    return refused.isEmpty() ? QString() : refused[0][1].toString();
  }
};

// ---- asked after the first frame

TEST_F(FilesOfTheDesktop, theWindowAsksOnceWhetherThereAreDialogs) {
  test::ScriptedEngine engine;
  test::fillLobby(engine);
  AppPresenter app(engine);
  EXPECT_FALSE(app.files()->available());
  app.startDesktop(false);
  EXPECT_TRUE(waitUntil([&] { return app.files()->available(); }));
}

TEST_F(FilesOfTheDesktop, aPortalWithoutFilesIsNotOffered) {
  portal->hasFiles = false;
  files.start(false);
  ASSERT_TRUE(waitUntil([&] { return portal->service().countOf("Get") == 1; }));
  EXPECT_FALSE(waitUntil([&] { return files.available(); }, 200));
}

TEST_F(FilesOfTheDesktop, aDesktopWithoutAPortalOffersNothing) {
  portal.reset();
  QSignalSpy changed(&files, &FilePortal::changed);
  files.start(false);
  EXPECT_FALSE(waitUntil([&] { return files.available(); }, 200));
  EXPECT_TRUE(changed.isEmpty());
}

// ---- what is asked, and what is taken

TEST_F(FilesOfTheDesktop, aFileToOpenIsAskedForWithItsKindAndItsFolder) {
  start();
  QTemporaryDir folder;
  open(folder.filePath(QStringLiteral("old.foyer-backup")));
  isAsked();
  EXPECT_EQ(portal->asked.member(), "OpenFile");
  EXPECT_EQ(portal->asked.interface(), "org.freedesktop.portal.FileChooser");
  EXPECT_EQ(portal->asked.signature(), "ssa{sv}");
  EXPECT_EQ(portal->asked.arguments()[0].toString(), "") << "no X11 window";
  EXPECT_EQ(portal->asked.arguments()[1].toString(), "Choose the backup file");
  EXPECT_EQ(portal->options["accept_label"].toString(), "Choose");
  EXPECT_EQ(portal->options["current_folder"].toByteArray(),
            folder.path().toUtf8() + QByteArray(1, '\0'));
  const auto filters = portal->options["filters"].value<QDBusArgument>();
  EXPECT_EQ(filters.currentSignature(), "a(sa(us))");
  portal->respond(kYes, {QStringLiteral("file:///home/naledi/my%20key%23.foyer-backup")});
  EXPECT_EQ(chosenPath(), "/home/naledi/my key#.foyer-backup");
  EXPECT_TRUE(refused.isEmpty());
}

TEST_F(FilesOfTheDesktop, aPlaceToSaveIsAskedForWithTheNameOfTheField) {
  start();
  QTemporaryDir folder;
  files.save(button.get(), QStringLiteral("Choose where to save the report"),
             folder.filePath(QStringLiteral("report.json")));
  isAsked();
  EXPECT_EQ(portal->asked.member(), "SaveFile");
  EXPECT_EQ(portal->options["current_name"].toString(), "report.json");
  EXPECT_EQ(portal->options["current_folder"].toByteArray(),
            folder.path().toUtf8() + QByteArray(1, '\0'));
  portal->respond(kYes, {QUrl::fromLocalFile(folder.filePath("other.json")).toString()});
  EXPECT_EQ(chosenPath(), folder.filePath("other.json"));
}

TEST_F(FilesOfTheDesktop, aFolderThatIsNotThereIsNotNamed) {
  start();
  files.save(button.get(), QStringLiteral("Save"), QStringLiteral("/no/such/folder/a.json"));
  isAsked();
  EXPECT_FALSE(portal->options.contains("current_folder"));
  EXPECT_EQ(portal->options["current_name"].toString(), "a.json");
}

TEST_F(FilesOfTheDesktop, onX11TheDialogIsToldItsWindow) {
  QQuickWindow window;
  button->setParentItem(window.contentItem());
  start(true);
  open();
  isAsked();
  EXPECT_EQ(portal->asked.arguments()[0].toString(), "x11:" + QString::number(window.winId(), 16));
  button.reset();
}

TEST_F(FilesOfTheDesktop, whoCancelsIsToldNothingAndMayAskAgain) {
  start();
  open();
  isAsked();
  portal->respond(kCancelled);
  // Until the answer has come no other question is asked.
  EXPECT_TRUE(waitUntil([&] {
    open();
    return portal->questions() == 2;
  }));
  EXPECT_TRUE(chosen.isEmpty());
  EXPECT_TRUE(refused.isEmpty());
}

TEST_F(FilesOfTheDesktop, aDialogThatTheDesktopEndsIsSaid) {
  start();
  open();
  isAsked();
  portal->respond(kEnded);
  EXPECT_TRUE(sentence().contains("ended the dialog"));
}

TEST_F(FilesOfTheDesktop, aQuestionThatIsNotTakenIsSaid) {
  start();
  portal->isRefused = true;
  open();
  EXPECT_TRUE(sentence().contains("showed no dialog"));
  EXPECT_TRUE(test::waitUntil([&] {
    return portal->service().countOf(QStringLiteral("Close")) == 1;
  })) << "one that was only slow would ask for nobody";
  portal->isRefused = false;
  open();
  isAsked(2);
}

TEST_F(FilesOfTheDesktop, whatIsNotOnThisComputerIsNotTaken) {
  start();
  int asked = 0;
  for (const char* uri : {"sftp://nas/key.foyer-backup", "file://nas/share/key",
                          "http://example.org/a", "file:relative", "/no/uri"}) {
    refused.clear();
    open();
    isAsked(++asked);
    portal->respond(kYes, {QString::fromLatin1(uri)});
    EXPECT_TRUE(sentence().contains("only uses files on this computer")) << uri;
  }
  EXPECT_TRUE(chosen.isEmpty());
}

// ---- one question at a time

TEST_F(FilesOfTheDesktop, aSecondPressBringsNoSecondDialog) {
  start();
  QQuickItem another;
  open();
  open();
  files.save(&another, QStringLiteral("Save"), {});
  isAsked();
  portal->respond(kYes, {QStringLiteral("file:///tmp/a")});
  EXPECT_EQ(chosenPath(), "/tmp/a");
  settle();
  EXPECT_EQ(portal->questions(), 2) << "its own, and the one of settle()";
  EXPECT_EQ(chosen.size(), 1);
}

TEST_F(FilesOfTheDesktop, aPageThatIsGoneTakesItsDialogAlongAndHearsNothing) {
  start();
  open();
  isAsked();
  button.reset();
  EXPECT_TRUE(waitUntil([&] { return portal->service().countOf("Close") == 1; }));
  portal->respond(kYes, {QStringLiteral("file:///tmp/late")});
  settle();
  EXPECT_TRUE(chosen.isEmpty());
  EXPECT_TRUE(refused.isEmpty());
}

TEST_F(FilesOfTheDesktop, aPageThatIsHiddenTakesItsDialogAlong) {
  start();
  open();
  isAsked();
  button->setVisible(false);
  EXPECT_TRUE(waitUntil([&] { return portal->service().countOf("Close") == 1; }));
  portal->respond(kYes, {QStringLiteral("file:///tmp/late")});
  settle();
  EXPECT_TRUE(chosen.isEmpty());
}

TEST_F(FilesOfTheDesktop, aPortalThatDiesEndsTheQuestion) {
  start();
  open();
  isAsked();
  portal.reset();
  EXPECT_TRUE(sentence().contains("went away"));
  portal.emplace();
  open();
  isAsked();
  portal->respond(kYes, {QStringLiteral("file:///tmp/again")});
  EXPECT_EQ(chosenPath(), "/tmp/again");
}

}  // namespace
}  // namespace foyer::app
