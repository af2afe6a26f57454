#include "core/store/key_ring.h"

#include <qt6keychain/keychain.h>

#include <QFile>
#include <QMetaObject>
#include <QThread>
#include <chrono>
#include <condition_variable>
#include <mutex>

namespace foyer::store {

namespace {

// The person must not look at an empty window for longer.
constexpr auto kLimit = std::chrono::seconds(3);
constexpr auto kService = "Foyer";

KeyRingError errorOf(QKeychain::Error error) {
  switch (error) {
    case QKeychain::EntryNotFound:
      return KeyRingError::NotFound;
    case QKeychain::AccessDeniedByUser:
    case QKeychain::AccessDenied:
      return KeyRingError::Denied;
    case QKeychain::NoBackendAvailable:
    case QKeychain::NotImplemented:
      return KeyRingError::Unavailable;
    case QKeychain::NoError:
    case QKeychain::CouldNotDeleteEntry:
    case QKeychain::OtherError:
      return KeyRingError::Failed;
  }
  return KeyRingError::Failed;
}

// QtKeychain's queue of jobs belongs to the first thread that used it, so there is one for all
// rings of the program. Never ended: the system takes it away with the process.
QObject& ringThreadObject() {
  static QObject* object = [] {
    auto* thread = new QThread();
    thread->setObjectName("foyer-keyring");
    auto* made = new QObject();
    made->moveToThread(thread);
    thread->start();
    return made;
  }();
  return *object;
}

struct Answer {
  std::mutex mutex;
  std::condition_variable arrived;
  std::optional<Result<std::string, KeyRingError>> result;
};

// Starts the job in the ring's thread and waits for it here; a late answer finds nobody.
template <class Job, class Prepare, class Take>
Result<std::string, KeyRingError> run(const std::string& entry, Prepare prepare, Take take) {
  auto answer = std::make_shared<Answer>();
  QMetaObject::invokeMethod(&ringThreadObject(), [answer, entry, prepare, take] {
    auto* job = new Job(kService);  // deletes itself when it ended
    job->setInsecureFallback(false);
    job->setKey(QString::fromStdString(entry));
    prepare(*job);
    QObject::connect(job, &QKeychain::Job::finished, job, [answer, take](QKeychain::Job* ended) {
      const std::lock_guard lock(answer->mutex);
      answer->result = ended->error() == QKeychain::NoError
                           ? Result<std::string, KeyRingError>(take(*static_cast<Job*>(ended)))
                           : Failure<KeyRingError>(errorOf(ended->error()));
      answer->arrived.notify_all();
    });
    job->start();
  });
  std::unique_lock lock(answer->mutex);
  if (!answer->arrived.wait_for(lock, kLimit, [&] { return answer->result.has_value(); })) {
    return Failure<KeyRingError>(KeyRingError::Timeout);
  }
  return std::move(*answer->result);
}

class SystemKeyRing final : public KeyRing {
 public:
  explicit SystemKeyRing(KeyRingUse use) : m_use(use) {}

  // Without a bus of this session libdbus would start one of its own, and the secret would be gone
  // at the next log-in.
  [[nodiscard]] bool isAvailable() const override {
    return m_use != KeyRingUse::Off && *keyRingProblem() == '\0';
  }

  [[nodiscard]] Result<std::string, KeyRingError> read(const std::string& entry) override {
    if (!isAvailable()) return Failure<KeyRingError>(KeyRingError::Unavailable);
    return run<QKeychain::ReadPasswordJob>(
        entry, [](QKeychain::ReadPasswordJob&) {},
        [](QKeychain::ReadPasswordJob& job) { return job.textData().toStdString(); });
  }

  [[nodiscard]] Result<void, KeyRingError> write(const std::string& entry,
                                                 const std::string& secret) override {
    if (!isAvailable()) return Failure<KeyRingError>(KeyRingError::Unavailable);
    return run<QKeychain::WritePasswordJob>(
               entry,
               [secret](QKeychain::WritePasswordJob& job) {
                 job.setTextData(QString::fromStdString(secret));
               },
               [](QKeychain::WritePasswordJob&) { return std::string(); })
        .map([](const std::string&) {});
  }

  [[nodiscard]] Result<void, KeyRingError> remove(const std::string& entry) override {
    if (!isAvailable()) return Failure<KeyRingError>(KeyRingError::Unavailable);
    const auto removed = run<QKeychain::DeletePasswordJob>(
        entry, [](QKeychain::DeletePasswordJob&) {},
        [](QKeychain::DeletePasswordJob&) { return std::string(); });
    if (!removed && removed.error() != KeyRingError::NotFound)
      return Failure<KeyRingError>(removed.error());
    return {};
  }

 private:
  KeyRingUse m_use;
};

}  // namespace

const char* toString(KeyRingError error) {
  switch (error) {
    case KeyRingError::NotFound:
      return "not_found";
    case KeyRingError::Unavailable:
      return "unavailable";
    case KeyRingError::Denied:
      return "denied";
    case KeyRingError::Timeout:
      return "timeout";
    case KeyRingError::Failed:
      return "failed";
  }
  return "failed";
}

const char* keyRingProblem() {
  if (qgetenv("FOYER_KEYRING") == "off") return "switched_off";
  if (!qEnvironmentVariableIsEmpty("DBUS_SESSION_BUS_ADDRESS")) return "";
  const QByteArray runtime = qgetenv("XDG_RUNTIME_DIR");
  const bool hasBus = !runtime.isEmpty() && QFile::exists(QString::fromLocal8Bit(runtime) + "/bus");
  return hasBus ? "" : "no_session_bus";
}

std::unique_ptr<KeyRing> makeSystemKeyRing(KeyRingUse use) {
  return std::make_unique<SystemKeyRing>(use);
}

}  // namespace foyer::store
