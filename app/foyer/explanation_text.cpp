#include "app/foyer/explanation_text.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>
#include <cmath>

#include "core/wire/tiers.h"

namespace foyer::app {

using client::Affected;
using client::ExplainedCause;
using client::Explanation;
using client::Remedy;
using client::Severity;

namespace {

struct Explain {
  Q_DECLARE_TR_FUNCTIONS(Explain)
};

// Of what was lost: from here on nothing is missed, and below the second it is heard.
constexpr double kNearlyAll = 0.85, kMost = 0.5;

qlonglong wholeMs(Duration d) {
  return std::llround(std::chrono::duration<double, std::milli>(d).count());
}

QString remedyName(Remedy remedy) {
  switch (remedy) {
    case Remedy::None:
      break;
    case Remedy::Copies:
      return Explain::tr("copies");
    case Remedy::Lbrr:
      return Explain::tr("spare frames");
    case Remedy::Dred:
      return Explain::tr("deep redundancy");
  }
  return {};
}

QString whereText(Affected affected) {
  switch (affected) {
    case Affected::Neither:
      break;
    case Affected::Hear:
      return Explain::tr("on the way to you");
    case Affected::Said:
      return Explain::tr("on the way from you");
    case Affected::Both:
      return Explain::tr("in both directions");
  }
  return {};
}

QString lossText(const Explanation& found) {
  const double share = found.affected == Affected::Said   ? found.lossSaid
                       : found.affected == Affected::Both ? std::max(found.lossHear, found.lossSaid)
                                                          : found.lossHear;
  const QString lost = Explain::tr("%1 of 100 packets are lost %2")
                           .arg(percentText(share), whereText(found.affected));
  if (found.affected == Affected::Said) {
    const QString what = !found.hasRemedySaid ? Explain::tr("what they hear has gaps")
                         : found.severity == Severity::Good
                             ? Explain::tr("copies make up for nearly all of them")
                             : Explain::tr("copies help, but what they hear suffers");
    return lost + QStringLiteral("; ") + what + u'.';
  }
  const QString remedy = remedyName(found.remedy);
  QString what;
  if (remedy.isEmpty())
    what = found.severity == Severity::Good ? Explain::tr("it is hardly heard")
                                            : Explain::tr("what you hear has gaps");
  else if (found.recovered >= kNearlyAll)
    what = Explain::tr("%1 make up for nearly all of them").arg(remedy);
  else if (found.recovered >= kMost)
    what = Explain::tr("%1 make up for most of them, the rest is filled in").arg(remedy);
  else
    what = Explain::tr("%1 make up for some; what you hear suffers").arg(remedy);
  return lost + QStringLiteral("; ") + what + u'.';
}

QString jitterText(const Explanation& found) {
  switch (found.affected) {
    case Affected::Neither:
    case Affected::Both:
      return Explain::tr("Packets arrive unevenly in both directions; both sides wait for them.");
    case Affected::Said:
      return Explain::tr(
                 "Packets from you arrive unevenly, %1 of 100 too late; what they hear has gaps.")
          .arg(percentText(found.lateSaid));
    case Affected::Hear:
      break;
  }
  if (found.lateHear >= 0.01 && found.severity > Severity::Good)
    return Explain::tr(
               "Packets to you arrive unevenly, %1 of 100 too late; what you hear has gaps.")
        .arg(percentText(found.lateHear));
  return Explain::tr(
             "Packets to you arrive unevenly; you hear them %1 ms later so that nothing "
             "is missed.")
      .arg(wholeMs(found.buffer));
}

QString capacityText(const Explanation& found) {
  const bool isQueue = found.queueing >= std::chrono::milliseconds(100);
  if (isQueue && !found.capacityKbps)
    return Explain::tr(
               "Your connection is backed up: they hear you %1 ms late. Foyer is sending less.")
        .arg(wholeMs(found.queueing));
  if (found.capacityKbps)
    return Explain::tr("Your connection carries about %1 kbit/s; they hear you in %2.")
        .arg(QLocale().toString(std::llround(*found.capacityKbps)), tierText(found.tier));
  return Explain::tr("Your connection carries little; they hear you in %1.")
      .arg(tierText(found.tier));
}

QString clearText(const Explanation& found) {
  if (found.delay <= Duration{}) return Explain::tr("Sounds good. No loss.");
  return Explain::tr("Sounds good. No loss, %1 ms from mouth to ear.").arg(wholeMs(found.delay));
}

}  // namespace

QString percentText(double share) {
  const double percent = 100 * std::clamp(share, 0.0, 1.0);
  if (percent >= 0.05 && percent < 0.95) return QLocale().toString(percent, 'f', 1);
  return QLocale().toString(std::llround(percent));
}

QString kiloText(std::uint32_t bitsPerSecond) {
  const double kilo = bitsPerSecond / 1000.0;
  return Explain::tr("%1k").arg(kilo >= 10 ? QString::number(std::llround(kilo))
                                           : QLocale().toString(kilo));
}

QString tierText(wire::Tier tier) {
  const QString rate = kiloText(wire::tierInfo(tier).bitrateBps);
  switch (tier) {
    case wire::Tier::Studio64:
    case wire::Tier::Studio48:
    case wire::Tier::Studio32:
      return Explain::tr("Studio %1").arg(rate);
    case wire::Tier::Good:
    case wire::Tier::Low:
      return Explain::tr("Clear %1").arg(rate);
    case wire::Tier::Degraded:
    case wire::Tier::Catastrophic:
    case wire::Tier::Codec2_3200:
      return Explain::tr("Saver %1").arg(rate);
  }
  return {};
}

QString tierText(const std::string& tier) {
  const auto known = wire::parseTier(tier);
  return known ? tierText(*known) : QString::fromStdString(tier);
}

QString causeText(client::QualityCause cause) {
  switch (cause) {
    case client::QualityCause::Start:
    case client::QualityCause::Choice:
      return {};
    case client::QualityCause::PeerLimit:
      return Explain::tr("the other side can take no more");
    case client::QualityCause::Loss:
      return Explain::tr("packets were lost");
    case client::QualityCause::Delay:
      return Explain::tr("the connection was backing up");
    case client::QualityCause::Capacity:
      return Explain::tr("the connection carries no more");
    case client::QualityCause::Recovered:
      return Explain::tr("the connection is free again");
    case client::QualityCause::Probe:
      return Explain::tr("the connection carries more");
    case client::QualityCause::Network:
      return Explain::tr("another network, started carefully");
    case client::QualityCause::Metered:
      return Explain::tr("this is a metered connection");
  }
  return {};
}

QString verdictOf(const Explanation& explanation) {
  if (explanation.cause == ExplainedCause::Unknown) return Explain::tr("Listening");
  switch (explanation.severity) {
    case Severity::Good:
      return Explain::tr("Good");
    case Severity::Fair:
      return Explain::tr("Fair");
    case Severity::Poor:
      return Explain::tr("Poor");
    case Severity::Broken:
      return Explain::tr("No sound");
  }
  return {};
}

QString sentenceOf(const Explanation& found) {
  switch (found.cause) {
    case ExplainedCause::Unknown:
      return {};
    case ExplainedCause::Clear:
      return clearText(found);
    case ExplainedCause::Reconnecting:
      return Explain::tr("The connection is gone for the moment; Foyer is getting it back.");
    case ExplainedCause::NothingReceived:
      return Explain::tr("Nothing has arrived from them for two seconds; you hear nothing.");
    case ExplainedCause::SilentInput:
      return Explain::tr("Your microphone gives no sound at all; they hear nothing.");
    case ExplainedCause::Cpu:
      return Explain::tr(
          "This computer is too busy to handle the sound in time; both of you hear gaps. Close "
          "what you do not need.");
    case ExplainedCause::Device:
      return found.glitches <= 1
                 ? Explain::tr(
                       "Your sound device ran out of sound a moment ago; what you hear has a gap.")
                 : Explain::tr(
                       "Your sound device ran out of sound %1 times in the last seconds; what you "
                       "hear has gaps.")
                       .arg(static_cast<qulonglong>(found.glitches));
    case ExplainedCause::Capacity:
      return capacityText(found);
    case ExplainedCause::Loss:
      return lossText(found);
    case ExplainedCause::Jitter:
      return jitterText(found);
    case ExplainedCause::PeerLow:
      return Explain::tr(
          "They send a low quality, by choice or because their connection carries no more; they "
          "sound thin.");
    case ExplainedCause::Choice:
      return Explain::tr("You chose %1; they hear you as well as that allows.")
          .arg(tierText(found.tier));
    case ExplainedCause::PeerLimit:
      return Explain::tr("The other side can take no more than %1; that is what they hear.")
          .arg(tierText(found.tier));
    case ExplainedCause::Metered:
      return Explain::tr("This is a metered connection; they hear %1 to save data.")
          .arg(tierText(found.tier));
    case ExplainedCause::LongDelay:
      return Explain::
          tr("The distance is long: %1 ms from mouth to ear. Give each other a moment to answer.")
              .arg(wholeMs(found.delay));
  }
  return {};
}

}  // namespace foyer::app
