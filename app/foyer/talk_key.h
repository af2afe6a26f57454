// Push to talk: T held down anywhere in the window, except in a field for text. Letting go of the
// key, or of the window, ends it. UI thread.
#pragma once

#include <QObject>

#include "app/foyer/call_presenter.h"

namespace foyer::app {

class TalkKey : public QObject {
  Q_OBJECT

 public:
  explicit TalkKey(CallPresenter& call, QObject* parent = nullptr)
      : QObject(parent), m_call(call) {}
  bool eventFilter(QObject* window, QEvent* event) override;

 private:
  CallPresenter& m_call;
};

}  // namespace foyer::app
