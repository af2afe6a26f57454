// Diagnostics that need no call: the log of events, figures of past calls, what this computer can
// do, versions, and what is for testers.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property AppPresenter app
  readonly property DiagnosticsPresenter diagnostics: app.diagnostics
  readonly property callShown call: app.call.shown
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  readonly property int gutter: 12
  property bool hasBack: true  // no rail beside the page leads home

  signal closed

  color: Theme.bg
  Keys.onEscapePressed: root.closed()

  Column {
    id: top
    x: root.margin
    y: 12
    width: parent.width - 2 * x
    spacing: 8

    // The call that goes on behind this page: how it is, and the way out of it.
    Strip {
      visible: root.call.stage !== CallPresenter.None
      width: parent.width
      hall: true
      glyph: troubled ? "warning" : "call"
      mark: troubled ? Theme.hallCaution : Theme.hallOk
      title: troubled ? root.call.troubleTitle : root.call.name
      advice: troubled ? root.call.troubleAdvice : root.call.statusShort
      readonly property bool troubled: root.call.troubleTitle.length > 0

      PushButton {
        visible: root.call.stage === CallPresenter.Active
        kind: PushButton.HallOutline
        glyph: root.call.muted ? "mic-off" : "mic"
        text: root.call.muted ? qsTr("Unmute") : qsTr("Mute")
        onClicked: root.app.call.toggleMute()
      }
      PushButton {
        kind: PushButton.HallOutline
        text: qsTr("To the call")
        onClicked: root.closed()
      }
    }
    PageHead {
      width: parent.width
      title: qsTr("Diagnostics")
      wide: root.wide
      hasBack: root.hasBack
      backText: root.app.call.shown.stage === CallPresenter.None ? qsTr("Lobby") : qsTr("Call")
      onClosed: root.closed()

      Segments {
        width: root.wide ? undefined : root.width - 2 * root.margin
        label: qsTr("Page")
        names: root.diagnostics.pageNames
        current: root.diagnostics.page
        onChosen: index => root.diagnostics.page = index
      }
    }
  }
  Loader {
    // What scrolls as a whole has its bar in the margin of the window.
    readonly property bool scrolls: root.diagnostics.page !== DiagnosticsPresenter.Log && root.diagnostics.page !== DiagnosticsPresenter.PastCalls

    x: root.margin
    y: top.y + top.height + 8
    width: parent.width - 2 * x + (scrolls ? root.gutter : 0)
    height: parent.height - y
    sourceComponent: {
      switch (root.diagnostics.page) {
      case DiagnosticsPresenter.PastCalls:
        return pastCalls;
      case DiagnosticsPresenter.Computer:
        return computer;
      case DiagnosticsPresenter.Versions:
        return versions;
      case DiagnosticsPresenter.Testing:
        return testing;
      default:
        return log;
      }
    }
  }
  Component {
    id: log
    LogPage {
      log: root.app.log
    }
  }
  Component {
    id: pastCalls
    PastCallsPage {
      calls: root.app.pastCalls
      files: root.app.files
    }
  }
  Component {
    id: computer
    ComputerPage {
      gutter: root.gutter
      diagnostics: root.diagnostics
    }
  }
  Component {
    id: versions
    VersionsPage {
      gutter: root.gutter
      diagnostics: root.diagnostics
    }
  }
  Component {
    id: testing
    TestingPage {
      gutter: root.gutter
      diagnostics: root.diagnostics
    }
  }
}
