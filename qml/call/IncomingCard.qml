// The card of an incoming call: a window of its own, frameless, above everything, bottom right.
import QtQuick
import QtQuick.Window
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Window {
  id: root

  required property IncomingPresenter incoming
  readonly property bool changed: incoming.shown.suspect

  // Beside a call that runs the words on the buttons are longer: each has a line of its own.
  readonly property bool stacked: incoming.shown.second
  readonly property bool asks: incoming.shown.asks

  width: 400
  // Even, so that a scale of one and a half leaves no half pixel at the edge.
  height: 2 * Math.ceil((way.y + Math.max(20, way.height) + 23 + buttons.height + 20) / 2)
  x: Screen.virtualX + Screen.desktopAvailableWidth - width - 24
  // On a low screen the name stays in sight, not the gap below.
  y: Math.max(Screen.virtualY, Screen.virtualY + Screen.desktopAvailableHeight - height - 24)
  flags: Qt.Window | Qt.FramelessWindowHint | Qt.WindowStaysOnTopHint
  color: Theme.hall
  title: root.incoming.shown.title

  Shortcut {
    sequence: "Esc"
    onActivated: root.incoming.decline()
  }
  Shortcut {
    sequences: ["Ctrl+Return", "Ctrl+Enter"]
    onActivated: root.incoming.accept()
  }
  Item {
    anchors.fill: parent
    Accessible.role: Accessible.Dialog
    Accessible.name: root.title

    Rectangle {
      width: parent.width
      height: 4
      color: root.changed ? Theme.hallDanger : Theme.lamp
    }
    Brand {
      x: 20
      y: 20
      size: 20
    }
    Words {
      x: 48
      y: 21
      text: qsTr("Incoming call")
      color: Theme.hallText2
    }
    Words {
      x: 200
      y: 21
      width: 180
      horizontalAlignment: Text.AlignRight
      text: root.incoming.countdown
      color: Theme.hallText2
    }
    RingingArches {
      id: arches
      x: 20
      y: 58
      initials: root.incoming.shown.initials
      hue: root.incoming.shown.hue
      ringing: !root.changed
      count: 4
      doorWidth: 48
      doorHeight: 62
      gap: 9
    }
    Column {
      x: 172
      y: 70
      width: 210
      spacing: 6
      Words {
        width: parent.width
        text: root.incoming.shown.name
        color: Theme.hallText
        font.pixelSize: Theme.title
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
      }
      TrustWord {
        hall: true
        word: root.incoming.shown.trustText
        verified: root.incoming.shown.verified
        changed: root.changed
      }
      Words {
        width: parent.width
        visible: text.length > 0
        text: root.incoming.shown.signedText
        color: Theme.hallText2
        font.pixelSize: Theme.small
      }
      KeyTag {
        hall: true
        tag: root.incoming.shown.signedText.length > 0 ? "" : root.incoming.shown.tag
      }
    }
    Words {
      id: keySentence
      x: 20
      y: 174
      width: 360
      visible: root.changed
      text: root.incoming.shown.keySentence
      color: Theme.hallText
      font.pixelSize: Theme.small
      font.weight: Font.Medium
      wrapMode: Text.WordWrap
    }
    Rectangle {
      id: rule
      x: 20
      y: root.changed ? Math.max(242, keySentence.y + keySentence.height + 8) : 176
      width: 360
      height: 1
      color: Theme.hallLine
    }
    Icon {
      x: 20
      y: rule.y + 15
      name: root.incoming.shown.microphoneOff ? "mic-off" : "mic"
      size: 18
      colour: root.incoming.shown.microphoneOff ? Theme.hallCaution : Theme.hallText
    }
    Words {
      x: 46
      y: rule.y + 15
      width: 334
      text: root.incoming.shown.microphone
      color: root.incoming.shown.microphoneOff ? Theme.hallCaution : Theme.hallText
      font.pixelSize: root.incoming.shown.microphoneOff ? Theme.small : Theme.body
      font.weight: Font.Medium
    }
    Icon {
      visible: root.stacked
      x: 20
      y: rule.y + 49
      name: "hang-up"
      size: 18
      colour: Theme.hallText2
    }
    Words {
      visible: root.stacked
      x: 46
      y: rule.y + 49
      width: 334
      text: root.incoming.shown.endsSentence
      color: Theme.hallText2
    }
    Icon {
      x: 20
      y: way.y
      name: "path-relay"
      size: 18
      colour: Theme.hallText2
    }
    Words {
      id: way
      x: 46
      y: rule.y + (root.stacked ? 83 : 49)
      width: hiding.visible ? 284 : 334
      text: root.incoming.shown.asks ? qsTr("You chose to be asked how calls with %1 go").arg(root.incoming.shown.name) : root.incoming.shown.relayOnly ? qsTr("Stays on the relay, as you chose") : qsTr("Hide my address (relay only)")
      color: Theme.hallText2
      wrapMode: Text.WordWrap
      maximumLineCount: 2
      elide: Text.ElideRight
      Accessible.ignored: hiding.visible
    }
    ToggleSwitch {
      id: hiding
      visible: !root.incoming.shown.asks && !root.incoming.shown.relayOnly
      x: 336
      y: way.y - 9
      hall: true
      label: qsTr("Hide my address (relay only)")
      checked: root.incoming.hideAddress
      onToggled: root.incoming.hideAddress = checked
    }
    // A decision between two ways stands above, and the way out of it plainly below.
    Flow {
      id: buttons
      x: 20
      y: root.height - height - 20
      width: 360
      spacing: 12
      layoutDirection: Qt.RightToLeft
      PushButton {
        id: accept
        width: root.stacked ? 360 : 174
        height: 44
        kind: PushButton.Accept
        hallRing: true
        glyph: root.asks ? "path-relay" : "call"
        text: root.incoming.shown.acceptText
        hint: root.incoming.shown.second || root.asks ? "" : qsTr("Ctrl+Enter")
        onClicked: root.incoming.accept()
      }
      PushButton {
        visible: root.asks
        width: root.stacked ? 360 : 174
        height: 44
        kind: PushButton.Accept
        hallRing: true
        glyph: "direct"
        text: root.incoming.shown.directlyText
        onClicked: root.incoming.acceptDirectly()
      }
      PushButton {
        id: decline
        width: root.stacked || root.asks ? 360 : 174
        height: 44
        kind: root.asks || root.stacked ? PushButton.HallOutline : PushButton.Danger
        hallRing: true
        glyph: "hang-up"
        text: qsTr("Decline")
        hint: qsTr("Esc")
        onClicked: root.incoming.decline()
      }
    }
  }
  Component.onCompleted: {
    if (root.changed)
      decline.forceActiveFocus(Qt.TabFocusReason);
    else
      accept.forceActiveFocus(Qt.OtherFocusReason);
  }
}
