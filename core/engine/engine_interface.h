// What the window and the control socket may ask of the engine, and what it tells them. The real
// one is Engine (engine.h); UI tests hand in their own. Lives in the UI thread; every call returns
// at once, results arrive as signals.
#pragma once

#include <QByteArray>
#include <QObject>
#include <QString>
#include <functional>

#include "core/base/result.h"
#include "core/engine/diagnostics_views.h"
#include "core/engine/views.h"

namespace foyer::engine {

class EngineInterface : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;
  using WordsReply = std::function<void(Result<std::vector<std::string>, Fault>)>;
  using DoneReply = std::function<void(Result<void, Fault>)>;
  // The fingerprint that is in force now.
  using RestoreReply = std::function<void(Result<Fingerprint, Fault>)>;
  using TurnTestReply = std::function<void(Result<TurnTestView, Fault>)>;
  using ContactImportReply = std::function<void(Result<ContactImportView, Fault>)>;
  using InviteReply = std::function<void(Result<RelayInviteView, Fault>)>;

  // ---- what is (snapshots, cheap to copy)
  [[nodiscard]] virtual IdentityView identity() const = 0;
  // The preferred one first: calls go through the first on which the person is.
  [[nodiscard]] virtual std::vector<RelayView> relays() const = 0;
  [[nodiscard]] virtual std::vector<DiscoveredRelayView> discovered() const = 0;
  [[nodiscard]] virtual std::vector<PersonView> people() const = 0;
  [[nodiscard]] virtual std::vector<CallView> calls() const = 0;
  [[nodiscard]] virtual HostedRelayView hostedRelay() const = 0;
  [[nodiscard]] virtual AudioView audio() const = 0;
  [[nodiscard]] virtual RecordView record() const = 0;
  // Newest first. Setting "call_history" (on by itself): whether calls are remembered at all.
  [[nodiscard]] virtual std::vector<PastCallView> history() const = 0;
  // Everybody of whom something is kept, here or not. contact() knows those who are here as well.
  [[nodiscard]] virtual std::vector<ContactDetails> contacts() const = 0;
  [[nodiscard]] virtual std::optional<ContactDetails> contact(const Fingerprint& person) const = 0;
  [[nodiscard]] virtual NetworkCheckView networkCheck() const = 0;
  // Events with a number above `after`, oldest first; what fell out of the bound is gone.
  [[nodiscard]] virtual std::vector<LogLine> logSince(std::uint64_t after) const = 0;
  // As lookAtCapabilities() found them the last time; empty before.
  [[nodiscard]] virtual std::vector<CapabilityView> capabilities() const = 0;
  [[nodiscard]] virtual VersionsView versions() const = 0;
  [[nodiscard]] virtual ImpairmentView impairment() const = 0;
  [[nodiscard]] virtual bool isFirstStart() const = 0;
  [[nodiscard]] virtual QString setting(const QString& key) const = 0;

