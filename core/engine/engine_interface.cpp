// The meta object stands in an object file of its own, so that the window and its tests can link
// the interface (foyer_engine_interface) without the engine behind it.
#include "core/engine/engine_interface.h"

#include "moc_engine_interface.cpp"
