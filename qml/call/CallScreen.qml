// The call, from "Calling" to why it ended, in the same window; the list stays as a rail.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import QtQuick.Window
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property int stage: app.call.shown.stage
  readonly property bool diagnosing: stage === CallPresenter.Active && app.telemetry.open
  // Beside the call where both have room, else in its place.
  readonly property bool beside: width >= rail.width + 332 + 400
  readonly property bool hasRail: width >= 700 && (!diagnosing || beside)
  readonly property real edge: hasRail ? rail.width : 0

  // F6: what is above, the buttons, the diagnostics, and around.
  function nextRegion() {
    const active = view.visible ? view.item as ActiveView : null;
    const regions = active ? [active.above, active.buttons] : view.visible ? [view.item] : [];
    if (panel.item)
      regions.push(panel.item);
    let next = regions[0];
    for (let at = root.Window.activeFocusItem; at; at = at.parent)
      for (let i = 0; i < regions.length; ++i)
        if (at === regions[i])
          next = regions[(i + 1) % regions.length];
    next.nextItemInFocusChain(true).forceActiveFocus(Qt.TabFocusReason);
  }

  color: Theme.hall

  PersonRail {
    id: rail
    visible: root.hasRail
    height: parent.height
    people: root.app.people
    current: root.app.call.shown.fingerprint
  }
  Loader {
    id: view
    visible: !root.diagnosing || root.beside
    x: root.edge
    width: root.diagnosing ? 332 : root.width - x
    height: root.height
    sourceComponent: root.stage === CallPresenter.Active ? active : root.stage === CallPresenter.Ended ? ended : outgoing
  }
  Loader {
    id: panel
    active: root.diagnosing
    x: root.beside ? root.edge + 332 : 0
    width: root.width - x
    height: root.height
    sourceComponent: TelemetryPanel {
      telemetry: root.app.telemetry
      record: root.app.record
      files: root.app.files
      path: root.app.path
      onMoreWanted: root.app.showDiagnostics()
    }
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
      app: root.app
    }
  }
  Component {
    id: ended
    EndedView {
      call: root.app.call
    }
  }
}
