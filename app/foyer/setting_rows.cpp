#include "app/foyer/setting_rows.h"

#include <QCoreApplication>

#include "app/foyer/explanation_text.h"
#include "app/foyer/ring_names.h"
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

SettingRow Rows::quality() {
  SettingRow row{.group = Calls,
                 .kind = Choice,
                 .key = QStringLiteral("quality"),
                 .title = tr("Quality of new calls"),
                 .advice = tr("Auto follows the network. Any other stays where you put it."),
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
       .advice = tr("Others see it in their lobby, beside the letters of your key.")},
      piece(You, "key", tr("Your key"),
            tr("Others compare it with what their Foyer shows of you. It is no secret."),
            tr("fingerprint identity")),
      piece(You, "backup", tr("Backup of your identity"),
            tr("24 words on paper, or an encrypted file: with either you are the same person again "
               "after this computer is lost."),
            tr("export words seed recovery")),
      piece(You, "restore", tr("Be somebody you were before"),
            tr("Bring back an identity from its words or its file, in the place of this one."),
            tr("import restore words recovery")),
      piece(You, "code", tr("Your code"),
            tr("For who stands beside you: whoever takes it off your screen knows that the key is "
               "yours. It is no secret."),
            tr("QR link share")),
  };
}

std::vector<SettingRow> Rows::sound() {
  return {
      piece(Sound, "microphone", tr("Microphone"), tr("Speak to test it. Nothing is sent."),
            tr("input device level meter")),
      piece(Sound, "speakers", tr("Speakers"), {}, tr("output device headphones test sound")),
      piece(Sound, "ring", tr("Where calls ring"),
            tr("A call is heard in a headset, its ring across the room."),
            tr("ring tone device volume bell")),
      piece(Sound, "hear", tr("Hear yourself"),
            tr("You hear yourself after a moment, as others would. Nothing is sent."),
            tr("loopback echo test")),
      piece(Sound, "talk", tr("When they hear you"), {}, tr("push to talk voice activation mode")),
      piece(Sound, "talk_key", tr("Talk from every window"), {},
            tr("push to talk global shortcut key hotkey")),
      onOff(Sound, "echo_cancelling", true, tr("Echo cancelling"),
            tr("Needed with loudspeakers, harmless with headphones.")),
      onOff(Sound, "noise_reduction", true, tr("Noise reduction"), tr("Takes out fans and hum.")),
      onOff(Sound, "level_control", true, tr("Even out my level"),
            tr("Quiet and loud speech reach the others alike."), tr("gain volume")),
      onOff(Sound, "level_others", true, tr("Even out theirs"),
            tr("Everybody is heard about as loud."), tr("gain volume loudness")),
      onOff(Sound, "low_delay", false, tr("Shortest delay"),
            tr("Sends every 10 ms: they hear you 10 ms sooner, for about 30 kbit/s more."),
            tr("latency")),
  };
}

std::vector<SettingRow> Rows::calls() {
  return {
      quality(),
      {.group = Calls,
       .kind = Choice,
       .key = QStringLiteral("ring"),
       .title = tr("Ring of calls"),
       .advice = tr("A contact’s page offers a ring of their own."),
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
       .title = tr("Set me to away"),
       .advice = tr("After so many minutes without keyboard and mouse. Where the desktop does not "
                    "tell, those in Foyer’s window count."),
       .further = tr("idle absent state"),
       .values = {QString(), QStringLiteral("5"), QStringLiteral("15"), QStringLiteral("30")},
       .names = {tr("Never"), tr("5 minutes"), tr("15 minutes"), tr("30 minutes")}},
      {.group = Calls,
       .kind = Choice,
       .key = QStringLiteral("metered"),
       .title = tr("The network is paid by volume"),
       .advice = tr("Then calls begin with less data. By itself Foyer asks the desktop."),
       .further = tr("data saver metered mobile"),
       .values = {QString(), QStringLiteral("on"), QStringLiteral("off")},
       .names = {tr("Ask the desktop"), tr("Yes"), tr("No")}},
      onOff(Calls, "record_calls", false, tr("Keep a record of how calls were played"),
            tr("For finding faults: when packets came and what was made of them, no sound. The "
               "newest one stays in memory until Foyer ends, or you save it."),
            tr("diagnostics replay tester")),
  };
}

std::vector<SettingRow> Rows::privacy() {
  return {
      onOff(Privacy, "direct_calls", true, tr("Direct calls"),
            tr("Sound takes the shortest way, and a call outlives its relay. The other side then "
               "learns the addresses of this computer. A call that one of you keeps private stays "
               "on the relay."),
            tr("peer to peer address IP")),
      onOff(Privacy, "call_history", true, tr("Remember calls"),
            tr("Who, when, how long and how it sounded, on this computer alone. Switched off, only "
               "missed calls are told, until Foyer ends."),
            tr("history log")),
      onOff(Privacy, "silence_saving", false, tr("Send nothing in pauses"),
            tr("Saves most of the data while you are silent; they hear a soft background then. Who "
               "watches the network can tell when you speak; without this they cannot."),
            tr("data saver DTX")),
  };
}

