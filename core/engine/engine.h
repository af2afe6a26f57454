// The engine: the one object above all rooms. Lives in the Qt thread, owns the other threads (NET,
// AUDIO, RELAY, STORE), holds the views that window and control socket show, and turns commands
// into work for the rooms. Nothing here blocks.
#pragma once

#include <QSocketNotifier>
#include <QTimer>
#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "core/audio/device_pump.h"
#include "core/engine/call_audio.h"
#include "core/engine/call_history.h"
#include "core/engine/capabilities.h"
#include "core/engine/contact_list.h"
#include "core/engine/engine_interface.h"
#include "core/engine/event_bus.h"
#include "core/engine/event_log.h"
#include "core/engine/log_tail.h"
#include "core/engine/metrics_server.h"
#include "core/engine/metrics_text.h"
#include "core/engine/net_thread.h"
#include "core/engine/relay_invites.h"
#include "core/engine/relay_runs.h"
#include "core/engine/system_network.h"
#include "core/io/mdns.h"
#include "core/net/turn_server_list.h"
#include "core/store/store.h"
#include "relaylite/host/hosted_relay.h"

namespace foyer::engine {

struct EngineOptions {
  std::string dataDir;               // empty: the platform's place
  std::string audioIn, audioOut;     // override the settings while this program runs
  std::string relayLink;             // connect at start
  std::optional<int> hostRelayPort;  // host at start
  bool isHeadless = false;           // profile and identity are made without asking
  bool watchesDevices = true;        // false: files only, no sound server is ever asked
  bool discovers = true;             // looks for relays by mDNS
  std::string commit;                // what this program was built from; "" = not known
};

class Engine final : public EngineInterface {
  Q_OBJECT

 public:
  template <class T>
  using Reply = std::function<void(Result<T, Fault>)>;

  explicit Engine(EngineOptions options, QObject* parent = nullptr);
  // Ends calls, says goodbye, waits until what is open is on disk.
  ~Engine() override;

  // Opens the profile, then everything else. Call it after the first frame.
  void start();

  [[nodiscard]] IdentityView identity() const override { return m_identity; }
  [[nodiscard]] std::vector<RelayView> relays() const override;
  [[nodiscard]] std::vector<DiscoveredRelayView> discovered() const override {
    return m_discovered;
  }
  [[nodiscard]] std::vector<PersonView> people() const override { return m_people; }
  [[nodiscard]] std::vector<CallView> calls() const override;
  [[nodiscard]] HostedRelayView hostedRelay() const override;
  [[nodiscard]] AudioView audio() const override;
  [[nodiscard]] RecordView record() const override;
  [[nodiscard]] std::vector<PastCallView> history() const override;
  [[nodiscard]] std::vector<ContactDetails> contacts() const override;
  [[nodiscard]] std::optional<ContactDetails> contact(const Fingerprint& person) const override;
  [[nodiscard]] NetworkCheckView networkCheck() const override { return m_networkCheck; }
  [[nodiscard]] std::vector<LogLine> logSince(std::uint64_t after) const override {
    return m_tail.since(after);
  }
  [[nodiscard]] std::vector<CapabilityView> capabilities() const override { return m_capabilities; }
  [[nodiscard]] VersionsView versions() const override;
  [[nodiscard]] ImpairmentView impairment() const override { return m_impairment; }
  [[nodiscard]] bool isFirstStart() const override { return m_isFirstStart; }
  [[nodiscard]] QString setting(const QString& key) const override;

