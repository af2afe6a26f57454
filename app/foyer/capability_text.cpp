#include "app/foyer/capability_text.h"

#include <QCoreApplication>
#include <algorithm>
#include <array>
#include <string_view>

#include "app/foyer/error_text.h"

namespace foyer::app {
namespace {

using engine::Capability;
using engine::CapabilityState;
using engine::CapabilityView;

struct CapabilityWords {
  Q_DECLARE_TR_FUNCTIONS(CapabilityWords)
};

#define FOYER_TEXT(text) QT_TRANSLATE_NOOP("CapabilityWords", text)

struct Row {
  Capability what;
  std::string_view reason;
  const char* sentence;
  const char* advice;
};

constexpr const char* kNothing = "";
constexpr const char* kAsking = FOYER_TEXT("Foyer is asking; look again in a moment.");
constexpr const char* kNotRunning =
    FOYER_TEXT("The network part is not running, because there is no identity to use.");

constexpr std::array kRows = {
    Row{Capability::Microphone, "", FOYER_TEXT("The sound server offers a microphone."), kNothing},
    Row{Capability::Microphone, "not_a_device",
        FOYER_TEXT("A file or silence replaces the microphone, as requested at the start."),
        kNothing},
    Row{Capability::Microphone, "asking", FOYER_TEXT("The sound server has not answered yet."),
        FOYER_TEXT("If it stays like this: is PulseAudio or PipeWire running?")},
    Row{Capability::Microphone, "no_device",
        FOYER_TEXT("The sound server answers, but has no microphone."),
        FOYER_TEXT("Plug one in, or switch it on in the system settings.")},
    Row{Capability::Output, "", FOYER_TEXT("The sound server offers speakers."), kNothing},
    Row{Capability::Output, "not_a_device",
        FOYER_TEXT("A file or nothing replaces the speakers, as requested at the start."),
        kNothing},
    Row{Capability::Output, "asking", FOYER_TEXT("The sound server has not answered yet."),
        FOYER_TEXT("If it stays like this: is PulseAudio or PipeWire running?")},
    Row{Capability::Output, "no_device",
        FOYER_TEXT("The sound server answers, but has no speakers."),
        FOYER_TEXT("Plug some in, or switch them on in the system settings.")},
    Row{Capability::KeyRing, "", FOYER_TEXT("It keeps the secret key of your identity."), kNothing},
    Row{Capability::KeyRing, "asking", kAsking, kNothing},
    Row{Capability::KeyRing, "switched_off",
        FOYER_TEXT("FOYER_KEYRING=off: the secret key is in a file that only you can read."),
        kNothing},
    Row{Capability::KeyRing, "no_session_bus",
        FOYER_TEXT("No desktop session bus: the secret key is in a file that only you can read."),
        FOYER_TEXT(
            "Nothing to do. A new identity made in a desktop session goes to its key ring.")},
    Row{Capability::KeyRing, "in_file",
        FOYER_TEXT("The secret key is in a file that only you can read: no key ring took it when "
                   "the identity was made."),
        FOYER_TEXT("Nothing to do.")},
    Row{Capability::Mdns, "", FOYER_TEXT("Foyer finds relays on this network by itself."),
        kNothing},
    Row{Capability::Mdns, "asking", kAsking, kNothing},
    Row{Capability::Mdns, "off", FOYER_TEXT("Switched off for this start."), kNothing},
    Row{Capability::Mdns, "no_daemon",
        FOYER_TEXT("Avahi does not answer, so relays on this network are not found."),
        FOYER_TEXT("Start avahi-daemon, or join relays by link.")},
    Row{Capability::Ipv6, "",
        FOYER_TEXT("This computer has an IPv6 address and a route to the internet."), kNothing},
    Row{Capability::Ipv6, "not_running", kNotRunning, kNothing},
    Row{Capability::Ipv6, "no_socket", FOYER_TEXT("The system offers no IPv6."),
        FOYER_TEXT("Calls use IPv4. IPv6 may be switched off in the kernel.")},
    Row{Capability::Ipv6, "no_address",
        FOYER_TEXT("This computer has no IPv6 address that others could use."),
        FOYER_TEXT("Calls use IPv4. Addresses come from the router or the provider.")},
    Row{Capability::Ipv6, "no_route",
        FOYER_TEXT("There is an IPv6 address, but no route to the internet."),
        FOYER_TEXT("Calls to the internet use IPv4.")},
    Row{Capability::PortMapping, "pcp", FOYER_TEXT("The router opened a port by PCP."), kNothing},
    Row{Capability::PortMapping, "nat-pmp", FOYER_TEXT("The router opened a port by NAT-PMP."),
        kNothing},
    Row{Capability::PortMapping, "upnp", FOYER_TEXT("The router opened a port by UPnP."), kNothing},
    Row{Capability::PortMapping, "asking", FOYER_TEXT("The router is being asked."), kNothing},
    Row{Capability::PortMapping, "not_needed_yet",
        FOYER_TEXT("Not requested yet: no relay outside this computer was reached."), kNothing},
    Row{Capability::PortMapping, "direct_calls_off",
        FOYER_TEXT("Not requested: direct calls are switched off."),
        FOYER_TEXT("Switch them on in the settings, under Privacy.")},
    Row{Capability::PortMapping, "off", FOYER_TEXT("Not requested: switched off in the settings."),
        FOYER_TEXT("Switch it on in the settings, under Network.")},
    Row{Capability::PortMapping, "refused", FOYER_TEXT("The router opens no port."),
        FOYER_TEXT("UPnP, NAT-PMP or PCP can be switched on in the router's settings. Many calls "
                   "go directly without it.")},
    Row{Capability::PortMapping, "no_router",
        FOYER_TEXT("No router stands between this computer and its network."), kNothing},
    Row{Capability::Segmentation, "",
        FOYER_TEXT("Several packets leave in one system call (UDP_SEGMENT)."), kNothing},
    Row{Capability::Segmentation, "not_running", kNotRunning, kNothing},
    Row{Capability::Segmentation, "kernel",
        FOYER_TEXT("The kernel or the network card takes one packet at a time."),
        FOYER_TEXT("Nothing to do: it only costs a little processor time.")},
    Row{Capability::RealTimeNet, "",
        FOYER_TEXT("The network thread runs before ordinary programs (SCHED_RR)."), kNothing},
    Row{Capability::RealTimeNet, "not_running", kNotRunning, kNothing},
    Row{Capability::RealTimeNet, "refused",
        FOYER_TEXT("The system refused it: a busy computer may delay packets."),
        FOYER_TEXT("An administrator can allow it with an rtprio limit of 5 or more.")},
    Row{Capability::RealTimeAudio, "",
        FOYER_TEXT("The sound thread runs before ordinary programs (SCHED_RR)."), kNothing},
    Row{Capability::RealTimeAudio, "not_opened", FOYER_TEXT("No sound device was opened yet."),
        kNothing},
    Row{Capability::RealTimeAudio, "refused",
        FOYER_TEXT("The system refused it: on a busy computer the sound may stutter."),
        FOYER_TEXT("An administrator can allow it with an rtprio limit of 1 or more.")},
    Row{Capability::Dred, "",
        FOYER_TEXT(
            "Opus can resend earlier speech in a very compact form, in case packets are lost."),
        kNothing},
    Row{Capability::Dred, "asking", kAsking, kNothing},
    Row{Capability::Dred, "not_built", FOYER_TEXT("This Opus was built without it."),
        FOYER_TEXT("Only copies of earlier frames make up for loss.")},
    Row{Capability::Osce, "", FOYER_TEXT("Opus makes speech at low bit rates sound better."),
        kNothing},
    Row{Capability::Osce, "asking", kAsking, kNothing},
    Row{Capability::Osce, "not_built", FOYER_TEXT("This Opus was built without it."), kNothing},
};

QString said(const char* text) { return *text == '\0' ? QString() : CapabilityWords::tr(text); }

QString titleOf(Capability what) {
  switch (what) {
    case Capability::Microphone:
      return CapabilityWords::tr("Microphone");
    case Capability::Output:
      return CapabilityWords::tr("Speakers");
    case Capability::KeyRing:
      return CapabilityWords::tr("Key ring");
    case Capability::Mdns:
      return CapabilityWords::tr("Relays nearby (mDNS)");
    case Capability::Ipv6:
      return CapabilityWords::tr("IPv6");
    case Capability::PortMapping:
      return CapabilityWords::tr("Port at the router");
    case Capability::Segmentation:
      return CapabilityWords::tr("Packets in bundles (GSO)");
    case Capability::RealTimeNet:
      return CapabilityWords::tr("Real-time priority for the network");
    case Capability::RealTimeAudio:
      return CapabilityWords::tr("Real-time priority for the sound");
    case Capability::Dred:
      return CapabilityWords::tr("Deep redundancy (DRED)");
    case Capability::Osce:
      return CapabilityWords::tr("Speech enhancement (OSCE)");
  }
  return {};
}

QString stateOf(CapabilityState state) {
  switch (state) {
    case CapabilityState::Available:
      return CapabilityWords::tr("Available");
    case CapabilityState::Missing:
      return CapabilityWords::tr("Missing");
    case CapabilityState::NotKnown:
      return CapabilityWords::tr("Not known yet");
  }
  return {};
}

// Where a fault is the reason, its own sentence says it.
const char* stageOf(Capability what) {
  if (what == Capability::KeyRing) return "identity";
  return what == Capability::Output ? "playout" : "capture";
}

}  // namespace

CapabilityText textOf(const CapabilityView& view) {
  CapabilityText text{titleOf(view.what), stateOf(view.state), {}, {}};
  const auto row = std::find_if(kRows.begin(), kRows.end(), [&](const Row& each) {
    return each.what == view.what && each.reason == view.reason;
  });
  if (row != kRows.end()) {
    text.sentence = said(row->sentence);
    text.advice = said(row->advice);
    return text;
  }
  const FaultText fault = textOf(Fault{stageOf(view.what), view.reason, false, {}});
  text.sentence = fault.title + u'.';
  text.advice = fault.advice;
  return text;
}

}  // namespace foyer::app
