// The TURN servers of this person and those that relays lend, each with its test.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Column {
  id: root

  required property ConnectionsPresenter connections
  property bool wide: true

  spacing: 8

  Repeater {
    model: root.connections.servers.length
    Rectangle {
      id: card

      required property int index
      readonly property list<string> cells: root.connections.servers[index]
      readonly property string host: cells[1]
      readonly property string standing: cells[3]
      readonly property bool own: cells[5] === "own"

      width: root.width
      height: (root.wide ? Math.max(60, texts.height + 20) : texts.height + tools.height + 30)
      radius: Theme.radiusCard
      color: Theme.surface
      border.width: 1
      border.color: Theme.line
      Accessible.role: Accessible.Grouping
      Accessible.name: qsTr("TURN server %1, %2").arg(host).arg(cells[2])

      Icon {
        x: 16
        y: 14
        name: "path-relay"
        size: 18
        colour: Theme.text2
      }
      Column {
        id: texts
        x: 46
        y: root.wide ? (parent.height - height) / 2 : 10
        width: parent.width - x - (root.wide ? tools.width + 28 : 16)
        spacing: 2
        Words {
          width: parent.width
          text: card.host
          font.weight: Font.DemiBold
        }
        Words {
          width: parent.width
          text: card.cells[2]
          color: Theme.text2
          font.pixelSize: Theme.small
          wrapMode: Text.WordWrap
        }
        Row {
          visible: card.standing.length > 0
          width: parent.width
          topPadding: 4
          spacing: 8
          Icon {
            y: 1
            name: card.cells[4]
            colour: state.color
          }
          Words {
            id: state
            width: parent.width - 24
            text: card.standing
            color: card.cells[4] === "warning" ? Theme.danger : card.cells[4] === "check" ? Theme.ok : Theme.text2
            font.pixelSize: Theme.small
            wrapMode: Text.WordWrap
            Accessible.role: Accessible.AlertMessage
          }
        }
      }
      Row {
        id: tools
        x: root.wide ? parent.width - width - 14 : 40
        y: root.wide ? (parent.height - height) / 2 : texts.y + texts.height + 10
        spacing: 4
        PushButton {
          enabled: !root.connections.busy
          glyph: "diagnostics"
          text: qsTr("Test this server")
          Accessible.name: qsTr("Test the server %1").arg(card.host)
          onClicked: root.connections.testServer(card.index)
        }
        PushButton {
          visible: card.own
          kind: PushButton.Quiet
          text: qsTr("Remove")
          Accessible.name: qsTr("Remove the server %1").arg(card.host)
          onClicked: root.connections.removeServer(card.index)
        }
      }
    }
  }
}
