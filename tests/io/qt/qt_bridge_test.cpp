// Crosses into Qt's event loop; label `qt`, because stock Qt is not instrumented for the thread
// sanitizer.
#include "core/io/qt_bridge.h"

#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QElapsedTimer>
#include <cstdint>
#include <thread>

namespace foyer::io {
namespace {

class QtBridge : public testing::Test {
 protected:
  static bool spinUntil(const std::function<bool()>& done) {
    QElapsedTimer timer;
    timer.start();
    while (!done() && timer.elapsed() < 10'000) {
      QCoreApplication::processEvents(QEventLoop::AllEvents, 10);
    }
    return done();
  }
};

TEST_F(QtBridge, valuesOfAPlainThreadArriveInOrderInTheQtThread) {
  std::vector<int> got;
  const auto home = std::this_thread::get_id();
  QtInbox<int> inbox(100'000, [&](int&& v) {
    EXPECT_EQ(std::this_thread::get_id(), home);
    got.push_back(v);
  });
  const auto producer = inbox.open();
  std::thread plain([producer] {
    for (int i = 0; i < 50'000; ++i) EXPECT_TRUE(producer.push(i));
  });
  EXPECT_TRUE(spinUntil([&] { return got.size() == 50'000; }));
  plain.join();
  for (int i = 0; i < 50'000; ++i) ASSERT_EQ(got[static_cast<std::size_t>(i)], i);
}

TEST_F(QtBridge, overflowIsCountedAndToldAfterWhatFitted) {
  std::vector<int> got;
  std::uint64_t lost = 0;
  QtInbox<int> inbox(
      3, [&](int&& v) { got.push_back(v); },
      [&](std::uint64_t n) {
        EXPECT_EQ(got.size(), 3u);
        lost += n;
      });
  const auto producer = inbox.open();
  for (int i = 0; i < 10; ++i) EXPECT_EQ(producer.push(i), i < 3);
  EXPECT_TRUE(spinUntil([&] { return lost > 0; }));
  EXPECT_EQ(got, (std::vector<int>{0, 1, 2}));
  EXPECT_EQ(lost, 7u);
  EXPECT_EQ(inbox.lostInTotal(), 7u);
}

TEST_F(QtBridge, nothingOfAnOldGenerationIsHeardAfterClose) {
  std::vector<int> got;
  QtInbox<int> inbox(10, [&](int&& v) { got.push_back(v); });
  const auto old = inbox.open();
  EXPECT_TRUE(old.push(1));
  inbox.close();
  EXPECT_FALSE(old.push(2));
  const auto fresh = inbox.open();
  EXPECT_FALSE(old.push(3));
  EXPECT_FALSE(old.isOpen());
  EXPECT_TRUE(fresh.push(4));
  EXPECT_TRUE(spinUntil([&] { return !got.empty(); }));
  QCoreApplication::processEvents();
  EXPECT_EQ(got, std::vector<int>{4});
}

TEST_F(QtBridge, closingInsideDeliverEndsTheBatch) {
  std::vector<int> got;
  QtInbox<int>* self = nullptr;
  QtInbox<int> inbox(10, [&](int&& v) {
    got.push_back(v);
    self->close();
  });
  self = &inbox;
  const auto producer = inbox.open();
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(producer.push(i));
  EXPECT_TRUE(spinUntil([&] { return !got.empty(); }));
  EXPECT_EQ(got, std::vector<int>{0});
}

TEST_F(QtBridge, aProducerMayOutliveTheInbox) {
  QtInbox<int>::Producer producer;
  EXPECT_FALSE(producer.push(0));
  {
    QtInbox<int> inbox(10, [](int&&) { FAIL(); });
    producer = inbox.open();
    EXPECT_TRUE(producer.push(1));
  }
  EXPECT_FALSE(producer.push(2));
  QCoreApplication::processEvents();
}

}  // namespace
}  // namespace foyer::io

int main(int argc, char** argv) {
  QCoreApplication app(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
