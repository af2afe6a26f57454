// The program with an engine that only shows: for the start-up time of the window itself, e.g.
//   foyer_shell --screenshot /tmp/first.png
#include "app/foyer/program.h"
#include "tests/support/scripted_scenes.h"

int main(int argc, char** argv) {
  return foyer::app::runProgram(argc, argv, [](const foyer::app::ProgramOptions&) {
    auto engine = std::make_unique<foyer::test::ScriptedEngine>();
    foyer::test::fillLobby(*engine);
    return foyer::app::MadeEngine{.engine = std::move(engine)};
  });
}
