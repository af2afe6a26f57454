// A relay answers with another key than before, or than its link names: nothing was sent, both keys,
// and the safe choice.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property LobbyPresenter lobby

  implicitHeight: content.height + 32
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.danger
  Accessible.role: Accessible.Grouping
  Accessible.name: root.lobby.shown.keyTitle
  Keys.onEscapePressed: root.lobby.leaveRelay()

  Column {
    id: content
    x: 16
    y: 16
    width: parent.width - 32
    spacing: 10

    Row {
      spacing: 10
      Icon {
        anchors.verticalCenter: parent.verticalCenter
        name: "warning"
        size: 20
        colour: Theme.danger
      }
      Words {
        width: Math.min(implicitWidth, content.width - 30)
        text: root.lobby.shown.keyTitle
        font.pixelSize: Theme.banner
        font.weight: Font.DemiBold
        Accessible.role: Accessible.AlertMessage
      }
    }
    Words {
      width: parent.width
      text: root.lobby.shown.keySentence
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    Words {
      text: root.lobby.shown.oldKeyTitle
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    KeyGroups {
      width: parent.width
      label: root.lobby.shown.oldKeyTitle
      groups: root.lobby.shown.oldKey
    }
    Words {
      text: qsTr("Key offered now")
      color: Theme.danger
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    KeyGroups {
      width: parent.width
      label: qsTr("Key offered now")
      groups: root.lobby.shown.newKey
      other: root.lobby.shown.oldKey
      offered: true
    }
    Flow {
      width: parent.width
      spacing: 12
      topPadding: 4
      PushButton {
        text: qsTr("Cancel")
        hint: qsTr("Esc")
        focus: true
        onClicked: root.lobby.leaveRelay()
        Component.onCompleted: forceActiveFocus(Qt.TabFocusReason)
      }
      PushButton {
        kind: PushButton.DangerSoft
        text: qsTr("The key is right: use it")
        onClicked: root.lobby.takeNewRelayKey()
      }
    }
  }
}