  void finishFirstStart(const QString& alias) override;
  void setAlias(const QString& alias) override;
  void setSetting(const QString& key, const QString& value) override;
  void connectRelay(const QString& link) override;
  void retryRelay(const Fingerprint& relay) override;
  void disconnectRelay(const Fingerprint& relay) override;
  void acceptRelayKey(const Fingerprint& relay) override;
  void joinDiscovered(const Fingerprint& relay) override;
  void forgetRelay(const Fingerprint& relay) override;
  void confirmRelayKey(const Fingerprint& relay) override;
  void moveRelay(const Fingerprint& relay, int by) override;
  void startRelay(int port) override;
  void stopRelay(bool whenCallsEnd) override;
  void makeInvite(std::optional<Duration> life, InviteReply reply) override;
  void revokeInvite(std::uint64_t number) override;
  CallId call(const Fingerprint& person) override;
  void callPrivately(const Fingerprint& person) override;
  void callDirectly(const Fingerprint& person) override;
  void answer(const CallId& call, bool trusted) override;
  void reject(const CallId& call) override;
  void hangup(const CallId& call) override;
  void verify(const CallId& call, bool matches) override;
  void speakUnverified(const CallId& call) override;
  void setBlocked(const Fingerprint& person, bool isBlocked) override;
  Result<void, Fault> changeContact(const Fingerprint& person,
                                    const ContactChange& change) override;
  Result<void, Fault> removeContact(const Fingerprint& person) override;
  void exportContacts(const QString& path, DoneReply reply) override;
  void importContacts(const QString& path, bool isOwnFile, bool isTrial,
                      ContactImportReply reply) override;
  void setMuted(bool muted) override;
  void setDeafened(bool deafened) override;
  void setHeld(const CallId& call, bool isHeld) override;
  void setAway(bool isAway) override;
  void chooseQuality(const CallId& call, std::optional<wire::Tier> tier) override;
  void refreshFigures(std::function<void()> done) override { refreshCalls(std::move(done)); }
  void saveReport(const QString& path, const QByteArray& text, DoneReply reply) override;
  void saveRecord(const CallId& call, const QString& path, DoneReply reply) override;
  void selectInput(const QString& deviceId) override;
  void selectOutput(const QString& deviceId) override;
  void openMeter() override;
  void closeMeter() override;
  void playTestSound() override;
  void playRing(const QString& ring) override { Q_EMIT ringRequested(ring); }
  void setLoopback(bool isOn) override;
  void setTalkKey(bool isDown) override;
  void setVolume(const Fingerprint& person, double volume) override;
  void startNetworkCheck(bool isSlow) override;
  void resetIdentity() override;
  void removePastCall(const CallId& call) override;
  void clearHistory() override;
  void markHistorySeen() override;
  void lookAtCapabilities() override;
  void impair(const net::ImpairmentSpec& spec) override;
  void revealWords(WordsReply reply) override;
  void exportIdentity(const QString& path, const std::string& passphrase, DoneReply reply) override;
  void importIdentity(const QString& path, const std::string& passphrase, bool mayReplace,
                      RestoreReply reply) override;
  void restoreIdentity(const std::string& words, bool mayReplace, RestoreReply reply) override;
  [[nodiscard]] std::vector<TurnServerView> turnServers() const override;
  void addTurnServer(const QString& link, const QString& userName, const std::string& password,
                     DoneReply reply) override;
  void removeTurnServer(const QString& link, DoneReply reply) override;
  void testTurnServer(const QString& link, const QString& userName, const std::string& password,
                      TurnTestReply reply) override;