  // ---- what to do
  virtual void finishFirstStart(const QString& alias) = 0;
  virtual void setAlias(const QString& alias) = 0;
  virtual void setSetting(const QString& key, const QString& value) = 0;
  virtual void connectRelay(const QString& link) = 0;
  // One that was joined, by the link that was kept: at once instead of after the wait.
  virtual void retryRelay(const Fingerprint& relay) = 0;
  virtual void disconnectRelay(const Fingerprint& relay) = 0;
  // The person looked at both fingerprints and takes the new key.
  virtual void acceptRelayKey(const Fingerprint& relay) = 0;
  // One of discovered(): its key is the word of the network until somebody has compared it.
  virtual void joinDiscovered(const Fingerprint& relay) = 0;
  // Leaves it, and remembers neither its link nor its key.
  virtual void forgetRelay(const Fingerprint& relay) = 0;
  // The person compared the key with who runs it.
  virtual void confirmRelayKey(const Fingerprint& relay) = 0;
  // By so many places in relays(), up with less than 0; kept.
  virtual void moveRelay(const Fingerprint& relay, int by) = 0;
  static constexpr int kKeptPort = 0;    // of setting "relay_port"; the first time any that is free
  static constexpr int kOtherPort = -1;  // any that is free, which is kept from then on
  // Of settings "relay_max_people" and "relay_max_kbps" (kbit/s of sound that one person sends).
  static constexpr int kMaxRelayPeople = 1000, kMinRelayKbps = 16, kMaxRelayKbps = 4194;
  virtual void startRelay(int port) = 0;  // or a port, for this once
  virtual void stopRelay(bool whenCallsEnd) = 0;
  // Good for so long from now, or until it is taken back. Counts while setting
  // "relay_invite_only" is on. Stage "relay": too_many_invites.
  virtual void makeInvite(std::optional<Duration> life, InviteReply reply) = 0;
  // Nobody comes in by it any more; who is in stays until they leave.
  virtual void revokeInvite(std::uint64_t number) = 0;
  virtual CallId call(const Fingerprint& person) = 0;
  // Through relays alone, whoever it is: the other side never learns this machine's addresses.
  virtual void callPrivately(const Fingerprint& person) = 0;
  // The two may learn each other's addresses. What a contact's policy says holds over it.
  virtual void callDirectly(const Fingerprint& person) = 0;
  virtual void answer(const CallId& call, bool trusted) = 0;
  virtual void reject(const CallId& call) = 0;
  virtual void hangup(const CallId& call) = 0;
  virtual void verify(const CallId& call, bool matches) = 0;
  // The knowing unmute: speak to a changed key before the words match, in a call that came in.
  virtual void speakUnverified(const CallId& call) = 0;
  // Their calls do not ring and look unanswered; calls with them end.
  virtual void setBlocked(const Fingerprint& person, bool isBlocked) = 0;
  // Somebody who is here and not kept yet becomes a contact. Faults of stage "contact": not_found,
  // bad_name, bad_note, bad_ring.
  virtual Result<void, Fault> changeContact(const Fingerprint& person,
                                            const ContactChange& change) = 0;
  // With everything kept of them, whether they were verified or blocked too.
  virtual Result<void, Fault> removeContact(const Fingerprint& person) = 0;
  // Files of contacts (core/store/contact_file.h). Faults of stage "contacts".
  virtual void exportContacts(const QString& path, DoneReply reply) = 0;
  // `isOwnFile`: what it says about verified keys and past calls is believed. A trial changes
  // nothing and says what would.
  virtual void importContacts(const QString& path, bool isOwnFile, bool isTrial,
                              ContactImportReply reply) = 0;
  virtual void setMuted(bool muted) = 0;
  virtual void setDeafened(bool deafened) = 0;
  // Neither speak nor listen, and tell the other side; ends with the call.
  virtual void setHeld(const CallId& call, bool isHeld) = 0;
  // Nobody has touched the computer for a while. Not kept.
  virtual void setAway(bool isAway) = 0;
  // nullopt = auto. For this call; setting "quality" is what new calls begin with.
  virtual void chooseQuality(const CallId& call, std::optional<wire::Tier> tier) = 0;
  // Brings the figures of calls() up to this moment; they are up to a second old otherwise.
  virtual void refreshFigures(std::function<void()> done) = 0;
  // Writes what a person asked to keep, readable for its owner alone, into a file that is not there
  // yet. Faults of stage "storage".
  virtual void saveReport(const QString& path, const QByteArray& text, DoneReply reply) = 0;
  // Writes the record of that call for foyer-lab replay, over a file that is there. Faults of stage
  // "record" (running, none) or "storage".
  virtual void saveRecord(const CallId& call, const QString& path, DoneReply reply) = 0;
  virtual void selectInput(const QString& deviceId) = 0;
  virtual void selectOutput(const QString& deviceId) = 0;
  // The level meter of first start and lobby; capture runs while one is open.
  virtual void openMeter() = 0;
  virtual void closeMeter() = 0;
  virtual void playTestSound() = 0;
  // One ring, where and as loud as incoming calls ring (settings ring_device, ring_volume): the one
  // of that name, or with "" the one of the setting ring.
  virtual void playRing(const QString& ring) = 0;
  // The microphone comes back in the loudspeaker after most of a second, processed as others
  // would hear it. Ends by itself when a call begins; does nothing in one.
  virtual void setLoopback(bool isOn) = 0;
  // Push to talk: held or not. Without effect in the other talk modes.
  virtual void setTalkKey(bool isDown) = 0;
  // How loud one person is heard, 0 … 4 (+12 dB); kept.
  virtual void setVolume(const Fingerprint& person, double volume) = 0;
  // A few seconds; with `isSlow` two minutes and more. While one runs: nothing happens, but that a
  // slow one takes the place of a quick one.
  virtual void startNetworkCheck(bool isSlow) = 0;
  virtual void resetIdentity() = 0;  // the explicit way out of a lost secret
  virtual void removePastCall(const CallId& call) = 0;
  virtual void clearHistory() = 0;
  // The person has looked: nothing counts as missed and unseen any more.
  virtual void markHistorySeen() = 0;
  // capabilitiesChanged() follows.
  virtual void lookAtCapabilities() = 0;
  // Makes the own sending worse until it is taken back or the program ends; an empty one takes it
  // back, one that is not valid changes nothing.
  virtual void impair(const net::ImpairmentSpec& spec) = 0;

