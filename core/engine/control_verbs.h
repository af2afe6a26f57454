// The verbs of the control socket, stable from version 1 on: what each does with the engine and the
// JSON it answers (fields are listed in docs/control.md; a value not known yet is null, never left
// out). Qt thread.
#pragma once

#include <functional>
#include <string>

#include "core/engine/control_socket.h"
#include "core/engine/engine.h"

namespace foyer::engine {

class ControlVerbs {
 public:
  // What happened and what to do, as the window would say it.
  using Sentence = std::function<std::string(const Fault&)>;
  explicit ControlVerbs(Engine& engine, Sentence sentence = {})
      : m_engine(engine), m_sentence(std::move(sentence)) {}
  void handle(const ControlRequest& request, ControlReply reply);

 private:
  void status(const ControlReply& reply);
  void stats(const ControlRequest& request, const ControlReply& reply);
  void qualityVerb(const ControlRequest& request, const ControlReply& reply);
  void callVerb(const ControlRequest& request, const ControlReply& reply);
  void relayVerb(const ControlRequest& request, const ControlReply& reply);
  void joinedRelayVerb(const ControlRequest& request, const ControlReply& reply);
  void hostingVerb(const ControlRequest& request, const ControlReply& reply);
  void identityVerb(const ControlRequest& request, const ControlReply& reply);
  void turnVerb(const ControlRequest& request, const ControlReply& reply);
  void networkVerb(const ControlRequest& request, const ControlReply& reply);
  void contactVerb(const ControlRequest& request, const ControlReply& reply);
  void contactFileVerb(const ControlRequest& request, const ControlReply& reply);
  void historyVerb(const ControlRequest& request, const ControlReply& reply);
  void diagnosticsVerb(const ControlRequest& request, const ControlReply& reply);
  void settingVerb(const ControlRequest& request, const ControlReply& reply);
  void exportRecord(const ControlRequest& request, const ControlReply& reply);
  void exportBundle(const std::string& path, const ControlReply& reply);

  Engine& m_engine;
  Sentence m_sentence;
};

}  // namespace foyer::engine