  // ---- for scripts: the same with an answer
  Result<void, Fault> tryConnect(const QString& link,
                                 store::RelayTrust trust = store::RelayTrust::Pinned);
  void callPerson(const Fingerprint& person, std::optional<Fingerprint> via,
                  std::optional<crypto::CallPolicy> policy, Reply<CallId> reply);
  // What the caller's policy says holds over `isTrusted`.
  void answerCall(const CallId& call, bool isTrusted, Reply<bool> reply);
  void withCall(const CallId& call,
                std::function<Result<void, Fault>(client::Client&, TimePoint)> work,
                Reply<bool> reply);
  void verifyCall(const CallId& call, bool matches, Reply<bool> reply);
  void speakUnverified(const CallId& call, Reply<bool> reply);
  void holdCall(const CallId& call, bool isHeld, Reply<bool> reply);
  // Stage "contact": not_found, not_blocked.
  Result<void, Fault> blockPerson(const Fingerprint& person, bool isBlocked);
  // nullopt = auto. For this call alone; setting "quality" is for the next ones.
  void setQuality(const CallId& call, std::optional<wire::Tier> tier, Reply<bool> reply);
  // Answers when the check is over. Stage "network": busy (a slow one runs, a quick one is wanted).
  void checkNetwork(bool isSlow, Reply<NetworkCheckView> reply);
  // What new calls begin with.
  [[nodiscard]] std::optional<wire::Tier> defaultQuality() const;
  // Answers when every room was asked; capabilities() has the rest.
  void askCapabilities(std::function<void(const std::optional<NetFacts>&)> done);
  // What becomes of a file that is there already.
  enum class Existing : std::uint8_t { Kept, Replaced };
  // Writes a whole file in the STORE thread, readable for its owner alone.
  void keepFile(std::string path, std::string text, Existing existing, Reply<bool> reply);
  // Runs `done` after the next picture of the calls came from the NET thread.
  void refreshCalls(std::function<void()> done);
  // Runs `done` when the hosted relay serves, stands still or failed (at once if it does).
  void whenRelaySettles(std::function<void()> done);
  [[nodiscard]] bool isMuted() const { return m_isMuted; }
  [[nodiscard]] bool isAway() const { return m_isAway; }
  // The network is paid by volume: setting "metered" (on, off), else as the system says.
  [[nodiscard]] bool isMetered() const;
  [[nodiscard]] std::optional<CallView> callView(const CallId& call) const;
  [[nodiscard]] const store::SettingsMap& settings() const { return m_settings; }
  [[nodiscard]] EventBus& bus() { return m_bus; }
  [[nodiscard]] bool isReady() const { return m_net != nullptr; }
  [[nodiscard]] std::int64_t uptimeMs() const;
  [[nodiscard]] std::int64_t steadyNowMs() const;

 Q_SIGNALS:
  // The profile is open and the network runs (or the identity is blocked: see identity()).
  void ready();
  void quitRequested();
  // The profile cannot be used at all: another instance, an unwritable disk.
  void profileRefused(const foyer::Fault& fault);
  void testSoundRequested();
  void ringRequested(const QString& ring);

 private:
  struct CallSound {
    std::shared_ptr<client::MediaSeam> seam;
    std::unique_ptr<CallAudio> audio;
    std::uint32_t generation = 0;
    std::optional<std::int64_t> captureStartedNs, playoutStartedNs;
  };

