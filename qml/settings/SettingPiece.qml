// What is more than a switch, a choice or a line: its own controls, by the name of the row.
// Qt 6.4's Loader refuses bound components, so what it loads reaches `root` unbound.
// qmllint disable unqualified
import QtQuick
import Foyer.Controls
import Foyer.Model
import Foyer.Network
import Foyer.Relay
import Foyer.Theme

Item {
  id: root

  required property AppPresenter app
  required property string name
  required property string title
  property bool wide: true
  // Pixels; 0: as wide as what is in it.
  readonly property real wanted: {
    switch (name) {
    case "microphone":
    case "speakers":
    case "talk":
    case "talk_key":
    case "ring":
      return 420;
    case "key":
    case "code":
    case "netcheck":
      return 344;
    case "turn":
    case "stun":
      return 640;
    default:
      return 0;
    }
  }

  implicitWidth: content.implicitWidth
  implicitHeight: content.implicitHeight
  height: implicitHeight

  Loader {
    id: content
    width: root.wanted > 0 ? root.width : implicitWidth
    sourceComponent: {
      switch (root.name) {
      case "microphone":
        return microphone;
      case "speakers":
        return speakers;
      case "ring":
        return ring;
      case "talk_key":
        return talkKey;
      case "hear":
        return hear;
      case "talk":
        return talk;
      case "key":
        return key;
      case "code":
        return code;
      case "backup":
        return backup;
      case "restore":
        return restore;
      case "netcheck":
        return netcheck;
      case "turn":
        return turn;
      case "stun":
        return stun;
      default:
        return null;
      }
    }
  }
  Component {
    id: microphone
    Column {
      spacing: 8
      ChoiceBox {
        width: parent.width
        label: root.title
        glyph: "mic"
        none: root.app.audio.known ? qsTr("No microphone") : qsTr("Looking…")
        model: root.app.audio.inputs
        currentIndex: root.app.audio.inputs.currentIndex
        onActivated: index => root.app.audio.selectInput(index)
      }
      LinearMeter {
        width: parent.width
        label: qsTr("Microphone level")
        value: root.app.audio.slats
        word: root.app.audio.verdict
      }
      Words {
        width: parent.width
        text: root.app.audio.fault.length > 0 ? root.app.audio.fault + ". " + root.app.audio.faultAdvice : root.app.audio.verdict
        color: root.app.audio.troubled || root.app.audio.fault.length > 0 ? Theme.caution : root.app.audio.heard ? Theme.ok : Theme.text2
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        wrapMode: Text.WordWrap
      }
    }
  }
  Component {
    id: speakers
    Row {
      spacing: 8
      ChoiceBox {
        width: parent.width - testButton.width - 8
        label: root.title
        glyph: "speaker"
        none: root.app.audio.known ? qsTr("No speakers") : qsTr("Looking…")
        model: root.app.audio.outputs
        currentIndex: root.app.audio.outputs.currentIndex
        onActivated: index => root.app.audio.selectOutput(index)
      }
      PushButton {
        id: testButton
        height: 40
        glyph: "play"
        text: qsTr("Test sound")
        onClicked: root.app.audio.playTestSound()
      }
    }
  }
  Component {
    id: ring
    Column {
      spacing: 4
      Row {
        width: parent.width
        spacing: 8
        ChoiceBox {
          width: parent.width - ringButton.width - 8
          label: root.title
          glyph: "incoming"
          model: root.app.audio.rings
          currentIndex: root.app.audio.rings.currentIndex
          onActivated: index => root.app.audio.selectRing(index)
        }
        PushButton {
          id: ringButton
          height: 40
          glyph: "play"
          text: qsTr("Play")
          Accessible.name: qsTr("Play the ringtone")
          onClicked: root.app.audio.playRing()
        }
      }
      Row {
        width: parent.width
        spacing: 8
        Item {
          width: parent.width - 56
          height: ringVolume.height
          // Its groove begins where the box above does.
          VolumeSlider {
            id: ringVolume
            x: -10
            width: parent.width + 20
            label: qsTr("How loud calls ring")
            to: 1
            value: root.app.audio.ringVolume
            onMoved: {
              root.app.audio.ringVolume = value;
              value = Qt.binding(() => root.app.audio.ringVolume);
            }
          }
        }
        Words {
          width: 48
          anchors.verticalCenter: parent.verticalCenter
          horizontalAlignment: Text.AlignRight
          text: qsTr("%1 %").arg(Math.round(ringVolume.value * 100))
          color: Theme.text2
          font.pixelSize: Theme.small
          Accessible.ignored: true
        }
      }
    }
  }
  Component {
    id: talkKey
    Column {
      spacing: 4
      Row {
        anchors.right: parent.right
        layoutDirection: Qt.RightToLeft
        spacing: 12
        ToggleSwitch {
          label: root.title
          checked: root.app.talkKey.on
          onToggled: {
            root.app.talkKey.on = checked;
            // What is shown follows what is in force.
            checked = Qt.binding(() => root.app.talkKey.on);
          }
        }
        KeyField {
          visible: root.app.talkKey.on && root.app.talkKey.choosable
          label: qsTr("Key for all windows")
          key: root.app.talkKey.key
          onChosen: (key, modifiers) => root.app.talkKey.chooseKey(key, modifiers)
        }
      }
      Row {
        id: talkWay
        // Switched on, and no other window gives the key.
        readonly property bool missing: root.app.talkKey.on && root.app.talkKey.way === GlobalTalkKey.WindowOnly
        width: parent.width
        spacing: 8
        Icon {
          y: 1
          visible: talkWay.missing
          name: "warning"
          colour: Theme.caution
        }
        Words {
          width: parent.width - (talkWay.missing ? 24 : 0)
          text: root.app.talkKey.sentence
          color: talkWay.missing ? Theme.caution : Theme.text2
          font.pixelSize: Theme.small
          wrapMode: Text.WordWrap
        }
      }
      Verdict {
        width: parent.width
        text: root.app.talkKey.on ? root.app.talkKey.keyError : ""
      }
    }
  }
  Component {
    id: hear
    PushButton {
      kind: root.app.sound.loopback ? PushButton.Primary : PushButton.Plain
      glyph: root.app.sound.loopback ? "pause" : "mic"
      text: root.app.sound.loopback ? qsTr("Stop hearing yourself") : qsTr("Hear yourself")
      onClicked: root.app.sound.loopback = !root.app.sound.loopback
    }
  }
  Component {
    id: talk
    Column {
      spacing: 4
      Segments {
        label: root.title
        names: [qsTr("Always"), qsTr("While I speak"), qsTr("While I hold T")]
        current: root.app.sound.talkMode
        onChosen: index => root.app.sound.talkMode = index
      }
      Words {
        width: parent.width
        text: root.app.sound.talkSentence
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
  Component {
    id: key
    Column {
      spacing: 6
      KeyGroups {
        width: parent.width
        label: qsTr("Your key: %1").arg(root.app.identity.keyText)
        groups: root.app.identity.keyText.split(" ")
      }
      Words {
        width: parent.width
        text: root.app.identity.seedHomeText
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
    }
  }
  Component {
    id: code
    Column {
      spacing: 8
      QrCard {
        link: root.app.ownCode.link
      }
      SettingRow {
        width: parent.width
        visible: root.app.ownCode.relay.length > 0
        title: qsTr("Include the relay")
        advice: qsTr("%1. Anyone with the code learns its address.").arg(root.app.ownCode.relay)
        isOn: root.app.ownCode.withRelay
        onWanted: isOn => root.app.ownCode.withRelay = isOn
      }
      PushButton {
        glyph: "copy"
        text: qsTr("Copy the link")
        Accessible.name: qsTr("Copy the link of your code")
        onClicked: root.app.ownCode.copy()
      }
    }
  }
  Component {
    id: netcheck
    Column {
      spacing: 8
      Words {
        visible: root.app.network.done
        width: parent.width
        text: root.app.network.title
        font.weight: Font.Medium
        wrapMode: Text.WordWrap
      }
      Words {
        visible: root.app.network.done || root.app.network.running
        width: parent.width
        text: root.app.network.when
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
      }
      PushButton {
        glyph: "network"
        text: root.app.network.done ? qsTr("See what was found") : qsTr("Check the network")
        onClicked: root.app.showNetwork()
      }
    }
  }
  Component {
    id: backup
    PushButton {
      glyph: "key"
      text: qsTr("Back up…")
      Accessible.name: qsTr("Back up your identity")
      onClicked: root.app.backup.begin(BackupPresenter.Backup)
    }
  }
  Component {
    id: restore
    PushButton {
      text: qsTr("Restore…")
      Accessible.name: qsTr("Restore an earlier identity")
      onClicked: root.app.backup.begin(BackupPresenter.Restore)
    }
  }
  Component {
    id: turn
    Column {
      spacing: 8
      TurnList {
        width: parent.width
        wide: root.wide
        connections: root.app.connections
      }
      TurnForm {
        width: parent.width
        wide: root.wide
        connections: root.app.connections
      }
    }
  }
  Component {
    id: stun
    ObserverList {
      width: root.width
      connections: root.app.connections
    }
  }
}
