// A backup file and the words of a seed, as a person hands them over. A good header costs
// Argon2id's 8 MiB at least, so such inputs are cut to the cheapest cost.
#include "core/crypto/backup.h"
#include "core/crypto/certificate.h"
#include "core/crypto/words.h"

using namespace foyer;
using namespace foyer::crypto;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ByteView input(data, size);
  const bool isWholeHeader = size == kBackupSize && textOf(input.first(8)) == "FOYERID1";
  const bool isCheap = isWholeHeader && readU32(data + 8) <= 1 && readU32(data + 12) <= 8192;
  if (!isWholeHeader || isCheap) (void)importIdentity(input, "passphrase");
  (void)seedOfPhrase(textOf(input));
  (void)publicKeyOfCertificate(input);
  return 0;
}
