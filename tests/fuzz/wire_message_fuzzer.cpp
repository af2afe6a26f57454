// The content of one control frame, as a stranger sends it; also as a call's info and as the plain
// text of a sealed message. What decodes must come back the same after encoding.
#include "core/wire/message.h"

#include "core/base/assert.h"
#include "core/wire/limits.h"
#include "core/wire/sealed_messages.h"

using namespace foyer;
using namespace foyer::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  if (const auto message = decodeMessage(input)) {
    const Bytes frame = encodeFrame(*message);
    const auto again = decodeMessage(ByteView(frame).subspan(kFrameHeader));
    FOYER_ASSERT(again && *again == *message, "what was read can be sent on unchanged");
  }
  if (const auto info = decodeCallInfo(input)) {
    FOYER_ASSERT(encodeCallInfo(*info).size() <= kMaxCallInfo, "info fits its place");
  }
  if (const auto sealed = decodeSealedMessage(input)) {
    FOYER_ASSERT(decodeSealedMessage(encodeSealedMessage(*sealed)) == sealed,
                 "comes back the same");
  }
  return 0;
}
