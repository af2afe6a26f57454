// What a file of contacts changes here. What is here stays: the file fills in what is empty and
// adds who is not known. Only a file of the person's own is believed about verified keys and past
// calls, and never against what was verified here: who has the name of a verified contact under
// another key comes in as a changed key, as anybody would who showed up so. Value functions.
#pragma once

#include <vector>

#include "core/engine/contact_list.h"
#include "core/engine/views.h"

namespace foyer::engine {

struct ContactImport {
  std::vector<store::StoredContact> changed;  // to be kept, new ones too
  ContactImportView view;
};

// `self` is not a contact of itself. Of one key the first entry counts.
[[nodiscard]] ContactImport importedInto(const ContactList& here,
                                         const std::vector<store::StoredContact>& file,
                                         const PublicKey& self, bool isOwnFile, WallTime now);

}  // namespace foyer::engine
