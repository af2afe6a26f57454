#include "app/foyer/ring_control.h"

namespace foyer::app {

RingControl::RingControl(AppPresenter& app, RingTonePlayer& player, QObject* parent)
    : QObject(parent), m_app(app), m_player(player) {
  connect(app.incoming(), &IncomingPresenter::changed, this, &RingControl::refresh);
  connect(app.call(), &CallPresenter::changed, this, &RingControl::refresh);
  refresh();
}

RingControl::~RingControl() {
  if (m_playing) m_player.stop();
}

void RingControl::refresh() {
  std::optional<Wanted> wanted;
  const int stage = m_app.call()->shown().stage;
  if (stage == CallPresenter::Ringing) wanted = {RingTonePlayer::Tone::Outgoing, {}};
  // Nothing rings into a call that runs; the banner says it.
  const IncomingShown& incoming = m_app.incoming()->shown();
  if (incoming.ringing && !incoming.second && !incoming.silent) {
    wanted = {RingTonePlayer::Tone::Incoming, incoming.ring};
  }
  if (wanted == m_playing) return;
  if (m_playing) m_player.stop();
  m_playing = wanted;
  if (wanted) m_player.start(wanted->tone, wanted->ring);
}

}  // namespace foyer::app
