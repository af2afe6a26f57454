// Somebody calls: the full width of the window, never an icon only.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IncomingPresenter incoming
  // Three buttons need a line of their own.
  readonly property bool narrow: width < (incoming.shown.asks ? 1100 : 760)

  implicitHeight: narrow ? 148 : 84
  color: Theme.hallDeep
  Accessible.role: Accessible.AlertMessage
  Accessible.name: qsTr("%1 is calling. %2").arg(root.incoming.shown.name).arg(root.incoming.shown.trustText)

  Rectangle {
    y: parent.height - height
    width: parent.width
    height: 3
    color: root.incoming.shown.keyChanged ? Theme.hallDanger : Theme.lamp
  }
  RingingArches {
    id: arches
    x: 20
    y: 8
    initials: root.incoming.shown.initials
    hue: root.incoming.shown.hue
    ringing: root.incoming.shown.ringing && !root.incoming.shown.keyChanged
    count: 3
    doorWidth: 34
    doorHeight: 42
    gap: 7
    floorReach: 5
    litWidth: 3
  }
  Column {
    x: arches.x + arches.width + 16
    y: root.narrow ? 12 : 18
    width: (root.narrow ? root.width - 16 : buttons.x - 16) - x
    spacing: 4
    Row {
      spacing: 12
      Words {
        width: Math.min(implicitWidth, root.narrow ? root.width - 140 : root.width - 640)
        text: root.incoming.shown.second ? root.incoming.shown.name : qsTr("%1 is calling").arg(root.incoming.shown.name)
        color: Theme.hallText
        font.pixelSize: Theme.banner
        font.weight: Font.DemiBold
      }
      TrustWord {
        anchors.verticalCenter: parent.verticalCenter
        visible: !root.narrow
        hall: true
        word: root.incoming.shown.trustText
        verified: root.incoming.shown.verified
        changed: root.incoming.shown.keyChanged
      }
    }
    TrustWord {
      visible: root.narrow
      hall: true
      word: root.incoming.shown.trustText
      verified: root.incoming.shown.verified
      changed: root.incoming.shown.keyChanged
    }
    Words {
      width: parent.width
      text: root.incoming.shown.second ? root.incoming.shown.secondSentence : root.incoming.shown.microphone + " · " + root.incoming.countdown
      color: Theme.hallText2
      font.pixelSize: Theme.small
    }
  }
  Row {
    id: buttons
    x: root.width - width - 24
    y: root.narrow ? 96 : 21
    spacing: 10
    PushButton {
      height: 40
      kind: PushButton.Danger
      hallRing: true
      glyph: "hang-up"
      text: qsTr("Decline")
      hint: root.incoming.shown.second ? "" : qsTr("Esc")
      Accessible.name: qsTr("Decline %1").arg(root.incoming.shown.name)
      onClicked: root.incoming.decline()
    }
    PushButton {
      visible: root.incoming.shown.asks
      height: 40
      kind: PushButton.Accept
      hallRing: true
      text: root.incoming.shown.second ? qsTr("End and directly") : qsTr("Accept directly")
      Accessible.name: qsTr("%1 with %2").arg(text).arg(root.incoming.shown.name)
      onClicked: root.incoming.acceptDirectly()
    }
    PushButton {
      height: 40
      kind: PushButton.Accept
      hallRing: true
      glyph: root.incoming.shown.asks ? "" : "call"
      text: root.incoming.shown.asks ? (root.incoming.shown.second ? qsTr("End and by relay") : qsTr("Accept by relay")) : root.incoming.shown.second ? qsTr("End this call and accept") : qsTr("Accept")
      hint: root.incoming.shown.second || root.incoming.shown.asks ? "" : qsTr("Ctrl+Enter")
      Accessible.name: root.incoming.shown.asks ? qsTr("%1 with %2").arg(text).arg(root.incoming.shown.name) : root.incoming.shown.second ? qsTr("End this call and accept %1").arg(root.incoming.shown.name) : qsTr("Accept %1").arg(root.incoming.shown.name)
      onClicked: root.incoming.accept()
    }
  }
}
