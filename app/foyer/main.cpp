#include <cstdio>
#include <cstdlib>

#include "app/foyer/program.h"
#include "core/engine/tones.h"

int main(int argc, char** argv) {
  const int code = foyer::app::runProgram(argc, argv, foyer::app::makeEngine);
  if (!foyer::engine::Tones::areLeftBehind()) return code;
  // Everything is stored and closed. A thread that hangs in the sound library would fall over what
  // exit() destroys.
  std::fflush(nullptr);
  std::_Exit(code);
}
