// Adding a TURN server: its link, who one is there, the password; tested first if one likes.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property ConnectionsPresenter connections
  property bool wide: true
  readonly property real half: wide ? (form.width - 12) / 2 : form.width
  readonly property bool filled: linkBox.length > 0 && userBox.length > 0 && passwordBox.length > 0

  implicitHeight: form.height + 32
  radius: Theme.radiusCard
  color: Theme.surface
  border.width: 1
  border.color: Theme.line
  Accessible.role: Accessible.Grouping
  Accessible.name: qsTr("Add a TURN server")

  Connections {
    target: root.connections
    function onAdded() {
      linkBox.clear();
      userBox.clear();
      passwordBox.clear();
    }
  }
  Column {
    id: form
    x: 16
    y: 16
    width: parent.width - 32
    spacing: 6

    Words {
      text: qsTr("Link of the TURN server")
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      Accessible.ignored: true
    }
    TextBox {
      id: linkBox
      width: parent.width
      label: qsTr("Link of the TURN server")
      placeholderText: "turn:turn.example.org"
      faulty: root.connections.faultyField === ConnectionsPresenter.LinkField
      maximumLength: 512
      onTextEdited: root.connections.forgetServerError()
      onAccepted: userBox.forceActiveFocus(Qt.TabFocusReason)
    }
    Verdict {
      width: parent.width
      text: linkBox.faulty ? root.connections.serverError : ""
    }
    Flow {
      width: parent.width
      spacing: 12
      Column {
        width: root.half
        spacing: 6
        Words {
          text: qsTr("User name")
          font.pixelSize: Theme.small
          font.weight: Font.Medium
          topPadding: 4
          Accessible.ignored: true
        }
        TextBox {
          id: userBox
          width: parent.width
          label: qsTr("User name on the TURN server")
          glyph: "person"
          faulty: root.connections.faultyField === ConnectionsPresenter.UserField
          maximumLength: 512
          onTextEdited: root.connections.forgetServerError()
          onAccepted: passwordBox.forceActiveFocus(Qt.TabFocusReason)
        }
      }
      Column {
        width: root.half
        spacing: 6
        Words {
          text: qsTr("Password")
          font.pixelSize: Theme.small
          font.weight: Font.Medium
          topPadding: 4
          Accessible.ignored: true
        }
        TextBox {
          id: passwordBox
          width: parent.width
          label: qsTr("Password on the TURN server")
          glyph: "lock"
          faulty: root.connections.faultyField === ConnectionsPresenter.PasswordField
          echoMode: TextInput.Password
          maximumLength: 512
          onTextEdited: root.connections.forgetServerError()
          onAccepted: {
            if (add.enabled)
              add.clicked();
          }
        }
      }
    }
    Words {
      width: parent.width
      text: qsTr("The password is stored where your key is, and is never in a report.")
      color: Theme.text2
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Verdict {
      width: parent.width
      good: root.connections.serverError.length === 0
      text: linkBox.faulty ? "" : good ? root.connections.serverVerdict : root.connections.serverError
    }
    Row {
      spacing: 8
      topPadding: 4
      PushButton {
        enabled: root.filled && !root.connections.busy
        glyph: "diagnostics"
        text: root.connections.testing ? qsTr("Testing…") : qsTr("Test this server")
        onClicked: root.connections.testTyped(linkBox.text, userBox.text, passwordBox.text)
      }
      PushButton {
        id: add
        kind: PushButton.Primary
        enabled: root.filled && !root.connections.busy
        text: qsTr("Add")
        Accessible.name: qsTr("Add the TURN server")
        onClicked: root.connections.addServer(linkBox.text, userBox.text, passwordBox.text)
      }
    }
  }
}
