// Rings while somebody calls here, and plays the ring-back while the other side rings. UI thread.
#pragma once

#include <QObject>
#include <optional>

#include "app/foyer/app_presenter.h"
#include "app/foyer/ring_tone_player.h"

namespace foyer::app {

class RingControl : public QObject {
  Q_OBJECT

 public:
  RingControl(AppPresenter& app, RingTonePlayer& player, QObject* parent = nullptr);
  ~RingControl() override;

 private:
  struct Wanted {
    RingTonePlayer::Tone tone;
    QString ring;
    bool operator==(const Wanted&) const = default;
  };
  void refresh();

  AppPresenter& m_app;
  RingTonePlayer& m_player;
  std::optional<Wanted> m_playing;
};

}  // namespace foyer::app
