// One past call: whom with, when, what became of it, and what to do: call, forget, or open their page
// by a click beside the buttons.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Theme

T.ItemDelegate {
  id: root

  required property string fingerprint
  required property string call
  required property string name
  required property string initials
  required property int hue
  required property bool lit
  required property string glyph
  required property string when
  required property string trustText
  required property bool verified
  required property bool suspect
  required property bool blocked
  required property bool missed
  required property string head
  required property string detail
  required property bool callable
  required property string stateText
  required property string description
  readonly property bool narrow: width < 620
  readonly property bool marked: ListView.isCurrentItem && ListView.view !== null && ListView.view.activeFocus
  readonly property bool chosen: hovered || callButton.hovered || removeButton.hovered || marked

  signal called
  signal removed
  signal opened

  implicitHeight: narrow ? Math.max(64, words.height + 20) : 64
  hoverEnabled: true
  focusPolicy: Qt.NoFocus
  Accessible.role: Accessible.ListItem
  Accessible.name: description
  onClicked: root.opened()

  background: Rectangle {
    anchors.fill: parent
    anchors.topMargin: 1
    anchors.bottomMargin: 1
    radius: Theme.radiusRow
    color: root.chosen ? Theme.hover : "transparent"
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
      id: words
      x: door.x + door.width + 14
      y: 10
      width: (root.narrow ? callButton.x : trust.x) - x - 12
      spacing: 2
      Words {
        width: parent.width
        height: 22
        verticalAlignment: Text.AlignVCenter
        text: root.name
        font.pixelSize: Theme.lead
        font.weight: Font.DemiBold
      }
      Row {
        spacing: 6
        Icon {
          anchors.verticalCenter: parent.verticalCenter
          name: root.glyph
          colour: root.missed ? Theme.danger : Theme.text2
        }
        Words {
          anchors.verticalCenter: parent.verticalCenter
          text: root.when
          color: root.missed ? Theme.danger : Theme.text2
          font.pixelSize: Theme.small
          font.weight: root.missed ? Font.Medium : Font.Normal
        }
      }
      Row {
        visible: root.narrow
        spacing: 4
        TrustWord {
          id: narrowTrust
          word: root.trustText
          verified: root.verified
          changed: root.suspect
          blocked: root.blocked
        }
        Words {
          visible: root.stateText.length > 0
          width: Math.min(implicitWidth, words.width - narrowTrust.width - 4)
          text: "· " + root.stateText
          color: Theme.text2
          font.pixelSize: Theme.small
        }
      }
      Words {
        visible: root.narrow
        width: parent.width
        text: root.head
        color: Theme.text2
        font.pixelSize: Theme.small
      }
      Words {
        visible: root.narrow && text.length > 0
        width: parent.width
        text: root.detail
        color: Theme.text2
        font.pixelSize: Theme.small
      }
    }
    // Door and name: to what is kept of this person.
    T.AbstractButton {
      id: nameButton
      x: 6
      y: 6
      width: words.x + words.width - x
      height: 52
      focusPolicy: Qt.TabFocus
      Accessible.name: qsTr("Page of %1").arg(root.name)
      onClicked: root.opened()
      Keys.onReturnPressed: root.opened()
      Keys.onEnterPressed: root.opened()
      background: Item {
        FocusRing {
          anchors.margins: 0
          visible: nameButton.visualFocus
        }
      }
      HoverHandler {
        cursorShape: Qt.PointingHandCursor
      }
    }
    Column {
      id: trust
      visible: !root.narrow
      anchors.verticalCenter: parent.verticalCenter
      x: Math.round(root.width * 0.33)
      width: 136
      TrustWord {
        word: root.trustText
        verified: root.verified
        changed: root.suspect
        blocked: root.blocked
      }
      // Why there is no call now.
      Words {
        x: 22
        width: parent.width - x
        visible: text.length > 0
        text: root.stateText
        color: Theme.text2
        font.pixelSize: Theme.small
      }
    }
    Column {
      visible: !root.narrow
      anchors.verticalCenter: parent.verticalCenter
      x: Math.round(root.width * 0.33) + 148
      width: callButton.x - x - 12
      Words {
        width: parent.width
        text: root.head
        font.pixelSize: Theme.small
        font.weight: Font.Medium
      }
      Words {
        width: parent.width
        visible: text.length > 0
        text: root.detail
        color: Theme.text2
        font.pixelSize: Theme.small
      }
    }
    PushButton {
      id: callButton
      x: removeButton.x - width - 4
      anchors.verticalCenter: parent.verticalCenter
      width: Math.max(root.missed ? 116 : 92, Math.ceil(implicitWidth))
      kind: root.suspect ? PushButton.DangerSoft : root.missed && enabled ? PushButton.Primary : PushButton.Plain
      glyph: root.suspect ? "" : "call"
      text: root.suspect ? qsTr("Review") : root.missed ? qsTr("Call back") : qsTr("Call")
      enabled: root.callable
      Accessible.description: root.stateText
      Accessible.name: root.suspect ? qsTr("Review the key of %1").arg(root.name) : qsTr("Call %1").arg(root.name)
      onClicked: root.called()
    }
    ToolButton {
      id: removeButton
      x: parent.width - width - 4
      anchors.verticalCenter: parent.verticalCenter
      glyph: "close"
      label: qsTr("Forget this call with %1").arg(root.name)
      onClicked: root.removed()
    }
  }
}
