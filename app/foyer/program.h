// The whole run of the program, given how to make an engine: command line, one instance per
// profile, renderer, window, first frame, engine. main() calls it with the real engine, the
// start-up bench with a scripted one.
#pragma once

#include <functional>

#include "app/foyer/engine_factory.h"

namespace foyer::app {

using EngineFactory = std::function<MadeEngine(const ProgramOptions&)>;

// Returns the exit code.
int runProgram(int& argc, char** argv, const EngineFactory& makeEngine);

}  // namespace foyer::app
