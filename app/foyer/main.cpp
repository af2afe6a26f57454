#include "app/foyer/program.h"

int main(int argc, char** argv) {
  return foyer::app::runProgram(argc, argv, foyer::app::makeEngine);
}
