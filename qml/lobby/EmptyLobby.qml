// Nobody here: what that means and the two ways on.
pragma ComponentBehavior: Bound
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property LobbyPresenter lobby
  required property RelayPresenter relay

  signal joinWanted
  signal networkWanted

  Column {
    anchors.horizontalCenter: parent.horizontalCenter
    y: Math.max(8, Math.min(72, (parent.height - height) / 2))
    width: Math.min(460, parent.width - 48)
    spacing: 0

    Item {
      width: parent.width
      height: 142
      Image {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 0
        width: 196
        height: 141
        sourceSize.width: width * 2
        sourceSize.height: height * 2
        source: "image://look/arches/58/73/22/3/0/000000/" + Theme.hex(Theme.line) + "/3/0"
        Accessible.ignored: true
      }
      Image {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 66
        width: 60
        height: 80
        sourceSize.width: width * 2
        sourceSize.height: height * 2
        source: "image://look/door/60/80/none/" + Theme.hex(Theme.lineStrong)
        Accessible.ignored: true
      }
      Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        y: 139
        width: 280
        height: 8
        color: Theme.bg
        Rectangle {
          width: parent.width
          height: 2
          color: Theme.lineStrong
        }
      }
    }
    Item {
      width: 1
      height: 26
    }
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignHCenter
      text: root.lobby.shown.title
      font.pixelSize: Theme.title
      font.weight: Font.DemiBold
      wrapMode: Text.WordWrap
      Accessible.role: Accessible.Heading
    }
    Item {
      width: 1
      height: 8
    }
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignHCenter
      text: root.lobby.shown.sentence
      color: Theme.text2
      wrapMode: Text.WordWrap
    }
    Item {
      width: 1
      height: 24
    }
    Flow {
      id: actions
      readonly property real room: root.width - 48
      // How far the widest of its lines goes; childrenRect counts those that are not shown, too.
      readonly property real edge: Math.max(edgeOf(third), edgeOf(first), edgeOf(second), edgeOf(fourth))

      function edgeOf(button: PushButton): real {
        return button.visible ? button.x + button.width : 0;
      }

      x: (parent.width - edge) / 2
      width: room
      spacing: 12
      PushButton {
        id: third
        visible: root.lobby.shown.state === LobbyPresenter.Offline
        kind: PushButton.Primary
        glyph: "refresh"
        text: qsTr("Try now")
        onClicked: root.lobby.retryRelay()
      }
      PushButton {
        id: first
        readonly property bool offersLink: root.lobby.shown.canInvite
        // A relay that is there already is the better way on.
        kind: root.lobby.shown.found.length > 0 || third.visible ? PushButton.Plain : PushButton.Primary
        glyph: offersLink ? "copy" : "relay"
        text: offersLink ? qsTr("Copy the link") : qsTr("Start a relay here")
        enabled: offersLink || !root.relay.shown.on
        // Whoever comes next shows up in this very list.
        onClicked: offersLink ? root.lobby.copyInvite() : root.relay.start()
      }
      PushButton {
        id: second
        glyph: "invite"
        text: qsTr("Join by link…")
        onClicked: root.joinWanted()
      }
      PushButton {
        id: fourth
        visible: third.visible
        glyph: "network"
        text: qsTr("Check the network")
        onClicked: root.networkWanted()
      }
    }
    Item {
      width: 1
      height: 16
    }
    Words {
      width: parent.width
      horizontalAlignment: Text.AlignHCenter
      text: qsTr("A relay sees who talks to whom and when, never what is said.")
      color: Theme.text3
      font.pixelSize: Theme.small
      wrapMode: Text.WordWrap
    }
    Item {
      width: 1
      height: root.lobby.shown.found.length > 0 ? 24 : 0
    }
    Repeater {
      model: root.lobby.shown.found
      Item {
        id: foundRow

        required property string modelData
        required property int index

        width: parent ? parent.width : 0
        height: 60
        Rectangle {
          width: parent.width
          height: 52
          radius: Theme.radiusCard
          color: Theme.surface
          border.width: 1
          border.color: Theme.line
          Icon {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            name: "relay"
            size: 18
            colour: Theme.text2
          }
          Words {
            x: 46
            width: parent.width - x - 110
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Relay found: %1").arg(foundRow.modelData)
          }
          PushButton {
            x: parent.width - width - 8
            anchors.verticalCenter: parent.verticalCenter
            kind: foundRow.index === 0 ? PushButton.Primary : PushButton.Plain
            text: qsTr("Join")
            Accessible.name: qsTr("Join %1").arg(foundRow.modelData)
            onClicked: root.lobby.joinFound(foundRow.index)
          }
        }
      }
    }
  }
}
