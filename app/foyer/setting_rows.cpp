#include "app/foyer/setting_rows.h"

#include <QCoreApplication>

#include "app/foyer/explanation_text.h"
#include "app/foyer/ring_names.h"
#include "core/engine/setting_values.h"
#include "core/wire/tiers.h"

namespace foyer::app {
namespace {

using enum SettingGroup;
using enum SettingKind;

// Only so that lupdate knows the context of the sentences.
struct Rows {
  Q_DECLARE_TR_FUNCTIONS(SettingRows)

 public:
  static SettingRow quality();
  static std::vector<SettingRow> you(), sound(), calls(), privacy(), network(), window();
  static QString nameOf(SettingGroup group);
};

SettingRow onOff(SettingGroup group, const char* key, bool isOnByItself, const QString& title,
                 const QString& advice, const QString& further = {}) {
  return {.group = group,
          .kind = Switch,
          .key = QString::fromLatin1(key),
          .title = title,
          .advice = advice,
          .further = further,
          .byItself = isOnByItself ? QStringLiteral("on") : QStringLiteral("off")};
}

SettingRow piece(SettingGroup group, const char* name, const QString& title,
                 const QString& advice = {}, const QString& further = {}) {
  return {.group = group,
          .kind = Piece,
          .key = QString::fromLatin1(name),
          .title = title,
          .advice = advice,
          .further = further};
}

SettingRow keeping(QList<std::pair<QString, QString>> settings, SettingRow piece) {
  piece.keeps = std::move(settings);
  return piece;
}

SettingRow Rows::quality() {
  SettingRow row{.group = Calls,
                 .kind = Choice,
                 .key = QStringLiteral("quality"),
                 .title = tr("Quality of new calls"),
                 .advice = tr("Auto follows the network. Any other choice stays as you set it."),
                 .further = tr("bit rate codec Opus Codec2 data"),
                 .byItself = QStringLiteral("auto"),
                 .values = {QStringLiteral("auto")},
                 .names = {tr("Auto")}};
  for (const wire::TierInfo& tier : wire::tierTable()) {
    row.values.append(QString::fromUtf8(tier.name.data(), static_cast<int>(tier.name.size())));
    row.names.append(tierText(tier.tier));
  }
  return row;
}

std::vector<SettingRow> Rows::you() {
  return {
      {.group = You,
       .kind = Line,
       .key = QStringLiteral("alias"),
       .title = tr("Your name"),
       .advice = tr("Others see it in their lobby.")},
      piece(You, "key", tr("Your key"),
            tr("Others can compare it with the key that their Foyer shows for you. It is not a "
               "secret."),
            tr("fingerprint identity")),
      piece(You, "backup", tr("Backup of your identity"),
            tr("24 words on paper, or an encrypted file: either makes you the same person again if "
               "this computer is lost."),
            tr("export words seed recovery")),
      piece(You, "restore", tr("Restore an earlier identity"),
            tr("Takes an identity from its 24 words or its file. It replaces the one in use."),
            tr("import restore words recovery")),
      piece(You, "code", tr("Your code"),
            tr("For someone next to you: if they scan it from your screen, they know the key is "
               "yours. It is not a secret."),
            tr("QR link share")),
  };
}

std::vector<SettingRow> Rows::sound() {
  return {
      piece(Sound, "microphone", tr("Microphone"), tr("Speak to test it. Nothing is sent."),
            tr("input device level meter")),
      piece(Sound, "speakers", tr("Speakers"), {}, tr("output device headphones test sound")),
      keeping({{"ring_device", ""}, {"ring_volume", "100"}},
              piece(Sound, "ring", tr("Where calls ring"),
                    tr("Calls can stay in your headset while loudspeakers ring across the room."),
                    tr("ring tone device volume bell"))),
      piece(Sound, "hear", tr("Hear yourself"),
            tr("Plays your voice back after a moment, as others would hear it. Nothing is sent."),
            tr("loopback echo test")),
      keeping({{"talk_mode", "open"}}, piece(Sound, "talk", tr("When others hear you"), {},
                                             tr("push to talk voice activation mode"))),
      keeping({{"talk_everywhere", "off"}, {"talk_key", ""}},
              piece(Sound, "talk_key", tr("Push to talk in other windows"), {},
                    tr("push to talk global shortcut key hotkey"))),
      onOff(Sound, "echo_cancelling", true, tr("Echo cancelling"),
            tr("Needed with loudspeakers, harmless with headphones.")),
      onOff(Sound, "noise_reduction", true, tr("Noise reduction"),
            tr("Removes fan noise and hum.")),
      onOff(Sound, "level_control", true, tr("Even out my level"),
            tr("Others hear you equally well, however loudly you speak."), tr("gain volume")),
      onOff(Sound, "level_others", true, tr("Even out theirs"),
            tr("You hear everybody at about the same loudness."), tr("gain volume loudness")),
      onOff(Sound, "low_delay", false, tr("Shortest delay"),
            tr("Sends every 10 ms: others hear you 10 ms sooner, for about 30 kbit/s more."),
            tr("latency")),
  };
}

std::vector<SettingRow> Rows::calls() {
  return {
      quality(),
      {.group = Calls,
       .kind = Choice,
       .key = QStringLiteral("ring"),
       .title = tr("Ringtone"),
       .advice = tr("You can choose another one for a contact on their page."),
       .further = tr("ring tone bell sound"),
       .byItself = ringKeys().first(),
       .values = ringKeys(),
       .names = ringNames()},
      onOff(Calls, "do_not_disturb", false, tr("Do not disturb"),
            tr("Others see it. Calls that still come in do not ring; you find them in History as "
               "missed.")),
      onOff(Calls, "invisible", false, tr("Invisible"),
            tr("Nobody sees you in the lobby, so nobody can call you; you can call others. If "
               "you are in a call, it starts when the call ends. The relay still knows that you "
               "are connected.")),
      {.group = Calls,
       .kind = Choice,
       .key = QStringLiteral("auto_away"),
       .title = tr("Set me to away automatically"),
       .advice = tr("After this long without keyboard or mouse (in Foyer’s window only, if the "
                    "desktop does not report it)."),
       .further = tr("idle absent state"),
       .values = {QString(), QStringLiteral("5"), QStringLiteral("15"), QStringLiteral("30")},
       .names = {tr("Never"), tr("5 minutes"), tr("15 minutes"), tr("30 minutes")}},
      {.group = Calls,
       .kind = Choice,
       .key = QStringLiteral("metered"),
       .title = tr("Metered connection"),
       .advice = tr("Calls on it start with less data. By default Foyer asks the desktop."),
       .further = tr("data saver metered mobile"),
       .values = {QString(), QStringLiteral("on"), QStringLiteral("off")},
       .names = {tr("Ask the desktop"), tr("Yes"), tr("No")}},
      onOff(Calls, "record_calls", false, tr("Keep packet timing of calls"),
            tr("For finding faults: when packets arrived and how they were played, but no sound. "
               "The latest record stays in memory until Foyer quits, unless you save it."),
            tr("diagnostics replay tester")),
  };
}

std::vector<SettingRow> Rows::privacy() {
  return {
      onOff(Privacy, "direct_calls", true, tr("Direct calls"),
            tr("Sound takes the shortest way, and a call continues even if its relay stops. The "
               "other side then learns this computer’s addresses. A call that either of you keeps "
               "private stays on the relay."),
            tr("peer to peer address IP")),
      onOff(Privacy, "call_history", true, tr("Remember calls"),
            tr("Who, when, how long and how it sounded, kept only on this computer. When off, only "
               "missed calls are listed, until Foyer quits."),
            tr("history log")),
      onOff(
          Privacy, "silence_saving", false, tr("Send nothing in pauses"),
          tr("Saves most of the data while you are silent; others then hear a soft background. "
             "Anyone watching the network can tell when you speak; when this is off, they cannot."),
          tr("data saver DTX")),
  };
}

std::vector<SettingRow> Rows::network() {
  return {
      piece(Network, "netcheck", tr("Network check"),
            tr("Finds out whether calls can connect from here, and what stands in the way."),
            tr("detect NAT firewall router port test")),
      onOff(Network, "port_mapping", true, tr("Ask the router for a port"),
            tr("By PCP, NAT-PMP or UPnP, for as long as Foyer runs. Calls then get through nearly "
               "any router on the other side.")),
      onOff(Network, "birthday", true, tr("Try many ports against strict routers"),
            tr("Some routers use a different port for each person you talk to. With such a router, "
               "a call spends its first seconds trying up to a thousand ports, which may look like "
               "an attack to the router. When this is off, such calls stay on the relay."),
            tr("symmetric NAT")),
      onOff(Network, "turn_from_relays", true, tr("Use TURN servers that relays lend"),
            tr("Whoever runs a relay can lend a server to everybody on it, for a limited time.")),
      piece(Network, "turn", tr("TURN servers"),
            tr("A server of your own that passes calls on when there is no shorter way. It learns "
               "the addresses of both sides and when they talk, never what is said."),
            tr("relay server")),
      piece(Network, "stun", tr("STUN servers"),
            tr("They tell how this computer looks from outside, and learn its address, but nothing "
               "about your calls. Relays tell this too, so most people need none."),
            tr("observer address NAT")),
      onOff(Network, "join_found", true, tr("Join the relay of this network"),
            tr("If you have joined no relay and Foyer finds exactly one nearby, it joins that one. "
               "The people on it then see your name."),
            tr("mDNS discovery LAN automatic")),
      onOff(Network, "host_relay", false, tr("Start my relay with Foyer"),
            tr("The relay on this computer starts and stops with Foyer."), tr("host autostart")),
      onOff(Network, "relay_announce", true, tr("Announce my relay on this network"),
            tr("Others nearby then find the relay on this computer by themselves. Takes effect at "
               "the next start."),
            tr("mDNS discovery LAN")),
      {.group = Network,
       .kind = Line,
       .key = QStringLiteral("relay_port"),
       .title = tr("UDP port of my relay"),
       .advice = tr("Links you have shared contain it. Takes effect at the next start. If empty, a "
                    "free port is chosen then and kept."),
       .further = tr("host firewall forwarding"),
       .accepts = tr("Type a whole number from %1 to %2, or nothing.")
                      .arg(engine::kLeastRelayPort)
                      .arg(engine::kMostRelayPort)},
      onOff(Network, "relay_invite_only", false, tr("My relay lets people in by invite only"),
            tr("You make the invites on its page."), tr("host access token")),
      {.group = Network,
       .kind = Line,
       .key = QStringLiteral("metrics"),
       .title = tr("Metrics"),
       .advice = tr("Where a program on this computer can read figures (Prometheus): "
                    "127.0.0.1:9464, or unix: followed by the full path of a socket. They contain "
                    "no name, key or address. Empty: nowhere."),
       .further = tr("prometheus monitoring statistics"),
       .accepts = tr("Type 127.0.0.1 or [::1] with a port, such as 127.0.0.1:9464, or unix: "
                     "and a full path.")},
  };
}

std::vector<SettingRow> Rows::window() {
  return {
      // Each language by its own name: whoever looks for one reads that.
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("language"),
       .title = tr("Language"),
       .advice = tr("System uses the first language of this computer that Foyer speaks."),
       .further = tr("translation") + QStringLiteral(" Sprache Deutsch German English"),
       .values = {QString(), QStringLiteral("en"), QStringLiteral("de")},
       .names = {tr("System"), QStringLiteral("English"), QStringLiteral("Deutsch")}},
      onOff(Window, "tray", true, tr("Tray icon"),
            tr("Shown if the desktop has a tray. Everything in its menu is in the window too."),
            tr("icon notification area background")),
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("close_to_tray"),
       .title = tr("Closing the window"),
       .advice = tr("Without a tray, closing quits. Foyer asks first in a call or while others use "
                    "your relay."),
       .further = tr("quit background tray"),
       .values = {QString(), QStringLiteral("on"), QStringLiteral("off")},
       .names = {tr("Asks"), tr("Keeps Foyer running"), tr("Quits")}},
      onOff(Window, "autostart", false, tr("Start at login"),
            tr("In the tray, or with the window if there is no tray."), tr("autostart login boot")),
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("theme"),
       .title = tr("Colours"),
       .advice = tr("System follows the desktop."),
       .further = tr("dark light theme appearance"),
       .byItself = QStringLiteral("system"),
       .values = {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")},
       .names = {tr("System"), tr("Light"), tr("Dark")}},
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("scale"),
       .title = tr("Display size"),
       .advice = tr("Relative to the size that the desktop gives."),
       .further = tr("scale zoom large font percent"),
       .values = {QString(), QStringLiteral("125"), QStringLiteral("150"), QStringLiteral("175"),
                  QStringLiteral("200")},
       .names = {tr("100 %"), tr("125 %"), tr("150 %"), tr("175 %"), tr("200 %")}},
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("motion"),
       .title = tr("Motion"),
       .advice = tr("Reduced: nothing slides or fades, and the arches stand still."),
       .further = tr("animation reduced"),
       .byItself = QStringLiteral("system"),
       .values = {QStringLiteral("system"), QStringLiteral("reduced")},
       .names = {tr("Full"), tr("Reduced")}},
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("lobby_sort"),
       .title = tr("Order of the lobby"),
       .advice = tr("Warnings always come first, then favourites."),
       .further = tr("sort people list"),
       .byItself = QStringLiteral("state"),
       .values = {QStringLiteral("state"), QStringLiteral("name"), QStringLiteral("recent")},
       .names = {tr("Who can answer first"), tr("By name"), tr("Latest call first")}},
      onOff(Window, "lobby_by_relay", false, tr("Group people by relay"),
            tr("When you are on more than one relay."), tr("sort lobby")),
  };
}

QString Rows::nameOf(SettingGroup group) {
  switch (group) {
    case You:
      return tr("You");
    case Sound:
      return tr("Sound");
    case Calls:
      return tr("Calls");
    case Privacy:
      return tr("Privacy");
    case Network:
      return tr("Network");
    case Window:
      return tr("Window");
  }
  return {};
}

}  // namespace

std::vector<SettingRow> settingRows() {
  std::vector<SettingRow> rows;
  for (auto* part :
       {Rows::you, Rows::sound, Rows::calls, Rows::privacy, Rows::network, Rows::window}) {
    std::vector<SettingRow> more = part();
    rows.insert(rows.end(), more.begin(), more.end());
  }
  return rows;
}

QString settingGroupName(SettingGroup group) { return Rows::nameOf(group); }

QString settingGroupGlyph(SettingGroup group) {
  switch (group) {
    case You:
      return QStringLiteral("person");
    case Sound:
      return QStringLiteral("speaker");
    case Calls:
      return QStringLiteral("call");
    case Privacy:
      return QStringLiteral("lock");
    case Network:
      return QStringLiteral("network");
    case Window:
      return QStringLiteral("settings");
  }
  return {};
}

}  // namespace foyer::app
