#include "core/base/assert.h"
#include "core/wire/codec_parts.h"

namespace foyer::wire {
namespace {

constexpr Words<UndeliverableCode, 4> kUndeliverableWords{
    {{UndeliverableCode::NotFound, "not_found"},
     {UndeliverableCode::Unreachable, "unreachable"},
     {UndeliverableCode::Limit, "limit"},
     {UndeliverableCode::NoChannel, "no_channel"}}};
constexpr Words<ReleasedCode, 3> kReleasedWords{{{ReleasedCode::PeerReleased, "peer_released"},
                                                 {ReleasedCode::Timeout, "timeout"},
                                                 {ReleasedCode::Draining, "draining"}}};

void writeCall(JsonWriter& out, const CallId& id) { out.hex("call_id", id.view()); }
CallId readCall(FieldReader& in) { return in.id<CallId>("call_id"); }

template <class Routed>
void writeRouted(JsonWriter& out, const Routed& m) {
  writeCall(out, m.callId);
  out.hex("to", m.to.view()).hex("from", m.from.view());
}

template <class BoxMessage>
void writeSetupBox(JsonWriter& out, const BoxMessage& m) {
  FOYER_ASSERT(m.box.size() == kSetupBox, "all set-up messages have one size");
  writeRouted(out, m);
  out.binary("box", m.box);
}
template <class BoxMessage>
BoxMessage readSetupBox(FieldReader& in) {
  return {readCall(in), in.id<Fingerprint>("to"), in.id<Fingerprint>("from"),
          in.binary("box", kSetupBox, kSetupBox)};
}

}  // namespace

const char* toString(UndeliverableCode code) { return wordOf(kUndeliverableWords, code); }
const char* toString(ReleasedCode code) { return wordOf(kReleasedWords, code); }

const char* nameOf(Tag<Offer>) { return "offer"; }
void writeFields(JsonWriter& out, const Offer& m) { writeSetupBox(out, m); }
Offer readFields(FieldReader& in, Tag<Offer>) { return readSetupBox<Offer>(in); }

const char* nameOf(Tag<Setup>) { return "setup"; }
void writeFields(JsonWriter& out, const Setup& m) { writeSetupBox(out, m); }
Setup readFields(FieldReader& in, Tag<Setup>) { return readSetupBox<Setup>(in); }

const char* nameOf(Tag<Sealed>) { return "sealed"; }
void writeFields(JsonWriter& out, const Sealed& m) {
  FOYER_ASSERT(!m.box.empty() && m.box.size() <= kMaxSealedBox, "padded by its maker");
  writeRouted(out, m);
  out.integer("n", m.n).binary("box", m.box);
}
Sealed readFields(FieldReader& in, Tag<Sealed>) {
  return {readCall(in), in.id<Fingerprint>("to"), in.id<Fingerprint>("from"),
          in.integer("n", 0, kMaxJsonInteger), in.binary("box", 1, kMaxSealedBox)};
}

const char* nameOf(Tag<Channel>) { return "channel"; }
void writeFields(JsonWriter& out, const Channel& m) {
  writeCall(out, m.callId);
  out.integer("tx", m.tx).integer("rx", m.rx).hex("peer", m.peer.view());
}
Channel readFields(FieldReader& in, Tag<Channel>) {
  return {readCall(in), in.integer("tx", 0, kMaxJsonInteger), in.integer("rx", 0, kMaxJsonInteger),
          in.id<Fingerprint>("peer")};
}

const char* nameOf(Tag<Undeliverable>) { return "undeliverable"; }
void writeFields(JsonWriter& out, const Undeliverable& m) {
  writeCall(out, m.callId);
  out.text("code", toString(m.code), kMaxCode);
}
Undeliverable readFields(FieldReader& in, Tag<Undeliverable>) {
  return {
      readCall(in),
      valueOf(kUndeliverableWords, in.text("code", kMaxCode)).value_or(UndeliverableCode::Other)};
}

const char* nameOf(Tag<Attach>) { return "attach"; }
void writeFields(JsonWriter& out, const Attach& m) {
  writeCall(out, m.callId);
  out.hex("peer", m.peer.view());
}
Attach readFields(FieldReader& in, Tag<Attach>) {
  return {readCall(in), in.id<Fingerprint>("peer")};
}

const char* nameOf(Tag<Release>) { return "release"; }
void writeFields(JsonWriter& out, const Release& m) { writeCall(out, m.callId); }
Release readFields(FieldReader& in, Tag<Release>) { return {readCall(in)}; }

const char* nameOf(Tag<Released>) { return "released"; }
void writeFields(JsonWriter& out, const Released& m) {
  writeCall(out, m.callId);
  out.text("code", toString(m.code), kMaxCode);
}
Released readFields(FieldReader& in, Tag<Released>) {
  return {readCall(in),
          valueOf(kReleasedWords, in.text("code", kMaxCode)).value_or(ReleasedCode::Other)};
}

}  // namespace foyer::wire
