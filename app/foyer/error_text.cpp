#include "app/foyer/error_text.h"

#include <QCoreApplication>
#include <array>
#include <string_view>

#include "app/foyer/fault_rows.h"
#include "app/foyer/text.h"

namespace foyer::app {
namespace {

struct ErrorText {
  Q_DECLARE_TR_FUNCTIONS(ErrorText)
};

using Row = FaultRow;

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

// Sorted by stage. A stage of "*" stands for any.
constexpr std::array kRows = {
    // ---- links
    Row{"link", "malformed", FOYER_TEXT("This is not a relay link"),
        FOYER_TEXT(
            "A link looks like foyer://relay/… and ends in a key of 32 letters and digits. Ask for "
            "it again and copy all of it.")},
    Row{"link", "not_foyer", FOYER_TEXT("This is not a relay link"),
        FOYER_TEXT(
            "A link looks like foyer://relay/… and ends in a key of 32 letters and digits. Ask for "
            "it again and copy all of it.")},
    Row{"link", "unknown_kind", FOYER_TEXT("This is not a relay link"),
        FOYER_TEXT(
            "A link looks like foyer://relay/… and ends in a key of 32 letters and digits. Ask for "
            "it again and copy all of it.")},
    Row{"link", "too_long", FOYER_TEXT("This link is not one that Foyer makes"),
        FOYER_TEXT("Ask for the link again and copy it from the program that shows it.")},
    Row{"link", "too_many_hosts", FOYER_TEXT("This link is not one that Foyer makes"),
        FOYER_TEXT("Ask for the link again and copy it from the program that shows it.")},
    Row{"link", "too_many_parameters", FOYER_TEXT("This link is not one that Foyer makes"),
        FOYER_TEXT("Ask for the link again and copy it from the program that shows it.")},
    Row{"link", "bad_escape", FOYER_TEXT("This link is not one that Foyer makes"),
        FOYER_TEXT("Ask for the link again and copy it from the program that shows it.")},
    Row{"link", "no_host", FOYER_TEXT("The address in the link is damaged"),
        FOYER_TEXT("Ask for the link again and copy all of it.")},
    Row{"link", "bad_host", FOYER_TEXT("The address in the link is damaged"),
        FOYER_TEXT("Ask for the link again and copy all of it.")},
    Row{"link", "bad_port", FOYER_TEXT("The address in the link is damaged"),
        FOYER_TEXT("Ask for the link again and copy all of it.")},
    Row{"link", "no_fingerprint",
        FOYER_TEXT("The key at the end of the link is missing or damaged"),
        FOYER_TEXT("Without it nobody can tell the right relay from a wrong one. Copy the whole "
                   "link, with "
                   "what stands after #.")},
    Row{"link", "bad_fingerprint",
        FOYER_TEXT("The key at the end of the link is missing or damaged"),
        FOYER_TEXT("Without it nobody can tell the right relay from a wrong one. Copy the whole "
                   "link, with "
                   "what stands after #.")},
    Row{"link", "bad_token", FOYER_TEXT("The invite in the link is damaged"),
        FOYER_TEXT("Ask for the link again and copy all of it.")},
    Row{"link", "bad_person", FOYER_TEXT("This link to a person is damaged"),
        FOYER_TEXT("Ask that person for it again and copy all of it.")},
    Row{"link", "bad_name", FOYER_TEXT("This link to a person is damaged"),
        FOYER_TEXT("Ask that person for it again and copy all of it.")},
    Row{"link", "bad_relay", FOYER_TEXT("This link to a person is damaged"),
        FOYER_TEXT("Ask that person for it again and copy all of it.")},
    Row{"link", "no_relay", FOYER_TEXT("This link names a person, not a relay"),
        FOYER_TEXT("Ask for the link of the relay that you both use.")},
    // ---- reaching a relay
    Row{"resolve", "not_found", FOYER_TEXT("The relay’s name leads nowhere"),
        FOYER_TEXT("Check the host in the link, and whether this computer is on the network.")},
    Row{"resolve", "try_again", FOYER_TEXT("The relay’s name could not be looked up"),
        FOYER_TEXT("Is this computer on the network? Then join once more.")},
    Row{"resolve", "failed", FOYER_TEXT("The relay’s name could not be looked up"),
        FOYER_TEXT("Is this computer on the network? Then join once more.")},
    Row{"resolve", "busy", FOYER_TEXT("Too many names are being looked up"),
        FOYER_TEXT("Wait a moment, then join once more.")},
    Row{"connect", "unreachable", FOYER_TEXT("The relay cannot be reached"),
        FOYER_TEXT(
            "Is this computer on the network, and is the relay running? Foyer keeps trying.")},
    Row{"connect", "no_address", FOYER_TEXT("The relay’s name has no address"),
        FOYER_TEXT("Check the host in the link, and whether this computer is on the network.")},
    Row{"connect", "too_many_relays", FOYER_TEXT("There are too many relays already"),
        FOYER_TEXT("Leave one of them before you join another.")},
    Row{"connect", "wrong_key", FOYER_TEXT("Another key answers at the relay’s address"),
        FOYER_TEXT(
            "Nothing was sent. Ask the person who runs it whether the relay was set up again, and "
            "for a new link.")},
    Row{"connect", "key_refused", FOYER_TEXT("The relay does not accept your key"),
        FOYER_TEXT("Update Foyer here, or ask the person who runs the relay.")},
    Row{"connect", "certificate_required", FOYER_TEXT("The relay does not accept your key"),
        FOYER_TEXT("Update Foyer here, or ask the person who runs the relay.")},
    Row{"connect", "not_a_relay", FOYER_TEXT("Something other than a relay answers there"),
        FOYER_TEXT("Check the address in the link, or ask for it again.")},
    Row{"connect", "version", FOYER_TEXT("The relay speaks another version of Foyer"),
        FOYER_TEXT("Update Foyer here, or ask for an update of the relay.")},
    Row{"connect", "refused", FOYER_TEXT("The relay takes nobody new now"),
        FOYER_TEXT("It may be full or closing. Foyer tries again by itself.")},
    Row{"connect", "closed", FOYER_TEXT("The connection to the relay was closed"),
        FOYER_TEXT("Join again when you want to.")},
    Row{"admission", "version", FOYER_TEXT("The relay speaks another version of Foyer"),
        FOYER_TEXT("Update Foyer here, or ask for an update of the relay.")},
    Row{"admission", "invite_required", FOYER_TEXT("This relay wants an invite"),
        FOYER_TEXT("Ask the person who runs it for a link with an invite in it.")},
    Row{"admission", "invite_wrong", FOYER_TEXT("The invite in this link is no longer valid"),
        FOYER_TEXT("Ask the person who runs the relay for a new link.")},
    Row{"admission", "invite_revoked", FOYER_TEXT("Your invite to this relay was taken back"),
        FOYER_TEXT(
            "You are not on it any more. Ask the person who runs it if that was a mistake.")},
    Row{"admission", "full", FOYER_TEXT("The relay is full"),
        FOYER_TEXT("Foyer tries again by itself; or start a relay here.")},
    Row{"admission", "address_limit", FOYER_TEXT("Too many people come from your network"),
        FOYER_TEXT(
            "The relay limits how many may share one address. Foyer tries again by itself.")},
    Row{"admission", "other", FOYER_TEXT("The relay did not let you in"),
        FOYER_TEXT("Ask the person who runs it.")},
    Row{"admission", "no_answer", FOYER_TEXT("The relay was reached and does not answer"),
        FOYER_TEXT("It may be overloaded. Foyer tries again by itself.")},
    Row{"lobby", "no_answer", FOYER_TEXT("The relay does not say who is here"),
        FOYER_TEXT("You are connected, but the list may be old. Leave the relay and join again if "
                   "it stays "
                   "so.")},
    Row{"connection", "lost", FOYER_TEXT("The connection to the relay is gone"),
        FOYER_TEXT("Foyer keeps trying to reconnect.")},
    Row{"connection", "relay_restarted", FOYER_TEXT("The relay was restarted"),
        FOYER_TEXT("Foyer keeps trying to reconnect.")},
    Row{"*", "replaced", FOYER_TEXT("Foyer runs with your key somewhere else too"),
        FOYER_TEXT("That one is newer and took over. Close it there, then connect here again.")},
    Row{"*", "draining", FOYER_TEXT("The relay is closing"),
        FOYER_TEXT("Calls that run go on to their end. Foyer tries again later.")},
    Row{"*", "transport", FOYER_TEXT("The connection to the relay broke"),
        FOYER_TEXT("Foyer keeps trying to reconnect.")},
    Row{"*", "done", FOYER_TEXT("The relay closed the connection"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"*", "unknown", FOYER_TEXT("The relay closed the connection"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"connection", "refused", FOYER_TEXT("The relay closed the connection"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"*", "frame_too_long", FOYER_TEXT("Foyer and the relay do not understand each other"),
        FOYER_TEXT("Update Foyer on both sides. Foyer tries again by itself.")},
    Row{"*", "protocol_violation", FOYER_TEXT("Foyer and the relay do not understand each other"),
        FOYER_TEXT("Update Foyer on both sides. Foyer tries again by itself.")},
    Row{"*", "too_many_bad_messages",
        FOYER_TEXT("Foyer and the relay do not understand each other"),
        FOYER_TEXT("Update Foyer on both sides. Foyer tries again by itself.")},
    Row{"*", "flood", FOYER_TEXT("The relay found that too much was sent"),
        FOYER_TEXT("Foyer waits and tries again by itself.")},
    Row{"*", "hello_missing", FOYER_TEXT("The connection to the relay was too slow"),
        FOYER_TEXT("Foyer tries again by itself.")},
    Row{"*", "internal", FOYER_TEXT("The relay has a fault of its own"),
        FOYER_TEXT("Foyer tries again by itself; tell the person who runs it if it goes on.")},
    // ---- the relay on this computer
    Row{"binding", "port_taken", FOYER_TEXT("The port is in use by another program"),
        FOYER_TEXT("Use another port. Links copied earlier will stop working.")},
    Row{"binding", "permission", FOYER_TEXT("The system does not allow this port"),
        FOYER_TEXT("Use a port above 1023.")},
    Row{"binding", "no_family", FOYER_TEXT("This computer has no network of that kind"),
        FOYER_TEXT("Connect it to a network and start again.")},
    Row{"binding", "address_not_local", FOYER_TEXT("That address does not belong to this computer"),
        FOYER_TEXT("Start the relay again; Foyer then looks for its addresses again.")},
    Row{"binding", "bad_address", FOYER_TEXT("That address does not belong to this computer"),
        FOYER_TEXT("Start the relay again; Foyer then looks for its addresses again.")},
    Row{"binding", "no_resources", FOYER_TEXT("The system has no sockets left"),
        FOYER_TEXT("Close other programs and start again.")},
    Row{"binding", "failed", FOYER_TEXT("The port did not open"),
        FOYER_TEXT("Try again, or use another port.")},
    Row{"bind", "port_taken", FOYER_TEXT("No network socket could be opened"),
        FOYER_TEXT("Close other programs, then start Foyer again.")},
    Row{"bind", "no_resources", FOYER_TEXT("No network socket could be opened"),
        FOYER_TEXT("Close other programs, then start Foyer again.")},
    Row{"bind", "failed", FOYER_TEXT("No network socket could be opened"),
        FOYER_TEXT("Close other programs, then start Foyer again.")},
    Row{"bind", "permission", FOYER_TEXT("The system keeps Foyer off the network"),
        FOYER_TEXT("Allow Foyer to use the network, then start it again.")},
    Row{"bind", "no_family", FOYER_TEXT("This computer has no network"),
        FOYER_TEXT("Connect it to a network, then start Foyer again.")},
    Row{"bind", "address_not_local", FOYER_TEXT("This computer has no network"),
        FOYER_TEXT("Connect it to a network, then start Foyer again.")},
    Row{"netlink", "failed", FOYER_TEXT("Changes of the network cannot be watched"),
        FOYER_TEXT(
            "Everything else works. After a change of network Foyer needs some seconds more to "
            "connect again.")},
    Row{"route", "none", FOYER_TEXT("No router was found"),
        FOYER_TEXT("Calls work without its help. For more direct ones connect this computer to a "
                   "network with a router.")},
    Row{"verifying", "no_answer", FOYER_TEXT("The relay does not answer its own computer"),
        FOYER_TEXT("A firewall on this computer may close its port. Open it for UDP, then try "
                   "again.")},
    Row{"verifying", "failed", FOYER_TEXT("The relay does not answer its own computer"),
        FOYER_TEXT("A firewall on this computer may close its port. Open it for UDP, then try "
                   "again.")},
    Row{"relay", "too_many_invites", FOYER_TEXT("There are too many invites already"),
        FOYER_TEXT("Take one back first.")},
    Row{"verifying", "refused", FOYER_TEXT("The relay does not let its own computer in"),
        FOYER_TEXT("Look at its invite and its limits, then start it again.")},
    Row{"verifying", "wrong_key", FOYER_TEXT("Another relay answers at this address"),
        FOYER_TEXT("Stop that one, or use another port.")},
    Row{"reach", "only_here",
        FOYER_TEXT("Only this computer can reach the relay, because there is no network now"),
        FOYER_TEXT("Connect this computer to a network; the link then changes by itself. A link or "
                   "invite that you pass on before is of no use to others.")},
    Row{"reach", "firewall", FOYER_TEXT("A firewall on this computer may keep others out"),
        FOYER_TEXT("The relay did not answer at its own address. Allow incoming UDP on its port, "
                   "then stop the relay and start it again.")},
    Row{"identity", "lost", FOYER_TEXT("The relay’s key is gone"),
        FOYER_TEXT(
            "Restore it from a backup of the relay’s folder. With a new key all links that were "
            "copied before stop working.")},
    Row{"identity", "corrupt", FOYER_TEXT("The relay’s key is damaged"),
        FOYER_TEXT(
            "Restore it from a backup of the relay’s folder. With a new key all links that were "
            "copied before stop working.")},
    Row{"identity", "open_to_others",
        FOYER_TEXT("Others on this computer can read the relay’s key"),
        FOYER_TEXT(
            "Take the file’s rights away from everybody but you, then start the relay again.")},
    Row{"config", "invalid", FOYER_TEXT("The relay’s configuration has a mistake"),
        FOYER_TEXT("The detail names the line. Correct it, then start the relay again.")},
    Row{"config", "no_data_dir", FOYER_TEXT("The relay does not know where to keep its key"),
        FOYER_TEXT("Start it with --data-dir and a folder.")},
    // ---- sound
    Row{"*", "no_sound_server", FOYER_TEXT("The sound system does not answer"),
        FOYER_TEXT("Neither PulseAudio nor PipeWire runs here. Start one of them; Foyer goes on by "
                   "itself.")},
    Row{"*", "no_microphone", FOYER_TEXT("No microphone found"),
        FOYER_TEXT("Plug one in and Foyer will use it. Until then you can only listen.")},
    Row{"*", "no_speaker", FOYER_TEXT("No speakers or headphones found"),
        FOYER_TEXT("Plug some in and Foyer will use them.")},
    Row{"*", "device_not_found", FOYER_TEXT("The chosen device is not there"),
        FOYER_TEXT("Plug it in, or choose another one.")},
    Row{"*", "device_busy", FOYER_TEXT("Another program holds the device"),
        FOYER_TEXT(
            "Close that program, Foyer then takes the device by itself; or choose another one.")},
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
        FOYER_TEXT("It is no longer in the key ring of this computer. Bring it back with your 24 "
                   "words or your backup file. If you have neither, start over with a new key; "
                   "to others you will be a new person.")},
    Row{"identity", "keyring_error", FOYER_TEXT("The key ring gave an error"),
        FOYER_TEXT("Your key is probably still in it. Log out and in again, then start Foyer.")},
    Row{"identity", "keyring_timeout", FOYER_TEXT("The key ring does not answer"),
        FOYER_TEXT("It may be waiting for your password in another window. Answer it, then start "
                   "Foyer again.")},
    Row{"identity", "keyring_locked", FOYER_TEXT("The key ring is locked"),
        FOYER_TEXT("Unlock it with your password, then start Foyer again.")},
    Row{"identity", "profile_corrupt", FOYER_TEXT("The profile cannot be read"),
        FOYER_TEXT("The damaged file was kept aside and nothing was overwritten. Restore it from a "
                   "backup, "
                   "or start over with a new key.")},
    Row{"identity", "profile_missing", FOYER_TEXT("A part of the profile is missing"),
        FOYER_TEXT("Restore the folder from a backup, or start over with a new key.")},
    Row{"identity", "seed_file_corrupt", FOYER_TEXT("The file with your key is damaged"),
        FOYER_TEXT(
            "It was kept as it is. Restore it from a backup, or start over with a new key.")},
    Row{"identity", "not_ready", FOYER_TEXT("Your key is not open yet"),
        FOYER_TEXT(
            "Wait a moment. If the screen shows a problem with your key, solve that first.")},
    Row{"identity", "seed_file_unreadable", FOYER_TEXT("A file of the profile cannot be read"),
        FOYER_TEXT("Check that the profile’s folder belongs to you, then start Foyer again.")},
    Row{"identity", "profile_unreadable", FOYER_TEXT("A file of the profile cannot be read"),
        FOYER_TEXT("Check that the profile’s folder belongs to you, then start Foyer again.")},
    // ---- backup and restore
    Row{"backup", "passphrase_short", FOYER_TEXT("The passphrase is too short"),
        FOYER_TEXT("Use at least eight characters; several words are easy to remember.")},
    Row{"backup", "exists", FOYER_TEXT("There is already a file of this name"),
        FOYER_TEXT("Nothing was overwritten. Choose another name.")},
    Row{"backup", "not_found", FOYER_TEXT("The file or its folder is not there"),
        FOYER_TEXT("Check the name and the folder.")},
    Row{"backup", "not_a_file", FOYER_TEXT("This is not a file"),
        FOYER_TEXT("Check the name and the folder.")},
    Row{"backup", "permission", FOYER_TEXT("The system does not allow it"),
        FOYER_TEXT("Choose another folder, or check that the file belongs to you.")},
    Row{"backup", "disk_full", FOYER_TEXT("The disk is full"),
        FOYER_TEXT("Make some space, then try once more. Nothing was changed.")},
    Row{"backup", "unwritable", FOYER_TEXT("The profile’s folder cannot be written"),
        FOYER_TEXT(
            "Check that the folder belongs to you, then try once more. Nothing was changed.")},
    Row{"backup", "failed", FOYER_TEXT("The file could not be read or written"),
        FOYER_TEXT("Check the disk and the folder, then try once more.")},
    Row{"backup", "no_memory", FOYER_TEXT("There is not enough memory"),
        FOYER_TEXT("Opening or making a backup needs 256 MB for a moment. Close other programs, "
                   "then try once more.")},
    Row{"backup", "not_a_backup",
        FOYER_TEXT("This is not a backup of a Foyer identity, or it is damaged"),
        FOYER_TEXT("Check that it is the right file, or use the 24 words.")},
    Row{"backup", "unsupported_version", FOYER_TEXT("The backup was made by a newer Foyer"),
        FOYER_TEXT("Update Foyer here, or use the 24 words.")},
    Row{"backup", "cost_out_of_range", FOYER_TEXT("The backup is damaged"),
        FOYER_TEXT("Use another copy of it, or the 24 words.")},
    Row{"backup", "wrong_passphrase", FOYER_TEXT("The passphrase does not open this backup"),
        FOYER_TEXT("Type it again. If you are sure it is right, the file was changed: use another "
                   "copy, or the 24 words.")},
    Row{"backup", "wrong_count", FOYER_TEXT("An identity has 24 words"),
        FOYER_TEXT("Check whether one is missing or was typed twice.")},
    Row{"backup", "unknown_word", FOYER_TEXT("One word is not in the word list"),
        FOYER_TEXT("Compare the words with what you wrote down.")},
    Row{"backup", "wrong_checksum", FOYER_TEXT("These words do not belong together"),
        FOYER_TEXT("Each is in the word list, but one differs from what you wrote down, or two "
                   "changed places.")},
    Row{"backup", "busy", FOYER_TEXT("An identity is already being restored"),
        FOYER_TEXT("Wait a moment.")},
    Row{"backup", "in_call", FOYER_TEXT("You are in a call"),
        FOYER_TEXT("End it first: the call belongs to the identity that would be replaced.")},
    Row{"backup", "would_replace", FOYER_TEXT("This profile already has an identity and contacts"),
        FOYER_TEXT("Confirm that it may be replaced. The old key is kept beside the new one.")},
    Row{"profile", "already_running", FOYER_TEXT("Foyer is already running"),
        FOYER_TEXT(
            "Use the window that is open. If you see none, Foyer is running without a window or "
            "no longer answers: end it, then start it again.")},
    Row{"profile", "unwritable", FOYER_TEXT("The profile’s folder cannot be written"),
        FOYER_TEXT("Check that the folder belongs to you, then start Foyer again.")},
    Row{"profile", "disk_full", FOYER_TEXT("The disk is full"),
        FOYER_TEXT("Make some space, then start Foyer again. Nothing was lost.")},
    Row{"profile", "newer_version", FOYER_TEXT("The profile was written by a newer Foyer"),
        FOYER_TEXT("Update Foyer, or start it with --data-dir and another folder.")},
    Row{"*", "settings_corrupt", FOYER_TEXT("The settings could not be read"),
        FOYER_TEXT(
            "The damaged file was kept aside; the settings are back at their first values.")},
    Row{"*", "database_corrupt", FOYER_TEXT("The database could not be read"),
        FOYER_TEXT("The damaged file was kept aside and a new one begun. Verified people need to "
                   "be compared "
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
    Row{"profile", "database_error", FOYER_TEXT("The profile’s database cannot be opened"),
        FOYER_TEXT("Check the disk, then start Foyer again. Nothing was overwritten.")},
    Row{"storage", "not_found", FOYER_TEXT("The file is not there"),
        FOYER_TEXT("Check its name and its folder.")},
    Row{"storage", "not_a_file", FOYER_TEXT("The file is not there"),
        FOYER_TEXT("Check its name and its folder.")},
    Row{"storage", "exists", FOYER_TEXT("There is already a file of this name"),
        FOYER_TEXT("Nothing was overwritten. Choose another name.")},
    Row{"storage", "too_large", FOYER_TEXT("The file is too large"),
        FOYER_TEXT("Check that it is the one you meant.")},
    Row{"storage", "failed", FOYER_TEXT("The file could not be read or written"),
        FOYER_TEXT("Check the disk and the folder.")},
    Row{"storage", "already_running", FOYER_TEXT("Another program uses this folder"),
        FOYER_TEXT("Close that program, or choose another folder.")},
    Row{"identity", "not_found", FOYER_TEXT("A file of the profile is missing"),
        FOYER_TEXT("Restore the profile’s folder from a backup, then start Foyer again.")},
    Row{"*", "not_a_file", FOYER_TEXT("A file could not be used"),
        FOYER_TEXT("Look at the profile’s folder: something else may be in its place.")},
    Row{"*", "too_large", FOYER_TEXT("A file could not be used"),
        FOYER_TEXT("Look at the profile’s folder: something else may be in its place.")},
    Row{"*", "failed", FOYER_TEXT("A file could not be used"),
        FOYER_TEXT("Look at the profile’s folder: something else may be in its place.")},
    Row{"*", "settings_unreadable", FOYER_TEXT("The settings could not be read"),
        FOYER_TEXT(
            "They are back at their first values for now. Check that the profile’s folder belongs "
            "to you.")},
    Row{"store", "not_open", FOYER_TEXT("Nothing can be kept now"),
        FOYER_TEXT("The profile did not open. Start Foyer again.")},
    Row{"store", "invite_not_kept", FOYER_TEXT("The invite of a relay could not be kept"),
        FOYER_TEXT("You are connected; after the next start open the relay’s link again.")},
    Row{"store", "invite_unreadable", FOYER_TEXT("The invite of a relay cannot be read"),
        FOYER_TEXT("If the relay refuses you, open its link again.")},
    Row{"store", "invite_lost", FOYER_TEXT("The invite of a relay is gone"),
        FOYER_TEXT("If the relay refuses you, open its link again.")},
    Row{"settings", "bad_alias", FOYER_TEXT("This name cannot be shown"),
        FOYER_TEXT("Use 1 to 64 visible letters.")},
    Row{"settings", "bad_value", FOYER_TEXT("This value is not accepted"),
        FOYER_TEXT("Correct what you typed; until then the previous value applies.")},
    Row{"settings", "too_long", FOYER_TEXT("This is too long"),
        FOYER_TEXT("Shorten what you typed; until then the previous value applies.")},
    Row{"store", "refused", FOYER_TEXT("Something could not be kept"),
        FOYER_TEXT("There is no room for more entries of this kind.")},
    Row{"record", "running", FOYER_TEXT("This call is still being recorded"),
        FOYER_TEXT("End it, then save its record.")},
    Row{"record", "none", FOYER_TEXT("Nothing is recorded of this call"),
        FOYER_TEXT("Switch recording on in the diagnostics before the call begins; the newest "
                   "record alone is kept.")},
    // ---- calls
    Row{"call", "relay_not_connected", FOYER_TEXT("There is no connection to a relay"),
        FOYER_TEXT("Foyer connects again by itself. Then call again.")},
    Row{"call", "busy", FOYER_TEXT("You are in a call already"),
        FOYER_TEXT("End it before you call somebody else.")},
    Row{"call", "not_found", FOYER_TEXT("This person is not here"),
        FOYER_TEXT("Try again when you see them in the list.")},
    Row{"call", "self", FOYER_TEXT("This is your own key"),
        FOYER_TEXT("Choose somebody else to call.")},
    Row{"call", "blocked", FOYER_TEXT("You have blocked this person"),
        FOYER_TEXT("Take the block away before you call.")},
    Row{"call", "too_many_calls", FOYER_TEXT("Too many calls are open"),
        FOYER_TEXT("End one of them, then call again.")},
    Row{"call", "version", FOYER_TEXT("The two Foyers are too far apart in age"),
        FOYER_TEXT("One of you has a much older version. Update it, then call again.")},
    Row{"call", "unknown_call", FOYER_TEXT("This call is over"), FOYER_TEXT("Call again.")},
    Row{"call", "already_ended", FOYER_TEXT("This call is over"), FOYER_TEXT("Call again.")},
    Row{"call", "not_ringing", FOYER_TEXT("This call does not ring any more"),
        FOYER_TEXT("It was answered or ended in the meantime.")},
    Row{"call", "not_secured", FOYER_TEXT("The call has no keys yet"),
        FOYER_TEXT("Wait until it is connected, then compare the words.")},
    Row{"call", "not_active", FOYER_TEXT("The call has not begun or is over"),
        FOYER_TEXT("A call can be put on hold while both sides are in it.")},
    Row{"call", "not_held", FOYER_TEXT("Only the words open the microphone here"),
        FOYER_TEXT("Compare them, then press They match.")},
    Row{"control", "already_running", FOYER_TEXT("Another Foyer answers on the control socket"),
        FOYER_TEXT("Start this one with another --control path.")},
    Row{"control", "path_taken", FOYER_TEXT("A file is where the control socket should be"),
        FOYER_TEXT("Start Foyer with another --control path, or move that file away.")},
    Row{"control", "unavailable", FOYER_TEXT("The control socket cannot be made"),
        FOYER_TEXT("Check the folder of the --control path.")},
};
#undef FOYER_TEXT

}  // namespace

FaultText textOf(const Fault& fault) {
  const Row* found = connectionFault(fault);
  for (const auto rows : {contactFaultRows(), pictureFaultRows()})
    for (const Row& row : rows)
      if (row.stage == fault.stage && row.code == fault.code) found = &row;
  for (const Row& row : kRows) {
    if (row.code != fault.code) continue;
    if (row.stage == fault.stage) {
      found = &row;
      break;
    }
    if (row.stage == "*" && found == nullptr) found = &row;
  }
  if (found != nullptr) return {ErrorText::tr(found->title), ErrorText::tr(found->advice)};
  return {ErrorText::tr("Something went wrong (%1: %2)")
              .arg(fromUtf8(fault.stage), fromUtf8(fault.code)),
          fault.retryable ? ErrorText::tr("Try again.")
                          : ErrorText::tr("Start Foyer again and try once more.")};
}

std::vector<KnownFault> knownFaults() {
  std::vector<KnownFault> known;
  for (const auto rows :
       {std::span<const Row>(kRows), connectionFaultRows(), contactFaultRows(), pictureFaultRows()})
    for (const Row& row : rows) known.push_back({std::string(row.stage), std::string(row.code)});
  return known;
}

}  // namespace foyer::app
