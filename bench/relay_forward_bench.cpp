// What one forwarded packet costs a relay in CPU, against a plain recvfrom/sendto forwarder at the
// same offered load in the same run.
//
//   relay_forward_bench [rooms|calls|all] [--rounds N] [--seconds S]
//
// rooms: 10 channels x 50 receivers (the same 50 connections). calls: 100 one-to-one calls through
// the whole Relay, 200 connections that said hello, published and offered. 120 bytes, 50 packets a
// second per channel at phases of their own, real sockets on loopback, receivers with delayed
// acknowledgements in another thread. Both forwarders run one after the other in each round, each
// in a real-time thread where the system allows it, and only that thread's CPU time is counted; the
// ratio is the median over the rounds.
#include <array>
#include <cstdlib>
#include <cstring>
#include <future>
#include <thread>

#include "bench/support/crowd.h"
#include "bench/support/measure.h"
#include "bench/support/pacer.h"
#include "bench/support/plain_crowd.h"
#include "bench/support/plain_forwarder.h"
#include "bench/support/room_relay.h"
#include "core/io/clock.h"
#include "core/io/loop_thread.h"
#include "core/io/net_driver.h"
#include "core/wire/limits.h"
#include "relaylite/host/hosted_relay.h"
#include "relaylite/relay.h"

namespace {

using namespace foyer;
using bench::Crowd;
using bench::Pacer;

constexpr std::size_t kPacketBytes = 120;
constexpr std::size_t kRoomChannels = 10;
constexpr std::size_t kRoomReceivers = 50;
constexpr std::size_t kCalls = 100;
constexpr double kRoomBar = 1.6;
constexpr double kCallBar = 2.5;
// Before a measurement: acknowledgements and congestion state settle.
constexpr Duration kSettle = 700ms;

struct Options {
  bool rooms = true, calls = true;
  int rounds = 5;
  Duration length = 4s;
};

void sleepFor(Duration d) { std::this_thread::sleep_for(d); }

// Runs `work` in the loop's thread and waits for what it returns.
template <class Work>
auto inLoop(io::LoopThread& thread, Work work) {
  std::promise<decltype(work())> promise;
  auto result = promise.get_future();
  thread.loop().post([&] { promise.set_value(work()); });
  return result.get();
}

// What a forwarder had done at one moment.
struct Reading {
  double cpu = 0;
  std::uint64_t forwarded = 0, packets = 0, delivered = 0;
};
struct Cost {
  double nsPerForward = 0;  // CPU
  double forwardsPerSecond = 0;
  double datagramsPerPacket = 1;
  double delivered = 0;  // share
};
Cost costOf(const Reading& from, const Reading& to, double seconds) {
  const auto forwarded = static_cast<double>(to.forwarded - from.forwarded);
  const auto packets = static_cast<double>(to.packets - from.packets);
  return {1e9 * (to.cpu - from.cpu) / forwarded, forwarded / seconds,
          packets > 0 ? forwarded / packets : 1,
          static_cast<double>(to.delivered - from.delivered) / forwarded};
}

template <class Read>
Cost measure(Duration length, Read read) {
  sleepFor(kSettle);
  const double begun = bench::wallSeconds();
  const Reading from = read();
  sleepFor(length);
  const Reading to = read();
  return costOf(from, to, bench::wallSeconds() - begun);
}

// A fed-and-drained relay in a thread of its own, as relaylite/host runs it.
template <class Machine>
class RelayThread {
 public:
  template <class Make>
  explicit RelayThread(Make make) : m_thread("relay", m_clock, io::Scheduling::RoundRobin) {
    m_socket = std::move(*io::UdpSocket::open({IpAddress::v4(127, 0, 0, 1), 0}));
    m_thread.loop().setShortestTurn(relayhost::HostedRelay::kGather);
    m_thread.start(
        [this, make] {
          m_machine = make(*this);
          m_driver = std::make_unique<io::NetDriver<Machine>>(m_thread.loop(), *m_machine,
                                                              [](TimePoint) { return false; });
          m_driver->addSocket(*m_socket);
        },
        [this] {
          m_driver.reset();
          m_machine.reset();
        });
  }
  ~RelayThread() { m_thread.stopAndJoin(); }

