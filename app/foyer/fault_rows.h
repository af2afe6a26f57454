// The rows of error_text.h: the sentence of one fault. Those about ways through networks (TURN,
// TCP, the router) have a table of their own. Values, any thread.
#pragma once

#include <span>
#include <string_view>

#include "core/base/fault.h"

namespace foyer::app {

struct FaultRow {
  std::string_view stage, code;
  const char* title;   // both marked for translation in the context ErrorText
  const char* advice;  // whole sentences
};

[[nodiscard]] std::span<const FaultRow> connectionFaultRows();
// About contacts and files of them.
[[nodiscard]] std::span<const FaultRow> contactFaultRows();
// About pictures of codes.
[[nodiscard]] std::span<const FaultRow> pictureFaultRows();
// Null: no row of that table. The stages of a TURN allocation share their rows.
[[nodiscard]] const FaultRow* connectionFault(const Fault& fault);

}  // namespace foyer::app
