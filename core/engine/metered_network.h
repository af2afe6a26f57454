// Whether the network in use is paid by volume, as the system says (NetworkManager). A system that
// does not know counts as not metered. Asks nothing but the local message bus. Qt thread.
#pragma once

#include <QObject>

namespace foyer::engine {

class MeteredNetwork : public QObject {
  Q_OBJECT

 public:
  // The system is asked from now on.
  explicit MeteredNetwork(QObject* parent = nullptr);
  [[nodiscard]] bool isMetered() const { return m_isMetered; }

 Q_SIGNALS:
  void changed();

 private:
  void set(bool isMetered);
  bool m_isMetered = false;
};

}  // namespace foyer::engine
