// What a router, or whoever speaks in its name, sends back when a port is asked for.
#include "core/base/assert.h"
#include "core/net/nat_pmp.h"
#include "core/net/pcp.h"

using namespace foyer;
using namespace foyer::net;

namespace {

// A message that was understood means the same when it is written again.
void checkCodecs(ByteView bytes) {
  if (const auto reply = decodeNatPmpReply(bytes);
      reply && reply->result != NatPmpResult::Unknown) {
    FOYER_ASSERT(decodeNatPmpReply(encode(*reply)) == *reply, "NAT-PMP reply comes back");
  }
  if (const auto request = decodeNatPmpRequest(bytes)) {
    FOYER_ASSERT(encode(*request).size() == bytes.size(), "NAT-PMP request has one form");
    FOYER_ASSERT(decodeNatPmpRequest(encode(*request)) == *request, "NAT-PMP request comes back");
  }
  if (const auto reply = decodePcpReply(bytes); reply &&
                                                reply->result != PcpResult::UnsupportedVersion &&
                                                reply->result != PcpResult::Unknown) {
    FOYER_ASSERT(decodePcpReply(encode(*reply)) == *reply, "PCP reply comes back");
  }
  if (const auto request = decodePcpRequest(bytes); request && request->map) {
    FOYER_ASSERT(decodePcpRequest(encode(*request)) == *request, "PCP request comes back");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  checkCodecs({data, size});
  return 0;
}