  // ---- TURN servers; passwords go to the key store and nowhere else.
  // The person's own in their order, then what relays handed out.
  [[nodiscard]] virtual std::vector<TurnServerView> turnServers() const = 0;
  // One user a server: the same link again replaces user name and password. Faults of stage
  // "turn_link" (net::TurnLinkError), stage "turn": no_user, bad_user, no_password, bad_password,
  // too_many.
  virtual void addTurnServer(const QString& link, const QString& userName,
                             const std::string& password, DoneReply reply) = 0;
  // Stage "turn": unknown_server.
  virtual void removeTurnServer(const QString& link, DoneReply reply) = 0;
  // "Test this server": takes an address, sends one datagram through it to itself, gives it back;
  // nobody but the server hears of it and nothing is kept. Without a password the kept one of that
  // link is used. Answers within kTurnTestLimit; one test at a time. A server that fails is a
  // TurnTestView with a fault; refusals are those of addTurnServer, busy and no_password.
  virtual void testTurnServer(const QString& link, const QString& userName,
                              const std::string& password, TurnTestReply reply) = 0;

  // ---- backup of the identity: secrets, which reach the one who asked and no log or event.
  // Faults of stage "backup" (docs/control.md) or "identity".
  virtual void revealWords(WordsReply reply) = 0;
  virtual void exportIdentity(const QString& path, const std::string& passphrase,
                              DoneReply reply) = 0;
  // Replace the identity of this profile; the old one is kept beside it. Refused in a call
  // (in_call), and without `mayReplace` when an identity with contacts would be replaced
  // (would_replace).
  virtual void importIdentity(const QString& path, const std::string& passphrase, bool mayReplace,
                              RestoreReply reply) = 0;
  virtual void restoreIdentity(const std::string& words, bool mayReplace, RestoreReply reply) = 0;

 Q_SIGNALS:
  void identityChanged();
  void relaysChanged();
  void discoveredChanged();
  void peopleChanged();
  void contactsChanged();
  void callsChanged();
  void historyChanged();
  void hostedRelayChanged();
  void audioChanged();
  // A check began or ended, or the port at the router is another.
  void networkCheckChanged();
  void settingChanged(const QString& key);
  void turnServersChanged();
  void logGrew();
  void capabilitiesChanged();
  void impairmentChanged();
  // Something went wrong that no view holds (a link that does not parse, a second instance …).
  void faultRaised(const foyer::Fault& fault);
};

}  // namespace foyer::engine
