#include "app/foyer/error_text.h"

#include <QCoreApplication>
#include <array>
#include <string_view>

#include "app/foyer/text.h"

namespace foyer::app {
namespace {

struct ErrorText {
  Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

struct Row {
  std::string_view stage, code;
  const char* title;
  const char* advice;
};

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

// Sorted by stage. A stage of "*" stands for any.
constexpr std::array kRows = {
    // ---- links
    Row{"link", "malformed", FOYER_TEXT("This is not a relay link"),
        FOYER_TEXT("A link looks like foyer://relay/… and ends in a key of 32 letters and digits. Ask for "
                   "it again and copy all of it.")},
    Row{"link", "no_fingerprint", FOYER_TEXT("The key at the end of the link is missing"),
        FOYER_TEXT("Without it nobody can tell the right relay from a wrong one. Copy the whole link, with "
                   "what stands after #.")},
    Row{"link", "person", FOYER_TEXT("This link names a person, not a relay"),
        FOYER_TEXT("Ask for the link of the relay that you both use.")},
    Row{"link", "too_many", FOYER_TEXT("There are too many relays already"),
        FOYER_TEXT("Leave one of them before you join another.")},
    // ---- reaching a relay
    Row{"connect", "unreachable", FOYER_TEXT("The relay cannot be reached"),
        FOYER_TEXT("Is this computer on the network, and does the relay run? Foyer keeps trying.")},
    Row{"connect", "timeout", FOYER_TEXT("The relay does not answer"),
        FOYER_TEXT("It may be switched off, or a firewall may be in the way. Foyer keeps trying.")},
    Row{"connect", "no_address", FOYER_TEXT("The relay’s name leads nowhere"),
        FOYER_TEXT("Check the host in the link, and whether this computer is on the network.")},
    Row{"connect", "no_network", FOYER_TEXT("This computer is not on a network"),
        FOYER_TEXT("Connect it, Foyer goes on by itself.")},
    Row{"connect", "refused", FOYER_TEXT("The relay did not let you in"),
        FOYER_TEXT("It may want an invite. Ask the person who runs it for a new link.")},
    Row{"connect", "invite_required", FOYER_TEXT("This relay wants an invite"),
        FOYER_TEXT("Ask the person who runs it for a link with an invite in it.")},
    Row{"connect", "invite_invalid", FOYER_TEXT("The invite in this link is not valid any more"),
        FOYER_TEXT("Ask the person who runs the relay for a new link.")},
    Row{"connect", "full", FOYER_TEXT("The relay is full"),
        FOYER_TEXT("Try again when somebody has left, or start a relay here.")},
    Row{"connect", "rate_limited", FOYER_TEXT("The relay asks to wait a little"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"connect", "wrong_key", FOYER_TEXT("Another key answers at the relay’s address"),
        FOYER_TEXT("Nothing was sent. Ask the person who runs it whether the relay was set up anew, and "
                   "for a new link.")},
    Row{"connect", "key_changed", FOYER_TEXT("The relay has another key than before"),
        FOYER_TEXT("Nothing was sent. Compare both keys with the person who runs it.")},
    Row{"connect", "version", FOYER_TEXT("The relay speaks another version of Foyer"),
        FOYER_TEXT("Update Foyer here, or ask for an update of the relay.")},
    Row{"connect", "protocol", FOYER_TEXT("The relay sent something that Foyer does not understand"),
        FOYER_TEXT("Update Foyer on both sides. The connection was closed.")},
    Row{"connect", "draining", FOYER_TEXT("The relay is closing"),
        FOYER_TEXT("Calls that run go on to their end. Foyer tries again later.")},
    Row{"connect", "closed", FOYER_TEXT("The relay closed the connection"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"connect", "lost", FOYER_TEXT("The connection to the relay is gone"),
        FOYER_TEXT("Foyer tries again by itself; a call is kept for 45 seconds.")},
    Row{"connect", "replaced", FOYER_TEXT("Foyer runs with your key somewhere else too"),
        FOYER_TEXT("That one is newer and took over. Close it there, then connect here again.")},
    // ---- the relay on this computer
    Row{"bind", "port_taken", FOYER_TEXT("The port is in use by another program"),
        FOYER_TEXT("Take another port. Links that were copied before will not fit it.")},
    Row{"bind", "permission", FOYER_TEXT("The system does not allow this port"),
        FOYER_TEXT("Take a port above 1023.")},
    Row{"bind", "no_family", FOYER_TEXT("This computer has no network of that kind"),
        FOYER_TEXT("Connect it to a network and start the relay again.")},
    Row{"bind", "address_not_local", FOYER_TEXT("That address does not belong to this computer"),
        FOYER_TEXT("Start the relay again; Foyer looks for its addresses anew.")},
    Row{"bind", "no_resources", FOYER_TEXT("The system has no sockets left"),
        FOYER_TEXT("Close other programs and start the relay again.")},
    Row{"bind", "failed", FOYER_TEXT("The port did not open"),
        FOYER_TEXT("Try again, or take another port.")},
    Row{"detect_addresses", "no_network", FOYER_TEXT("This computer is not on a network"),
        FOYER_TEXT("Connect it, then start the relay again.")},
    Row{"announce", "unavailable", FOYER_TEXT("Others do not see this relay by themselves"),
        FOYER_TEXT("The system’s announcing service (Avahi) does not answer. The relay works; send its link "
                   "to the others.")},
    Row{"verify", "unreachable", FOYER_TEXT("Nobody can reach this relay"),
        FOYER_TEXT("A firewall on this computer seems to close its port. Open it for UDP, then try again.")},
    Row{"verify", "timeout", FOYER_TEXT("Nobody can reach this relay"),
        FOYER_TEXT("A firewall on this computer seems to close its port. Open it for UDP, then try again.")},
    Row{"relay", "already_running", FOYER_TEXT("Another relay runs on this computer"),
        FOYER_TEXT("Join that one, or stop it first.")},
    Row{"relay", "failed", FOYER_TEXT("The relay stopped by itself"),
        FOYER_TEXT("Start it again. Calls that ran over it look for another path.")},
    // ---- sound
    Row{"*", "no_sound_server", FOYER_TEXT("The sound system does not answer"),
        FOYER_TEXT("Neither PulseAudio nor PipeWire runs here. Start one of them; Foyer goes on by itself.")},
    Row{"*", "no_microphone", FOYER_TEXT("There is no microphone"),
        FOYER_TEXT("Plug one in, Foyer takes it by itself. Until then you can listen only.")},
    Row{"*", "no_speaker", FOYER_TEXT("There are no speakers or headphones"),
        FOYER_TEXT("Plug some in, Foyer takes them by itself.")},
    Row{"*", "device_not_found", FOYER_TEXT("The chosen device is not there"),
        FOYER_TEXT("Plug it in, or choose another one.")},
    Row{"*", "device_busy", FOYER_TEXT("Another program holds the device"),
        FOYER_TEXT("Close that program, or choose another device.")},
    Row{"*", "access_denied", FOYER_TEXT("The system does not let Foyer use the device"),
        FOYER_TEXT("Allow Foyer to use it in the system’s privacy settings.")},
    Row{"*", "device_never_started", FOYER_TEXT("The device was opened and delivers nothing"),
        FOYER_TEXT("Unplug it and plug it in again, or choose another one.")},
    Row{"*", "device_stalled", FOYER_TEXT("The device stopped working"),
        FOYER_TEXT("Unplug it and plug it in again, or choose another one.")},
    Row{"*", "file_unreadable", FOYER_TEXT("The sound file cannot be read"),
        FOYER_TEXT("Check its name and whether you may read it.")},
    Row{"*", "file_not_wav", FOYER_TEXT("The sound file is no 16-bit WAV"),
        FOYER_TEXT("Convert it to 16-bit PCM WAV.")},
    Row{"*", "file_unwritable", FOYER_TEXT("The sound file cannot be written"),
        FOYER_TEXT("Check its folder, and whether there is space left.")},
    // ---- identity and profile
    Row{"identity", "secret_lost", FOYER_TEXT("Your key is gone"),
        FOYER_TEXT("The entry in the key ring that held it is missing. Restore it from a backup of the key "
                   "ring, or start over with a new key: to others you are then a new person.")},
    Row{"identity", "keyring_error", FOYER_TEXT("The key ring gave an error"),
        FOYER_TEXT("Your key is probably still in it. Log out and in again, then try once more.")},
    Row{"identity", "keyring_timeout", FOYER_TEXT("The key ring does not answer"),
        FOYER_TEXT("It may be waiting for your password in another window. Answer it, then try once more.")},
    Row{"identity", "keyring_locked", FOYER_TEXT("The key ring is locked"),
        FOYER_TEXT("Unlock it with your password, then try once more.")},
    Row{"identity", "profile_corrupt", FOYER_TEXT("The profile cannot be read"),
        FOYER_TEXT("The damaged file was kept aside and nothing was overwritten. Restore it from a backup, "
                   "or start over with a new key.")},
    Row{"identity", "profile_missing", FOYER_TEXT("A part of the profile is missing"),
        FOYER_TEXT("Restore the folder from a backup, or start over with a new key.")},
    Row{"identity", "seed_file_corrupt", FOYER_TEXT("The file with your key is damaged"),
        FOYER_TEXT("It was kept as it is. Restore it from a backup, or start over with a new key.")},
    Row{"profile", "already_running", FOYER_TEXT("Foyer runs already with this profile"),
        FOYER_TEXT("Use the window that is open. For a second person start foyer with --data-dir and "
                   "another folder.")},
    Row{"profile", "unwritable", FOYER_TEXT("The profile’s folder cannot be written"),
        FOYER_TEXT("Check that the folder belongs to you, then start Foyer again.")},
    Row{"profile", "disk_full", FOYER_TEXT("The disk is full"),
        FOYER_TEXT("Make some space, then start Foyer again. Nothing was lost.")},
    Row{"profile", "newer_version", FOYER_TEXT("The profile was written by a newer Foyer"),
        FOYER_TEXT("Update Foyer, or start it with --data-dir and another folder.")},
    Row{"*", "settings_corrupt", FOYER_TEXT("The settings could not be read"),
        FOYER_TEXT("The damaged file was kept aside; the settings are back at their first values.")},
    Row{"*", "database_corrupt", FOYER_TEXT("The database could not be read"),
        FOYER_TEXT("The damaged file was kept aside and a new one begun. Verified people need to be compared "
                   "again.")},
    Row{"*", "database_error", FOYER_TEXT("Something could not be kept"),
        FOYER_TEXT("The database gave an error. Calls go on; check the disk.")},
    Row{"*", "disk_full", FOYER_TEXT("The disk is full"),
        FOYER_TEXT("Calls go on, but nothing new is kept until there is space.")},
    Row{"*", "unwritable", FOYER_TEXT("The profile’s folder cannot be written"),
        FOYER_TEXT("Calls go on, but nothing new is kept. Check that the folder belongs to you.")},
    Row{"*", "read_only", FOYER_TEXT("The profile’s disk is read-only"),
        FOYER_TEXT("Calls go on, but nothing new is kept.")},
    Row{"*", "permission", FOYER_TEXT("The system does not allow it"),
        FOYER_TEXT("Check that the profile’s folder belongs to you.")},
    Row{"store", "refused", FOYER_TEXT("Something could not be kept"),
        FOYER_TEXT("There is no room for more entries of this kind.")},
    // ---- calls
    Row{"call", "not_connected", FOYER_TEXT("There is no connection to a relay"),
        FOYER_TEXT("Foyer connects again by itself. Then call again.")},
    Row{"call", "busy_here", FOYER_TEXT("You are in a call already"),
        FOYER_TEXT("End it before you call somebody else.")},
    Row{"call", "not_found", FOYER_TEXT("This person is not here"),
        FOYER_TEXT("Try again when you see them in the list.")},
    Row{"call", "key_changed", FOYER_TEXT("This person’s key has changed"),
        FOYER_TEXT("Look at both keys first. Nothing was sent.")},
    Row{"control", "socket_taken", FOYER_TEXT("The control socket is in use"),
        FOYER_TEXT("Start Foyer with another --control path.")},
    Row{"control", "unwritable", FOYER_TEXT("The control socket cannot be made"),
        FOYER_TEXT("Check the folder of the --control path.")},
};
#undef FOYER_TEXT

}  // namespace

FaultText textOf(const Fault& fault) {
  const Row* found = nullptr;
  for (const Row& row : kRows) {
    if (row.code != fault.code) continue;
    if (row.stage == fault.stage) {
      found = &row;
      break;
    }
    if (row.stage == "*") found = &row;
  }
  if (found != nullptr) return {ErrorText::tr(found->title), ErrorText::tr(found->advice)};
  return {ErrorText::tr("Something went wrong (%1: %2)").arg(fromUtf8(fault.stage), fromUtf8(fault.code)),
          fault.retryable ? ErrorText::tr("Try again.") : ErrorText::tr("Start Foyer again and try once more.")};
}

std::vector<KnownFault> knownFaults() {
  std::vector<KnownFault> known;
  for (const Row& row : kRows) known.push_back({std::string(row.stage), std::string(row.code)});
  return known;
}

EndText textOf(engine::EndReason reason, const QString& name) {
  using engine::EndReason;
  switch (reason) {
    case EndReason::None:
    case EndReason::LocalHangup:
      return {ErrorText::tr("Call ended"), {}};
    case EndReason::RemoteHangup:
      return {ErrorText::tr("%1 ended the call").arg(name), {}};
    case EndReason::Declined:
      return {ErrorText::tr("%1 declined").arg(name),
              ErrorText::tr("They saw your call and cannot take it now."), true, true};
    case EndReason::Busy:
      return {ErrorText::tr("%1 is in another call").arg(name),
              ErrorText::tr("The list shows when they are free again."), true, true};
    case EndReason::NoAnswer:
      return {ErrorText::tr("No answer"),
              ErrorText::tr("It rang at %1 for 45 seconds. They will see that you tried.").arg(name), true, true};
    case EndReason::Missed:
      return {ErrorText::tr("Missed call from %1").arg(name), ErrorText::tr("It rang for 45 seconds."), true,
              true};
    case EndReason::Cancelled:
      return {ErrorText::tr("Call cancelled"), {}};
    case EndReason::Unreachable:
      return {ErrorText::tr("%1 could not be reached").arg(name),
              ErrorText::tr("Their computer did not answer: it may be asleep or off the network."), true, true};
    case EndReason::TooOld:
      return {ErrorText::tr("The two Foyers are too far apart in age"),
              ErrorText::tr("One of you has a much older version. Update it, then call again."), true};
    case EndReason::NotSecured:
      return {ErrorText::tr("The call could not be secured"),
              ErrorText::tr("It ended before a word was sent. Try again; if it happens again, use another relay."),
              true, true};
    case EndReason::Tampered:
      return {ErrorText::tr("Somebody changed the call on its way"),
              ErrorText::tr("It was ended before a word was sent. Use another relay, and compare the words in "
                            "your next call."),
              true};
    case EndReason::ConnectionLost:
      return {ErrorText::tr("The connection was lost"),
              ErrorText::tr("Foyer tried for 45 seconds to get it back."), true, true};
    case EndReason::AnsweredElsewhere:
      return {ErrorText::tr("Answered on your other computer"), {}};
    case EndReason::AudioFailed:
      return {ErrorText::tr("The sound devices did not start"),
              ErrorText::tr("Choose another microphone or other speakers, then call again."), true, true};
  }
  return {ErrorText::tr("Call ended"), {}};
}

QString audioNoticeText(const std::string& code) {
  if (code == "device_lost_default_used") {
    return ErrorText::tr("Your sound device was unplugged. The call goes on with the default one.");
  }
  if (code == "input_lost_default_used") {
    return ErrorText::tr("Your microphone was unplugged. The default one is in use now.");
  }
  if (code == "output_lost_default_used") {
    return ErrorText::tr("Your speakers were unplugged. The default ones are in use now.");
  }
  if (code == "default_changed") return ErrorText::tr("The system’s default sound device changed.");
  if (code == "latency_raised") {
    return ErrorText::tr("The sound system is slow; Foyer waits a little longer for it.");
  }
  if (code == "recovered") return ErrorText::tr("The sound device works again.");
  return {};
}

}  // namespace foyer::app