  template <class Work>
  auto with(Work work) {
    return inLoop(m_thread, [&] { return work(*m_machine); });
  }
  [[nodiscard]] Reading read() {
    return with([](Machine& machine) {
      Reading reading;
      reading.cpu = bench::threadCpu();
      reading.forwarded = machine.metrics().datagramsForwarded;
      reading.packets = machine.endpointStats().packetsSent;
      return reading;
    });
  }
  [[nodiscard]] SocketAddress address() const { return m_socket->localAddress(); }
  [[nodiscard]] const io::UdpStats& socketStats() const { return m_socket->stats(); }
  [[nodiscard]] bool isRealTime() const { return m_thread.isRealTime(); }

  io::SystemClock clock() const { return m_clock; }
  io::OsRandom random;
  crypto::Identity identity = crypto::Identity::generate(random);

 private:
  io::SystemClock m_clock;
  std::unique_ptr<io::UdpSocket> m_socket;
  std::unique_ptr<Machine> m_machine;
  std::unique_ptr<io::NetDriver<Machine>> m_driver;
  io::LoopThread m_thread;
};

// The clients' thread of one benchmark, with what sends there.
class Generator {
 public:
  Generator() : m_thread("clients", m_clock, io::Scheduling::RoundRobin) { m_thread.start(); }
  ~Generator() {
    inLoop(m_thread, [this] {
      pacer.reset();
      crowd.reset();
      plain.reset();
      return true;
    });
    m_thread.stopAndJoin();
  }
  template <class Work>
  auto with(Work work) {
    return inLoop(m_thread, [&] { return work(); });
  }
  [[nodiscard]] io::EventLoop& loop() { return m_thread.loop(); }

  std::unique_ptr<Crowd> crowd;
  std::unique_ptr<bench::PlainCrowd> plain;
  std::unique_ptr<Pacer> pacer;
  std::array<std::uint8_t, kPacketBytes> packet{};

