// The relays that this Foyer is on: which comes first, how each one is, its key, leaving; joining
// more by link or from what was found on this network.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property RelaysModel relays
  required property LobbyPresenter lobby
  required property PicturePresenter picture
  required property FilePortal files
  readonly property bool wide: width >= 800
  readonly property int margin: width >= 560 ? 24 : 16
  property bool hasBack: true  // no rail beside the page leads home
  property bool joining: false
  readonly property bool hasHead: relays.count > 0 || joining

  signal closed
  signal hostingWanted

  function join() {
    root.joining = true;
  }
  function leaveJoin() {
    root.lobby.clearJoinError();
    root.picture.clear();
    root.joining = false;
    (root.hasHead ? joinButton : firstButton).forceActiveFocus(Qt.OtherFocusReason);
  }

  color: Theme.bg
  Keys.onEscapePressed: root.closed()
  // Not by `visible`: the page as a whole is not yet.
  Component.onCompleted: (root.hasHead ? joinButton : firstButton).forceActiveFocus(Qt.TabFocusReason)
  // What was dropped is read here, not in the lobby.
  Component.onDestruction: root.picture.clear()

  Connections {
    target: root.picture
    function onChanged() {
      if (root.picture.active)
        root.join();
    }
  }

  ScrollPage {
    anchors.fill: parent
    margin: root.margin

    PageHead {
      width: parent.width
      title: qsTr("Relays")
      wide: root.wide
      hasBack: root.hasBack
      onClosed: root.closed()
      actions: PushButton {
        kind: PushButton.Quiet
        glyph: "relay"
        text: qsTr("Relay on this computer")
        onClicked: root.hostingWanted()
      }

      PushButton {
        id: joinButton
        visible: root.hasHead
        glyph: "invite"
        text: qsTr("Join by link")
        onClicked: root.joining ? root.leaveJoin() : root.join()
      }
    }
    Words {
      width: parent.width
      visible: root.relays.count > 0
      text: root.relays.count === 1 ? qsTr("Foyer joins the lobby of this relay whenever it can be reached.") : qsTr("Foyer joins the lobbies of all of these whenever they can be reached. A call uses the first one in this list that reaches the person.")
      color: Theme.text2
      wrapMode: Text.WordWrap
      topPadding: 10
      bottomPadding: 12
    }
    Loader {
      width: parent.width
      active: root.joining
      visible: active
      sourceComponent: Item {
        implicitHeight: strip.implicitHeight + 12
        JoinStrip {
          id: strip
          width: parent.width
          lobby: root.lobby
          picture: root.picture
          files: root.files
          onClosed: root.leaveJoin()
          Component.onCompleted: take()
        }
      }
    }
    Item {
      width: parent.width
      height: Math.max(empty.height + 48, root.height - 160 - (root.relays.found.length > 0 ? 180 : 0))
      visible: root.relays.count === 0 && !root.joining
      EmptyState {
        id: empty
        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        glyph: "relay"
        text: qsTr("You are not on a relay. Join one by the link that its owner sends you, or run one on this computer.")

        PushButton {
          id: firstButton
          kind: PushButton.Primary
          glyph: "invite"
          text: qsTr("Join by link")
          onClicked: root.join()
        }
        PushButton {
          glyph: "relay"
          text: qsTr("Run a relay here")
          onClicked: root.hostingWanted()
        }
      }
    }
    Column {
      width: parent.width
      spacing: 8
      Accessible.role: Accessible.List
      Accessible.name: qsTr("Relays that you joined")
      Repeater {
        model: root.relays
        RelayCard {
          width: parent ? parent.width : 0
          count: root.relays.count
          onUpWanted: root.relays.moveUp(fingerprint)
          onDownWanted: root.relays.moveDown(fingerprint)
          onLeaveWanted: root.relays.leave(fingerprint)
          onConfirmed: root.relays.confirmKey(fingerprint)
          onOfferedTaken: root.relays.takeOfferedKey(fingerprint)
          onRetried: root.relays.tryNow(fingerprint)
          onKeyCopied: root.relays.copyKey(fingerprint)
          onLinkCopied: root.relays.copyLink(fingerprint)
          onHostingWanted: root.hostingWanted()
        }
      }
    }
    Words {
      visible: root.relays.found.length > 0
      topPadding: 22
      bottomPadding: 8
      text: qsTr("Found on this network")
      font.pixelSize: Theme.lead
      font.weight: Font.DemiBold
      Accessible.role: Accessible.Heading
    }
    Column {
      width: parent.width
      spacing: 8
      Repeater {
        model: root.relays.found
        Rectangle {
          id: foundRow

          required property string modelData
          required property int index

          width: parent ? parent.width : 0
          height: Math.max(64, foundTexts.height + 20)
          radius: Theme.radiusCard
          color: Theme.surface
          border.width: 1
          border.color: Theme.line
          Accessible.role: Accessible.Grouping
          Accessible.name: qsTr("Found relay %1").arg(modelData)

          Icon {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
            name: "network"
            size: 18
            colour: Theme.text2
          }
          Column {
            id: foundTexts
            x: 46
            anchors.verticalCenter: parent.verticalCenter
            width: joinFound.x - x - 12
            spacing: 2
            Words {
              width: parent.width
              text: foundRow.modelData
              font.weight: Font.DemiBold
            }
            Words {
              width: parent.width
              text: root.relays.foundKeys[foundRow.index] ?? ""
              color: Theme.text2
              font.family: "monospace"
              font.pixelSize: Theme.cap
              wrapMode: Text.WordWrap
              Accessible.name: qsTr("Key: %1").arg(text)
            }
          }
          PushButton {
            id: joinFound
            x: parent.width - width - 14
            anchors.verticalCenter: parent.verticalCenter
            text: qsTr("Join")
            Accessible.name: qsTr("Join the relay %1").arg(foundRow.modelData)
            onClicked: root.relays.joinFound(foundRow.index)
          }
        }
      }
    }
  }
}
