// One contact in the list of all: door, name, what is known, trust. The whole row opens their page.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

T.ItemDelegate {
  id: root

  required property string fingerprint
  required property string name
  required property string tag
  required property string line
  required property string initials
  required property int hue
  required property bool lit
  required property bool favourite
  required property bool verified
  required property bool suspect
  required property bool blocked
  required property string trustText
  required property string description
  readonly property bool narrow: width < 560
  readonly property bool marked: ListView.isCurrentItem && ListView.view !== null && ListView.view.activeFocus

  implicitHeight: narrow ? 80 : 64
  hoverEnabled: true
  focusPolicy: Qt.NoFocus
  Accessible.role: Accessible.ListItem
  Accessible.name: description

  background: Rectangle {
    anchors.fill: parent
    anchors.topMargin: 1
    anchors.bottomMargin: 1
    radius: Theme.radiusRow
    color: root.hovered || root.marked ? Theme.hover : "transparent"
    border.width: root.marked ? 2 : 0
    border.color: Theme.accent
  }
  contentItem: Item {
    Doorway {
      id: door
      x: 12
      y: 10
      width: 36
      height: 44
      initials: root.initials
      hue: root.hue
      lit: root.lit
    }
    Column {
      id: texts
      x: door.x + door.width + 14
      y: 11
      width: (root.narrow ? parent.width - 12 : trust.x - 12) - x
      spacing: 2
      Row {
        spacing: 8
        Icon {
          anchors.verticalCenter: parent.verticalCenter
          visible: root.favourite
          name: "star-filled"
          colour: Theme.lampDeep
        }
        Words {
          width: Math.min(implicitWidth, texts.width - (root.favourite ? 26 : 0) - (tagChip.visible ? tagChip.width + 8 : 0))
          height: 22
          verticalAlignment: Text.AlignVCenter
          text: root.name
          font.pixelSize: Theme.lead
          font.weight: Font.DemiBold
          Accessible.ignored: true
        }
        KeyTag {
          id: tagChip
          tag: root.tag
        }
      }
      Words {
        width: parent.width
        text: root.line
        color: Theme.text2
        font.pixelSize: Theme.small
        Accessible.ignored: true
      }
      TrustWord {
        visible: root.narrow
        word: root.trustText
        verified: root.verified
        changed: root.suspect
        blocked: root.blocked
      }
    }
    TrustWord {
      id: trust
      visible: !root.narrow
      x: parent.width - 156
      anchors.verticalCenter: parent.verticalCenter
      word: root.trustText
      verified: root.verified
      changed: root.suspect
      blocked: root.blocked
    }
  }
}
