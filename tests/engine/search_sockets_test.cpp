#include "core/engine/search_sockets.h"

#include <gtest/gtest.h>

#include <set>

namespace foyer::engine {
namespace {

struct Bench {
  std::set<const io::UdpSocket*> driven;
  SearchSockets sockets{
      {.add =
           [this](io::UdpSocket& socket, const SocketAddress& label) {
             EXPECT_EQ(label.port, socket.localAddress().port);
             EXPECT_TRUE(driven.insert(&socket).second);
           },
       .remove = [this](const io::UdpSocket& socket) { EXPECT_EQ(driven.erase(&socket), 1U); }}};
};

TEST(SearchSockets, areOpenedWhenWantedAndClosedWhenNot) {
  Bench bench;
  EXPECT_FALSE(bench.sockets.follow({}));
  ASSERT_TRUE(bench.sockets.follow({.count = 256}));
  const auto locals = bench.sockets.locals();
  EXPECT_EQ(locals.size(), 256U);
  EXPECT_EQ(bench.driven.size(), 256U);
  std::set<SocketAddress> labels;
  for (const client::ExtraLocal& local : locals) {
    labels.insert(local.label);
    EXPECT_EQ(local.kind, wire::CandidateKind::Predicted);
    EXPECT_FALSE(local.at);
  }
  EXPECT_EQ(labels.size(), 256U);
  EXPECT_FALSE(bench.sockets.follow({.count = 256})) << "they are there";
  // A call has found its way from two of them.
  const client::SocketWish inUse{.count = 0, .inUse = {locals[7].label, locals[9].label}};
  EXPECT_TRUE(bench.sockets.follow(inUse));
  EXPECT_EQ(bench.sockets.locals().size(), 2U);
  EXPECT_FALSE(bench.sockets.follow(inUse));
  // Another search wants fresh ones beside them.
  EXPECT_TRUE(bench.sockets.follow({.count = 8, .inUse = inUse.inUse}));
  EXPECT_EQ(bench.sockets.locals().size(), 10U);
  EXPECT_TRUE(bench.sockets.follow({}));
  EXPECT_TRUE(bench.driven.empty());
}

}  // namespace
}  // namespace foyer::engine
