#include "app/foyer/audio_presenter.h"

#include <algorithm>
#include <cmath>

#include "app/foyer/clock.h"
#include "app/foyer/error_text.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

constexpr int kSampleMs = 66;                    // 15 Hz, look.md: what a meter may cost
constexpr std::int64_t kVerdictWindowMs = 2000;  // long enough for a pause between words
constexpr float kSilenceDb = -80.f;              // below it there is no analogue noise at all
constexpr float kQuietDb = -42.f;                // a voice at arm's length is louder
constexpr float kLoudDb = -2.f;                  // next to clipping
const auto kRingDevice = QStringLiteral("ring_device");
const auto kRingVolume = QStringLiteral("ring_volume");
constexpr int kFullVolume = 100;  // percent, which it is by itself

}  // namespace

AudioPresenter::AudioPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine) {
  m_timer.setInterval(kSampleMs);
  connect(&m_timer, &QTimer::timeout, this, [this] { sampleLevel(steadyNowMs()); });
  connect(&m_engine, &engine::EngineInterface::audioChanged, this, &AudioPresenter::refresh);
  connect(&m_engine, &engine::EngineInterface::settingChanged, this, [this](const QString& key) {
    if (key == kRingDevice) refreshRings(m_engine.audio());
    if (key == kRingVolume) emit ringChanged();
  });
  refresh();
}

AudioPresenter::~AudioPresenter() = default;

void AudioPresenter::setMeterWanted(bool wanted) {
  if (wanted == m_meterWanted) return;
  m_meterWanted = wanted;
  if (wanted) {
    m_peakDb = -127.f;
    m_windowSinceMs = steadyNowMs();
    setVerdict(Verdict::Listening);
    m_engine.openMeter();
    m_timer.start();
  } else {
    m_timer.stop();
    m_engine.closeMeter();
    m_archMeter.clear();
    m_slatMeter.clear();
    emit levelChanged();
  }
  emit meterWantedChanged();
}

void AudioPresenter::sampleLevel(std::int64_t nowMs) {
  const float db = m_engine.audio().meterDb;
  const int arches = m_archMeter.step(), slats = m_slatMeter.step();
  m_archMeter.feed(db, nowMs);
  m_slatMeter.feed(db, nowMs);
  if (arches != m_archMeter.step() || slats != m_slatMeter.step()) emit levelChanged();

  m_peakDb = std::max(m_peakDb, db);
  if (m_peakDb > kLoudDb) {
    setVerdict(Verdict::Loud);
  } else if (m_peakDb > kQuietDb) {
    setVerdict(Verdict::Good);
  }
  if (nowMs - m_windowSinceMs < kVerdictWindowMs) return;
  if (m_peakDb <= kSilenceDb) {
    setVerdict(Verdict::Nothing);
  } else if (m_peakDb <= kQuietDb) {
    setVerdict(Verdict::Quiet);
  }
  m_peakDb = -127.f;
  m_windowSinceMs = nowMs;
}

void AudioPresenter::setVerdict(Verdict verdict) {
  if (verdict == m_verdict) return;
  m_verdict = verdict;
  emit verdictChanged();
}

QString AudioPresenter::verdict() const {
  switch (m_verdict) {
    case Verdict::Listening:
      return tr("Say something");
    case Verdict::Nothing:
      return tr("No sound at all: is it muted?");
    case Verdict::Quiet:
      return tr("Very quiet: raise your microphone");
    case Verdict::Good:
      return tr("We hear you");
    case Verdict::Loud:
      return tr("Too loud: lower it a little");
  }
  return {};
}

void AudioPresenter::selectInput(int row) {
  const QString id = m_inputs.idAt(row);
  if (!id.isEmpty() && row != m_inputs.currentIndex()) m_engine.selectInput(id);
}

void AudioPresenter::selectOutput(int row) {
  const QString id = m_outputs.idAt(row);
  if (!id.isEmpty() && row != m_outputs.currentIndex()) m_engine.selectOutput(id);
}

void AudioPresenter::playTestSound() { m_engine.playTestSound(); }

void AudioPresenter::playRing() { m_engine.playRing({}); }

double AudioPresenter::ringVolume() const {
  const QString kept = m_engine.setting(kRingVolume);
  return kept.isEmpty() ? 1 : std::clamp(kept.toInt(), 0, kFullVolume) / double{kFullVolume};
}

void AudioPresenter::setRingVolume(double volume) {
  const int percent =
      static_cast<int>(std::lround(std::clamp(volume, 0.0, 1.0) * double{kFullVolume}));
  m_engine.setSetting(kRingVolume, percent == kFullVolume ? QString() : QString::number(percent));
}

void AudioPresenter::selectRing(int row) {
  if (row >= 0 && row < m_rings.count()) m_engine.setSetting(kRingDevice, m_rings.idAt(row));
}

void AudioPresenter::refreshRings(const engine::AudioView& view) {
  const std::string chosen = m_engine.setting(kRingDevice).toStdString();
  std::vector<engine::AudioDeviceView> rings{
      {.id = {}, .label = tr("Same as the speakers").toStdString(), .isCurrent = chosen.empty()}};
  bool isThere = chosen.empty();
  for (engine::AudioDeviceView device : view.outputs) {
    device.isDefault = false;
    device.isCurrent = device.id == chosen;
    isThere = isThere || device.isCurrent;
    rings.push_back(std::move(device));
  }
  // Until it is back the default device rings, which is said rather than hidden.
  if (!isThere && view.isKnown)
    rings.push_back({.id = chosen,
                     .label = tr("Not connected: %1").arg(fromUtf8(chosen)).toStdString(),
                     .isCurrent = true});
  m_rings.setDevices(rings);
}

void AudioPresenter::refresh() {
  const engine::AudioView view = m_engine.audio();
  m_inputs.setDevices(view.inputs);
  m_outputs.setDevices(view.outputs);
  refreshRings(view);
  if (view.isKnown != m_isKnown) {
    m_isKnown = view.isKnown;
    emit knownChanged();
  }
  const FaultText text = view.fault ? textOf(*view.fault) : FaultText{};
  if (text.title != m_faultTitle || text.advice != m_faultAdvice) {
    m_faultTitle = text.title;
    m_faultAdvice = text.advice;
    emit faultChanged();
  }
  if (view.notice != m_notice || view.notices != m_notices) {
    m_notice = view.notice;
    m_notices = view.notices;
    if (const QString remark = audioNoticeText(m_notice); !remark.isEmpty()) emit noticed(remark);
  }
}

}  // namespace foyer::app
