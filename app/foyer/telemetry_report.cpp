#include "app/foyer/telemetry_report.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLocale>
#include <cmath>

#include "app/foyer/explanation_text.h"
#include "core/engine/figures_json.h"
#include "core/wire/tiers.h"

namespace foyer::app {

using engine::CallStats;
using engine::CallView;

namespace {

struct Report {
  Q_DECLARE_TR_FUNCTIONS(Report)
};

qlonglong whole(double value) { return std::llround(value); }
double toMs(Duration d) { return std::chrono::duration<double, std::milli>(d).count(); }
qlonglong wholeMs(Duration d) { return whole(toMs(d)); }

QString joined(const QStringList& parts) { return parts.join(QStringLiteral(" · ")); }

QString codecText(wire::CodecId codec) {
  switch (codec) {
    case wire::CodecId::None:
    case wire::CodecId::Sized:
      return Report::tr("not known yet");
    case wire::CodecId::Opus:
      return QStringLiteral("Opus");
    case wire::CodecId::Codec2_1200:
      return QStringLiteral("Codec2 1200");
    case wire::CodecId::Codec2_3200:
      return QStringLiteral("Codec2 3200");
  }
  return {};
}

QString sentText(const CallStats& stats) {
  QStringList parts{stats.sending.choice
                        ? Report::tr("%1, chosen by you").arg(tierText(stats.tier))
                        : Report::tr("%1, chosen by Foyer").arg(tierText(stats.tier))};
  parts.append(Report::tr("%1 kbit/s").arg(whole(stats.tx.bitrateKbps)));
  if (stats.sending.changes > 0) parts.append(Report::tr("changes: %1").arg(stats.sending.changes));
  return joined(parts);
}

QString heardText(const CallStats& stats) {
  QStringList parts{codecText(stats.receiving.codec)};
  if (stats.receiving.packetTime > Duration{})
    parts.append(Report::tr("packets of %1 ms").arg(wholeMs(stats.receiving.packetTime)));
  parts.append(Report::tr("%1 kbit/s").arg(whole(stats.rx.bitrateKbps)));
  return joined(parts);
}

QString protectionText(const client::SendFigures& sending) {
  QStringList parts;
  if (sending.copies > 0)
    parts.append(
        Report::tr("copies %1, %n packets apart", nullptr, std::max(1, sending.copyDistance))
            .arg(sending.copies));
  if (sending.hasLbrr) parts.append(Report::tr("spare frames"));
  if (sending.dred > Duration{})
    parts.append(Report::tr("%1 ms of deep redundancy").arg(wholeMs(sending.dred)));
  return parts.isEmpty() ? Report::tr("none needed") : joined(parts);
}

QString delayPartsText(const CallStats& stats) {
  if (!stats.delayParts || !stats.mouthToEarMs) return Report::tr("not known yet");
  const client::DelayParts& parts = *stats.delayParts;
  return Report::tr(
             "%1 ms: microphone %2, packet %3, codec %4, network %5, buffer %6, "
             "loudspeaker %7")
      .arg(whole(*stats.mouthToEarMs))
      .arg(wholeMs(parts.captureDevice))
      .arg(wholeMs(parts.packetTime))
      .arg(wholeMs(parts.codec))
      .arg(wholeMs(parts.network))
      .arg(wholeMs(parts.jitterBuffer))
      .arg(wholeMs(parts.playoutDevice));
}

QString deviceText(const CallStats& stats) {
  QStringList parts{Report::tr("ran empty: %1").arg(static_cast<qulonglong>(stats.underruns)),
                    Report::tr("restarted: %1").arg(static_cast<qulonglong>(stats.restarts))};
  if (stats.captureLatencyMs && stats.playoutLatencyMs)
    parts.append(Report::tr("%1 ms in, %2 ms out")
                     .arg(whole(*stats.captureLatencyMs))
                     .arg(whole(*stats.playoutLatencyMs)));
  return joined(parts);
}

// Buffers of the sound server: what was asked, and what it gave.
QString bufferText(const CallStats& stats) {
  const auto text = [](int askedMs, std::optional<double> granted) {
    if (!granted) return Report::tr("%1 ms asked").arg(askedMs);
    return Report::tr("%1 ms asked, %2 given")
        .arg(askedMs)
        .arg(QLocale().toString(std::round(*granted * 10) / 10, 'g', 4));
  };
  QStringList parts;
  if (stats.captureFragmentMs > 0)
    parts.append(Report::tr("in: %1").arg(text(stats.captureFragmentMs, stats.captureGrantedMs)));
  if (stats.playoutBufferMs > 0)
    parts.append(Report::tr("out: %1").arg(text(stats.playoutBufferMs, stats.playoutGrantedMs)));
  return parts.isEmpty() ? Report::tr("no sound device is open") : joined(parts);
}

// The one suite of docs/keys.md.
constexpr const char* kCipher = "ChaCha20-Poly1305";
constexpr const char* kKeyExchange = "X25519, Ed25519";

// Of the one that is chosen; of the default one while that is away.
QString deviceNameOf(const std::vector<engine::AudioDeviceView>& devices, int bufferMs) {
  if (bufferMs == 0) return Report::tr("none: a file, or silence");
  const engine::AudioDeviceView* used = nullptr;
  for (const engine::AudioDeviceView& device : devices)
    if (device.isCurrent || (used == nullptr && device.isDefault)) used = &device;
  return used == nullptr ? Report::tr("not known") : QString::fromStdString(used->label);
}

QString count(std::uint64_t value) { return QString::number(static_cast<qulonglong>(value)); }

QJsonObject recoveryJson(const client::RecoveryFigures& r) {
  const auto number = [](std::uint64_t value) { return static_cast<double>(value); };
  return {{"decoded", number(r.decoded)},
          {"copies", number(r.copies)},
          {"lbrr", number(r.lbrr)},
          {"dred", number(r.dred)},
          {"plc", number(r.plc)},
          {"late", number(r.late)},
          {"lost", number(r.lost)},
          {"discarded", number(r.discarded)},
          {"accelerated", number(r.accelerated)},
          {"expanded", number(r.expanded)},
          {"underruns", number(r.underruns)}};
}

// Addresses are masked: a report travels.
QJsonArray pathRecordJson(const CallStats& stats) {
  QJsonArray rows;
  for (const engine::PathRow& row : engine::pathRows(stats.pathNotes))
    rows.append(QJsonObject{
        {"at_ms", static_cast<double>(row.atMs)},
        {"step", QString::fromLatin1(client::toString(row.step))},
        {"kind", QString::fromLatin1(wire::toString(row.kind))},
        {"address", row.masked ? QJsonValue(QString::fromStdString(engine::toString(*row.masked)))
                               : QJsonValue()},
        {"reason", QString::fromStdString(row.reason)}});
  return rows;
}

QJsonObject callJson(const CallView& call) {
  const CallStats& stats = call.stats;
  const client::SendFigures& sending = stats.sending;
  QJsonObject out{
      {"path", QString::fromStdString(stats.path)},
      {"path_reason", QString::fromLatin1(client::toString(stats.pathReason))},
      {"path_tried", stats.pathTried},
      {"path_answered", stats.pathAnswered},
      {"path_record", pathRecordJson(stats)},
      {"tier", QString::fromStdString(stats.tier)},
      {"choice", sending.choice ? QString::fromUtf8(wire::toString(*sending.choice).data())
                                : QStringLiteral("auto")},
      {"cause", QString::fromStdString(stats.cause)},
      {"changes", static_cast<int>(sending.changes)},
      {"copies", sending.copies},
      {"copy_distance", sending.copyDistance},
      {"lbrr", sending.hasLbrr},
      {"dred_ms", toMs(sending.dred)},
      {"payload_kbps", sending.payloadBps / 1000.0},
      {"sent_kbps", stats.tx.bitrateKbps},
      {"heard_kbps", stats.rx.bitrateKbps},
      {"loss_sent", sending.loss},
      {"loss_heard", stats.rx.loss},
      {"burst", sending.burst},
      {"late_share_sent", sending.lateShare},
      {"queueing_ms", toMs(sending.queueingDelay)},
      {"jitter_ms", toMs(stats.receiving.jitter)},
      {"buffer_target_ms", toMs(stats.receiving.bufferTarget)},
      {"recovery", recoveryJson(stats.receiving.recovery)},
      {"underruns", static_cast<double>(stats.underruns)},
      {"restarts", static_cast<double>(stats.restarts)},
      {"capture_asked_ms", stats.captureFragmentMs},
      {"playout_asked_ms", stats.playoutBufferMs},
      {"cipher", kCipher},
      {"explanation", QString::fromLatin1(client::toString(call.explanation.cause))},
      {"affected", QString::fromLatin1(client::toString(call.explanation.affected))},
      {"severity", QString::fromLatin1(client::toString(call.explanation.severity))}};
  if (sending.capacityKbps) out.insert("capacity_kbps", *sending.capacityKbps);
  if (stats.captureGrantedMs) out.insert("capture_given_ms", *stats.captureGrantedMs);
  if (stats.playoutGrantedMs) out.insert("playout_given_ms", *stats.playoutGrantedMs);
  if (stats.rttMs) out.insert("rtt_ms", *stats.rttMs);
  if (stats.mouthToEarMs) out.insert("mouth_to_ear_ms", *stats.mouthToEarMs);
  if (stats.delayParts) {
    const client::DelayParts& parts = *stats.delayParts;
    out.insert("mouth_to_ear_parts", QJsonObject{{"capture_device_ms", toMs(parts.captureDevice)},
                                                 {"packet_ms", toMs(parts.packetTime)},
                                                 {"codec_ms", toMs(parts.codec)},
                                                 {"network_ms", toMs(parts.network)},
                                                 {"jitter_buffer_ms", toMs(parts.jitterBuffer)},
                                                 {"playout_device_ms", toMs(parts.playoutDevice)}});
  }
  return out;
}

// Events of a report: the last minutes of a busy call.
constexpr std::size_t kReportEvents = 300;

QJsonValue textOrNull(const std::string& text) {
  return text.empty() ? QJsonValue() : QJsonValue(QString::fromStdString(text));
}

// Relays without their keys.
QJsonObject versionsJson(const engine::VersionsView& versions) {
  QJsonArray relays;
  for (const engine::RelayVersionView& relay : versions.relays)
    relays.append(QJsonObject{{"build", textOrNull(relay.build)},
                              {"connected", relay.isConnected},
                              {"own", relay.isOwn}});
  QJsonObject libraries;
  for (const engine::LibraryVersion& library : versions.libraries)
    libraries.insert(QString::fromStdString(library.name), textOrNull(library.version));
  return {{"program", QString::fromStdString(versions.program)},
          {"commit", textOrNull(versions.commit)},
          {"protocol", versions.protocol},
          {"relays", relays},
          {"libraries", libraries}};
}

QJsonArray capabilitiesJson(const std::vector<engine::CapabilityView>& capabilities) {
  QJsonArray all;
  for (const engine::CapabilityView& each : capabilities)
    all.append(QJsonObject{{"name", QString::fromLatin1(engine::toString(each.what))},
                           {"state", QString::fromLatin1(engine::toString(each.state))},
                           {"reason", textOrNull(each.reason)}});
  return all;
}

QJsonObject impairmentJson(const net::ImpairmentSpec& spec) {
  return {{"on", spec.isOn()},
          {"delay_ms", spec.delayMs},
          {"jitter_ms", spec.jitterMs},
          {"loss_percent", spec.lossPercent},
          {"rate_kbps", spec.rateKbps > 0 ? QJsonValue(spec.rateKbps) : QJsonValue()}};
}

// The beginning of a key tells a person to everybody who has the whole of it.
QString withoutKeys(const std::string& about) {
  QStringList words = QString::fromStdString(about).split(u' ');
  words.erase(std::remove_if(words.begin(), words.end(),
                             [](const QString& word) { return word.contains(u'…'); }),
              words.end());
  return words.join(u' ');
}

QJsonArray logJson(const std::vector<engine::LogLine>& lines) {
  QJsonArray log;
  for (std::size_t at = lines.size() - std::min(lines.size(), kReportEvents); at < lines.size();
       ++at)
    log.append(QJsonObject{{"time_ms", static_cast<double>(lines[at].uptimeMs)},
                           {"level", QString::fromLatin1(engine::toString(lines[at].level))},
                           {"event", QString::fromStdString(lines[at].name)},
                           {"about", withoutKeys(lines[at].about)}});
  return log;
}

// The figures as the verb `history` names them.
QJsonObject pastJson(const PastCallReport& past) {
  QJsonObject json = engine::figuresJson(past.figures);
  json.insert(QStringLiteral("path"), textOrNull(past.path));
  json.insert(QStringLiteral("quality"), textOrNull(past.quality));
  return json;
}

// Two digits after the point are more than any of these is worth.
double rounded(float value) { return std::round(static_cast<double>(value) * 100) / 100; }

QJsonArray samplesJson(const TelemetrySeries& readings) {
  QJsonArray samples;
  for (int at = 0; at < readings.count(); ++at) {
    const TelemetrySample& s = readings.at(at);
    samples.append(QJsonObject{
        {"at_ms", static_cast<double>(s.atMs - readings.at(0).atMs)},
        {"delay_ms", rounded(s.delayMs)},
        {"buffer_ms", rounded(s.bufferMs)},
        {"loss_percent", rounded(s.lossPercent)},
        {"late_percent", rounded(s.latePercent)},
        {"concealed_percent", rounded(s.concealedPercent)},
        {"sent_kbps", rounded(s.sentKbps)},
        {"heard_kbps", rounded(s.heardKbps)},
        {"level_in_db", rounded(s.ownDb)},
        {"level_out_db", rounded(s.peerDb)},
        {"tier", QString::fromUtf8(wire::toString(static_cast<wire::Tier>(s.tier)).data())},
        {"underrun", s.isUnderrun}});
  }
  return samples;
}

}  // namespace

QStringList figureTitles() {
  return {Report::tr("You send"),          Report::tr("You hear"),
          Report::tr("Lost, incoming"),    Report::tr("Lost, outgoing"),
          Report::tr("Sent against loss"), Report::tr("Made up for"),
          Report::tr("Not made up for"),   Report::tr("Jitter and buffer"),
          Report::tr("Time stretched"),    Report::tr("From mouth to ear"),
          Report::tr("Your connection"),   Report::tr("Sound devices"),
          Report::tr("Sound buffers"),     Report::tr("Microphone"),
          Report::tr("Speakers"),          Report::tr("Encryption"),
          Report::tr("Their key"),         Report::tr("Path")};
}

FigureNames figureNamesOf(const engine::EngineInterface& engine, const CallView& call) {
  const engine::AudioView audio = engine.audio();
  // As the log names keys, with the letters that stand beside the name.
  return {.relay = relayOnPath(engine, call),
          .microphone = deviceNameOf(audio.inputs, call.stats.captureFragmentMs),
          .speakers = deviceNameOf(audio.outputs, call.stats.playoutBufferMs),
          .key = QString::fromStdString(call.keyTag + " · " + call.peer.hex().substr(0, 8) + "…")};
}

QStringList figureTexts(const CallView& call, const FigureNames& names) {
  const CallStats& stats = call.stats;
  const client::SendFigures& sending = stats.sending;
  const client::RecoveryFigures& r = stats.receiving.recovery;
  const double lostSent = std::max(stats.tx.loss, sending.loss);
  QStringList way{Report::tr("queue %1 ms").arg(wholeMs(sending.queueingDelay))};
  if (sending.capacityKbps)
    way.append(Report::tr("carries about %1 kbit/s").arg(whole(*sending.capacityKbps)));
  return {
      sentText(stats),
      heardText(stats),
      Report::tr("%1 %").arg(percentText(stats.rx.loss)),
      joined({Report::tr("%1 %").arg(percentText(lostSent)),
              Report::tr("bursts of %1").arg(QLocale().toString(sending.burst, 'f', 1)),
              Report::tr("%1 % too late").arg(percentText(sending.lateShare))}),
      protectionText(sending),
      joined({Report::tr("copies %1").arg(count(r.copies)),
              Report::tr("spare frames %1").arg(count(r.lbrr)),
              Report::tr("deep redundancy %1").arg(count(r.dred))}),
      joined({Report::tr("lost %1").arg(count(r.lost)), Report::tr("late %1").arg(count(r.late)),
              Report::tr("filled in %1 ms").arg(count(r.plc * 10))}),
      joined({Report::tr("jitter %1 ms").arg(wholeMs(stats.receiving.jitter)),
              Report::tr("buffer %1 of %2 ms")
                  .arg(whole(stats.jitterBufferMs.value_or(toMs(stats.receiving.bufferDelay))))
                  .arg(wholeMs(stats.receiving.bufferTarget))}),
      joined({Report::tr("faster %1 times").arg(count(r.accelerated)),
              Report::tr("slower %1 times").arg(count(r.expanded))}),
      delayPartsText(stats),
      joined(way),
      deviceText(stats),
      bufferText(stats),
      names.microphone,
      names.speakers,
      joined({QString::fromLatin1(kCipher), QString::fromLatin1(kKeyExchange)}),
      names.key,
      pathTextOf(call, names.relay).sentence};
}

QString reportText(const TelemetryPresenter& telemetry) {
  QStringList lines{QStringLiteral("Foyer " FOYER_VERSION), telemetry.title(), telemetry.detail()};
  const QStringList names = telemetry.figureNames(), figures = telemetry.namelessFigures();
  for (qsizetype at = 0; at < names.size(); ++at)
    if (!figures.value(at).isEmpty())
      lines.append(names[at] + QStringLiteral(": ") + figures.value(at));
  return lines.join(u'\n') + u'\n';
}

QJsonObject reportOf(const CallReport& report, const TelemetrySeries& readings,
                     const engine::EngineInterface& engine) {
  return {{"kind", QStringLiteral("foyer-call-report")},
          {"version", 1},
          {"foyer", QStringLiteral(FOYER_VERSION)},
          {"verdict", report.verdict},
          {"detail", report.detail},
          {"end", report.end == engine::EndReason::None
                      ? QJsonValue()
                      : QJsonValue(QString::fromLatin1(client::toString(report.end)))},
          {"call", report.call == nullptr ? QJsonValue() : callJson(*report.call)},
          {"versions", versionsJson(engine.versions())},
          {"impairment", impairmentJson(engine.impairment().spec)},
          {"log", logJson(engine.logSince(0))},
          {"samples", samplesJson(readings)}};
}

QByteArray withCapabilities(QJsonObject report, const engine::EngineInterface& engine) {
  report.insert(QStringLiteral("capabilities"), capabilitiesJson(engine.capabilities()));
  return QJsonDocument(report).toJson(QJsonDocument::Indented);
}

QByteArray reportJson(const PastCallReport& past, const engine::EngineInterface& engine) {
  const QJsonObject report{{"kind", QStringLiteral("foyer-call-report")},
                           {"version", 1},
                           {"foyer", QStringLiteral(FOYER_VERSION)},
                           {"call", QJsonValue()},
                           {"past", pastJson(past)},
                           {"versions", versionsJson(engine.versions())}};
  return withCapabilities(report, engine);
}

}  // namespace foyer::app
