// An engine whose views a test writes and whose commands it reads back, for models, screens and
// start-up figures. The only double of the tests; the program has no such mode. UI thread.
#pragma once

#include <QStringList>
#include <algorithm>
#include <map>

#include "core/engine/engine_interface.h"

namespace foyer::test {

// A fingerprint that is easy to tell apart: every byte the same but the first, which is the colour.
inline Fingerprint key(std::uint8_t hue, std::uint8_t fill = 0x5a) {
  Fingerprint fingerprint;
  fingerprint.bytes.fill(fill);
  fingerprint.bytes[0] = hue;
  return fingerprint;
}

inline CallId callId(std::uint8_t number) {
  CallId id;
  id.bytes.fill(number);
  return id;
}

class ScriptedEngine : public engine::EngineInterface {
 public:
  engine::IdentityView identityView;
  std::vector<engine::RelayView> relayViews;
  std::vector<engine::DiscoveredRelayView> discoveredViews;
  std::vector<engine::PersonView> personViews;
  std::vector<engine::CallView> callViews;
  std::vector<engine::PastCallView> pastCalls;
  std::vector<engine::ContactDetails> contactViews;
  engine::ContactImportView importView;  // what importContacts answers
  std::optional<Fault> faultOfContacts;  // of changes and files
  engine::HostedRelayView hostedView;
  engine::AudioView audioView;
  engine::RecordView recordView;
  engine::NetworkCheckView networkView;
  std::vector<engine::LogLine> logLines;
  std::vector<engine::CapabilityView> capabilityViews;
  engine::VersionsView versionsView;
  engine::ImpairmentView impairmentView;
  bool firstStart = false;
  std::map<QString, QString> settings;
  std::vector<engine::TurnServerView> turnViews;
  engine::TurnTestView turnTest;     // what testTurnServer answers, at once
  std::optional<Fault> faultOfTurn;  // for adding, removing and refusing to test
  std::optional<Fault> faultOnConnect;
  std::optional<Fault> faultOfInvite;
  std::vector<std::string> words;      // what revealWords answers
  std::optional<Fault> faultOfBackup;  // for every verb of the backup; would_replace until agreed
  std::optional<Fault> faultOfReport;
  QByteArray savedReport;
  int figuresAsked = 0;
  QStringList log;  // what was asked, one line each

  void setPeople(std::vector<engine::PersonView> people) {
    personViews = std::move(people);
    emit peopleChanged();
  }
  void setRelays(std::vector<engine::RelayView> relays) {
    relayViews = std::move(relays);
    emit relaysChanged();
  }
  void setCalls(std::vector<engine::CallView> calls) {
    callViews = std::move(calls);
    emit callsChanged();
  }
  void setHistory(std::vector<engine::PastCallView> calls) {
    pastCalls = std::move(calls);
    emit historyChanged();
  }
  void setHosted(engine::HostedRelayView hosted) {
    hostedView = std::move(hosted);
    emit hostedRelayChanged();
  }
  void setAudio(engine::AudioView audio) {
    audioView = std::move(audio);
    emit audioChanged();
  }

  void setNetworkCheck(engine::NetworkCheckView network) {
    networkView = std::move(network);
    emit networkCheckChanged();
  }

  [[nodiscard]] engine::IdentityView identity() const override { return identityView; }
  [[nodiscard]] std::vector<engine::RelayView> relays() const override { return relayViews; }
  [[nodiscard]] std::vector<engine::DiscoveredRelayView> discovered() const override {
    return discoveredViews;
  }
  [[nodiscard]] std::vector<engine::PersonView> people() const override { return personViews; }
  [[nodiscard]] std::vector<engine::CallView> calls() const override { return callViews; }
  [[nodiscard]] engine::HostedRelayView hostedRelay() const override { return hostedView; }
  [[nodiscard]] engine::AudioView audio() const override { return audioView; }
  [[nodiscard]] std::vector<engine::PastCallView> history() const override { return pastCalls; }
  [[nodiscard]] std::vector<engine::ContactDetails> contacts() const override {
    return contactViews;
  }
  [[nodiscard]] std::optional<engine::ContactDetails> contact(
      const Fingerprint& person) const override {
    for (const auto& view : contactViews)
      if (view.fingerprint == person) return view;
    for (const auto& here : personViews)
      if (here.fingerprint == person)
        return engine::ContactDetails{.fingerprint = person,
                                      .keyTag = here.keyTag,
                                      .signedAlias = here.alias,
                                      .trust = here.trust,
                                      .verifiedAtMs = here.verifiedAtMs};
    return std::nullopt;
  }
  [[nodiscard]] engine::RecordView record() const override { return recordView; }
  [[nodiscard]] engine::NetworkCheckView networkCheck() const override { return networkView; }
  [[nodiscard]] std::vector<engine::LogLine> logSince(std::uint64_t after) const override {
    std::vector<engine::LogLine> newer;
    for (const engine::LogLine& line : logLines)
      if (line.number > after) newer.push_back(line);
    return newer;
  }
  [[nodiscard]] std::vector<engine::CapabilityView> capabilities() const override {
    return capabilityViews;
  }
  [[nodiscard]] engine::VersionsView versions() const override { return versionsView; }
  [[nodiscard]] engine::ImpairmentView impairment() const override { return impairmentView; }
  [[nodiscard]] bool isFirstStart() const override { return firstStart; }
  [[nodiscard]] QString setting(const QString& name) const override {
    const auto found = settings.find(name);
    return found == settings.end() ? QString() : found->second;
  }

