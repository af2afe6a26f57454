#include "app/foyer/sound_presenter.h"

#include <algorithm>
#include <array>

namespace foyer::app {

SoundPresenter::SoundPresenter(engine::EngineInterface& engine, QObject* parent)
    : QObject(parent), m_engine(engine), m_view(engine.audio()) {
  connect(&m_engine, &engine::EngineInterface::audioChanged, this, &SoundPresenter::refresh);
}

void SoundPresenter::set(const char* key, bool isOn) {
  m_engine.setSetting(QString::fromLatin1(key),
                      isOn ? QStringLiteral("on") : QStringLiteral("off"));
}

void SoundPresenter::setTalkMode(int mode) {
  static constexpr std::array kNames{"open", "voice", "push"};
  const auto at =
      static_cast<std::size_t>(std::clamp(mode, 0, static_cast<int>(kNames.size()) - 1));
  m_engine.setSetting(QStringLiteral("talk_mode"), QString::fromLatin1(kNames[at]));
}

QString SoundPresenter::talkSentence() const {
  switch (m_view.talkMode) {
    case media::TalkMode::OpenMic:
      return tr("They hear all that your microphone hears, unless you are muted.");
    case media::TalkMode::VoiceActivation:
      return tr(
          "They hear you while you speak. In between silence is sent, as large as speech, so "
          "that nobody on the way learns when you speak.");
    case media::TalkMode::PushToTalk:
      return tr("They hear you while you hold T or the Talk button.");
  }
  return {};
}

void SoundPresenter::refresh() {
  engine::AudioView now = m_engine.audio();
  const bool isSame = now.voice == m_view.voice && now.talkMode == m_view.talkMode &&
                      now.isLevelled == m_view.isLevelled && now.isLowDelay == m_view.isLowDelay &&
                      now.savesSilence == m_view.savesSilence &&
                      now.isLoopback == m_view.isLoopback;
  m_view = std::move(now);
  if (!isSame) emit changed();
}

}  // namespace foyer::app
