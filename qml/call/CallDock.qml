// The quality and the buttons of a call. Where there is no room for the slider, a button opens it.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Sound
import Foyer.Theme

Rectangle {
  id: root

  required property CallPresenter call
  required property AudioPresenter audio
  required property SoundPresenter sound
  required property QualityPresenter quality
  property bool roomy: false   // the slider stands open
  property bool diagnosing: false
  // By itself, as what is shown changes with every pause in what is said: measured is only once.
  readonly property bool talks: call.shown.pushToTalk
  // What the buttons need in one line, whichever of its words each one says, so that "End call" never
  // lies over the last of them. Measured here, as their own widths follow from what is decided by it.
  readonly property real line: 2 * 32 + across(qsTr("Mute"), qsTr("Muted")) + across(qsTr("Deafen"), qsTr("Deafened")) + across(qsTr("Hold"), qsTr("Resume")) + (talks ? across(qsTr("Talk"), qsTr("Talking")) : 0) + across(qsTr("Devices"), "") + (roomy ? 0 : across(qsTr("Quality"), "")) + across(qsTr("Diagnostics"), "") + across(qsTr("End call"), "")
  readonly property real hints: beside(qsTr("M")) + beside(qsTr("D")) + beside(qsTr("Ctrl+E")) + (talks ? beside(qsTr("T")) : roomy ? beside(qsTr("F12")) : 0)
  readonly property bool narrow: width < Math.max(760, line)
  readonly property bool hinted: !narrow && width >= line + hints
  readonly property int margin: narrow ? 20 : 32
  readonly property int columns: width < 440 ? 2 : width < 600 ? 3 : 4   // where it is narrow
  readonly property int others: (talkButton.visible ? 5 : 4) + (qualityButton.visible ? 2 : 1)
  // Cells that the last row has left, or a row of its own: the way out is wide.
  readonly property int rest: columns - others % columns
  readonly property real cell: (width - 2 * margin - 8 * (columns - 1)) / columns

  signal diagnosticsWanted

  function chooseDevices() {
    devices.open();
  }
  // A button with the longer of two words, and the gap after it.
  function across(one: string, other: string): real {
    return 28 + 24 + 8 + Math.ceil(Math.max(letters.advanceWidth(one), letters.advanceWidth(other)));
  }
  // A key in such a button.
  function beside(hint: string): real {
    return 8 + Math.ceil(small.advanceWidth(hint));
  }

  height: narrow ? buttons.height + (rest === columns ? 48 : 0) + 28 : roomy ? 176 : 84
  color: Theme.surface

  FontMetrics {
    id: letters
    font: endButton.font  // the boldest of them
  }
  FontMetrics {
    id: small
    font.family: Theme.family
    font.pixelSize: Theme.cap
  }
  Rectangle {
    width: parent.width
    height: 1
    visible: Theme.dark
    color: Theme.line
  }
  QualityControl {
    visible: root.roomy && !root.narrow
    x: root.margin
    y: 16
    width: parent.width - 2 * root.margin
    quality: root.quality
  }
  Grid {
    id: buttons
    x: root.margin
    y: root.narrow ? 14 : root.height - height - 24
    width: parent.width - 2 * root.margin
    columns: root.narrow ? root.columns : 7
    spacing: 8
    PushButton {
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      kind: root.call.shown.muted ? PushButton.Warning : PushButton.Plain
      glyph: root.call.shown.muted ? "mic-off" : "mic"
      text: root.call.shown.muted ? qsTr("Muted") : qsTr("Mute")
      hint: root.hinted ? qsTr("M") : ""
      Accessible.name: root.call.shown.muted ? qsTr("Unmute your microphone") : qsTr("Mute your microphone")
      onClicked: root.call.toggleMute()
    }
    PushButton {
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      kind: root.call.shown.deafened ? PushButton.Warning : PushButton.Plain
      glyph: root.call.shown.deafened ? "speaker-off" : "speaker"
      text: root.call.shown.deafened ? qsTr("Deafened") : qsTr("Deafen")
      hint: root.hinted ? qsTr("D") : ""
      Accessible.name: root.call.shown.deafened ? qsTr("Hear the other side again") : qsTr("Deafen: hear nothing")
      onClicked: root.call.toggleDeafen()
    }
    PushButton {
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      kind: root.call.shown.held ? PushButton.Warning : PushButton.Plain
      glyph: root.call.shown.held ? "play" : "pause"
      text: root.call.shown.held ? qsTr("Resume") : qsTr("Hold")
      Accessible.name: root.call.shown.held ? qsTr("Resume the call") : qsTr("Put the call on hold")
      onClicked: root.call.toggleHold()
    }
    PushButton {
      id: talkButton
      visible: root.call.shown.pushToTalk
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      kind: root.call.shown.talking ? PushButton.Primary : PushButton.Plain
      glyph: "mic"
      text: root.call.shown.talking ? qsTr("Talking") : qsTr("Talk")
      hint: root.hinted ? qsTr("T") : ""
      Accessible.name: qsTr("Hold to talk")
      onPressedChanged: root.call.talk(pressed)
    }
    PushButton {
      id: devicesButton
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      glyph: "devices"
      text: qsTr("Devices")
      onClicked: root.chooseDevices()
    }
    PushButton {
      id: qualityButton
      visible: !root.roomy || root.narrow
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      glyph: "quality"
      text: qsTr("Quality")
      Accessible.name: qsTr("Quality: %1").arg((root.quality.automatic ? qsTr("Auto") + ", " : "") + root.quality.tier)
      onClicked: quality.open()
    }
    PushButton {
      width: root.narrow ? root.cell : implicitWidth
      height: root.narrow ? 40 : 36
      glyph: "diagnostics"
      text: qsTr("Diagnostics")
      hint: root.hinted && root.roomy && !root.call.shown.pushToTalk ? qsTr("F12") : ""
      Accessible.name: root.diagnosing ? qsTr("Close the diagnostics") : qsTr("Show the diagnostics")
      onClicked: root.diagnosticsWanted()
    }
  }
  PushButton {
    visible: root.narrow
    x: root.margin + (root.columns - root.rest) * (root.cell + 8)
    y: buttons.y + (root.rest === root.columns ? buttons.height + 8 : buttons.height - height)
    width: root.rest * root.cell + (root.rest - 1) * 8
    height: 40
    kind: PushButton.Danger
    glyph: "hang-up"
    text: qsTr("End call")
    onClicked: root.call.hangUp()
  }
  PushButton {
    id: endButton
    visible: !root.narrow
    x: parent.width - width - root.margin
    y: buttons.y
    kind: PushButton.Danger
    glyph: "hang-up"
    text: qsTr("End call")
    hint: root.hinted ? qsTr("Ctrl+E") : ""
    onClicked: root.call.hangUp()
  }
  SoundPopup {
    id: devices
    audio: root.audio
    sound: root.sound
    call: root.call
    width: Math.min(460, root.width - 16)
    x: Math.max(8, Math.min(devicesButton.x + root.margin, root.width - width - 16))
    y: -height - 8
    room: root.y - 16
  }
  QualityPopup {
    id: quality
    quality: root.quality
    width: root.narrow ? root.width - 2 * root.margin : 420
    x: root.narrow ? root.margin : Math.max(8, Math.min(qualityButton.x + root.margin, root.width - width - 16))
    y: -height - 8
  }
}
