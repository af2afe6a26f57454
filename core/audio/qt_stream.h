// Owns a QAudioSource or QAudioSink. Qt 6.4 runs the event loop within their destructors: what the
// thread still has to do would come in the middle of what it does, and a read that was put off
// would meet a stream without a handle and abort the program. So they are stopped at once, and
// destroyed by the event loop itself.
#pragma once

#include <QAudioSink>
#include <QAudioSource>
#include <memory>

namespace foyer::audio {

struct LetGoOfStream {
  template <class Stream>
  void operator()(Stream* stream) const {
    stream->disconnect();  // Qt 6.8 tells of one more state; nobody is there to hear it
    stream->stop();
    stream->deleteLater();
  }
};

using QtSource = std::unique_ptr<QAudioSource, LetGoOfStream>;
using QtSink = std::unique_ptr<QAudioSink, LetGoOfStream>;

}  // namespace foyer::audio
