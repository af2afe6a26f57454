// Faults and end reasons become sentences here and nowhere else: what happened, and what the person
// can do. Unknown codes name their stage and code (B-03), so that a report still says something.
// Value functions, any thread.
#pragma once

#include <QString>
#include <string>
#include <vector>

#include "core/base/fault.h"
#include "core/engine/views.h"

namespace foyer::app {

struct FaultText {
  QString title;   // what happened, no full stop
  QString advice;  // what to do, whole sentences

  [[nodiscard]] QString sentence() const { return title + QStringLiteral(". ") + advice; }
  bool operator==(const FaultText&) const = default;
};

[[nodiscard]] FaultText textOf(const Fault& fault);

struct KnownFault {
  std::string stage, code;
};
// Every stage and code with a sentence of its own; the rooms' codes are tested against it.
[[nodiscard]] std::vector<KnownFault> knownFaults();

struct EndText {
  QString title;           // "No answer"
  QString advice;          // one sentence, may be empty
  bool isTrouble = false;  // stays on the screen until the person has read it
  bool canCallAgain = false;

  bool operator==(const EndText&) const = default;
};

// None only while a call has not ended; it reads as an ordinary end.
[[nodiscard]] EndText textOf(engine::EndReason reason, const QString& name);

// AudioView::notice; empty for an empty or unknown code.
[[nodiscard]] QString audioNoticeText(const std::string& code);

}  // namespace foyer::app