  void keepSetting(const std::string& name, const std::string& value);
  void onLoaded(Result<store::StoredState, Fault> loaded);
  void startNetwork(const store::StoredState& state);
  void connectRemembered();
  void replaceIdentity(crypto::SecretSeed seed, bool mayReplace, RestoreReply reply);
  // Why no identity may take the place of this one now.
  [[nodiscard]] std::optional<Fault> refusalOf(const Fingerprint& next, bool mayReplace) const;
  void forgetSession();
  // `make` too runs in the STORE thread.
  void writeFile(std::string path, std::function<Bytes()> make, Existing existing,
                 Reply<bool> reply);
  // Somebody who knows relays is never led into one that was merely found.
  void noteRelayUse();
  void keepInvite(const Fingerprint& relay, const std::string& token);
  // All that this profile keeps, the preferred one first.
  [[nodiscard]] std::vector<Fingerprint> relayOrder() const;
  void sendRelayOrder();
  // The relay in this program, by the key it had the last time.
  [[nodiscard]] std::optional<Fingerprint> ownRelay() const;
  [[nodiscard]] relayhost::RelayTuning relayTuning();
  void onRelaySetting(const std::string& key);
  // What the relay's owner shows to come in, and what invites are made of; made when it is needed.
  const std::string& relaySecret();
  void onRelayServing(const relayhost::RelayStatus& status);
  void noteRelayRun(const relayhost::RelayStatus& status, bool isNewPhase);
  void keepRelayRuns();
  void onNetUpdate(NetUpdate&& update);
  void onNetwork(NetworkCheckView&& network);
  // With what the system knows of the network beside it.
  [[nodiscard]] NetworkCheckView completed(NetworkCheckView network) const;
  // `at`: when the NET thread saw them so.
  void onCalls(const std::vector<client::CallStatus>& calls, TimePoint at);
  // It has ended.
  void keepCall(const client::CallStatus& status);
  void onClientEvent(const client::ClientEvent& event);
  void onRelays(std::vector<client::RelayStatus> relays);
  void rebuildPeople();
  void onRelayUpdate(relayhost::RelayUpdate&& update);
  void onDiscovered(std::vector<io::MdnsRelay>&& relays);
  void onAudioEvents();
  void openSound(const CallId& call);
  void closeSound();
  void openMeterNow();
  // Before the devices open, and after they closed.
  void beginRecord(client::MediaSeam& seam) const;
  void endRecord(const CallId& call, client::MediaSeam& seam);
  // What the settings say about sound, to what runs now.
  void applyVoice(client::MediaSeam& seam, const Fingerprint& peer) const;
  void onSoundSetting(const std::string& key);
  void sendQualityDefaults();
  void sendMetered();
  void sendDirectCalls();
  void sendAvailability();
  // Silence in the speakers: deafened, or the call is on hold.
  void applyDeafness();
  void sendNetworkSettings();
  void loadTurnServers(store::TurnPasswordMap passwords);
  void sendTurnServers();
  void onTurnStates(std::vector<TurnState>&& states);
  void endTurnTest(Result<TurnTestView, Fault> result);
  [[nodiscard]] media::VoiceSettings voiceSettings() const;
  [[nodiscard]] media::TalkMode talkMode() const;
  [[nodiscard]] double volumeOf(const Fingerprint& person) const;
  [[nodiscard]] bool isOn(const char* key, bool byItself) const;
  [[nodiscard]] CallView viewOf(const client::CallStatus& status) const;
  [[nodiscard]] client::Explanation explained(const client::CallStatus& status,
                                              const CallView& view) const;
  void markSound(const client::CallStatus& status, Duration late);
  [[nodiscard]] audio::StreamSpec streamSpec(audio::Purpose purpose) const;
  // In memory here and in the NET thread; the disk is the caller's.
  void keepContact(const store::StoredContact& contact);
  void rememberMet(const client::CallStatus& call);
  struct Known {
    PublicKey key;
    std::string alias;
  };
  // Of a contact, of who is here, or in a call.
  [[nodiscard]] std::optional<Known> knownOf(const Fingerprint& person) const;
  [[nodiscard]] ContactDetails detailsOf(const store::StoredContact& contact) const;
  void takeContacts(const std::vector<store::StoredContact>& contacts);
  void announce(std::string name, std::string source,
                std::vector<std::pair<std::string, FieldValue>> about);
  void raise(const Fault& fault);
  void logEvents();
  void readTail();
  void askNet(std::function<void(std::optional<NetFacts>)> done);
  void judgeCapabilities(const std::optional<NetFacts>& net, bool hasDred, bool hasOsce);
  void sendImpairment();
  void serveMetrics();

  EngineOptions m_options;
  io::SystemClock m_clock;
  TimePoint m_startedAt;
  EventBus m_bus;
  std::unique_ptr<EventBus::Subscription> m_logFeed;
  std::shared_ptr<EventLog> m_log;  // written in the STORE thread
  bool m_isLogWriting = false;
  std::unique_ptr<EventBus::Subscription> m_tailFeed;
  LogTail m_tail;
  EventTally m_tally;
  std::vector<CapabilityView> m_capabilities;
  ImpairmentView m_impairment;
  std::unique_ptr<MetricsServer> m_metrics;
  std::unique_ptr<store::Store> m_store;

