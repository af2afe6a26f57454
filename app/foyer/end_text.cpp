// Why a call ended and what the sound devices did by themselves, as sentences; the rest of
// error_text.h.
#include <QCoreApplication>

#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

struct ErrorText {
  Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

}  // namespace

EndText textOf(engine::EndReason reason, const QString& name) {
  using engine::EndReason;
  switch (reason) {
    case EndReason::None:
    case EndReason::LocalHangup:
      return {ErrorText::tr("Call ended"), {}};
    case EndReason::RemoteHangup:
      return {ErrorText::tr("%1 ended the call").arg(name), {}};
    case EndReason::Declined:
      return {ErrorText::tr("%1 declined").arg(name),
              ErrorText::tr("They saw your call and cannot take it now."), true, true};
    case EndReason::Busy:
      return {ErrorText::tr("%1 is in another call").arg(name),
              ErrorText::tr("The list shows when they are free again."), true, true};
    case EndReason::NoAnswer:
      return {ErrorText::tr("No answer"),
              ErrorText::tr("%1’s computer rang for 45 seconds. They will see that you tried.")
                  .arg(name),
              true, true};
    case EndReason::Missed:
      return {ErrorText::tr("Missed call from %1").arg(name),
              ErrorText::tr("It rang for 45 seconds."), true, true};
    case EndReason::Cancelled:
      return {ErrorText::tr("Call cancelled"), {}};
    case EndReason::Unreachable:
      return {ErrorText::tr("%1 could not be reached").arg(name),
              ErrorText::tr("Their computer did not answer: it may be asleep or off the network."),
              true, true};
    case EndReason::TooOld:
      return {ErrorText::tr("Your versions of Foyer do not fit together"),
              ErrorText::tr("One of you has a much older version. Update it, then call again."),
              true};
    case EndReason::NotSecured:
      return {ErrorText::tr("The call could not be secured"),
              ErrorText::tr("It ended before a word was sent. Try again; if it happens again, use "
                            "another relay."),
              true, true};
    case EndReason::Tampered:
      return {
          ErrorText::tr("Somebody changed the call on its way"),
          ErrorText::tr(
              "It was ended before a word was sent. Use another relay, and compare the words in "
              "your next call."),
          true};
    case EndReason::ConnectionLost:
      return {ErrorText::tr("The connection was lost"),
              ErrorText::tr("Foyer tried for 45 seconds to get it back."), true, true};
    case EndReason::AudioFailed:
      return {ErrorText::tr("The sound devices did not start"),
              ErrorText::tr("Choose another microphone or other speakers, then call again."), true,
              true};
  }
  return {ErrorText::tr("Call ended"), {}};
}

QString audioNoticeText(const std::string& code) {
  if (code == "input_lost_default_used") {
    return ErrorText::tr("Your microphone was unplugged. The default one is in use now.");
  }
  if (code == "output_lost_default_used") {
    return ErrorText::tr("Your speakers were unplugged. The default ones are in use now.");
  }
  if (code == "input_absent_default_used") {
    return ErrorText::tr("The chosen microphone is not there. The default one is in use.");
  }
  if (code == "output_absent_default_used") {
    return ErrorText::tr("The chosen speakers are not there. The default ones are in use.");
  }
  if (code == "input_busy_other_used") {
    return ErrorText::tr(
        "Another program holds the microphone. Another one is in use until that program lets it "
        "go.");
  }
  if (code == "output_busy_other_used") {
    return ErrorText::tr(
        "Another program holds the speakers. Others are in use until that program lets them go.");
  }
  if (code == "default_changed") return ErrorText::tr("The system’s default sound device changed.");
  if (code == "latency_raised") {
    return ErrorText::tr("The sound system is slow; Foyer waits a little longer for it.");
  }
  if (code == "input_recovered") return ErrorText::tr("The microphone works again.");
  if (code == "output_recovered") return ErrorText::tr("The speakers work again.");
  return {};
}

}  // namespace foyer::app
