// Every bound of what Foyer reads from strangers, once, with its unit and its reason. What happens
// at a bound stands beside it. Bounds of keys and seals are in core/crypto. Values, no thread.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

#include "core/base/time.h"

namespace foyer::wire {

// --- frames and JSON (docs/protocol.md, control stream) ---

// Bytes of JSON in one frame; a longer announcement closes the connection (close code 5). One frame
// is what one stranger can make us hold.
constexpr std::size_t kMaxFrame = 65536;
// u32 big-endian length.
constexpr std::size_t kFrameHeader = 4;
// Objects and arrays inside each other; deeper is malformed. The deepest message of version 1
// has 3.
constexpr std::size_t kMaxJsonDepth = 8;
// Objects, arrays, strings, numbers and literals of one message together; more is malformed.
constexpr std::size_t kMaxJsonValues = 1024;
// Fields of one object; more is malformed. Keeps the search for duplicate names cheap.
constexpr std::size_t kMaxJsonFields = 64;
// Bytes of a field's name; longer is malformed.
constexpr std::size_t kMaxJsonName = 64;
// Integers of the protocol fit a JSON number of every language exactly (2^53 − 1).
constexpr std::uint64_t kMaxJsonInteger = (std::uint64_t{1} << 53) - 1;
// Messages that did not parse, a minute and connection; one more closes it (close code 4). A newer
// peer's unknown types do not count.
constexpr std::size_t kMaxBadMessagesPerMinute = 60;

// --- texts ---

// Bytes of a message's type name.
constexpr std::size_t kMaxTypeName = 32;
// Bytes of a stable code such as "not_found".
constexpr std::size_t kMaxCode = 32;
// Bytes of a sentence for people who test.
constexpr std::size_t kMaxDetail = 200;
// Bytes of a build name, e.g. "foyer 0.1.0".
constexpr std::size_t kMaxBuild = 64;
// Bytes of "ip:port" with the longest IPv6 address and its zone.
constexpr std::size_t kMaxAddressText = 64;
// An alias: bytes of UTF-8 (one length byte would do) and what a person sees as characters. Longer
// or with control or bidirectional characters: not an alias (core/wire/text.h).
constexpr std::size_t kMaxAliasBytes = 255;
constexpr std::size_t kMaxAliasGraphemes = 64;
// Bytes of an invite token; ours are 22 characters (128 bits).
constexpr std::size_t kMaxToken = 128;
// Capabilities one side may name in a call's info.
constexpr std::size_t kMaxCapabilities = 16;
// Bytes of a call's info (docs/keys.md section 4).
constexpr std::size_t kMaxCallInfo = 400;

// --- messages ---

// Correlation numbers are 1 … 2^31 − 1; 0 means none.
constexpr std::uint32_t kMaxRequestId = 0x7fffffff;
// Versions a hello may name.
constexpr std::size_t kMaxVersions = 16;
// Bytes of a signed presence record: fixed fields, 16 versions, the longest alias, signature
// (469 today), with room for a later field.
constexpr std::size_t kMaxPresenceRecord = 480;
// Records of one page and changes of one delta. 80 × (640 base64 characters + 100 around them)
// stays below 60 KB and 80 × 5 values below kMaxJsonValues; what is more goes into the next page.
constexpr std::size_t kMaxPeoplePerPage = 80;
constexpr std::size_t kMaxChangesPerDelta = 80;
// A person's leg, in milliseconds; what is outside is malformed. Ours end at 1000 ms, and a
// connection on which an answer takes 10 s is over.
constexpr std::uint16_t kMaxLegMs = 10000;
// Pages of one snapshot (80 × 1000 people); a further page is malformed.
constexpr std::size_t kMaxPages = 1000;
// Bytes of an offer's or setup's box, always exactly this (docs/keys.md section 4).
constexpr std::size_t kSetupBox = 1072;
// Addresses one side offers for a direct path; more than this are ignored (catalogue K-17).
constexpr std::size_t kMaxCandidates = 16;
// Of them, those that fit into an answer.
constexpr std::size_t kMaxAnswerCandidates = 3;
// Bytes of a relay's signed word on an address (105 today), with room; and how many a side shows.
constexpr std::size_t kMaxVouch = 160;
constexpr std::size_t kMaxVouches = 4;

// Bytes of a sealed call message: JSON padded to a multiple of 256, and the tag.
constexpr std::size_t kMaxSealedPlain = 16384;
constexpr std::size_t kMaxSealedBox = kMaxSealedPlain + 16;

// --- TURN ---

// Servers that a relay hands out; more are malformed. UDP, TCP and TLS of one, and one more.
constexpr std::size_t kMaxTurnLinks = 4;
// Bytes of one: the longest host name with port and transport.
constexpr std::size_t kMaxTurnLink = 300;
// Bytes of user name and password; ours are 20 and 28.
constexpr std::size_t kMaxTurnName = 128;
constexpr std::size_t kMaxTurnSecret = 256;
// A day: credentials that live longer are no better than a password.
constexpr std::uint32_t kMaxTurnTtlSeconds = 86400;

// --- media ---

// Bytes of a datagram with its hop header that every path carries: a 1200-byte QUIC packet has room
// for 1171, less 3 for a longer packet number. Longer ones are dropped by the sender.
constexpr std::size_t kMaxDatagram = 1168;
// Largest varint, RFC 9000 section 16.
constexpr std::uint64_t kMaxVarint = (std::uint64_t{1} << 62) - 1;
// Bytes of a varint.
constexpr std::size_t kMaxVarintBytes = 8;
// Copies of earlier frames that one packet may carry; further ones are skipped.
constexpr std::size_t kMaxEarlierFrames = 4;
// Sizes of what is sealed, padding and its one byte of end mark included (docs/keys.md section 8).
constexpr std::array<std::uint16_t, 13> kMediaBuckets = {24,  32,  48,  64,  96,  128, 160,
                                                         192, 256, 384, 512, 768, 1024};
// Bytes of what is sealed: the largest bucket less its end mark.
constexpr std::size_t kMaxInner = 1023;

// --- links ---

// Bytes of a whole link, as a clipboard or a command line hands it over.
constexpr std::size_t kMaxLink = 2048;
constexpr std::size_t kMaxLinkHosts = 8;
// Bytes of a host name, RFC 1035.
constexpr std::size_t kMaxHostName = 253;
// Parameters of a link, known or not.
constexpr std::size_t kMaxLinkParameters = 32;

}  // namespace foyer::wire
