// The guessing half of getting through: which small packets leave from which socket to which port,
// and when, while one side's NAT gives each destination another port (punch_plan.h). Predict: the
// hard side measures its NAT's newest port, sends from a few sockets at once and says which ports
// these will have got. Birthday: the hard side sends from many sockets to the easy side's one
// address, which tries many ports of the hard side's one address. Leaves out what is in the
// packets, who answers them and opening sockets. A value of one thread; `random` must outlive it.
//
// However often it begins, and whatever the peer says, no more than kGuessBudget packets leave
// between two refill()s (catalogue K-17).
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "core/base/address.h"
#include "core/base/random.h"
#include "core/base/time.h"
#include "core/net/punch_plan.h"
#include "core/net/stun_client.h"

namespace foyer::net {

constexpr std::size_t kGuessBudget = kBirthdayProbes;

class PortSearch {
 public:
  struct Task {
    PunchPlan plan;
    // The easy side's own socket; the hard side's are given by setSockets().
    SocketAddress local;
    // As observers see it: the hard side sends there, the easy side to other ports of its IP.
    SocketAddress peer;
    // Of the hard side, for a prediction: its NAT, who measures the newest port, and an older
    // measurement in case nobody does.
    PortAllocation allocation;
    std::optional<SocketAddress> observer;
    std::optional<SocketAddress> newest;
    bool operator==(const Task&) const = default;
  };
  struct Shot {
    SocketAddress local;
    SocketAddress remote;
  };

  explicit PortSearch(RandomSource& random);

  // A task that is under way already, or over, is not begun again.
  void begin(TimePoint now, const Task& task);
  // From the beginning: what was tried in vain may be open by now.
  void again(TimePoint now);
  // Something came through: nothing more is sent. The sockets stay for a while, because the peer
  // may be about to use another one than that.
  void settle(TimePoint now);
  // A direct way stands, or everything changed. The sockets are not wanted any more.
  void end();
  // The peer has proven to be there, or this machine is in another network.
  void refill() { m_budget = kGuessBudget; }
  // Labels of the sockets that the owner has opened, all of them each time.
  void setSockets(TimePoint now, std::span<const SocketAddress> labels);

  // --- Fed
  // False: not the answer of the observer.
  bool handleDatagram(TimePoint now, const DatagramView& datagram);
  void handleTimeout(TimePoint now);

  // --- Drained
  // What is due; the caller keeps packets apart.
  [[nodiscard]] std::optional<Shot> next(TimePoint now);
  // Questions to the observer.
  void pollTransmit(TimePoint now, const TransmitSink& sink) { m_stun.pollTransmit(now, sink); }
  [[nodiscard]] std::optional<TimePoint> pollTimeout() const;

  // --- Asked
  [[nodiscard]] std::size_t wantedSockets() const { return m_wanted; }
  // Of the hard side: where its sockets will probably be reached, to be offered.
  [[nodiscard]] const std::vector<SocketAddress>& predicted() const { return m_predicted; }
  [[nodiscard]] bool isUnderWay() const { return m_stage != Stage::Idle; }
  [[nodiscard]] std::size_t budget() const { return m_budget; }

 private:
  enum class Stage : std::uint8_t {
    Idle,
    Waiting,    // until m_at: plain punching first
    Sockets,    // for the owner to open them
    Measuring,  // for the observer
    Sending,
    Settling,
  };
  void start(TimePoint now);
  void measure(TimePoint now);
  void predict(TimePoint now, const SocketAddress& newest);
  void startSending(TimePoint now);
  [[nodiscard]] std::optional<Duration> roundAt(std::size_t round) const;
  [[nodiscard]] std::optional<Shot> guess();
  [[nodiscard]] bool isPredicting() const {
    return m_task && m_task->plan.strategy == PunchStrategy::Predict;
  }

  RandomSource* m_random;
  StunClient m_stun;
  std::optional<Task> m_task;
  Stage m_stage = Stage::Idle;
  TimePoint m_at{};  // of what comes next
  std::size_t m_budget = kGuessBudget;
  std::size_t m_wanted = 0;
  std::vector<SocketAddress> m_sockets;
  std::vector<SocketAddress> m_predicted;
  // Of the hard side: the socket that sends next, and in which round.
  TimePoint m_sendingSince{};
  std::size_t m_round = 0, m_socket = 0;
  // Of the easy side: ports that had their turn.
  std::vector<bool> m_tried;
};

}  // namespace foyer::net
