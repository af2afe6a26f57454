// The call, from "Calling" to why it ended, in the same window; the list stays as a rail.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property int stage: app.call.shown.stage
  readonly property bool hasRail: width >= 700

  color: Theme.hall

  PersonRail {
    id: rail
    visible: root.hasRail
    height: parent.height
    people: root.app.people
    current: root.app.call.shown.fingerprint
  }
  Loader {
    x: root.hasRail ? rail.width : 0
    width: root.width - x
    height: root.height
    sourceComponent: root.stage === CallPresenter.Active ? active : root.stage === CallPresenter.Ended ? ended : outgoing
  }
  Component {
    id: outgoing
    OutgoingView {
      call: root.app.call
    }
  }
  Component {
    id: active
    ActiveView {
      call: root.app.call
      audio: root.app.audio
      identity: root.app.identity
    }
  }
  Component {
    id: ended
    EndedView {
      call: root.app.call
    }
  }
}
