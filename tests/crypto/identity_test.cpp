#include "core/crypto/identity.h"

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "core/crypto/backup.h"
#include "core/crypto/certificate.h"
#include "core/crypto/words.h"

namespace foyer::crypto {
namespace {

Identity identityNumber(std::uint64_t seed) {
  SeededRandom random(seed);
  return Identity::generate(random);
}

TEST(Identity, signsAndVerifies) {
  const Identity a = identityNumber(1);
  const Identity b = identityNumber(2);
  const Bytes body = toBytes(viewOf("body"));
  const Signature signature = a.sign(body);
  EXPECT_TRUE(verify(a.publicKey(), body, signature));
  EXPECT_FALSE(verify(b.publicKey(), body, signature));
  EXPECT_FALSE(verify(a.publicKey(), viewOf("bodies"), signature));
  for (std::size_t i = 0; i < Signature::kSize; ++i) {
    Signature changed = signature;
    changed.bytes[i] ^= 1;
    EXPECT_FALSE(verify(a.publicKey(), body, changed));
  }
}

TEST(Identity, cloneIsTheSamePerson) {
  const Identity a = identityNumber(3);
  const Identity copy = a.clone();
  EXPECT_EQ(copy.publicKey(), a.publicKey());
  EXPECT_EQ(copy.sign(viewOf("x")), a.sign(viewOf("x")));
}

TEST(Identity, fingerprintIsShownInEightGroupsOfFourAndReadBack) {
  const Fingerprint fingerprint = Fingerprint::parseHex("84a4f10145fcff117225212d8df04937").value();
  EXPECT_EQ(displayFingerprint(fingerprint), "84a4 f101 45fc ff11 7225 212d 8df0 4937");
  EXPECT_EQ(parseFingerprint("84A4 F101 45fc ff11 7225 212d 8df0 4937"), fingerprint);
  EXPECT_EQ(parseFingerprint("84a4f10145fcff117225212d8df04937"), fingerprint);
  EXPECT_FALSE(parseFingerprint("84a4f10145fcff117225212d8df0493"));
  EXPECT_FALSE(parseFingerprint("84a4f10145fcff117225212d8df049370"));
  EXPECT_FALSE(parseFingerprint("84a4f10145fcff117225212d8df0493g"));
}

// keys.md section 15: the identity's part of small_order_points
TEST(Identity, small_order_points) {
  // The eight points of small order and two non-canonical spellings of them.
  for (const char* hex : {"0100000000000000000000000000000000000000000000000000000000000000",
                          "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "0000000000000000000000000000000000000000000000000000000000000000",
                          "0000000000000000000000000000000000000000000000000000000000000080",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
                          "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
                          "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa",
                          "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                          "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f"}) {
    EXPECT_FALSE(isValidIdentityKey(PublicKey::parseHex(hex).value())) << hex;
  }
}

TEST(Certificate, isTheSameBytesEachTimeAndCarriesTheKey) {
  const Identity a = identityNumber(4);
  const Bytes certificate = makeCertificate(a);
  EXPECT_EQ(certificate, makeCertificate(a));
  EXPECT_EQ(publicKeyOfCertificate(certificate), a.publicKey());
  EXPECT_NE(certificate, makeCertificate(identityNumber(5)));
}

TEST(Certificate, gnutlsAcceptsTheSelfSignatureAndTheKeyPair) {
  const Identity a = identityNumber(6);
  Bytes certificate = makeCertificate(a);
  gnutls_x509_crt_t crt = nullptr;
  ASSERT_EQ(gnutls_x509_crt_init(&crt), GNUTLS_E_SUCCESS);
  const gnutls_datum_t der{certificate.data(), static_cast<unsigned>(certificate.size())};
  ASSERT_EQ(gnutls_x509_crt_import(crt, &der, GNUTLS_X509_FMT_DER), GNUTLS_E_SUCCESS);
  unsigned status = 0;
  EXPECT_EQ(gnutls_x509_crt_verify(crt, &crt, 1, GNUTLS_VERIFY_ALLOW_ANY_X509_V1_CA_CRT, &status),
            GNUTLS_E_SUCCESS);
  EXPECT_EQ(status & GNUTLS_CERT_SIGNATURE_FAILURE, 0U);
  EXPECT_EQ(gnutls_x509_crt_get_version(crt), 3);

  gnutls_x509_privkey_t key = nullptr;
  ASSERT_EQ(gnutls_x509_privkey_init(&key), GNUTLS_E_SUCCESS);
  PublicKey publicKey = a.publicKey();
  SecretBytes<32> seed = a.tlsSeed().clone();
  const gnutls_datum_t x{publicKey.bytes.data(), 32};
  const gnutls_datum_t k{seed.data(), 32};
  EXPECT_EQ(gnutls_x509_privkey_import_ecc_raw(key, GNUTLS_ECC_CURVE_ED25519, &x, nullptr, &k),
            GNUTLS_E_SUCCESS);
  gnutls_certificate_credentials_t credentials = nullptr;
  ASSERT_EQ(gnutls_certificate_allocate_credentials(&credentials), GNUTLS_E_SUCCESS);
  // Fails when key and certificate do not belong together.
  EXPECT_EQ(gnutls_certificate_set_x509_key(credentials, &crt, 1, key), GNUTLS_E_SUCCESS);
  gnutls_certificate_free_credentials(credentials);
  gnutls_x509_privkey_deinit(key);
  gnutls_x509_crt_deinit(crt);
}

TEST(Certificate, damagedOnesNeverCrashAndSmallOrderKeysAreRefused) {
  const Identity a = identityNumber(7);
  const Bytes certificate = makeCertificate(a);
  for (std::size_t size = 0; size < certificate.size(); ++size) {
    EXPECT_FALSE(publicKeyOfCertificate(ByteView(certificate).first(size))) << size;
  }
  for (std::size_t i = 0; i < certificate.size(); ++i) {
    Bytes changed = certificate;
    changed[i] ^= 0xff;
    (void)publicKeyOfCertificate(changed);
  }
  Bytes zeroKey = certificate;
  const auto at = std::search(zeroKey.begin(), zeroKey.end(), a.publicKey().bytes.begin(),
                              a.publicKey().bytes.end());
  ASSERT_NE(at, zeroKey.end());
  std::fill_n(at, 32, std::uint8_t{0});
  EXPECT_EQ(publicKeyOfCertificate(zeroKey).error(), CertificateError::InvalidKey);
}

TEST(Words, everySeedComesBackFromItsWords) {
  SeededRandom random(8);
  for (int i = 0; i < 200; ++i) {
    const SecretSeed seed = SecretSeed::random(random);
    const auto words = wordsOfSeed(seed);
    const auto back = seedOfWords(words);
    ASSERT_TRUE(back);
    EXPECT_TRUE(equalInConstantTime(back->view(), seed.view()));
  }
}

TEST(Words, oneWrongWordIsNoticed) {
  SeededRandom random(9);
  auto words = wordsOfSeed(SecretSeed::random(random));
  const std::string_view right = words[5];
  int accepted = 0;
  for (std::size_t i = 0; i < kWordListSize; ++i) {
    words[5] = wordAt(i);
    if (seedOfWords(words)) ++accepted;
  }
  // Eight bits of checksum: about one in 256 of the other words passes.
  EXPECT_LT(accepted, 25);
  words[5] = right;
  EXPECT_TRUE(seedOfWords(words));
  words[5] = "foyer";
  EXPECT_EQ(seedOfWords(words).error(), WordsError::UnknownWord);
  EXPECT_EQ(seedOfWords(std::span(words).first(23)).error(), WordsError::WrongCount);
}

TEST(Words, typedTextMayBeUntidy) {
  SeededRandom random(10);
  const SecretSeed seed = SecretSeed::random(random);
  std::string phrase = "\n ";
  for (const std::string_view word : wordsOfSeed(seed)) {
    std::string loud(word);
    loud[0] = static_cast<char>(loud[0] - 'a' + 'A');
    phrase += loud + "\t \n";
  }
  const auto back = seedOfPhrase(phrase);
  ASSERT_TRUE(back);
  EXPECT_TRUE(equalInConstantTime(back->view(), seed.view()));
  EXPECT_EQ(seedOfPhrase(phrase + "zoo").error(), WordsError::WrongCount);
  EXPECT_EQ(seedOfPhrase("").error(), WordsError::WrongCount);
  EXPECT_EQ(seedOfPhrase("abandonabandon").error(), WordsError::UnknownWord);
}

TEST(Words, aGlanceCountsAndNamesTheFirstWordThatIsNotOfTheList) {
  EXPECT_EQ(glanceAtPhrase("  ").words, 0U);
  const PhraseGlance good = glanceAtPhrase(" Zoo\tabandon ");
  EXPECT_EQ(good.words, 2U);
  EXPECT_EQ(good.unknownAt, 0U);
  const PhraseGlance typed = glanceAtPhrase("zoo abandom foyer zoo");
  EXPECT_EQ(typed.words, 4U);
  EXPECT_EQ(typed.unknownAt, 2U);
  EXPECT_EQ(typed.unknown, "abandom");
}

TEST(Words, theListIsSortedAndCompletes) {
  for (std::size_t i = 1; i < kWordListSize; ++i) EXPECT_LT(wordAt(i - 1), wordAt(i));
  EXPECT_EQ(wordsStartingWith("zo", 10), (std::vector<std::string_view>{"zone", "zoo"}));
  EXPECT_EQ(wordsStartingWith("a", 3).size(), 3U);
  EXPECT_EQ(indexOfWord("zoo"), 2047U);
  EXPECT_FALSE(indexOfWord("foyer"));
}

constexpr BackupCost kQuick{.passes = 1, .memoryKib = 8192};

TEST(Backup, comesBackWithThePassphraseOnly) {
  SeededRandom random(11);
  const SecretSeed seed = SecretSeed::random(random);
  const auto file = exportIdentity(seed, "correct horse", random, kQuick);
  ASSERT_TRUE(file);
  EXPECT_EQ(file->size(), kBackupSize);
  const auto back = importIdentity(*file, "correct horse");
  ASSERT_TRUE(back);
  EXPECT_TRUE(equalInConstantTime(back->view(), seed.view()));
  EXPECT_EQ(importIdentity(*file, "correct hors").error(), BackupError::WrongPassphrase);
  const auto again = exportIdentity(seed, "correct horse", random, kQuick);
  EXPECT_NE(*file, *again);
}

TEST(Backup, costOfAnUntrustedFileIsBoundedBeforeAnyWork) {
  SeededRandom random(12);
  auto file = exportIdentity(SecretSeed::random(random), "p", random, kQuick).value();
  const auto with = [&](std::size_t at, std::uint32_t value) {
    Bytes changed = file;
    for (std::size_t i = 0; i < 4; ++i)
      changed[at + i] = static_cast<std::uint8_t>(value >> (24 - 8 * i));
    return importIdentity(changed, "p").error();
  };
  EXPECT_EQ(with(8, 0), BackupError::CostOutOfRange);
  EXPECT_EQ(with(8, 17), BackupError::CostOutOfRange);
  EXPECT_EQ(with(12, 8191), BackupError::CostOutOfRange);
  EXPECT_EQ(with(12, 0xffffffff), BackupError::CostOutOfRange);
  EXPECT_EQ(exportIdentity(SecretSeed::random(random), "p", random, {.passes = 0}).error(),
            BackupError::CostOutOfRange);
}

TEST(Backup, damageIsAnError) {
  SeededRandom random(13);
  const auto file = exportIdentity(SecretSeed::random(random), "p", random, kQuick).value();
  for (std::size_t size = 0; size < file.size(); ++size) {
    EXPECT_EQ(importIdentity(ByteView(file).first(size), "p").error(), BackupError::NotABackup);
  }
  for (const std::size_t i : {0U, 16U, 40U, 60U, 100U}) {
    Bytes changed = file;
    changed[i] ^= 1;
    EXPECT_FALSE(importIdentity(changed, "p")) << i;
  }
  Bytes newer = file;
  newer[7] = '2';
  EXPECT_EQ(importIdentity(newer, "p").error(), BackupError::UnsupportedVersion);
}

}  // namespace
}  // namespace foyer::crypto
