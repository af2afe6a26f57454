// One whole client in a simulated world: core/client with sound devices that tick in virtual time.
// What its person would do (answer, hang up) is set beforehand or done by the test.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "core/client/audio_side.h"
#include "core/client/client.h"
#include "core/media/codec.h"
#include "core/net/nat_check.h"
#include "core/net/port_mapping.h"
#include "core/sim/network.h"

namespace foyer::sim {

// SizedTone: as SizedFrames, and every frame that arrived sounds, what is missing does not: so the
// first sound and the gaps can be timed without the work of a codec.
enum class SimCodec { Opus, SizedFrames, SizedTone };
[[nodiscard]] const char* toString(SimCodec codec);

// Everybody is a stranger until the test says otherwise.
class SimContacts final : public call::ContactBook {
 public:
  [[nodiscard]] call::ContactView contact(const PublicKey& key, std::string_view) const override {
    const auto it = m_views.find(key);
    return it == m_views.end() ? call::ContactView{} : it->second;
  }
  void set(const PublicKey& key, const call::ContactView& view) { m_views[key] = view; }

 private:
  std::map<PublicKey, call::ContactView> m_views;
};

struct SimClientOptions {
  std::string alias = "Sim Person";
  SimCodec codec = SimCodec::SizedFrames;
  std::vector<std::int16_t> sound;  // what the microphone hears from the opening on; then silence
  bool loopsSound = false;
  bool waitsToSpeak = false;         // silence until startSpeaking()
  bool recordsSound = false;         // keep what the loudspeaker played
  bool recordsPlay = false;          // keep what the playout was given and decided
  bool answersAtOnce = false;        // trusted
  Duration deviceDelay = 0ms;        // playout: between being handed out and being heard
  double driftPpm = 0;               // how much faster both devices run than the clock says
  std::optional<int> maxPayloadBps;  // a cap on the codec payload this client sends
  bool devicesStart = true;          // false: devices open and never call back
  WallTime wall{1'790'000'000'000};
  bool tellsAddresses = false;                // its own addresses, so that calls may go directly
  std::vector<SocketAddress> observers;       // STUN servers; given some, it looks at its NAT
  bool triesPorts = true;                     // where one side's NAT gives random ports
  std::optional<IpAddress> gateway;           // a router, which is asked to open the port of calls
  std::optional<std::uint64_t> identitySeed;  // two copies of one identity have the same
};

// What a client put on the wire, IP and UDP headers included.
struct SimTraffic {
  // Packets that carry media, without what travels in them beside it.
  std::uint64_t mediaPackets = 0, mediaBytes = 0;
  // Acknowledgements, in packets of their own or beside media, reports, control, handshakes.
  std::uint64_t otherPackets = 0, otherBytes = 0;
};

// What one call sounded like at one client.
struct SimSound {
  TimePoint captureStarted{}, playoutStarted{};
  std::optional<TimePoint> spokenFrom;  // when the microphone took the first sample of the sound
  std::vector<std::int16_t> played;
  std::optional<TimePoint> firstSoundAt;
  std::shared_ptr<client::MediaSeam> seam;
};

class SimClient final : public Node {
 public:
  // 10 ms, what a device with a low latency setting asks for.
  static constexpr Duration kTick = 10ms;
  static constexpr std::size_t kTickSamples = 480;

  // The place has at least one address.
  SimClient(Network& network, const Place& place, std::uint64_t seed, SimClientOptions options);
  ~SimClient() override;

  [[nodiscard]] client::Client& client() { return *m_client; }
  [[nodiscard]] SimContacts& contacts() { return m_contacts; }
  [[nodiscard]] const PublicKey& key() const { return m_client->identity().publicKey(); }
  [[nodiscard]] Fingerprint fingerprint() const { return m_client->identity().fingerprint(); }
  // The first that it had, as it knows it.
  [[nodiscard]] const SocketAddress& address() const { return m_address; }
  // Runs a command and puts what follows on the wire.
  template <class Command>
  auto tell(Command&& command) {
    if constexpr (std::is_void_v<decltype(command(*m_client, m_network.now()))>) {
      command(*m_client, m_network.now());
      m_network.touch(*this);
    } else {
      auto result = command(*m_client, m_network.now());
      m_network.touch(*this);
      return result;
    }
  }
  // What the check of the NAT found, once it is over. A new one begins with each other network.
  [[nodiscard]] const std::optional<net::NatReport>& natReport() const { return m_natReport; }
  // Open beside the main one now.
  [[nodiscard]] std::size_t extraSockets() const { return m_extraPorts.size(); }
  // The only live call, or the one that ended last.
  [[nodiscard]] std::optional<client::CallStatus> onlyCall() const;
  [[nodiscard]] const std::map<CallId, SimSound>& sounds() const { return m_sounds; }
  // The longest stretch in which the loudspeaker was given silence, within these bounds; what was
  // not played yet counts as silence. Needs recordsSound.
  [[nodiscard]] Duration longestSilence(const CallId& call, TimePoint from, TimePoint to) const;
  [[nodiscard]] const std::vector<client::ClientEvent>& events() const { return m_events; }
  [[nodiscard]] const SimTraffic& traffic() const { return m_traffic; }
  void setAnswersAtOnce(bool answers) { m_options.answersAtOnce = answers; }
  // The sound begins with what the microphone hears from now on.
  void startSpeaking() { m_options.waitsToSpeak = false; }
  void setDrift(double ppm) { m_options.driftPpm = ppm; }
  // The time that the devices take for `samples`.
  [[nodiscard]] Duration deviceTime(std::int64_t samples) const;

  void handleDatagram(TimePoint now, const SocketAddress& local, const SocketAddress& remote,
                      std::uint8_t ecn, ByteView bytes) override;
  void handleStream(TimePoint now, const SocketAddress& remote, ByteView bytes) override;
  void handleTimeout(TimePoint now) override;
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const override;
  void drain(TimePoint now, const Sink& sink) override;
  void handleAddresses(TimePoint now, const std::vector<LocalAddress>& addresses) override;

 private:
  struct Device;
  void tellAddresses(TimePoint now);
  void checkNat(TimePoint now);
  void endNatCheck(TimePoint now);
  void askRouter(TimePoint now);
  void followMapping(TimePoint now);
  // Opens and closes what the search for a direct way wants; true when there was something to do.
  bool followSockets(TimePoint now);
  [[nodiscard]] std::uint16_t openSocket();
  void followCalls(TimePoint now);
  void openDevice(TimePoint now, const CallId& call);
  void scheduleTick(TimePoint after);
  void count(const net::TransmitBatch& batch);
  void tick(TimePoint now);

  Network& m_network;
  SocketAddress m_address;
  SimClientOptions m_options;
  SeededRandom m_random;
  SimContacts m_contacts;
  std::unique_ptr<client::Client> m_client;
  std::unique_ptr<media::CodecFactory> m_codecs;
  std::unique_ptr<Device> m_device;
  std::shared_ptr<void> m_running;  // the devices of this moment; their ticks end with it
  std::map<CallId, SimSound> m_sounds;
  std::vector<client::ClientEvent> m_events;
  SimTraffic m_traffic;
  std::optional<net::NatCheck> m_check;
  std::vector<std::uint16_t> m_checkPorts, m_extraPorts;
  std::optional<net::NatReport> m_natReport;
  std::uint16_t m_nextPort;
  std::unique_ptr<net::PortMapping> m_mapping;
  std::uint16_t m_mappingPort = 0;  // of the socket that speaks with the router
};

}  // namespace foyer::sim
