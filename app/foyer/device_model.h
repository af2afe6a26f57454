// The microphones or the speakers, for a list to choose from. UI thread.
#pragma once

#include <QtQml/qqmlregistration.h>
#include <QAbstractListModel>
#include <vector>

#include "core/engine/views.h"

namespace foyer::app {

class DeviceModel : public QAbstractListModel {
  Q_OBJECT
  QML_ELEMENT
  QML_UNCREATABLE("made by the window")
  Q_PROPERTY(int count READ count NOTIFY changed)
  Q_PROPERTY(int currentIndex READ currentIndex NOTIFY changed)
  Q_PROPERTY(QString currentLabel READ currentLabel NOTIFY changed)

 public:
  enum Role { LabelRole = Qt::UserRole + 1, IdRole };
  Q_ENUM(Role)

  using QAbstractListModel::QAbstractListModel;

  [[nodiscard]] int rowCount(const QModelIndex& parent = {}) const override;
  [[nodiscard]] QVariant data(const QModelIndex& index, int role) const override;
  [[nodiscard]] QHash<int, QByteArray> roleNames() const override;

  [[nodiscard]] int count() const { return static_cast<int>(m_devices.size()); }
  // The device in use, else the default one, else -1.
  [[nodiscard]] int currentIndex() const;
  [[nodiscard]] QString currentLabel() const;
  [[nodiscard]] QString idAt(int row) const;
  void setDevices(const std::vector<engine::AudioDeviceView>& devices);

 Q_SIGNALS:
  void changed();

 private:
  [[nodiscard]] QString labelOf(const engine::AudioDeviceView& device) const;

  std::vector<engine::AudioDeviceView> m_devices;
};

}  // namespace foyer::app
