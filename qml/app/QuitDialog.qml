// Closing the window, or starting the program anew, while a call or the relay needs it: the safe choice has the focus.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property AppPresenter app
  property bool again: false  // the program starts anew afterwards
  readonly property bool inCall: app.call.shown.stage !== CallPresenter.None && app.call.shown.stage !== CallPresenter.Ended
  readonly property int calls: app.relay.shown.calls

  signal confirmed

  label: title.text
  anchors.centerIn: T.Overlay.overlay
  // Not the parent's width: a popup's parent is the Loader that made it, which has none.
  width: Math.min(440, (T.Overlay.overlay ? T.Overlay.overlay.width : 480) - 32)
  height: column.implicitHeight + 40
  padding: 20
  modal: true
  focus: true
  onOpened: stay.forceActiveFocus(Qt.TabFocusReason)
  T.Overlay.modal: Rectangle {
    color: Qt.alpha(Theme.sunken, 0.6)
  }
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Column {
    id: column
    spacing: 10
    Words {
      id: title
      width: parent.width
      text: root.inCall ? qsTr("You are in a call") : root.calls > 0 ? qsTr("%1 on this relay").arg(root.app.relay.shown.callsText) : qsTr("%1 on your relay").arg(root.app.relay.shown.othersText)
      font.pixelSize: Theme.banner
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Words {
      width: parent.width
      text: root.again ? root.inCall ? qsTr("If Foyer restarts now, the call ends.") : qsTr("If Foyer restarts now, your relay is gone for a few seconds. Everybody reconnects to it by themselves; calls through it may end.") : root.inCall ? qsTr("If you quit now, the call ends.") : root.calls === 0 ? qsTr("If you quit now, your relay stops, and they can no longer see each other unless they share another relay.") : qsTr("If you quit now, they are cut off. The relay can also stop once they have ended.")
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    Item {
      width: 1
      height: 8
    }
    Flow {
      width: parent.width
      spacing: 8
      layoutDirection: Qt.RightToLeft
      PushButton {
        id: stay
        kind: PushButton.Primary
        text: qsTr("Stay")
        onClicked: root.close()
      }
      PushButton {
        visible: !root.again && !root.inCall && root.calls > 0
        text: qsTr("Stop the relay when the calls end")
        onClicked: {
          root.app.relay.stopWhenCallsEnd();
          root.close();
        }
      }
      PushButton {
        kind: PushButton.DangerSoft
        text: root.again ? qsTr("Restart now") : qsTr("Quit now")
        onClicked: root.confirmed()
      }
    }
  }
}
