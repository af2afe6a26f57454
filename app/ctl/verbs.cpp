#include "app/ctl/verbs.h"

#include <algorithm>
#include <array>

namespace foyer::ctl {
namespace {

constexpr std::array kVerbs{
    Verb{"status", "", 0, 0, "relay (best state), relays, calls of the last minute"},
    Verb{"identity", "", 0, 0, "fingerprint, alias"},
    Verb{"identity-words", "--reveal", 1, 1, "the 24 words that are this identity: a secret"},
    Verb{"identity-export", "PATH", 1, 1,
         "write the encrypted backup; passphrase on standard input or --secret-file FILE"},
    Verb{"identity-import", "PATH [--replace]", 1, 2,
         "take the identity of a backup; passphrase likewise"},
    Verb{"identity-restore", "[--replace]", 0, 1,
         "take the identity of 24 words on standard input or --secret-file FILE"},
    Verb{"relay-start", "[PORT]", 0, 1,
         "host a relay (nothing: the port it had before; 0: any other); phase, link, clients"},
    Verb{"relay-stop", "", 0, 0, "stop hosting; calls that use the relay end"},
    Verb{"relay-status", "", 0, 0, "phase, link, clients"},
    Verb{"relay-invite", "[SECONDS]", 0, 1,
         "an invite for the relay here, good for so long or until it is taken back; a secret"},
    Verb{"relay-invites", "", 0, 0, "the invites of the relay here: secrets"},
    Verb{"relay-revoke", "NUMBER", 1, 1, "take an invite back"},
    Verb{"relay-log", "", 0, 0, "when the relay here ran, and why it ended"},
    Verb{"relay-move", "RELAY up|down", 2, 2, "prefer a relay to another for calls"},
    Verb{"relay-confirm", "RELAY", 1, 1, "its key was compared with who runs it"},
    Verb{"relay-forget", "RELAY", 1, 1, "leave a relay and forget its link and key"},
    Verb{"connect", "LINK", 1, 1, "connect to a relay by its foyer://relay/ link"},
    Verb{"disconnect", "[RELAY]", 0, 1, "leave one relay (by fingerprint) or all"},
    Verb{"relays", "", 0, 0, "the relays this profile knows"},
    Verb{"invite", "", 0, 0,
         "the foyer://person/ link of this profile, and the relay's link if one is hosted"},
    Verb{"lobby", "", 0, 0, "people: fingerprint, alias, state, verified, relays"},
    Verb{"call", "FINGERPRINT [via RELAY] [trusted|private]", 1, 4,
         "call a person; call (the id, the same on both sides)"},
    Verb{"answer", "CALL trusted|private", 2, 2, "answer a ringing call"},
    Verb{"reject", "CALL", 1, 1, "decline a ringing call"},
    Verb{"hangup", "CALL", 1, 1, "end or cancel a call"},
    Verb{"hold", "CALL on|off", 2, 2, "neither speak nor listen, and tell the other side"},
    Verb{"speak-unverified", "CALL", 1, 1, "speak to a changed key before the words match"},
    Verb{"block", "FINGERPRINT", 1, 1, "their calls do not ring here and look unanswered"},
    Verb{"unblock", "FINGERPRINT", 1, 1, "take that back"},
    Verb{"contacts", "", 0, 0, "everybody of whom something is kept"},
    Verb{"contact", "FINGERPRINT", 1, 1, "what is kept of one person"},
    Verb{"contact-set", "FINGERPRINT FIELD VALUE", 3, 3,
         "name, note or ring TEXT; favourite on|off; policy usual|direct|relay|ask"},
    Verb{"contact-remove", "FINGERPRINT", 1, 1,
         "forget a person, and whether they were verified or blocked"},
    Verb{"contacts-export", "PATH", 1, 1,
         "write all contacts to a JSON file; nothing is overwritten"},
    Verb{"contacts-import", "PATH [own] [trial]", 1, 3,
         "take contacts of such a file; own: what it says about verified keys too; trial: only say "
         "what would change"},
    Verb{"sas", "CALL", 1, 1, "digits and words to compare, verified"},
    Verb{"verify", "CALL yes|no", 2, 2, "the codes match (yes) or differ (no)"},
    Verb{"stats", "CALL [addresses]", 1, 2,
         "path, why and how it was found, round trip, tier, both directions, delays"},
    Verb{"netcheck", "[--json] [--slow] [--addresses] [--last]", 0, 4,
         "checks the network: what was found, what it means for calls, what to do; --slow takes "
         "two minutes more"},
    Verb{"mute", "on|off", 1, 1, "mute the microphone; silence is sent"},
    Verb{"quality", "[CALL] TIER|auto", 1, 2,
         "of one call, or of this and the next ones: studio64 studio48 studio32 good low degraded "
         "catastrophic codec2-3200 auto"},
    Verb{"devices", "", 0, 0, "inputs and outputs"},
    Verb{"history", "", 0, 0, "calls that have ended, the newest first"},
    Verb{"history-remove", "CALL", 1, 1, "forget one of them"},
    Verb{"history-clear", "", 0, 0, "forget all of them"},
    Verb{"turn-add", "LINK --user NAME", 3, 3,
         "use a TURN server for calls (turn: or turns:); password on standard input or "
         "--secret-file FILE; `turn add` is the same"},
    Verb{"turn-list", "", 0, 0, "the TURN servers, those of relays too"},
    Verb{"turn-remove", "LINK", 1, 1, "forget a TURN server and its password"},
    Verb{"turn-test", "LINK [--user NAME]", 1, 3,
         "try a TURN server without side effects; with --user the password comes as in turn-add"},
    Verb{"capabilities", "", 0, 0,
         "what this computer can do for calls: available, or missing and why"},
    Verb{"versions", "", 0, 0, "of the program, of each relay, of the protocol, of libraries"},
    Verb{"impair", "[delay MS] [jitter MS] [loss PERCENT] [rate KBPS] | off", 0, 8,
         "make the own sending worse on purpose, until off or the end of the program"},
    Verb{"set", "KEY VALUE", 2, 2, "change a setting"},
    Verb{"get", "KEY", 1, 1, "read a setting"},
    Verb{"export", "PATH", 1, 1, "write the redacted diagnostics bundle to PATH"},
    Verb{"export-record", "CALL PATH", 2, 2,
         "write what was recorded of an ended call (set record_calls on) for foyer-lab replay"},
    Verb{"events", "", 0, 0, "one JSON object a line until interrupted"},
    Verb{"quit", "", 0, 0, "end the program in order"},
};

}  // namespace

std::span<const Verb> verbs() { return kVerbs; }

const Verb* findVerb(std::string_view name) {
  const auto it =
      std::find_if(kVerbs.begin(), kVerbs.end(), [&](const Verb& v) { return v.name == name; });
  return it == kVerbs.end() ? nullptr : &*it;
}

}  // namespace foyer::ctl
