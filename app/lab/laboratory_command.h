// `foyer-lab up`, `down` and `in`: the laboratory with real programs in network namespaces. It is a
// program in Python that lies beside this one (share/foyer/lab); this only hands over to it.
#pragma once

#include "core/base/fault.h"

namespace foyer::lab {

// Replaces this process; returns only when that fails. `argv[1]` is the verb.
[[nodiscard]] Fault runLaboratory(int argc, char** argv);

}  // namespace foyer::lab
