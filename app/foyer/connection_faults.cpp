#include <QCoreApplication>
#include <algorithm>
#include <array>

#include "app/foyer/fault_rows.h"

namespace foyer::app {
namespace {

using Row = FaultRow;

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("ErrorText", text)

constexpr const char* kNotALink = FOYER_TEXT("This is not the link of a TURN server");
constexpr const char* kLinkLooks = FOYER_TEXT(
    "A link looks like turn:example.org or turns:example.org:443. Ask the person who runs the "
    "server for it.");
constexpr const char* kDamagedLink = FOYER_TEXT("The address in the link is damaged");
constexpr const char* kCopyAll = FOYER_TEXT("Ask for the link again and copy all of it.");
constexpr const char* kUntrusted = FOYER_TEXT("The TURN server cannot prove who it is");
constexpr const char* kAskRunner =
    FOYER_TEXT("Ask the person who runs the server. Until then calls do without it.");
constexpr const char* kNobodyThere = FOYER_TEXT("The TURN server cannot be reached");
constexpr const char* kCheckAddress = FOYER_TEXT(
    "Check host and port in the link. Where UDP is blocked, a link with turns: and port 443 may "
    "work.");
constexpr const char* kWayBroke = FOYER_TEXT("The connection to the TURN server broke");
constexpr const char* kAgainByItself = FOYER_TEXT("Foyer tries it again by itself.");

constexpr std::array kRows = {
    // ---- STUN servers of the settings
    Row{"stun", "empty", FOYER_TEXT("No server was entered"),
        FOYER_TEXT("Type its name, for example stun.example.org.")},
    Row{"stun", "too_many", FOYER_TEXT("There are too many STUN servers"),
        FOYER_TEXT("Remove one before you add another; three are plenty.")},
    Row{"stun", "bad_host", FOYER_TEXT("This is not the address of a server"),
        FOYER_TEXT(
            "It looks like stun.example.org, followed by a colon and its port if it has one.")},
    Row{"stun", "bad_port", FOYER_TEXT("This is not a valid port"),
        FOYER_TEXT("It is a number from 1 to 65535; leave it out if you do not know it.")},
    // ---- the check of the network, and a relay over TCP
    Row{"network", "busy", FOYER_TEXT("The network is being checked already"),
        FOYER_TEXT("Wait until that check has ended.")},
    Row{"connection", "not_datagrams", FOYER_TEXT("Something else than a relay answers over TCP"),
        FOYER_TEXT("Foyer tries again by itself. A page that this network wants visited first may "
                   "be in the way: open any page in a browser.")},
    Row{"binding", "tls", FOYER_TEXT("The relay cannot listen on TCP"),
        FOYER_TEXT("Its certificate could not be made. Start it without --tcp, or once more.")},
    // ---- metrics of this program
    Row{"metrics", "bad_address", FOYER_TEXT("Metrics are not served there"),
        FOYER_TEXT("Name a port of this computer alone, 127.0.0.1:9464 or [::1]:9464, or a local "
                   "socket by its whole path, unix:/run/user/1000/foyer.metrics.")},
    Row{"metrics", "port_taken", FOYER_TEXT("The port for metrics is in use by another program"),
        FOYER_TEXT("Name another port.")},
    Row{"metrics", "path_taken", FOYER_TEXT("Something else has the place of the metrics’ socket"),
        FOYER_TEXT("Name another path, or take away what is there.")},
    Row{"metrics", "unavailable", FOYER_TEXT("Metrics cannot be served there"),
        FOYER_TEXT("Is there a folder of that name that you may write to? Else name another "
                   "place.")},
    // ---- the link of a TURN server
    Row{"turn_link", "too_long", kNotALink, kLinkLooks},
    Row{"turn_link", "not_turn", kNotALink, kLinkLooks},
    Row{"turn_link", "has_slashes", kNotALink,
        FOYER_TEXT("It has no slashes: turn:example.org, not turn://example.org.")},
    Row{"turn_link", "has_user_info", FOYER_TEXT("The link has a user name in it"),
        FOYER_TEXT("Type user name and password into their own fields: links are copied and kept "
                   "in places that anybody reads.")},
    Row{"turn_link", "no_host", kDamagedLink, kCopyAll},
    Row{"turn_link", "bad_host", kDamagedLink, kCopyAll},
    Row{"turn_link", "bad_port", kDamagedLink, kCopyAll},
    Row{"turn_link", "bad_transport", FOYER_TEXT("The link asks for a way that does not exist"),
        FOYER_TEXT("After transport= there must be udp or tcp.")},
    Row{"turn_link", "tls_needs_tcp", FOYER_TEXT("The link asks for TLS over UDP"),
        FOYER_TEXT("Foyer uses TLS only over TCP. Leave out transport=udp.")},
    Row{"turn_link", "unknown_parameter", FOYER_TEXT("The link says something Foyer does not know"),
        FOYER_TEXT("Leave out everything after the question mark except transport=udp or "
                   "transport=tcp.")},
    // ---- what is typed beside it
    Row{"turn", "no_user", FOYER_TEXT("The user name is missing"),
        FOYER_TEXT("Type the name that the person who runs the server gave you.")},
    Row{"turn", "bad_user", FOYER_TEXT("This user name is not valid"),
        FOYER_TEXT("It has at most 128 letters and no line breaks. Copy it again.")},
    Row{"turn", "no_password", FOYER_TEXT("The password is missing"),
        FOYER_TEXT("Type the password that belongs to the user name.")},
    Row{"turn", "bad_password", FOYER_TEXT("This password is not valid"),
        FOYER_TEXT("It has at most 256 letters and no line breaks. Copy it again.")},
    Row{"turn", "too_many", FOYER_TEXT("There are too many TURN servers"),
        FOYER_TEXT("Remove one before you add another; a call needs one or two.")},
    Row{"turn", "unknown_server", FOYER_TEXT("This TURN server is not in the list any more"),
        FOYER_TEXT("Add it again if you want it.")},
    Row{"turn", "busy", FOYER_TEXT("A TURN server is being tested already"),
        FOYER_TEXT("Wait a few seconds, then test again.")},
    Row{"store", "turn_password_not_kept", FOYER_TEXT("The password could not be kept"),
        FOYER_TEXT("The server works until Foyer ends; then the password has to be typed again.")},
    Row{"store", "turn_password_unreadable",
        FOYER_TEXT("The password of a TURN server cannot be read"),
        FOYER_TEXT("Type it again where the connections are set, if you use that server.")},
    Row{"store", "turn_password_lost", FOYER_TEXT("The password of a TURN server is gone"),
        FOYER_TEXT("Type it again where the connections are set, if you use that server.")},
    // ---- the way to the server
    Row{"turn_resolve", "not_found", FOYER_TEXT("The server’s name leads nowhere"),
        FOYER_TEXT("Check the host in the link, and whether this computer is on the network.")},
    Row{"turn_resolve", "try_again", FOYER_TEXT("The server’s name could not be looked up"),
        FOYER_TEXT("Is this computer on the network? Then test once more.")},
    Row{"turn_resolve", "failed", FOYER_TEXT("The server’s name could not be looked up"),
        FOYER_TEXT("Is this computer on the network? Then test once more.")},
    Row{"turn_resolve", "busy", FOYER_TEXT("Too many names are being looked up"),
        FOYER_TEXT("Wait a moment, then test once more.")},
    Row{"turn_connect", "no_socket", FOYER_TEXT("This computer gives no socket for it"),
        FOYER_TEXT("Too many programs may be open. Close some, then try again.")},
    Row{"turn_connect", "refused", FOYER_TEXT("Nothing answers at that port of the server"),
        kCheckAddress},
    Row{"turn_connect", "unreachable", kNobodyThere, kCheckAddress},
    Row{"turn_connect", "timeout", kNobodyThere, kCheckAddress},
    Row{"turn_connect", "closed", kWayBroke, kAgainByItself},
    Row{"turn_connect", "reset", kWayBroke, kAgainByItself},
    Row{"turn_connect", "failed", kWayBroke, kAgainByItself},
    Row{"turn_connect", "not_allowed", FOYER_TEXT("The server is where Foyer sends nothing"),
        FOYER_TEXT(
            "Its name leads into this computer or its own network, and it came from a relay. "
            "Calls do without it.")},
    Row{"turn_connect", "not_turn", FOYER_TEXT("Something else than a TURN server answers there"),
        FOYER_TEXT("Check host and port in the link, or ask for it again.")},
    Row{"turn_tls", "setup", FOYER_TEXT("This computer cannot check certificates"),
        FOYER_TEXT("The system’s list of authorities is missing; install the package "
                   "ca-certificates.")},
    Row{"turn_tls", "untrusted", kUntrusted, kAskRunner},
    Row{"turn_tls", "wrong_name", FOYER_TEXT("Another server answers than the link names"),
        FOYER_TEXT("Nothing was sent. Check the host in the link, or ask for it again.")},
    Row{"turn_tls", "expired", FOYER_TEXT("The certificate of the TURN server is out of date"),
        FOYER_TEXT(
            "Is the clock of this computer right? Else ask the person who runs the server.")},
    Row{"turn_tls", "not_tls", FOYER_TEXT("The TURN server does not speak TLS there"),
        FOYER_TEXT("Try the link with turn: instead of turns:, or another port.")},
    Row{"turn_tls", "refused", FOYER_TEXT("The TURN server ends the secure connection"),
        kAskRunner},
    Row{"turn_tls", "cut_off", kWayBroke, kAgainByItself},
    Row{"turn_tls", "too_much", FOYER_TEXT("The TURN server makes no sense"), kAskRunner},
    // ---- what the server says
    Row{"turn_allocate", "no_answer", FOYER_TEXT("The TURN server does not answer"), kCheckAddress},
    Row{"turn_allocate", "unverified", FOYER_TEXT("The answers do not prove to be the server’s"),
        FOYER_TEXT("The password may be wrong, or somebody answers in its place.")},
    Row{"turn_allocate", "wrong_credentials",
        FOYER_TEXT("The TURN server does not accept user name and password"),
        FOYER_TEXT("Type both again. Credentials for a limited time may be used up: ask for new "
                   "ones.")},
    Row{"turn_allocate", "stale_nonce", FOYER_TEXT("The TURN server contradicts itself"),
        kAskRunner},
    Row{"turn_allocate", "forbidden", FOYER_TEXT("The TURN server forbids this"), kAskRunner},
    Row{"turn_allocate", "mismatch", FOYER_TEXT("The TURN server has forgotten the connection"),
        kAgainByItself},
    Row{"turn_allocate", "quota_reached",
        FOYER_TEXT("This user has no room left on the TURN server"),
        FOYER_TEXT("Other calls of the same user hold it. Wait until they end, or ask for more.")},
    Row{"turn_allocate", "no_capacity", FOYER_TEXT("The TURN server is full"), kAgainByItself},
    Row{"turn_allocate", "unsupported_family",
        FOYER_TEXT("The TURN server does not serve this kind of address"), kAskRunner},
    Row{"turn_allocate", "unsupported_transport",
        FOYER_TEXT("The TURN server does not pass UDP on"), kAskRunner},
    Row{"turn_allocate", "bad_redirect", FOYER_TEXT("The TURN server sends on to nowhere"),
        kAskRunner},
    Row{"turn_allocate", "refused", FOYER_TEXT("The TURN server refuses"), kAskRunner},
    Row{"turn_allocate", "closed", kWayBroke, kAgainByItself},
    Row{"turn_allocate", "server_error", FOYER_TEXT("The TURN server has a fault"), kAgainByItself},
    Row{"turn_allocate", "bad_answer", FOYER_TEXT("The TURN server makes no sense"), kAskRunner},
    Row{"turn_allocate", "no_hash",
        FOYER_TEXT("This computer refuses what the TURN server asks for"),
        FOYER_TEXT("TURN needs MD5 and SHA-1, which this system forbids. Calls do without it.")},
};
#undef FOYER_TEXT

constexpr std::array<std::string_view, 3> kLaterStages = {"turn_refresh", "turn_permission",
                                                          "turn_channel"};

}  // namespace

std::span<const FaultRow> connectionFaultRows() { return kRows; }

const FaultRow* connectionFault(const Fault& fault) {
  const bool isLater =
      std::find(kLaterStages.begin(), kLaterStages.end(), fault.stage) != kLaterStages.end();
  const std::string_view stage = isLater ? "turn_allocate" : std::string_view(fault.stage);
  const auto found = std::find_if(kRows.begin(), kRows.end(), [&](const Row& row) {
    return row.stage == stage && row.code == fault.code;
  });
  return found == kRows.end() ? nullptr : &*found;
}

}  // namespace foyer::app
