// The two doors and the words under them; side by side, or one above the other where it is narrow.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property CallPresenter call
  required property IdentityPresenter identity
  readonly property bool stacked: width < 420 && height >= 270
  readonly property real each: stacked ? (height - 12) / 2 : height
  // Beside each other in little room: the letters in the door say who it is.
  readonly property bool nameless: !stacked && width < 420
  readonly property bool small: stacked || width < 760 || height < 240
  // Both sides are as wide as the wider one, so that the words under them move nothing.
  readonly property real side: Math.min(Math.max(ownSide.implicitWidth, peerSide.implicitWidth), stacked ? width - 40 : widest)
  readonly property real widest: (width - grid.spacing) / 2 - 20  // of what stands beside the other side
  // The state has a line of its own where name and state are too long for one.
  readonly property bool lined: !stacked && !nameless && width < 760
  readonly property int gap: small ? (each < 136 || nameless ? 3 : each < 150 ? 5 : 8) : 14

  Grid {
    id: grid
    // Half a door says nothing.
    visible: root.height >= 110
    anchors.horizontalCenter: parent.horizontalCenter
    y: Math.round(Math.max(0, Math.min(root.height - height - 12, (root.height - height) / 2 + 8)))
    columns: root.stacked ? 1 : 2
    horizontalItemAlignment: Grid.AlignHCenter
    spacing: root.stacked ? 12 : root.small ? 18 : 96
    Column {
      id: ownSide
      width: root.side
      spacing: 8
      VoiceArches {
        anchors.horizontalCenter: parent.horizontalCenter
        initials: root.identity.initials
        hue: root.identity.hue
        lit: root.call.ownArches
        doorWidth: root.small ? 50 : 68
        doorHeight: root.small ? 62 : 86
        gap: root.gap
        litWidth: root.small ? 4 : 5
      }
      Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        columns: root.lined ? 1 : 2
        horizontalItemAlignment: Grid.AlignHCenter
        columnSpacing: 8
        Words {
          visible: !root.nameless
          text: qsTr("You")
          color: Theme.hallText
          font.weight: Font.DemiBold
        }
        Words {
          width: Math.min(implicitWidth, root.stacked ? 220 : root.width < 760 ? root.widest : 240)
          Accessible.name: root.nameless ? qsTr("You: %1").arg(text) : text
          text: root.call.shown.ownWord
          color: root.call.shown.ownTrouble ? Theme.hallCaution : Theme.hallText2
        }
      }
    }
    Column {
      id: peerSide
      width: root.side
      spacing: 8
      VoiceArches {
        anchors.horizontalCenter: parent.horizontalCenter
        initials: root.call.shown.initials
        hue: root.call.shown.hue
        lit: root.call.peerArches
        doorWidth: root.small ? 50 : 68
        doorHeight: root.small ? 62 : 86
        gap: root.gap
        litWidth: root.small ? 4 : 5
      }
      Grid {
        anchors.horizontalCenter: parent.horizontalCenter
        columns: root.lined ? 1 : 2
        horizontalItemAlignment: Grid.AlignHCenter
        columnSpacing: 8
        Words {
          visible: !root.nameless
          width: Math.min(implicitWidth, root.lined ? root.widest : root.stacked ? 120 : 180)
          text: root.call.shown.name
          color: Theme.hallText
          font.weight: Font.DemiBold
        }
        Words {
          width: Math.min(implicitWidth, root.stacked ? 140 : root.width < 760 ? root.widest : 200)
          Accessible.name: root.nameless ? root.call.shown.name + ": " + text : text
          text: root.call.shown.peerWord
          color: root.call.shown.peerTrouble ? Theme.hallCaution : Theme.hallText2
        }
      }
    }
  }
}
