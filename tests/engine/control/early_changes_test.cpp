// What is changed while the profile is still being read: a real profile, read by the store's
// thread.
#include <gtest/gtest.h>

#include <QCoreApplication>
#include <QSignalSpy>
#include <QTemporaryDir>

#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

// The engine of one start of the program, up to where its profile is read.
void withEngine(const QTemporaryDir& dir, const std::function<void(Engine&)>& early,
                const std::function<void(Engine&)>& loaded) {
  EngineOptions options;
  options.dataDir = dir.path().toStdString();
  options.isHeadless = true;
  options.watchesDevices = false;
  options.discovers = false;
  Engine engine(std::move(options));
  QSignalSpy ready(&engine, &Engine::ready);
  engine.start();
  early(engine);
  ASSERT_TRUE(ready.count() > 0 || ready.wait(10000));
  loaded(engine);
}

TEST(EarlyChanges, areNotUndoneByTheProfileThatWasBeingRead) {
  static int argc = 1;
  static char name[] = "early_changes";
  static char* argv[] = {name, nullptr};
  const QCoreApplication app(argc, argv);
  const QTemporaryDir dir;
  const auto nothing = [](Engine&) {};
  withEngine(dir, nothing, [](Engine& engine) {
    engine.setAlias("Ada");
    engine.setSetting("theme", "light");
    engine.setSetting("motion", "reduced");
  });
  const auto isChanged = [](Engine& engine) {
    EXPECT_EQ(engine.identity().alias, "Ben Otieno");
    EXPECT_EQ(engine.setting("theme"), "dark");
    EXPECT_EQ(engine.setting("motion"), "") << "what was taken back stays away";
  };
  withEngine(
      dir,
      [](Engine& engine) {
        engine.setAlias("Ben Otieno");
        engine.setSetting("theme", "dark");
        engine.setSetting("motion", "");
      },
      isChanged);
  withEngine(dir, nothing, isChanged);
}

}  // namespace
}  // namespace foyer::engine
