#include "core/client/media_seam.h"

namespace foyer::client {
namespace {

constexpr auto kRelaxed = std::memory_order_relaxed;

}  // namespace

void VoiceControl::set(const media::VoiceSettings& settings) {
  highPass.store(settings.highPass, kRelaxed);
  echoCancellation.store(settings.echoCancellation, kRelaxed);
  noiseSuppression.store(settings.noiseSuppression, kRelaxed);
  gainControl.store(settings.gainControl, kRelaxed);
}

void VoiceControl::set(const media::VoiceOutputSettings& settings) {
  volume.store(settings.volume, kRelaxed);
  isLevelled.store(settings.isLevelled, kRelaxed);
  isSafe.store(settings.isSafe, kRelaxed);
}

media::VoiceSettings VoiceControl::voice() const {
  return {highPass.load(kRelaxed), echoCancellation.load(kRelaxed), noiseSuppression.load(kRelaxed),
          gainControl.load(kRelaxed)};
}

media::VoiceOutputSettings VoiceControl::output() const {
  return {volume.load(kRelaxed), isLevelled.load(kRelaxed), isSafe.load(kRelaxed)};
}

}  // namespace foyer::client
