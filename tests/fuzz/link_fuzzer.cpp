// A foyer:// link from a clipboard, a mail or another program.
#include "core/wire/link.h"

#include "core/base/assert.h"
#include "core/wire/text.h"

using namespace foyer;
using namespace foyer::wire;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto link = parseLink(text)) {
    const std::string written = std::visit([](const auto& kind) { return kind.format(); }, *link);
    // A name full of escapes may become longer than a link may be.
    if (written.size() <= kMaxLink) FOYER_ASSERT(parseLink(written) == link, "comes back the same");
    (void)std::visit([](const auto& kind) { return kind.redacted(); }, *link);
  }
  if (isValidAlias(text)) FOYER_ASSERT(isPlainText(text), "an alias is plain text");
  (void)countGraphemes(text);
  (void)cutUtf8(text, size / 2);
  return 0;
}
