// Joining a relay by its link: a strip, not a dialog; what is wrong with the link is said under it.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property LobbyPresenter lobby

  signal closed

  function submit() {
    if (root.lobby.join(linkBox.text))
      root.closed();
  }
  function take() {
    linkBox.forceActiveFocus();
  }

  implicitHeight: content.height + 32
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line
  Accessible.role: Accessible.Grouping
  Accessible.name: qsTr("Join by link")
  Keys.onEscapePressed: root.closed()

  Column {
    id: content
    x: 16
    y: 16
    width: parent.width - 32
    spacing: 8

    Words {
      text: qsTr("Link of the relay")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    TextBox {
      id: linkBox
      width: parent.width
      label: qsTr("Link of the relay")
      placeholderText: "foyer://relay/…#…"
      maximumLength: 2048
      onAccepted: root.submit()
      onTextEdited: root.lobby.clearJoinError()
    }
    Row {
      visible: root.lobby.joinError.length > 0
      spacing: 8
      Icon {
        y: 2
        name: "warning"
        colour: Theme.danger
      }
      Words {
        width: content.width - 24
        text: root.lobby.joinError
        color: Theme.danger
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
        Accessible.role: Accessible.AlertMessage
      }
    }
    Row {
      spacing: 8
      PushButton {
        kind: PushButton.Primary
        text: qsTr("Join")
        enabled: linkBox.length > 0
        onClicked: root.submit()
      }
      PushButton {
        text: qsTr("Cancel")
        hint: qsTr("Esc")
        onClicked: root.closed()
      }
    }
  }
}