  IdentityView m_identity;
  PublicKey m_publicKey;
  bool m_isFirstStart = false;
  bool m_isLoaded = false;
  // What was set while the profile was still being read: it is newer than what is read.
  std::optional<std::string> m_earlyAlias;
  std::map<std::string, std::string> m_earlySettings;
  std::optional<std::string>
      m_enteredAs;  // the name of a lobby that was entered before the profile was read
  store::SettingsMap m_settings;
  ContactList m_contacts;
  std::map<Fingerprint, store::StoredRelay> m_storedRelays;
  store::InviteMap m_invites;  // secrets; kept where the seed is
  bool m_isRestoring = false;
  std::vector<net::TurnServer> m_turnServers;  // the person's own
  store::TurnPasswordMap m_turnPasswords;      // by store::turnIdOf(link); secrets
  std::vector<TurnState> m_turnStates;         // as the NET thread sees all of them
  TurnTestReply m_turnTest;                    // while one runs

  std::unique_ptr<SystemNetwork> m_systemNetwork;
  io::QtInbox<NetUpdate> m_netInbox;
  std::unique_ptr<NetThread> m_net;
  std::vector<client::RelayStatus> m_relayStates;
  std::map<Fingerprint, client::RelayPhase> m_toldPhases;
  std::vector<client::Person> m_persons;
  std::vector<PersonView> m_people;
  NetworkCheckView m_networkCheck;
  std::vector<client::CallStatus> m_callStates;
  std::map<CallId, client::CallPhase> m_toldCalls;
  std::map<CallId, std::uint64_t> m_callGenerations;
  std::map<CallId, WallTime> m_callBegan;
  CallHistory m_history;
  bool m_isMuted = false, m_isDeafened = false, m_isAway = false;

  audio::DevicePump m_pump;
  std::unique_ptr<QSocketNotifier> m_audioNotifier;
  media::VoiceCodecFactory m_codecs;
  std::optional<CallId> m_soundCall;
  std::optional<CallSound> m_sound;
  struct CallRecord {
    CallId call;
    std::shared_ptr<const media::PlayLog> log;  // not written to any more
  };
  std::optional<CallRecord> m_record;        // of the newest call that was recorded
  std::map<CallId, CallSound> m_pastSounds;  // their start times stay readable
  struct SoundMark {
    TimePoint at{};
    client::RecoveryFigures recovery;
    std::uint64_t underruns = 0, refused = 0;
    std::uint64_t starved = 0;  // marks so far at which this computer was too slow
  };
  std::deque<SoundMark> m_soundHistory;  // of m_soundCall, oldest first
  std::unique_ptr<MeterAudio> m_meter;
  std::unique_ptr<LoopbackAudio> m_loopback;
  bool m_isTalkKeyDown = false;
  int m_meterUsers = 0;
  std::optional<Fault> m_audioFault;
  void noteAudio(const char* code);
  void wakeNetForAudio();
  std::string m_audioNotice;
  std::uint64_t m_audioNotices = 0;

  io::QtInbox<relayhost::RelayUpdate> m_relayInbox;
  std::unique_ptr<relayhost::HostedRelay> m_relay;
  std::uint64_t m_relayGeneration = 0, m_relayBusGeneration = 0;
  HostedRelayView m_hostedRelay;
  bool m_isRelaySettling = false;
  std::vector<std::function<void()>> m_relayWaiters;
  std::optional<Fingerprint> m_ownRelay;
  std::string m_relaySecret;         // while its relay has not served yet
  std::string m_relayLink;           // with that secret, when invites are asked for
  QStringList m_linksWanted;         // likewise
  std::optional<int> m_relayWanted;  // asked for before the profile was read
  int m_relayPort = kKeptPort;       // what it was started with
  bool m_isRelayStopped = false;     // somebody said so
  RelayRuns m_relayRuns;
  RelayInvites m_relayInvites;

  io::QtInbox<std::vector<io::MdnsRelay>> m_mdnsInbox;
  std::unique_ptr<io::Mdns> m_mdns;
  // Written in the mDNS thread.
  std::shared_ptr<std::atomic<io::MdnsState>> m_mdnsState =
      std::make_shared<std::atomic<io::MdnsState>>(io::MdnsState::Off);
  std::vector<DiscoveredRelayView> m_discovered;
};

}  // namespace foyer::engine
