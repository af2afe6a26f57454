// One person: door, name, state, trust, connection, and the one thing to do.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

T.ItemDelegate {
  id: root

  required property string fingerprint
  required property string name
  required property string tag
  required property string stateText
  required property string initials
  required property int hue
  required property bool lit
  required property bool verified
  required property bool suspect
  required property bool blocked
  required property string trustText
  required property int bars
  required property string delayText
  required property bool callable
  required property bool favourite
  required property string signedText
  required property string pathText
  required property string description
  required property int index
  property bool reachable: true
  readonly property bool narrow: width < 560
  readonly property bool chosen: hovered || callButton.hovered || marked
  readonly property bool marked: ListView.isCurrentItem && ListView.view !== null && ListView.view.activeFocus

  signal called
  signal menuWanted(real x, real y)

  implicitHeight: 64
  hoverEnabled: true
  focusPolicy: Qt.NoFocus
  Accessible.role: Accessible.ListItem
  Accessible.name: description

  TapHandler {
    acceptedButtons: Qt.RightButton
    onTapped: point => root.menuWanted(point.position.x, point.position.y)
  }

  background: Rectangle {
    anchors.fill: parent
    anchors.topMargin: 1
    anchors.bottomMargin: 1
    radius: Theme.radiusRow
    color: root.suspect ? Theme.dangerSoft : root.chosen ? Theme.hover : "transparent"
    border.width: root.marked ? 2 : 0
    border.color: Theme.accent
  }
  contentItem: Item {
    Doorway {
      id: door
      x: 12
      anchors.verticalCenter: parent.verticalCenter
      width: 36
      height: 44
      initials: root.initials
      hue: root.hue
      lit: root.lit && root.reachable
    }
    Item {
      id: names
      x: door.x + door.width + 14
      width: (root.narrow ? callButton.x : trust.x) - x - 12
      height: parent.height
      Row {
        y: 11
        spacing: 8
        Words {
          width: Math.min(implicitWidth, names.width - (root.favourite ? 26 : 0) - (tagChip.visible ? tagChip.width + 8 : 0))
          text: root.name
          color: root.reachable ? Theme.text : Theme.text3
          font.pixelSize: Theme.lead
          font.weight: Font.DemiBold
          height: 22
          verticalAlignment: Text.AlignVCenter
        }
        KeyTag {
          id: tagChip
          tag: root.tag
        }
        Icon {
          anchors.verticalCenter: parent.verticalCenter
          visible: root.favourite
          name: "star-filled"
          colour: root.reachable ? Theme.lampDeep : Theme.text3
        }
      }
      Row {
        y: 35
        spacing: 6
        Words {
          width: Math.min(implicitWidth, names.width)
          text: root.narrow ? root.stateText + " ·" : root.signedText.length > 0 ? root.stateText + " · " + root.signedText : root.stateText
          color: root.reachable ? Theme.text2 : Theme.text3
          font.pixelSize: Theme.small
        }
        TrustWord {
          visible: root.narrow
          word: root.trustText
          verified: root.verified
          changed: root.suspect
          blocked: root.blocked
        }
      }
    }
    TrustWord {
      id: trust
      visible: !root.narrow
      anchors.verticalCenter: parent.verticalCenter
      x: bars.x - 144
      word: root.trustText
      verified: root.verified
      changed: root.suspect
      blocked: root.blocked
      faint: !root.reachable
    }
    PathBars {
      id: bars
      visible: !root.narrow
      y: 12
      x: callButton.x - 102
      bars: root.reachable ? root.bars : 0
    }
    Words {
      visible: !root.narrow
      y: 12
      x: callButton.x - 18 - width
      width: 58
      horizontalAlignment: Text.AlignRight
      text: root.reachable ? root.delayText : "–"
      color: Theme.text2
      font.pixelSize: Theme.small
      Accessible.ignored: true
    }
    Words {
      // The way of a call: what is sure, or as the last one went.
      visible: !root.narrow
      y: 35
      x: callButton.x - 18 - width
      width: 84
      horizontalAlignment: Text.AlignRight
      text: root.reachable ? root.pathText : "–"
      color: Theme.text2
      font.pixelSize: Theme.cap
      Accessible.ignored: true
    }
    FontMetrics {
      id: letters
      font: callButton.font
    }
    PushButton {
      id: callButton
      x: parent.width - width - 12
      anchors.verticalCenter: parent.verticalCenter
      // Alike in every row, whatever stands on it: the columns are told from it. 60 is what is not text.
      width: Math.max(92, 60 + Math.ceil(letters.advanceWidth(qsTr("Call"))))
      kind: root.suspect ? PushButton.DangerSoft : root.chosen && enabled ? PushButton.Primary : PushButton.Plain
      glyph: root.suspect ? "" : "call"
      text: root.suspect ? qsTr("Review") : qsTr("Call")
      enabled: root.callable || root.suspect
      Accessible.name: root.suspect ? qsTr("Review the key of %1").arg(root.name) : qsTr("Call %1").arg(root.name + (root.tag.length > 0 ? " " + root.tag : ""))
      onClicked: root.called()
    }
  }
}
