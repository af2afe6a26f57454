// STUN servers: who is asked how this computer looks from outside.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property ConnectionsPresenter connections

  function add() {
    if (root.connections.addObserver(serverBox.text))
      serverBox.clear();
  }

  spacing: 8

  Repeater {
    model: root.connections.observers
    Item {
      id: row

      required property string modelData
      required property int index

      width: root.width
      height: 40
      Icon {
        x: 5
        anchors.verticalCenter: parent.verticalCenter
        name: "network"
        colour: Theme.text2
      }
      Words {
        x: 36
        width: remove.x - x - 12
        anchors.verticalCenter: parent.verticalCenter
        text: row.modelData
      }
      PushButton {
        id: remove
        x: parent.width - width
        anchors.verticalCenter: parent.verticalCenter
        kind: PushButton.Quiet
        text: qsTr("Remove")
        Accessible.name: qsTr("Remove the STUN server %1").arg(row.modelData)
        onClicked: root.connections.removeObserver(row.index)
      }
    }
  }
  Row {
    width: parent.width
    spacing: 8
    TextBox {
      id: serverBox
      width: Math.min(420, parent.width - addButton.width - 8)
      label: qsTr("Address of a STUN server")
      placeholderText: "stun.example.org"
      faulty: root.connections.observerError.length > 0
      maximumLength: 256
      onTextEdited: root.connections.forgetObserverError()
      onAccepted: root.add()
    }
    PushButton {
      id: addButton
      height: 40
      text: qsTr("Add")
      Accessible.name: qsTr("Add the STUN server")
      onClicked: root.add()
    }
  }
  Verdict {
    width: parent.width
    text: root.connections.observerError
  }
}