std::vector<SettingRow> Rows::network() {
  return {
      onOff(Network, "port_mapping", true, tr("Ask the router for a port"),
            tr("By PCP, NAT-PMP or UPnP, for as long as Foyer runs. Calls then come through nearly "
               "every router on the other side.")),
      onOff(Network, "birthday", true, tr("Try many ports against strict routers"),
            tr("Some routers give every person another port. For a few seconds a call then tries "
               "up to a thousand of them, which a router may take for an attack. Without it such "
               "calls stay on the relay."),
            tr("symmetric NAT")),
      onOff(Network, "turn_from_relays", true, tr("Use TURN servers that relays lend"),
            tr("The person who runs a relay may lend a server to everybody on it, for a limited "
               "time.")),
      piece(Network, "turn", tr("TURN servers"),
            tr("A server of your own that passes calls on where no shorter way opens. It learns "
               "the addresses of both sides and when they talk, never what is said."),
            tr("relay server")),
      piece(Network, "stun", tr("STUN servers"),
            tr("They tell how this computer looks from outside, and learn its address and nothing "
               "of your calls. Relays tell it as well, so most people need none."),
            tr("observer address NAT")),
      onOff(Network, "join_found", true, tr("Join the relay of this network"),
            tr("While you have joined none, Foyer joins a relay that it finds nearby, if it is the "
               "only one. The people on it then see your name."),
            tr("mDNS discovery LAN automatic")),
      onOff(Network, "host_relay", false, tr("Start my relay with Foyer"),
            tr("The relay on this computer starts whenever Foyer does, and ends with it."),
            tr("host autostart")),
      onOff(Network, "relay_announce", true, tr("Announce my relay on this network"),
            tr("Others nearby then find the relay on this computer by themselves. From its next "
               "start."),
            tr("mDNS discovery LAN")),
      {.group = Network,
       .kind = Line,
       .key = QStringLiteral("relay_port"),
       .title = tr("UDP port of my relay"),
       .advice = tr("Links that you gave away name it. From its next start; empty: one that is "
                    "free is chosen then, and kept."),
       .further = tr("host firewall forwarding")},
      onOff(Network, "relay_invite_only", false, tr("My relay lets people in by invite only"),
            tr("You make invites on its page, each with its end."), tr("host access token")),
      {.group = Network,
       .kind = Line,
       .key = QStringLiteral("metrics"),
       .title = tr("Metrics"),
       .advice = tr("Where a program on this computer may read figures (Prometheus): "
                    "127.0.0.1:9464, or unix: and the whole path of a socket. No name, key or "
                    "address is in them. Empty: nowhere."),
       .further = tr("prometheus monitoring statistics")},
  };
}

std::vector<SettingRow> Rows::window() {
  return {
      // Each language by its own name: whoever looks for one reads that.
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("language"),
       .title = tr("Language"),
       .advice = tr("System takes the first language of this computer that Foyer speaks."),
       .further = tr("translation") + QStringLiteral(" Sprache Deutsch German English"),
       .values = {QString(), QStringLiteral("en"), QStringLiteral("de")},
       .names = {tr("System"), QStringLiteral("English"), QStringLiteral("Deutsch")}},
      onOff(Window, "tray", true, tr("Symbol in the tray"),
            tr("Where the desktop has a tray. Everything in its menu is in the window, too."),
            tr("icon notification area background")),
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("close_to_tray"),
       .title = tr("Closing the window"),
       .advice = tr("Without a tray, closing always quits."),
       .further = tr("quit background tray"),
       .values = {QString(), QStringLiteral("on"), QStringLiteral("off")},
       .names = {tr("Asks"), tr("Keeps Foyer running"), tr("Quits")}},
      onOff(Window, "autostart", false, tr("Start with the session"),
            tr("In the tray, or with the window where there is none."), tr("autostart login boot")),
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("theme"),
       .title = tr("Colours"),
       .advice = tr("System follows what the desktop says."),
       .further = tr("dark light theme appearance"),
       .byItself = QStringLiteral("system"),
       .values = {QStringLiteral("system"), QStringLiteral("light"), QStringLiteral("dark")},
       .names = {tr("System"), tr("Light"), tr("Dark")}},
      {.group = Window,
       .kind = Choice,
       .key = QStringLiteral("scale"),
       .title = tr("Size of everything"),
       .advice = tr("Of the size that the desktop gives."),
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
       .advice = tr("Changed keys come first in each, then favourites."),
       .further = tr("sort people list"),
       .byItself = QStringLiteral("state"),
       .values = {QStringLiteral("state"), QStringLiteral("name"), QStringLiteral("recent")},
       .names = {tr("Who can answer first"), tr("By name"), tr("Latest call first")}},
      onOff(Window, "lobby_by_relay", false, tr("Group people by relay"),
            tr("While you are on more than one."), tr("sort lobby")),
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
