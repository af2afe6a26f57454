// One window per profile: who starts second, and who was there first.
#include "app/foyer/single_instance.h"

#include <gtest/gtest.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QLocalServer>
#include <QLocalSocket>
#include <QSignalSpy>
#include <QThread>
#include <cstring>
#include <memory>

namespace foyer::app {
namespace {

TEST(SingleInstance, whoIsThereAndSilentKeepsItsPlace) {
  SingleInstance late(QStringLiteral("/tmp/foyer-test-silent"));
  QLocalServer busy;  // reads its screens
  ASSERT_TRUE(busy.listen(late.path())) << busy.errorString().toStdString();
  late.setPatience(1);
  EXPECT_TRUE(late.claim({})) << "the profile's lock decides";
  QLocalSocket third;
  third.connectToServer(late.path());
  EXPECT_TRUE(third.waitForConnected(5000)) << "the first one can still be found";
  EXPECT_TRUE(QFileInfo(late.path()).dir() != QDir::temp()) << "where anybody may be first";
}

TEST(SingleInstance, whatADeadProgramLeftIsTakenOver) {
  const SingleInstance names(QStringLiteral("/tmp/foyer-test-dead"));
  const int listening = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const QByteArray path = names.path().toUtf8();
  ASSERT_LT(path.size(), static_cast<qsizetype>(sizeof(address.sun_path)));
  std::memcpy(address.sun_path, path.constData(), static_cast<std::size_t>(path.size()));
  ASSERT_EQ(::bind(listening, reinterpret_cast<sockaddr*>(&address), sizeof(address)), 0);
  ::close(listening);
  SingleInstance next(QStringLiteral("/tmp/foyer-test-dead"));
  EXPECT_TRUE(next.claim({}));
  QLocalSocket third;
  third.connectToServer(next.path());
  EXPECT_TRUE(third.waitForConnected(5000));
}

TEST(SingleInstance, theSecondStartHandsItsLinksToTheFirst) {
  const QString profile =
      QStringLiteral("/tmp/foyer-test-%1").arg(QCoreApplication::applicationPid());
  SingleInstance first(profile);
  EXPECT_TRUE(first.claim({}));
  QSignalSpy asked(&first, &SingleInstance::asked);
  // The answer comes from this very thread, so the second one asks from another.
  bool isOnly = true;
  std::unique_ptr<QThread> other(QThread::create([&] {
    SingleInstance second(profile);
    isOnly = second.claim({"foyer://relay/h:1#aa"});
  }));
  other->start();
  ASSERT_TRUE(asked.wait(5000));
  other->wait();
  EXPECT_FALSE(isOnly);
  EXPECT_EQ(asked[0][0].toStringList(), QStringList{"foyer://relay/h:1#aa"});
}

}  // namespace
}  // namespace foyer::app
