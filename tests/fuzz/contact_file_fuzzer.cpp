// Files of contacts, which people send to each other: whatever the bytes are, reading ends, what
// was read keeps every bound, and written out it reads back the same.
#include "core/base/assert.h"
#include "core/store/contact_file.h"
#include "core/wire/text.h"

using namespace foyer;
using namespace foyer::store;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = parseContacts(textOf(ByteView(data, size)));
  if (!read) {
    FOYER_ASSERT(read.error().stage == "contacts", "the refusal has its sentence");
    return 0;
  }
  FOYER_ASSERT(read->size() <= kMaxContacts, "bounded");
  for (const StoredContact& contact : *read) {
    FOYER_ASSERT(contact.ownName.empty() || wire::isValidAlias(contact.ownName), "a name");
    FOYER_ASSERT(isValidNote(contact.note) && isValidRing(contact.ring), "checked");
    FOYER_ASSERT(contact.keyHistory.size() <= kMaxKeyHistory, "bounded");
  }
  const auto text = formatContacts(*read, {1});
  if (!text) return 0;  // as JSON it may be longer than what was read
  const auto again = parseContacts(*text);
  FOYER_ASSERT(again && *again == *read, "comes back the same");
  return 0;
}
