// Somebody calls: the full width of the window, never an icon only.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IncomingPresenter incoming
  // Name and trust on one line where that has room, else under each other; the buttons beside them
  // where those have room, else below.
  readonly property real edge: arches.x + arches.width + 16
  readonly property real headline: title.implicitWidth + 12 + trust.implicitWidth
  readonly property real beside: width - edge - buttons.wanted - 40
  readonly property bool stacked: Math.max(title.implicitWidth, trust.implicitWidth, sentence.implicitWidth) > beside
  readonly property bool apart: headline > (stacked ? width - edge - 16 : beside)

  implicitHeight: stacked ? Math.max(84, texts.y + texts.height + 12) + buttons.height + 14 : 84
  color: Theme.hallDeep
  Accessible.role: Accessible.AlertMessage
  Accessible.name: root.incoming.shown.title + ". " + root.incoming.shown.trustText

  Rectangle {
    y: parent.height - height
    width: parent.width
    height: 3
    color: root.incoming.shown.suspect ? Theme.hallDanger : Theme.lamp
  }
  RingingArches {
    id: arches
    x: 20
    y: 8
    initials: root.incoming.shown.initials
    hue: root.incoming.shown.hue
    ringing: root.incoming.shown.ringing && !root.incoming.shown.suspect
    count: 3
    doorWidth: 34
    doorHeight: 42
    gap: 7
    floorReach: 5
    litWidth: 3
  }
  Column {
    id: texts
    x: root.edge
    y: root.stacked ? 14 : root.apart ? 8 : 18
    width: (root.stacked ? root.width - 16 : buttons.x - 16) - x
    spacing: 4
    Flow {
      width: parent.width
      spacing: root.apart ? 4 : 12
      Words {
        id: title
        width: Math.min(implicitWidth, parent.width)
        text: root.incoming.shown.title
        color: Theme.hallText
        font.pixelSize: Theme.banner
        font.weight: Font.DemiBold
      }
      TrustWord {
        id: trust
        height: root.apart ? implicitHeight : title.height
        hall: true
        word: root.incoming.shown.trustText
        verified: root.incoming.shown.verified
        changed: root.incoming.shown.suspect
      }
    }
    Words {
      id: sentence
      width: parent.width
      text: (root.incoming.shown.second ? root.incoming.shown.secondSentence : root.incoming.shown.microphone) + " · " + root.incoming.countdown
      color: Theme.hallText2
      font.pixelSize: Theme.small
      // Never cut: the countdown is at the end.
      wrapMode: root.stacked && implicitWidth > width ? Text.WordWrap : Text.NoWrap
    }
  }
  Flow {
    id: buttons
    readonly property real wanted: decline.implicitWidth + 10 + accept.implicitWidth + (directly.visible ? directly.implicitWidth + 10 : 0)
    x: root.width - width - 24
    y: root.stacked ? root.implicitHeight - height - 14 : 21
    width: Math.min(Math.ceil(wanted), root.width - 40)
    spacing: 10
    PushButton {
      id: decline
      height: 40
      kind: PushButton.Danger
      hallRing: true
      glyph: "hang-up"
      text: qsTr("Decline")
      hint: qsTr("Esc")
      Accessible.name: qsTr("Decline %1").arg(root.incoming.shown.name)
      onClicked: root.incoming.decline()
    }
    PushButton {
      id: directly
      visible: root.incoming.shown.asks
      height: 40
      kind: PushButton.Accept
      hallRing: true
      text: root.incoming.shown.directlyText
      Accessible.name: qsTr("%1 with %2").arg(text).arg(root.incoming.shown.name)
      onClicked: root.incoming.acceptDirectly()
    }
    PushButton {
      id: accept
      height: 40
      kind: PushButton.Accept
      hallRing: true
      glyph: root.incoming.shown.asks ? "" : "call"
      text: root.incoming.shown.acceptText
      hint: root.incoming.shown.second || root.incoming.shown.asks ? "" : qsTr("Ctrl+Enter")
      Accessible.name: root.incoming.shown.asks ? qsTr("%1 with %2").arg(text).arg(root.incoming.shown.name) : root.incoming.shown.second ? qsTr("End this call and accept %1").arg(root.incoming.shown.name) : qsTr("Accept %1").arg(root.incoming.shown.name)
      onClicked: root.incoming.accept()
    }
  }
}
