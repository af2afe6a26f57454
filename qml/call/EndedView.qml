// Why the call ended, in a sentence, and what can be done now.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property CallPresenter call

  Column {
    anchors.centerIn: parent
    width: Math.min(480, parent.width - 40)
    spacing: 0

    VoiceArches {
      anchors.horizontalCenter: parent.horizontalCenter
      initials: root.call.shown.initials
      hue: root.call.shown.hue
      doorWidth: 68
      doorHeight: 86
      count: 4
      open: false
    }
    Words {
      width: parent.width
      topPadding: 24
      horizontalAlignment: Text.AlignHCenter
      text: root.call.shown.title
      color: Theme.hallText
      font.pixelSize: Theme.display
      font.weight: Font.DemiBold
      font.letterSpacing: -0.4
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.AlertMessage
    }
    Words {
      width: parent.width
      topPadding: 8
      bottomPadding: 28
      horizontalAlignment: Text.AlignHCenter
      text: root.call.shown.sentence
      color: Theme.hallText2
      wrapMode: Text.WordWrap
    }
    Row {
      anchors.horizontalCenter: parent.horizontalCenter
      spacing: 12
      PushButton {
        id: back
        height: 44
        kind: PushButton.HallOutline
        text: qsTr("Back to the lobby")
        hint: qsTr("Esc")
        onClicked: root.call.dismiss()
      }
      PushButton {
        height: 44
        visible: root.call.shown.canCallAgain
        kind: PushButton.Accept
        hallRing: true
        glyph: "call"
        text: qsTr("Call again")
        onClicked: root.call.callAgain()
      }
    }
  }
  Component.onCompleted: back.forceActiveFocus(Qt.TabFocusReason)
}
