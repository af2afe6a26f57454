#include "core/store/profile.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <utility>

#include "core/crypto/primitives.h"

namespace foyer::store {

namespace {

constexpr int kFormat = 1;
constexpr std::size_t kMaxRecordBytes = 64 * 1024;
// Every setting at its longest, escaped.
constexpr std::size_t kMaxSettingsBytes = std::size_t{16} << 20;

std::optional<QJsonObject> parseObject(const Bytes& bytes) {
  QJsonParseError error;
  const auto document = QJsonDocument::fromJson(
      QByteArray(reinterpret_cast<const char*>(bytes.data()), static_cast<qsizetype>(bytes.size())),
      &error);
  if (error.error != QJsonParseError::NoError || !document.isObject()) return std::nullopt;
  return document.object();
}

Result<void, Fault> writeObject(const std::string& path, const QJsonObject& object) {
  const QByteArray text = QJsonDocument(object).toJson();
  const auto written = io::writeFileAtomically(
      path, viewOf(std::string_view(text.constData(), text.size())), io::FileMode::OwnerOnly);
  if (!written) return Failure<Fault>(faultOfFile(written.error(), "store"));
  return {};
}

}  // namespace

const char* toString(SeedHome home) {
  switch (home) {
    case SeedHome::KeyRing:
      return "keyring";
    case SeedHome::File:
      return "file";
  }
  return "file";
}

std::string turnIdOf(const std::string& link) {
  return toHex(ByteView(crypto::sha256(viewOf(link))).first(16));
}

Fault faultOfFile(const Fault& file, const char* stage) {
  const bool isFull = file.code == "disk_full" || file.code == "too_large";
  return {.stage = stage,
          .code = isFull ? "disk_full" : "unwritable",
          .retryable = true,
          .detail = file.detail};
}

Result<Profile, Fault> Profile::open(const std::string& dir) {
  if (const auto made = io::makeDirectory(dir); !made) {
    return Failure<Fault>(faultOfFile(made.error(), "profile"));
  }
  auto lock = io::LockFile::acquire(dir + "/lock");
  if (lock) return Profile(dir, std::move(*lock));
  if (lock.error().code == "already_running") {
    return Failure<Fault>(Fault{"profile", "already_running", true, lock.error().detail});
  }
  return Failure<Fault>(faultOfFile(lock.error(), "profile"));
}

bool isTurnId(const std::string& id) { return fromHex(id).value_or(Bytes()).size() == 16; }

namespace {

Result<ProfileRecord, RecordProblem> readRecordFile(const std::string& path) {
  const auto bytes = io::readFile(path, kMaxRecordBytes);
  if (!bytes) {
    const std::string& code = bytes.error().code;
    if (code == "not_found") return Failure<RecordProblem>(RecordProblem::Missing);
    const bool isDamaged = code == "too_large" || code == "not_a_file";
    return Failure<RecordProblem>(isDamaged ? RecordProblem::Corrupt : RecordProblem::Unreadable);
  }
  const auto object = parseObject(*bytes);
  if (!object) return Failure<RecordProblem>(RecordProblem::Corrupt);
  const auto text = [&](const char* key) { return object->value(key).toString().toStdString(); };
  const auto fingerprint = Fingerprint::parseHex(text("fingerprint"));
  const std::string home = text("seed_home");
  const bool isValid = object->value("format").toInt() == kFormat && fingerprint &&
                       fromHex(text("profile_id")).value_or(Bytes()).size() == 16 &&
                       (home == toString(SeedHome::KeyRing) || home == toString(SeedHome::File));
  if (!isValid) return Failure<RecordProblem>(RecordProblem::Corrupt);
  ProfileRecord record{
      .id = text("profile_id"),
      .seedHome = home == toString(SeedHome::KeyRing) ? SeedHome::KeyRing : SeedHome::File,
      .fingerprint = *fingerprint,
      .alias = text("alias"),
      .isReady = text("state") == "ready"};
  for (const auto& entry : object->value("invites").toArray())
    if (const auto relay = Fingerprint::parseHex(entry.toString().toStdString());
        relay && record.invites.size() < kMaxRelays)
      record.invites.insert(*relay);
  for (const auto& entry : object->value("turn_servers").toArray())
    if (const std::string id = entry.toString().toStdString();
        isTurnId(id) && record.turnServers.size() < kMaxTurnPasswords)
      record.turnServers.insert(id);
  return record;
}

SettingsMap settingsOf(const QJsonObject& object) {
  SettingsMap settings;
  for (auto it = object.begin(); it != object.end() && settings.size() < kMaxSettings; ++it) {
    std::string value = it.value().toString().toStdString();
    if (it.value().isString() && value.size() <= kMaxSettingBytes) {
      settings.emplace(it.key().toStdString(), std::move(value));
    }
  }
  return settings;
}

}  // namespace

ProfileGlance glanceAt(const std::string& dir) {
  ProfileGlance glance;
  if (const auto record = readRecordFile(dir + "/profile.json")) {
    glance.record = *record;
  } else {
    glance.isNew = record.error() == RecordProblem::Missing;
  }
  if (const auto bytes = io::readFile(dir + "/settings.json", kMaxSettingsBytes))
    if (const auto object = parseObject(*bytes)) glance.settings = settingsOf(*object);
  return glance;
}

Result<ProfileRecord, RecordProblem> Profile::readRecord() const {
  return readRecordFile(recordPath());
}

Result<void, Fault> Profile::writeRecord(const ProfileRecord& record) const {
  QJsonArray invites;
  for (const Fingerprint& relay : record.invites)
    invites.append(QString::fromStdString(relay.hex()));
  QJsonArray turnServers;
  for (const std::string& id : record.turnServers) turnServers.append(QString::fromStdString(id));
  return writeObject(recordPath(),
                     {{"format", kFormat},
                      {"profile_id", QString::fromStdString(record.id)},
                      {"seed_home", toString(record.seedHome)},
                      {"fingerprint", QString::fromStdString(record.fingerprint.hex())},
                      {"alias", QString::fromStdString(record.alias)},
                      {"invites", invites},
                      {"turn_servers", turnServers},
                      {"state", record.isReady ? "ready" : "creating"}});
}

SettingsMap Profile::readSettings(std::vector<Fault>& notices) const {
  const auto bytes = io::readFile(settingsPath(), kMaxSettingsBytes);
  if (!bytes && bytes.error().code == "not_found") return {};
  const auto object = bytes ? parseObject(*bytes) : std::nullopt;
  if (!object) {
    const auto aside = io::keepAside(settingsPath());
    notices.push_back({"store", aside ? "settings_corrupt" : "settings_unreadable", false, {}});
    return {};
  }
  return settingsOf(*object);
}

Result<void, Fault> Profile::writeSettings(const SettingsMap& settings) const {
  QJsonObject object;
  for (const auto& [key, value] : settings) {
    object.insert(QString::fromStdString(key), QString::fromStdString(value));
  }
  return writeObject(settingsPath(), object);
}

}  // namespace foyer::store
