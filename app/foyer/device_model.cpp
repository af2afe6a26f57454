#include "app/foyer/device_model.h"

#include "app/foyer/text.h"

namespace foyer::app {
namespace {

bool sameDevice(const engine::AudioDeviceView& a, const engine::AudioDeviceView& b) {
  return a.id == b.id && a.label == b.label && a.isDefault == b.isDefault &&
         a.isCurrent == b.isCurrent;
}

}  // namespace

int DeviceModel::rowCount(const QModelIndex& parent) const {
  return parent.isValid() ? 0 : count();
}

QVariant DeviceModel::data(const QModelIndex& index, int role) const {
  if (!checkIndex(index, CheckIndexOption::IndexIsValid)) return {};
  const auto& device = m_devices[static_cast<std::size_t>(index.row())];
  switch (role) {
    case Qt::DisplayRole:
    case LabelRole:
      return labelOf(device);
    case IdRole:
      return fromUtf8(device.id);
    default:
      return {};
  }
}

QHash<int, QByteArray> DeviceModel::roleNames() const {
  return {{LabelRole, "label"}, {IdRole, "deviceId"}};
}

int DeviceModel::currentIndex() const {
  int fallback = -1;
  for (int row = 0; row < count(); ++row) {
    const auto& device = m_devices[static_cast<std::size_t>(row)];
    if (device.isCurrent) return row;
    if (device.isDefault) fallback = row;
  }
  return fallback;
}

QString DeviceModel::currentLabel() const {
  const int row = currentIndex();
  return row < 0 ? QString() : labelOf(m_devices[static_cast<std::size_t>(row)]);
}

QString DeviceModel::idAt(int row) const {
  return row >= 0 && row < count() ? fromUtf8(m_devices[static_cast<std::size_t>(row)].id)
                                   : QString();
}

QString DeviceModel::labelOf(const engine::AudioDeviceView& device) const {
  return fromUtf8(device.label.empty() ? device.id : device.label);
}

void DeviceModel::setDevices(const std::vector<engine::AudioDeviceView>& devices) {
  bool isSame = devices.size() == m_devices.size();
  for (std::size_t at = 0; isSame && at < devices.size(); ++at)
    isSame = sameDevice(devices[at], m_devices[at]);
  if (isSame) return;

  const int common = static_cast<int>(std::min(devices.size(), m_devices.size()));
  if (devices.size() < m_devices.size()) {
    beginRemoveRows({}, common, count() - 1);
    m_devices.resize(devices.size());
    endRemoveRows();
  } else if (devices.size() > m_devices.size()) {
    beginInsertRows({}, common, static_cast<int>(devices.size()) - 1);
    m_devices = devices;
    endInsertRows();
  }
  m_devices = devices;
  if (common > 0) emit dataChanged(index(0), index(common - 1));
  emit changed();
}

}  // namespace foyer::app