  void finishFirstStart(const QString& alias) override {
    log << QStringLiteral("finishFirstStart ") + alias;
    firstStart = false;
    identityView.alias = alias.toStdString();
    emit identityChanged();
  }
  void setAlias(const QString& alias) override { log << QStringLiteral("setAlias ") + alias; }
  void setSetting(const QString& name, const QString& value) override {
    settings[name] = value;
    emit settingChanged(name);
  }
  void connectRelay(const QString& link) override {
    log << QStringLiteral("connectRelay ") + link;
    if (faultOnConnect) emit faultRaised(*faultOnConnect);
  }
  void retryRelay(const Fingerprint& relay) override { note("retryRelay", relay.hex()); }
  void disconnectRelay(const Fingerprint& relay) override { note("disconnectRelay", relay.hex()); }
  void acceptRelayKey(const Fingerprint& relay) override { note("acceptRelayKey", relay.hex()); }
  void joinDiscovered(const Fingerprint& relay) override { note("joinDiscovered", relay.hex()); }
  void forgetRelay(const Fingerprint& relay) override {
    note("forgetRelay", relay.hex());
    std::erase_if(relayViews, [&](const auto& view) { return view.fingerprint == relay; });
    emit relaysChanged();
  }
  void confirmRelayKey(const Fingerprint& relay) override {
    note("confirmRelayKey", relay.hex());
    for (auto& view : relayViews)
      if (view.fingerprint == relay) view.trust = "pinned";
    emit relaysChanged();
  }
  void moveRelay(const Fingerprint& relay, int by) override {
    note("moveRelay", relay.hex() + ' ' + std::to_string(by));
    const auto at = std::find_if(relayViews.begin(), relayViews.end(),
                                 [&](const auto& view) { return view.fingerprint == relay; });
    if (at != relayViews.end()) std::iter_swap(at, at + by);
    emit relaysChanged();
  }
  void makeInvite(std::optional<Duration> life, InviteReply reply) override {
    log << QStringLiteral("makeInvite %1")
               .arg(life ? static_cast<qlonglong>(toMilliseconds(*life) / 1000) : -1);
    if (faultOfInvite) return reply(Failure<Fault>(*faultOfInvite));
    engine::RelayInviteView made;
    made.number = hostedView.invites.size() + 1;
    made.link = hostedView.link;
    if (life) made.untilMs = made.madeAtMs + toMilliseconds(*life);
    hostedView.invites.insert(hostedView.invites.begin(), made);
    emit hostedRelayChanged();
    reply(made);
  }
  void revokeInvite(std::uint64_t number) override {
    log << QStringLiteral("revokeInvite %1").arg(number);
    std::erase_if(hostedView.invites, [&](const auto& one) { return one.number == number; });
    emit hostedRelayChanged();
  }
  void startRelay(int port) override { log << QStringLiteral("startRelay %1").arg(port); }
  void stopRelay(bool whenCallsEnd) override {
    log << (whenCallsEnd ? QStringLiteral("stopRelay whenCallsEnd")
                         : QStringLiteral("stopRelay now"));
  }
  CallId call(const Fingerprint& person) override {
    note("call", person.hex());
    return callId(9);
  }
  void callPrivately(const Fingerprint& person) override { note("callPrivately", person.hex()); }
  void callDirectly(const Fingerprint& person) override { note("callDirectly", person.hex()); }
  Result<void, Fault> changeContact(const Fingerprint& person,
                                    const engine::ContactChange& change) override {
    note("changeContact", person.hex());
    if (faultOfContacts) return Failure<Fault>(*faultOfContacts);
    auto view = contact(person);
    if (!view) return Failure<Fault>(Fault{"contact", "not_found", false, {}});
    view->isKept = true;
    view->ownName = change.ownName.value_or(view->ownName);
    view->note = change.note.value_or(view->note);
    view->ring = change.ring.value_or(view->ring);
    view->isFavourite = change.isFavourite.value_or(view->isFavourite);
    view->policy = change.policy.value_or(view->policy);
    std::erase_if(contactViews, [&](const auto& other) { return other.fingerprint == person; });
    contactViews.push_back(*view);
    for (auto& here : personViews) {
      if (here.fingerprint != person) continue;
      here.isFavourite = view->isFavourite;
      here.policy = view->policy;
      here.alias = view->name();
      here.signedAlias = here.alias == view->signedAlias ? std::string() : view->signedAlias;
    }
    emit contactsChanged();
    emit peopleChanged();
    return {};
  }
  Result<void, Fault> removeContact(const Fingerprint& person) override {
    note("removeContact", person.hex());
    std::erase_if(contactViews, [&](const auto& other) { return other.fingerprint == person; });
    emit contactsChanged();
    return {};
  }
  void exportContacts(const QString& path, DoneReply reply) override {
    note("exportContacts", path.toStdString());
    if (faultOfContacts) return reply(Failure<Fault>(*faultOfContacts));
    reply({});
  }
  void importContacts(const QString& path, bool isOwnFile, bool isTrial,
                      ContactImportReply reply) override {
    note(isTrial ? "tryContacts" : "importContacts",
         path.toStdString() + (isOwnFile ? " own" : ""));
    if (faultOfContacts) return reply(Failure<Fault>(*faultOfContacts));
    reply(importView);
  }
  void answer(const CallId& call, bool trusted) override {
    note(trusted ? "answer trusted" : "answer private", call.hex());
  }
  void reject(const CallId& call) override { note("reject", call.hex()); }
  void hangup(const CallId& call) override { note("hangup", call.hex()); }
  void verify(const CallId& call, bool matches) override {
    note(matches ? "verify yes" : "verify no", call.hex());
  }
  void speakUnverified(const CallId& call) override { note("speakUnverified", call.hex()); }
  void setBlocked(const Fingerprint& person, bool isBlocked) override {
    note(isBlocked ? "block" : "unblock", person.hex());
  }
  void setMuted(bool muted) override {
    log << (muted ? QStringLiteral("mute on") : QStringLiteral("mute off"));
    for (auto& view : callViews) view.muted = muted;
    emit callsChanged();
  }
  void setDeafened(bool deafened) override {
    log << (deafened ? QStringLiteral("deafen on") : QStringLiteral("deafen off"));
    for (auto& view : callViews) view.deafened = deafened;
    emit callsChanged();
  }
  void setHeld(const CallId& call, bool isHeld) override {
    note(isHeld ? "hold" : "resume", call.hex());
    for (auto& view : callViews)
      if (view.call == call) view.isHeld = isHeld;
    emit callsChanged();
  }
  void setAway(bool isAway) override {
    log << (isAway ? QStringLiteral("away on") : QStringLiteral("away off"));
  }
  void chooseQuality(const CallId& call, std::optional<wire::Tier> tier) override {
    note("quality", call.hex() + ' ' + (tier ? std::string(wire::toString(*tier)) : "auto"));
    for (auto& view : callViews) {
      if (view.call != call) continue;
      view.stats.sending.choice = tier;
      view.stats.sending.cause = tier ? client::QualityCause::Choice : client::QualityCause::Start;
      if (tier) view.stats.tier = wire::toString(*tier);
    }
    emit callsChanged();
  }
  void refreshFigures(std::function<void()> done) override {
    ++figuresAsked;
    done();
  }
  void saveReport(const QString& path, const QByteArray& text, DoneReply reply) override {
    log << QStringLiteral("saveReport ") + path;
    savedReport = text;
    if (faultOfReport) return reply(Failure<Fault>(*faultOfReport));
    reply({});
  }
  void saveRecord(const CallId& call, const QString& path, DoneReply reply) override {
    note("saveRecord", call.hex() + ' ' + path.toStdString());
    if (faultOfReport) return reply(Failure<Fault>(*faultOfReport));
    reply({});
  }
  void selectInput(const QString& deviceId) override {
    log << QStringLiteral("selectInput ") + deviceId;
  }
  void selectOutput(const QString& deviceId) override {
    log << QStringLiteral("selectOutput ") + deviceId;
  }
  void openMeter() override { log << QStringLiteral("openMeter"); }
  void closeMeter() override { log << QStringLiteral("closeMeter"); }
  void setLoopback(bool isOn) override {
    log << (isOn ? QStringLiteral("loopback on") : QStringLiteral("loopback off"));
    audioView.isLoopback = isOn;
    emit audioChanged();
  }
  void setTalkKey(bool isDown) override {
    log << (isDown ? QStringLiteral("talk on") : QStringLiteral("talk off"));
    for (auto& view : callViews) view.isTalkKeyDown = isDown;
    emit callsChanged();
  }
  void setVolume(const Fingerprint& person, double volume) override {
    note("volume", person.hex() + ' ' + QString::number(volume, 'f', 2).toStdString());
    for (auto& view : callViews) view.volume = volume;
    emit callsChanged();
  }
  void startNetworkCheck(bool isSlow) override {
    log << (isSlow ? QStringLiteral("networkCheck slow") : QStringLiteral("networkCheck"));
    networkView.state = engine::NetworkCheckState::Running;
    emit networkCheckChanged();
  }
  void playTestSound() override { log << QStringLiteral("playTestSound"); }
  void playRing(const QString& ring) override {
    log << (QStringLiteral("playRing ") + ring).trimmed();
  }
  void removePastCall(const CallId& call) override {
    note("removePastCall", call.hex());
    std::erase_if(pastCalls, [&](const auto& past) { return past.call == call; });
    emit historyChanged();
  }
  void clearHistory() override {
    log << QStringLiteral("clearHistory");
    pastCalls.clear();
    emit historyChanged();
  }
  void markHistorySeen() override {
    log << QStringLiteral("markHistorySeen");
    for (auto& past : pastCalls) past.isSeen = true;
    emit historyChanged();
  }
  void lookAtCapabilities() override {
    log << QStringLiteral("lookAtCapabilities");
    emit capabilitiesChanged();
  }
  void impair(const net::ImpairmentSpec& spec) override {
    log << QStringLiteral("impair %1 %2 %3 %4")
               .arg(spec.delayMs)
               .arg(spec.jitterMs)
               .arg(spec.lossPercent)
               .arg(spec.rateKbps);
    impairmentView.spec = spec;
    emit impairmentChanged();
  }
  void resetIdentity() override { log << QStringLiteral("resetIdentity"); }
  [[nodiscard]] std::vector<engine::TurnServerView> turnServers() const override {
    return turnViews;
  }
  void addTurnServer(const QString& link, const QString& userName, const std::string& password,
                     DoneReply reply) override {
    note("addTurnServer",
         link.toStdString() + ' ' + userName.toStdString() + (password.empty() ? "" : " secret"));
    if (faultOfTurn) return reply(Failure<Fault>(*faultOfTurn));
    std::erase_if(turnViews, [&](const auto& v) { return v.link == link.toStdString(); });
    turnViews.push_back(
        {.link = link.toStdString(), .userName = userName.toStdString(), .hasPassword = true});
    emit turnServersChanged();
    reply({});
  }
  void removeTurnServer(const QString& link, DoneReply reply) override {
    note("removeTurnServer", link.toStdString());
    if (faultOfTurn) return reply(Failure<Fault>(*faultOfTurn));
    std::erase_if(turnViews, [&](const auto& v) { return v.link == link.toStdString(); });
    emit turnServersChanged();
    reply({});
  }
  void testTurnServer(const QString& link, const QString& userName, const std::string& password,
                      TurnTestReply reply) override {
    note("testTurnServer",
         link.toStdString() + ' ' + userName.toStdString() + (password.empty() ? "" : " secret"));
    if (faultOfTurn) return reply(Failure<Fault>(*faultOfTurn));
    reply(turnTest);
  }
  void revealWords(WordsReply reply) override {
    log << QStringLiteral("revealWords");
    if (faultOfBackup) return reply(Failure<Fault>(*faultOfBackup));
    reply(words);
  }
  void exportIdentity(const QString& path, const std::string& passphrase,
                      DoneReply reply) override {
    note("exportIdentity", path.toStdString() + ' ' + passphrase);
    if (faultOfBackup) return reply(Failure<Fault>(*faultOfBackup));
    reply({});
  }
  void importIdentity(const QString& path, const std::string& passphrase, bool mayReplace,
                      RestoreReply reply) override {
    note("importIdentity", path.toStdString() + ' ' + passphrase);
    restore(mayReplace, reply);
  }
  void restoreIdentity(const std::string& typed, bool mayReplace, RestoreReply reply) override {
    note("restoreIdentity", typed);
    restore(mayReplace, reply);
  }

 private:
  void restore(bool mayReplace, const RestoreReply& reply) {
    const bool isAgreed = mayReplace && faultOfBackup && faultOfBackup->code == "would_replace";
    if (faultOfBackup && !isAgreed) return reply(Failure<Fault>(*faultOfBackup));
    identityView.fingerprint = key(0x2f, 0x84);
    identityView.blocked.reset();
    emit identityChanged();
    reply(identityView.fingerprint);
  }
  void note(const char* what, const std::string& about) {
    log << QString::fromLatin1(what) + QLatin1Char(' ') + QString::fromStdString(about);
  }
};

}  // namespace foyer::test
