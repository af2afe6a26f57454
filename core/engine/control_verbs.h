// The verbs of the control socket, stable from version 1 on: what each does with the engine and the
// JSON it answers (fields are listed in docs/control.md; a value not known yet is null, never left
// out). Qt thread.
#pragma once

#include "core/engine/control_socket.h"
#include "core/engine/engine.h"

namespace foyer::engine {

class ControlVerbs {
 public:
  explicit ControlVerbs(Engine& engine) : m_engine(engine) {}
  void handle(const ControlRequest& request, ControlReply reply);

 private:
  void status(const ControlReply& reply);
  void stats(const ControlRequest& request, const ControlReply& reply);
  void qualityVerb(const ControlRequest& request, const ControlReply& reply);
  void callVerb(const ControlRequest& request, const ControlReply& reply);
  void relayVerb(const ControlRequest& request, const ControlReply& reply);
  void identityVerb(const ControlRequest& request, const ControlReply& reply);
  void turnVerb(const ControlRequest& request, const ControlReply& reply);
  void networkVerb(const ControlRequest& request, const ControlReply& reply);
  void settingVerb(const ControlRequest& request, const ControlReply& reply);
  void exportRecord(const ControlRequest& request, const ControlReply& reply);
  void exportBundle(const std::string& path, const ControlReply& reply);

  Engine& m_engine;
};

}  // namespace foyer::engine
