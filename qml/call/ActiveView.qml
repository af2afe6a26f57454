// Talking: the head, the strips that need a look, two doors, the dock.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property AppPresenter app
  readonly property CallPresenter call: app.call
  readonly property AudioPresenter audio: app.audio
  readonly property bool narrow: width < 640
  readonly property int margin: narrow ? 20 : 32
  readonly property int sas: call.shown.sas
  readonly property bool asks: sas === CallPresenter.Ask || sas === CallPresenter.Differs || sas === CallPresenter.Disputed

  // The regions that F6 goes through.
  readonly property Item above: over
  readonly property Item buttons: dock

  Item {
    id: over
    width: parent.width
    height: strips.y + strips.height
    CallHead {
      id: head
      x: root.margin
      y: root.narrow ? 16 : 18
      width: parent.width - 2 * root.margin
      narrow: root.narrow
      terse: root.height < 520
      call: root.call
      onDiagnosticsWanted: root.app.telemetry.toggle()
    }
    Column {
      id: strips
      x: root.margin
      y: head.y + head.height + 12
      width: parent.width - 2 * root.margin
      spacing: 8
      WordStrip {
        visible: root.asks
        width: parent.width
        call: root.call
      }
      Strip {
        visible: root.call.shown.troubleTitle.length > 0
        width: parent.width
        hall: true
        glyph: root.call.shown.troubleIsOwn ? "mic-off" : root.call.shown.held ? "pause" : "warning"
        mark: Theme.hallCaution
        title: root.call.shown.troubleTitle
        advice: root.call.shown.troubleAdvice
        PushButton {
          visible: root.call.shown.troubleIsOwn
          kind: PushButton.HallOutline
          glyph: "devices"
          text: qsTr("Choose another microphone")
          onClicked: dock.chooseDevices()
        }
        PushButton {
          visible: root.call.shown.held
          kind: PushButton.HallOutline
          glyph: "play"
          text: qsTr("Resume")
          Accessible.name: qsTr("Resume the call now")
          onClicked: root.call.toggleHold()
        }
        PushButton {
          visible: root.call.shown.canSpeakUnverified
          kind: PushButton.HallOutline
          glyph: "mic"
          text: qsTr("Speak without comparing")
          onClicked: root.call.speakUnverified()
        }
      }
      Strip {
        visible: root.call.shown.unheardTitle.length > 0 && root.call.shown.troubleTitle.length === 0
        width: parent.width
        hall: true
        glyph: "mic-off"
        mark: Theme.hallCaution
        title: root.call.shown.unheardTitle
        advice: root.call.shown.unheardAdvice
        PushButton {
          visible: root.call.shown.muted
          kind: PushButton.HallOutline
          glyph: "mic"
          text: qsTr("Unmute")
          onClicked: root.call.toggleMute()
        }
      }
      Strip {
        visible: root.audio.fault.length > 0 && root.call.shown.troubleTitle.length === 0
        width: parent.width
        hall: true
        glyph: "warning"
        mark: Theme.hallCaution
        title: root.audio.fault
        advice: root.audio.faultAdvice
        PushButton {
          kind: PushButton.HallOutline
          glyph: "devices"
          text: qsTr("Devices")
          Accessible.name: qsTr("Choose other devices")
          onClicked: dock.chooseDevices()
        }
      }
      Row {
        visible: !root.asks && root.sas !== CallPresenter.NoSas
        spacing: 8
        Chip {
          visible: root.sas === CallPresenter.Confirmed || root.sas === CallPresenter.Verified
          glyph: root.sas === CallPresenter.Verified ? "verified" : "check"
          word: root.call.shown.sasStatus
          maximumWidth: strips.width
          ink: root.sas === CallPresenter.Verified ? Theme.hallOk : Theme.hallText
          fill: Theme.hallRaised
        }
        PushButton {
          visible: root.sas === CallPresenter.PutOff
          kind: PushButton.Hall
          glyph: "key"
          text: qsTr("Compare words")
          hint: qsTr("Ctrl+K")
          onClicked: root.call.showWords()
        }
      }
    }
  }
  CallStage {
    y: over.height
    width: parent.width
    height: dock.y - y
    call: root.call
    identity: root.app.identity
  }
  CallDock {
    id: dock
    y: parent.height - height
    width: parent.width
    roomy: root.width >= 760 && root.height >= 540
    call: root.call
    audio: root.audio
    sound: root.app.sound
    quality: root.app.quality
    diagnosing: root.app.telemetry.open
    onDiagnosticsWanted: root.app.telemetry.toggle()
  }
}
