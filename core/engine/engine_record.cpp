// The record of a call's playing: kept in memory while the sound of the call runs, within a bound,
// and written when a person or a script asks for it.
#include "core/engine/engine.h"

namespace foyer::engine {
namespace {

// 50 MB of memory where it is used up: half an hour of ordinary sound with copies, an hour without.
constexpr std::size_t kRecordEvents = std::size_t{1} << 20;

}  // namespace

void Engine::beginRecord(client::MediaSeam& seam) const {
  if (isOn("record_calls", false)) seam.playLog = std::make_shared<media::PlayLog>(kRecordEvents);
}

void Engine::endRecord(const CallId& call, client::MediaSeam& seam) {
  if (!seam.playLog) return;
  m_record = CallRecord{call, std::move(seam.playLog)};
  seam.playLog.reset();
}

RecordView Engine::record() const {
  RecordView view;
  view.isOn = isOn("record_calls", false);
  if (m_sound && m_sound->seam->playLog) view.running = m_soundCall;
  if (m_record) {
    view.call = m_record->call;
    view.isCut = m_record->log->isCut();
  }
  return view;
}

void Engine::saveRecord(const CallId& call, const QString& path, DoneReply reply) {
  if (record().running == call) return reply(Failure<Fault>(Fault{"record", "running", true, {}}));
  if (!m_record || m_record->call != call)
    return reply(Failure<Fault>(Fault{"record", "none", false, {}}));
  writeFile(
      path.toStdString(), [log = m_record->log] { return media::encodePlayRecord(*log); },
      Existing::Replaced,
      [reply = std::move(reply)](Result<bool, Fault> done) {
        reply(done ? Result<void, Fault>() : Result<void, Fault>(Failure<Fault>(done.error())));
      });
}

}  // namespace foyer::engine
