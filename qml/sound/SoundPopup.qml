// Devices and voice in a call; everything works at once. Outside of one the settings page has them.
import QtQuick
import QtQuick.Templates as T
import Foyer.Controls
import Foyer.Model
import Foyer.Theme

NamedPopup {
  id: root

  required property AudioPresenter audio
  required property SoundPresenter sound
  required property CallPresenter call   // whose volume can be set
  property real room: 600             // how high it may be

  label: qsTr("Sound")
  width: 460
  height: Math.min(room, page.contentHeight + 32)
  padding: 16
  rightPadding: 6  // the bar stands in it
  focus: true
  onOpened: {
    audio.settingsShown = true;
    microphones.begin();
  }
  onClosed: audio.settingsShown = false
  Component.onDestruction: audio.settingsShown = false
  background: Rectangle {
    radius: Theme.radiusCard
    color: Theme.surface
    border.width: 1
    border.color: Theme.lineStrong
  }
  contentItem: Flickable {
    id: page
    contentHeight: column.height
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    T.ScrollBar.vertical: ScrollTrack {}

    FollowFocus {
      flickable: page
    }
    Column {
      id: column
      width: page.width - 10
      spacing: 8
      Words {
        text: qsTr("Microphone")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        Accessible.ignored: true
      }
      DeviceList {
        id: microphones
        width: parent.width
        label: qsTr("Microphone")
        glyph: "mic"
        none: root.audio.known ? qsTr("No microphone") : qsTr("Looking…")
        devices: root.audio.inputs
        onChosen: index => root.audio.selectInput(index)
      }
      LinearMeter {
        width: parent.width
        label: qsTr("Microphone level")
        value: root.audio.slats
        word: root.audio.verdict
      }
      Words {
        width: parent.width
        text: root.audio.fault.length > 0 ? root.audio.fault + ". " + root.audio.faultAdvice : root.audio.verdict
        color: root.audio.troubled || root.audio.fault.length > 0 ? Theme.caution : root.audio.heard ? Theme.ok : Theme.text2
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        wrapMode: Text.WordWrap
      }
      Words {
        text: qsTr("Speakers")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        topPadding: 4
        Accessible.ignored: true
      }
      DeviceList {
        width: parent.width
        label: qsTr("Speakers")
        glyph: "speaker"
        none: root.audio.known ? qsTr("No speakers") : qsTr("Looking…")
        devices: root.audio.outputs
        onChosen: index => root.audio.selectOutput(index)
      }
      Item {
        width: parent.width
        height: 56
        Words {
          width: parent.width
          text: qsTr("Volume of %1").arg(root.call.shown.name)
          font.pixelSize: Theme.small
          font.weight: Font.Medium
          Accessible.ignored: true
        }
        VolumeSlider {
          id: volume
          y: 20
          width: parent.width - 64
          label: qsTr("Their volume")
          value: root.call.shown.volume
          onMoved: {
            root.call.setVolume(value);
            value = Qt.binding(() => root.call.shown.volume);
          }
        }
        Words {
          anchors.right: parent.right
          y: 29
          text: qsTr("%1 %").arg(Math.round(volume.value * 100))
          color: Theme.text2
          font.pixelSize: Theme.small
          Accessible.ignored: true
        }
      }
      Words {
        text: qsTr("When others hear you")
        font.pixelSize: Theme.small
        font.weight: Font.Medium
        topPadding: 4
        Accessible.ignored: true
      }
      Segments {
        label: qsTr("When others hear you")
        names: [qsTr("Always"), qsTr("While I speak"), qsTr("While I hold T")]
        current: root.sound.talkMode
        onChosen: index => root.sound.talkMode = index
      }
      Words {
        width: parent.width
        text: root.sound.talkSentence
        color: Theme.text2
        font.pixelSize: Theme.small
        wrapMode: Text.WordWrap
        bottomPadding: 4
      }
      SettingRow {
        width: parent.width
        title: qsTr("Echo cancelling")
        advice: qsTr("Needed with loudspeakers, harmless with headphones.")
        isOn: root.sound.echo
        onWanted: isOn => root.sound.echo = isOn
      }
      SettingRow {
        width: parent.width
        title: qsTr("Noise reduction")
        advice: qsTr("Takes out fans and hum.")
        isOn: root.sound.noise
        onWanted: isOn => root.sound.noise = isOn
      }
      SettingRow {
        width: parent.width
        title: qsTr("Even out my level")
        advice: qsTr("Quiet and loud speech reach the others alike.")
        isOn: root.sound.level
        onWanted: isOn => root.sound.level = isOn
      }
      SettingRow {
        width: parent.width
        title: qsTr("Even out theirs")
        advice: qsTr("Everybody is heard about as loud.")
        isOn: root.sound.levelOthers
        onWanted: isOn => root.sound.levelOthers = isOn
      }
      SettingRow {
        width: parent.width
        title: qsTr("Shortest delay")
        advice: qsTr("Sends every 10 ms: they hear you 10 ms sooner, for about 30 kbit/s more.")
        isOn: root.sound.lowDelay
        onWanted: isOn => root.sound.lowDelay = isOn
      }
      SettingRow {
        width: parent.width
        title: qsTr("Send nothing in pauses")
        advice: qsTr("Saves most of the data while you are silent; they hear a soft background then. Who watches the network can tell when you speak; without this they cannot.")
        isOn: root.sound.silenceSaving
        onWanted: isOn => root.sound.silenceSaving = isOn
      }
    }
  }
}
