// Talking: who, how long, one line that is always true, the words to compare, two doors, the buttons.
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Item {
  id: root

  required property CallPresenter call
  required property AudioPresenter audio
  required property IdentityPresenter identity
  readonly property bool narrow: width < 640
  readonly property int margin: narrow ? 20 : 32
  readonly property int sas: call.shown.sas
  readonly property bool asks: sas === CallPresenter.Ask || sas === CallPresenter.Differs

  function chooseDevices() {
    devices.open();
  }

  Item {
    id: head
    x: root.margin
    y: root.narrow ? 16 : 18
    width: parent.width - 2 * root.margin
    height: 62
    Row {
      spacing: 12
      Words {
        width: Math.min(implicitWidth, head.width - clock.width - 24 - (tag.visible ? tag.width + 12 : 0))
        text: root.call.shown.name
        color: Theme.hallText
        font.pixelSize: root.narrow ? 22 : Theme.display
        font.weight: Font.DemiBold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
      }
      KeyTag {
        id: tag
        anchors.verticalCenter: parent.verticalCenter
        hall: true
        tag: root.call.shown.tag
      }
    }
    Words {
      id: clock
      anchors.right: parent.right
      y: 6
      width: 84
      horizontalAlignment: Text.AlignRight
      text: root.call.clock
      color: Theme.hallText
      font.pixelSize: Theme.title
      font.weight: Font.Medium
      Accessible.name: qsTr("Duration %1").arg(text)
    }
    PathBars {
      id: bars
      y: 40
      hall: true
      bars: root.call.shown.bars
    }
    Words {
      x: bars.width + 10
      y: 41
      width: parent.width - x
      text: root.call.shown.statusLine
      color: Theme.hallText2
    }
  }
  Column {
    id: strips
    x: root.margin
    y: head.y + head.height + 14
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
      glyph: root.call.shown.troubleIsOwn ? "mic-off" : "warning"
      mark: Theme.hallCaution
      title: root.call.shown.troubleTitle
      advice: root.call.shown.troubleAdvice
      PushButton {
        visible: root.call.shown.troubleIsOwn
        kind: PushButton.HallOutline
        glyph: "devices"
        text: qsTr("Choose another microphone")
        onClicked: root.chooseDevices()
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
        onClicked: root.chooseDevices()
      }
    }
    Row {
      visible: !root.asks && root.sas !== CallPresenter.NoSas
      spacing: 8
      Chip {
        visible: root.sas === CallPresenter.Confirmed || root.sas === CallPresenter.Verified
        glyph: root.sas === CallPresenter.Verified ? "verified" : "check"
        word: root.call.shown.sasStatus
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
  Item {
    id: stage
    y: strips.y + strips.height
    width: parent.width
    height: dock.y - y
    readonly property bool small: width < 760 || height < 240
    readonly property int gap: small ? (height < 150 ? 5 : 8) : 14

    Row {
      anchors.horizontalCenter: parent.horizontalCenter
      y: Math.min(stage.height - height - 12, (stage.height - height) / 2 + 8)
      spacing: stage.small ? 18 : 96
      Column {
        id: ownSide
        // Both sides are as wide as the wider one, so that the words under them move nothing.
        width: Math.max(implicitWidth, peerSide.implicitWidth)
        spacing: 8
        VoiceArches {
          anchors.horizontalCenter: parent.horizontalCenter
          initials: root.identity.initials
          hue: root.identity.hue
          lit: root.call.ownArches
          doorWidth: stage.small ? 50 : 68
          doorHeight: stage.small ? 62 : 86
          gap: stage.gap
          litWidth: stage.small ? 4 : 5
        }
        Row {
          anchors.horizontalCenter: parent.horizontalCenter
          spacing: 8
          Words {
            text: qsTr("You")
            color: Theme.hallText
            font.weight: Font.DemiBold
          }
          Words {
            width: Math.min(implicitWidth, stage.small ? 120 : 240)
            text: root.call.shown.ownWord
            color: root.call.shown.ownTrouble ? Theme.hallCaution : Theme.hallText2
          }
        }
      }
      Column {
        id: peerSide
        width: Math.max(implicitWidth, ownSide.implicitWidth)
        spacing: 8
        VoiceArches {
          anchors.horizontalCenter: parent.horizontalCenter
          initials: root.call.shown.initials
          hue: root.call.shown.hue
          lit: root.call.peerArches
          doorWidth: stage.small ? 50 : 68
          doorHeight: stage.small ? 62 : 86
          gap: stage.gap
          litWidth: stage.small ? 4 : 5
        }
        Row {
          anchors.horizontalCenter: parent.horizontalCenter
          spacing: 8
          Words {
            width: Math.min(implicitWidth, stage.small ? 120 : 180)
            text: root.call.shown.name
            color: Theme.hallText
            font.weight: Font.DemiBold
          }
          Words {
            width: Math.min(implicitWidth, stage.small ? 100 : 200)
            text: root.call.shown.peerWord
            color: root.call.shown.peerTrouble ? Theme.hallCaution : Theme.hallText2
          }
        }
      }
    }
  }
  Rectangle {
    id: dock
    y: parent.height - height
    width: parent.width
    height: root.narrow ? 124 : 84
    color: Theme.surface
    Rectangle {
      width: parent.width
      height: 1
      visible: Theme.dark
      color: Theme.line
    }
    Grid {
      id: buttons
      x: root.margin
      anchors.verticalCenter: parent.verticalCenter
      width: parent.width - 2 * root.margin
      columns: root.narrow ? 2 : 4
      spacing: 8
      readonly property real half: (width - 8) / 2
      PushButton {
        width: root.narrow ? buttons.half : implicitWidth
        height: root.narrow ? 40 : 36
        kind: root.call.shown.muted ? PushButton.Warning : PushButton.Plain
        glyph: root.call.shown.muted ? "mic-off" : "mic"
        text: root.call.shown.muted ? qsTr("Muted") : qsTr("Mute")
        hint: root.narrow ? "" : qsTr("M")
        Accessible.name: root.call.shown.muted ? qsTr("Unmute your microphone") : qsTr("Mute your microphone")
        onClicked: root.call.toggleMute()
      }
      PushButton {
        width: root.narrow ? buttons.half : implicitWidth
        height: root.narrow ? 40 : 36
        kind: root.call.shown.deafened ? PushButton.Warning : PushButton.Plain
        glyph: root.call.shown.deafened ? "speaker-off" : "speaker"
        text: root.call.shown.deafened ? qsTr("Deafened") : qsTr("Deafen")
        hint: root.narrow ? "" : qsTr("D")
        Accessible.name: root.call.shown.deafened ? qsTr("Hear the other side again") : qsTr("Deafen: hear nothing")
        onClicked: root.call.toggleDeafen()
      }
      PushButton {
        id: devicesButton
        width: root.narrow ? buttons.half : implicitWidth
        height: root.narrow ? 40 : 36
        glyph: "devices"
        text: qsTr("Devices")
        onClicked: root.chooseDevices()
      }
      PushButton {
        visible: root.narrow
        width: buttons.half
        height: 40
        kind: PushButton.Danger
        glyph: "hang-up"
        text: qsTr("End call")
        onClicked: root.call.hangUp()
      }
    }
    PushButton {
      visible: !root.narrow
      x: parent.width - width - root.margin
      anchors.verticalCenter: parent.verticalCenter
      kind: PushButton.Danger
      glyph: "hang-up"
      text: qsTr("End call")
      hint: qsTr("Ctrl+E")
      onClicked: root.call.hangUp()
    }
    DevicesPopup {
      id: devices
      audio: root.audio
      x: root.narrow ? root.margin : Math.min(devicesButton.x + root.margin, root.width - width - 16)
      y: -height - 8
    }
  }
}
