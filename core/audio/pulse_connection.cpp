#include "core/audio/pulse_connection.h"

#include <algorithm>
#include <utility>

#include "core/audio/audio_thread.h"

namespace foyer::audio {

namespace {

AudioFault faultOf(int pulseError) {
  return pulseError == PA_ERR_ACCESS || pulseError == PA_ERR_AUTHKEY ? AudioFault::AccessDenied
                                                                     : AudioFault::NoSoundServer;
}

std::string textOr(const char* text, const char* otherwise) {
  return text != nullptr && *text != '\0' ? text : otherwise;
}

}  // namespace

const PulseDevice* PulseDevices::find(Direction d, std::string_view nameOrLabel) const {
  const auto& list = of(d);
  const auto by = [&](auto member) {
    return std::find_if(list.begin(), list.end(),
                        [&](const PulseDevice& device) { return device.*member == nameOrLabel; });
  };
  auto found = by(&PulseDevice::name);
  if (found == list.end()) found = by(&PulseDevice::label);
  return found == list.end() ? nullptr : &*found;
}

void PulseConnection::connect() {
  close();
  pa_proplist* properties = pa_proplist_new();
  pa_proplist_sets(properties, PA_PROP_APPLICATION_NAME, "Foyer");
  pa_proplist_sets(properties, PA_PROP_APPLICATION_ID, "org.foyer.Foyer");
  pa_proplist_sets(properties, PA_PROP_APPLICATION_ICON_NAME, "foyer");
  m_context = pa_context_new_with_proplist(m_api, "Foyer", properties);
  pa_proplist_free(properties);
  pa_context_set_state_callback(
      m_context,
      [](pa_context*, void* self) { static_cast<PulseConnection*>(self)->contextChanged(); }, this);
  // Starting a server would fork and wait in this thread; sessions start theirs themselves.
  if (pa_context_connect(m_context, nullptr, PA_CONTEXT_NOAUTOSPAWN, nullptr) < 0) {
    lost(faultOf(pa_context_errno(m_context)));
  }
}

void PulseConnection::close() {
  m_isReady = false;
  m_pendingQueries = 0;
  m_refreshAgain = false;
  m_retryAt.reset();
  if (m_context == nullptr) return;
  pa_context_set_state_callback(m_context, nullptr, nullptr);
  pa_context_set_subscribe_callback(m_context, nullptr, nullptr);
  pa_context_disconnect(m_context);
  pa_context_unref(m_context);
  m_context = nullptr;
}

void PulseConnection::contextChanged() {
  switch (pa_context_get_state(m_context)) {
    case PA_CONTEXT_READY: {
      m_retryAfter = kFirstRetry;
      pa_context_set_subscribe_callback(
          m_context,
          [](pa_context*, pa_subscription_event_type_t, std::uint32_t, void* self) {
            static_cast<PulseConnection*>(self)->refresh();
          },
          this);
      constexpr auto kMask = static_cast<pa_subscription_mask_t>(
          PA_SUBSCRIPTION_MASK_SINK | PA_SUBSCRIPTION_MASK_SOURCE | PA_SUBSCRIPTION_MASK_SERVER);
      pa_operation* operation = pa_context_subscribe(m_context, kMask, nullptr, nullptr);
      if (operation != nullptr) pa_operation_unref(operation);
      refresh();
      return;
    }
    case PA_CONTEXT_FAILED:
    case PA_CONTEXT_TERMINATED:
      lost(faultOf(pa_context_errno(m_context)));
      return;
    case PA_CONTEXT_UNCONNECTED:
    case PA_CONTEXT_CONNECTING:
    case PA_CONTEXT_AUTHORIZING:
    case PA_CONTEXT_SETTING_NAME:
      return;
  }
}

// Runs inside the context's own callback, so the context itself is put away by the retry.
void PulseConnection::lost(AudioFault why) {
  m_isReady = false;
  m_pendingQueries = 0;
  m_known = {};
  publish();
  m_retryAt = monotonicNow() + m_retryAfter;
  m_retryAfter = std::min(m_retryAfter * 2, kLastRetry);
  m_owner.serverLost(why);
}

void PulseConnection::handleTimeout(TimePoint now) {
  if (m_retryAt && now >= *m_retryAt) connect();
}

void PulseConnection::refresh() {
  if (m_context == nullptr || pa_context_get_state(m_context) != PA_CONTEXT_READY) return;
  if (m_pendingQueries > 0) {
    m_refreshAgain = true;
    return;
  }
  m_reading = {};
  m_pendingQueries = 3;
  const auto start = [&](pa_operation* operation) {
    if (operation != nullptr) pa_operation_unref(operation);
    if (operation == nullptr) queryDone();
  };
  start(pa_context_get_server_info(
      m_context,
      [](pa_context*, const pa_server_info* info, void* data) {
        auto* self = static_cast<PulseConnection*>(data);
        if (info != nullptr) {
          self->m_reading.defaultSource = textOr(info->default_source_name, "");
          self->m_reading.defaultSink = textOr(info->default_sink_name, "");
        }
        self->queryDone();
      },
      this));
  start(pa_context_get_source_info_list(
      m_context,
      [](pa_context*, const pa_source_info* info, int end, void* data) {
        auto* self = static_cast<PulseConnection*>(data);
        if (end != 0) return self->queryDone();
        if (self->m_reading.sources.size() >= kMaxDevices) return;
        self->m_reading.sources.push_back({info->name, textOr(info->description, info->name),
                                           info->monitor_of_sink != PA_INVALID_INDEX});
      },
      this));
  start(pa_context_get_sink_info_list(
      m_context,
      [](pa_context*, const pa_sink_info* info, int end, void* data) {
        auto* self = static_cast<PulseConnection*>(data);
        if (end != 0) return self->queryDone();
        if (self->m_reading.sinks.size() >= kMaxDevices) return;
        self->m_reading.sinks.push_back({info->name, textOr(info->description, info->name), false});
      },
      this));
}

void PulseConnection::queryDone() {
  if (m_pendingQueries == 0 || --m_pendingQueries > 0) return;
  const PulseDevices before = std::exchange(m_known, m_reading);
  const bool isFirst = !m_isReady;
  m_isReady = true;
  publish();
  if (isFirst) m_owner.serverReady();
  m_owner.devicesRefreshed(
      isFirst || before.sources != m_known.sources || before.sinks != m_known.sinks,
      !isFirst && before.defaultSource != m_known.defaultSource,
      !isFirst && before.defaultSink != m_known.defaultSink);
  if (std::exchange(m_refreshAgain, false)) refresh();
}

void PulseConnection::publish() {
  DeviceList list{.isKnown = m_isReady};
  for (const PulseDevice& d : m_known.sources) {
    if (!d.isMonitor) list.inputs.push_back({d.name, d.label, d.name == m_known.defaultSource});
  }
  for (const PulseDevice& d : m_known.sinks) {
    list.outputs.push_back({d.name, d.label, d.name == m_known.defaultSink});
  }
  const std::lock_guard lock(m_mutex);
  m_published = std::move(list);
}

DeviceList PulseConnection::devices() const {
  const std::lock_guard lock(m_mutex);
  return m_published;
}

}  // namespace foyer::audio
