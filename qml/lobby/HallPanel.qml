// You: the door that lights as you speak, microphone, speakers, and the relay on this computer.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

Rectangle {
  id: root

  required property IdentityPresenter identity
  required property AwayWatch away
  required property AudioPresenter audio
  required property LobbyPresenter lobby
  required property RelayPresenter relay
  property bool closable: false  // stands over the page
  // In a low window what the relay's sentence needs is wanted by the rest.
  readonly property bool low: height < devices.y + devices.height + 20 + 42 + sentence.implicitHeight + manage.height + 8

  signal relayWanted
  signal settingsWanted
  signal networkWanted
  signal diagnosticsWanted
  signal closeWanted

  implicitWidth: 272
  color: Theme.hall
  Accessible.role: Accessible.Grouping
  Accessible.name: qsTr("You and your sound")

  Flickable {
    id: page
    anchors.fill: parent
    contentHeight: Math.max(height, devices.y + devices.height + 20 + foot.height)
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {
      hall: true
    }

    FollowFocus {
      flickable: page
    }
    VoiceArches {
      id: you
      x: 20
      y: 14
      initials: root.identity.initials
      hue: root.identity.hue
      lit: root.audio.arches >= 5 ? 3 : Math.ceil(root.audio.arches / 2)
      count: 3
      doorWidth: 44
      doorHeight: 56
      gap: 8
      litWidth: 4
    }
    Column {
      x: you.x + you.width + 6
      width: root.width - x - (root.closable ? 52 : 12)
      anchors.verticalCenter: you.verticalCenter
      spacing: 4
      Words {
        width: parent.width
        text: root.identity.name
        color: Theme.hallText
        font.pixelSize: Theme.lead
        font.weight: Font.DemiBold
        wrapMode: Text.WordWrap
        maximumLineCount: 2
        elide: Text.ElideRight
      }
      PushButton {
        id: state
        x: -8
        height: 36
        leftPadding: 8
        rightPadding: 8
        kind: PushButton.HallQuiet
        glyph: root.identity.doNotDisturb ? "moon" : "down"
        text: root.identity.stateText
        font.pixelSize: Theme.small
        Accessible.name: qsTr("How others see you: %1").arg(root.identity.stateText)
        onClicked: stateMenu.show(Qt.TabFocusReason)
        StateMenu {
          id: stateMenu
          y: state.height + 4
          identity: root.identity
          away: root.away
        }
      }
    }
    PushButton {
      visible: root.closable
      x: root.width - width - 12
      y: 12
      width: 36
      leftPadding: 10
      rightPadding: 10
      kind: PushButton.HallQuiet
      glyph: "close"
      Accessible.name: qsTr("Close")
      onClicked: root.closeWanted()
    }
    Column {
      id: devices
      x: 20
      y: 122
      width: root.width - 40
      spacing: 8
      Words {
        text: qsTr("Microphone")
        color: Theme.hallText2
        font.pixelSize: Theme.small
        Accessible.ignored: true
      }
      ChoiceBox {
        width: parent.width
        hall: true
        label: qsTr("Microphone")
        glyph: "mic"
        none: root.audio.known ? qsTr("No microphone") : qsTr("Looking…")
        model: root.audio.inputs
        currentIndex: root.audio.inputs.currentIndex
        onActivated: index => root.audio.selectInput(index)
      }
      LinearMeter {
        width: parent.width
        bare: true
        label: qsTr("Microphone level")
        value: root.audio.slats
        word: root.audio.verdict
      }
      Words {
        width: parent.width
        text: root.audio.fault.length > 0 ? root.audio.fault + ". " + root.audio.faultAdvice : root.audio.verdict
        color: root.audio.troubled || root.audio.fault.length > 0 ? Theme.hallCaution : Theme.hallText
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        wrapMode: Text.WordWrap
        bottomPadding: 4
      }
      Words {
        text: qsTr("Speakers")
        color: Theme.hallText2
        font.pixelSize: Theme.small
        Accessible.ignored: true
      }
      ChoiceBox {
        width: parent.width
        hall: true
        label: qsTr("Speakers")
        glyph: "speaker"
        none: root.audio.known ? qsTr("No speakers") : qsTr("Looking…")
        model: root.audio.outputs
        currentIndex: root.audio.outputs.currentIndex
        onActivated: index => root.audio.selectOutput(index)
      }
      Column {
        width: parent.width
        PushButton {
          x: -14
          kind: PushButton.HallQuiet
          glyph: "play"
          text: qsTr("Play test sound")
          onClicked: root.audio.playTestSound()
        }
        PushButton {
          x: -14
          kind: PushButton.HallQuiet
          glyph: "settings"
          text: qsTr("Settings")
          hint: qsTr("Ctrl+,")
          onClicked: root.settingsWanted()
        }
        PushButton {
          x: -14
          kind: PushButton.HallQuiet
          glyph: "network"
          text: qsTr("Network check")
          onClicked: root.networkWanted()
        }
        PushButton {
          x: -14
          kind: PushButton.HallQuiet
          glyph: "diagnostics"
          text: qsTr("Diagnostics")
          hint: qsTr("F12")
          onClicked: root.diagnosticsWanted()
        }
      }
    }
    Item {
      id: foot
      x: 20
      y: Math.max(devices.y + devices.height + 8, parent.height - height - 12)
      width: root.width - 40
      height: manage.y + manage.height + (sentence.visible || notice.visible ? 6 : 8)

      Rectangle {
        width: parent.width
        height: 1
        color: Theme.hallLine
      }
      Words {
        y: 14
        width: parent.width - 56
        text: qsTr("Relay on this computer")
        color: Theme.hallText
        font.weight: Font.DemiBold
        fontSizeMode: Text.HorizontalFit  // another font than Inter may be a sixth wider
        minimumPixelSize: Theme.cap
        Accessible.ignored: true
      }
      ToggleSwitch {
        anchors.right: parent.right
        y: 4
        hall: true
        label: qsTr("Relay on this computer")
        checked: root.relay.shown.on
        onToggled: {
          if (checked)
            root.relay.start();
          else if (root.relay.shown.calls > 0)
            root.relayWanted();
          else
            root.relay.stopNow();
          checked = Qt.binding(() => root.relay.shown.on);
        }
      }
      Words {
        id: sentence
        y: 42
        width: parent.width
        visible: !root.low || root.relay.shown.failed
        text: root.relay.shown.failed ? root.relay.shown.faultTitle + "." : root.relay.shown.starting ? root.relay.shown.summary : root.lobby.shown.relaySentence
        color: root.relay.shown.failed ? Theme.hallCaution : Theme.hallText2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      Words {
        id: notice
        readonly property int place: sentence.y + (sentence.visible ? sentence.height + 6 : 0)
        y: place
        width: parent.width
        visible: text.length > 0 && root.height >= devices.y + devices.height + 20 + place + implicitHeight + manage.height + 8
        text: root.relay.shown.warningTitle.length > 0 ? root.relay.shown.warningTitle : root.relay.shown.anotherTitle
        color: Theme.hallCaution
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      PushButton {
        id: manage
        x: -14
        y: notice.visible ? notice.y + notice.height + 2 : sentence.y + (sentence.visible ? sentence.height + 2 : 0)
        visible: root.relay.shown.on || root.relay.shown.failed || root.relay.shown.stopping
        height: visible ? 36 : 0
        kind: PushButton.HallQuiet
        glyph: "relay"
        text: qsTr("Relay, link and people")
        onClicked: root.relayWanted()
      }
    }
  }
}
