// What the system (NetworkManager) says of the network in use: whether it is paid by volume, and
// whether it wants a page to be visited first. A system that does not know says neither. Asks
// nothing but the local message bus. Qt thread.
#pragma once

#include <QObject>

namespace foyer::engine {

class SystemNetwork : public QObject {
  Q_OBJECT

 public:
  // The system is asked from now on.
  explicit SystemNetwork(QObject* parent = nullptr);
  [[nodiscard]] bool isMetered() const { return m_isMetered; }
  [[nodiscard]] bool isCaptive() const { return m_isCaptive; }

 Q_SIGNALS:
  void changed();

 private:
  void set(bool& value, bool is);
  bool m_isMetered = false;
  bool m_isCaptive = false;
};

}  // namespace foyer::engine