 private:
  io::SystemClock m_clock;
  io::LoopThread m_thread;
};

// Members join a few at a time, so that nothing of the admission's limits is met.
bool joinAll(Generator& generator, std::size_t count) {
  generator.with([&] {
    generator.crowd->add(count);
    return true;
  });
  for (std::size_t begun = 0; begun < count;) {
    const std::size_t upTo = std::min(count, begun + 20);
    generator.with([&] {
      for (; begun < upTo; ++begun) generator.crowd->dial(begun);
      generator.crowd->pump();
      return true;
    });
    const double end = bench::wallSeconds() + 20;
    while (generator.with([&] { return generator.crowd->ready(); }) < upTo) {
      if (bench::wallSeconds() > end) return false;
      sleepFor(5ms);
    }
  }
  return true;
}

struct Result {
  std::vector<double> ratios, plain, relay, coalesced;
  double perSecond = 0, lowestDelivery = 1;
};

// One round: the plain forwarder, then the relay, at equal phases. `receiversOf` says for each
// source whom it reaches, `sendToRelay` sends one packet of a source.
template <class Machine>
void round(const Options& options, std::uint64_t seed, Generator& generator,
           RelayThread<Machine>& relay, std::size_t sources, std::size_t sockets,
           const std::function<std::vector<std::size_t>(std::size_t)>& receiversOf,
           const std::function<void(std::size_t)>& sendToRelay, Result& into) {
  Cost plainCost;
  {
    bench::PlainForwarder forwarder;
    generator.with([&] {
      generator.plain = std::make_unique<bench::PlainCrowd>(generator.loop(), sockets);
      for (std::size_t i = 0; i < sources; ++i) {
        std::vector<SocketAddress> receivers;
        for (const std::size_t r : receiversOf(i)) receivers.push_back(generator.plain->address(r));
        forwarder.route(generator.plain->address(i), receivers);
      }
      return true;
    });
    forwarder.start([] { io::requestRoundRobin(); });
    generator.with([&] {
      generator.pacer = std::make_unique<Pacer>(
          generator.loop(), sources, seed,
          [&](std::size_t i) { generator.plain->send(i, forwarder.address(), generator.packet); });
      return true;
    });
    plainCost = measure(options.length, [&] {
      Reading reading;
      reading.delivered = generator.with([&] { return generator.plain->received(); });
      reading.cpu = forwarder.cpu();
      reading.forwarded = reading.packets = forwarder.forwarded();
      return reading;
    });
    generator.with([&] {
      generator.pacer.reset();
      generator.plain.reset();
      return true;
    });
    forwarder.stop();
  }
  generator.with([&] {
    generator.pacer = std::make_unique<Pacer>(generator.loop(), sources, seed, sendToRelay);
    return true;
  });
  const Cost relayCost = measure(options.length, [&] {
    Reading reading = relay.read();
    reading.delivered = generator.with([&] { return generator.crowd->datagrams(); });
    return reading;
  });
  generator.with([&] {
    generator.pacer.reset();
    return true;
  });
  const double ratio = relayCost.nsPerForward / plainCost.nsPerForward;
  std::fprintf(stderr,
               "  plain %5.0f ns (%5.0f/s, %5.1f %% delivered)  relay %5.0f ns (%5.0f/s, %5.1f %% "
               "delivered, "
               "%.2f datagrams/packet)  ratio %.2f\n",
               plainCost.nsPerForward, plainCost.forwardsPerSecond, 100 * plainCost.delivered,
               relayCost.nsPerForward, relayCost.forwardsPerSecond, 100 * relayCost.delivered,
               relayCost.datagramsPerPacket, ratio);
  into.ratios.push_back(ratio);
  into.plain.push_back(plainCost.nsPerForward);
  into.relay.push_back(relayCost.nsPerForward);
  into.coalesced.push_back(relayCost.datagramsPerPacket);
  into.perSecond = relayCost.forwardsPerSecond;
  into.lowestDelivery = std::min({into.lowestDelivery, relayCost.delivered, plainCost.delivered});
}

void report(const Result& result, const char* what, double bar, bool isRealTime) {
  const double ratio = bench::median(result.ratios);
  bench::reportFigure(
      bench::text("relay: CPU per forwarded packet, %s", what), bench::text("ratio <= %.1f", bar),
      bench::text("ratio %.2f (%.2f-%.2f over %zu rounds)", ratio,
                  *std::min_element(result.ratios.begin(), result.ratios.end()),
                  *std::max_element(result.ratios.begin(), result.ratios.end()),
                  result.ratios.size()),
      ratio <= bar,
      bench::text("plain recvfrom/sendto %.0f ns, relay %.0f ns per packet, %.0f packets/s, %.2f "
                  "datagrams per "
                  "QUIC packet, %.1f %% delivered at least, %s",
                  bench::median(result.plain), bench::median(result.relay), result.perSecond,
                  bench::median(result.coalesced), 100 * result.lowestDelivery,
                  isRealTime ? "real-time threads" : "ordinary threads"));
}

// The first ten members speak, the other fifty listen to all of them.
bool benchRooms(const Options& options) {
  std::fprintf(stderr, "rooms: %zu channels x %zu receivers\n", kRoomChannels, kRoomReceivers);
  using Thread = RelayThread<bench::RoomRelay>;
  Thread relay(
      [](Thread& on) { return std::make_unique<bench::RoomRelay>(on.identity, on.random); });
  Generator generator;
  const std::size_t members = kRoomChannels + kRoomReceivers;
  generator.with([&] {
    Crowd::Options crowd;
    crowd.relay = relay.address();
    crowd.pin = net::KeyPin::to(relay.identity.fingerprint());
    generator.crowd = std::make_unique<Crowd>(generator.loop(), crowd);
    return true;
  });
  if (!joinAll(generator, members)) return false;
  const auto keys = generator.with([&] {
    std::vector<PublicKey> list;
    for (std::size_t i = 0; i < members; ++i)
      list.push_back(generator.crowd->member(i).identity.publicKey());
    return list;
  });
  sleepFor(300ms);
  const auto tx = relay.with([&](bench::RoomRelay& room) {
    const auto idOf = [&](std::size_t member) {
      const auto& all = room.arrivals();
      return std::find_if(all.begin(), all.end(),
                          [&](const auto& a) { return a.key == keys[member]; })
          ->id;
    };
    std::vector<net::ConnectionId> receivers;
    for (std::size_t i = kRoomChannels; i < members; ++i) receivers.push_back(idOf(i));
    std::vector<std::uint64_t> numbers;
    const TimePoint now = relay.clock().now();
    for (std::size_t i = 0; i < kRoomChannels; ++i)
      numbers.push_back(room.join(now, idOf(i), receivers));
    return numbers;
  });
  Result result;
  for (int i = 0; i < options.rounds; ++i) {
    round(
        options, static_cast<std::uint64_t>(i) + 1, generator, relay, kRoomChannels, members,
        [&](std::size_t) {
          std::vector<std::size_t> all;
          for (std::size_t r = kRoomChannels; r < members; ++r) all.push_back(r);
          return all;
        },
        [&](std::size_t source) {
          generator.crowd->sendMedia(source, tx[source], generator.packet);
        },
        result);
  }
  report(result, "10 channels x 50 receivers (the same 50 connections), 120 B, 50/s", kRoomBar,
         relay.isRealTime());
  return true;
}

// Member 2i calls member 2i+1.
bool benchCalls(const Options& options) {
  std::fprintf(stderr, "calls: %zu one-to-one\n", kCalls);
  using Thread = RelayThread<relaylite::Relay>;
  Thread relay([](Thread& on) {
    io::SystemClock clock = on.clock();
    return std::make_unique<relaylite::Relay>(clock.now(), clock.wall(), relaylite::RelayConfig{},
                                              on.identity, on.random);
  });
  Generator generator;
  generator.with([&] {
    Crowd::Options crowd;
    crowd.relay = relay.address();
    crowd.pin = net::KeyPin::to(relay.identity.fingerprint());
    crowd.saysHello = crowd.publishes = true;
    generator.crowd = std::make_unique<Crowd>(generator.loop(), crowd);
    return true;
  });
  if (!joinAll(generator, 2 * kCalls)) return false;
  generator.with([&] {
    io::OsRandom random;
    for (std::size_t i = 0; i < kCalls; ++i) {
      wire::Offer offer;
      offer.callId = random.id<CallId>();
      offer.from = generator.crowd->member(2 * i).identity.fingerprint();
      offer.to = generator.crowd->member(2 * i + 1).identity.fingerprint();
      offer.box = Bytes(wire::kSetupBox);
      generator.crowd->sendControl(2 * i, offer);
    }
    generator.crowd->pump();
    return true;
  });
  sleepFor(1s);
  std::vector<std::uint64_t> tx;
  for (std::size_t i = 0; i < 2 * kCalls; ++i) {
    const auto channels = generator.with([&] { return generator.crowd->member(i).channels; });
    if (channels.empty()) return false;
    tx.push_back(channels.back().tx);
  }
  Result result;
  for (int i = 0; i < options.rounds; ++i) {
    round(
        options, static_cast<std::uint64_t>(i) + 1, generator, relay, 2 * kCalls, 2 * kCalls,
        [&](std::size_t source) { return std::vector<std::size_t>{source ^ 1U}; },
        [&](std::size_t source) {
          generator.crowd->sendMedia(source, tx[source], generator.packet);
        },
        result);
  }
  report(result, "100 one-to-one calls, 120 B, 50/s each way", kCallBar, relay.isRealTime());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    if (word == "rooms")
      options.calls = false;
    else if (word == "calls")
      options.rooms = false;
    else if (word == "--rounds" && i + 1 < argc)
      options.rounds = std::max(1, std::atoi(argv[++i]));
    else if (word == "--seconds" && i + 1 < argc)
      options.length = std::chrono::seconds(std::max(1, std::atoi(argv[++i])));
    else if (word != "all")
      return std::fprintf(stderr, "unknown: %s\n", argv[i]), 2;
  }
  bool isGood = true;
  if (options.rooms) isGood = benchRooms(options) && isGood;
  if (options.calls) isGood = benchCalls(options) && isGood;
  if (!isGood) std::fprintf(stderr, "the set-up did not come to an end\n");
  return isGood ? 0 : 1;
}
